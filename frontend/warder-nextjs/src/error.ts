import type { FieldFault, ProofMethod } from './contract.js'
import { SENTENCES, sentenceFor } from './sentences.js'

/** Of refusals that something before Warder may have made, without a code. */
const CODES: Record<number, string> = { 422: 'invalid_input', 429: 'limit_reached' }

/** What has words of its own although its status says that something is down. */
const SPOKEN = ['cookie_names_differ', 'provider_error']

/** `error.digest` where Warder cannot be reached: all that a production build tells an `error.tsx`. */
export const UNAVAILABLE = 'WARDER_UNAVAILABLE'

/** What a refusal says beside its words. */
export type RefusalDetails = {
  /** By what one may prove who one is, of `mfa_required` and `reauthentication_required`. */
  methods?: ProofMethod[]
  /** Of `mfa_required`: there is no second factor yet, and this sign-in must add one. */
  enrol?: boolean
  /** Seconds that are left for it. */
  expires_in?: number
  /** Where a sign-in at another provider was to lead to. */
  redirect_to?: string
  [name: string]: unknown
}

/** A refusal of Warder's in words that can be shown, or its absence (`status` 503). */
export class WarderError extends Error {
  override readonly name = 'WarderError'
  /** Next.js keeps a digest that is there already, so `error.tsx` can tell this one from a fault of the app. */
  readonly digest?: string
  /** All that Warder says beside `detail` and `code`, but no token except the `reset_token` of `password_change_required`. */
  readonly details: RefusalDetails

  constructor(
    /** The HTTP status; 503 also where there was no answer at all. */
    readonly status: number,
    message: string,
    /** Warder's machine-readable `code`. */
    readonly code?: string,
    /** Messages by field name, of a 422. */
    readonly fields: Record<string, string> = {},
    /** Seconds to wait, of a 429 or 503. */
    readonly retryAfter?: number,
    { details = {}, ...options }: ErrorOptions & { details?: RefusalDetails } = {},
  ) {
    super(message, options)
    this.details = details
    if (status >= 500 && code !== 'provider_error') this.digest = UNAVAILABLE
  }

  /** `cause` is what the network said, for logs. */
  static unavailable(retryAfter?: number, cause?: unknown): WarderError {
    return new WarderError(503, SENTENCES.unavailable, 'unavailable', {}, retryAfter, { cause })
  }

  /** Of a browser that drops Secure cookies without a word, because it came by plain http. */
  static cookiesDropped(origin: string): WarderError {
    return new WarderError(
      400,
      `At ${origin} this browser drops secure cookies. Use https, or for development set WARDER_COOKIES_INSECURE=true here and http.cookies_insecure=true in Warder.`,
      'cookies_dropped',
    )
  }

  /** Of an answer that is not ok; takes its body. */
  static async of(answer: Response): Promise<WarderError> {
    const body = (await answer.json().catch(() => null)) as Body | null
    const retryAfter = Number(answer.headers.get('retry-after')) || undefined
    if (answer.status >= 500 && !SPOKEN.includes(body?.code ?? '')) return WarderError.unavailable(retryAfter)
    const code = CODES[answer.status] ?? body?.code
    const faults = Array.isArray(body?.detail) ? (body.detail as FieldFault[]) : []
    const message = sentenceFor({ code, retryAfter, message: typeof body?.detail === 'string' ? body.detail : '' })
    return new WarderError(answer.status, message, code, fieldsOf(faults), retryAfter, { details: detailsOf(body) })
  }
}

type Body = RefusalDetails & { detail?: unknown; code?: string }

const NO_DETAILS = ['detail', 'code', 'mfa_token', 'login_token', 'attempt']

const detailsOf = (body: Body | null): RefusalDetails =>
  Object.fromEntries(Object.entries(body ?? {}).filter(([name]) => !NO_DETAILS.includes(name)))

/** One message a field: the first one, as a person would mend it first. */
function fieldsOf(faults: FieldFault[]): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const fault of faults) {
    const name = fault.loc.at(-1)
    const reason = fault.ctx?.reason
    if (typeof name === 'string')
      fields[name] ??= sentence(typeof reason === 'string' ? reason : fault.msg.replace(/^(String|Value error,) /, ''))
  }
  return fields
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
