import { askAsUser } from './browser.js'
import type { FreshProof, Passkey, PasskeyList, SecondFactors, TotpSetup } from './contract.js'
import type { WarderError } from './error.js'
import { choosePasskey, createPasskey, orPasskeyRefused, syncPasskeys, type CreationCeremony, type RequestCeremony } from './passkeys.js'

const idOf = encodeURIComponent

/**
 * What the signed-in user has to prove who they are by, for pages of your own making. Where a fresh proof is wanted, the dialog of
 * `<WarderProvider stepUp>` asks for it first. All throw `WarderError`.
 */
export const factors = {
  get: () => askAsUser<SecondFactors>('GET', '/me/mfa'),
  /** What an authenticator app must be told; `confirmTotp()` with its first code ends it. */
  startTotp: (name?: string) => askAsUser<TotpSetup>('POST', '/me/mfa/totp', name ? { name } : {}),
  /** `recovery_codes` come with the first factor only, and are never shown again. */
  confirmTotp: (id: string, code: string) => askAsUser<{ recovery_codes?: string[] }>('POST', '/me/mfa/totp/confirm', { id, code }),
  removeTotp: (id: string) => askAsUser<void>('DELETE', `/me/mfa/totp/${idOf(id)}`),
  renewRecoveryCodes: () => askAsUser<{ recovery_codes: string[] }>('POST', '/me/mfa/recovery-codes'),
  /** Every browser is asked for the second step again. */
  forgetDevices: () => askAsUser<void>('DELETE', '/me/mfa/devices'),
  passkeys: () => askAsUser<PasskeyList>('GET', '/me/passkeys'),
  renamePasskey: (id: string, name: string) => askAsUser<void>('PATCH', `/me/passkeys/${idOf(id)}`, { name }),
  async removePasskey(id: string): Promise<void> {
    await askAsUser<void>('DELETE', `/me/passkeys/${idOf(id)}`)
    await syncPasskeys(await factors.passkeys())
  },
}

/** Adds a passkey of this device, or of one that the browser asks; null where `signal` ended it, or another ceremony took its place. */
export async function registerPasskey({ name, signal }: { name?: string; signal?: AbortSignal } = {}): Promise<Passkey | null> {
  const credential = await createPasskey(() => askAsUser<CreationCeremony>('POST', '/passkeys/register/options'), signal)
  if (!credential) return null
  return prove<Passkey>('/passkeys/register', name ? { credential, name } : { credential })
}

/** Proves that it is still the user, for dialogs of your own making. */
export const reauthenticate = (proof: FreshProof): Promise<void> => askAsUser<void>('POST', '/reauthenticate', proof)

/** The same by a passkey; false where `signal` ended it, or another ceremony took its place. */
export async function reauthenticateWithPasskey(signal?: AbortSignal): Promise<boolean> {
  const begin = () => askAsUser<RequestCeremony>('POST', '/reauthenticate/passkey')
  const credential = await choosePasskey(begin, signal ? { signal } : {})
  if (!credential) return false
  await prove<void>('/reauthenticate', { credential })
  return true
}

const prove = <T>(path: string, body: object): Promise<T> =>
  askAsUser<T>('POST', path, body).catch((error: WarderError) => {
    throw orPasskeyRefused(error)
  })
