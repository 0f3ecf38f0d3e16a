import type { GetServerSideProps } from 'next'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { accessToken, cookiesOf, expiredCookies, NEW_COOKIES, CLEARED_COOKIES, NOBODY, WarderDouble } from './support/warder.js'

const next = vi.hoisted(() => ({
  cookie: '',
  headers: {} as Record<string, string>,
  set: [] as [string, string, object][],
  readonly: false,
}))
vi.mock('next/headers.js', () => ({
  cookies: async () => ({ toString: () => next.cookie, set }),
  headers: async () => new Headers(next.headers),
}))
vi.mock('next/navigation', () => ({
  redirect: (to: string) => {
    throw new Error('redirect ' + to)
  },
  notFound: () => {
    throw new Error('not found')
  },
  forbidden: () => {
    throw new Error('forbidden')
  },
}))

/** As in a Server Action; with `readonly` as in a Server Component. */
function set(name: string, value: string, attributes: { maxAge?: number }) {
  if (next.readonly) throw new Error('Cookies can only be modified in a Server Action or Route Handler')
  next.set.push([name, value, attributes])
  const others = next.cookie.split('; ').filter((pair) => pair && !pair.startsWith(name + '='))
  next.cookie = [...others, ...(attributes.maxAge === 0 ? [] : [`${name}=${value}`])].join('; ')
}

const { afterSignIn, getAccessToken, getUser, requireUser, signIn, signOut, signUp, warderFetch } = await import('../src/server.js')
const { login, logout, register } = await import('../src/actions.js')
const { withUser } = await import('../src/pages.js')
const { WarderError } = await import('../src/error.js')

let warder: WarderDouble
beforeEach(async () => {
  Object.assign(next, { cookie: '', headers: {}, set: [], readonly: false })
  warder = new WarderDouble()
  await warder.start()
})
afterEach(() => warder.stop())

const ANN = { id: 'ann', email: 'ann@example.com' }
const away = expect.objectContaining({ name: 'WarderError', status: 503 })

describe('getUser and requireUser', () => {
  test('without cookies nobody is asked', async () => {
    next.cookie = 'theme=dark'
    expect(await getUser()).toBeNull()
    expect(warder.seen).toHaveLength(0)
  })
  test('the user, as the browser’s device', async () => {
    Object.assign(next, { cookie: cookiesOf(600), headers: { 'user-agent': 'Test', 'x-forwarded-for': '1.2.3.4', host: 'x' } })
    warder.answer = () => ({ body: ANN })
    expect(await requireUser()).toEqual(ANN)
    expect(warder.seen[0]).toMatchObject({
      path: '/me',
      headers: { 'user-agent': 'Test', 'x-forwarded-for': '1.2.3.4', cookie: next.cookie.replace('theme=dark; ', '') },
    })
  })
  test.each([
    ['/account?a=b', '/login?next=%2Faccount%3Fa%3Db'],
    ['//evil.example', '/login?next=%2F'],
    [undefined, '/login?next=%2F'],
  ])('of an ended session at %s: %s', async (path, to) => {
    Object.assign(next, { cookie: cookiesOf(600), headers: path ? { 'x-warder-path': path } : {} })
    warder.answer = () => ({ status: 401, body: {} })
    await expect(requireUser()).rejects.toThrow(`redirect ${to}`)
    await expect(requireUser({ login: '/enter' })).rejects.toThrow('redirect /enter?next=')
  })
  test.each([
    [500, {}],
    [429, {}],
    [0, {}],
  ])('Warder says %i: thrown, no redirect', async (status) => {
    next.cookie = cookiesOf(600)
    if (status) warder.answer = () => ({ status, body: {} })
    else process.env.WARDER_URL = NOBODY
    await expect(requireUser()).rejects.toBeInstanceOf(WarderError)
  })
  test('where the proxy could not refresh, a 401 is no sign-out', async () => {
    Object.assign(next, { cookie: expiredCookies(), headers: { 'x-warder-state': 'unknown' }, readonly: true })
    warder.answer = () => ({ status: 401, body: {} })
    await expect(requireUser()).rejects.toEqual(away)
  })
})

