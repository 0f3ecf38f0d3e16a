import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWK } from 'jose'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { verifyAccessToken } from '../src/jwt.js'
import { NOBODY, WarderDouble } from './support/warder.js'

const warder = new WarderDouble()
const EXPECTED = { issuer: 'http://localhost:8000', audience: 'warder' }
let key: CryptoKey
let stranger: CryptoKey
let jwk: JWK

beforeAll(async () => {
  await warder.start()
  const pair = await generateKeyPair('ES256')
  key = pair.privateKey
  stranger = (await generateKeyPair('ES256')).privateKey
  jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k', alg: 'ES256', use: 'sig' }
  warder.answer = () => ({ body: { keys: [jwk] } })
})
afterAll(() => warder.stop())

const claims = { sub: 'ann', sid: 'session' }
const token = (more: object = {}, by = key, kid = 'k', typ: string | undefined = 'at+jwt') =>
  new SignJWT({ ...claims, iss: EXPECTED.issuer, aud: EXPECTED.audience, exp: Math.floor(Date.now() / 1000) + 60, ...more })
    .setProtectedHeader({ alg: 'ES256', kid, ...(typ && { typ }) })
    .sign(by)

test('a good token, and one fetch of the keys for all', async () => {
  for (let round = 0; round < 3; round++) expect(await verifyAccessToken(await token(), EXPECTED)).toMatchObject(claims)
  expect(warder.asked('/.well-known/jwks.json')).toHaveLength(1)
})

test('a key that left is believed for five minutes, as Warder lets its keys be kept, and no longer', async () => {
  const url = process.env.WARDER_URL!.replace('127.0.0.1', 'localhost') // a set of its own
  const old = await token({ exp: Math.floor(Date.now() / 1000) + 900 })
  await verifyAccessToken(old, { ...EXPECTED, url })
  vi.useFakeTimers({ toFake: ['Date'] })
  warder.answer = () => ({ body: { keys: [{ ...jwk, kid: 'next' }] } })
  vi.setSystemTime(Date.now() + 299_000)
  expect(await verifyAccessToken(old, { ...EXPECTED, url })).toMatchObject(claims)
  vi.setSystemTime(Date.now() + 2_000)
  await expect(verifyAccessToken(old, { ...EXPECTED, url })).rejects.toThrow('no applicable key')
  vi.useRealTimers()
  warder.answer = () => ({ body: { keys: [jwk] } })
})

test('of a server that WARDER_URL does not name', async () => {
  const url = process.env.WARDER_URL!
  process.env.WARDER_URL = NOBODY
  expect(await verifyAccessToken(await token(), { ...EXPECTED, url: url + '/' })).toMatchObject(claims)
  await expect(verifyAccessToken(await token(), EXPECTED)).rejects.toThrow()
  process.env.WARDER_URL = url
})

test.each([
  ['another issuer', () => token({ iss: 'https://evil.example' })],
  ['another audience', () => token({ aud: 'other' })],
  ['expired', () => token({ exp: 1 })],
  ['without a session', () => token({ sid: undefined })],
  ['without an end', () => token({ exp: undefined })],
  ['signed by a stranger', () => token({}, stranger)],
  ['of no kind', () => token({}, key, 'k', '')],
  ['any JWT', () => token({}, key, 'k', 'JWT')],
  ['a refresh token', () => token({}, key, 'k', 'rt+jwt')],
  ['a logout token', () => token({}, key, 'k', 'logout+jwt')],
  ['of an unknown key', () => token({}, key, 'other')],
  ['unsigned', async () => new UnsecuredJWT({ ...claims, iss: EXPECTED.issuer, aud: EXPECTED.audience }).setExpirationTime('1m').encode()],
  [
    'HMAC by the public key',
    () =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'HS256', kid: 'k', typ: 'at+jwt' })
        .setIssuer(EXPECTED.issuer)
        .setAudience('warder')
        .setExpirationTime('1m')
        .sign(new TextEncoder().encode(JSON.stringify(jwk))),
  ],
  ['no token', async () => 'x'],
])('%s is refused', async (_, make) => {
  await expect(verifyAccessToken(await make(), EXPECTED)).rejects.toThrow()
})
