import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { FormState } from '../src/form-state.js'
import { NextDouble } from './support/next.js'
import { cookiesOf, NEW_COOKIES, WarderDouble, type Answer } from './support/warder.js'

const next = vi.hoisted(() => ({ double: undefined as unknown as NextDouble }))
vi.mock('next/headers.js', () => ({ cookies: async () => next.double.cookies(), headers: async () => new Headers(next.double.headers) }))
vi.mock('next/navigation', () => ({
  redirect: (to: string) => {
    throw new Error('redirect ' + to)
  },
}))
vi.mock('next/cache', () => ({ revalidatePath: (path: string) => next.double.revalidated.push(path) }))

const { confirmFirst, getUser, signIn, signInMfa } = await import('../src/server.js')
const actions = await import('../src/actions.js')
const { WarderError } = await import('../src/error.js')

let warder: WarderDouble
beforeEach(async () => {
  next.double = new NextDouble()
  warder = new WarderDouble()
  await warder.start()
})
afterEach(() => warder.stop())

const formOf = (fields: Record<string, string>) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form
}
const TICKET = '__Host-warder_mfa=ticket; Path=/; Max-Age=300; SameSite=Lax; Secure; HttpOnly'
const refusal = (status: number, code: string, more: object = {}): Answer => ({ status, body: { detail: 'x', code, ...more } })
const wrong = (name: string): Answer => ({
  status: 422,
  body: { code: 'invalid_input', detail: [{ type: 'value_error', loc: ['body', name], msg: '', ctx: { reason: 'this code is wrong' } }] },
})
const asks = (more: object = { methods: ['totp', 'recovery_code'] }): Answer => ({
  ...refusal(403, 'mfa_required', { expires_in: 300, ...more }),
  headers: { 'set-cookie': TICKET },
})
const entered = (more: object = {}): Answer => ({
  headers: { 'set-cookie': [...NEW_COOKIES, TICKET.replace('ticket', '').replace('300', '0')] },
  body: { user: { id: 'ann' }, expires_in: 900, ...more },
})
const SETUP = { id: 'f', secret: 'JBSW', uri: 'otpauth://x', qr_svg: '<svg/>', expires_in: 900 }
/** What was sent to a path, but how tokens are to come. */
const sent = (path: string) =>
  warder.asked(path).map(({ body }) => {
    const { token_delivery: _, ...rest } = JSON.parse(body || '{}')
    return rest
  })
const typed = { email: 'ann@example.com', password: 's3cret' }