describe('where cookies can be set', () => {
  const renewed = () => {
    warder.answer = ({ path, headers }) =>
      path === '/refresh'
        ? { headers: { 'set-cookie': [NEW_ACCESS, ...NEW_COOKIES.slice(1), 'AWSALB=x; Path=/'] }, body: {} }
        : headers.cookie?.includes(FRESH)
          ? { body: ANN }
          : { status: 401, body: {} }
  }
  const FRESH = accessToken(900)
  const NEW_ACCESS = NEW_COOKIES[0]!.replace('new-access', FRESH)

  test('an ended token is refreshed, and the browser hears of it', async () => {
    next.cookie = expiredCookies()
    renewed()
    expect(await getUser()).toEqual(ANN)
    expect(warder.seen.map(({ path }) => path)).toEqual(['/refresh', '/me'])
    expect(next.cookie).toContain(FRESH)
    expect(next.set.map(([name]) => name)).not.toContain('AWSALB') // a balancer's
  })
  test('parallel calls refresh once', async () => {
    next.cookie = expiredCookies()
    renewed()
    const [one, token, other] = await Promise.all([getUser(), getAccessToken(), requireUser()])
    expect([one, token, other]).toEqual([ANN, FRESH, ANN])
    expect(warder.asked('/refresh')).toHaveLength(1)
  })
  test('a session that is over is a guest, cookies cleared', async () => {
    next.cookie = expiredCookies()
    warder.answer = () => ({ status: 401, headers: { 'set-cookie': CLEARED_COOKIES }, body: {} })
    expect([await getUser(), await getAccessToken()]).toEqual([null, null])
    expect(next.cookie).toBe('theme=dark')
    expect(warder.asked('/me')).toHaveLength(0)
  })
  test('while Warder is away nobody is signed out', async () => {
    next.cookie = expiredCookies()
    process.env.WARDER_URL = NOBODY
    await expect(getUser()).rejects.toEqual(away)
    expect(next.cookie).toContain('__Host-warder_refresh=old')
  })
  test('where none can be set, nothing is refreshed: the browser would keep the spent token', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    Object.assign(next, { cookie: expiredCookies(), readonly: true })
    warder.answer = () => ({ status: 401, body: {} })
    expect([await getUser(), await getUser(), await getAccessToken()]).toEqual([null, null, null])
    expect(warder.asked('/refresh')).toHaveLength(0)
    expect(log.mock.calls.flat().filter((line) => String(line).includes('let its matcher cover that page'))).toHaveLength(1)
    log.mockRestore()
  })
})

describe('getAccessToken', () => {
  test('of this request', async () => {
    Object.assign(next, { cookie: `__Host-warder_access=${accessToken(9)}`, readonly: true })
    expect(await getAccessToken()).toBe(next.cookie.split('=')[1])
    expect(warder.seen).toHaveLength(0)
  })
  test.each([
    ['none', ''],
    ['ended', `__Host-warder_access=${accessToken(-1)}`],
    ['no token at all', '__Host-warder_access=x'],
    ['of a neighbour', `__Host-shop_access=${accessToken(900)}`],
  ])('%s: null', async (_, cookie) => {
    Object.assign(next, { cookie, readonly: true })
    expect(await getAccessToken()).toBeNull()
  })
  test('nobody knows: thrown', async () => {
    Object.assign(next, { cookie: expiredCookies(), headers: { 'x-warder-state': 'unknown' }, readonly: true })
    await expect(getAccessToken()).rejects.toEqual(away)
  })
})

