import { cookies, headers } from 'next/headers.js'
import { cache } from 'react'
import { isOver } from './access-token.js'
import { bodyOf } from './body-of.js'
import { config } from './config.js'
import { carriesSession, cookieOf } from './cookies.js'
import type { Me, Provider } from './contract.js'
import { WarderError } from './error.js'
import { checkLogin, loginPath } from './login-path.js'
import { mailsBy } from './mails.js'
import { isAllowed, type Wanted } from './roles.js'
import { safeNext } from './safe-next.js'
import { callWarder, renewSession } from './server-call.js'

export { afterSignIn } from './after-sign-in.js'
export { confirmFirst } from './confirm.js'
export { sameOrigin } from './same-origin.js'
export { confirmSignInTotp, requestSignInMail, signIn, signInByMail, signInMfa, signOut, signUp, startSignInTotp } from './sign-in.js'
export { withUser } from './with-user.js'

/**
 * The signed-in user, asked of Warder once a request; null where nobody is. Throws `WarderError` where Warder is away. In a
 * Server Action and a route handler it refreshes by itself; for pages the proxy does, so its matcher must cover them.
 */
export const getUser = cache(async (): Promise<Me | null> => {
  if (!carriesSession((await cookies()).toString()) || !(await renewSession())) return null
  const answer = await callWarder('/me', { timeout: 5000 })
  if (answer.ok) return (await answer.json()) as Me
  await throwIfUnknown()
  if (answer.status === 401) return null
  throw await WarderError.of(answer)
})

/**
 * The one line that protects a page or a Server Action. Not a layout: Next.js does not run it again on the way from page to page.
 * Who is signed in but lacks the role gets the app's 404 page, or its 403 page where next.config has `experimental.authInterrupts`.
 */
export async function requireUser({ login, ...wanted }: Wanted & { login?: string } = {}): Promise<Me> {
  const [user, head] = await Promise.all([getUser(), headers()])
  // Loaded here, by the name that Next.js knows, so that Node.js alone can load this module: pages/api, scripts, Vitest.
  const next = await import('next/navigation')
  if (!user)
    return next.redirect(
      loginPath(
        login === undefined ? safeNext(head.get('x-warder-login'), '/login') : checkLogin('login', login),
        head.get('x-warder-path'),
      ),
    )
  if (await isAllowed(user, wanted)) return user
  return process.env.__NEXT_EXPERIMENTAL_AUTH_INTERRUPTS ? next.forbidden() : next.notFound()
}

/**
 * The access token of this request, for an API of your own that verifies it; null where nobody is signed in. Refreshes where
 * `getUser()` does. It is a key to the account: never give it to a client component, nor return it from a Server Action.
 */
export async function getAccessToken(): Promise<string | null> {
  if (!(await renewSession())) return null
  const token = cookieOf((await cookies()).toString(), config().access)
  if (token && !isOver(token)) return token
  await throwIfUnknown()
  return null
}

/**
 * Calls Warder as the signed-in user, with any path of its contract, and gives the JSON of the answer. Throws
 * `WarderError`. In a Server Action or a route handler, cookies that Warder sets reach the browser; tokens come as cookies only.
 */
export async function warderFetch<T = unknown>(path: string, { method, body }: { method?: string; body?: unknown } = {}): Promise<T> {
  const answer = await callWarder(path, { ...(method && { method }), body: body === undefined ? undefined : JSON.stringify(body) })
  if (!answer.ok) throw await WarderError.of(answer)
  return bodyOf<T>(answer)
}

/** What people do by mail, for an action of your own: `await mails.forgotPassword(email)`. */
export const mails = mailsBy((path, body) => warderFetch(path, { method: 'POST', body }))

/** Where else people may sign in, for the buttons of a sign-in page: none where Warder has none, or is away. `providerPath()` is where a button leads. */
export async function getProviders(): Promise<Provider[]> {
  await headers() // a page with these buttons is made when it is asked for: at build time there is no Warder
  try {
    const answer = await callWarder('/oauth/providers', { timeout: 2000 })
    return answer.ok ? ((await answer.json()) as { providers: Provider[] }).providers : []
  } catch (error) {
    if (error instanceof WarderError) return []
    throw error
  }
}

/** Where the proxy could not refresh, a missing token is no sign-out. */
async function throwIfUnknown(): Promise<void> {
  if ((await headers()).get('x-warder-state') === 'unknown') throw WarderError.unavailable()
}
