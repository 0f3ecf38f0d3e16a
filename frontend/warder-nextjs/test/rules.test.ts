import { afterEach, describe, expect, test } from 'vitest'
import { compareClocks, isFresh } from '../src/access-token.js'
import { config } from '../src/config.js'
import { adviseOnCookies } from '../src/cookie-advice.js'
import { applySetCookies, carriesSession, cookieOf, parseSetCookie, warderCookies } from '../src/cookies.js'
import { UNAVAILABLE, WarderError } from '../src/error.js'
import { formProblem } from '../src/form-state.js'
import { safeNext } from '../src/safe-next.js'
import { SENTENCES, type Sentences, sentenceFor } from '../src/sentences.js'
import { accessToken } from './support/warder.js'

afterEach(() => {
  for (const name of ['URL', 'COOKIES_INSECURE', 'COOKIE_PREFIX', 'SERVICE_TOKEN']) delete process.env[`WARDER_${name}`]
})

describe('safeNext', () => {
  test.each(['/', '/a', '/a?b=c&d=e', '/a#b', '/a/../b', '/a//b', '/%2f%2fevil.example', '/%09/x', '/ä'])('%j is of this site', (next) => {
    const url = new URL(next, 'http://x.test')
    expect(safeNext(next, '/fallback')).toBe(url.pathname + url.search + url.hash)
  })
  test.each([
    '',
    'a',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/ /x',
    '/\u007f',
    'https://evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    '/.//evil.example',
    '/a/..//evil.example',
    null,
    undefined,
    7,
    ['/a'],
    {},
  ])('%j is not', (next) => {
    expect(safeNext(next, '/fallback')).toBe('/fallback')
  })
  test('the fallback is the start', () => expect(safeNext(null)).toBe('/'))
})

describe('config', () => {
  test.each([
    [undefined, 'http://localhost:8000'],
    ['', 'http://localhost:8000'],
    ['https://auth.example/base//', 'https://auth.example/base'],
  ])('WARDER_URL %j', (given, url) => {
    if (given !== undefined) process.env.WARDER_URL = given
    expect(config().url).toBe(url)
  })
  test.each([
    ['localhost:8000', 'must begin with http://'],
    ['auth.example.com', 'must begin with http://'],
    ['//auth.example.com', 'must begin with http://'],
    ['ftp://auth.example.com', 'must begin with http://'],
    ['http:/auth.example.com', 'must begin with http://'],
    ['"http://localhost:8000"', 'must not stand in quotes'],
    ["'http://localhost:8000'", 'must not stand in quotes'],
    ['http://localhost:8000"', 'must not stand in quotes'],
    ['http://localhost:8000 ', 'must not hold blanks'],
    [' http://localhost:8000', 'must not hold blanks'],
    ['http://localhost:8000\n', 'must not hold blanks'],
    ['   ', 'must not hold blanks'],
    ['http://', 'must be a URL'],
    ['http://localhost:port', 'must be a URL'],
    ['http://[::1', 'must be a URL'],
    ['http://localhost:8000?x', 'must not hold a ?'],
    ['http://localhost:8000/#', 'must not hold a ?'],
  ])('WARDER_URL %j is refused by name', (given, said) => {
    process.env.WARDER_URL = given
    expect(() => config()).toThrow(`WARDER_URL is ${JSON.stringify(given)}. It ${said}`)
  })
  test('a password in WARDER_URL is refused and not repeated', () => {
    process.env.WARDER_URL = 'http://ann:s3cret@localhost:8000'
    expect(() => config()).toThrow('WARDER_URL must not hold a user name or a password.')
    expect(() => config()).not.toThrow('s3cret')
  })
  test.each([
    [undefined, '__Host-warder_access'],
    ['', '__Host-warder_access'],
    ['false', '__Host-warder_access'],
    ['true', 'warder_access'],
  ])('WARDER_COOKIES_INSECURE %j', (given, name) => {
    if (given !== undefined) process.env.WARDER_COOKIES_INSECURE = given
    expect(config().access).toBe(name)
  })
  test.each(['1', '0', 'yes', 'no', 'TRUE', 'True', 'on', ' true', '"true"', 'flase'])('WARDER_COOKIES_INSECURE %j is refused', (given) => {
    process.env.WARDER_COOKIES_INSECURE = given
    expect(() => config()).toThrow(`WARDER_COOKIES_INSECURE is ${JSON.stringify(given)}. It must be true or false.`)
  })
  test.each([
    [undefined, 'warder'],
    ['', 'warder'],
    ['shop', 'shop'],
    ['my-Shop_2', 'my-Shop_2'],
  ])('WARDER_COOKIE_PREFIX %j', (given, prefix) => {
    if (given !== undefined) process.env.WARDER_COOKIE_PREFIX = given
    expect([config().access, config().refresh, config().csrf]).toEqual([
      `__Host-${prefix}_access`,
      `__Host-${prefix}_refresh`,
      `__Host-${prefix}_csrf`,
    ])
    expect(warderCookies(`__Host-${prefix}_access=x; __Host-other_access=y`)).toBe(`__Host-${prefix}_access=x`)
  })
  test.each(['__Host-shop', 'a b', 'a=b', 'a;b', '2', 'ü', 'a'.repeat(33)])('WARDER_COOKIE_PREFIX %j is refused', (given) => {
    process.env.WARDER_COOKIE_PREFIX = given
    expect(() => config()).toThrow('WARDER_COOKIE_PREFIX is')
  })
  test.each([undefined, '', 'k'.repeat(32), 'K7_-~!'.repeat(40)])('WARDER_SERVICE_TOKEN %j', (given) => {
    if (given !== undefined) process.env.WARDER_SERVICE_TOKEN = given
    expect(config().serviceToken).toBe(given ?? '')
  })
  test.each([
    ['k'.repeat(31), 'must be what http.service_token is'],
    ['k'.repeat(256), 'must be what http.service_token is'],
    [`${'k'.repeat(32)} `, 'must be what http.service_token is'],
    [`${'k'.repeat(32)}\n`, 'must be what http.service_token is'],
    [`${'k'.repeat(32)}ü`, 'must be what http.service_token is'],
    [`"${'k'.repeat(32)}"`, 'must not stand in quotes'],
  ])('WARDER_SERVICE_TOKEN %j is refused and not repeated', (given, said) => {
    process.env.WARDER_SERVICE_TOKEN = given
    expect(() => config()).toThrow(`WARDER_SERVICE_TOKEN ${said}`)
    expect(() => config()).not.toThrow('kkk')
  })
})

