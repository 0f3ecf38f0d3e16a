import { NextResponse, type NextRequest } from 'next/server.js'
import { isFresh } from './access-token.js'
import { config } from './config.js'
import { applySetCookies, cookieOf } from './cookies.js'
import { loginPath } from './login-path.js'
import { rulesOf, type ProxyOptions } from './proxy-options.js'
import { refreshOnce } from './refresh.js'
import { safeNext } from './safe-next.js'
import { forwarded, upstream } from './upstream.js'

export type { ProxyOptions }

type NextURL = NextRequest['nextUrl']

/** Who seems to ask, what the cookies are from now on, and what the browser must be told of that. */
type Visitor = { state: 'signed-in' | 'guest' | 'unknown'; cookie: string; setCookies: string[] }

const isRead = ({ method }: NextRequest) => method === 'GET' || method === 'HEAD'

/** A Server Action that a script calls: it cannot follow a redirect of the proxy's, but that of its own `requireUser()`. */
const isAction = ({ headers }: NextRequest) => headers.has('next-action')

/**
 * `proxy.ts` (Next 16) or `middleware.ts` (Next 15): refreshes before a token ends, and redirects early. It is a
 * courtesy, not the boundary: `requireUser()` and `withUser()` are. Where its response is no redirect, `request` holds the
 * refreshed cookies from then on, so that a proxy of your own goes on with it. Throws at once where an option is no path.
 */
export function warderProxy(options: ProxyOptions) {
  const rules = rulesOf(options)
  return async function proxy(request: NextRequest): Promise<NextResponse> {
    const { language, path } = placeOf(request, rules.locales)
    const here = (language && path === '/' ? language : language + path) + request.nextUrl.search
    const guestPage = isRead(request) && rules.isGuestPage(path)
    const login = language + rules.login
    const home = language && rules.home === '/' ? language : language + rules.home
    const visitor = await (guestPage ? askedVisitor(request) : likelyVisitor(request))
    if (visitor.state === 'guest' && !isAction(request) && rules.protects(path)) return redirect(request, loginPath(login, here), visitor)
    if (visitor.state === 'signed-in' && guestPage) {
      const next = safeNext(request.nextUrl.searchParams.get('next'), home)
      return redirect(request, rules.isGuestPage(withoutLanguage(next.split(/[?#]/)[0]!, language)) ? home : next, visitor)
    }
    renew(request.headers, visitor, { path: here, login, confirm: language + rules.confirm, home })
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
  const { result, setCookies } = await refreshOnce(
    cookie,
    forwarded((name) => request.headers.get(name)),
  )
  const state = ({ renewed: 'signed-in', ended: 'guest', unknown: 'unknown' } as const)[result]
  return { state, cookie: applySetCookies(cookie, setCookies), setCookies }
}

/** `/de` and the path behind it, by `locales` or by the i18n of the Pages Router, whose nextUrl leaves the language out; '' where there is none. */
function placeOf({ nextUrl }: NextRequest, locales: string[]): { language: string; path: string } {
  const { pathname, locale, defaultLocale, domainLocale } = nextUrl
  if (locale) return { language: locale === (domainLocale?.defaultLocale ?? defaultLocale) ? '' : `/${locale}`, path: pathname }
  const first = pathname.split('/')[1]!
  const language = locales.includes(first) ? `/${first}` : ''
  return { language, path: withoutLanguage(pathname, language) }
}

const withoutLanguage = (path: string, language: string) =>
  language && `${path}/`.startsWith(language + '/') ? path.slice(language.length) || '/' : path

/** For the page of this very request: the new cookies, the paths that sign-in starts from and leads to, and what nobody knows. */
function renew(headers: Headers, { cookie, state }: Visitor, paths: Record<string, string>): void {
  if (cookie) headers.set('cookie', cookie)
  else headers.delete('cookie')
  headers.set('x-warder-state', state)
  for (const [name, path] of Object.entries(paths)) headers.set(`x-warder-${name}`, path)
}

function redirect(request: NextRequest, path: string, visitor: Visitor): NextResponse {
  const to = request.nextUrl.clone()
  const target = new URL(path, 'http://here.invalid')
  goTo(to, target.pathname)
  to.search = target.search
  return tell(NextResponse.redirect(to, isRead(request) ? 307 : 303), visitor) // 307 would post the form again, to the sign-in page
}

/** Where Next.js knows languages, it puts one in front of the path itself. */
function goTo(to: NextURL, pathname: string): void {
  const [, first = '', rest = ''] = /^\/([^/]*)(.*)$/.exec(pathname) ?? []
  to.pathname = pathname
  if (!to.locale) return
  try {
    to.locale = first
    to.pathname = rest || '/'
  } catch {
    to.locale = to.domainLocale?.defaultLocale ?? to.defaultLocale ?? to.locale
  }
}

function tell(response: NextResponse, { setCookies }: Visitor): NextResponse {
  for (const line of setCookies) response.headers.append('set-cookie', line)
  if (setCookies.length > 0) response.headers.set('cache-control', 'private, no-store')
  return response
}
