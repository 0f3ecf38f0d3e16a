import { NextRequest } from 'next/server'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { accessToken, cookiesOf, NEW_COOKIES, NOBODY, WarderDouble } from './support/warder.js'

const next = vi.hoisted(() => ({ cookie: '' }))
vi.mock('next/headers.js', () => ({
  cookies: async () => ({ toString: () => next.cookie, set: () => {} }),
  headers: async () => new Headers(),
}))

const { sameOrigin, warderFetch, withUser } = await import('../src/server.js')
const { withUserApi, withUser: withPageUser } = await import('../src/pages.js')
const { WarderError } = await import('../src/error.js')

let warder: WarderDouble
beforeEach(async () => {
  next.cookie = ''
  warder = new WarderDouble()
  await warder.start()
  warder.answer = () => ({ body: EVE })
})
afterEach(() => warder.stop())

const EVE = { id: 'eve', email: 'eve@example.com', roles: ['editor'] }
const OWN = { origin: 'https://app.test', host: 'app.test' }

test.each([
  ['its own page', OWN, true],
  ['in other letters', { origin: 'https://App.test', host: 'app.TEST' }, true],
  ['with a port', { origin: 'http://app.test:3000', host: 'app.test:3000' }, true],
  ['behind a proxy', { origin: 'https://app.test', host: '10.0.0.1:3000', 'x-forwarded-host': 'app.test' }, true],
  ['behind two', { origin: 'https://app.test', host: 'x', 'x-forwarded-host': 'app.test, inner' }, true],
  ['a browser that says it otherwise', { 'sec-fetch-site': 'same-origin', host: 'app.test' }, true],
  ['another site', { ...OWN, origin: 'https://evil.example' }, false],
  ['a longer name', { ...OWN, origin: 'https://evilapp.test' }, false],
  ['a name behind it', { ...OWN, origin: 'https://app.test.evil.example' }, false],
  ['another port', { ...OWN, origin: 'https://app.test:81' }, false],
  ['a sandboxed frame', { ...OWN, origin: 'null' }, false],
  ['no web page', { ...OWN, origin: 'chrome-extension://app.test' }, false],
  ['a sibling', { 'sec-fetch-site': 'same-site', host: 'app.test' }, false],
  ['an address typed in', { 'sec-fetch-site': 'none', host: 'app.test' }, false],
  ['nothing said', { host: 'app.test' }, false],
  ['no host', { origin: 'https://' }, false],
  ['the origin says another site, whatever else', { ...OWN, origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }, false],
])('sameOrigin: %s', (_, headers, same) =>
  expect(sameOrigin({ headers: new Headers(headers as unknown as Record<string, string>) } as Request)).toBe(same),
)

describe('a route handler', () => {
  const call = async (
    method: string,
    {
      headers = OWN as Record<string, string>,
      wanted = {},
      handler = async (_: NextRequest, { user }: { user: { email: string } }) => Response.json(user.email),
    } = {},
  ) => {
    const response = await withUser(handler as never, wanted)(new NextRequest('https://app.test/api/x', { method, headers }), {
      params: Promise.resolve({ id: '7' }),
    })
    return [response.status, await response.json()]
  }
  test.each(['GET', 'POST', 'DELETE'])('%s of who is signed in', async (method) => {
    next.cookie = cookiesOf(600)
    expect(await call(method)).toEqual([200, 'eve@example.com'])
  })
  test('its params come along', async () => {
    next.cookie = cookiesOf(600)
    expect(
      await call('GET', {
        handler: (async (_: NextRequest, { params }: { params: Promise<{ id: string }> }) => Response.json((await params).id)) as never,
      }),
    ).toEqual([200, '7'])
  })
  test('a guest: 401', async () => expect(await call('GET')).toEqual([401, { detail: 'Not authenticated', code: 'not_authenticated' }]))
  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s of another site: 403, and nobody is asked', async (method) => {
    next.cookie = cookiesOf(600)
    expect(await call(method, { headers: { ...OWN, origin: 'https://evil.example' } })).toEqual([
      403,
      { detail: 'CSRF check failed', code: 'origin_refused' },
    ])
    expect(warder.seen).toHaveLength(0)
  })
  test.each([
    [{ role: 'admin' }, 403],
    [{ role: 'editor' }, 200],
  ])('%j: %i', async (wanted, status) => {
    next.cookie = cookiesOf(600)
    expect((await call('GET', { wanted }))[0]).toBe(status)
  })
  test('Warder away: 503 and when to come again', async () => {
    next.cookie = cookiesOf(600)
    process.env.WARDER_URL = NOBODY
    const response = await withUser(() => new Response())(new NextRequest('https://app.test/x'), { params: Promise.resolve({}) })
    expect([response.status, response.headers.get('retry-after'), await response.json()]).toEqual([
      503,
      '5',
      { detail: 'The sign-in service is not available. Try again in a moment.', code: 'unavailable' },
    ])
  })
  test('what Warder refuses within is answered as such; all else is thrown', async () => {
    next.cookie = cookiesOf(600)
    expect(
      await call('GET', {
        handler: async () => {
          throw new WarderError(409, 'Taken', 'email_taken')
        },
      }),
    ).toEqual([409, { detail: 'Taken', code: 'email_taken' }])
    await expect(
      call('GET', {
        handler: async () => {
          throw new Error('mine')
        },
      }),
    ).rejects.toThrow('mine')
    await expect(
      call('GET', {
        handler: async () => {
          await warderFetch('me')
          return new Response()
        },
      }),
    ).rejects.toThrow('begins with /')
  })
})

