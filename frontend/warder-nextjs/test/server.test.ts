import type { GetServerSideProps } from 'next'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { accessToken, cookiesOf, expiredCookies, NEW_COOKIES, CLEARED_COOKIES, NOBODY, WarderDouble } from './support/warder.js'

const next = vi.hoisted(() => ({ cookie: '', headers: {} as Record<string, string>, set: [] as [string, string, object][] }))
vi.mock('server-only', () => ({}))
vi.mock('next/headers.js', () => ({
  cookies: async () => ({ toString: () => next.cookie, set: (...line: [string, string, object]) => { next.set.push(line) } }),
  headers: async () => new Headers(next.headers),
}))
vi.mock('next/navigation', () => ({ redirect: (to: string) => { throw new Error('redirect ' + to) } }))

const { getUser, requireUser, warderFetch } = await import('../src/server.js')
const { login, logout, register } = await import('../src/actions.js')
const { withUser } = await import('../src/pages.js')
const { WarderError } = await import('../src/error.js')

let warder: WarderDouble
beforeEach(async () => { Object.assign(next, { cookie: '', headers: {}, set: [] }); warder = new WarderDouble(); await warder.start() })
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
    expect(warder.seen[0]).toMatchObject({ path: '/me', headers: { 'user-agent': 'Test', 'x-forwarded-for': '1.2.3.4', cookie: next.cookie.replace('theme=dark; ', '') } })
  })
  test.each([['/account?a=b', '/login?next=%2Faccount%3Fa%3Db'], ['//evil.example', '/login?next=%2F'], [undefined, '/login?next=%2F']])('of an ended session at %s: %s', async (path, to) => {
    Object.assign(next, { cookie: cookiesOf(600), headers: path ? { 'x-warder-path': path } : {} })
    warder.answer = () => ({ status: 401, body: {} })
    await expect(requireUser()).rejects.toThrow(`redirect ${to}`)
    await expect(requireUser({ login: '/enter' })).rejects.toThrow('redirect /enter?next=')
  })
  test.each([[500, {}], [429, {}], [0, {}]])('Warder says %i: thrown, no redirect', async (status) => {
    next.cookie = cookiesOf(600)
    if (status) warder.answer = () => ({ status, body: {} })
    else process.env.WARDER_URL = NOBODY
    await expect(requireUser()).rejects.toBeInstanceOf(WarderError)
  })
  test('where the proxy could not refresh, a 401 is no sign-out', async () => {
    Object.assign(next, { cookie: expiredCookies(), headers: { 'x-warder-state': 'unknown' } })
    warder.answer = () => ({ status: 401, body: {} })
    await expect(requireUser()).rejects.toEqual(away)
  })
})

describe('warderFetch', () => {
  test('JSON goes up, JSON comes back, cookies reach the browser', async () => {
    next.cookie = cookiesOf(600)
    warder.answer = () => ({ headers: { 'set-cookie': NEW_COOKIES }, body: ANN })
    expect(await warderFetch('/me', { method: 'PATCH', body: { name: 'Ann' } })).toEqual(ANN)
    expect(warder.seen[0]).toMatchObject({ method: 'PATCH', body: '{"name":"Ann"}' })
    expect(next.set[0]).toEqual(['__Host-warder_access', 'new-access', { maxAge: 900, httpOnly: true, secure: true, path: '/', sameSite: 'lax' }])
  })
  test('204 is undefined', async () => {
    warder.answer = () => ({ status: 204 })
    expect(await warderFetch('/logout/all', { method: 'POST' })).toBeUndefined()
  })
  test('a refusal is thrown', async () => {
    warder.answer = () => ({ status: 422, body: { code: 'invalid_input', detail: [{ loc: ['body', 'name'], msg: 'String should be short', type: 'x' }] } })
    await expect(warderFetch('/me', { method: 'PATCH', body: {} })).rejects.toMatchObject({ status: 422, fields: { name: 'Should be short' } })
  })
})

const formOf = (fields: Record<string, string | Blob>) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form
}

