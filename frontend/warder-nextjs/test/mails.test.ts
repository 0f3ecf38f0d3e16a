import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { FormState } from '../src/form-state.js'
import { NextDouble } from './support/next.js'
import { cookiesOf, NEW_COOKIES, NOBODY, WarderDouble, type Answer } from './support/warder.js'

const next = vi.hoisted(() => ({ double: undefined as unknown as NextDouble }))
vi.mock('next/headers.js', () => ({ cookies: async () => next.double.cookies(), headers: async () => new Headers(next.double.headers) }))
vi.mock('next/navigation', () => ({
  redirect: (to: string) => {
    throw new Error('redirect ' + to)
  },
}))
vi.mock('next/cache', () => ({ revalidatePath: (path: string) => next.double.revalidated.push(path) }))

const { getProviders, mails, signInByMail, signUp } = await import('../src/server.js')
const actions = await import('../src/actions.js')
const { SENTENCES } = await import('../src/sentences.js')
const { signInState } = await import('../src/sign-in-state.js')

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
const refusal = (status: number, code: string, more: object = {}): Answer => ({ status, body: { detail: 'x', code, ...more } })
const fault = (name: string, reason: string): Answer => ({
  status: 422,
  body: { code: 'invalid_input', detail: [{ type: 'value_error', loc: ['body', name], msg: '', ctx: { reason } }] },
})
const nothing: Answer = { status: 202, headers: { 'content-length': '0' } }
const asked = () =>
  warder.seen.map(({ method, path, body }) => {
    const { token_delivery: _, ...rest } = JSON.parse(body || '{}')
    return [method, path, rest]
  })
const done = (code: keyof typeof SENTENCES, values: object = {}) => ({ done: true, code, message: SENTENCES[code], values })
const ANN = { email: 'ann@example.com' }

describe('a mail is asked for', () => {
  test.each([
    [actions.forgotPassword, '/forgot-password', 'reset_mailed'],
    [actions.requestVerification, '/request-verify-token', 'verification_mailed'],
  ] as const)('%o', async (action, path, code) => {
    warder.answer = () => nothing
    expect(await action(undefined, formOf(ANN))).toEqual(done(code, ANN))
    expect(asked()).toEqual([['POST', path, ANN]])
  })
  test('what is no address stands at its field', async () => {
    warder.answer = () => fault('email', 'an address needs an @')
    expect(await actions.forgotPassword(undefined, formOf({ email: 'ann' }))).toMatchObject({
      fields: { email: 'An address needs an @' },
      values: { email: 'ann' },
    })
  })
  test('where none is sent, that is said', async () => {
    warder.answer = () => refusal(404, 'not_configured')
    expect(await actions.forgotPassword(undefined, formOf(ANN))).toMatchObject({ code: 'mail_off', message: SENTENCES.mail_off })
  })
})

