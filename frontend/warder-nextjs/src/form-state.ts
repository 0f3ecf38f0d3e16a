import type { ProofMethod, TotpSetup } from './contract.js'
import { WarderError } from './error.js'

/** What a form's action says, for `useActionState`. Passwords are never in it. */
export type FormState =
  | {
      /** All went well; of actions that stay on their page. */
      done?: boolean
      /** In words, for `role="alert"`, or `role="status"` where it is done. */
      message?: string
      /** Warder's code for it, from which `sentenceFor()` makes another language's words. */
      code?: string
      /** Messages by field name. */
      fields?: Record<string, string>
      /** What was typed, to fill the form again; of harmless fields only. */
      values?: Record<string, string>
      /** Seconds until another try makes sense. */
      retryAfter?: number
      /** Of a sign-in whose password was right: what is asked for now. */
      mfa?: SecondStep
      /** A mail with a link and six digits is on its way: the form asks for its `code`. */
      mailed?: boolean
      /** Of an authenticator app that waits for its first code. */
      totp?: TotpSetup
      /** To be shown now, and never again. */
      recoveryCodes?: string[]
      /** Where to go on to, where there is something to look at before. */
      next?: string
      /** By what to confirm, of `reauthentication_required`. */
      methods?: ProofMethod[]
    }
  | undefined

export type SecondStep = {
  /** By what it can be taken; empty where an authenticator app must be added now (`enrol`). */
  methods: ProofMethod[]
  enrol: boolean
  /** What the visitor asked to type: a code, or a recovery code in its place. */
  use: 'totp' | 'recovery_code'
}

/** A field of a form, as text. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

/** Come back to the form unless the caller says which. All else may be a secret: a PIN, a code, a token, a card. */
const HARMLESS = ['email', 'name', 'username']

/**
 * What a form shows for a `WarderError`; throws everything else again, a redirect of Next.js among it. Of what was typed only the
 * fields of `keep` come back into the page.
 */
export function formProblem(error: unknown, form?: FormData, keep: string[] = HARMLESS): NonNullable<FormState> {
  if (!(error instanceof WarderError)) throw error
  const values = Object.fromEntries(
    [...(form ?? [])].filter(([name, value]) => typeof value === 'string' && keep.includes(name)),
  ) as Record<string, string>
  const { message, code, fields, retryAfter, details } = error
  const methods = code === 'reauthentication_required' && details.methods
  return { message, fields, values, ...(code && { code }), ...(retryAfter && { retryAfter }), ...(methods && { methods }) }
}
