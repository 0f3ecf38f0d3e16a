import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

type Page = { cookie: string; storage: Map<string, string>; calls: Request[] }
let page: Page
let answer: (request: Request) => Response | Promise<Response>

/** What a browser gives a page; each test loads the module anew, as each page does. */
async function open({ locks = true, cookie = 'theme=dark; __Host-warder_csrf=csrf' } = {}) {
  page = { cookie, storage: new Map(), calls: [] }
  vi.stubGlobal('location', new URL('http://localhost:3000/dashboard'))
  vi.stubGlobal('document', {
    get cookie() {
      return page.cookie
    },
  })
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => page.storage.get(key) ?? null,
    setItem: (key: string, value: string) => page.storage.set(key, value),
  })
  let queue: Promise<unknown> = Promise.resolve()
  vi.stubGlobal(
    'navigator',
    locks ? { locks: { request: (_: string, work: () => Promise<unknown>) => (queue = queue.then(work, work)) } } : {},
  )
  const RealRequest = Request
  vi.stubGlobal(
    'Request',
    class extends RealRequest {
      constructor(input: RequestInfo, init?: RequestInit) {
        super(typeof input === 'string' ? new URL(input, location.href) : input, init)
      }
    },
  )
  vi.stubGlobal('fetch', async (input: RequestInfo, init?: RequestInit) => {
    const request = new Request(input, init)
    page.calls.push(request)
    return answer(request)
  })
  vi.resetModules()
  return import('../src/browser.js')
}

beforeEach(() => {
  answer = () => new Response('{}')
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
})

const AWAY = 'The sign-in service is not available. Try again in a moment.'
const paths = () => page.calls.map(({ url }) => new URL(url).pathname)

/** 401 until /refresh was asked, as with an expired access token. */
function expired() {
  let fresh = false
  answer = ({ url }) => {
    if (url.endsWith('/refresh')) {
      fresh = true
      return new Response('{}')
    }
    return new Response('{}', { status: fresh ? 200 : 401 })
  }
}

describe('readCsrf', () => {
  test.each([
    ['__Host-warder_csrf=a', 'a'],
    ['warder_csrf=b; x=y', 'b'],
    ['x=y; __Host-warder_csrf=c', 'c'],
    ['', ''],
    ['a=b; csrf=d; my-csrf=d; x_csrf_y=d; 1_csrf=d', ''],
    ['warder_csrf=planted; __Host-warder_csrf=e', 'e'],
    ['warder_csrf=', ''],
    ['__Host-warder_csrf=a; __Host-shop_csrf=b', 'a, b'],
    ['shop_csrf=planted; __Host-warder_csrf=a; __Host-shop_csrf=b', 'a, b'],
  ])('%j is %j', async (cookie, token) => {
    expect((await open({ cookie })).readCsrf()).toBe(token)
  })
})

