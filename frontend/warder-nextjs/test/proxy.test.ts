import { NextRequest, NextResponse } from 'next/server'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { warderProxy } from '../src/proxy.js'
import { CLEARED_COOKIES, cookiesOf, expiredCookies, NEW_COOKIES, NOBODY, WarderDouble } from './support/warder.js'

let warder: WarderDouble
beforeEach(async () => {
  warder = new WarderDouble()
  await warder.start()
})
afterEach(() => warder.stop())

const proxy = warderProxy({ protect: ['/dashboard', '/team/'], guestOnly: ['/login'], home: '/dashboard' })
const go = (path: string, cookie = '', init: { method?: string; headers?: Record<string, string> } = {}) =>
  proxy(new NextRequest('http://localhost:3000' + path, { ...init, headers: { ...init.headers, ...(cookie && { cookie }) } }))
const target = (response: Response) => response.headers.get('location')?.replace('http://localhost:3000', '') ?? null
const forPage = (response: Response, name: string) => response.headers.get(`x-middleware-request-${name}`)

const renew = () => ({ headers: { 'set-cookie': NEW_COOKIES }, body: { expires_in: 900 } })
const end = () => ({ status: 401, headers: { 'set-cookie': CLEARED_COOKIES }, body: { detail: 'Could not validate credentials' } })

describe('a guest', () => {
  test.each([
    ['/dashboard', '/login?next=%2Fdashboard'],
    ['/dashboard/a?b=c&d', '/login?next=%2Fdashboard%2Fa%3Fb%3Dc%26d'],
    ['/team', '/login?next=%2Fteam'],
    ['/team/x', '/login?next=%2Fteam%2Fx'],
    ['/dashboards', null],
    ['/', null],
    ['/login', null],
  ])('%s goes to %s', async (path, to) => {
    expect(target(await go(path))).toBe(to)
    expect(warder.seen).toHaveLength(0)
  })
})

describe('a guest who posts', () => {
  test('a form: to the sign-in page, without its fields', async () => {
    const response = await go('/dashboard', '', { method: 'POST' })
    expect([response.status, target(response)]).toEqual([303, '/login?next=%2Fdashboard'])
    expect((await go('/dashboard', '', { method: 'HEAD' })).status).toBe(307)
  })
  test('a Server Action by script: that goes to the sign-in page itself', async () => {
    expect(target(await go('/dashboard', '', { method: 'POST', headers: { 'next-action': 'id' } }))).toBeNull()
  })
})

describe('a fresh token', () => {
  test('passes without a question, and the page learns its path', async () => {
    const response = await go('/dashboard?a', cookiesOf(600), {
      headers: { 'x-warder-path': '//evil.example', 'x-warder-state': 'unknown' },
    })
    expect(target(response)).toBeNull()
    expect([forPage(response, 'x-warder-path'), forPage(response, 'x-warder-state')]).toEqual(['/dashboard?a', 'signed-in'])
    expect(response.headers.getSetCookie()).toEqual([])
    expect(warder.seen).toHaveLength(0)
  })
})

describe('a token about to end', () => {
  test.each([
    ['expired', expiredCookies],
    ['soon', () => cookiesOf(20)],
  ])('%s: refreshed for this page and for the browser', async (_, cookies) => {
    warder.answer = renew
    const response = await go('/dashboard', cookies())
    expect(target(response)).toBeNull()
    for (const part of [
      'theme=dark',
      '__Host-warder_access=new-access',
      '__Host-warder_refresh=new-refresh',
      '__Host-warder_csrf=new-csrf',
    ])
      expect(forPage(response, 'cookie')).toContain(part)
    expect(response.headers.getSetCookie()).toEqual(NEW_COOKIES)
    expect(response.headers.get('cache-control')).toBe('private, no-store')
  })
  test('a proxy of the app’s own goes on with the refreshed request', async () => {
    warder.answer = renew
    const request = new NextRequest('http://localhost:3000/dashboard', { headers: { cookie: expiredCookies() } })
    const answer = await proxy(request)
    const mine = NextResponse.rewrite('http://localhost:3000/en/dashboard', { request }) // as the README's recipe has it
    answer.headers.forEach((value, name) => {
      if (!name.startsWith('x-middleware-')) mine.headers.append(name, value)
    })
    expect(forPage(mine, 'cookie')).toContain('__Host-warder_access=new-access')
    expect([mine.headers.getSetCookie(), mine.headers.get('cache-control'), mine.headers.has('x-middleware-next')]).toEqual([
      NEW_COOKIES,
      'private, no-store',
      false,
    ])
  })
  test('of an ended session: to the form, cookies cleared', async () => {
    warder.answer = end
    const response = await go('/dashboard', expiredCookies())
    expect(target(response)).toBe('/login?next=%2Fdashboard')
    expect(response.headers.getSetCookie()).toEqual(CLEARED_COOKIES)
  })
  test.each([429, 500, 503, 0])('while Warder says %i: the page decides, the cookies stay', async (status) => {
    if (status) warder.answer = () => ({ status })
    else process.env.WARDER_URL = NOBODY
    const response = await go('/dashboard', expiredCookies())
    expect([target(response), response.headers.getSetCookie(), forPage(response, 'x-warder-state')]).toEqual([null, [], 'unknown'])
  })
})

describe('a page for guests only', () => {
  test.each([
    ['/login', '/dashboard'],
    ['/login?next=%2Faccount%3Fa', '/account?a'],
    ['/login?next=%2F%2Fevil.example', '/dashboard'],
    ['/login?next=%2Flogin', '/dashboard'],
    ['/login?next=%2Flogin%3Fnext%3D%2Fx', '/dashboard'],
  ])('%s sends who is signed in to %s', async (path, to) => {
    warder.answer = () => ({ body: { id: 'x' } })
    expect(target(await go(path, cookiesOf(600)))).toBe(to)
    expect(warder.asked('/me')).toHaveLength(1)
  })
  test('does not believe the token of an ended session', async () => {
    warder.answer = end
    const response = await go('/login?next=%2Fdashboard', cookiesOf(600))
    expect(target(response)).toBeNull()
    expect(response.headers.getSetCookie()).toEqual(CLEARED_COOKIES)
    expect(forPage(response, 'cookie')).toBe('theme=dark')
  })
  test.each([429, 500, 0])('is shown while Warder says %i', async (status) => {
    if (status) warder.answer = () => ({ status })
    else process.env.WARDER_URL = NOBODY
    const response = await go('/login', cookiesOf(600))
    expect([target(response), response.headers.getSetCookie()]).toEqual([null, []])
  })
  test('takes a form from anybody', async () => {
    const response = await go('/login', cookiesOf(600), { method: 'POST' })
    expect(target(response)).toBeNull()
    expect(warder.seen).toHaveLength(0)
  })
})
