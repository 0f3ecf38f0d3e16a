import type { WarderError } from './error.js'

/** A refusal in the shape of Warder's own. */
export const refusal = (status: number, detail: string, code: string, headers: Record<string, string> = {}): Response =>
  Response.json({ detail, code }, { status, headers: { 'cache-control': 'no-store', ...headers } })

/** The same for what Warder refused, or for its absence. */
export const refusalOf = (error: WarderError): Response => refusal(error.status, error.message, error.code ?? 'refused', retryHeader(error))

export const retryHeader = ({ status, retryAfter }: WarderError): Record<string, string> =>
  retryAfter || status === 503 ? { 'retry-after': String(retryAfter ?? 5) } : {}
