import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { warderHandlers } from '../src/handlers.js'
import { cookiesOf, NEW_COOKIES, NOBODY, WarderDouble } from './support/warder.js'

let warder: WarderDouble
beforeEach(async () => {
  warder = new WarderDouble()
  await warder.start()
})
afterEach(() => warder.stop())

const handlers = warderHandlers()
type Call = { body?: string | Uint8Array; headers?: Record<string, string> }
const call = (method: keyof typeof handlers, path: string, { body, headers = {} }: Call = {}) =>
  handlers[method](
    new Request('http://localhost:3000/api/auth/' + path, {
      method,
      body: body as BodyInit,
      headers: { 'content-type': 'application/json', ...headers },
    }),
    { params: Promise.resolve({ warder: path.split('/') }) },
  )

const ID = '01a20e6f-0be3-717a-853b-fc4e4b784d77'

test.each([
  ['GET', 'session'],
  ['GET', 'me'],
  ['GET', 'me/sessions'],
  ['PATCH', 'me'],
  ['DELETE', 'me'],
  ['DELETE', `me/sessions/${ID}`],
  ['POST', 'login'],
  ['POST', 'register'],
  ['POST', 'refresh'],
  ['POST', 'logout'],
  ['POST', 'logout/all'],
  ['POST', 'me/password'],
  ['POST', 'login/mfa'],
  ['POST', 'login/mfa/passkey'],
  ['POST', 'login/mfa/totp'],
  ['POST', 'login/mfa/totp/confirm'],
  ['GET', 'me/mfa'],
  ['POST', 'me/mfa/totp'],
  ['POST', 'me/mfa/totp/confirm'],
  ['DELETE', `me/mfa/totp/${ID}`],
  ['POST', 'me/mfa/recovery-codes'],
  ['DELETE', 'me/mfa/devices'],
  ['POST', 'reauthenticate'],
  ['POST', 'reauthenticate/passkey'],
  ['POST', 'passkeys/login/options'],
  ['POST', 'passkeys/login'],
  ['POST', 'passkeys/register/options'],
  ['POST', 'passkeys/register'],
  ['GET', 'me/passkeys'],
  ['PATCH', `me/passkeys/${ID}`],
  ['DELETE', `me/passkeys/${ID}`],
  ['POST', 'forgot-password'],
  ['POST', 'reset-password'],
  ['POST', 'request-verify-token'],
  ['POST', 'verify'],
  ['POST', 'me/email'],
  ['POST', 'email-change/confirm'],
  ['POST', 'login/email'],
  ['POST', 'login/email/confirm'],
  ['POST', 'sign-in-report'],
  ['GET', 'oauth/providers'],
  ['POST', 'oauth/start/google'],
  ['POST', 'oauth/finish/my-idp-2'],
  ['GET', 'me/identities'],
  ['DELETE', `me/identities/${ID}`],
] as const)('%s %s passes', async (method, path) => {
  warder.answer = () => ({ body: { ok: true } })
  expect((await call(method, path, method === 'GET' ? {} : { body: '{}' })).status).toBe(200)
  expect(warder.seen.map((seen) => [seen.method, seen.path])).toEqual([[method, '/' + path]])
})

test('HEAD is asked as GET is', async () => {
  warder.answer = () => ({ body: {} })
  const head = (path: string) =>
    handlers.GET(new Request('http://localhost:3000/api/auth/' + path, { method: 'HEAD' }), { params: Promise.resolve({ warder: [path] }) })
  expect([(await head('me')).status, (await head('login')).status]).toEqual([200, 405])
  expect(warder.seen.map(({ method, path }) => [method, path])).toEqual([['GET', '/me']])
})

test.each([
  '',
  'metrics',
  'openapi.json',
  'users/me',
  'token',
  'me/',
  'me/sessions/../..',
  'me/sessions/x',
  '../metrics',
  '.',
  '..',
  'login/x',
  'LOGIN',
  'health/live',
  'oauth/start/Google',
  'oauth/start/2idp',
  'oauth/start/..',
  'oauth/callback/google',
  'oauth/authorize/google',
  'me/identities/google',
])('%j is not there', async (path) => {
  const response = await call('GET', path)
  expect([response.status, await response.json()]).toEqual([404, { detail: 'Not Found', code: 'route_not_found' }])
  expect(warder.seen).toHaveLength(0)
})

test.each([
  ['GET', 'login', 'POST'],
  ['POST', 'me', 'GET, PATCH, DELETE'],
  ['PATCH', 'session', 'GET'],
  ['DELETE', 'logout', 'POST'],
  ['GET', 'verify', 'POST'],
  ['GET', 'reset-password', 'POST'],
  ['GET', 'login/email/confirm', 'POST'],
  ['GET', 'sign-in-report', 'POST'],
] as const)('%s %s is not allowed, %s is', async (method, path, allow) => {
  const response = await call(method, path)
  expect([response.status, response.headers.get('allow')]).toEqual([405, allow])
})

