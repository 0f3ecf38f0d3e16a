import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { warderHandlers } from '../src/handlers.js'
import { shared } from '../src/shared.js'
import { type Answer, cookiesOf, expiredCookies, NEW_COOKIES, CLEARED_COOKIES, NOBODY, WarderDouble } from './support/warder.js'

let warder: WarderDouble
const log = vi.spyOn(console, 'error').mockImplementation(() => {})
beforeEach(async () => {
  log.mockClear()
  shared.told.clear()
  shared.away = undefined
  warder = new WarderDouble()
  await warder.start()
})
afterEach(() => warder.stop())

const handlers = warderHandlers({ confirm: '/account/confirm', home: '/dashboard', locales: ['de'] })
const VISIT = { host: 'app.example', 'x-forwarded-proto': 'https', 'sec-fetch-dest': 'document' }

/** As a browser goes there; it says where to, and which cookies it brings. */
async function visit(path: string, headers: Record<string, string> = {}, method: 'GET' | 'POST' | 'HEAD' = 'GET', body?: string) {
  const url = new URL(`http://127.0.0.1:3000/api/auth/${path}`)
  const request = new Request(url, { method, headers: { ...VISIT, ...headers }, ...(body !== undefined && { body }) })
  const answer = await handlers[method === 'POST' ? 'POST' : 'GET'](request, {
    params: Promise.resolve({ warder: url.pathname.split('/').slice(3) }),
  })
  return { status: answer.status, to: answer.headers.get('location'), lines: answer.headers.getSetCookie(), headers: answer.headers }
}
const sent = (index = 0) => JSON.parse(warder.seen.filter(({ path }) => path.startsWith('/oauth/'))[index]!.body)

const ATTEMPT = '__Host-warder_oauth=half; Path=/; Max-Age=600; SameSite=Lax; Secure; HttpOnly'
const SPENT = ATTEMPT.replace('half', '').replace('600', '0')
const TICKET = '__Host-warder_mfa=ticket; Path=/; Max-Age=300; SameSite=Lax; Secure; HttpOnly'
const THERE = 'https://idp.example/authorize?state=s&nonce=n'
const begun: Answer = { headers: { 'set-cookie': ATTEMPT }, body: { authorization_url: THERE, expires_in: 600 } }
const refusal = (status: number, code: string, more: object = {}): Answer => ({
  status,
  headers: { 'set-cookie': SPENT },
  body: { detail: 'x', code, ...more },
})

