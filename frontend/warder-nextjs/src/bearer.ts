import type { Credentials, Me, NewAccount, TokenPair } from './contract.js'
import { WarderError } from './error.js'
import { checkedUrl } from './url.js'

/** A refresh that hung would keep all tabs waiting for its lock. */
const LONGEST = 15_000

export type BearerOptions = {
  /** Where Warder is, as the browser sees it; this page's origin must stand in http.allowed_origins. */
  url: string
  /**
   * Where the refresh token waits between visits, e.g. `localStorage`, which every script of the page can read. Without one
   * it lives in memory and ends with the page. The access token is never stored.
   */
  storage?: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
}

/**
 * Sign-in without cookies, for other frameworks, plain pages and native apps: tokens in the body, `Authorization: Bearer`,
 * one refresh for all parallel calls and, with `storage`, for all tabs. Where there is a Next.js server, cookies are safer.
 */
export function createBearer({ url, storage }: BearerOptions) {
  const base = checkedUrl('url', url)
  const KEY = `warder.refresh-token ${base}`
  let access: string | undefined
  let memory: string | null = null
  let flight: Promise<boolean> | undefined

  const stored = () => (storage ? storage.getItem(KEY) : memory)
  function keep(pair: TokenPair | null) {
    access = pair?.access_token
    memory = pair?.refresh_token ?? null
    if (memory) storage?.setItem(KEY, memory)
    else storage?.removeItem(KEY)
  }

  const send = (path: string, init: RequestInit) =>
    fetch(base + path, { ...init, credentials: 'omit' }).catch(() => {
      throw WarderError.unavailable()
    })
  const post = (path: string, body: object) =>
    send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(LONGEST),
    })

  async function enter(path: string, body: object): Promise<Me> {
    const answer = await post(path, { ...body, token_delivery: 'body' })
    if (!answer.ok) throw await WarderError.of(answer)
    keep((await answer.json()) as TokenPair)
    return me()
  }

  /**
   * Another tab may have rotated the token while this one waited for the lock, so it is read inside of it; and a tab that signed
   * in or out while the answer was on its way has the last word. False where the session is over; throws `WarderError` where nobody knows.
   */
  async function rotate(): Promise<boolean> {
    const token = stored()
    if (!token) return false
    const answer = await post('/refresh', { refresh_token: token, token_delivery: 'body' })
    if (!answer.ok && answer.status !== 401) throw await WarderError.of(answer)
    const pair = answer.ok ? ((await answer.json()) as TokenPair) : null
    if (stored() !== token) return rotate()
    keep(pair)
    return pair !== null
  }
  function refresh(): Promise<boolean> {
    const locks = storage ? globalThis.navigator?.locks : undefined
    return (flight ??= Promise.resolve(locks ? locks.request('warder-bearer', rotate) : rotate()).finally(() => {
      flight = undefined
    }))
  }

  /**
   * fetch() with the access token, to Warder (`/me`) or to an API of yours (a whole URL); refreshes once after a 401. A 401 that comes
   * back means that the session is over; where the refresh failed otherwise, nobody knows, and it throws `WarderError`.
   */
  async function authFetch(input: string, init: RequestInit = {}): Promise<Response> {
    if (!access) await refresh()
    let sent: string | undefined
    const go = () => {
      const headers = new Headers(init.headers)
      sent = access
      if (access) headers.set('authorization', `Bearer ${access}`)
      return input.startsWith('/') ? send(input, { ...init, headers }) : fetch(input, { ...init, headers })
    }
    const answer = await go()
    if (answer.status !== 401) return answer
    return access !== sent || (await refresh()) ? go() : answer // a call beside this one may have refreshed already
  }

  async function me(): Promise<Me> {
    const answer = await authFetch('/me')
    if (!answer.ok) throw await WarderError.of(answer)
    return (await answer.json()) as Me
  }

  return {
    login: (credentials: Credentials) => enter('/login', credentials),
    register: (account: NewAccount) => enter('/register', account),
    me,
    authFetch,
    /** Ends the session at Warder, then forgets the tokens. */
    async logout(): Promise<void> {
      const token = stored()
      if (token) {
        const answer = await post('/logout', { refresh_token: token })
        if (!answer.ok) throw await WarderError.of(answer)
      }
      if (stored() === token) keep(null)
      else access = undefined
    },
  }
}
