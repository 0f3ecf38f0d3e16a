import { safeNext } from './safe-next.js'

/** The sign-in page, or one that asks again, which comes back to `path`; a query of its own stays. */
export function loginPath(login: string, path: unknown): string {
  const [page = '', query = ''] = login.split('?')
  const params = new URLSearchParams(query)
  params.set('next', safeNext(path))
  return `${page}?${params}`
}

/** Throws where `login` (called `name` in the sentence) is no path of this app. */
export function checkLogin(name: string, login: string): string {
  if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(login))
    throw new Error(
      `warder-nextjs: ${name} is ${JSON.stringify(login)}. It must be a path of this app, such as /login: the cookies of a session are those of one host.`,
    )
  if (!login.startsWith('/') || safeNext(login, '') === '' || login.includes('#'))
    throw new Error(`warder-nextjs: ${name} is ${JSON.stringify(login)}. It must be a path such as /login, or /login?from=app.`)
  return login
}