describe('on the way there', () => {
  test('Warder is told where to come back to, and the browser goes on with its half', async () => {
    warder.answer = () => begun
    expect(await visit('oauth/google?next=%2Fteam%3Fa%3Db')).toMatchObject({ status: 302, to: THERE, lines: [ATTEMPT] })
    expect(warder.seen.map(({ method, path }) => [method, path])).toEqual([['POST', '/oauth/start/google']])
    expect(sent()).toEqual({
      callback: 'https://app.example/api/auth/oauth/google/callback',
      redirect_to: '/team?a=b',
      token_delivery: 'cookie',
    })
  })
  test('no other site hears of the URL, and nobody keeps the answer', async () => {
    warder.answer = () => begun
    const { headers } = await visit('oauth/google')
    expect([headers.get('referrer-policy'), headers.get('cache-control')]).toEqual(['no-referrer', 'no-store'])
  })
  test.each(['https://evil.example', '//evil.example', '/\\evil.example', '', `/${'x'.repeat(2000)}`])(
    'next=%j leads nowhere else',
    async (next) => {
      warder.answer = () => begun
      await visit(`oauth/google?next=${encodeURIComponent(next)}`)
      expect(sent().redirect_to).toBe('/dashboard')
    },
  )
  test.each([
    [{ 'x-forwarded-host': 'a.example, b.example', 'x-forwarded-proto': 'https, http' }, 'https://a.example'],
    [{ host: 'localhost:3000', 'x-forwarded-proto': 'http' }, 'http://localhost:3000'],
  ])('behind %j the app is %s', async (headers, origin) => {
    warder.answer = () => begun
    await visit('oauth/google', headers)
    expect(sent().callback).toBe(`${origin}/api/auth/oauth/google/callback`)
  })
  test.each([
    ['a prefetch', { 'sec-purpose': 'prefetch' }],
    ['an older prefetch', { purpose: 'prefetch' }],
    ['a <Link>', { rsc: '1' }],
    ['fetch()', { 'sec-fetch-dest': 'empty' }],
    ['a frame', { 'sec-fetch-dest': 'iframe' }],
    ['a picture', { 'sec-fetch-dest': 'image' }],
  ])('%s begins nothing, and spends nothing', async (_, headers) => {
    for (const path of ['oauth/google', 'oauth/google/callback?code=c&state=s'])
      expect(await visit(path, headers as Record<string, string>)).toMatchObject({ status: 400, to: null })
    expect(warder.seen).toEqual([])
  })
  test('nor does HEAD', async () => {
    for (const path of ['oauth/google', 'oauth/google/callback?code=c&state=s']) expect((await visit(path, {}, 'HEAD')).status).toBe(405)
    expect(warder.seen).toEqual([])
  })
  test('another site signs nobody in: the visitor sees the form first', async () => {
    expect(await visit('oauth/google?next=%2Fteam', { 'sec-fetch-site': 'cross-site' })).toMatchObject({
      status: 303,
      to: '/login?next=%2Fteam',
    })
    expect(warder.seen).toEqual([])
  })
  test.each([
    [404, 'not_configured', 'not_configured'],
    [502, 'provider_error', 'provider_error'],
    [429, 'limit_reached', 'limit_reached'],
    [503, 'busy', 'unavailable'],
  ])('%i %s is said on the sign-in page', async (status, code, error) => {
    warder.answer = () => refusal(status, code)
    expect(await visit('oauth/google?next=%2Fde%2Fteam')).toMatchObject({ status: 303, to: `/de/login?next=%2Fde%2Fteam&error=${error}` })
  })
  test.each(['javascript:alert(1)', 'data:text/html,x', '/login', ''])('%j is no provider', async (authorization_url) => {
    warder.answer = () => ({ body: { authorization_url } })
    expect((await visit('oauth/google')).to).toBe('/login?next=%2Fdashboard&error=provider_error')
  })
  test('Warder is away', async () => {
    process.env.WARDER_URL = NOBODY
    expect((await visit('oauth/google')).to).toBe('/login?next=%2Fdashboard&error=unavailable')
  })
  test('a browser that would drop the cookies', async () => {
    expect((await visit('oauth/google', { 'x-forwarded-proto': 'http' })).to).toBe('/login?next=%2Fdashboard&error=cookies_dropped')
    expect(warder.seen).toEqual([])
  })
  test('an address that is not the provider’s: the log says what to do', async () => {
    const detail = [{ type: 'value_error', loc: ['body', 'callback'], msg: 'x' }]
    warder.answer = () => ({ status: 422, body: { code: 'invalid_input', detail } })
    expect((await visit('oauth/google')).to).toBe('/login?next=%2Fdashboard&error=provider_error')
    await visit('oauth/google', { host: 'invented.example' })
    expect(log.mock.calls.flat(), 'once, whatever a visitor invents').toEqual([
      expect.stringContaining('does not take https://app.example/api/auth/oauth/google/callback for google.'),
    ])
  })
  test.each(['oauth', 'oauth/', 'oauth/Google', 'oauth/..', 'oauth/a%2Fb', 'oauth/google/callback/x', 'oauth/google/x'])(
    '%s is not there',
    async (path) => {
      expect((await visit(path)).status).toBe(404)
      expect(warder.seen).toEqual([])
    },
  )
  test('POST begins nothing', async () => expect(await visit('oauth/google', {}, 'POST', '')).toMatchObject({ status: 405 }))
})