describe('cookies', () => {
  const header = 'theme=a=b; __Host-warder_access=x; warder_access=plain; __Host-warder_csrf=z;other'
  test('only Warder’s own go up', () => expect(warderCookies(header)).toBe('__Host-warder_access=x; __Host-warder_csrf=z'))
  test('of a sign-in that is not finished, and of a remembered browser, too', () =>
    expect(warderCookies('__Host-warder_mfa=a; shop_mfa=b; __Host-warder_device=c')).toBe('__Host-warder_mfa=a; __Host-warder_device=c'))
  test('and of one that signed in before', () => expect(warderCookies('shop_known=b; __Host-warder_known=k')).toBe('__Host-warder_known=k'))
  test.each([
    ['__Host-warder_access=x', true],
    ['__Host-warder_access=; __Host-warder_refresh=y', true],
    ['__Host-warder_device=c; __Host-warder_mfa=a; __Host-warder_csrf=z; __Host-warder_known=k', false],
    ['warder_access=x', false],
    [undefined, false],
  ])('%j may be a session: %s', (given, may) => expect(carriesSession(given)).toBe(may))
  test.each([null, undefined, '', ';', 'a'])('none of %j', (none) => expect(warderCookies(none)).toBe(''))
  test('a value may hold =', () => expect(cookieOf(header, 'theme')).toBe('a=b'))
  test('a name is not the end of another', () => expect(cookieOf('x__Host-warder_access=no', '__Host-warder_access')).toBeUndefined())
  test('a Set-Cookie line is read', () => {
    expect(parseSetCookie('a=b=c; Path=/; Max-Age=900; SameSite=Lax; Secure; HttpOnly')).toEqual({
      name: 'a',
      value: 'b=c',
      maxAge: 900,
      secure: true,
      httpOnly: true,
    })
    expect(parseSetCookie('a=')).toEqual({ name: 'a', value: '', secure: false, httpOnly: false })
  })
  test('later code of the request sees them', () => {
    expect(applySetCookies('theme=dark; a=1; b=2', ['a=3; Max-Age=9', 'b=; Max-Age=0', 'c=4'])).toBe('theme=dark; a=3; c=4')
    expect(applySetCookies(undefined, [])).toBe('')
  })
})

