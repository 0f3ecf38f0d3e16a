import { isFresh } from './access-token.js'
import { BASE_PATH } from './base-path.js'
import { bodyOf } from './body-of.js'
import { boundedText } from './bounded-text.js'
import { config } from './config.js'
import { adviseOnCookies } from './cookie-advice.js'
import { applySetCookies, carriesSession, cookieOf } from './cookies.js'
import { WarderError } from './error.js'
import { refreshOnce } from './refresh.js'
import { refusal } from './refusal.js'
import { safeNext } from './safe-next.js'
import { sameOrigin } from './same-origin.js'
import { tellOnce } from './tell.js'
import { forwarded, upstream } from './upstream.js'

/** The pages of the app that a sign-in at another service may lead to. */
export type ProviderPages = { login: string; confirm: string; account: string; home: string; locales: string[] }

/** How Warder lets providers be called. */
export const PROVIDER = '[a-z][a-z0-9-]{0,31}'

const PATH = new RegExp(`^oauth/(${PROVIDER})(/callback)?$`)

/** What a service says to the browser, and Warder wants to hear. */
const GIVEN = ['code', 'state', 'iss', 'error', 'user']

/** How long Warder is waited for, in milliseconds, which itself waits for the service. */
export const ELSEWHERE = 30_000

/** One request of a browser on its way there or back, and the cookies that it has brought so far. */
type Trip = { provider: string; request: Request; pages: ProviderPages; link: boolean; next: string; cookie: string; setCookies: string[] }

/**
 * The two addresses that a browser goes to by itself, without a script: `/api/auth/oauth/NAME?next=` leads to the service, which sends it back
 * to `/api/auth/oauth/NAME/callback`. Null for every other path.
 */
export async function signInElsewhere(path: string, request: Request, pages: ProviderPages): Promise<Response | null> {
  const [, provider, callback] = PATH.exec(path) ?? []
  if (!provider) return null
  const methods = callback ? ['GET', 'POST'] : ['GET']
  if (!methods.includes(request.method)) return refusal(405, 'Method Not Allowed', 'method_not_allowed', { allow: methods.join(', ') })
  if (request.method === 'POST') return asGet(provider, request)
  if (!isVisit(request.headers)) return refusal(400, 'A browser goes there by itself', 'bad_request')
  const cookie = request.headers.get('cookie') ?? ''
  const trip = { provider, request, pages, link: false, next: pages.home, cookie, setCookies: [] }
  return (callback ? finish(trip) : start(trip)).catch((error: unknown) => {
    if (error instanceof WarderError) return refused(trip, error)
    throw error
  })
}

/** What is asked ahead, or by a script, must neither begin a sign-in nor spend what ends one. Next.js then loads it as a whole. */
const isVisit = (headers: Headers) =>
  (headers.get('sec-fetch-dest') ?? 'document') === 'document' &&
  !/prefetch/.test(`${headers.get('sec-purpose')} ${headers.get('purpose')}`) &&
  !headers.has('rsc')

async function start(trip: Trip): Promise<Response> {
  const { provider, request, pages } = trip
  const query = new URL(request.url).searchParams
  trip.link = query.has('link')
  trip.next = pathOf(query.get('next'), trip.link ? pages.account : pages.home)
  if (trip.link && !sameOrigin(request)) return back(trip, { error: 'csrf_failed' })
  if (request.headers.get('sec-fetch-site') === 'cross-site') return back(trip) // no other site signs anybody in
  const origin = originOf(request)
  adviseOnCookies(origin, request.headers.get('user-agent'))
  const callback = `${origin}${BASE_PATH}/api/auth/oauth/${provider}/callback`
  const answer = await ask(trip, 'start', { callback, redirect_to: trip.next, ...(trip.link && { link: true }) })
  if (!answer.ok) return refused(trip, tellOfCallback(await WarderError.of(answer), callback, provider))
  const { authorization_url: to } = await bodyOf<{ authorization_url: string }>(answer)
  return /^https?:\/\//i.test(to) ? go(302, to, trip.setCookies) : back(trip, { error: 'provider_error' })
}

/** Whoever types the address of the app may name any host, so that only the first one is told. */
function tellOfCallback(error: WarderError, callback: string, provider: string): WarderError {
  if (error.fields.callback)
    tellOnce(
      `Warder does not take ${callback} for ${provider}. Add it to the provider in Warder, or, if it is wrong, let the proxy in front of this app send X-Forwarded-Host and X-Forwarded-Proto.`,
      `callback of ${provider}`,
    )
  return error
}

/** Longer ones are not kept by Warder. */
const pathOf = (next: string | null, fallback: string) => (next && next.length <= 2000 ? safeNext(next, fallback) : fallback)

