import { BASE_PATH } from './base-path.js'
import { ask, askAsUser } from './browser.js'
import type { Identity, Provider } from './contract.js'
import { safeNext } from './safe-next.js'

/** Where else people may sign in, for the buttons of a sign-in page; `providerPath()` is where a button leads. Throws `WarderError`. */
export const getProviders = (): Promise<Provider[]> => ask<{ providers: Provider[] }>('/oauth/providers').then(({ providers }) => providers)

/**
 * By which other services the signed-in user signs in. Where a fresh proof is wanted, the dialog of `<WarderProvider stepUp>` asks for it
 * first. All throw `WarderError`.
 */
export const identities = {
  get: () => askAsUser<{ identities: Identity[] }>('GET', '/me/identities').then((answer) => answer.identities),
  remove: (id: string) => askAsUser<void>('DELETE', `/me/identities/${encodeURIComponent(id)}`),
  /** Goes to the service, which connects itself to the account and leads to `next`, a path of this site, by default that of this page. */
  async link(provider: string, next: string = location.pathname.slice(BASE_PATH.length) + location.search): Promise<void> {
    const path = `/oauth/start/${encodeURIComponent(provider)}`
    const callback = `${location.origin}${BASE_PATH}/api/auth/oauth/${encodeURIComponent(provider)}/callback`
    const begun = await askAsUser<{ authorization_url: string }>('POST', path, { callback, redirect_to: safeNext(next), link: true })
    location.assign(begun.authorization_url)
  },
}
