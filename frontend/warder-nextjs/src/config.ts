import { checkedUrl } from './url.js'

/** Where Warder is and how its cookies are called. Read at run time, never baked into a build. */
export type Config = { url: string; secure: boolean; serviceToken: string } & CookieNames

/**
 * `mfa` waits for the second step of a sign-in, or for the code of a mail; `device` remembers a browser that need not take that step, `oauth`
 * is the browser's half of a sign-in at another service, `known` says that the browser signed in before: nobody else's wrong passwords hold it up.
 */
type CookieNames = Record<'access' | 'refresh' | 'csrf' | 'mfa' | 'device' | 'oauth' | 'known', string>

let known: { of: string; config: Config } | undefined

/**
 * `WARDER_URL` (default http://localhost:8000), `WARDER_COOKIES_INSECURE` (Warder's setting http.cookies_insecure),
 * `WARDER_COOKIE_PREFIX` (http.cookie_prefix) and `WARDER_SERVICE_TOKEN` (http.service_token; none by default). Checked at the first use; throws
 * a sentence that names the wrong one.
 */
export function config(): Config {
  const [url, insecure, prefix] = [process.env.WARDER_URL, process.env.WARDER_COOKIES_INSECURE, process.env.WARDER_COOKIE_PREFIX]
  const token = process.env.WARDER_SERVICE_TOKEN
  const of = JSON.stringify([url, insecure, prefix, token])
  if (known?.of !== of)
    known = {
      of,
      config: {
        url: checkedUrl('WARDER_URL', url || 'http://localhost:8000'),
        serviceToken: checkedToken(token || ''),
        ...cookieNames(!isTrue('WARDER_COOKIES_INSECURE', insecure), prefix || 'warder'),
      },
    }
  return known.config
}

/** The form that http.service_token has; the value is a secret, and not repeated. */
function checkedToken(token: string): string {
  if (token && !/^[!-~]{32,255}$/.test(token))
    throw new Error(
      'warder-nextjs: WARDER_SERVICE_TOKEN must be what http.service_token is in Warder: 32 to 255 characters without blanks and without quotes around them.',
    )
  if (/^['"`]|['"`]$/.test(token))
    throw new Error('warder-nextjs: WARDER_SERVICE_TOKEN must not stand in quotes: they are part of the value here.')
  return token
}

function cookieNames(secure: boolean, prefix: string): { secure: boolean } & CookieNames {
  if (!/^[A-Za-z][A-Za-z0-9_-]{0,31}$/.test(prefix))
    throw new Error(
      `warder-nextjs: WARDER_COOKIE_PREFIX is ${JSON.stringify(prefix)}. It must be what http.cookie_prefix is in Warder: a letter, then at most 31 letters, digits, - or _.`,
    )
  const start = (secure ? '__Host-' : '') + prefix
  const names = { access: `${start}_access`, refresh: `${start}_refresh`, csrf: `${start}_csrf` }
  return { secure, ...names, mfa: `${start}_mfa`, device: `${start}_device`, oauth: `${start}_oauth`, known: `${start}_known` }
}

/** As strict as Warder itself: what looks like yes and means no would be found out much later. */
function isTrue(name: string, text: string | undefined): boolean {
  if (text && text !== 'true' && text !== 'false')
    throw new Error(`warder-nextjs: ${name} is ${JSON.stringify(text)}. It must be true or false.`)
  return text === 'true'
}
