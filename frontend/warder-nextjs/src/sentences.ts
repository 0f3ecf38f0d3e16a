/**
 * What people read, by `code`. For another language an app writes a `Sentences` of its own and shows `sentenceFor(error, GERMAN, 'de')`.
 * `{wait}` stands for a time, “40 seconds”.
 */
export const SENTENCES = {
  account_disabled: 'Account disabled',
  account_exists:
    'There is an account with this email address already. Sign in to it as before, or by “Forgot password?”; then it can be connected there.',
  address_blocked: 'The sign-in service does not answer your network.',
  conflict: 'This is there already.',
  cookies_dropped: 'At this address the browser drops secure cookies. Use https.',
  csrf_failed: 'This page is out of date. Reload it and try again.',
  email_not_verified: 'Confirm your email address first: open the link in the mail that we sent you.',
  email_taken: 'Email already exists',
  factor_limit: 'An account can have no more of these. Remove one first.',
  identity_taken: 'This is connected to another account here already.',
  invalid_credentials: 'Email or password is wrong.',
  invalid_input: 'Please check the marked fields.',
  invalid_link: 'This link is not good any more: it was used, it is too old, or a newer one took its place. Ask for another one.',
  invalid_token: 'Could not validate credentials',
  last_sign_in_method: 'This is the only way left to sign in. Add another one first.',
  limit_reached: 'Too many attempts. Try again in {wait}.',
  mail_off: 'This site sends no mail now. Ask whoever runs it.',
  mfa_required: 'A second step is needed to sign in.',
  not_authenticated: 'Not authenticated',
  not_configured: 'This is not in use here.',
  origin_refused: 'The sign-in service does not know the address of this site. Its operator must add it to http.allowed_origins in Warder.',
  passkey_cancelled: 'No passkey was used. Try again, or take another way.',
  passkey_exists: 'There is a passkey for your account on this device already.',
  passkey_refused: 'This passkey was not accepted. Try again, or take another way.',
  passkeys_unsupported: 'This browser cannot use passkeys here: they need a current browser, and https.',
  passkeys_wrong_site: 'Passkeys do not work at this address. Its operator must set passkeys.rp_id in Warder.',
  password_change_required: 'Choose a password of your own first: by “Forgot password?”, or the form that this sign-in leads to.',
  proof_required:
    'Too many wrong passwords were tried at this account. Sign in by a link in a mail or by a passkey, or set a new password by “Forgot password?”.',
  provider_denied: 'You did not agree there, or were not let in. Try again, or take another way.',
  provider_error: 'The other service did not answer as it should. Try again in a moment, or take another way.',
  provider_unverified: 'The other service does not say that your email address is yours. Confirm it there, or create an account here.',
  reauthentication_required: 'Please confirm that it is you.',
  registration_closed: 'Registration is closed',
  registration_mailed: 'We have sent you a mail. Open the link in it to go on.',
  sign_in_ended: 'This sign-in was not finished in time. Please start again.',
  unavailable: 'The sign-in service is not available. Try again in a moment.',

  // What went well, of actions that say so.
  code_mailed: 'If there is an account with this address, a mail with a link and a code is on its way.',
  devices_forgotten: 'Every browser is asked for the second step again.',
  email_change_mailed: 'A mail is on its way to both addresses. It is changed when they have confirmed.',
  email_changed: 'Your account has its new email address.',
  email_verified: 'Your email address is confirmed.',
  identity_linked: 'It is connected. You can sign in by it from now on.',
  identity_removed: 'It is disconnected. It does not sign you in any more.',
  passkey_added: 'The passkey is added.',
  passkey_removed: 'The passkey is removed.',
  passkey_renamed: 'The passkey has its new name.',
  password_reset: 'Your new password is set. Sign in with it.',
  recovery_codes_renewed: 'These are your new recovery codes. The old ones no longer work.',
  reset_mailed: 'If there is an account with this address, a mail with a link is on its way.',
  sign_in_reported: 'All sessions of your account are ended. We have sent you a mail to choose a new password.',
  totp_added: 'The authenticator app is added.',
  totp_removed: 'The authenticator app is removed.',
  verification_mailed: 'If this address waits to be confirmed, a mail with a link is on its way.',
  waiting_for_new: 'Thank you. Now open the link in the mail to your new address.',
  waiting_for_old: 'Thank you. Now open the link in the mail to your old address.',

  /** Of every other code. */
  unknown: 'Something went wrong. Try again.',
}

export type Sentences = typeof SENTENCES

/** A `WarderError`, or what `formProblem()` made of it. */
type Refusal = { code?: string | undefined; message?: string | undefined; retryAfter?: number | undefined }

/**
 * The sentence for a refusal in the language of `sentences`, with the time to wait as `language` (BCP 47) says it. A code without a
 * sentence keeps its message, which is English.
 */
export function sentenceFor({ code = '', message, retryAfter = 60 }: Refusal, sentences: Sentences = SENTENCES, language = 'en'): string {
  const sentence = Object.hasOwn(sentences, code) ? sentences[code as keyof Sentences] : message || sentences.unknown
  return sentence.replace('{wait}', durationOf(retryAfter, language))
}

function durationOf(seconds: number, language: string): string {
  const [count, unit] = seconds < 100 ? [Math.max(1, Math.ceil(seconds)), 'second'] : [Math.ceil(seconds / 60), 'minute']
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count)
}
