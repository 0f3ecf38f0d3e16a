import { cookies, headers } from 'next/headers.js'
import { isFresh } from './access-token.js'
import { config } from './config.js'
import { cookieOf, isWarderCookie, parseSetCookie } from './cookies.js'
import { WarderError } from './error.js'
import { refreshOnce } from './refresh.js'
import { tellOnce } from './tell.js'
import { forwarded, upstream, type UpstreamRequest } from './upstream.js'

type Jar = Awaited<ReturnType<typeof cookies>>

/** `upstream()` for the request that Next.js is serving: with its cookies and address, and back with the cookies Warder sets. */
export async function callWarder(path: string, request: Pick<UpstreamRequest, 'method' | 'body' | 'timeout'> = {}): Promise<Response> {
  const [jar, head] = await Promise.all([cookies(), headers()])
  const answer = await upstream(path, { ...request, cookie: jar.toString(), headers: forwarded((name) => head.get(name)) })
  keep(jar, answer.headers.getSetCookie())
  return answer
}

/**
 * Refreshes an access token that is about to end, once for parallel calls, where cookies can be set: in a Server Action and a
 * route handler. In a Server Component the proxy has done so already. False where the session is over; throws where nobody knows.
 */
export async function renewSession(): Promise<boolean> {
  const [jar, head] = await Promise.all([cookies(), headers()])
  const cookie = jar.toString()
  if (isFresh(cookieOf(cookie, config().access)) || !cookieOf(cookie, config().refresh)) return true
  if (!canSet(jar)) {
    if (!head.has('x-warder-state'))
      tellOnce(
        'a page asked who is signed in while an access token had ended, and the proxy did not run for it: let its matcher cover that page, else the visitor seems to be signed out.',
      )
    return true
  }
  const { result, setCookies } = await refreshOnce(
    cookie,
    forwarded((name) => head.get(name)),
  )
  if (result === 'unknown') throw WarderError.unavailable()
  keep(jar, setCookies)
  return result === 'renewed'
}

/** Where a refresh could not reach the browser it would cost the session. The cookie of the spent token may go in any case. */
function canSet(jar: Jar): boolean {
  try {
    keep(jar, [`${config().access}=; Max-Age=0; HttpOnly${config().secure ? '; Secure' : ''}`])
    return true
  } catch {
    return false
  }
}

function keep(jar: Jar, lines: string[]): void {
  for (const { name, value, ...attributes } of lines.map(parseSetCookie))
    if (isWarderCookie(name)) jar.set(name, value, { ...attributes, path: '/', sameSite: 'lax' })
}
