import { config } from './config.js'

const pairsOf = (header: string | null | undefined): [string, string][] =>
  (header ?? '')
    .split(/;\s*/)
    .filter((pair) => pair.includes('='))
    .map((pair) => splitAt(pair, '='))

function splitAt(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

/** The value of one cookie of a Cookie header. */
export function cookieOf(header: string | null | undefined, name: string): string | undefined {
  return pairsOf(header).find(([key]) => key === name)?.[1]
}

/** What of a Cookie header Warder may see: its own, none of the app's. */
export function warderCookies(header: string | null | undefined): string {
  return pairsOf(header)
    .filter(([name]) => isWarderCookie(name))
    .map((pair) => pair.join('='))
    .join('; ')
}

export function isWarderCookie(name: string): boolean {
  const { access, refresh, csrf, mfa, device, oauth, known } = config()
  return [access, refresh, csrf, mfa, device, oauth, known].includes(name)
}

/** Whether it may be worth asking who this is: the cookie of a remembered browser stays there for a month. */
export function carriesSession(header: string | null | undefined): boolean {
  const { access, refresh } = config()
  return Boolean(cookieOf(header, access) || cookieOf(header, refresh))
}

export type SetCookie = { name: string; value: string; maxAge?: number; httpOnly: boolean; secure: boolean }

/** One Set-Cookie line of Warder's. Path=/ and SameSite=Lax are the same in all of them. */
export function parseSetCookie(line: string): SetCookie {
  const [pair = '', ...attributes] = line.split(/;\s*/)
  const [name, value] = splitAt(pair, '=')
  const known = new Map(attributes.map((each) => splitAt(each, '=')).map(([key, text]) => [key.toLowerCase(), text]))
  const maxAge = known.get('max-age')
  return {
    name,
    value,
    httpOnly: known.has('httponly'),
    secure: known.has('secure'),
    ...(maxAge === undefined ? {} : { maxAge: Number(maxAge) }),
  }
}

/** A Cookie header as it would be after these Set-Cookie lines: what runs later in the same request sees the new tokens. */
export function applySetCookies(header: string | null | undefined, lines: string[]): string {
  const jar = new Map(pairsOf(header))
  for (const { name, value, maxAge } of lines.map(parseSetCookie)) {
    if (maxAge === 0) jar.delete(name)
    else jar.set(name, value)
  }
  return [...jar].map((pair) => pair.join('=')).join('; ')
}
