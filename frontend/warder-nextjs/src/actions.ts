'use server'
import { headers } from 'next/headers.js'
import { redirect } from 'next/navigation'
import { accountChange, withId } from './account-change.js'
import { afterSignIn } from './after-sign-in.js'
import { byMail } from './by-mail.js'
import type { TotpSetup } from './contract.js'
import { WarderError } from './error.js'
import { formProblem, textOf, type FormState } from './form-state.js'
import { safeNext } from './safe-next.js'
import { proofOf, secondStepOf } from './second-step.js'
import { SENTENCES } from './sentences.js'
import { mails, requireUser, warderFetch } from './server.js'
import { confirmSignInTotp, requestSignInMail, signIn, signInByMail, signInMfa, signOut, signUp, startSignInTotp } from './sign-in.js'

/**
 * For `useActionState` and `<form action>`: signs in with `email` and `password`, then goes where `afterSignIn()` says. Where a second
 * step is asked for, the state says so in `mfa`, and the same action takes it: a form without `password` is one of `loginMfa`.
 */
export async function login(before: FormState, form: FormData): Promise<FormState> {
  if (isSecondStep(before, form)) return loginMfa(before, form)
  return enter(() => signIn({ email: textOf(form, 'email'), password: textOf(form, 'password') }), form)
}

/**
 * The second step by `code` or `recovery_code`, with `remember_device` where this browser need not be asked again; then goes on as
 * `login` does. `use` (`totp`, `recovery_code`, or `password` to start again) changes only what the form is to ask for. Where the state has `totp`, an app that
 * must be added now, its first code gives `recoveryCodes` to be shown, and `next`.
 */
export async function loginMfa(before: FormState, form: FormData): Promise<FormState> {
  const stays = { ...(before?.mfa && { mfa: before.mfa }), ...(before?.totp && { totp: before.totp }), values: before?.values ?? {} }
  const use = form.get('use')
  if (use === 'password') return { values: stays.values }
  if (stays.mfa && (use === 'totp' || use === 'recovery_code')) return { ...stays, mfa: { ...stays.mfa, use } }
  let recoveryCodes: string[] | undefined
  try {
    if (stays.mfa?.enrol && !stays.totp) return { ...stays, totp: await startSignInTotp() }
    if (stays.totp) recoveryCodes = (await confirmSignInTotp(stays.totp.id, proofOf(form))).recovery_codes
    else await signInMfa(proofOf(form))
  } catch (error) {
    const problem = formProblem(error)
    return problem.code === 'sign_in_ended' ? { ...problem, values: stays.values } : { ...problem, ...stays }
  }
  const next = await afterSignIn(form)
  if (recoveryCodes) return { done: true, recoveryCodes, next, values: stays.values }
  redirect(next)
}

/** Creates the account of `email`, `password` and `name`, if any, signs in and goes on as `login` does, second step included. */
export async function register(before: FormState, form: FormData): Promise<FormState> {
  if (isSecondStep(before, form)) return loginMfa(before, form)
  return enter(() => signUp({ email: textOf(form, 'email'), password: textOf(form, 'password'), name: textOf(form, 'name') }), form)
}

/**
 * Sign-in by mail, in one form: with `email` it sends a mail, if there is such an account, and the state says `mailed`; then it takes the
 * six digits of that mail, `code`, and the second step, as `login` does. With `use=email` it begins anew.
 */
export async function loginByMail(before: FormState, form: FormData): Promise<FormState> {
  if (isSecondStep(before, form)) return loginMfa(before, form)
  const values = before?.values ?? {}
  if (form.get('use') === 'email') return { values }
  if (before?.mailed && form.has('code')) return loginByCode({ mailed: true, values }, form)
  try {
    await requestSignInMail(textOf(form, 'email'))
  } catch (error) {
    return formProblem(error, form)
  }
  return { mailed: true, code: 'code_mailed', message: SENTENCES.code_mailed, values: { email: textOf(form, 'email') } }
}

