import type { HeaderGetter } from './upstream.js'

export const isUnsafe = (method: string | undefined): boolean => !/^(GET|HEAD|OPTIONS)$/.test(method ?? 'GET')

/**
 * Whether a page of this very site sent the request: cookies ride on requests that other sites make, too. Compares Origin (Fetch
 * 3.1), else Sec-Fetch-Site, with the host; false where a request says neither. Behind a proxy that does not keep Host, its
 * X-Forwarded-Host counts, as in Next.js itself; a page of another site cannot set that.
 */
export const sameOrigin = (request: Request): boolean => isSameOrigin((name) => request.headers.get(name))

export function isSameOrigin(get: HeaderGetter): boolean {
  const origin = get('origin')
  if (!origin) return get('sec-fetch-site') === 'same-origin'
  const here = (get('x-forwarded-host') ?? get('host'))?.split(',')[0]?.trim().toLowerCase()
  return Boolean(here) && /^https?:\/\//.test(origin) && origin.slice(origin.indexOf('//') + 2).toLowerCase() === here
}