describe('pages/api', () => {
  let app: Server
  let url = ''
  const start = async (...args: Parameters<typeof withUserApi>) => {
    app = createServer((req, res) => {
      const api = Object.assign(res, {
        status: (status: number) => Object.assign(res, { statusCode: status }),
        json: (body: unknown) => {
          res.setHeader('content-type', 'application/json')
          res.end(JSON.stringify(body))
        },
      })
      withUserApi(...args)(req as never, api as never).catch((error: Error) => {
        res.statusCode = 500
        res.end(JSON.stringify(error.message))
      })
    })
    await new Promise<void>((listening) => {
      app.listen(0, '127.0.0.1', listening)
    })
    url = `http://127.0.0.1:${(app.address() as AddressInfo).port}/`
  }
  afterEach(() => {
    app.close()
  })
  const ask = async (method: string, headers: Record<string, string>) => {
    const answer = await fetch(url, { method, headers })
    return [answer.status, await answer.json(), answer.headers.getSetCookie().length]
  }
  test('who is signed in, and who is not', async () => {
    await start((_req, res, user) => res.json(user.email))
    expect(await ask('GET', { cookie: cookiesOf(600) })).toEqual([200, 'eve@example.com', 0])
    expect(await ask('GET', {})).toEqual([401, { detail: 'Not authenticated', code: 'not_authenticated' }, 0])
  })
  test('an ended token is refreshed, the browser hears of it', async () => {
    await start((_req, res, user) => res.json(user.email))
    warder.answer = ({ path }) => (path === '/refresh' ? { headers: { 'set-cookie': NEW_COOKIES }, body: {} } : { body: EVE })
    expect(await ask('GET', { cookie: '__Host-warder_refresh=for-the-api' })).toEqual([200, 'eve@example.com', 3])
  })
  test('POST needs a page of this site', async () => {
    await start((_req, res) => res.json('done'))
    const cookie = cookiesOf(600)
    expect(await ask('POST', { cookie, origin: url.slice(0, -1) })).toEqual([200, 'done', 0])
    expect((await ask('POST', { cookie, origin: 'https://evil.example' }))[0]).toBe(403)
    expect((await ask('POST', { cookie, 'sec-fetch-site': 'cross-site' }))[0]).toBe(403)
  })
  test('a role', async () => {
    await start((_req, res) => res.json('done'), { role: 'admin' })
    expect(await ask('GET', { cookie: cookiesOf(600) })).toEqual([403, { detail: 'Not enough permissions', code: 'missing_role' }, 0])
  })
  test('Warder away: 503', async () => {
    await start((_req, res) => res.json('done'))
    process.env.WARDER_URL = NOBODY
    expect((await ask('GET', { cookie: cookiesOf(600) }))[0]).toBe(503)
  })
})

describe('getServerSideProps', () => {
  const context = (more: object = {}) =>
    ({
      req: { headers: { cookie: `__Host-warder_access=${accessToken(600)}` } },
      res: { setHeader() {}, appendHeader() {} },
      resolvedUrl: '/team?x',
      ...more,
    }) as never
  test('who lacks the role sees that there is nothing', async () => {
    expect(await withPageUser(undefined, { role: 'admin' })(context())).toEqual({ notFound: true })
    expect(await withPageUser(undefined, { role: 'editor' })(context())).toEqual({ props: { user: EVE } })
  })
  test.each([
    ['de', '/de/login?next=%2Fde%2Fteam%3Fx'],
    ['en', '/login?next=%2Fteam%3Fx'],
    [undefined, '/login?next=%2Fteam%3Fx'],
  ])('the language %s is kept', async (locale, destination) => {
    expect(await withPageUser()(context({ req: { headers: {} }, locale, defaultLocale: 'en' }))).toEqual({
      redirect: { destination, permanent: false },
    })
  })
  test('a sign-in page that is none is refused at the start', () =>
    expect(() => withPageUser(undefined, { login: 'https://accounts.example.com' })).toThrow('must be a path of this app'))
})
