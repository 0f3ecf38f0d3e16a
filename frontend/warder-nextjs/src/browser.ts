import { BASE_PATH } from './base-path.js'
import type { Me, ProofMethod, SessionState } from './contract.js'
import { bodyOf } from './body-of.js'
import { WarderError } from './error.js'

const BASE = BASE_PATH + '/api/auth'
const REFRESHED_AT = 'warder.refreshed-at'

/** Longer than the route handlers themselves wait for Warder. A refresh that hung would keep all tabs waiting for its lock. */
const LONGEST = 15_000

/**
 * The CSRF token, which is also the mark of a session that a script may see; empty where there is none. Where several Warders share
 * the host, the tokens of all: the prefix is read at run time, on the server only, and the route handlers pick theirs.
 */
export function readCsrf(): string {
  const found = new Map(
    document.cookie
      .split('; ')
      .map((pair) => /^((?:__Host-)?[A-Za-z][\w-]*_csrf)=(.+)$/.exec(pair))
      .filter((each) => each !== null)
      .map(([, name, token]) => [name!, token!]),
  )
  return [...found]
    .filter(([name]) => !found.has('__Host-' + name))
    .map(([, token]) => token)
    .join(', ') // a plain one may have been planted by a neighbour
}

/**
 * fetch() for this site: with the CSRF header, and after a 401 with one refresh for all calls and tabs, then once more. A 401
 * that comes back means that the session is over; where a refresh failed otherwise, nobody knows, and it throws `WarderError`. A 403
 * `reauthentication_required` opens the dialog of `<WarderProvider stepUp>`, one for all calls, and is sent once more after it.
 */
export async function authFetch(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const request = new Request(input, init)
  if (new URL(request.url).origin !== location.origin) throw new TypeError('authFetch() is for this site only: ' + request.url)
  const sentAt = Date.now()
  let answer = await send(request.clone())
  if (answer.status === 401 && (await refresh(sentAt))) answer = await send(request.clone())
  const methods = await askedToConfirm(answer)
  return methods && (await stepUp(methods)) ? send(request) : answer
}

/** Asks Warder, by POST where there is a body; gives the JSON of the answer. Throws nothing but `WarderError`. */
export async function ask<T>(path: string, body?: object): Promise<T> {
  return jsonOf<T>(body ? sendJson(path, body) : fetch(BASE + path, { cache: 'no-store' }))
}

async function jsonOf<T>(asked: Promise<Response>): Promise<T> {
  const answer = await asked.catch((error: unknown) => {
    throw error instanceof WarderError ? error : WarderError.unavailable()
  })
  if (!answer.ok) throw await WarderError.of(answer)
  return bodyOf<T>(answer).catch(() => {
    throw WarderError.unavailable()
  })
}

/** The same as who is signed in: refreshes, and asks for a fresh proof, as `authFetch()` does. */
export async function askAsUser<T>(method: string, path: string, body?: object): Promise<T> {
  const json = body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  return jsonOf<T>(authFetch(BASE + path, { method, cache: 'no-store', ...json }))
}

/** Who is signed in, after a refresh where one is due. Throws `WarderError` where Warder does not say. */
export async function askSession(): Promise<Me | null> {
  const sentAt = Date.now()
  let state = await ask<SessionState>('/session')
  if (!state.user && state.refreshable && (await refresh(sentAt))) {
    state = await ask<SessionState>('/session')
    if (!state.user && state.refreshable) throw WarderError.unavailable()
  }
  return state.user ?? null
}

const sendJson = (path: string, body: object) =>
  send(
    new Request(BASE + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(LONGEST),
    }),
  )

function send(request: Request): Promise<Response> {
  const csrf = readCsrf() // a header's value read late: a refresh may have come between
  if (csrf) request.headers.set('x-csrf-token', csrf)
  return fetch(request)
}

let flight: Promise<boolean> | undefined

/** One refresh a tab through `flight`, one for all tabs through a Web Lock. False where the session is over; throws `WarderError` where nobody knows. */
function refresh(sentAt: number): Promise<boolean> {
  const locked = () => navigator.locks?.request('warder-refresh', () => refreshUnlessDone(sentAt)) ?? refreshUnlessDone(sentAt)
  return (flight ??= Promise.resolve(locked()).finally(() => {
    flight = undefined
  }))
}

async function refreshUnlessDone(sentAt: number): Promise<boolean> {
  if (refreshedAt() > sentAt) return true
  try {
    await ask('/refresh', {})
  } catch (error) {
    if ((error as WarderError).status !== 401) throw error
    for (const each of ended) each()
    return false
  }
  noteRefresh(Date.now())
  return true
}

// Storage may be full, or forbidden in a frame of another site: then each tab refreshes for itself.
function refreshedAt(): number {
  try {
    return Number(localStorage.getItem(REFRESHED_AT))
  } catch {
    return 0
  }
}
function noteRefresh(now: number): void {
  try {
    localStorage.setItem(REFRESHED_AT, String(now))
  } catch {
    /* as above */
  }
}

const ended = new Set<() => void>()

/** Called when Warder said that the session is over; gives what ends the calling. */
export function onSessionEnded(heard: () => void): () => void {
  ended.add(heard)
  return () => ended.delete(heard)
}

/** The ways to prove it, where an answer wants a fresh proof. */
async function askedToConfirm(answer: Response): Promise<ProofMethod[] | null> {
  if (answer.status !== 403) return null
  const { code, details } = await WarderError.of(answer.clone())
  return code === 'reauthentication_required' ? (details.methods ?? []) : null
}

type Asker = (methods: ProofMethod[]) => Promise<boolean>

/** The dialogs of the providers of this page; the inner one of two asks. */
const askers: Asker[] = []
let asking: Promise<boolean> | undefined

/** Lets `asker` ask who sits there; gives what ends that. */
export function onStepUp(asker: Asker): () => void {
  askers.push(asker)
  return () => {
    askers.splice(askers.indexOf(asker), 1)
  }
}

export const canStepUp = (): boolean => askers.length > 0

/** Asks once for all that wait for it. False where the user would not, or where nobody can ask. */
export function stepUp(methods: ProofMethod[]): Promise<boolean> {
  const asker = askers.at(-1)
  if (!asker) return Promise.resolve(false)
  return (asking ??= asker(methods).finally(() => {
    asking = undefined
  }))
}