describe('roles', () => {
  const EVE = { ...ANN, roles: ['editor', 'author'] }
  const asEve = () => {
    next.cookie = cookiesOf(600)
    warder.answer = () => ({ body: EVE })
  }
  test.each([
    ['her role', { role: 'editor' }, true],
    ['another', { role: 'admin' }, false],
    ['part of a name', { role: 'edit' }, false],
    ['other letters', { role: 'Editor' }, false],
    ['one of several', { roles: ['admin', 'author'] }, true],
    ['none of several', { roles: ['admin', 'owner'] }, false],
    ['none at all', { roles: [] }, false],
    ['a rule that holds', { allow: ({ email }: { email: string }) => email.endsWith('@example.com') }, true],
    ['a rule that does not', { allow: () => false }, false],
    ['a rule that takes its time', { allow: async () => false }, false],
    ['a rule that gives no yes', { allow: () => 'yes' as never }, false],
    ['all that is given must hold', { role: 'editor', allow: () => false }, false],
  ])('%s', async (_, wanted, passes) => {
    asEve()
    if (passes) expect(await requireUser(wanted)).toEqual(EVE)
    else await expect(requireUser(wanted)).rejects.toThrow('not found')
  })
  test('403 where the app has such a page', async () => {
    asEve()
    vi.stubEnv('__NEXT_EXPERIMENTAL_AUTH_INTERRUPTS', 'true')
    await expect(requireUser({ role: 'admin' })).rejects.toThrow('forbidden')
    vi.unstubAllEnvs()
  })
  test.each([[{ role: undefined }], [{ role: '' }], [{ roles: undefined }], [{ allow: undefined }]])(
    '%j, as of a variable that is not set, lets nobody in',
    async (wanted) => {
      asEve()
      await expect(requireUser(wanted as never)).rejects.toThrow('Leave it out, or say which.')
    },
  )
  test('a guest goes to sign in, whatever the role', async () => {
    await expect(requireUser({ role: 'admin' })).rejects.toThrow('redirect /login?next=')
  })
})

describe('where the sign-in page is', () => {
  test.each([
    ['as the proxy was told', {}, { 'x-warder-login': '/de/login' }, '/de/login?next=%2F'],
    ['as the page says', { login: '/enter' }, { 'x-warder-login': '/de/login' }, '/enter?next=%2F'],
    ['no other site, whatever a client invents', {}, { 'x-warder-login': '//evil.example' }, '/login?next=%2F'],
    ['with a query of its own', { login: '/login?from=app' }, {}, '/login?from=app&next=%2F'],
  ])('%s', async (_, options, headers, to) => {
    next.headers = headers as Record<string, string>
    await expect(requireUser(options)).rejects.toThrow(new Error('redirect ' + to))
  })
  test.each(['https://accounts.example.com/login', '//accounts.example.com', 'login', ''])('%j is refused', async (login) => {
    await expect(requireUser({ login })).rejects.toThrow('login is')
  })
})

describe('warderFetch', () => {
  test.each([
    'me',
    '',
    '.evil.example/x',
    'https://evil.example',
    '//evil.example',
    '/',
    '/me/',
    '/me/sessions/..',
    '/me/sessions/.',
    '/me/sessions/%2e%2E',
    '/me/sessions/.%2e/x',
    '/me\\x',
    '/me x',
    '/me\n',
  ])('%j is no path of Warder, and no outage', async (path) => {
    await expect(warderFetch(path)).rejects.toThrow(TypeError)
    await expect(warderFetch(path)).rejects.toThrow(/path of Warder/)
    expect(warder.seen).toHaveLength(0)
  })
  test.each([['/register'], ['/login'], ['/refresh'], ['/token'], ['/login?x=y']])(
    '%s asks for cookies, whatever the caller says',
    async (path) => {
      warder.answer = () => ({ headers: { 'set-cookie': NEW_COOKIES }, body: {} })
      await warderFetch(path, { method: 'POST', body: { email: 'a', token_delivery: 'body' } })
      await warderFetch(path, { method: 'POST' })
      expect(warder.seen.map(({ body }) => JSON.parse(body))).toEqual([
        { email: 'a', token_delivery: 'cookie' },
        { token_delivery: 'cookie' },
      ])
      expect(next.set.map(([name]) => name)).toContain('__Host-warder_refresh')
    },
  )

  test('JSON goes up, JSON comes back, cookies reach the browser', async () => {
    next.cookie = cookiesOf(600)
    warder.answer = () => ({ headers: { 'set-cookie': NEW_COOKIES }, body: ANN })
    expect(await warderFetch('/me', { method: 'PATCH', body: { name: 'Ann' } })).toEqual(ANN)
    expect(warder.seen[0]).toMatchObject({ method: 'PATCH', body: '{"name":"Ann"}' })
    expect(next.set[0]).toEqual([
      '__Host-warder_access',
      'new-access',
      { maxAge: 900, httpOnly: true, secure: true, path: '/', sameSite: 'lax' },
    ])
  })
  test('204 is undefined', async () => {
    warder.answer = () => ({ status: 204 })
    expect(await warderFetch('/logout/all', { method: 'POST' })).toBeUndefined()
  })
  test('a refusal is thrown', async () => {
    warder.answer = () => ({
      status: 422,
      body: { code: 'invalid_input', detail: [{ loc: ['body', 'name'], msg: 'String should be short', type: 'x' }] },
    })
    await expect(warderFetch('/me', { method: 'PATCH', body: {} })).rejects.toMatchObject({
      status: 422,
      fields: { name: 'Should be short' },
    })
  })
})

