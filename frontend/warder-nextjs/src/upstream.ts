import { config } from './config.js'
import { checkCookieNames } from './cookie-names.js'
import { warderCookies } from './cookies.js'
import { WarderError } from './error.js'
import { notWarder } from './not-warder.js'
import { tellOutage, tellRecovery, tellStranger } from './tell.js'
import { checkWarderPath } from './warder-path.js'

/** How to read one header of the browser's request, whatever kind of object holds it. */
export type HeaderGetter = (name: string) => string | null | undefined

/** What Warder is told of the browser: its address (believed of http.trusted_proxies, and of who has http.service_token), device and request id. */
export const FORWARDED = ['x-forwarded-for', 'user-agent', 'x-request-id', 'accept-language']

export const forwarded = (get: HeaderGetter, names = FORWARDED): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, get(name)]).filter((pair): pair is [string, string] => Boolean(pair[1])))

/** Answers that bring tokens, or what stands for a sign-in that is under way: always as HttpOnly cookies, whatever the caller wishes or forgot. */
const BRINGS_TOKENS =
  /^\/(login(\/mfa(\/totp\/confirm)?|\/email(\/confirm)?)?|passkeys\/login|oauth\/(start|finish)\/[^/?#]+|token|register|refresh)(?=[?#]|$)/

export type UpstreamRequest = {
  method?: string
  headers?: Record<string, string>
  cookie?: string | null
  body?: string | undefined
  timeout?: number
}

/** One call of Warder with Warder's cookies only; `body` is JSON. Throws `WarderError` 503 where no answer of Warder's comes within `timeout` (10 s). */
export async function upstream(
  path: string,
  { method = 'GET', headers = {}, cookie, body: given, timeout = 10_000 }: UpstreamRequest = {},
): Promise<Response> {
  const { url, serviceToken } = config()
  checkWarderPath(path)
  const jar = warderCookies(cookie)
  const body = method === 'POST' && BRINGS_TOKENS.test(path) ? withCookieDelivery(given ?? '{}') : given
  const answer = await ask(url, path, {
    method,
    headers: {
      accept: 'application/json',
      ...headers,
      ...(serviceToken && { 'x-warder-service-token': serviceToken }),
      ...(jar && { cookie: jar }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body }),
    cache: 'no-store',
    redirect: 'manual',
    signal: AbortSignal.timeout(timeout),
  })
  checkCookieNames(answer.headers.getSetCookie())
  return answer
}

async function ask(url: string, path: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(url + path, init).catch((cause) => {
    tellOutage(url, cause)
    throw WarderError.unavailable(undefined, cause)
  })
  const why = notWarder(path, answer)
  if (!why) {
    if (answer.status < 500) tellRecovery(url) // a balancer's 502 is no word of Warder's
    return answer
  }
  tellStranger(url, why)
  await answer.body?.cancel()
  throw WarderError.unavailable(undefined, why)
}

/** What is no JSON object passes as it is: Warder says what is wrong with it, and brings no token for it. */
function withCookieDelivery(text: string): string {
  try {
    const body: unknown = JSON.parse(text)
    return body !== null && typeof body === 'object' && !Array.isArray(body) ? JSON.stringify({ ...body, token_delivery: 'cookie' }) : text
  } catch {
    return text
  }
}
