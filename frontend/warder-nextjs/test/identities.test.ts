import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { mails } from '../src/browser-mails.js'
import { getProviders, identities } from '../src/identities.js'
import { providerPath } from '../src/provider-path.js'

let calls: [string, string, unknown][]
let answers: Record<string, { status?: number; body?: unknown }>
let gone: string[]

beforeEach(() => {
  ;[calls, answers, gone] = [[], {}, []]
  const here = new URL('http://localhost:3000/account?tab=factors')
  const { pathname, search, href, origin } = here
  vi.stubGlobal('location', { pathname, search, href, origin, assign: (to: string) => gone.push(to) })
  vi.stubGlobal('document', { cookie: '__Host-warder_csrf=csrf' })
  const RealRequest = Request
  vi.stubGlobal(
    'Request',
    class extends RealRequest {
      constructor(input: RequestInfo, init?: RequestInit) {
        super(typeof input === 'string' ? new URL(input, href) : input, init)
      }
    },
  )
  vi.stubGlobal('fetch', async (input: RequestInfo, init?: RequestInit) => {
    const request = new Request(input, init)
    const path = new URL(request.url).pathname.replace('/api/auth', '')
    const text = await request.text()
    calls.push([request.method, path, text && JSON.parse(text)])
    const { status = 200, body = {} } = answers[path] ?? {}
    return new Response(status === 204 ? null : body === null ? '' : JSON.stringify(body), { status })
  })
})
afterEach(() => vi.unstubAllGlobals())

describe('providerPath', () => {
  test.each([
    ['google', undefined, '/api/auth/oauth/google'],
    ['google', { next: '/team?a=b' }, '/api/auth/oauth/google?next=%2Fteam%3Fa%3Db'],
    ['google', { next: undefined, link: true }, '/api/auth/oauth/google?link=1'],
    ['../x', {}, '/api/auth/oauth/..%2Fx'],
  ])('%s %j', (name, options, path) => expect(providerPath(name, options)).toBe(path))
})

test('a script asks where else one may sign in', async () => {
  answers = { '/oauth/providers': { body: { providers: [{ name: 'google', label: 'Google' }] } } }
  expect(await getProviders()).toEqual([{ name: 'google', label: 'Google' }])
  answers = { '/oauth/providers': { status: 503 } }
  await expect(getProviders()).rejects.toMatchObject({ status: 503 })
})

describe('identities', () => {
  test('are listed and removed', async () => {
    answers = { '/me/identities': { body: { identities: [{ id: 'i' }] } }, '/me/identities/a%2Fb': { status: 204 } }
    expect(await identities.get()).toEqual([{ id: 'i' }])
    expect(await identities.remove('a/b')).toBeUndefined()
    expect(calls.map(([method, path]) => [method, path])).toEqual([
      ['GET', '/me/identities'],
      ['DELETE', '/me/identities/a%2Fb'],
    ])
  })
  test('are connected by going there, and back to this page', async () => {
    answers = { '/oauth/start/google': { body: { authorization_url: 'https://idp.example/authorize' } } }
    await identities.link('google')
    expect(calls).toEqual([
      [
        'POST',
        '/oauth/start/google',
        { callback: 'http://localhost:3000/api/auth/oauth/google/callback', redirect_to: '/account?tab=factors', link: true },
      ],
    ])
    expect(gone).toEqual(['https://idp.example/authorize'])
    await identities.link('google', '//evil.example')
    expect((calls[1]![2] as { redirect_to: string }).redirect_to).toBe('/')
  })
  test('a refusal goes nowhere', async () => {
    answers = { '/oauth/start/google': { status: 403, body: { code: 'reauthentication_required', methods: ['password'] } } }
    await expect(identities.link('google')).rejects.toMatchObject({ code: 'reauthentication_required' })
    expect(gone).toEqual([])
  })
})

test('mails of /client', async () => {
  answers = { '/forgot-password': { status: 202, body: null }, '/verify': { status: 400, body: { code: 'invalid_link', detail: 'x' } } }
  expect(await mails.forgotPassword('ann@example.com')).toBeUndefined()
  await expect(mails.verifyEmail('t')).rejects.toMatchObject({ code: 'invalid_link' })
  expect(calls).toEqual([
    ['POST', '/forgot-password', { email: 'ann@example.com' }],
    ['POST', '/verify', { token: 't' }],
  ])
})