const formOf = (fields: Record<string, string | Blob>) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form
}

describe('login and register', () => {
  const typed = { email: 'ann@example.com', password: 's3cret' }
  test.each([
    [login, '/login', {}],
    [register, '/register', { name: 'Ann' }],
  ] as const)('%o', async (action, path, more) => {
    warder.answer = () => ({ headers: { 'set-cookie': NEW_COOKIES }, body: {} })
    await expect(action(undefined, formOf({ ...typed, ...more }))).rejects.toThrow('redirect /')
    expect(warder.seen[0]).toMatchObject({ method: 'POST', path })
    expect(JSON.parse(warder.seen[0]!.body)).toEqual({ ...typed, ...more, token_delivery: 'cookie' })
    expect(warder.seen[0]!.headers).not.toHaveProperty('origin')
    expect(next.set.map(([name]) => name)).toEqual(['__Host-warder_access', '__Host-warder_refresh', '__Host-warder_csrf'])
  })
  test.each([
    ['next of the form', { next: '/a' }, { 'x-warder-path': '/login?next=%2Fb' }, '/a'],
    ['of the URL', {}, { 'x-warder-path': '/login?next=%2Fb%3Fc' }, '/b?c'],
    ['of the referrer', { home: '/h' }, { referer: 'http://localhost:3000/login?next=%2Fd' }, '/d'],
    ['home of the form', { home: '/h' }, { 'x-warder-path': '/login' }, '/h'],
    ['an empty next of the form is none', { next: '' }, { 'x-warder-path': '/login?next=%2Fb' }, '/b'],
    ['home of the form before that of the proxy', { home: '/h' }, { 'x-warder-home': '/p' }, '/h'],
    ['home of the proxy', {}, { 'x-warder-path': '/login', 'x-warder-home': '/de/p' }, '/de/p'],
    ['home of the proxy, where that of the form is no path', { home: '//evil.example' }, { 'x-warder-home': '/p' }, '/p'],
    ['no other site, whatever a client invents', {}, { 'x-warder-home': '//evil.example' }, '/'],
    ['the start', {}, {}, '/'],
    ['no other site, by form', { next: '//evil.example' }, {}, '/'],
    ['no other site, by URL', { home: '/h' }, { 'x-warder-path': '/login?next=https%3A%2F%2Fevil.example' }, '/h'],
    ['no other site, by home', { home: '/\\evil.example' }, {}, '/'],
    ['a broken referrer', {}, { referer: 'http://[' }, '/'],
  ])('then %s', async (_, fields, headers, to) => {
    Object.assign(next, { headers })
    warder.answer = () => ({ body: {} })
    await expect(login(undefined, formOf({ ...typed, ...fields }))).rejects.toThrow(new Error('redirect ' + to))
    expect(await afterSignIn(formOf(fields as Record<string, string>))).toBe(to) // for an action of one's own
  })
  test('without a form the URL and the proxy say where to', async () => {
    Object.assign(next, { headers: { 'x-warder-path': '/login?next=%2Fb', 'x-warder-home': '/p' } })
    expect(await afterSignIn()).toBe('/b')
    Object.assign(next, { headers: { 'x-warder-home': '/p' } })
    expect(await afterSignIn()).toBe('/p')
  })
  test.each([
    [401, { detail: 'Invalid credentials', code: 'invalid_credentials' }, {}, { message: 'Email or password is wrong.' }],
    [409, { detail: 'Email already exists', code: 'email_taken' }, {}, { message: 'Email already exists' }],
    [
      422,
      { code: 'x', detail: [{ loc: ['body', 'email'], msg: 'Field required', type: 'missing' }] },
      {},
      { fields: { email: 'Field required' } },
    ],
    [429, { detail: 'x' }, { 'retry-after': '9' }, { message: 'Too many attempts. Try again in 9 seconds.', retryAfter: 9 }],
    [503, { detail: 'x' }, {}, { message: 'The sign-in service is not available. Try again in a moment.' }],
  ])('%i is said', async (status, body, headers, said) => {
    warder.answer = () => ({ status, body, headers })
    const state = await login(undefined, formOf(typed))
    expect(state).toMatchObject({ ...said, values: { email: 'ann@example.com' } })
    expect(JSON.stringify(state)).not.toContain('s3cret')
    expect(next.set).toEqual([])
  })
  test('a file in place of a text is an empty text', async () => {
    warder.answer = () => ({ status: 422, body: { detail: [] } })
    await login(undefined, formOf({ email: new Blob(['x']), password: 'y' }))
    expect(JSON.parse(warder.seen[0]!.body).email).toBe('')
  })
  test('plain http elsewhere is told at once', async () => {
    next.headers = { origin: 'http://app.test' }
    expect((await login(undefined, formOf(typed)))?.message).toContain('drops secure cookies')
    expect(warder.seen).toHaveLength(0)
  })
})

