import 'server-only'
import { cookies, headers } from 'next/headers.js'
import { redirect } from 'next/navigation' // without its extension: Next.js knows it by this name in route handlers
import { cache } from 'react'
import { warderCookies } from './cookies.js'
import type { Me } from './contract.js'
import { WarderError } from './error.js'
import { safeNext } from './safe-next.js'
import { callWarder } from './server-call.js'

/** The signed-in user, asked of Warder once a request; null where nobody is. Throws `WarderError` where Warder is away. */
export const getUser = cache(async (): Promise<Me | null> => {
  if (!warderCookies((await cookies()).toString())) return null
  const answer = await callWarder('/me', { timeout: 5000 })
  if (answer.ok) return (await answer.json()) as Me
  if ((await headers()).get('x-warder-state') === 'unknown') throw WarderError.unavailable() // the proxy could not refresh: no sign-out
  if (answer.status === 401) return null
  throw await WarderError.of(answer)
})

/** The one line that protects a page, a Server Action or a route handler. Not a layout: Next.js does not run it again on the way from page to page. */
export async function requireUser({ login = '/login' }: { login?: string } = {}): Promise<Me> {
  return (await getUser()) ?? redirect(`${login}?next=${encodeURIComponent(safeNext((await headers()).get('x-warder-path')))}`)
}

/**
 * Calls Warder as the signed-in user, with any path of its contract, and gives the JSON of the answer. Throws
 * `WarderError`. In a Server Action or a route handler, cookies that Warder sets reach the browser.
 */
export async function warderFetch<T = unknown>(path: string, { method, body }: { method?: string; body?: unknown } = {}): Promise<T> {
  const answer = await callWarder(path, { ...(method && { method }), body: body === undefined ? undefined : JSON.stringify(body) })
  if (!answer.ok) throw await WarderError.of(answer)
  return (answer.status === 204 ? undefined : await answer.json()) as T
}