describe('to connect it to an account', () => {
  const own = { 'sec-fetch-site': 'same-origin' }
  test('as who is signed in, and back to the account', async () => {
    warder.answer = () => begun
    const cookie = cookiesOf(600)
    expect((await visit('oauth/google?link=1', { ...own, cookie })).to).toBe(THERE)
    expect(sent()).toMatchObject({ link: true, redirect_to: '/account' })
    expect(warder.seen[0]!.headers.cookie).toContain('__Host-warder_access=')
    expect(warder.seen[0]!.headers.cookie).not.toContain('theme')
  })
  test.each([{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'none' }, { 'sec-fetch-site': 'same-site' }, {}])(
    'not from elsewhere: %j',
    async (headers) => {
      const { to } = await visit('oauth/google?link=1', { ...(headers as Record<string, string>), cookie: cookiesOf(600) })
      expect(to).toBe('/account?error=csrf_failed')
      expect(warder.seen).toEqual([])
    },
  )
  test('an access token that has ended is refreshed, and all cookies come along', async () => {
    warder.answer = ({ path }) => (path === '/refresh' ? { headers: { 'set-cookie': NEW_COOKIES }, body: {} } : begun)
    const { lines } = await visit('oauth/google?link=1', { ...own, cookie: expiredCookies() })
    expect(lines).toEqual([...NEW_COOKIES, ATTEMPT])
    expect(warder.asked('/oauth/start/google')[0]!.headers.cookie).toContain('new-access')
  })
  test('a session that has ended leads to the sign-in', async () => {
    warder.answer = ({ path }) =>
      path === '/refresh'
        ? { ...refusal(401, 'invalid_token'), headers: { 'set-cookie': CLEARED_COOKIES } }
        : refusal(401, 'not_authenticated')
    expect(await visit('oauth/google?link=1', { ...own, cookie: expiredCookies() })).toMatchObject({
      to: '/login?next=%2Faccount',
      lines: [...CLEARED_COOKIES, SPENT],
    })
  })
  test('where a fresh proof is wanted, a page asks for it', async () => {
    warder.answer = () => refusal(403, 'reauthentication_required', { methods: ['password', 'totp'] })
    expect((await visit('oauth/google?link=1&next=%2Fde%2Faccount', { ...own, cookie: cookiesOf(600) })).to).toBe(
      '/de/account/confirm?next=%2Fde%2Faccount&methods=password%2Ctotp',
    )
  })
})

describe('on the way back', () => {
  const BACK = 'oauth/google/callback?code=c%2B1&state=s&iss=https%3A%2F%2Fidp.example'
  const cookie = '__Host-warder_oauth=half'

  test('Warder hears what the provider said, and the visitor is in', async () => {
    warder.answer = () => ({ headers: { 'set-cookie': [...NEW_COOKIES, SPENT] }, body: { user: {}, redirect_to: '/team', created: true } })
    expect(await visit(BACK + '&scope=x', { cookie, 'sec-fetch-site': 'cross-site' })).toMatchObject({
      status: 303,
      to: '/team',
      lines: [...NEW_COOKIES, SPENT],
    })
    expect(sent()).toEqual({ code: 'c+1', state: 's', iss: 'https://idp.example', token_delivery: 'cookie' })
    expect(warder.seen[0]!.headers.cookie).toBe(cookie)
  })
  test('no redirect_to leads elsewhere', async () => {
    warder.answer = () => ({ body: { user: {}, redirect_to: '//evil.example' } })
    expect((await visit(BACK)).to).toBe('/dashboard')
  })
  test('what came twice counts as missing', async () => {
    warder.answer = () => refusal(400, 'invalid_link')
    await visit('oauth/google/callback?code=a&code=b&state=s')
    expect(sent()).toEqual({ state: 's', token_delivery: 'cookie' })
  })
  test.each([
    [403, 'provider_denied', 'provider_denied'],
    [502, 'provider_error', 'provider_error'],
    [409, 'account_exists', 'account_exists'],
    [403, 'email_not_verified', 'provider_unverified'],
    [403, 'registration_closed', 'registration_closed'],
    [400, 'invalid_link', 'sign_in_ended'],
    [500, 'internal', 'unavailable'],
  ])('%i %s is said on the sign-in page', async (status, code, error) => {
    warder.answer = () => refusal(status, code)
    expect(await visit(BACK, { cookie })).toMatchObject({ to: `/login?next=%2Fdashboard&error=${error}`, lines: [SPENT] })
  })
  test('it goes on to where one wanted to go, where Warder says it', async () => {
    warder.answer = () => refusal(403, 'provider_denied', { redirect_to: '/de/team' })
    expect((await visit(BACK, { cookie })).to).toBe('/de/login?next=%2Fde%2Fteam&error=provider_denied')
    warder.answer = () => refusal(403, 'provider_denied', { redirect_to: 'https://evil.example' })
    expect((await visit(BACK, { cookie })).to).toBe('/login?next=%2Fdashboard&error=provider_denied')
  })
  test.each([
    [{ methods: ['totp', 'recovery_code'] }, 'totp%2Crecovery_code'],
    [{ methods: [], enrol: true }, 'enrol'],
  ])('a second step follows on the sign-in page: %j', async (more, mfa) => {
    warder.answer = () => ({
      ...refusal(403, 'mfa_required', { ...more, redirect_to: '/team' }),
      headers: { 'set-cookie': [SPENT, TICKET] },
    })
    expect(await visit(BACK, { cookie })).toMatchObject({ to: `/login?next=%2Fteam&mfa=${mfa}`, lines: [SPENT, TICKET] })
  })
  test('connected: the account says so', async () => {
    warder.answer = () => ({ status: 204, headers: { 'set-cookie': SPENT } })
    expect(await visit(BACK, { cookie: `${cookie}; ${cookiesOf(600)}` })).toMatchObject({ to: '/account?linked=google', lines: [SPENT] })
  })
  test('not connected: the account says so, to whoever is signed in', async () => {
    warder.answer = () => refusal(409, 'identity_taken')
    expect((await visit(BACK, { cookie: `${cookie}; ${cookiesOf(600)}` })).to).toBe('/account?error=identity_taken')
  })
  test('cookies of a session that is over are no session', async () => {
    warder.answer = ({ path }) =>
      path === '/refresh'
        ? { ...refusal(401, 'invalid_token'), headers: { 'set-cookie': CLEARED_COOKIES } }
        : refusal(403, 'provider_denied')
    expect((await visit(BACK, { cookie: `${cookie}; ${expiredCookies()}` })).to).toBe('/login?next=%2Fdashboard&error=provider_denied')
  })
})