describe('tokens', () => {
  test.each([
    'login',
    'register',
    'login/mfa',
    'login/mfa/totp/confirm',
    'passkeys/login',
    'login/email',
    'login/email/confirm',
    'oauth/start/google',
    'oauth/finish/google',
  ])('of %s come as cookies, whatever the page wishes', async (path) => {
    await call('POST', path, { body: '{"email":"a","token_delivery":"body"}' })
    expect(JSON.parse(warder.seen[0]!.body)).toEqual({ email: 'a', token_delivery: 'cookie' })
  })
  test.each(['login/mfa/totp', 'login/mfa/passkey', 'passkeys/login/options', 'me/mfa/totp/confirm', 'verify', 'reset-password'])(
    'are none of %s',
    async (path) => {
      await call('POST', path, { body: '{"a":1}' })
      expect(JSON.parse(warder.seen[0]!.body)).toEqual({ a: 1 })
    },
  )
  test.each([
    ['refresh', { token_delivery: 'cookie' }],
    ['logout', {}],
  ])('of the body never reach %s', async (path, body) => {
    await call('POST', path, { body: '{"refresh_token":"stolen","token_delivery":"body"}' })
    expect(JSON.parse(warder.seen[0]!.body)).toEqual(body)
  })
  test.each(['[1]', 'null', '"x"', '{'])('what is no object (%j) goes to Warder as it is', async (body) => {
    await call('POST', 'login', { body })
    expect(warder.seen[0]!.body).toBe(body)
  })
})

describe('what goes up', () => {
  test('Warder’s cookies and a few headers', async () => {
    await call('PATCH', 'me', {
      body: '{"name":"Ann"}',
      headers: {
        cookie: cookiesOf(9),
        authorization: 'Bearer stolen',
        'x-csrf-token': 'c',
        origin: 'http://localhost:3000',
        'user-agent': 'Test',
        'x-real-ip': '6.6.6.6',
        'x-forwarded-host': 'evil',
        host: 'evil',
        'x-warder-state': 'x',
      },
    })
    const { headers, body } = warder.seen[0]!
    expect(body).toBe('{"name":"Ann"}')
    expect(headers.cookie).not.toContain('theme')
    expect(headers).toMatchObject({
      'x-csrf-token': 'c',
      origin: 'http://localhost:3000',
      'user-agent': 'Test',
      'content-type': 'application/json',
    })
    for (const name of ['authorization', 'x-real-ip', 'x-forwarded-host', 'x-warder-state']) expect(headers).not.toHaveProperty(name)
    expect(headers.host).toMatch(/^127\.0\.0\.1/)
  })
  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])('no %j', async (type) => {
    expect((await call('POST', 'login', { body: '{"email":"a"}', headers: { 'content-type': type } })).status).toBe(415)
    expect(warder.seen).toHaveLength(0)
  })
  test('64 KiB and no more', async () => {
    warder.answer = () => ({ body: {} })
    expect((await call('PATCH', 'me', { body: new Uint8Array(65_536).fill(32) })).status).toBe(200)
    const response = await call('PATCH', 'me', { body: new Uint8Array(65_537).fill(32) })
    expect([response.status, await response.json()]).toEqual([413, { detail: 'Content Too Large', code: 'body_too_large' }])
  })
})

describe('the CSRF token', () => {
  test.each([
    ['old-csrf', 'old-csrf'],
    ['of-another, old-csrf', 'old-csrf'],
    ['old-csrf, of-another', 'old-csrf'],
    ['a, b', 'a'],
    ['', undefined],
    [',', undefined],
  ])('%j, where two Warders share the host, goes up as %j', async (sent, up) => {
    await call('POST', 'logout', { headers: { cookie: cookiesOf(9) + '; __Host-shop_csrf=of-another', 'x-csrf-token': sent } })
    expect(warder.seen[0]!.headers['x-csrf-token']).toBe(up)
    expect(warder.seen[0]!.headers.cookie).not.toContain('shop')
  })
})

describe('what comes back', () => {
  test('every cookie line, the words, the time to wait', async () => {
    warder.answer = () => ({
      status: 429,
      headers: { 'set-cookie': NEW_COOKIES, 'retry-after': '7', 'x-request-id': 'r', server: 'secret', 'access-control-allow-origin': '*' },
      body: { detail: 'x', code: 'y' },
    })
    const response = await call('POST', 'login', { body: '{}' })
    expect([response.status, response.headers.getSetCookie(), await response.json()]).toEqual([
      429,
      NEW_COOKIES,
      { detail: 'x', code: 'y' },
    ])
    expect([...response.headers.keys()].filter((name) => name !== 'set-cookie').sort()).toEqual([
      'cache-control',
      'content-type',
      'retry-after',
      'x-request-id',
    ])
    expect(response.headers.get('cache-control')).toBe('no-store')
  })
  test('204 has no body', async () => {
    warder.answer = () => ({ status: 204 })
    const response = await call('POST', 'logout')
    expect([response.status, response.body]).toEqual([204, null])
  })
  test('a redirect is not followed', async () => {
    warder.answer = () => ({ status: 302, headers: { location: '/metrics' } })
    expect((await call('GET', 'me')).status).toBe(503)
    expect(warder.seen).toHaveLength(1)
  })
  test('a word where Warder’s cookies have other names', async () => {
    warder.answer = () => ({
      headers: { 'set-cookie': NEW_COOKIES.map((line) => line.replace('__Host-', '').replace('; Secure', '')) },
      body: {},
    })
    const response = await call('POST', 'login', { body: '{}' })
    expect([response.status, response.headers.getSetCookie(), await response.json()]).toEqual([
      500,
      [],
      {
        code: 'cookie_names_differ',
        detail:
          "Warder's cookie is called warder_access, this app looks for __Host-warder_access. Set WARDER_COOKIES_INSECURE=true here, or http.cookies_insecure=false in Warder.",
      },
    ])
  })
  test('503 where Warder is away', async () => {
    process.env.WARDER_URL = NOBODY
    const response = await call('GET', 'session')
    expect([response.status, response.headers.get('retry-after'), await response.json()]).toEqual([
      503,
      '5',
      { detail: 'The sign-in service is not available. Try again in a moment.', code: 'unavailable' },
    ])
  })
})
