import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { warderHandlers } from '../src/handlers.js'
import { refreshOnce } from '../src/refresh.js'
import { shared } from '../src/shared.js'
import { upstream } from '../src/upstream.js'
import { CLEARED_COOKIES, expiredCookies, WarderDouble } from './support/warder.js'

let warder: WarderDouble
const log = vi.spyOn(console, 'error').mockImplementation(() => {})
beforeEach(async () => {
  log.mockClear()
  shared.away = undefined
  warder = new WarderDouble()
  await warder.start()
})
afterEach(() => {
  warder.stop()
  delete process.env.WARDER_SERVICE_TOKEN
})

const HTML = { 'content-type': 'text/html' }
const ELSE: [string, string, object, string][] = [
  ['another API', '/login', { status: 404, body: { detail: 'Not Found' } }, 'it answers 404 to /login'],
  ['a static server', '/login', { status: 405, headers: HTML }, 'it answers 405 to /login'],
  ['a Warder below another path', '/session', { status: 404, body: { code: 'route_not_found' } }, 'it answers 404 to /session'],
  ['this very app', '/me', { headers: HTML }, 'it answers /me with text/html, not JSON'],
  ['a password of a proxy', '/refresh', { status: 401, headers: HTML }, 'it answers /refresh with text/html, not JSON'],
  [
    'one that wants https',
    '/me',
    { status: 301, headers: { location: 'https://auth.example.com/me' } },
    'it redirects to https://auth.example.com/me',
  ],
]

test.each(ELSE)('%s is no Warder, and an outage for whoever signs in', async (_, path, answer, why) => {
  warder.answer = () => answer
  await expect(upstream(path, { method: 'POST', body: '{}' })).rejects.toMatchObject({ status: 503, code: 'unavailable' })
  await expect(upstream(path)).rejects.toMatchObject({ status: 503 })
  const said = `warder-nextjs: What answers at ${process.env.WARDER_URL} (WARDER_URL) is not Warder: ${why}`
  expect(log.mock.calls.flat()).toEqual([said]) // once
  warder.answer = () => ({ body: {} })
  await upstream('/me')
  expect(log.mock.calls.flat()).toEqual([said, `warder-nextjs: Warder answers again at ${process.env.WARDER_URL}`])
})

test('whatever it is asked, and whatever a balancer says between, the log has one line', async () => {
  const answers = [{ status: 404, body: {} }, { headers: HTML }, { status: 502, headers: HTML }, { status: 405, headers: HTML }]
  for (const answer of answers) {
    warder.answer = () => answer
    for (const path of ['/login', '/session']) await upstream(path).catch(() => {})
  }
  expect(log.mock.calls.flat()).toEqual([expect.stringContaining('it answers 404 to /login')])
})

test('its word ends no session', async () => {
  warder.answer = () => ({ status: 401, headers: { ...HTML, 'set-cookie': CLEARED_COOKIES } })
  expect(await refreshOnce(expiredCookies(), {})).toEqual({ result: 'unknown', setCookies: [] })
})

test('nor does it reach a browser', async () => {
  warder.answer = () => ({ headers: HTML, body: 'a page of somebody' })
  const answer = await warderHandlers().GET(new Request('http://localhost:3000/api/auth/session'), {
    params: Promise.resolve({ warder: ['session'] }),
  })
  expect([answer.status, await answer.json()]).toEqual([503, expect.objectContaining({ code: 'unavailable' })])
})

test.each([
  ['/me/sessions/x', { status: 404, body: { code: 'session_not_found' } }],
  ['/logout', { status: 204 }],
  ['/forgot-password', { status: 202, headers: { 'content-type': 'application/x-empty' } }],
  ['/nothing', { status: 404, body: {} }],
  ['/login', { status: 429, headers: HTML }],
  ['/login', { status: 403, headers: HTML }],
  ['/login', { status: 502, headers: HTML }],
  ['/me', { headers: { 'content-type': 'application/json; charset=utf-8' }, body: {} }],
])('%s answered by %j may well be Warder, or what stands before it', async (path, answer) => {
  warder.answer = () => answer
  expect((await upstream(path)).status).toBe('status' in answer ? answer.status : 200)
  expect(log).not.toHaveBeenCalled()
})

const TOKEN = 'a-token-that-warder-knows-as-well'
const visitor = { 'x-forwarded-for': '203.0.113.7' }

test('the service token goes with every call, so that Warder believes for whom it is made', async () => {
  process.env.WARDER_SERVICE_TOKEN = TOKEN
  warder.answer = () => ({ body: {} })
  await upstream('/me', { headers: visitor })
  await refreshOnce(expiredCookies(), visitor)
  await warderHandlers().POST(
    new Request('http://localhost:3000/api/auth/login', {
      method: 'POST',
      headers: { ...visitor, 'content-type': 'application/json' },
      body: '{}',
    }),
    { params: Promise.resolve({ warder: ['login'] }) },
  )
  expect(warder.seen.map(({ path, headers }) => [path, headers['x-warder-service-token'], headers['x-forwarded-for']])).toEqual(
    ['/me', '/refresh', '/login'].map((path) => [path, TOKEN, '203.0.113.7']),
  )
})

test('what a browser sends in its place is not passed on', async () => {
  warder.answer = () => ({ body: {} })
  const session = (): Promise<Response> =>
    warderHandlers().GET(new Request('http://localhost:3000/api/auth/session', { headers: { 'x-warder-service-token': 'of a browser' } }), {
      params: Promise.resolve({ warder: ['session'] }),
    })
  await session()
  process.env.WARDER_SERVICE_TOKEN = TOKEN
  await session()
  expect(warder.seen.map(({ headers }) => headers['x-warder-service-token'])).toEqual([undefined, TOKEN])
})

test('https to a port that speaks none, and http to one that speaks only https, are told apart', async () => {
  const { server, port } = await listen(createServer())
  process.env.WARDER_URL = `https://127.0.0.1:${port}`
  await expect(upstream('/me')).rejects.toMatchObject({ status: 503 })
  expect(log.mock.calls.flat().join()).toContain('ERR_SSL_WRONG_VERSION_NUMBER, it does not speak https')
  server.on('connection', (socket) => socket.destroy())
  process.env.WARDER_URL = `http://127.0.0.1:${port}`
  await expect(upstream('/me')).rejects.toMatchObject({ status: 503 })
  expect(log.mock.calls.flat().join()).toMatch(/(UND_ERR_SOCKET|ECONNRESET), it closes the connection: perhaps it speaks https only/)
  server.close()
})

async function listen(server: Server): Promise<{ server: Server; port: number }> {
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening)
  })
  return { server, port: (server.address() as AddressInfo).port }
}
