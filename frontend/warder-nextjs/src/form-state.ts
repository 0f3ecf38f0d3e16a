import { WarderError } from './error.js'

/** What a form's action says, for `useActionState`. Passwords are never in it. */
export type FormState =
  | {
      /** All went well; of actions that stay on their page. */
      done?: boolean
      /** In words, for `role="alert"`. */
      message?: string
      /** Warder's code for it, from which `sentenceFor()` makes another language's words. */
      code?: string
      /** Messages by field name. */
      fields?: Record<string, string>
      /** What was typed, to fill the form again; of harmless fields only. */
      values?: Record<string, string>
      /** Seconds until another try makes sense. */
      retryAfter?: number
    }
  | undefined

/** Come back to the form unless the caller says which. All else may be a secret: a PIN, a code, a token, a card. */
const HARMLESS = ['email', 'name', 'username']

/**
 * What a form shows for a `WarderError`; throws everything else again, a redirect of Next.js among it. Of what was typed only the
 * fields of `keep` come back into the page.
 */
export function formProblem(error: unknown, form?: FormData, keep: string[] = HARMLESS): FormState {
  if (!(error instanceof WarderError)) throw error
  const values = Object.fromEntries(
    [...(form ?? [])].filter(([name, value]) => typeof value === 'string' && keep.includes(name)),
  ) as Record<string, string>
  const { message, code, fields, retryAfter } = error
  return { message, fields, values, ...(code && { code }), ...(retryAfter && { retryAfter }) }
}
