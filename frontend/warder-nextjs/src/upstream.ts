import { config } from './config.js'
import { warderCookies } from './cookies.js'
import { WarderError } from './error.js'

/** How to read one header of the browser's request, whatever kind of object holds it. */
export type HeaderGetter = (name: string) => string | null | undefined

/** What Warder is told of the browser: its address (believed of http.trusted_proxies only), device and request id. */
export const FORWARDED = ['x-forwarded-for', 'user-agent', 'x-request-id', 'accept-language']

export const forwarded = (get: HeaderGetter, names = FORWARDED): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, get(name)]).filter((pair): pair is [string, string] => Boolean(pair[1])))

/** The body of a request whose answer brings tokens, and which itself needs no more than cookies. */
export const COOKIE_DELIVERY = JSON.stringify({ token_delivery: 'cookie' })

export type UpstreamRequest = { method?: string; headers?: Record<string, string>; cookie?: string | null; body?: string | undefined; timeout?: number }

/** One call of Warder with Warder's cookies only; `body` is JSON. Throws `WarderError` 503 where no answer comes within `timeout` (10 s). */
export async function upstream(path: string, { method = 'GET', headers = {}, cookie, body, timeout = 10_000 }: UpstreamRequest = {}): Promise<Response> {
  const jar = warderCookies(cookie)
  try {
    return await fetch(config().url + path, {
      method,
      headers: { accept: 'application/json', ...headers, ...(jar && { cookie: jar }), ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body }),
      cache: 'no-store',
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    })
  } catch {
    throw WarderError.unavailable()
  }
}