describe('the page of a link', () => {
  test.each([
    [actions.verifyEmail, '/verify', {}, { body: { id: 'ann' } }, 'email_verified'],
    [actions.resetPassword, '/reset-password', { password: 'p' }, { status: 204 }, 'password_reset'],
    [actions.confirmEmailChange, '/email-change/confirm', {}, { body: { changed: true } }, 'email_changed'],
    [actions.confirmEmailChange, '/email-change/confirm', {}, { body: { changed: false, waiting_for: 'old' } }, 'waiting_for_old'],
    [actions.confirmEmailChange, '/email-change/confirm', {}, { body: { changed: false, waiting_for: 'new' } }, 'waiting_for_new'],
    [actions.reportSignIn, '/sign-in-report', {}, { status: 204 }, 'sign_in_reported'],
  ] as const)('%o sends its token on: %s', async (action, path, more, answer, code) => {
    warder.answer = () => answer
    expect(await action(undefined, formOf({ token: 't-_1', ...more }))).toEqual(done(code))
    expect(asked()).toEqual([['POST', path, { token: 't-_1', ...more }]])
    expect(next.double.revalidated, 'a page that Next.js makes anew for everybody would hold the URL of whoever came first').toEqual([])
  })
  test('a link that is over is said', async () => {
    warder.answer = () => refusal(400, 'invalid_link')
    expect(await actions.verifyEmail(undefined, formOf({ token: 't' }))).toEqual({
      code: 'invalid_link',
      message: SENTENCES.invalid_link,
      fields: {},
      values: {},
    })
  })
  test('what is no token is one as well', async () => {
    warder.answer = () => fault('token', 'this is no token')
    expect(await actions.verifyEmail(undefined, formOf({}))).toMatchObject({ code: 'invalid_link' })
    expect(asked()[0]![2]).toEqual({ token: '' })
  })
  test('a password that is too easy stands at its field, and does not come back', async () => {
    warder.answer = () => fault('password', 'this password is too easy to guess')
    expect(await actions.resetPassword(undefined, formOf({ password: 's3cret' }))).toEqual({
      code: 'invalid_input',
      message: 'Please check the marked fields.',
      fields: { password: 'This password is too easy to guess' },
      values: {},
    })
  })
  test('Warder is away: the link stays good', async () => {
    process.env.WARDER_URL = NOBODY
    expect(await actions.verifyEmail(undefined, formOf({}))).toMatchObject({ code: 'unavailable' })
  })
})

describe('another address', () => {
  const signedIn = (answer: Answer) => {
    Object.assign(next.double, { cookie: cookiesOf(600), headers: { 'x-warder-path': '/account' } })
    warder.answer = ({ path }) => (path === '/me' ? { body: { id: 'ann' } } : answer)
  }
  test('mails to both', async () => {
    signedIn(nothing)
    expect(await actions.changeEmail(undefined, formOf({ email: 'new@example.com' }))).toEqual({
      done: true,
      code: 'email_change_mailed',
      message: SENTENCES.email_change_mailed,
    })
    expect(asked()).toContainEqual(['POST', '/me/email', { email: 'new@example.com' }])
  })
  test('wants a fresh proof', async () => {
    signedIn(refusal(403, 'reauthentication_required', { methods: ['password'] }))
    await expect(actions.changeEmail(undefined, formOf(ANN))).rejects.toThrow('redirect /confirm?next=%2Faccount&methods=password')
  })
  test('a guest goes to sign in', async () => expect(actions.changeEmail(undefined, formOf(ANN))).rejects.toThrow('redirect /login'))
  test('an identity is removed, or stays as the last way in', async () => {
    signedIn({ status: 204 })
    expect(await actions.removeIdentity(undefined, formOf({ id: 'i/1' }))).toEqual({
      done: true,
      code: 'identity_removed',
      message: SENTENCES.identity_removed,
    })
    expect(asked()).toContainEqual(['DELETE', '/me/identities/i%2F1', {}])
    signedIn(refusal(409, 'last_sign_in_method'))
    expect(await actions.removeIdentity(undefined, formOf({ id: 'i' }))).toMatchObject({ message: SENTENCES.last_sign_in_method })
  })
})