async function loginByCode(stays: NonNullable<FormState>, form: FormData): Promise<FormState> {
  try {
    await signInByMail({ code: textOf(form, 'code') })
  } catch (error) {
    const problem = await problemOf(error, form)
    return problem.mfa || problem.code === 'sign_in_ended' ? { ...problem, values: stays.values ?? {} } : { ...problem, ...stays }
  }
  redirect(await afterSignIn(form))
}

/** The page of the link in that mail, with its `token`, in any browser; else as `login`. */
export async function loginByLink(before: FormState, form: FormData): Promise<FormState> {
  if (isSecondStep(before, form)) return loginMfa(before, form)
  return enter(async () => signInByMail({ token: textOf(form, 'token') }), form)
}

/** Ends this session and goes to `to` of the form, or to the sign-in page of `warderProxy()`. Where Warder is away nothing ends, and it throws. */
export async function logout(form?: FormData): Promise<void> {
  await signOut()
  redirect(safeNext(form?.get('to'), safeNext((await headers()).get('x-warder-login'), '/login')))
}

/** Confirms that it is still the user, by `password` or `code`, and goes where `afterSignIn()` says: back to what wanted that. */
export async function reauthenticate(_: FormState, form: FormData): Promise<FormState> {
  const proof = form.has('code') ? { code: textOf(form, 'code') } : { password: textOf(form, 'password') }
  await requireUser()
  return enter(() => warderFetch('/reauthenticate', { method: 'POST', body: proof }), form)
}

/**
 * Adds an authenticator app in two steps: first, with `name` or without one, the state gets `totp`, what the app must be told; then its
 * first `code` confirms it. With the first one come `recoveryCodes`.
 */
export async function addTotp(before: FormState, form: FormData): Promise<FormState> {
  const waiting = form.has('code') ? before?.totp : undefined
  return accountChange(form, waiting ? { totp: waiting } : {}, async () => {
    if (!waiting) return { totp: await warderFetch<TotpSetup>('/me/mfa/totp', { method: 'POST', body: withName(form) }) }
    const body = { id: waiting.id, code: textOf(form, 'code') }
    return { ...(await codesFrom('/me/mfa/totp/confirm', body)), done: true, code: 'totp_added' }
  })
}

/** Removes the authenticator app `id`. With the last one go the recovery codes and the remembered browsers. */
export async function removeTotp(_: FormState, form: FormData): Promise<FormState> {
  return accountChange(form, {}, async () => {
    await warderFetch(withId('/me/mfa/totp/', form), { method: 'DELETE' })
    return { done: true, code: 'totp_removed' }
  })
}

/** New `recoveryCodes`, in place of all former ones. */
export async function renewRecoveryCodes(_: FormState, form: FormData): Promise<FormState> {
  return accountChange(form, {}, async () => ({
    ...(await codesFrom('/me/mfa/recovery-codes')),
    done: true,
    code: 'recovery_codes_renewed',
  }))
}

/** Every browser is asked for the second step again. */
export async function forgetDevices(_: FormState, form: FormData): Promise<FormState> {
  return accountChange(form, {}, async () => {
    await warderFetch('/me/mfa/devices', { method: 'DELETE' })
    return { done: true, code: 'devices_forgotten' }
  })
}

/** Gives the passkey `id` another `name`. */
export async function renamePasskey(_: FormState, form: FormData): Promise<FormState> {
  return accountChange(form, {}, async () => {
    await warderFetch(withId('/me/passkeys/', form), { method: 'PATCH', body: { name: textOf(form, 'name') } })
    return { done: true, code: 'passkey_renamed' }
  })
}

/** Disconnects the identity `id`: that provider signs nobody in to this account any more. */
export async function removeIdentity(_: FormState, form: FormData): Promise<FormState> {
  return accountChange(form, {}, async () => {
    await warderFetch(withId('/me/identities/', form), { method: 'DELETE' })
    return { done: true, code: 'identity_removed' }
  })
}

