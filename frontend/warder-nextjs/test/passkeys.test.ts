import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { canUsePasskeys, choosePasskey, createPasskey, syncPasskeys } from '../src/passkeys.js'

type Asked = {
  mediation?: string
  signal: AbortSignal
  publicKey: { challenge: string }
  answer: (credential: object | null) => void
  fail: (name: string) => void
}

/** What a browser is asked, as the test answers it. Like Chromium it refuses a second ceremony while one waits. */
let asked: Asked[]
let isOpen = false
let page: EventTarget & { visibilityState: string }
const signals: object[] = []

function ceremony(options: Omit<Asked, 'answer' | 'fail'>): Promise<unknown> {
  if (isOpen) return Promise.reject(new DOMException('A request is already pending.', 'OperationError'))
  isOpen = true
  return new Promise((answer, fail) => {
    const end = (name: string) => fail(new DOMException('x', name))
    options.signal.addEventListener('abort', () => end('AbortError'))
    asked.push({ ...options, answer, fail: end })
  }).finally(() => {
    isOpen = false
  })
}

beforeEach(() => {
  vi.useFakeTimers()
  asked = []
  isOpen = false
  signals.length = 0
  page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  vi.stubGlobal('document', page)
  vi.stubGlobal('navigator', { credentials: { get: ceremony, create: ceremony } })
  vi.stubGlobal('PublicKeyCredential', {
    parseRequestOptionsFromJSON: (options: object) => options,
    parseCreationOptionsFromJSON: (options: object) => options,
    isConditionalMediationAvailable: async () => true,
    signalAllAcceptedCredentials: async (known: object) => void signals.push(known),
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

let challenges = 0
const begin = async () => ({ options: { challenge: `c${challenges++}` } as never, expires_in: 300 })
const credential = (id: string) => ({ toJSON: () => ({ id }) })
const soon = () => vi.advanceTimersByTimeAsync(0)

describe('choosePasskey', () => {
  test('gives the credential as JSON', async () => {
    const chosen = choosePasskey(begin)
    await soon()
    expect(asked[0]!.mediation).toBeUndefined()
    asked[0]!.answer(credential('k'))
    expect(await chosen).toEqual({ id: 'k' })
  })
  test('the button takes the place of the list, which ends without a word', async () => {
    const list = choosePasskey(begin, { autofill: true })
    await soon()
    expect(asked[0]!.mediation).toBe('conditional')
    const button = choosePasskey(begin)
    expect(await list).toBeNull()
    await soon()
    asked[1]!.answer(credential('k'))
    expect(await button).toEqual({ id: 'k' })
  })
  test('a second press takes the place of the first', async () => {
    const [first, second] = [choosePasskey(begin), choosePasskey(begin)]
    expect(await first).toBeNull()
    await soon()
    expect(asked).toHaveLength(1)
    asked[0]!.answer(credential('k'))
    expect(await second).toEqual({ id: 'k' })
  })
  test.each([false, true])('the caller ends it (autofill: %s)', async (autofill) => {
    const leaving = new AbortController()
    const chosen = choosePasskey(begin, { autofill, signal: leaving.signal })
    await soon()
    leaving.abort()
    expect(await chosen).toBeNull()
    expect(asked[0]!.signal.aborted).toBe(true)
    expect(await choosePasskey(begin, { autofill, signal: leaving.signal })).toBeNull()
    expect(asked).toHaveLength(1)
  })
  test('nothing to begin with: nothing is asked', async () => {
    expect(await choosePasskey(async () => null, { autofill: true })).toBeNull()
    expect(asked).toHaveLength(0)
  })
  test.each([
    ['NotAllowedError', 'passkey_cancelled'],
    ['UnknownError', 'passkey_cancelled'],
    ['SecurityError', 'passkeys_wrong_site'],
    ['NotSupportedError', 'passkeys_unsupported'],
  ])('%s is said as %s, but for a list that nobody asked for', async (name, code) => {
    const button = choosePasskey(begin)
    await soon()
    asked[0]!.fail(name)
    await expect(button).rejects.toMatchObject({ name: 'WarderError', status: 400, code })
    const list = choosePasskey(begin, { autofill: true })
    await soon()
    asked[1]!.fail(name)
    expect(await list).toBeNull()
  })
  test('a refusal of Warder’s is thrown as it is', async () => {
    await expect(choosePasskey(() => Promise.reject(Object.assign(new Error('x'), { name: 'WarderError' })))).rejects.toMatchObject({
      code: 'passkey_cancelled',
    })
    const { WarderError } = await import('../src/error.js')
    await expect(choosePasskey(() => Promise.reject(WarderError.unavailable()))).rejects.toMatchObject({ status: 503 })
  })
})

describe('a list that waits', () => {
  test('gets another challenge before the first one ends', async () => {
    const list = choosePasskey(begin, { autofill: true })
    await vi.advanceTimersByTimeAsync(269_000)
    expect(asked).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(asked).toHaveLength(2)
    expect(asked[1]!.publicKey.challenge).not.toBe(asked[0]!.publicKey.challenge)
    asked[1]!.answer(credential('k'))
    expect(await list).toEqual({ id: 'k' })
  })
  test('asks for none while nobody looks', async () => {
    void choosePasskey(begin, { autofill: true })
    await soon()
    page.visibilityState = 'hidden'
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(asked).toHaveLength(1)
    page.visibilityState = 'visible'
    page.dispatchEvent(new Event('visibilitychange'))
    await soon()
    expect(asked).toHaveLength(2)
  })
  test.each([
    ['no list', { isConditionalMediationAvailable: async () => false }],
    ['no JSON', { parseRequestOptionsFromJSON: undefined }],
  ])('is not there in a browser with %s', async (_, lacking) => {
    Object.assign(PublicKeyCredential, lacking)
    expect(await choosePasskey(begin, { autofill: true })).toBeNull()
    expect(asked).toHaveLength(0)
  })
})

describe('a browser without passkeys', () => {
  test.each([
    ['no WebAuthn, as on plain http', undefined],
    ['an older one, without JSON', {}],
  ])('%s: told plainly, and nothing else breaks', async (_, given) => {
    vi.stubGlobal('PublicKeyCredential', given)
    expect(canUsePasskeys()).toBe(false)
    const began = vi.fn(begin)
    for (const each of [() => choosePasskey(began), () => createPasskey(began)])
      await expect(each()).rejects.toMatchObject({
        code: 'passkeys_unsupported',
        message: 'This browser cannot use passkeys here: they need a current browser, and https.',
      })
    expect(began).not.toHaveBeenCalled()
    await syncPasskeys({ passkeys: [], user_handle: 'u', rp_id: 'localhost', credential_ids: [] })
  })
})

describe('createPasskey', () => {
  test('gives the credential as JSON', async () => {
    const made = createPasskey(begin)
    await soon()
    asked[0]!.answer(credential('k'))
    expect(await made).toEqual({ id: 'k' })
  })
  test('one that is there already is said as such', async () => {
    const made = createPasskey(begin)
    await soon()
    asked[0]!.fail('InvalidStateError')
    await expect(made).rejects.toMatchObject({ code: 'passkey_exists' })
  })
})

test('syncPasskeys tells the browser which ones are good; a manager that refuses does not matter', async () => {
  const list = { passkeys: [], user_handle: 'u', rp_id: 'localhost', credential_ids: ['a'] }
  await syncPasskeys(list)
  expect(signals).toEqual([{ rpId: 'localhost', userId: 'u', allAcceptedCredentialIds: ['a'] }])
  await syncPasskeys({ ...list, user_handle: null }) // who never had one
  expect(signals).toHaveLength(1)
  Object.assign(PublicKeyCredential, { signalAllAcceptedCredentials: async () => Promise.reject(new DOMException('x', 'SecurityError')) })
  await syncPasskeys(list)
})
