import type { MailProof, ProofMethod, SecondStepProof, User } from './contract.js'
import { WarderError } from './error.js'
import type { SecondStep } from './form-state.js'
import { SENTENCES } from './sentences.js'

export const stepOf = (methods: ProofMethod[], enrol: boolean): SecondStep => ({
  methods,
  enrol,
  use: methods.join() === 'recovery_code' ? 'recovery_code' : 'totp',
})

/** What a form asks for after `mfa_required`. */
export const secondStepOf = ({ details: { methods = [], enrol = false } }: WarderError): SecondStep => stepOf(methods, enrol)

/** The proof of a form's fields `code` or `recovery_code`, and `remember_device`. */
export function proofOf(form: FormData): SecondStepProof {
  const text = (name: string) => String(form.get(name) ?? '')
  const proof = form.has('recovery_code') ? { recovery_code: text('recovery_code') } : { code: text('code') }
  return form.has('remember_device') ? { ...proof, remember_device: true } : proof
}

/** A ticket that is spent, too old or was tried too often is no wrong code: the sign-in begins anew. */
export const orEnded = (error: WarderError): WarderError =>
  error.code === 'invalid_token' || error.code === 'not_authenticated'
    ? new WarderError(401, SENTENCES.sign_in_ended, 'sign_in_ended')
    : error

/** Digits that were typed too late, or too often, are no link: the sign-in begins anew. */
export const orMailEnded = (error: WarderError, proof: MailProof): WarderError =>
  'code' in proof && error.code === 'invalid_link' ? new WarderError(400, SENTENCES.sign_in_ended, 'sign_in_ended') : orEnded(error)

/** Of a registration that tells nothing and signs nobody in (`accounts.registration_answer` is `private`). */
export const registrationMailed = () => new WarderError(202, SENTENCES.registration_mailed, 'registration_mailed')

/** What Warder answers to the second step. */
export type Entered = { user: User; recovery_codes?: string[]; recovery_codes_left?: number }
