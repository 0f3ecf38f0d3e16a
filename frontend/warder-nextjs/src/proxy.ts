import { NextResponse, type NextRequest } from 'next/server.js'
import { isFresh } from './access-token.js'
import { config } from './config.js'
import { applySetCookies, cookieOf } from './cookies.js'
import { refreshOnce } from './refresh.js'
import { safeNext } from './safe-next.js'
import { forwarded, upstream } from './upstream.js'

export type ProxyOptions = {
  /** Paths, with all below them, that need somebody signed in. */
  protect: string[]
  /** Paths that a signed-in user has no use for, such as the sign-in form. */
  guestOnly?: string[]
  /** Where the sign-in form is. Default `/login`. */
  login?: string
  /** Where a signed-in visitor of a guest-only path goes, where no `?next=` says better. Default `/`. */
  home?: string
}

/** Who seems to ask, what the cookies are from now on, and what the browser must be told of that. */
type Visitor = { state: 'signed-in' | 'guest' | 'unknown'; cookie: string; setCookies: string[] }

const isRead = ({ method }: NextRequest) => method === 'GET' || method === 'HEAD'

/** A Server Action that a script calls: it cannot follow a redirect of the proxy's, but that of its own `requireUser()`. */
const isAction = ({ headers }: NextRequest) => headers.has('next-action')

const isUnder = (path: string, roots: string[]) => roots.some((root) => `${path}/`.startsWith(root.replace(/\/*$/, '/')))

/**
 * `proxy.ts` (Next 16) or `middleware.ts` (Next 15): refreshes before a token ends, and redirects early. It is a
 * courtesy, not the boundary: `requireUser()` and `withUser()` are. Where its response is no redirect, `request` holds the
 * refreshed cookies from then on, so that a proxy of your own goes on with it.
 */
export function warderProxy({ protect, guestOnly = [], login = '/login', home = '/' }: ProxyOptions) {
  return async function proxy(request: NextRequest): Promise<NextResponse> {
    const { pathname, search } = request.nextUrl
    const guestPage = isRead(request) && isUnder(pathname, guestOnly)
    const visitor = await (guestPage ? askedVisitor(request) : likelyVisitor(request))
    if (visitor.state === 'guest' && isUnder(pathname, protect) && !isAction(request)) return redirect(request, `${login}?next=${encodeURIComponent(pathname + search)}`, visitor)
    if (visitor.state === 'signed-in' && guestPage) {
      const next = safeNext(request.nextUrl.searchParams.get('next'), home)
      return redirect(request, isUnder(next.split(/[?#]/)[0]!, guestOnly) ? home : next, visitor)
    }
    renew(request.headers, visitor, pathname + search)
    return tell(NextResponse.next({ request }), visitor)
  }
}

/** Signed in as far as the cookies say, refreshed where they are about to end. */
async function likelyVisitor(request: NextRequest): Promise<Visitor> {
  const cookie = request.headers.get('cookie') ?? ''
  return isFresh(cookieOf(cookie, config().access)) ? { state: 'signed-in', cookie, setCookies: [] } : refreshed(request, cookie)
}

/** Asks Warder, because a guest-only page that believed the cookies of an ended session would redirect in circles. */
async function askedVisitor(request: NextRequest): Promise<Visitor> {
  const visitor = await likelyVisitor(request)
  if (visitor.state !== 'signed-in') return visitor
  try {
    const me = await upstream('/me', { cookie: visitor.cookie, headers: forwarded((name) => request.headers.get(name)), timeout: 5000 })
    await me.body?.cancel()
    if (me.status === 401) return refreshed(request, visitor.cookie)
    return me.ok ? visitor : { ...visitor, state: 'unknown' }
  } catch {
    return { ...visitor, state: 'unknown' }
  }
}

async function refreshed(request: NextRequest, cookie: string): Promise<Visitor> {
  const { result, setCookies } = await refreshOnce(cookie, forwarded((name) => request.headers.get(name)))
  const state = ({ renewed: 'signed-in', ended: 'guest', unknown: 'unknown' } as const)[result]
  return { state, cookie: applySetCookies(cookie, setCookies), setCookies }
}

/** For the page of this very request: the new cookies, the path that `requireUser()` comes back to, and what nobody knows. */
function renew(headers: Headers, { cookie, state }: Visitor, path: string): void {
  if (cookie) headers.set('cookie', cookie)
  else headers.delete('cookie')
  headers.set('x-warder-state', state)
  headers.set('x-warder-path', path)
}

function redirect(request: NextRequest, path: string, visitor: Visitor): NextResponse {
  const to = request.nextUrl.clone()
  const target = new URL(path, request.nextUrl)
  to.pathname = target.pathname
  to.search = target.search
  return tell(NextResponse.redirect(to, isRead(request) ? 307 : 303), visitor) // 307 would post the form again, to the sign-in page
}

function tell(response: NextResponse, { setCookies }: Visitor): NextResponse {
  for (const line of setCookies) response.headers.append('set-cookie', line)
  if (setCookies.length > 0) response.headers.set('cache-control', 'private, no-store')
  return response
}