describe('login and register', () => {
  const typed = { email: 'ann@example.com', password: 's3cret' }
  test.each([[login, '/login', {}], [register, '/register', { name: 'Ann' }]] as const)('%o', async (action, path, more) => {
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
    ['the start', {}, {}, '/'],
    ['no other site, by form', { next: '//evil.example' }, {}, '/'],
    ['no other site, by URL', { home: '/h' }, { 'x-warder-path': '/login?next=https%3A%2F%2Fevil.example' }, '/h'],
    ['no other site, by home', { home: '/\\evil.example' }, {}, '/'],
    ['a broken referrer', {}, { referer: 'http://[' }, '/'],
  ])('then %s', async (_, fields, headers, to) => {
    Object.assign(next, { headers })
    warder.answer = () => ({ body: {} })
    await expect(login(undefined, formOf({ ...typed, ...fields }))).rejects.toThrow(new Error('redirect ' + to))
  })
  test.each([
    [401, { detail: 'Invalid credentials', code: 'invalid_credentials' }, {}, { message: 'Invalid credentials' }],
    [409, { detail: 'Email already exists', code: 'email_taken' }, {}, { message: 'Email already exists' }],
    [422, { code: 'x', detail: [{ loc: ['body', 'email'], msg: 'Field required', type: 'missing' }] }, {}, { fields: { email: 'Field required' } }],
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

describe('logout', () => {
  test.each([[undefined, '/login'], [{ to: '/bye' }, '/bye'], [{ to: '//evil.example' }, '/login']])('%j ends at %s', async (fields, to) => {
    next.cookie = cookiesOf(600)
    warder.answer = () => ({ status: 204, headers: { 'set-cookie': CLEARED_COOKIES } })
    await expect(logout(fields && formOf(fields as Record<string, string>))).rejects.toThrow(new Error('redirect ' + to))
    expect(warder.seen[0]).toMatchObject({ method: 'POST', path: '/logout', body: '{}' })
    expect(next.set[0]).toEqual(['__Host-warder_access', '', expect.objectContaining({ maxAge: 0 })])
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
    const res = { setHeader: (name: string, value: unknown) => { headers[name] = value }, appendHeader: (name: string, value: unknown) => { headers[name] = value } }
    return { context: { req: { headers: { cookie } }, res, resolvedUrl: '/legacy?a=b' } as never, headers }
  }
  test('the user, beside what the page asks for itself', async () => {
    warder.answer = () => ({ body: ANN })
    const { context, headers } = contextOf(cookiesOf(600))
    expect(await withUser(async (_, user) => ({ props: { greeting: user.email, user: 'mine' } }))(context)).toEqual({ props: { greeting: 'ann@example.com', user: ANN } })
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
  test.each([['expired', expiredCookies], ['ended early', () => cookiesOf(600)]])('%s: refreshes by itself', async (_, cookies) => {
    warder.answer = ({ path, headers }) => path === '/refresh' ? { headers: { 'set-cookie': NEW_COOKIES }, body: {} } : headers.cookie?.includes('new-access') ? { body: ANN } : { status: 401, body: {} }
    const { context, headers } = contextOf(cookies())
    expect(await withUser()(context)).toEqual({ props: { user: ANN } })
    expect(headers['set-cookie']).toEqual(NEW_COOKIES)
  })
  test.each([['a guest', ''], ['an ended session', '__Host-warder_refresh=gone']])('%s goes to sign in', async (_, cookie) => {
    warder.answer = () => ({ status: 401, headers: { 'set-cookie': CLEARED_COOKIES }, body: {} })
    const { context, headers } = contextOf(cookie)
    expect(await withUser(undefined, { login: '/enter' })(context)).toEqual({ redirect: { destination: '/enter?next=%2Flegacy%3Fa%3Db', permanent: false } })
    expect(headers['set-cookie']).toEqual(cookie ? CLEARED_COOKIES : undefined)
  })
  test.each([['fresh', `__Host-warder_access=${accessToken(600)}`], ['expired', '__Host-warder_refresh=x']])('%s while Warder is away: thrown', async (_, cookie) => {
    process.env.WARDER_URL = NOBODY
    await expect(withUser()(contextOf(cookie).context)).rejects.toEqual(away)
  })
})