/** Whoever is signed in comes back from a service that was to be connected; a sign-in begins without a session. */
async function finish(trip: Trip): Promise<Response> {
  const { provider, request, pages } = trip
  trip.link = carriesSession(trip.cookie)
  const answer = await ask(trip, 'finish', givenOf(new URL(request.url).searchParams))
  if (!answer.ok) return refused(trip, await WarderError.of(answer))
  const said = (await bodyOf<{ redirect_to?: string } | undefined>(answer)) ?? {}
  if (answer.status !== 204) return go(303, BASE_PATH + safeNext(said.redirect_to, pages.home), trip.setCookies)
  return back({ ...trip, link: true }, { linked: provider })
}

/**
 * A service that posts its answer (`form_post`, Apple) makes a request that has no cookie of this site; one GET later they come along. It
 * changes nothing, so it needs no check of where it comes from.
 */
async function asGet(provider: string, request: Request): Promise<Response> {
  const text = await boundedText(request)
  if (text === null) return refusal(413, 'Content Too Large', 'body_too_large')
  const query = new URLSearchParams(givenOf(new URLSearchParams(text)))
  return go(303, `${BASE_PATH}/api/auth/oauth/${provider}/callback?${query}`)
}

/** What came twice could be read in two ways, so that it counts as missing (RFC 6749, 3.1). */
const givenOf = (query: URLSearchParams): Record<string, string> =>
  Object.fromEntries(GIVEN.filter((name) => query.getAll(name).length === 1).map((name) => [name, query.get(name)!]))

/** Asks Warder, as whoever is signed in: their access token may have ended while they were away. */
async function ask(trip: Trip, step: 'start' | 'finish', body: object): Promise<Response> {
  const headers = forwarded((name) => trip.request.headers.get(name))
  if (trip.link && !isFresh(cookieOf(trip.cookie, config().access))) {
    const { result, setCookies } = await refreshOnce(trip.cookie, headers)
    if (result === 'unknown') throw WarderError.unavailable()
    if (result === 'ended') trip.link = false
    trip.setCookies.push(...setCookies)
    trip.cookie = applySetCookies(trip.cookie, setCookies)
  }
  const answer = await upstream(`/oauth/${step}/${trip.provider}`, {
    method: 'POST',
    headers,
    cookie: trip.cookie,
    body: JSON.stringify(body),
    timeout: ELSEWHERE,
  })
  trip.setCookies.push(...answer.headers.getSetCookie())
  return answer
}

/** Of these Warder's own words are about something else. */
const OTHERWISE: Record<string, string> = {
  email_not_verified: 'provider_unverified',
  invalid_input: 'provider_error',
  invalid_link: 'sign_in_ended',
  not_found: 'not_configured',
}

function refused(trip: Trip, { code = 'unknown', details: { redirect_to, methods = [], enrol } }: WarderError): Response {
  trip.next = safeNext(redirect_to, trip.next)
  if (code === 'mfa_required') return back({ ...trip, link: false }, { mfa: enrol ? 'enrol' : methods.join() })
  if (code === 'reauthentication_required') return toPage(trip, 'confirm', { next: trip.next, methods: methods.join() })
  if (code === 'not_authenticated' || code === 'invalid_token') return back({ ...trip, link: false })
  return back(trip, { error: OTHERWISE[code] ?? code })
}

/** To the page that it began on, as far as that is known: the account's, or the sign-in form, which says what came of it. */
const back = (trip: Trip, said: Record<string, string> = {}): Response =>
  trip.link ? toPage(trip, 'account', said) : toPage(trip, 'login', { next: trip.next, ...said })

function toPage({ pages, next, setCookies }: Trip, name: 'login' | 'confirm' | 'account', said: Record<string, string>): Response {
  const first = next.split(/[/?#]/)[1] ?? ''
  const [page = '', query] = pages[name].split('?')
  const all = new URLSearchParams(query)
  for (const [key, value] of Object.entries(said)) all.set(key, value)
  const language = pages.locales.includes(first) ? `/${first}` : ''
  return go(303, `${BASE_PATH}${language}${page}${String(all) && `?${all}`}`, setCookies)
}

/** The URL may hold a code, which no other site may learn of. */
function go(status: 302 | 303, location: string, setCookies: string[] = []): Response {
  const headers = new Headers({ location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
  for (const line of setCookies) headers.append('set-cookie', line)
  return new Response(null, { status, headers })
}

/** As the browser sees it: Next.js itself puts these two fields there where no proxy does. */
function originOf({ headers, url }: Request): string {
  const first = (name: string) => headers.get(name)?.split(',')[0]?.trim()
  const { protocol, host } = new URL(url)
  return `${first('x-forwarded-proto') ?? protocol.slice(0, -1)}://${first('x-forwarded-host') ?? first('host') ?? host}`
}
