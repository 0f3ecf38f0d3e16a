import { compareClocks } from './access-token.js'
import { config } from './config.js'
import { applySetCookies, cookieOf } from './cookies.js'
import type { WarderError } from './error.js'
import { type RefreshOutcome, shared } from './shared.js'
import { upstream } from './upstream.js'

/** Requests that the browser sent before it saw the new cookies still carry the old token for about this long. */
const SHARED_FOR = 10_000

/** A visitor who waited longer than this does not wait for a second attempt. */
const RETRY_WITHIN = 1000

const { flights } = shared

/** Refreshes once for all parallel requests with the same refresh token. Warder's own grace does the same across processes. */
export function refreshOnce(cookie: string, headers: Record<string, string>): Promise<RefreshOutcome> {
  const token = cookieOf(cookie, config().refresh)
  if (!token) return Promise.resolve({ result: 'ended', setCookies: [] })
  forgetOld(Date.now())
  const flying = flights.get(token)
  if (flying) return flying.outcome
  const outcome = refresh(cookie, headers)
  flights.set(token, { outcome, until: Date.now() + SHARED_FOR })
  outcome.then(
    ({ result }) => {
      if (result !== 'renewed') flights.delete(token)
    },
    () => flights.delete(token),
  )
  return outcome
}

/** An answer that was lost on its way is asked for again at once: within its grace Warder gives the same successor. */
async function refresh(cookie: string, headers: Record<string, string>): Promise<RefreshOutcome> {
  const startedAt = Date.now()
  const first = await attempt(cookie, headers)
  return first.result === 'lost' && Date.now() - startedAt < RETRY_WITHIN ? known(await attempt(cookie, headers)) : known(first)
}

type Attempt = { result: RefreshOutcome['result'] | 'lost'; setCookies: string[] }

const known = ({ result, setCookies }: Attempt): RefreshOutcome => ({ result: result === 'lost' ? 'unknown' : result, setCookies })

async function attempt(cookie: string, headers: Record<string, string>): Promise<Attempt> {
  try {
    const answer = await upstream('/refresh', { method: 'POST', cookie, headers, timeout: 5000 })
    await answer.body?.cancel()
    const result = answer.ok ? 'renewed' : answer.status === 401 ? 'ended' : 'unknown'
    if (result === 'renewed') compareClocks(cookieOf(applySetCookies('', answer.headers.getSetCookie()), config().access))
    return { result, setCookies: result === 'unknown' ? [] : answer.headers.getSetCookie() }
  } catch (error) {
    if ((error as WarderError).status !== 503) throw error // a wrong setting is no outage
    return { result: 'lost', setCookies: [] }
  }
}

/** A Map keeps the order of insertion, and all flights last as long: the old ones stand in front. */
function forgetOld(now: number): void {
  for (const [token, { until }] of flights) {
    if (until > now) return
    flights.delete(token)
  }
}
