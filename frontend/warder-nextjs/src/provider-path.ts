import { BASE_PATH } from './base-path.js'

/**
 * Where `<a href>` leads to sign in at another service, and then to `next`; with `link` to connect it to the account of the signed-in user
 * instead. It needs `warderHandlers()`. Never in a `<Link>`: that would ask for it ahead.
 */
export function providerPath(name: string, { next, link = false }: { next?: string | undefined; link?: boolean } = {}): string {
  const query = String(new URLSearchParams({ ...(next && { next }), ...(link && { link: '1' }) }))
  return `${BASE_PATH}/api/auth/oauth/${encodeURIComponent(name)}${query && `?${query}`}`
}