describe('signIn, signUp and signOut, for actions of one’s own', () => {
  const typed = { email: 'ann@example.com', password: 's3cret' }
  test.each([
    [signIn, '/login', typed],
    [signUp, '/register', { ...typed, name: 'Ann' }],
  ] as const)('%o gives the user, sets the cookies and goes nowhere', async (enter, path, given) => {
    warder.answer = () => ({ headers: { 'set-cookie': NEW_COOKIES }, body: { user: ANN, expires_in: 900 } })
    expect(await enter(given)).toEqual(ANN)
    expect(warder.seen[0]).toMatchObject({ method: 'POST', path })
    expect(JSON.parse(warder.seen[0]!.body)).toEqual({ ...given, token_delivery: 'cookie' })
    expect(next.set.map(([name]) => name)).toEqual(['__Host-warder_access', '__Host-warder_refresh', '__Host-warder_csrf'])
  })
  test.each([
    [
      401,
      { detail: 'Invalid credentials', code: 'invalid_credentials' },
      { status: 401, code: 'invalid_credentials', message: 'Email or password is wrong.' },
    ],
    [409, { detail: 'Email already exists', code: 'email_taken' }, { status: 409, code: 'email_taken', message: 'Email already exists' }],
    [
      422,
      {
        code: 'invalid_input',
        detail: [{ type: 'value_error', loc: ['body', 'password'], msg: 'This password is among the most common ones' }],
      },
      { status: 422, fields: { password: 'This password is among the most common ones' } },
    ],
    [503, {}, { status: 503, code: 'unavailable' }],
  ])('%i is thrown, with what it means', async (status, body, refusal) => {
    warder.answer = () => ({ status, body })
    await expect(signUp(typed)).rejects.toMatchObject({ name: 'WarderError', ...refusal })
    expect(next.set).toEqual([])
  })
  test('signOut ends the session and goes nowhere', async () => {
    next.cookie = cookiesOf(600)
    warder.answer = () => ({ status: 204, headers: { 'set-cookie': CLEARED_COOKIES } })
    expect(await signOut()).toBeUndefined()
    expect([warder.seen[0]!.path, next.cookie]).toEqual(['/logout', 'theme=dark'])
  })
  test.each([
    ['the switch', {}, 'warder_access', 'Set WARDER_COOKIES_INSECURE=true here, or http.cookies_insecure=false in Warder.'],
    [
      'the switch, the other way',
      { WARDER_COOKIES_INSECURE: 'true' },
      '__Host-warder_access',
      'Set WARDER_COOKIES_INSECURE=false here, or http.cookies_insecure=true in Warder.',
    ],
    ['the prefix', {}, '__Host-shop_access', 'Set WARDER_COOKIE_PREFIX=shop here, or http.cookie_prefix=warder in Warder.'],
    [
      'both',
      { WARDER_COOKIE_PREFIX: 'mine' },
      'shop_access',
      'Set WARDER_COOKIES_INSECURE=true here, or http.cookies_insecure=false in Warder. Set WARDER_COOKIE_PREFIX=shop here, or http.cookie_prefix=mine in Warder.',
    ],
  ])('%s differs: said in the form and in the log, once', async (_, env, name, advice) => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    for (const [key, value] of Object.entries(env)) vi.stubEnv(key, value)
    warder.answer = () => ({
      headers: { 'set-cookie': ['access', 'refresh', 'csrf'].map((part) => `${name.replace(/_access$/, '_' + part)}=x; Max-Age=9`) },
      body: { user: ANN },
    })
    const state = await login(undefined, formOf(typed))
    await login(undefined, formOf(typed))
    expect(state?.message).toContain(advice)
    expect(state?.message).toContain(`Warder's cookie is called ${name}`)
    expect(log.mock.calls.flat().filter((line) => String(line).includes(advice))).toHaveLength(1)
    expect(next.set).toEqual([])
    log.mockRestore()
    vi.unstubAllEnvs()
  })
})