describe('authFetch', () => {
  test('brings the CSRF token, and keeps what the caller set', async () => {
    const { authFetch } = await open()
    await authFetch('/api/x', { method: 'POST', headers: { 'x-mine': '1' }, body: 'b' })
    expect([page.calls[0]!.headers.get('x-csrf-token'), page.calls[0]!.headers.get('x-mine'), await page.calls[0]!.text()]).toEqual([
      'csrf',
      '1',
      'b',
    ])
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
  test('a refresh of 401 is the end: the 401 comes back', async () => {
    const { authFetch, onSessionEnded } = await open()
    const [ended, forgotten] = [vi.fn(), vi.fn()]
    onSessionEnded(ended)
    onSessionEnded(forgotten)()
    answer = () => new Response('{}', { status: 401 })
    expect((await authFetch('/api/auth/me')).status).toBe(401)
    expect([ended.mock.calls.length, forgotten.mock.calls.length, page.storage.size]).toEqual([1, 0, 0])
  })
  test.each([
    [429, 'Too many attempts. Try again in 7 seconds.'],
    [503, AWAY],
    [500, AWAY],
    [0, AWAY],
    [403, 'The sign-in service does not know the address of this site. Its operator must add it to http.allowed_origins in Warder.'],
  ])('a refresh of %i says nothing of the session: thrown, for all that wait', async (status, message) => {
    const { authFetch, onSessionEnded } = await open()
    const ended = vi.fn()
    onSessionEnded(ended)
    answer = ({ url }) => {
      if (!url.endsWith('/refresh')) return new Response('{}', { status: 401 })
      if (!status) throw new TypeError('Failed to fetch')
      return new Response('{"detail":"x","code":"origin_refused"}', { status, headers: { 'retry-after': '7' } })
    }
    for (const call of await Promise.allSettled([authFetch('/api/auth/me'), authFetch('/api/auth/me')]))
      expect(call).toMatchObject({ reason: { name: 'WarderError', message } })
    expect(ended).not.toHaveBeenCalled()
    expect(page.storage.size).toBe(0)
    expired()
    expect((await authFetch('/api/auth/me')).status).toBe(200)
  })
  test('a refresh that hangs lets go of the lock', async () => {
    const { authFetch } = await open()
    vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => AbortSignal.abort(new DOMException('late', 'TimeoutError')))
    answer = (request) =>
      request.url.endsWith('/refresh') && request.signal.aborted
        ? Promise.reject(request.signal.reason)
        : new Response('{}', { status: 401 })
    await expect(authFetch('/api/auth/me')).rejects.toMatchObject({ status: 503 })
    expect(AbortSignal.timeout).toHaveBeenCalledWith(15_000)
    vi.restoreAllMocks()
    expired()
    expect((await authFetch('/api/auth/me')).status).toBe(200)
  })
  test.each([
    [
      'is full',
      {
        getItem: () => null,
        setItem: () => {
          throw new DOMException('full', 'QuotaExceededError')
        },
      },
    ],
    ['is forbidden', undefined],
  ])('a storage that %s does not matter', async (_, storage) => {
    const { authFetch } = await open()
    vi.stubGlobal('localStorage', storage)
    expired()
    expect((await authFetch('/api/auth/me')).status).toBe(200)
  })
})

describe('a fresh proof', () => {
  const stale = new Response('{"detail":"x","code":"reauthentication_required","methods":["password"]}', { status: 403 })
  /** 403 until somebody confirmed. */
  function wanting(from: { confirmed: boolean }) {
    answer = () => (from.confirmed ? new Response('{}') : stale.clone())
  }
  const call = { method: 'DELETE', body: '{"a":1}' }

  test('is asked for by the dialog, and the call is sent once more', async () => {
    const { authFetch, onStepUp } = await open()
    const state = { confirmed: false }
    wanting(state)
    const ask = vi.fn(async () => (state.confirmed = true))
    onStepUp(ask)
    expect((await authFetch('/api/auth/me', call)).status).toBe(200)
    expect(ask.mock.calls).toEqual([[['password']]])
    expect([page.calls.length, await page.calls.at(-1)!.text()]).toEqual([2, '{"a":1}'])
  })
  test('is asked for once by all that wait', async () => {
    const { authFetch, onStepUp } = await open()
    const state = { confirmed: false }
    wanting(state)
    const ask = vi.fn(async () => {
      await new Promise((later) => setTimeout(later, 5))
      return (state.confirmed = true)
    })
    onStepUp(ask)
    const answers = await Promise.all([1, 2, 3].map(() => authFetch('/api/auth/me', call)))
    expect([answers.map(({ status }) => status), ask.mock.calls.length]).toEqual([[200, 200, 200], 1])
  })
  test.each(['cancelled', 'no dialog', 'a dialog that is gone'])('%s: the 403 comes back, with its body', async (how) => {
    const { authFetch, canStepUp, onStepUp } = await open()
    wanting({ confirmed: false })
    if (how === 'cancelled') onStepUp(async () => false)
    if (how === 'a dialog that is gone') onStepUp(async () => true)()
    expect(canStepUp()).toBe(how === 'cancelled')
    const refused = await authFetch('/api/auth/me', call)
    expect([refused.status, (await refused.json()).code, page.calls.length]).toEqual([403, 'reauthentication_required', 1])
  })
  test('the inner one of two dialogs asks', async () => {
    const { authFetch, onStepUp } = await open()
    const state = { confirmed: false }
    wanting(state)
    const [outer, inner] = [vi.fn(async () => false), vi.fn(async () => (state.confirmed = true))]
    onStepUp(outer)
    onStepUp(inner)
    await authFetch('/api/auth/me', call)
    expect([outer.mock.calls.length, inner.mock.calls.length]).toEqual([0, 1])
  })
  test('any other 403 is nobody’s question', async () => {
    const { authFetch, onStepUp } = await open()
    const ask = vi.fn(async () => true)
    onStepUp(ask)
    answer = () => new Response('<html>', { status: 403 })
    expect((await authFetch('/api/auth/me', call)).status).toBe(403)
    expect(ask).not.toHaveBeenCalled()
  })
  test('after a refresh, too', async () => {
    const { askAsUser, onStepUp } = await open()
    onStepUp(async () => true)
    const answers = [new Response('{}', { status: 401 }), stale.clone(), new Response('{"a":1}')]
    answer = ({ url }) => (url.endsWith('/refresh') ? new Response('{}') : answers.shift()!)
    expect(await askAsUser('POST', '/me/mfa/totp', { name: 'Phone' })).toEqual({ a: 1 })
    expect(paths().map((path) => path.replace('/api/auth/', ''))).toEqual(['me/mfa/totp', 'refresh', 'me/mfa/totp', 'me/mfa/totp'])
    expect(await page.calls.at(-1)!.text()).toBe('{"name":"Phone"}')
  })
})

describe('askSession', () => {
  const ANN = { id: 'ann' }
  const says = (...states: object[]) => {
    answer = ({ url }) => new Response(JSON.stringify(url.endsWith('/session') ? states.shift() : {}))
  }
  test('knows the user, or that there is none', async () => {
    const { askSession } = await open()
    says({ user: ANN, refreshable: true }, { refreshable: false })
    expect([await askSession(), await askSession()]).toEqual([ANN, null])
    expect(paths()).toEqual(['/api/auth/session', '/api/auth/session'])
  })
  test('refreshes where that is due', async () => {
    const { askSession } = await open()
    says({ refreshable: true }, { user: ANN, refreshable: true })
    expect(await askSession()).toEqual(ANN)
    expect(paths()).toEqual(['/api/auth/session', '/api/auth/refresh', '/api/auth/session'])
  })
  test('a refresh of 401: nobody', async () => {
    const { askSession } = await open()
    answer = ({ url }) => new Response('{"refreshable":true}', { status: url.endsWith('/refresh') ? 401 : 200 })
    expect(await askSession()).toBeNull()
  })
  test.each([429, 503])('a refresh of %i: thrown, for nobody knows', async (status) => {
    const { askSession } = await open()
    answer = ({ url }) => new Response('{"refreshable":true}', { status: url.endsWith('/refresh') ? status : 200 })
    await expect(askSession()).rejects.toMatchObject({ name: 'WarderError', status })
  })
  test('still to be refreshed after a refresh: thrown', async () => {
    const { askSession } = await open()
    says({ refreshable: true }, { refreshable: true })
    await expect(askSession()).rejects.toMatchObject({ status: 503 })
  })
  test.each([
    () => new Response('<html>'),
    () => new Response('{}', { status: 500 }),
    () => {
      throw new TypeError('Failed to fetch')
    },
  ])('no answer of Warder’s: thrown as its absence', async (no) => {
    const { askSession } = await open()
    answer = no
    await expect(askSession()).rejects.toMatchObject({ name: 'WarderError', status: 503 })
  })
})

describe('ask', () => {
  test('JSON there and back', async () => {
    const { ask } = await open()
    answer = () => new Response('{"a":1}')
    expect(await ask('/login', { email: 'x' })).toEqual({ a: 1 })
    expect([paths(), page.calls[0]!.headers.get('content-type'), await page.calls[0]!.text()]).toEqual([
      ['/api/auth/login'],
      'application/json',
      '{"email":"x"}',
    ])
  })
  test('below the basePath of next.config', async () => {
    vi.stubEnv('__NEXT_ROUTER_BASEPATH', '/app')
    const { ask } = await open()
    await ask('/session')
    expect(paths()).toEqual(['/app/api/auth/session'])
  })
  test.each([
    [204, null],
    [202, ''],
  ])('%i without a body is nothing', async (status, body) => {
    const { ask } = await open()
    answer = () => new Response(body, { status })
    expect(await ask('/logout', {})).toBeUndefined()
  })
  test('a refusal and an absence are thrown; nothing is refreshed', async () => {
    const { ask } = await open()
    answer = () => new Response('{"detail":"Invalid credentials","code":"invalid_credentials"}', { status: 401 })
    await expect(ask('/login', {})).rejects.toMatchObject({
      status: 401,
      message: 'Email or password is wrong.',
      code: 'invalid_credentials',
    })
    answer = () => {
      throw new TypeError('Failed to fetch')
    }
    await expect(ask('/login', {})).rejects.toMatchObject({ status: 503 })
    expect(paths()).toEqual(['/api/auth/login', '/api/auth/login'])
  })
})
