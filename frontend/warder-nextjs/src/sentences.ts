/**
 * What people read, by `code`. For another language an app writes a `Sentences` of its own and shows `sentenceFor(error, GERMAN, 'de')`.
 * `{wait}` stands for a time, “40 seconds”.
 */
export const SENTENCES = {
  account_disabled: 'Account disabled',
  csrf_failed: 'This page is out of date. Reload it and try again.',
  email_taken: 'Email already exists',
  invalid_credentials: 'Email or password is wrong.',
  invalid_input: 'Please check the marked fields.',
  invalid_token: 'Could not validate credentials',
  limit_reached: 'Too many attempts. Try again in {wait}.',
  not_authenticated: 'Not authenticated',
  origin_refused: 'The sign-in service does not know the address of this site. Its operator must add it to http.allowed_origins in Warder.',
  registration_closed: 'Registration is closed',
  unavailable: 'The sign-in service is not available. Try again in a moment.',
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