describe('login, where a second step is asked for', () => {
  const MFA = { methods: ['totp', 'recovery_code'], enrol: false, use: 'totp' }
  const first = async (): Promise<FormState> => {
    warder.answer = () => asks()
    return actions.login(undefined, formOf(typed))
  }

  test('says by what, keeps the ticket in its cookie, and has words for a form that knows no second step', async () => {
    expect(await first()).toEqual({
      mfa: MFA,
      code: 'mfa_required',
      message: 'A second step is needed to sign in.',
      fields: {},
      values: { email: 'ann@example.com' },
    })
    expect(next.double.set).toEqual([
      ['__Host-warder_mfa', 'ticket', { maxAge: 300, httpOnly: true, secure: true, path: '/', sameSite: 'lax' }],
    ])
  })
  test('a ticket alone is nobody', async () => {
    await first()
    warder.seen.length = 0
    expect(await getUser()).toBeNull()
    expect(warder.seen).toHaveLength(0)
  })
  test.each([
    [{ code: '123 456' }, { code: '123 456' }],
    [
      { code: '123456', remember_device: 'on' },
      { code: '123456', remember_device: true },
    ],
    [{ recovery_code: 'k4f7h-2m9xq' }, { recovery_code: 'k4f7h-2m9xq' }],
  ])('the same action takes %j, and goes on', async (fields, proof) => {
    const state = await first()
    warder.answer = () => entered()
    next.double.headers = { 'x-warder-path': '/login?next=%2Fteam' }
    await expect(actions.login(state, formOf(fields))).rejects.toThrow(new Error('redirect /team'))
    expect(sent('/login/mfa')).toEqual([proof])
    expect(JSON.parse(warder.asked('/login/mfa')[0]!.body).token_delivery).toBe('cookie')
    expect(warder.asked('/login/mfa')[0]!.headers.cookie).toContain('__Host-warder_mfa=ticket')
    expect(next.double.cookie).not.toContain('_mfa=')
    expect(next.double.cookie).toContain('__Host-warder_access=new-access')
  })
  test.each(['code', 'recovery_code'])('a wrong %s stands at its field, and the step stays', async (name) => {
    const state = await first()
    warder.answer = () => wrong(name)
    expect(await actions.login(state, formOf({ [name]: '111111' }))).toEqual({
      mfa: MFA,
      message: 'Please check the marked fields.',
      code: 'invalid_input',
      fields: { [name]: 'This code is wrong' },
      values: { email: 'ann@example.com' },
    })
  })
  test('too many tries: how long to wait, and the step stays', async () => {
    const state = await first()
    warder.answer = () => ({ ...refusal(429, 'limit_reached'), headers: { 'retry-after': '9' } })
    expect(await actions.loginMfa(state, formOf({ code: '1' }))).toMatchObject({ mfa: MFA, retryAfter: 9 })
  })
  test.each(['invalid_token', 'not_authenticated'])('a ticket that is none any more (%s) begins anew', async (code) => {
    const state = await first()
    warder.answer = () => refusal(401, code)
    expect(await actions.login(state, formOf({ code: '1' }))).toEqual({
      message: 'This sign-in was not finished in time. Please start again.',
      code: 'sign_in_ended',
      fields: {},
      values: { email: 'ann@example.com' },
    })
  })
  test('what the form asks for is changed without a word to Warder', async () => {
    const state = await first()
    warder.seen.length = 0
    const other = await actions.login(state, formOf({ use: 'recovery_code' }))
    expect(other).toEqual({ mfa: { ...MFA, use: 'recovery_code' }, values: { email: 'ann@example.com' } })
    expect(await actions.login(other, formOf({ use: 'totp' }))).toMatchObject({ mfa: MFA })
    expect(await actions.login(other, formOf({ use: 'password' }))).toEqual({ values: { email: 'ann@example.com' } })
    expect(warder.seen).toHaveLength(0)
  })
  test('only recovery codes are left: they are asked for', async () => {
    warder.answer = () => asks({ methods: ['recovery_code'] })
    expect((await actions.login(undefined, formOf(typed)))?.mfa?.use).toBe('recovery_code')
  })
  test('a password is a new sign-in, whatever the state says', async () => {
    const state = await first()
    await actions.login(state, formOf(typed))
    expect(sent('/login')).toHaveLength(2)
  })
  test('Warder’s cookie has another name than this app looks for: said, not asked in circles', async () => {
    warder.answer = () => ({ ...asks(), headers: { 'set-cookie': TICKET.replace('warder', 'shop') } })
    expect((await actions.login(undefined, formOf(typed)))?.message).toContain(
      "Warder's cookie is called __Host-shop_mfa, this app looks for __Host-warder_mfa. Set WARDER_COOKIE_PREFIX=shop here",
    )
  })
})

describe('login, where a factor must be added', () => {
  const enrol = async (): Promise<FormState> => {
    warder.answer = ({ path }) => (path === '/login' ? asks({ methods: [], enrol: true }) : { status: 201, body: SETUP })
    return actions.login(undefined, formOf(typed))
  }
  test('gives what the app must be told, then the codes, then where to go on', async () => {
    const state = await enrol()
    expect(state).toMatchObject({ mfa: { methods: [], enrol: true }, totp: SETUP })
    warder.answer = () => wrong('code')
    const again = await actions.login(state, formOf({ code: '1' }))
    expect(again).toMatchObject({ totp: SETUP, fields: { code: 'This code is wrong' } })
    warder.answer = () => entered({ recovery_codes: ['a', 'b'] })
    next.double.headers = { 'x-warder-home': '/home' }
    expect(await actions.login(again, formOf({ code: '123456' }))).toEqual({
      done: true,
      recoveryCodes: ['a', 'b'],
      next: '/home',
      values: { email: 'ann@example.com' },
    })
    expect(sent('/login/mfa/totp/confirm')).toEqual([
      { id: 'f', code: '1' },
      { id: 'f', code: '123456' },
    ])
    expect(next.double.cookie).toContain('__Host-warder_access=new-access')
  })
  test('without codes it goes on at once', async () => {
    const state = await enrol()
    warder.answer = () => entered()
    await expect(actions.login(state, formOf({ code: '123456' }))).rejects.toThrow('redirect /')
  })
  test('at registration, too', async () => {
    warder.answer = ({ path }) => (path === '/register' ? asks({ methods: [], enrol: true }) : { status: 201, body: SETUP })
    const state = await actions.register(undefined, formOf({ ...typed, name: 'Ann' }))
    expect(state).toMatchObject({ mfa: { enrol: true }, totp: SETUP })
    warder.answer = () => entered({ recovery_codes: ['a'] })
    expect(await actions.register(state, formOf({ code: '1' }))).toMatchObject({ recoveryCodes: ['a'], next: '/' })
  })
  test('a ticket that ended meanwhile begins anew', async () => {
    warder.answer = ({ path }) => (path === '/login' ? asks({ methods: [], enrol: true }) : refusal(401, 'invalid_token'))
    expect(await actions.login(undefined, formOf(typed))).toMatchObject({ code: 'sign_in_ended', values: { email: 'ann@example.com' } })
  })
})

