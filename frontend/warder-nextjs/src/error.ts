import type { FieldFault } from './contract.js'

const AWAY = 'The sign-in service is not available. Try again in a moment.'

/** `error.digest` where Warder cannot be reached: all that a production build tells an `error.tsx`. */
export const UNAVAILABLE = 'WARDER_UNAVAILABLE'

/** A refusal of Warder's in words that can be shown, or its absence (`status` 503). */
export class WarderError extends Error {
  override readonly name = 'WarderError'
  /** Next.js keeps a digest that is there already, so `error.tsx` can tell this one from a fault of the app. */
  readonly digest?: string

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
    options?: ErrorOptions,
  ) {
    super(message, options)
    if (status >= 500) this.digest = UNAVAILABLE
  }

  /** `cause` is what the network said, for logs. */
  static unavailable(retryAfter?: number, cause?: unknown): WarderError {
    return new WarderError(503, AWAY, 'unavailable', {}, retryAfter, { cause })
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
    const body = (await answer.json().catch(() => null)) as { detail?: unknown; code?: string } | null
    const wait = Number(answer.headers.get('retry-after')) || undefined
    if (answer.status >= 500 && body?.code !== 'cookie_names_differ') return WarderError.unavailable(wait)
    const faults = Array.isArray(body?.detail) ? (body.detail as FieldFault[]) : []
    return new WarderError(answer.status, wordsOf(answer.status, body?.detail, body?.code, wait), body?.code, fieldsOf(faults), wait)
  }
}

function wordsOf(status: number, detail: unknown, code?: string, wait?: number): string {
  if (status === 429) return `Too many attempts. Try again in ${durationOf(wait ?? 60)}.`
  if (code === 'csrf_failed') return 'This page is out of date. Reload it and try again.'
  if (code === 'origin_refused')
    return 'The sign-in service does not know the address of this site. Its operator must add it to http.allowed_origins in Warder.'
  if (code === 'invalid_credentials') return 'Email or password is wrong.'
  if (status === 422) return 'Please check the marked fields.'
  return typeof detail === 'string' ? detail : 'Something went wrong. Try again.'
}

function durationOf(seconds: number): string {
  const [count, unit] = seconds < 100 ? [Math.max(1, Math.ceil(seconds)), 'second'] : [Math.ceil(seconds / 60), 'minute']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

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
