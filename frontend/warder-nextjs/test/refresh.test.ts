import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { isFresh } from '../src/access-token.js'
import { refreshOnce } from '../src/refresh.js'
import { accessToken, CLEARED_COOKIES, expiredCookies, NEW_COOKIES, NOBODY, WarderDouble } from './support/warder.js'

let warder: WarderDouble
beforeEach(async () => {
  warder = new WarderDouble()
  await warder.start()
})
afterEach(() => {
  warder.stop()
  vi.useRealTimers()
})

const renew = () => ({ status: 200, headers: { 'set-cookie': NEW_COOKIES }, body: { expires_in: 900 } })

test('ten at once are one, and all get its cookies', async () => {
  warder.answer = renew
  const cookie = expiredCookies()
  const all = await Promise.all(Array.from({ length: 10 }, () => refreshOnce(cookie, { 'user-agent': 'Test' })))
  expect(all).toEqual(Array(10).fill({ result: 'renewed', setCookies: NEW_COOKIES }))
  expect(warder.seen).toHaveLength(1)
  expect(warder.seen[0]).toMatchObject({
    method: 'POST',
    path: '/refresh',
    body: '{"token_delivery":"cookie"}',
    headers: { 'user-agent': 'Test', cookie: cookie.replace('theme=dark; ', '') },
  })
})

test('who comes within ten seconds with the old token shares it, later nobody', async () => {
  warder.answer = renew
  const cookie = expiredCookies()
  vi.useFakeTimers({ toFake: ['Date'] })
  await refreshOnce(cookie, {})
  vi.setSystemTime(Date.now() + 9_999)
  await refreshOnce(cookie, {})
  expect(warder.seen).toHaveLength(1)
  vi.setSystemTime(Date.now() + 2)
  await refreshOnce(cookie, {})
  expect(warder.seen).toHaveLength(2)
})

test('a clock that is ahead of Warder’s refreshes once, not on every page load', async () => {
  const issued = accessToken(900)
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 })
  expect(isFresh(issued)).toBe(false)
  warder.answer = () => ({ headers: { 'set-cookie': NEW_COOKIES.map((line) => line.replace('new-access', issued)) }, body: {} })
  await refreshOnce(expiredCookies(), {})
  expect(isFresh(issued)).toBe(true)
  vi.useRealTimers()
  await refreshOnce(expiredCookies(), {})
  expect(isFresh(issued)).toBe(true)
})

test('other sessions do not share', async () => {
  warder.answer = renew
  await Promise.all([refreshOnce(expiredCookies(), {}), refreshOnce(expiredCookies(), {})])
  expect(warder.seen).toHaveLength(2)
})

describe.each([
  ['a definite 401 ends it', { status: 401, headers: { 'set-cookie': CLEARED_COOKIES } }, { result: 'ended', setCookies: CLEARED_COOKIES }],
  ['a limit says nothing', { status: 429, headers: { 'set-cookie': CLEARED_COOKIES } }, { result: 'unknown', setCookies: [] }],
  ['a fault says nothing', { status: 500 }, { result: 'unknown', setCookies: [] }],
  ['a refusal of the origin says nothing', { status: 403 }, { result: 'unknown', setCookies: [] }],
])('%s', (_, answer, outcome) => {
  test('and is not shared once it is told', async () => {
    warder.answer = () => answer
    const cookie = expiredCookies()
    expect(await refreshOnce(cookie, {})).toEqual(outcome)
    expect(await refreshOnce(cookie, {})).toEqual(outcome)
    expect(warder.seen).toHaveLength(2)
  })
})

test('a lost answer is asked for again', async () => {
  warder.answer = () => (warder.seen.length === 1 ? { lost: true } : renew())
  expect((await refreshOnce(expiredCookies(), {})).result).toBe('renewed')
  expect(warder.seen).toHaveLength(2)
})

test('nobody there: unknown', async () => {
  process.env.WARDER_URL = NOBODY
  expect(await refreshOnce(expiredCookies(), {})).toEqual({ result: 'unknown', setCookies: [] })
})

test('without a refresh token nobody is asked', async () => {
  expect(await refreshOnce('theme=dark', {})).toEqual({ result: 'ended', setCookies: [] })
  expect(warder.seen).toHaveLength(0)
})
