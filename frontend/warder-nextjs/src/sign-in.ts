import { headers } from 'next/headers.js'
import type { Credentials, MailProof, NewAccount, SecondStepProof, TotpSetup, User } from './contract.js'
import { bodyOf } from './body-of.js'
import { adviseOnCookies } from './cookie-advice.js'
import { WarderError } from './error.js'
import { type Entered, orEnded, orMailEnded, registrationMailed } from './second-step.js'
import { callWarder } from './server-call.js'

/**
 * For a Server Action or a route handler of your own: signs in, sets the cookies and gives the user; where to go is yours. Throws
 * `WarderError` where Warder refuses (`status`, `code`, `fields`, a `message` to show) or is away: `formProblem()` shows it.
 */
export const signIn = (credentials: Credentials): Promise<User> => enter('/login', credentials)

/**
 * Creates the account, and else as `signIn()`. Throws `registration_mailed` where Warder tells nobody whether an address has an account
 * already: nobody is signed in then, a mail says how to go on.
 */
export const signUp = (account: NewAccount): Promise<User> => enter('/register', account)

/**
 * The second step, where `signIn()` threw `mfa_required`: `error.details.methods` says by what. Its ticket came as a cookie. Throws
 * `sign_in_ended` where there is none any more: the sign-in begins anew.
 */
export const signInMfa = (proof: SecondStepProof): Promise<User> => atSecondStep<Entered>('/login/mfa', proof).then(({ user }) => user)

/** Sends a mail with a link and six digits for a sign-in, if there is such an account: nobody learns whether. */
export async function requestSignInMail(email: string): Promise<void> {
  await advise()
  await post('/login/email', { email })
}

/** By the link of that mail, in any browser, or by its digits in the one that asked for it; else as `signIn()`. */
export async function signInByMail(proof: MailProof): Promise<User> {
  return enter('/login/email/confirm', proof).catch((error: unknown) => {
    throw error instanceof WarderError ? orMailEnded(error, proof) : error
  })
}

/** The setup of the authenticator app that a sign-in must add, where `error.details.enrol` says so. */
export const startSignInTotp = (): Promise<TotpSetup> => atSecondStep<TotpSetup>('/login/mfa/totp', {})

/** The first code of that app ends the sign-in, and brings the recovery codes. */
export const confirmSignInTotp = (id: string, proof: SecondStepProof): Promise<Entered> =>
  atSecondStep('/login/mfa/totp/confirm', { id, ...proof })

/** Ends this session and clears the cookies. Where Warder is away nothing ends, and it throws. */
export async function signOut(): Promise<void> {
  const answer = await callWarder('/logout', { method: 'POST', body: '{}' })
  if (!answer.ok) throw await WarderError.of(answer)
}

// Next.js itself compares Origin with Host for Server Actions, so Warder is asked without an Origin, as by any server.
async function enter(path: string, body: Credentials | NewAccount | MailProof): Promise<User> {
  await advise()
  return (await post<{ user: User }>(path, body)).user
}

async function advise(): Promise<void> {
  const head = await headers()
  adviseOnCookies(head.get('origin'), head.get('user-agent'))
}

const atSecondStep = <T>(path: string, body: object): Promise<T> =>
  post<T>(path, body).catch((error: unknown) => {
    throw error instanceof WarderError ? orEnded(error) : error
  })

async function post<T>(path: string, body: object): Promise<T> {
  const answer = await callWarder(path, { method: 'POST', body: JSON.stringify(body) })
  if (!answer.ok) throw await WarderError.of(answer)
  if (answer.status === 202 && path === '/register') throw registrationMailed()
  return bodyOf<T>(answer)
}
