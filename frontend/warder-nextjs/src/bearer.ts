import { bodyOf } from './body-of.js'
import type { Credentials, MailProof, Me, NewAccount, SecondStepProof, TokenPair } from './contract.js'
import { WarderError } from './error.js'
import { mailsBy } from './mails.js'
import { orEnded, orMailEnded, registrationMailed } from './second-step.js'
import { checkedUrl } from './url.js'

/** The ticket of a second step that an answer asks for; the former one is good for another try after a wrong code. */
async function ticketOf(answer: Response, former: string | undefined): Promise<string | undefined> {
  if (answer.status === 401) return undefined
  const body = (await answer.json().catch(() => null)) as { mfa_token?: string } | null
  return body?.mfa_token ?? former
}

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
  let ticket: string | undefined
  let mailTicket: string | undefined
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
    if (!answer.ok) {
      ticket = await ticketOf(answer.clone(), ticket)
      throw await WarderError.of(answer)
    }
    if (answer.status === 202) throw registrationMailed()
    ticket = undefined
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

  /** As a guest, but for what belongs to the signed-in user. */
  async function ask<T>(path: string, body: object): Promise<T> {
    const asked = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    const answer = await (path.startsWith('/me/') ? authFetch(path, asked) : post(path, body))
    if (!answer.ok) throw await WarderError.of(answer)
    return bodyOf<T>(answer)
  }

  return {
    /** Throws `mfa_required` where a second step is to follow, with `details.methods`. */
    login: (credentials: Credentials) => enter('/login', credentials),
    /** The second step; its ticket is kept in memory only. Throws `sign_in_ended` where the sign-in begins anew. */
    loginMfa: (proof: SecondStepProof) =>
      enter('/login/mfa', { ...proof, mfa_token: ticket ?? '' }).catch((error: WarderError) => {
        throw orEnded(error)
      }),
    /** `registration_mailed` where nobody is signed in by it, and a mail says how to go on. */
    register: (account: NewAccount) => enter('/register', account),
    /** Sends a mail with a link and six digits, if there is such an account; `loginByMail()` takes either. */
    async requestSignInMail(email: string): Promise<void> {
      const { login_token } = await ask<{ login_token: string }>('/login/email', { email, token_delivery: 'body' })
      mailTicket = login_token
    },
    loginByMail: (proof: MailProof) =>
      enter('/login/email/confirm', 'code' in proof ? { ...proof, login_token: mailTicket ?? '' } : proof).catch((error: WarderError) => {
        throw orMailEnded(error, proof)
      }),
    /** What people do by mail: `await warder.mails.forgotPassword(email)`. */
    mails: mailsBy(ask),
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
