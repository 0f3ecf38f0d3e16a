import type { PasskeyList } from './contract.js'
import { WarderError } from './error.js'
import { SENTENCES } from './sentences.js'

/** What Warder gives for a ceremony; the options are those of WebAuthn Level 3, as JSON. */
export type Ceremony<Options> = { options: Options; expires_in: number }
export type RequestCeremony = Ceremony<PublicKeyCredentialRequestOptionsJSON>
export type CreationCeremony = Ceremony<PublicKeyCredentialCreationOptionsJSON>

type Level3 = typeof PublicKeyCredential & {
  signalAllAcceptedCredentials?: (known: { rpId: string; userId: string; allAcceptedCredentialIds: string[] }) => Promise<void>
}

const publicKeys = () => (typeof PublicKeyCredential === 'undefined' ? undefined : (PublicKeyCredential as Partial<Level3>))

/** Whether this browser knows passkeys, in the form of WebAuthn Level 3 (JSON), and allows them here: by https or on localhost. */
export const canUsePasskeys = (): boolean => Boolean(publicKeys()?.parseRequestOptionsFromJSON)

/** The one ceremony of this page: a browser refuses a second one while another waits, so that the newer one takes its place. */
let turn: AbortController | undefined

/** What of a ceremony may be said by its caller. */
export type CeremonyOptions = {
  /** Offers the passkeys in the list of an input with `autoComplete="username webauthn"`, and waits there as long as the page does. */
  autofill?: boolean
  /** Ends the waiting. */
  signal?: AbortSignal
}

/**
 * Lets the user choose a passkey; null where another ceremony took its place, where `signal` ended it, where `begin` gives null, and
 * for `autofill` where the browser will not. Throws `WarderError`. A challenge lives for minutes only, so that a waiting list gets another one in time.
 */
export async function choosePasskey(
  begin: () => Promise<RequestCeremony | null>,
  { autofill = false, signal }: CeremonyOptions = {},
): Promise<PublicKeyCredentialJSON | null> {
  if (autofill && !(await canAutofill())) return null
  return inTurn(signal, async (mine) => {
    for (;;) {
      const begun = await begin()
      if (!begun || mine.aborted) return null
      const publicKey = publicKeys()!.parseRequestOptionsFromJSON!(begun.options)
      if (!autofill) return jsonOf(await navigator.credentials.get({ publicKey, signal: mine }))
      const chosen = await waitInList(publicKey, mine, begun.expires_in)
      if (chosen !== 'late') return chosen && jsonOf(chosen)
      await seen(mine)
    }
  })
}

/** Makes a passkey on this device, or on one that the browser asks; null as in `choosePasskey()`. */
export async function createPasskey(begin: () => Promise<CreationCeremony>, signal?: AbortSignal): Promise<PublicKeyCredentialJSON | null> {
  return inTurn(signal, async (mine) => {
    const { options } = await begin()
    if (mine.aborted) return null
    const publicKey = publicKeys()!.parseCreationOptionsFromJSON!(options)
    return jsonOf(await navigator.credentials.create({ publicKey, signal: mine }))
  })
}

/**
 * Tells the browser which passkeys of the account are still good, so that it offers no removed one: call it where they are listed.
 * Never after a refused sign-in: Warder does not say why it refused, and the passkey may be a good one.
 */
export async function syncPasskeys({ rp_id, user_handle, credential_ids }: PasskeyList): Promise<void> {
  if (user_handle === null) return // there never was one
  const known = { rpId: rp_id, userId: user_handle, allAcceptedCredentialIds: credential_ids }
  await publicKeys()
    ?.signalAllAcceptedCredentials?.(known)
    .catch(() => {
      /* a courtesy: another rp_id, or a manager that takes no signals */
    })
}

const canAutofill = async () => canUsePasskeys() && ((await publicKeys()?.isConditionalMediationAvailable?.()) ?? false)

async function inTurn<T>(signal: AbortSignal | undefined, work: (mine: AbortSignal) => Promise<T>): Promise<T | null> {
  if (!canUsePasskeys()) throw problem('passkeys_unsupported')
  turn?.abort()
  const mine = new AbortController()
  turn = mine
  const stop = () => mine.abort()
  signal?.addEventListener('abort', stop)
  if (signal?.aborted) stop()
  try {
    return mine.signal.aborted ? null : await work(mine.signal)
  } catch (error) {
    if (mine.signal.aborted) return null
    throw error instanceof WarderError ? error : problemOf(error)
  } finally {
    signal?.removeEventListener('abort', stop)
    if (turn === mine) turn = undefined
  }
}

/** Some time before the challenge ends. */
const MARGIN = 30_000

/** Null where the browser would not wait: nobody has asked for it, so that there is nothing to say. `late` is a challenge about to end. */
async function waitInList(
  publicKey: PublicKeyCredentialRequestOptions,
  mine: AbortSignal,
  seconds: number,
): Promise<Credential | null | 'late'> {
  const round = new AbortController()
  const stop = () => round.abort()
  mine.addEventListener('abort', stop)
  const timer = setTimeout(stop, Math.max(seconds * 1000 - MARGIN, 1000))
  try {
    return await navigator.credentials.get({ publicKey, mediation: 'conditional', signal: round.signal })
  } catch {
    return round.signal.aborted && !mine.aborted ? 'late' : null
  } finally {
    clearTimeout(timer)
    mine.removeEventListener('abort', stop)
  }
}

/** A page that nobody looks at asks for no challenges. */
const seen = (mine: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const look = () => {
      if (document.visibilityState !== 'visible' && !mine.aborted) return
      document.removeEventListener('visibilitychange', look)
      resolve()
    }
    document.addEventListener('visibilitychange', look)
    mine.addEventListener('abort', look)
    look()
  })

/** Null is what a browser gives where there was nothing to choose. */
function jsonOf(credential: Credential | null): PublicKeyCredentialJSON {
  if (!credential) throw problem('passkey_cancelled')
  return (credential as PublicKeyCredential).toJSON()
}

const problem = (code: keyof typeof SENTENCES, cause?: unknown) =>
  new WarderError(400, SENTENCES[code], code, {}, undefined, cause ? { cause } : {})

/** Of a ceremony that the browser went through and Warder did not believe. */
export const orPasskeyRefused = (error: WarderError): WarderError =>
  error.code === 'invalid_credentials' || error.fields.credential
    ? new WarderError(error.status, SENTENCES.passkey_refused, 'passkey_refused', {}, undefined, { cause: error })
    : error

/** The names of the exceptions of WebAuthn: a browser says no more, so that a page learns nothing of who has which passkey. */
function problemOf(error: unknown): WarderError {
  const { name } = error as DOMException
  if (name === 'InvalidStateError') return problem('passkey_exists', error)
  if (name === 'SecurityError') return problem('passkeys_wrong_site', error)
  if (name === 'NotSupportedError' || name === 'TypeError') return problem('passkeys_unsupported', error)
  return problem('passkey_cancelled', error)
}
