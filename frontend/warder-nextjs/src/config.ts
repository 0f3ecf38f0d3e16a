/** Where Warder is and how its cookies are called. Read at run time, never baked into a build. */
export type Config = { url: string; access: string; refresh: string; csrf: string }

/** `WARDER_URL` (default http://localhost:8000) and `WARDER_COOKIES_INSECURE` (Warder's setting http.cookies_insecure). */
export function config(): Config {
  const prefix = process.env.WARDER_COOKIES_INSECURE === 'true' ? '' : '__Host-'
  return {
    url: (process.env.WARDER_URL || 'http://localhost:8000').replace(/\/+$/, ''),
    access: `${prefix}warder_access`,
    refresh: `${prefix}warder_refresh`,
    csrf: `${prefix}warder_csrf`,
  }
}
