import { NextRequest } from 'next/server'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { warderHandlers } from '../src/handlers.js'
import { warderProxy } from '../src/proxy.js'
import { fakeUser, startFakeWarder } from '../src/testing.js'

const next = vi.hoisted(() => ({ cookie: '', jar: new Map<string, string>() }))
vi.mock('next/headers.js', () => ({
  cookies: async () => ({
    toString: () => [...next.jar].map((pair) => pair.join('=')).join('; '),
    set: (name: string, value: string, { maxAge }: { maxAge?: number }) => {
      if (maxAge === 0) next.jar.delete(name)
      else next.jar.set(name, value)
    },
  }),
  headers: async () => new Headers(),
}))
const { getProviders, getUser, signIn, signInMfa, signOut, signUp, warderFetch } = await import('../src/server.js')

let warder: Awaited<ReturnType<typeof startFakeWarder>>
beforeEach(async () => {
  next.jar.clear()
  warder = await startFakeWarder([{ email: 'ann@example.com', password: 'correct horse', name: 'Ann', roles: ['admin'] }])
})
afterEach(async () => {
  await warder.stop()
})

describe('the fake Warder', () => {
  test('knows its people, and takes new ones', async () => {
    expect(await signIn({ email: 'Ann@example.com', password: 'correct horse' })).toMatchObject({
      email: 'ann@example.com',
      roles: ['admin'],
    })
    expect(await getUser()).toMatchObject({ name: 'Ann' })
    expect(await warderFetch('/me', { method: 'PATCH', body: { name: 'Anna' } })).toMatchObject({ name: 'Anna' })
    await signOut()
    expect([await getUser(), [...next.jar]]).toEqual([null, []])
    expect(await signUp({ email: 'bob@example.com', password: 'x' })).toMatchObject({ email: 'bob@example.com', roles: [], name: '' })
    expect((await getUser())?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
  })
  test('knows no other service', async () => expect(await getProviders()).toEqual([]))
  test('refuses as Warder does', async () => {
    await expect(signIn({ email: 'ann@example.com', password: 'wrong' })).rejects.toMatchObject({ code: 'invalid_credentials' })
    await expect(signUp({ email: 'ann@example.com', password: 'x' })).rejects.toMatchObject({ code: 'email_taken' })
    await expect(warderFetch('/nothing')).rejects.toMatchObject({ status: 404 })
  })
  test('gives a browser test its cookies, which the proxy believes', async () => {
    const proxy = warderProxy({ protect: ['/team'] })
    const go = async (cookie: string) =>
      (await proxy(new NextRequest('http://localhost:3000/team', { headers: { cookie } }))).headers.get('location')
    expect([await go(warder.cookiesOf('ann@example.com')), await go('')]).toEqual([null, 'http://localhost:3000/login?next=%2Fteam'])
    expect(() => warder.cookiesOf('eve@example.com')).toThrow('no such account')
  })
  test('answers the handlers’ /session', async () => {
    const { GET } = warderHandlers()
    const ask = async (path: string, method: typeof GET, cookie: string) =>
      await method(
        new Request('http://localhost:3000/api/auth/' + path, { method: method === GET ? 'GET' : 'POST', headers: { cookie } }),
        { params: Promise.resolve({ warder: [path] }) },
      )
    expect(await (await ask('session', GET, warder.cookiesOf('ann@example.com'))).json()).toMatchObject({ authenticated: true })
    expect(await (await ask('session', GET, '')).json()).toEqual({ authenticated: false, refreshable: false })
  })
  test('asks for a second step whom it knows with one', async () => {
    const other = await startFakeWarder([{ email: 'eve@example.com', password: 'x', code: '123456', recoveryCodes: ['k4f7h-2m9xq'] }])
    const enter = (proof: Parameters<typeof signInMfa>[0]) => signInMfa(proof).catch((error: Error) => error)
    const login = () => signIn({ email: 'eve@example.com', password: 'x' }).catch((error: Error) => error)
    expect(await login()).toMatchObject({ code: 'mfa_required', details: { methods: ['totp', 'recovery_code'] } })
    expect(await getUser()).toBeNull()
    expect(await enter({ code: '654321' })).toMatchObject({ fields: { code: 'This code is wrong' } })
    expect(await enter({ code: '123456' })).toMatchObject({ email: 'eve@example.com', mfa_enabled: true })
    expect(await enter({ code: '123456' })).toMatchObject({ code: 'sign_in_ended' })
    await login()
    expect(await enter({ recovery_code: 'k4f7h-2m9xq' })).toMatchObject({ email: 'eve@example.com' })
    expect(await login()).toMatchObject({ details: { methods: ['totp'] } })
    expect(await enter({ recovery_code: 'k4f7h-2m9xq' })).toMatchObject({ fields: { recovery_code: 'This code is wrong' } })
    await other.stop()
  })
  test('puts WARDER_URL back', async () => {
    const other = await startFakeWarder()
    await other.stop()
    expect(process.env.WARDER_URL).toBe(warder.url)
  })
})

test('fakeUser is one with what the test says of it', () =>
  expect(fakeUser({ roles: ['admin'] })).toMatchObject({ email: 'ann@example.com', roles: ['admin'] }))
