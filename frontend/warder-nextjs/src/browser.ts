import { WarderError } from './error.js'

const BASE = '/api/auth'
const REFRESHED_AT = 'warder.refreshed-at'

/** The CSRF token, which is also the mark of a session that a script may see; empty where there is none. */
export const readCsrf = (): string => /(?:^|; )(?:__Host-)?warder_csrf=([^;]*)/.exec(document.cookie)?.[1] ?? ''

/** fetch() for this site: with the CSRF header, and after a 401 with one refresh for all calls and tabs, then once more. */
export async function authFetch(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const request = new Request(input, init)
  if (new URL(request.url).origin !== location.origin) throw new TypeError('authFetch() is for this site only: ' + request.url)
  const sentAt = Date.now()
  const answer = await send(request.clone())
  return answer.status === 401 && (await refresh(sentAt)) ? send(request) : answer
}

/** POST of JSON to Warder; gives the JSON of the answer. Throws `WarderError`. */
export async function post<T>(path: string, body: object): Promise<T> {
  const answer = await sendJson(BASE + path, body).catch(() => { throw WarderError.unavailable() })
  if (!answer.ok) throw await WarderError.of(answer)
  return (answer.status === 204 ? undefined : await answer.json()) as T
}

const sendJson = (url: string, body: object) =>
  send(new Request(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }))

function send(request: Request): Promise<Response> {
  const csrf = readCsrf() // a header's value read late: a refresh may have come between
  if (csrf) request.headers.set('x-csrf-token', csrf)
  return fetch(request)
}

let flight: Promise<boolean> | undefined

/** One refresh a tab through `flight`, one for all tabs through a Web Lock. True where the request is worth repeating. */
function refresh(sentAt: number): Promise<boolean> {
  const locked = () => navigator.locks?.request('warder-refresh', () => refreshUnlessDone(sentAt)) ?? refreshUnlessDone(sentAt)
  return (flight ??= Promise.resolve(locked()).finally(() => { flight = undefined }))
}

async function refreshUnlessDone(sentAt: number): Promise<boolean> {
  if (Number(localStorage.getItem(REFRESHED_AT) ?? 0) > sentAt) return true
  const answer = await sendJson(BASE + '/refresh', {}).catch(() => null)
  if (answer?.ok) localStorage.setItem(REFRESHED_AT, String(Date.now()))
  if (answer?.status === 401) ended.forEach((each) => each())
  return answer?.ok ?? false
}

const ended = new Set<() => void>()

/** Called when Warder said that the session is over; gives what ends the calling. */
export function onSessionEnded(heard: () => void): () => void {
  ended.add(heard)
  return () => ended.delete(heard)
}
