import { config } from './config.js'
import { WarderError } from './error.js'

/**
 * Throws where the browser is known to drop the cookies that a sign-in would bring, silently, so that the visitor would come
 * back to the form without a word: Secure cookies on plain http, away from localhost or in Safari. `origin` is the browser's
 * own word (Fetch 3.1), so a proxy that speaks TLS for this server does not mislead.
 */
export function adviseOnCookies(origin: string | null, agent: string | null): void {
  if (!config().secure || !origin?.startsWith('http://')) return
  const local = /^http:\/\/(localhost|[^/]+\.localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/.test(origin)
  const safari = /Safari\//.test(agent ?? '') && !/Chrom(e|ium)\/|Android/.test(agent ?? '')
  if (local && !safari) return
  throw WarderError.cookiesDropped(origin)
}