/** Removes the passkey `id`; `syncPasskeys()` tells the browser of it. */
export async function removePasskey(_: FormState, form: FormData): Promise<FormState> {
  return accountChange(form, {}, async () => {
    await warderFetch(withId('/me/passkeys/', form), { method: 'DELETE' })
    return { done: true, code: 'passkey_removed' }
  })
}

/** Sends a mail with a link to set a new password to `email`, if there is such an account: the answer is the same in any case. */
export async function forgotPassword(_: FormState, form: FormData): Promise<FormState> {
  return byMail(form, async () => {
    await mails.forgotPassword(textOf(form, 'email'))
    return 'reset_mailed'
  })
}

/** The page of that link, or of an invitation's: with its `token` sets `password`, and ends all sessions. Nobody is signed in by it. */
export async function resetPassword(_: FormState, form: FormData): Promise<FormState> {
  return byMail(form, async () => {
    await mails.resetPassword(textOf(form, 'token'), textOf(form, 'password'))
    return 'password_reset'
  })
}

/** Sends a mail with a link that confirms `email`, if it waits for that: the answer is the same in any case. */
export async function requestVerification(_: FormState, form: FormData): Promise<FormState> {
  return byMail(form, async () => {
    await mails.requestVerification(textOf(form, 'email'))
    return 'verification_mailed'
  })
}

/** The page of that link, with its `token`. */
export async function verifyEmail(_: FormState, form: FormData): Promise<FormState> {
  return byMail(form, async () => {
    await mails.verifyEmail(textOf(form, 'token'))
    return 'email_verified'
  })
}

/** Sends a mail to the signed-in user's address and to the new one, `email`: it is changed when they have confirmed. */
export async function changeEmail(_: FormState, form: FormData): Promise<FormState> {
  return accountChange(form, {}, async () => {
    await mails.changeEmail(textOf(form, 'email'))
    return { done: true, code: 'email_change_mailed' }
  })
}

/** The page of the link in either of those mails, with its `token`; the state's `code` says whether the other one is still to be opened. */
export async function confirmEmailChange(_: FormState, form: FormData): Promise<FormState> {
  return byMail(form, async () => {
    const { changed, waiting_for } = await mails.confirmEmailChange(textOf(form, 'token'))
    return changed ? 'email_changed' : waiting_for === 'new' ? 'waiting_for_new' : 'waiting_for_old'
  })
}

/** The page of “This wasn't me” in the mail about a new device, with its `token`: ends all sessions, and a mail to set a new password follows. */
export async function reportSignIn(_: FormState, form: FormData): Promise<FormState> {
  return byMail(form, async () => {
    await mails.reportSignIn(textOf(form, 'token'))
    return 'sign_in_reported'
  })
}

const isSecondStep = (before: FormState, form: FormData) => Boolean(before?.mfa) && !form.has('password')

async function enter(sign: () => Promise<unknown>, form: FormData): Promise<FormState> {
  try {
    await sign()
  } catch (error) {
    return problemOf(error, form)
  }
  redirect(await afterSignIn(form))
}

/** With what the second step needs, where that is all that is missing. The message is for a form that knows of no such step. */
async function problemOf(error: unknown, form: FormData): Promise<NonNullable<FormState>> {
  const problem = formProblem(error, form)
  if (problem.code === 'registration_mailed') return { ...problem, done: true }
  if (!(error instanceof WarderError) || error.code !== 'mfa_required') return problem
  const mfa = secondStepOf(error)
  if (!mfa.enrol) return { ...problem, mfa }
  try {
    return { ...problem, mfa, totp: await startSignInTotp() }
  } catch (refused) {
    return formProblem(refused, form)
  }
}

async function codesFrom(path: string, body?: object): Promise<{ recoveryCodes?: string[] }> {
  const { recovery_codes: recoveryCodes } = await warderFetch<{ recovery_codes?: string[] }>(path, { method: 'POST', body })
  return recoveryCodes ? { recoveryCodes } : {}
}

const withName = (form: FormData) => (textOf(form, 'name') ? { name: textOf(form, 'name') } : {})
