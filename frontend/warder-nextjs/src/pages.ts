import type { GetServerSideProps, GetServerSidePropsContext, GetServerSidePropsResult } from 'next'
import { isFresh } from './access-token.js'
import { config } from './config.js'
import type { Me } from './contract.js'
import { applySetCookies, cookieOf } from './cookies.js'
import { WarderError } from './error.js'
import { refreshOnce } from './refresh.js'
import { forwarded, upstream } from './upstream.js'

type Props = Record<string, unknown>
type Inner<P extends Props> = (context: GetServerSidePropsContext, user: Me) => Promise<GetServerSidePropsResult<P>>

/**
 * Pages Router: `export const getServerSideProps = withUser()` gives the page its `user`, or sends the visitor to sign in. A
 * getServerSideProps of your own as `inner` runs for signed-in users only; its props get `user` beside them, its redirect or
 * notFound stands. Refreshes by itself, because getServerSideProps can set cookies. Throws `WarderError` where Warder is away.
 */
export function withUser<P extends Props = Props>(inner?: Inner<P>, { login = '/login' }: { login?: string } = {}): GetServerSideProps<P & { user: Me }> {
  return async (context) => {
    context.res.setHeader('cache-control', 'private, no-store')
    const user = await userOf(context)
    if (!user) return { redirect: { destination: `${login}?next=${encodeURIComponent(context.resolvedUrl)}`, permanent: false } }
    const result = (await inner?.(context, user)) ?? { props: {} as P }
    return 'props' in result ? { props: { ...(await result.props), user } } : result
  }
}

async function userOf({ req, res }: GetServerSidePropsContext): Promise<Me | null> {
  const headers = forwarded((name) => String(req.headers[name] ?? ''))
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

async function meOf(answer: Response): Promise<Me | null> {
  if (answer.ok) return (await answer.json()) as Me
  if (answer.status === 401) return null
  throw await WarderError.of(answer)
}