test('an action of one’s own: signIn says what is missing, signInMfa gives the user', async () => {
  warder.answer = () => asks()
  await expect(signIn(typed)).rejects.toMatchObject({
    status: 403,
    code: 'mfa_required',
    details: { methods: ['totp', 'recovery_code'], expires_in: 300 },
  })
  warder.answer = () => entered({ recovery_codes_left: 3 })
  expect(await signInMfa({ recovery_code: 'x' })).toEqual({ id: 'ann' })
  warder.answer = () => refusal(401, 'invalid_token')
  await expect(signInMfa({ code: '1' })).rejects.toMatchObject({ status: 401, code: 'sign_in_ended' })
})

describe('the account’s actions', () => {
  const ME = { body: { id: 'ann' } }
  const answering = (answer: Answer) => {
    Object.assign(next.double, { cookie: cookiesOf(600), headers: { 'x-warder-path': '/account?a=b' } })
    warder.answer = ({ path }) => (path === '/me' ? ME : answer)
  }
  const asked = () => warder.seen.filter(({ path }) => path !== '/me').map(({ method, path, body }) => [method, path, body])
  const done = (code: string, message: string) => ({ done: true, code, message })

  test.each([
    [actions.removeTotp, { id: 'f/1' }, ['DELETE', '/me/mfa/totp/f%2F1', ''], done('totp_removed', 'The authenticator app is removed.')],
    [
      actions.forgetDevices,
      {},
      ['DELETE', '/me/mfa/devices', ''],
      done('devices_forgotten', 'Every browser is asked for the second step again.'),
    ],
    [
      actions.renamePasskey,
      { id: 'p', name: 'Key' },
      ['PATCH', '/me/passkeys/p', '{"name":"Key"}'],
      done('passkey_renamed', 'The passkey has its new name.'),
    ],
    [actions.removePasskey, { id: 'p' }, ['DELETE', '/me/passkeys/p', ''], done('passkey_removed', 'The passkey is removed.')],
  ] as const)('%o', async (action, fields, request, said) => {
    answering({ status: 204 })
    expect(await action(undefined, formOf(fields))).toEqual(said)
    expect(asked()).toEqual([request])
    expect(next.double.revalidated).toEqual(['/account'])
  })
  test('an id that leads elsewhere is no path', async () => {
    answering({ status: 204 })
    await expect(actions.removeTotp(undefined, formOf({ id: '..' }))).rejects.toThrow('no path of Warder')
    expect(asked()).toEqual([])
  })
  test('new recovery codes are in the state, once', async () => {
    answering({ body: { recovery_codes: ['a', 'b'] } })
    expect(await actions.renewRecoveryCodes(undefined, formOf({}))).toMatchObject({ done: true, recoveryCodes: ['a', 'b'] })
  })
  test('an authenticator app: what it must be told, a wrong code, the right one', async () => {
    answering({ status: 201, body: SETUP })
    const state = await actions.addTotp(undefined, formOf({ name: 'Phone' }))
    expect(state).toEqual({ totp: SETUP })
    answering(wrong('code'))
    const again = await actions.addTotp(state, formOf({ code: '1' }))
    expect(again).toMatchObject({ totp: SETUP, fields: { code: 'This code is wrong' } })
    answering({ body: { recovery_codes: ['a'] } })
    expect(await actions.addTotp(again, formOf({ code: '123456' }))).toEqual({
      ...done('totp_added', 'The authenticator app is added.'),
      recoveryCodes: ['a'],
    })
    expect(asked()).toEqual([
      ['POST', '/me/mfa/totp', '{"name":"Phone"}'],
      ['POST', '/me/mfa/totp/confirm', '{"id":"f","code":"1"}'],
      ['POST', '/me/mfa/totp/confirm', '{"id":"f","code":"123456"}'],
    ])
  })
  test('a further app brings no codes', async () => {
    answering({ body: {} })
    expect(await actions.addTotp({ totp: SETUP }, formOf({ code: '1' }))).not.toHaveProperty('recoveryCodes')
  })
  test('the last way in stays, in words', async () => {
    answering(refusal(409, 'last_sign_in_method'))
    expect(await actions.removePasskey(undefined, formOf({ id: 'p' }))).toMatchObject({
      message: 'This is the only way left to sign in. Add another one first.',
    })
    expect(next.double.revalidated).toEqual([])
  })
  test('a guest goes to sign in', async () => {
    next.double.headers = { 'x-warder-path': '/account' }
    for (const action of [actions.removeTotp, actions.addTotp, actions.reauthenticate])
      await expect(action(undefined, formOf({}))).rejects.toThrow('redirect /login?next=%2Faccount')
  })

  describe('where a fresh proof is wanted', () => {
    const stale = () => answering(refusal(403, 'reauthentication_required', { methods: ['password', 'totp'] }))
    const page = '/confirm?next=%2Faccount%3Fa%3Db&methods=password%2Ctotp'
    test('they lead to the page that asks for it', async () => {
      stale()
      await expect(actions.removeTotp(undefined, formOf({ id: 'f' }))).rejects.toThrow(new Error('redirect ' + page))
    })
    test('to that of the proxy, which is of this site', async () => {
      stale()
      next.double.headers['x-warder-confirm'] = '/de/confirm'
      await expect(actions.removeTotp(undefined, formOf({ id: 'f' }))).rejects.toThrow(new Error('redirect /de' + page))
      next.double.headers['x-warder-confirm'] = '//evil.example'
      await expect(actions.removeTotp(undefined, formOf({ id: 'f' }))).rejects.toThrow(new Error('redirect ' + page))
    })
    test('and back to this site only', async () => {
      stale()
      next.double.headers = { referer: 'https://evil.example//evil.example/x' }
      await expect(actions.removeTotp(undefined, formOf({ id: 'f' }))).rejects.toThrow('redirect /confirm?next=%2F&')
    })
    test('a form that asks by itself is told', async () => {
      stale()
      expect(await actions.removeTotp(undefined, formOf({ id: 'f', 'warder-step-up': '1' }))).toMatchObject({
        code: 'reauthentication_required',
        message: 'Please confirm that it is you.',
        methods: ['password', 'totp'],
      })
    })
    test('an action of one’s own goes there, too, and nowhere for anything else', async () => {
      next.double.headers = { 'x-warder-path': '/team' }
      const error = new WarderError(403, 'x', 'reauthentication_required')
      await expect(confirmFirst(error)).rejects.toThrow(new Error('redirect /confirm?next=%2Fteam&methods='))
      for (const other of [new WarderError(403, 'x', 'csrf_failed'), new Error('x')]) expect(await confirmFirst(other)).toBeUndefined()
    })
    test.each([
      [{ password: 's3cret' }, { password: 's3cret' }],
      [{ code: '123 456' }, { code: '123 456' }],
    ])('%j is the proof, and it goes back', async (fields, proof) => {
      answering({ status: 204 })
      next.double.headers = { 'x-warder-path': page }
      await expect(actions.reauthenticate(undefined, formOf(fields))).rejects.toThrow(new Error('redirect /account?a=b'))
      expect(sent('/reauthenticate')).toEqual([proof])
      answering(wrong('password'))
      expect(await actions.reauthenticate(undefined, formOf(fields))).toMatchObject({ fields: { password: 'This code is wrong' } })
    })
  })
})
