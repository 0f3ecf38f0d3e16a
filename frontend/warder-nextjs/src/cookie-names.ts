import { config } from './config.js'
import { parseSetCookie } from './cookies.js'
import { WarderError } from './error.js'
import { tellOnce } from './tell.js'

const NAME = /^(__Host-)?(.+)_(access|refresh|csrf|mfa|device|oauth|known)$/

/**
 * Throws where Warder's cookies have other names than this app looks for: a right password would lead back to the form without
 * a word. Of cookies that only go, the log is told. Other lines, of a balancer in between, are none of its business.
 */
export function checkCookieNames(lines: string[]): void {
  const set = lines.map(parseSetCookie).filter(({ name }) => NAME.test(name))
  const ours = config()
  const kind = (['access', 'mfa', 'oauth'] as const).find((each) => set.some(({ name }) => name.endsWith(`_${each}`)))
  if (!kind || set.some(({ name }) => name === ours[kind])) return
  const theirs = set.find(({ name }) => name.endsWith(`_${kind}`))!
  const message = `Warder's cookie is called ${theirs.name}, this app looks for ${ours[kind]}. ${remedy(theirs.name)}`
  tellOnce(message)
  if (set.some(({ maxAge }) => maxAge !== 0)) throw new WarderError(500, message, 'cookie_names_differ')
}

function remedy(theirs: string): string {
  const [, host, prefix] = NAME.exec(theirs)!
  const { secure, access } = config()
  return [
    Boolean(host) !== secure && `Set WARDER_COOKIES_INSECURE=${!host} here, or http.cookies_insecure=${!secure} in Warder.`,
    prefix !== NAME.exec(access)![2] &&
      `Set WARDER_COOKIE_PREFIX=${prefix} here, or http.cookie_prefix=${NAME.exec(access)![2]} in Warder.`,
  ]
    .filter(Boolean)
    .join(' ')
}