describe('isFresh', () => {
  test.each([
    [600, 900, true],
    [31, 900, true],
    [29, 900, false],
    [-1, 900, false],
    [16, 60, true],
    [14, 60, false],
  ])('%i s left of %i: %s', (left, life, fresh) => {
    expect(isFresh(accessToken(left, life))).toBe(fresh)
  })
  test.each([
    [3600, 'ahead of'],
    [-3600, 'behind'],
  ])('a clock that is %i s %s Warder’s does not matter once a token came', (seconds) => {
    const [here, issued] = [Date.now() + seconds * 1000, accessToken(900)]
    compareClocks(issued, here)
    expect([isFresh(issued, here), isFresh(issued, here + 860_000), isFresh(issued, here + 880_000)]).toEqual([true, true, false])
    compareClocks('no token', here)
    expect(isFresh(issued, here)).toBe(true)
    compareClocks(issued)
  })
  test.each([undefined, '', 'x', 'a.b.c', 'a.e30.c', `a.${btoa('null')}.c`, `a.${btoa('{"exp":"soon"}')}.c`])('%j is not', (token) =>
    expect(isFresh(token)).toBe(false),
  )
})

describe('WarderError', () => {
  const of = (status: number, body: unknown, headers: Record<string, string> = {}) =>
    WarderError.of(new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers }))
  test.each([
    [401, { detail: 'Invalid credentials', code: 'invalid_credentials' }, {}, 'Email or password is wrong.'],
    [409, { detail: 'Email already exists', code: 'email_taken' }, {}, 'Email already exists'],
    [403, { detail: 'CSRF check failed', code: 'csrf_failed' }, {}, 'This page is out of date. Reload it and try again.'],
    [
      403,
      { detail: 'Origin not allowed', code: 'origin_refused' },
      {},
      'The sign-in service does not know the address of this site. Its operator must add it to http.allowed_origins in Warder.',
    ],
    [422, { detail: [], code: 'invalid_input' }, {}, 'Please check the marked fields.'],
    [429, { detail: 'x' }, { 'retry-after': '1' }, 'Too many attempts. Try again in 1 second.'],
    [429, { detail: 'x' }, { 'retry-after': '42' }, 'Too many attempts. Try again in 42 seconds.'],
    [429, { detail: 'x' }, { 'retry-after': '100' }, 'Too many attempts. Try again in 2 minutes.'],
    [429, '<html>', {}, 'Too many attempts. Try again in 60 seconds.'],
    [400, '<html>', {}, 'Something went wrong. Try again.'],
    [500, { detail: 'stack' }, {}, 'The sign-in service is not available. Try again in a moment.'],
    [500, { detail: "Warder's cookie is called x.", code: 'cookie_names_differ' }, {}, "Warder's cookie is called x."],
    [502, '<html>', {}, 'The sign-in service is not available. Try again in a moment.'],
  ])('%i %j %j', async (status, body, headers, message) => expect((await of(status, body, headers)).message).toBe(message))

  test.each([
    [{ code: 'invalid_credentials', message: 'Email or password is wrong.' }, 'E-Mail oder Passwort ist falsch.'],
    [{ code: 'limit_reached', retryAfter: 42 }, 'Zu viele Versuche. Bitte in 42 Sekunden noch einmal.'],
    [{ code: 'limit_reached', retryAfter: 60 * 60 }, 'Zu viele Versuche. Bitte in 60 Minuten noch einmal.'],
    [{ code: 'invented_later', message: 'No words yet' }, 'No words yet'],
    [{ code: 'toString', message: 'No words yet' }, 'No words yet'],
    [{}, 'Etwas ging schief.'],
  ])('%j has a sentence in the language of the app', (refusal, sentence) => {
    const german: Sentences = {
      ...SENTENCES,
      invalid_credentials: 'E-Mail oder Passwort ist falsch.',
      limit_reached: 'Zu viele Versuche. Bitte in {wait} noch einmal.',
      unknown: 'Etwas ging schief.',
    }
    expect(sentenceFor(refusal, german, 'de')).toBe(sentence)
  })
  test('each form’s state can be said in the language of the app', async () => {
    const state = formProblem(await of(429, '<html>', { 'retry-after': '9' }))
    expect(sentenceFor(state!, { ...SENTENCES, limit_reached: '{wait}!' }, 'es')).toBe('9 segundos!')
  })

  test('a fault stands at its field, the first one, in words', async () => {
    const error = await of(422, {
      code: 'invalid_input',
      detail: [
        {
          type: 'value_error',
          loc: ['body', 'email'],
          msg: 'value is not a valid email address: x',
          ctx: { reason: 'an address needs an @' },
        },
        { type: 'string_too_short', loc: ['body', 'email'], msg: 'String should have at least 3 characters' },
        { type: 'string_too_short', loc: ['body', 'password'], msg: 'String should have at least 8 characters', ctx: { min_length: 8 } },
        { type: 'value_error', loc: ['body', 'new_password'], msg: 'Value error, this password is too easy to guess' },
        { type: 'json_invalid', loc: ['body', 0], msg: 'JSON decode error' },
      ],
    })
    expect(error.fields).toEqual({
      email: 'An address needs an @',
      password: 'Should have at least 8 characters',
      new_password: 'This password is too easy to guess',
    })
  })
  test('what it says beside its words is kept, but no ticket', async () => {
    const body = { detail: 'x', code: 'mfa_required', mfa_token: 's3cret', methods: ['totp'], enrol: false, expires_in: 300 }
    const error = await of(403, body)
    expect(error.details).toEqual({ methods: ['totp'], enrol: false, expires_in: 300 })
    expect(JSON.stringify({ ...error })).not.toContain('s3cret')
    expect((await of(400, { code: 'x', login_token: 's3cret', attempt: 's3cret', redirect_to: '/team' })).details).toEqual({
      redirect_to: '/team',
    })
    expect((await of(400, '<html>')).details).toEqual({})
  })
  test('a digest tells an error page that Warder is away', async () => {
    expect(await of(503, '', { 'retry-after': '7' })).toMatchObject({ digest: UNAVAILABLE, status: 503, retryAfter: 7 })
    expect((await of(401, '')).digest).toBeUndefined()
    const elsewhere = await of(502, { detail: 'x', code: 'provider_error' })
    expect([elsewhere.digest, elsewhere.message], 'another service is').toEqual([undefined, SENTENCES.provider_error])
  })
})

