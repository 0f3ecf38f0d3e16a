import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

type Page = { cookie: string; storage: Map<string, string>; calls: Request[] }
let page: Page
let answer: (request: Request) => Response | Promise<Response>

/** What a browser gives a page; each test loads the module anew, as each page does. */
async function open({ locks = true, cookie = 'theme=dark; __Host-warder_csrf=csrf' } = {}) {
  page = { cookie, storage: new Map(), calls: [] }
  vi.stubGlobal('location', new URL('http://localhost:3000/dashboard'))
  vi.stubGlobal('document', { get cookie() { return page.cookie } })
  vi.stubGlobal('localStorage', { getItem: (key: string) => page.storage.get(key) ?? null, setItem: (key: string, value: string) => page.storage.set(key, value) })
  let queue: Promise<unknown> = Promise.resolve()
  vi.stubGlobal('navigator', locks ? { locks: { request: (_: string, work: () => Promise<unknown>) => (queue = queue.then(work, work)) } } : {})
  const RealRequest = Request
  vi.stubGlobal('Request', class extends RealRequest { constructor(input: RequestInfo, init?: RequestInit) { super(typeof input === 'string' ? new URL(input, location.href) : input, init) } })
  vi.stubGlobal('fetch', async (request: Request) => { page.calls.push(request); return answer(request) })
  vi.resetModules()
  return import('../src/browser.js')
}

beforeEach(() => { answer = () => new Response('{}') })
afterEach(() => vi.unstubAllGlobals())

const paths = () => page.calls.map(({ url }) => new URL(url).pathname)

/** 401 until /refresh was asked, as with an expired access token. */
function expired() {
  let fresh = false
  answer = ({ url }) => {
    if (url.endsWith('/refresh')) { fresh = true; return new Response('{}') }
    return new Response('{}', { status: fresh ? 200 : 401 })
  }
}

describe('readCsrf', () => {
  test.each([['__Host-warder_csrf=a', 'a'], ['warder_csrf=b; x=y', 'b'], ['x=y; __Host-warder_csrf=c', 'c'], ['', ''], ['not_warder_csrf=d', '']])('%j is %j', async (cookie, token) => {
    expect((await open({ cookie })).readCsrf()).toBe(token)
  })
})

describe('authFetch', () => {
  test('brings the CSRF token, and keeps what the caller set', async () => {
    const { authFetch } = await open()
    await authFetch('/api/x', { method: 'POST', headers: { 'x-mine': '1' }, body: 'b' })
    expect([page.calls[0]!.headers.get('x-csrf-token'), page.calls[0]!.headers.get('x-mine'), await page.calls[0]!.text()]).toEqual(['csrf', '1', 'b'])
  })
  test.each(['https://evil.example/', '//evil.example/', 'http://localhost:3001/'])('%s never gets it', async (url) => {
    const { authFetch } = await open()
    await expect(authFetch(url)).rejects.toThrow('for this site only')
    expect(page.calls).toHaveLength(0)
  })
  test.each([true, false])('eight at once refresh once (Web Locks: %s)', async (locks) => {
    const { authFetch } = await open({ locks })
    expired()
    const statuses = await Promise.all(Array.from({ length: 8 }, async () => (await authFetch('/api/auth/me')).status))
    expect(statuses).toEqual(Array(8).fill(200))
    expect(paths().filter((path) => path.endsWith('/refresh'))).toHaveLength(1)
  })
  test('a body is sent again after the refresh', async () => {
    const { authFetch } = await open()
    expired()
    await authFetch('/api/auth/me', { method: 'PATCH', body: '{"name":"Ann"}' })
    expect(await page.calls.at(-1)!.text()).toBe('{"name":"Ann"}')
    expect(paths()).toEqual(['/api/auth/me', '/api/auth/refresh', '/api/auth/me'])
  })
  test('another tab refreshed meanwhile: no second one', async () => {
    const { authFetch } = await open()
    let asked = 0
    answer = () => {
      if (asked++) return new Response('{}')
      page.storage.set('warder.refreshed-at', String(Date.now() + 1))
      return new Response('{}', { status: 401 })
    }
    expect((await authFetch('/api/auth/me')).status).toBe(200)
    expect(paths()).toEqual(['/api/auth/me', '/api/auth/me'])
  })
  test.each([[401, 1], [429, 0], [503, 0], [0, 0]])('refresh says %i: the first answer stands; the session ended %i times', async (status, ends) => {
    const { authFetch, onSessionEnded } = await open()
    const ended = vi.fn()
    const forgotten = vi.fn()
    onSessionEnded(ended)
    onSessionEnded(forgotten)()
    answer = ({ url }) => {
      if (url.endsWith('/refresh') && !status) throw new TypeError('Failed to fetch')
      return new Response('{}', { status: url.endsWith('/refresh') ? status : 401 })
    }
    expect((await authFetch('/api/auth/me')).status).toBe(401)
    expect(ended).toHaveBeenCalledTimes(ends)
    expect(forgotten).not.toHaveBeenCalled()
    expect(page.storage.size).toBe(0)
  })
})

describe('post', () => {
  test('JSON there and back', async () => {
    const { post } = await open()
    answer = () => new Response('{"a":1}')
    expect(await post('/login', { email: 'x' })).toEqual({ a: 1 })
    expect([paths(), page.calls[0]!.headers.get('content-type'), await page.calls[0]!.text()]).toEqual([['/api/auth/login'], 'application/json', '{"email":"x"}'])
  })
  test('204 is nothing', async () => {
    const { post } = await open()
    answer = () => new Response(null, { status: 204 })
    expect(await post('/logout', {})).toBeUndefined()
  })
  test('a refusal and an absence are thrown; nothing is refreshed', async () => {
    const { post } = await open()
    answer = () => new Response('{"detail":"Invalid credentials","code":"invalid_credentials"}', { status: 401 })
    await expect(post('/login', {})).rejects.toMatchObject({ status: 401, message: 'Invalid credentials', code: 'invalid_credentials' })
    answer = () => { throw new TypeError('Failed to fetch') }
    await expect(post('/login', {})).rejects.toMatchObject({ status: 503 })
    expect(paths()).toEqual(['/api/auth/login', '/api/auth/login'])
  })
})