describe('sign-in by mail', () => {
  const TICKET = '__Host-warder_mfa=ticket; Path=/; Max-Age=600; SameSite=Lax; Secure; HttpOnly'
  const entered: Answer = { headers: { 'set-cookie': NEW_COOKIES }, body: { user: { id: 'ann' }, expires_in: 900 } }
  const mfa: Answer = {
    ...refusal(403, 'mfa_required', { methods: ['totp'], expires_in: 300 }),
    headers: { 'set-cookie': TICKET.replace('ticket', 'other') },
  }
  const first = async (): Promise<FormState> => {
    warder.answer = () => ({ status: 202, headers: { 'set-cookie': TICKET }, body: { expires_in: 600 } })
    return actions.loginByMail(undefined, formOf(ANN))
  }
  const mailed = { mailed: true, values: ANN }

  test('the browser that asked keeps the ticket in its cookie, and the form asks for the digits', async () => {
    expect(await first()).toEqual({ ...mailed, code: 'code_mailed', message: SENTENCES.code_mailed })
    expect(JSON.parse(warder.asked('/login/email')[0]!.body)).toEqual({ ...ANN, token_delivery: 'cookie' })
    expect(next.double.cookie).toBe('__Host-warder_mfa=ticket')
  })
  test('the digits go on', async () => {
    const state = await first()
    warder.answer = () => entered
    next.double.headers = { 'x-warder-path': '/login/email?next=%2Fteam' }
    await expect(actions.loginByMail(state, formOf({ code: '123 456' }))).rejects.toThrow(new Error('redirect /team'))
    expect(asked().at(-1)).toEqual(['POST', '/login/email/confirm', { code: '123 456' }])
    expect(warder.seen.at(-1)!.headers.cookie).toContain('__Host-warder_mfa=ticket')
    expect(next.double.cookie).toContain('__Host-warder_access=new-access')
  })
  test('wrong ones stand at their field', async () => {
    const state = await first()
    warder.answer = () => fault('code', 'this code is wrong')
    expect(await actions.loginByMail(state, formOf({ code: '1' }))).toEqual({
      ...mailed,
      code: 'invalid_input',
      message: 'Please check the marked fields.',
      fields: { code: 'This code is wrong' },
    })
  })
  test.each([
    [400, 'invalid_link'],
    [401, 'invalid_token'],
  ])('late ones begin anew (%i %s)', async (status, code) => {
    const state = await first()
    warder.answer = () => refusal(status, code)
    expect(await actions.loginByMail(state, formOf({ code: '1' }))).toEqual({
      code: 'sign_in_ended',
      message: SENTENCES.sign_in_ended,
      fields: {},
      values: ANN,
    })
  })
  test('a second step follows, in the same form', async () => {
    const state = await first()
    warder.answer = () => mfa
    const second = await actions.loginByMail(state, formOf({ code: '123456' }))
    expect(second).toMatchObject({ mfa: { methods: ['totp'], use: 'totp' }, values: ANN })
    expect(second).not.toHaveProperty('mailed')
    warder.answer = () => entered
    await expect(actions.loginByMail(second, formOf({ code: '654321' }))).rejects.toThrow('redirect /')
    expect(asked().at(-1)).toEqual(['POST', '/login/mfa', { code: '654321' }])
  })
  test('another address begins anew, without a word to Warder', async () => {
    const state = await first()
    warder.seen.length = 0
    expect(await actions.loginByMail(state, formOf({ use: 'email' }))).toEqual({ values: ANN })
    expect(warder.seen).toEqual([])
  })
  test('where it is turned off, that is said', async () => {
    warder.answer = () => refusal(404, 'not_configured')
    expect(await actions.loginByMail(undefined, formOf(ANN))).toMatchObject({ code: 'not_configured', values: ANN })
  })
  test('the link signs in, in any browser', async () => {
    warder.answer = () => entered
    await expect(actions.loginByLink(undefined, formOf({ token: 't' }))).rejects.toThrow('redirect /')
    expect(asked()).toEqual([['POST', '/login/email/confirm', { token: 't' }]])
  })
  test('a link that is over stays one', async () => {
    warder.answer = () => refusal(400, 'invalid_link')
    expect(await actions.loginByLink(undefined, formOf({ token: 't' }))).toMatchObject({
      code: 'invalid_link',
      message: SENTENCES.invalid_link,
    })
  })
  test('after it a second step, by the same action', async () => {
    warder.answer = () => mfa
    const state = await actions.loginByLink(undefined, formOf({ token: 't' }))
    expect(state).toMatchObject({ mfa: { methods: ['totp'] } })
    warder.answer = () => entered
    await expect(actions.loginByLink(state, formOf({ code: '1' }))).rejects.toThrow('redirect /')
    expect(asked().at(-1)![1]).toBe('/login/mfa')
  })
  test('an action of one’s own', async () => {
    warder.answer = () => entered
    expect(await signInByMail({ token: 't' })).toEqual({ id: 'ann' })
    warder.answer = () => refusal(400, 'invalid_link')
    await expect(signInByMail({ code: '1' })).rejects.toMatchObject({ code: 'sign_in_ended' })
    await expect(signInByMail({ token: 't' })).rejects.toMatchObject({ code: 'invalid_link' })
  })
})

