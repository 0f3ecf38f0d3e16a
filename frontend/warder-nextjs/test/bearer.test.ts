import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createBearer } from '../src/bearer.js'
import { NOBODY, WarderDouble, type Answer, type Seen } from './support/warder.js'

let warder: WarderDouble
let sessions: { access: string; refresh: string }
beforeEach(async () => {
  warder = new WarderDouble()
  await warder.start()
  sessions = { access: 'a0', refresh: 'r0' }
  warder.answer = dialect
})
afterEach(() => warder.stop())

const pair = (status = 200): Answer => ({
  status,
  body: { access_token: sessions.access, refresh_token: sessions.refresh, token_type: 'bearer', expires_in: 900 },
})

/** Rotates as Warder does: a refresh makes the next pair, and only the newest tokens are good. */
function dialect({ path, headers, body }: Seen): Answer {
  if (path === '/login' || path === '/register') return pair(path === '/login' ? 200 : 201)
  if (path === '/refresh') {
    if (JSON.parse(body).refresh_token !== sessions.refresh) return { status: 401, body: { detail: 'Could not validate credentials' } }
    const next = Number(sessions.refresh.slice(1)) + 1
    sessions = { access: `a${next}`, refresh: `r${next}` }
    return pair()
  }
  if (path === '/logout') return { status: 204 }
  return headers.authorization === `Bearer ${sessions.access}`
    ? { body: { email: 'ann@example.com' } }
    : { status: 401, body: { detail: 'Could not validate credentials' } }
}

const KEY = () => `warder.refresh-token ${process.env.WARDER_URL}`
const storageOf = (token?: string) => {
  const kept = new Map(token ? [[KEY(), token]] : [])
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}
const open = (storage?: ReturnType<typeof storageOf>) => createBearer({ url: process.env.WARDER_URL + '/', ...(storage && { storage }) })
const ANN = { email: 'ann@example.com', password: 's' }

test.each(['login', 'register'] as const)('%s asks for tokens in the body, and keeps only the refresh token', async (how) => {
  const storage = storageOf()
  expect(await open(storage)[how](ANN)).toEqual({ email: 'ann@example.com' })
  expect(JSON.parse(warder.seen[0]!.body)).toEqual({ ...ANN, token_delivery: 'body' })
  expect([...storage.kept]).toEqual([[KEY(), 'r0']])
})

describe('an access token that ended', () => {
  test('eight calls refresh once', async () => {
    const bearer = open()
    await bearer.login(ANN)
    sessions.access = 'ended'
    warder.seen.length = 0
    const statuses = await Promise.all(Array.from({ length: 8 }, async () => (await bearer.authFetch('/me')).status))
    expect(statuses).toEqual(Array(8).fill(200))
    expect(warder.asked('/refresh')).toHaveLength(1)
  })
  test('a later visit goes on from the storage', async () => {
    const storage = storageOf('r0')
    expect(await open(storage).me()).toEqual({ email: 'ann@example.com' })
    expect([...storage.kept.values()]).toEqual(['r1'])
  })
  test('another tab rotated it: the newest is taken from the storage', async () => {
    const storage = storageOf('r0')
    const [one, two] = [open(storage), open(storage)]
    await one.me()
    await two.me()
    await one.me()
    expect([...storage.kept.values()]).toEqual(['r3'])
  })
})

describe('another tab, while a refresh is on its way', () => {
  const during = (what: (storage: ReturnType<typeof storageOf>) => void) => {
    const storage = storageOf('r0')
    warder.answer = (seen) => {
      if (seen.path === '/refresh' && warder.asked('/refresh').length === 1) what(storage)
      return dialect(seen)
    }
    return storage
  }
  test('signed out: nothing is written', async () => {
    const storage = during(({ kept }) => kept.clear())
    expect((await open(storage).authFetch('/me')).status).toBe(401)
    expect(storage.kept.size).toBe(0)
  })
  test('signed in anew: its token stays, and is used', async () => {
    const storage = during(({ kept }) => {
      kept.set(KEY(), 'r5')
      sessions = { access: 'a5', refresh: 'r5' }
    })
    expect((await open(storage).authFetch('/me')).status).toBe(200)
    expect([...storage.kept.values()]).toEqual(['r6'])
  })
  test('signed in, while this one signed out', async () => {
    const storage = storageOf('r0')
    warder.answer = (seen) => {
      storage.kept.set(KEY(), 'r5')
      return dialect(seen)
    }
    await open(storage).logout()
    expect([...storage.kept.values()]).toEqual(['r5'])
  })
})

describe('an answer that is not ok', () => {
  test('401 of a refresh forgets the session', async () => {
    const storage = storageOf('gone')
    await expect(open(storage).me()).rejects.toMatchObject({ status: 401 })
    expect(storage.kept.size).toBe(0)
  })
  test.each([429, 503, 0])('%i of a refresh does not', async (status) => {
    const storage = storageOf('r0')
    const bearer = open(storage)
    warder.answer = () => (status ? { status, body: {} } : { lost: true })
    await expect(bearer.me()).rejects.toMatchObject({ name: 'WarderError', status: status || 503 })
    await expect(bearer.authFetch('https://api.example.com/things')).rejects.toMatchObject({ name: 'WarderError', status: status || 503 })
    expect([...storage.kept.values()]).toEqual(['r0'])
    warder.answer = dialect
    expect(await bearer.me()).toEqual({ email: 'ann@example.com' })
  })
  test('a wrong password is said, and nothing is refreshed', async () => {
    warder.answer = () => ({ status: 401, body: { detail: 'Invalid credentials', code: 'invalid_credentials' } })
    await expect(open().login(ANN)).rejects.toMatchObject({ message: 'Email or password is wrong.', code: 'invalid_credentials' })
    expect(warder.seen).toHaveLength(1)
  })
})