describe('formProblem', () => {
  const form = new FormData()
  for (const name of [
    'password',
    'new_password',
    'Password2',
    'passwd',
    'pwd',
    'pin',
    'otp',
    'code',
    'token',
    'secret',
    'card',
    'cvc',
    'ssn',
    'api_key',
    '$ACTION_KEY',
    'company',
  ])
    form.set(name, 's')
  form.set('email', 'a@b.c')
  test('what the caller says comes back, and nothing else', () => {
    expect(formProblem(new WarderError(409, 'Taken'), form, ['email', 'company'])?.values).toEqual({ email: 'a@b.c', company: 's' })
    expect(formProblem(new WarderError(409, 'Taken'), form, [])?.values).toEqual({})
  })
  test('by itself only what is harmless', () => {
    expect(formProblem(new WarderError(409, 'Taken', 'x', { email: 'E' }, 3), form)).toEqual({
      message: 'Taken',
      code: 'x',
      fields: { email: 'E' },
      values: { email: 'a@b.c' },
      retryAfter: 3,
    })
  })
  test('by what to confirm', () => {
    const refusal = (code: string) => new WarderError(403, 'x', code, {}, undefined, { details: { methods: ['password'] } })
    expect(formProblem(refusal('reauthentication_required')).methods).toEqual(['password'])
    expect(formProblem(refusal('mfa_required'))).not.toHaveProperty('methods')
  })
  test('a redirect of Next.js goes on', () => expect(() => formProblem(new Error('NEXT_REDIRECT'), form)).toThrow('NEXT_REDIRECT'))
})

describe('adviseOnCookies', () => {
  const safari = 'Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15'
  const chrome = 'Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36'
  test.each([
    ['http://app.test', chrome, true],
    ['http://192.168.1.2:3000', chrome, true],
    ['http://localhost.evil.example', chrome, true],
    ['http://localhost:3000', safari, true],
    ['http://localhost:3000', chrome, false],
    ['http://127.0.0.1:3000', chrome, false],
    ['http://[::1]:3000', chrome, false],
    ['http://a.localhost', chrome, false],
    ['https://app.test', safari, false],
    [null, chrome, false],
    ['null', chrome, false],
  ])('%s', (origin, agent, dropped) => {
    const advise = () => adviseOnCookies(origin, agent)
    if (dropped) expect(advise).toThrow('drops secure cookies')
    else expect(advise).not.toThrow()
    process.env.WARDER_COOKIES_INSECURE = 'true'
    expect(advise).not.toThrow()
  })
})