describe('a provider that posts', () => {
  test('gets the browser to come once more, with its cookies', async () => {
    const body = new URLSearchParams({ code: 'c', state: 's&x', user: '{"name":"Ann"}', id_token: 'secret' })
    const { status, to } = await visit('oauth/apple/callback', { origin: 'https://appleid.apple.com' }, 'POST', String(body))
    const url = new URL(to!, 'http://here')
    expect([status, url.pathname]).toEqual([303, '/api/auth/oauth/apple/callback'])
    expect(Object.fromEntries(url.searchParams)).toEqual({ code: 'c', state: 's&x', user: '{"name":"Ann"}' })
    expect(warder.seen).toEqual([])
  })
  test('but not without end', async () =>
    expect((await visit('oauth/apple/callback', {}, 'POST', 'code='.padEnd(65_537, 'x'))).status).toBe(413))
})

test('below a basePath', async () => {
  vi.stubEnv('__NEXT_ROUTER_BASEPATH', '/shop')
  vi.resetModules()
  try {
    const { GET } = (await import('../src/handlers.js')).warderHandlers()
    const go = async (path: string) => {
      const request = new Request(`http://127.0.0.1:3000/shop/api/auth/${path}`, { headers: VISIT })
      const answer = await GET(request, { params: Promise.resolve({ warder: path.split('?')[0]!.split('/') }) })
      return answer.headers.get('location')
    }
    warder.answer = () => begun
    await go('oauth/google')
    expect(sent().callback).toBe('https://app.example/shop/api/auth/oauth/google/callback')
    warder.answer = () => ({ body: { user: {}, redirect_to: '/team' } })
    expect(await go('oauth/google/callback?code=c&state=s')).toBe('/shop/team')
    warder.answer = () => refusal(403, 'provider_denied')
    expect(await go('oauth/google/callback?error=access_denied&state=s')).toBe('/shop/login?next=%2F&error=provider_denied')
  } finally {
    vi.unstubAllEnvs()
  }
})

test.each(['login', 'confirm', 'account', 'home'])('%s must be a path of this app', (name) =>
  expect(() => warderHandlers({ [name]: 'https://evil.example' })).toThrow(`${name} is "https://evil.example"`),
)
