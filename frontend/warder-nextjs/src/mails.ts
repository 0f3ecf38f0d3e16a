import type { EmailChange, User } from './contract.js'
import { WarderError } from './error.js'
import { SENTENCES } from './sentences.js'

type Post = <T>(path: string, body: object) => Promise<T>

/** What people do by mail, for a browser and for a server. All throw `WarderError`, `mail_off` where Warder sends none. */
export function mailsBy(post: Post) {
  const ask = <T = void>(path: string, body: object): Promise<T> =>
    post<T>(path, body).catch((error: unknown) => {
      throw error instanceof WarderError ? plain(error) : error
    })
  return {
    /** Goes well for every address, known or not. */
    forgotPassword: (email: string) => ask('/forgot-password', { email }),
    /** Of that link, or of an invitation's. All sessions end, and nobody is signed in. `invalid_link` where the link is not good any more. */
    resetPassword: (token: string, password: string) => ask('/reset-password', { token, password }),
    /** Goes well for every address, known or not. */
    requestVerification: (email: string) => ask('/request-verify-token', { email }),
    verifyEmail: (token: string) => ask<User>('/verify', { token }),
    /**
     * Of the signed-in user, who must have proved a short while ago who they are. Both addresses get a mail; the new one must confirm, and the
     * old one if it ever did.
     */
    changeEmail: (email: string) => ask('/me/email', { email }),
    confirmEmailChange: (token: string) => ask<EmailChange>('/email-change/confirm', { token }),
    /** “This wasn't me”, of the mail about a new device: ends all sessions, and a mail to set a new password follows. */
    reportSignIn: (token: string) => ask('/sign-in-report', { token }),
  }
}

/** What is no token at all is told as one that is over: its visitor has followed a link, and filled in nothing. */
function plain(error: WarderError): WarderError {
  if (error.code === 'not_configured') return new WarderError(error.status, SENTENCES.mail_off, 'mail_off')
  if (error.fields.token) return new WarderError(400, SENTENCES.invalid_link, 'invalid_link')
  return error
}
