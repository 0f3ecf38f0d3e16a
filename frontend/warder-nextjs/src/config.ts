import { checkedUrl } from './url.js'

/** Where Warder is and how its cookies are called. Read at run time, never baked into a build. */
export type Config = { url: string; access: string; refresh: string; csrf: string; secure: boolean }

let known: { of: string; config: Config } | undefined

/**
 * `WARDER_URL` (default http://localhost:8000), `WARDER_COOKIES_INSECURE` (Warder's setting http.cookies_insecure) and
 * `WARDER_COOKIE_PREFIX` (http.cookie_prefix). Checked at the first use; throws a sentence that names the wrong one.
 */
export function config(): Config {
  const [url, insecure, prefix] = [process.env.WARDER_URL, process.env.WARDER_COOKIES_INSECURE, process.env.WARDER_COOKIE_PREFIX]
  const of = JSON.stringify([url, insecure, prefix])
  if (known?.of !== of)
    known = {
      of,
      config: {
        url: checkedUrl('WARDER_URL', url || 'http://localhost:8000'),
        ...cookieNames(!isTrue('WARDER_COOKIES_INSECURE', insecure), prefix || 'warder'),
      },
    }
  return known.config
}

function cookieNames(secure: boolean, prefix: string): Omit<Config, 'url'> {
  if (!/^[A-Za-z][A-Za-z0-9_-]{0,31}$/.test(prefix))
    throw new Error(
      `warder-nextjs: WARDER_COOKIE_PREFIX is ${JSON.stringify(prefix)}. It must be what http.cookie_prefix is in Warder: a letter, then at most 31 letters, digits, - or _.`,
    )
  const start = (secure ? '__Host-' : '') + prefix
  return { secure, access: `${start}_access`, refresh: `${start}_refresh`, csrf: `${start}_csrf` }
}

/** As strict as Warder itself: what looks like yes and means no would be found out much later. */
function isTrue(name: string, text: string | undefined): boolean {
  if (text && text !== 'true' && text !== 'false')
    throw new Error(`warder-nextjs: ${name} is ${JSON.stringify(text)}. It must be true or false.`)
  return text === 'true'
}