describe('what must be confirmed first', () => {
  test('a right password of an account whose address is not', async () => {
    warder.answer = () => refusal(403, 'email_not_verified')
    expect(await actions.login(undefined, formOf({ ...ANN, password: 'p' }))).toEqual({
      code: 'email_not_verified',
      message: SENTENCES.email_not_verified,
      fields: {},
      values: ANN,
    })
  })
  test('a registration that tells nothing: look into your mail', async () => {
    warder.answer = () => nothing
    expect(await actions.register(undefined, formOf({ ...ANN, password: 'p' }))).toEqual({
      done: true,
      code: 'registration_mailed',
      message: SENTENCES.registration_mailed,
      fields: {},
      values: ANN,
    })
    await expect(signUp({ ...ANN, password: 'p' })).rejects.toMatchObject({ status: 202, code: 'registration_mailed' })
  })
})

test('mails of /server, for an action of one’s own', async () => {
  warder.answer = () => nothing
  expect(await mails.forgotPassword('ann@example.com')).toBeUndefined()
  warder.answer = () => refusal(404, 'not_configured')
  await expect(mails.verifyEmail('t')).rejects.toMatchObject({ code: 'mail_off', status: 404 })
})

describe('getProviders', () => {
  const GOOGLE = { name: 'google', label: 'Google' }
  test('those that there are', async () => {
    warder.answer = () => ({ body: { providers: [GOOGLE] } })
    expect(await getProviders()).toEqual([GOOGLE])
    expect(asked()).toEqual([['GET', '/oauth/providers', {}]])
  })
  test('none of a Warder that knows none, and none where it is away: the page has its form', async () => {
    warder.answer = () => refusal(404, 'route_not_found')
    expect(await getProviders()).toEqual([])
    process.env.WARDER_URL = NOBODY
    expect(await getProviders()).toEqual([])
  })
})

describe('signInState, of a page’s URL', () => {
  test.each([
    [{}, undefined],
    [{ next: '/team' }, undefined],
    [{ error: 'provider_denied' }, { code: 'provider_denied', message: SENTENCES.provider_denied }],
    [{ error: '<b>' }, { code: '<b>', message: SENTENCES.unknown }],
    [{ error: ['a', 'b'] }, { code: 'a,b', message: SENTENCES.unknown }],
    [{ linked: 'google' }, { done: true, code: 'identity_linked', message: SENTENCES.identity_linked }],
  ])('%j', (query, state) => expect(signInState(query as Record<string, string>)).toEqual(state))
  test.each([
    ['totp,recovery_code', { methods: ['totp', 'recovery_code'], enrol: false, use: 'totp' }],
    ['recovery_code', { methods: ['recovery_code'], enrol: false, use: 'recovery_code' }],
    ['enrol', { methods: [], enrol: true, use: 'totp' }],
    ['passkey,invented', { methods: ['passkey'], enrol: false, use: 'totp' }],
    ['', { methods: [], enrol: false, use: 'totp' }],
  ])('mfa=%s', (said, mfa) => expect(signInState({ mfa: said })).toEqual({ code: 'mfa_required', message: SENTENCES.mfa_required, mfa }))
  test('from there the app is set up when it is asked for', async () => {
    const state = signInState({ mfa: 'enrol' })
    const setup = { id: 'f', secret: 'JBSW', uri: 'otpauth://x', qr_svg: '<svg/>', expires_in: 900 }
    warder.answer = () => ({ status: 201, body: setup })
    expect(await actions.login(state, formOf({}))).toMatchObject({ totp: setup, mfa: { enrol: true } })
    expect(asked()).toEqual([['POST', '/login/mfa/totp', {}]])
  })
})