describe('an outage', () => {
  test('keeps its cause, and tells the log once until it is over', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const url = process.env.WARDER_URL
    process.env.WARDER_URL = NOBODY
    const error = await warderFetch('/me').catch((each: unknown) => each)
    await warderFetch('/me').catch(() => {})
    expect(error).toMatchObject({ status: 503, cause: expect.objectContaining({ message: 'fetch failed' }) })
    process.env.WARDER_URL = url
    warder.answer = () => ({ body: ANN })
    await warderFetch('/me')
    expect(log.mock.calls.flat()).toEqual([
      `warder-nextjs: Warder does not answer at ${NOBODY} (WARDER_URL): bad port`,
      `warder-nextjs: Warder answers again at ${url}`,
    ])
    log.mockRestore()
  })
  test('is not what a wrong setting is called', async () => {
    process.env.WARDER_URL = 'localhost:8000'
    next.cookie = cookiesOf(600)
    for (const ask of [
      getUser,
      () => signIn({ email: 'a', password: 'b' }),
      () => withUser()({ req: { headers: { cookie: next.cookie } }, res: { setHeader() {} } } as never),
    ])
      await expect(ask()).rejects.toThrow('WARDER_URL is "localhost:8000". It must begin with http://')
  })
})

describe('logout', () => {
  test.each([
    [undefined, '/login'],
    [{ to: '/bye' }, '/bye'],
    [{ to: '//evil.example' }, '/login'],
  ])('%j ends at %s', async (fields, to) => {
    next.cookie = cookiesOf(600)
    warder.answer = () => ({ status: 204, headers: { 'set-cookie': CLEARED_COOKIES } })
    await expect(logout(fields && formOf(fields as Record<string, string>))).rejects.toThrow(new Error('redirect ' + to))
    expect(warder.seen[0]).toMatchObject({ method: 'POST', path: '/logout', body: '{}' })
    expect(next.set[0]).toEqual(['__Host-warder_access', '', expect.objectContaining({ maxAge: 0 })])
  })
  test.each([
    [undefined, '/sign-in', '/sign-in'],
    [undefined, '/de/login', '/de/login'],
    [{ to: '/bye' }, '/sign-in', '/bye'],
    [{ to: '//evil.example' }, '/sign-in', '/sign-in'],
    [undefined, '//evil.example', '/login'],
  ])('%j ends at the sign-in page that the proxy was told, %s: %s', async (fields, told, to) => {
    Object.assign(next, { cookie: cookiesOf(600), headers: { 'x-warder-login': told } })
    warder.answer = () => ({ status: 204, headers: { 'set-cookie': CLEARED_COOKIES } })
    await expect(logout(fields && formOf(fields))).rejects.toThrow(new Error('redirect ' + to))
  })
  test('while Warder is away nothing ends', async () => {
    process.env.WARDER_URL = NOBODY
    await expect(logout()).rejects.toEqual(away)
    expect(next.set).toEqual([])
  })
})

