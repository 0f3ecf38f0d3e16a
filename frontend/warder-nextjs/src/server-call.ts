import { cookies, headers } from 'next/headers.js'
import { parseSetCookie } from './cookies.js'
import { forwarded, upstream, type UpstreamRequest } from './upstream.js'

/** `upstream()` for the request that Next.js is serving: with its cookies and address, and back with the cookies Warder sets. */
export async function callWarder(path: string, request: Pick<UpstreamRequest, 'method' | 'body' | 'timeout'> = {}): Promise<Response> {
  const [jar, head] = await Promise.all([cookies(), headers()])
  const answer = await upstream(path, { ...request, cookie: jar.toString(), headers: forwarded((name) => head.get(name)) })
  for (const { name, value, ...attributes } of answer.headers.getSetCookie().map(parseSetCookie))
    jar.set(name, value, { ...attributes, path: '/', sameSite: 'lax' })
  return answer
}
