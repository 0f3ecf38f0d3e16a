import { WarderError } from './error.js'

/** What a form's action says, for `useActionState`. Passwords are never in it. */
export type FormState = {
  /** All went well; of actions that stay on their page. */
  done?: boolean
  /** In words, for `role="alert"`. */
  message?: string
  /** Messages by field name. */
  fields?: Record<string, string>
  /** What was typed, to fill the form again. */
  values?: Record<string, string>
  /** Seconds until another try makes sense. */
  retryAfter?: number
} | undefined

/** What a form shows for a `WarderError`; throws everything else again, a redirect of Next.js among it. */
export function formProblem(error: unknown, form?: FormData): FormState {
  if (!(error instanceof WarderError)) throw error
  const values = Object.fromEntries([...(form ?? [])].filter(([name, value]) => typeof value === 'string' && !/password|^\$/i.test(name))) as Record<string, string>
  return { message: error.message, fields: error.fields, values, ...(error.retryAfter && { retryAfter: error.retryAfter }) }
}
