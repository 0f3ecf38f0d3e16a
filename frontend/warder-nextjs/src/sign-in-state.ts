import type { ProofMethod } from './contract.js'
import type { FormState } from './form-state.js'
import { stepOf } from './second-step.js'
import { SENTENCES, sentenceFor } from './sentences.js'

type Query = Record<string, string | string[] | undefined>

const METHODS: ProofMethod[] = ['password', 'totp', 'passkey', 'recovery_code']

/**
 * What the handlers of `warderHandlers()` say in the URL of a page, as the first state of its form: `useActionState(login,
 * signInState(await searchParams))`. Of the sign-in page `?mfa=totp,passkey`, the second step that a sign-in at another service wants, and
 * `?error=`, why it came to nothing; of the account page `?linked=`, which one was connected.
 */
export function signInState({ error, mfa, linked }: Query): FormState {
  if (mfa !== undefined) {
    const said = String(mfa).split(',')
    const methods = METHODS.filter((each) => said.includes(each))
    return { code: 'mfa_required', message: SENTENCES.mfa_required, mfa: stepOf(methods, said.includes('enrol')) }
  }
  if (error !== undefined) return { code: String(error), message: sentenceFor({ code: String(error) }) }
  if (linked !== undefined) return { done: true, code: 'identity_linked', message: SENTENCES.identity_linked }
  return undefined
}