describe('logout', () => {
  test('ends the session at Warder, then forgets it', async () => {
    const storage = storageOf()
    const bearer = open(storage)
    await bearer.login(ANN)
    await bearer.logout()
    expect(JSON.parse(warder.asked('/logout')[0]!.body)).toEqual({ refresh_token: 'r0' })
    expect(storage.kept.size).toBe(0)
    expect((await bearer.authFetch('/me')).status).toBe(401)
  })
  test('while Warder is away nothing is forgotten', async () => {
    process.env.WARDER_URL = NOBODY
    const storage = storageOf('r0')
    await expect(open(storage).logout()).rejects.toMatchObject({ status: 503 })
    expect(storage.kept.size).toBe(1)
  })
})

describe('a second step', () => {
  const asks: Answer = { status: 403, body: { detail: 'x', code: 'mfa_required', mfa_token: 'ticket', methods: ['totp'], expires_in: 300 } }
  test('is asked for, and taken with the ticket, which is not in the error', async () => {
    const storage = storageOf()
    const bearer = open(storage)
    let tries = 0
    warder.answer = (seen) =>
      seen.path === '/login' ? asks : seen.path !== '/login/mfa' ? dialect(seen) : tries++ ? pair() : { status: 422, body: { detail: [] } }
    const refused = await bearer.login(ANN).catch((error: Error) => error)
    expect(refused).toMatchObject({ code: 'mfa_required', details: { methods: ['totp'] } })
    expect(JSON.stringify({ ...refused })).not.toContain('ticket')
    expect(storage.kept.size).toBe(0)
    await expect(bearer.loginMfa({ code: '1' })).rejects.toMatchObject({ status: 422 })
    expect(await bearer.loginMfa({ code: '123456', remember_device: true })).toEqual({ email: 'ann@example.com' })
    expect(warder.asked('/login/mfa').map(({ body }) => JSON.parse(body))).toEqual([
      { code: '1', mfa_token: 'ticket', token_delivery: 'body' },
      { code: '123456', remember_device: true, mfa_token: 'ticket', token_delivery: 'body' },
    ])
  })
  test('that ended begins anew', async () => {
    const bearer = open()
    warder.answer = ({ path }) => (path === '/login' ? asks : { status: 401, body: { detail: 'x', code: 'invalid_token' } })
    await bearer.login(ANN).catch(() => {})
    for (const ticket of ['ticket', '']) {
      await expect(bearer.loginMfa({ code: '1' })).rejects.toMatchObject({ code: 'sign_in_ended' })
      expect(JSON.parse(warder.seen.at(-1)!.body).mfa_token).toBe(ticket)
    }
  })
})

describe('by mail', () => {
  const confirmed = (answer: Answer) => {
    warder.answer = (seen) =>
      seen.path === '/login/email'
        ? { status: 202, body: { login_token: 'kept', expires_in: 600 } }
        : seen.path === '/login/email/confirm'
          ? answer
          : dialect(seen)
  }
  const proofs = () => warder.asked('/login/email/confirm').map(({ body }) => JSON.parse(body))

  test('the digits go with what Warder gave whoever asked for them, a link goes alone', async () => {
    confirmed(pair())
    const bearer = open()
    await bearer.requestSignInMail('ann@example.com')
    expect(await bearer.loginByMail({ code: '123456' })).toEqual({ email: 'ann@example.com' })
    await open().loginByMail({ token: 't' })
    expect(proofs()).toEqual([
      { code: '123456', login_token: 'kept', token_delivery: 'body' },
      { token: 't', token_delivery: 'body' },
    ])
  })
  test('late digits begin anew, a late link is one', async () => {
    confirmed({ status: 400, body: { detail: 'x', code: 'invalid_link' } })
    await expect(open().loginByMail({ code: '1' })).rejects.toMatchObject({ code: 'sign_in_ended' })
    await expect(open().loginByMail({ token: 't' })).rejects.toMatchObject({ code: 'invalid_link' })
  })
  test('a registration that tells nothing', async () => {
    warder.answer = () => ({ status: 202, headers: { 'content-length': '0' } })
    await expect(open().register(ANN)).rejects.toMatchObject({ code: 'registration_mailed', status: 202 })
  })
  test('mails: as a guest, and as the user whose address changes', async () => {
    const bearer = open()
    await bearer.login(ANN)
    warder.answer = () => ({ status: 202, headers: { 'content-length': '0' } })
    expect(await bearer.mails.forgotPassword('ann@example.com')).toBeUndefined()
    await bearer.mails.changeEmail('new@example.com')
    expect(warder.seen.slice(-2).map(({ path, headers, body }) => [path, headers.authorization, JSON.parse(body)])).toEqual([
      ['/forgot-password', undefined, { email: 'ann@example.com' }],
      ['/me/email', 'Bearer a0', { email: 'new@example.com' }],
    ])
  })
})
