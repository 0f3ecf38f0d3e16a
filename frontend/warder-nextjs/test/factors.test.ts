import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { factors, reauthenticate, reauthenticateWithPasskey, registerPasskey } from '../src/factors.js'

let calls: [string, string, unknown][]
let answers: Record<string, { status?: number; body?: unknown }>
let signals: object[]

beforeEach(() => {
  ;[calls, answers, signals] = [[], {}, []]
  vi.stubGlobal('location', new URL('http://localhost:3000/account'))
  vi.stubGlobal('document', Object.assign(new EventTarget(), { cookie: '__Host-warder_csrf=csrf', visibilityState: 'visible' }))
  const RealRequest = Request
  vi.stubGlobal(
    'Request',
    class extends RealRequest {
      constructor(input: RequestInfo, init?: RequestInit) {
        super(typeof input === 'string' ? new URL(input, location.href) : input, init)
      }
    },
  )
  vi.stubGlobal('fetch', async (request: Request) => {
    const path = new URL(request.url).pathname.replace('/api/auth', '')
    const text = await request.text()
    calls.push([request.method, path, text && JSON.parse(text)])
    const { status = 200, body = {} } = answers[path] ?? {}
    return new Response(status === 204 ? null : JSON.stringify(body), { status })
  })
  const ceremony = async ({ publicKey }: { publicKey: object }) => ({ toJSON: () => ({ id: 'k', of: publicKey }) })
  vi.stubGlobal('navigator', { credentials: { get: ceremony, create: ceremony } })
  vi.stubGlobal('PublicKeyCredential', {
    parseRequestOptionsFromJSON: (options: object) => options,
    parseCreationOptionsFromJSON: (options: object) => options,
    signalAllAcceptedCredentials: async (known: object) => void signals.push(known),
  })
})
afterEach(() => vi.unstubAllGlobals())

const begun = { body: { options: { challenge: 'c' }, expires_in: 300 } }
const credential = { id: 'k', of: { challenge: 'c' } }
const refused = { status: 422, body: { code: 'invalid_input', detail: [{ type: 'value_error', loc: ['body', 'credential'], msg: 'x' }] } }

test('registerPasskey asks, lets the browser make one, and hands it over', async () => {
  answers = { '/passkeys/register/options': begun, '/passkeys/register': { status: 201, body: { id: 'p', name: 'Laptop' } } }
  expect(await registerPasskey({ name: 'Laptop' })).toEqual({ id: 'p', name: 'Laptop' })
  await registerPasskey()
  expect(calls).toEqual([
    ['POST', '/passkeys/register/options', ''],
    ['POST', '/passkeys/register', { credential, name: 'Laptop' }],
    ['POST', '/passkeys/register/options', ''],
    ['POST', '/passkeys/register', { credential }],
  ])
})
test('what Warder does not believe is said as such', async () => {
  answers = {
    '/passkeys/register/options': begun,
    '/reauthenticate/passkey': begun,
    '/passkeys/register': refused,
    '/reauthenticate': refused,
  }
  const said = { status: 422, code: 'passkey_refused', message: 'This passkey was not accepted. Try again, or take another way.' }
  await expect(registerPasskey()).rejects.toMatchObject(said)
  await expect(reauthenticateWithPasskey()).rejects.toMatchObject(said)
})
test('a fresh proof by password, and by passkey', async () => {
  answers = { '/reauthenticate/passkey': begun, '/reauthenticate': { status: 204 } }
  expect(await reauthenticate({ password: 's3cret' })).toBeUndefined()
  expect(await reauthenticateWithPasskey()).toBe(true)
  expect(await reauthenticateWithPasskey(AbortSignal.abort())).toBe(false)
  expect(calls).toEqual([
    ['POST', '/reauthenticate', { password: 's3cret' }],
    ['POST', '/reauthenticate/passkey', ''],
    ['POST', '/reauthenticate', { credential }],
  ])
})
test('each call asks for what it says', async () => {
  answers = { '/me/passkeys/p': { status: 204 }, '/me/passkeys': { body: { user_handle: 'u', rp_id: 'localhost', credential_ids: ['b'] } } }
  await factors.get()
  await factors.startTotp('Phone')
  await factors.startTotp()
  await factors.confirmTotp('f', '123456')
  await factors.removeTotp('f/1')
  await factors.renewRecoveryCodes()
  await factors.forgetDevices()
  await factors.renamePasskey('p', 'Key')
  await factors.removePasskey('p')
  expect(calls).toEqual([
    ['GET', '/me/mfa', ''],
    ['POST', '/me/mfa/totp', { name: 'Phone' }],
    ['POST', '/me/mfa/totp', {}],
    ['POST', '/me/mfa/totp/confirm', { id: 'f', code: '123456' }],
    ['DELETE', '/me/mfa/totp/f%2F1', ''],
    ['POST', '/me/mfa/recovery-codes', ''],
    ['DELETE', '/me/mfa/devices', ''],
    ['PATCH', '/me/passkeys/p', { name: 'Key' }],
    ['DELETE', '/me/passkeys/p', ''],
    ['GET', '/me/passkeys', ''],
  ])
  expect(signals, 'the browser hears that one is gone').toEqual([{ rpId: 'localhost', userId: 'u', allAcceptedCredentialIds: ['b'] }])
})