describe('withUser', () => {
  const contextOf = (cookie: string) => {
    const headers: Record<string, unknown> = {}
    const res = {
      setHeader: (name: string, value: unknown) => {
        headers[name] = value
      },
      appendHeader: (name: string, value: unknown) => {
        headers[name] = value
      },
    }
    return { context: { req: { headers: { cookie } }, res, resolvedUrl: '/legacy?a=b' } as never, headers }
  }
  test('the user, beside what the page asks for itself', async () => {
    warder.answer = () => ({ body: ANN })
    const { context, headers } = contextOf(cookiesOf(600))
    expect(await withUser(async (_, user) => ({ props: { greeting: user.email, user: 'mine' } }))(context)).toEqual({
      props: { greeting: 'ann@example.com', user: ANN },
    })
    expect(headers['cache-control']).toBe('private, no-store')
    expect(warder.seen).toHaveLength(1)
  })
  test.each([
    ['props that come later', { props: Promise.resolve({ a: 1 }) }, { props: { a: 1, user: ANN } }],
    ['a redirect', { redirect: { destination: '/x', permanent: false } }, { redirect: { destination: '/x', permanent: false } }],
    ['not found', { notFound: true as const }, { notFound: true }],
  ])('a getServerSideProps that was there before: %s', async (_, before, result) => {
    warder.answer = () => ({ body: ANN })
    const getServerSideProps: GetServerSideProps = async () => before
    expect(await withUser(getServerSideProps)(contextOf(cookiesOf(600)).context)).toEqual(result)
  })
  test('runs for nobody else', async () => {
    const before = vi.fn()
    await withUser(before)(contextOf('').context)
    expect(before).not.toHaveBeenCalled()
  })
  test.each([
    ['expired', expiredCookies],
    ['ended early', () => cookiesOf(600)],
  ])('%s: refreshes by itself', async (_, cookies) => {
    warder.answer = ({ path, headers }) =>
      path === '/refresh'
        ? { headers: { 'set-cookie': NEW_COOKIES }, body: {} }
        : headers.cookie?.includes('new-access')
          ? { body: ANN }
          : { status: 401, body: {} }
    const { context, headers } = contextOf(cookies())
    expect(await withUser()(context)).toEqual({ props: { user: ANN } })
    expect(headers['set-cookie']).toEqual(NEW_COOKIES)
  })
  test.each([
    ['a guest', ''],
    ['an ended session', '__Host-warder_refresh=gone'],
  ])('%s goes to sign in', async (_, cookie) => {
    warder.answer = () => ({ status: 401, headers: { 'set-cookie': CLEARED_COOKIES }, body: {} })
    const { context, headers } = contextOf(cookie)
    expect(await withUser(undefined, { login: '/enter' })(context)).toEqual({
      redirect: { destination: '/enter?next=%2Flegacy%3Fa%3Db', permanent: false },
    })
    expect(headers['set-cookie']).toEqual(cookie ? CLEARED_COOKIES : undefined)
  })
  test.each([
    ['fresh', `__Host-warder_access=${accessToken(600)}`],
    ['expired', '__Host-warder_refresh=x'],
  ])('%s while Warder is away: thrown', async (_, cookie) => {
    process.env.WARDER_URL = NOBODY
    await expect(withUser()(contextOf(cookie).context)).rejects.toEqual(away)
  })
})
