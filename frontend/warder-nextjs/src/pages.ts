import type { GetServerSideProps, GetServerSidePropsContext, GetServerSidePropsResult, NextApiRequest, NextApiResponse } from 'next'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isFresh } from './access-token.js'
import { config } from './config.js'
import type { Me } from './contract.js'
import { applySetCookies, cookieOf } from './cookies.js'
import { WarderError } from './error.js'
import { checkLogin, loginPath } from './login-path.js'
import { refreshOnce } from './refresh.js'
import { retryHeader } from './refusal.js'
import { isAllowed, type Wanted } from './roles.js'
import { isSameOrigin, isUnsafe } from './same-origin.js'
import { forwarded, upstream, type HeaderGetter } from './upstream.js'

type Props = Record<string, unknown>
type Inner<P extends Props> = (context: GetServerSidePropsContext, user: Me) => Promise<GetServerSidePropsResult<P>>

/**
 * Pages Router: `export const getServerSideProps = withUser()` gives the page its `user`, or sends the visitor to sign in. A
 * getServerSideProps of your own as `inner` runs for signed-in users only; its props get `user` beside them, its redirect or
 * notFound stands. Who lacks the role gets the 404 page. Refreshes by itself. Throws `WarderError` where Warder is away.
 */
export function withUser<P extends Props = Props>(
  inner?: Inner<P>,
  { login = '/login', ...wanted }: Wanted & { login?: string } = {},
): GetServerSideProps<P & { user: Me }> {
  checkLogin('login', login)
  return async (context) => {
    const user = await getUser(context)
    const language = context.locale && context.locale !== context.defaultLocale ? `/${context.locale}` : ''
    if (!user) return { redirect: { destination: loginPath(language + login, language + context.resolvedUrl), permanent: false } }
    if (!(await isAllowed(user, wanted))) return { notFound: true }
    const result = (await inner?.(context, user)) ?? { props: {} as P }
    return 'props' in result ? { props: { ...(await result.props), user } } : result
  }
}

/**
 * `pages/api`: `export default withUserApi((req, res, user) => res.json(…))` runs for signed-in users, for those of a role where one is
 * given, and, if it may change something, for requests of this site only. Else 401, 403 or, while Warder is away, 503 as JSON.
 */
export function withUserApi(handler: (req: NextApiRequest, res: NextApiResponse, user: Me) => unknown, wanted: Wanted = {}) {
  return async (req: NextApiRequest, res: NextApiResponse): Promise<void> => {
    const refuse = (status: number, detail: string, code: string) => res.status(status).json({ detail, code })
    try {
      if (isUnsafe(req.method) && !isSameOrigin(getterOf(req))) return refuse(403, 'CSRF check failed', 'origin_refused')
      const user = await getUser({ req, res })
      if (!user) return refuse(401, 'Not authenticated', 'not_authenticated')
      if (!(await isAllowed(user, wanted))) return refuse(403, 'Not enough permissions', 'missing_role')
      await handler(req, res, user)
    } catch (error) {
      if (!(error instanceof WarderError)) throw error
      for (const [name, value] of Object.entries(retryHeader(error))) res.setHeader(name, value)
      refuse(error.status, error.message, error.code ?? 'refused')
    }
  }
}

/** The signed-in user of getServerSideProps or a `pages/api` handler, after a refresh where one is due; null where nobody is. Throws `WarderError`. */
export async function getUser({ req, res }: { req: IncomingMessage; res: ServerResponse }): Promise<Me | null> {
  res.setHeader('cache-control', 'private, no-store')
  const headers = forwarded(getterOf(req))
  const cookie = req.headers.cookie ?? ''
  if (isFresh(cookieOf(cookie, config().access))) {
    const answer = await upstream('/me', { cookie, headers, timeout: 5000 })
    if (answer.status !== 401) return meOf(answer)
  }
  const { result, setCookies } = await refreshOnce(cookie, headers)
  if (result === 'unknown') throw WarderError.unavailable()
  if (setCookies.length > 0) res.appendHeader('set-cookie', setCookies)
  return result === 'ended' ? null : meOf(await upstream('/me', { cookie: applySetCookies(cookie, setCookies), headers, timeout: 5000 }))
}

const getterOf =
  ({ headers }: IncomingMessage): HeaderGetter =>
  (name) =>
    headers[name]?.toString()

async function meOf(answer: Response): Promise<Me | null> {
  if (answer.ok) return (await answer.json()) as Me
  if (answer.status === 401) return null
  throw await WarderError.of(answer)
}
