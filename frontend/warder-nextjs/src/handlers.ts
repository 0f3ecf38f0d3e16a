import { boundedText } from './bounded-text.js'
import { BROWSER_ROUTES } from './browser-routes.js'
import { config } from './config.js'
import { cookieOf } from './cookies.js'
import { WarderError } from './error.js'
import { checkLogin } from './login-path.js'
import { ELSEWHERE, PROVIDER, signInElsewhere } from './provider-handlers.js'
import { refusal, refusalOf } from './refusal.js'
import { FORWARDED, forwarded, upstream } from './upstream.js'

/** What stands for `{id}`, and for `{provider}`. */
const PLACEHOLDERS: Record<string, string> = { id: '[0-9a-f-]{36}', provider: PROVIDER }

/** All else is 404 here already, in Warder's own words and codes. */
const RULES = Object.entries(BROWSER_ROUTES).map(([path, methods]) => ({
  path: new RegExp(`^${path.slice(1).replaceAll(/\{(\w+)\}/g, (_, name: string) => PLACEHOLDERS[name]!)}$`),
  methods,
}))

/** A refresh or an end of the session takes its token from the HttpOnly cookie, never from a script. */
const BY_COOKIE_ONLY = /^(refresh|logout)$/

const HEADERS_IN = [...FORWARDED, 'origin', 'sec-fetch-site']
const HEADERS_OUT = ['content-type', 'retry-after', 'www-authenticate', 'x-request-id', 'ratelimit', 'ratelimit-policy']

type Context = { params: Promise<{ warder?: string[] }> }

export type HandlerOptions = {
  /** Where the sign-in form is: a sign-in at another service comes back to it where it came to nothing, or wants a second step. Default `/login`. */
  login?: string
  /** Where one proves once more who one is, before another service is connected. Default `/confirm`. */
  confirm?: string
  /** Where one connects another service, and is told what came of it. Default `/account`. */
  account?: string
  /** Where such a sign-in leads to, where no `?next=` says better. Default `/`. */
  home?: string
  /** First folders that are languages, as in `app/[lang]`. */
  locales?: string[]
}

/**
 * `app/api/auth/[...warder]/route.ts`:  export const { GET, POST, PATCH, DELETE } = warderHandlers()
 * Also what `providerPath()` names: the way to another service and back. Throws at once where an option is no path.
 */
export function warderHandlers({
  login = '/login',
  confirm = '/confirm',
  account = '/account',
  home = '/',
  locales = [],
}: HandlerOptions = {}) {
  const pages = { login, confirm, account, home, locales }
  for (const name of ['login', 'confirm', 'account', 'home'] as const) checkLogin(name, pages[name])
  const handler = async (request: Request, context: Context): Promise<Response> => {
    const path = ((await context.params).warder ?? []).join('/')
    const rule = RULES.find((each) => each.path.test(path))
    if (!rule) return (await signInElsewhere(path, request, pages)) ?? refusal(404, 'Not Found', 'route_not_found')
    const method = request.method === 'HEAD' ? 'GET' : request.method // Next.js answers HEAD by GET, and leaves the body out
    if (!rule.methods.includes(method)) return refusal(405, 'Method Not Allowed', 'method_not_allowed', { allow: rule.methods.join(', ') })
    const body = method === 'GET' ? undefined : await bodyFor(path, request)
    return body instanceof Response ? body : pass(method, path, request, body)
  }
  return { GET: handler, POST: handler, PATCH: handler, DELETE: handler }
}

/** What goes to Warder as body, or the refusal of it. Only JSON: a form of another site cannot send that. */
async function bodyFor(path: string, request: Request): Promise<string | undefined | Response> {
  const text = await boundedText(request)
  if (text === null) return refusal(413, 'Content Too Large', 'body_too_large')
  if (BY_COOKIE_ONLY.test(path)) return '{}'
  if (text === '') return undefined
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? ''))
    return refusal(415, 'Unsupported Media Type', 'unsupported_media_type')
  return text
}

async function pass(method: string, path: string, request: Request, body: string | undefined): Promise<Response> {
  try {
    const answer = await upstream('/' + path, {
      method,
      cookie: request.headers.get('cookie'),
      body,
      headers: { ...forwarded((name) => request.headers.get(name), HEADERS_IN), ...ownCsrf(request.headers) },
      ...(path.startsWith('oauth/') && { timeout: ELSEWHERE }),
    })
    const headers = new Headers({ 'cache-control': 'no-store', ...forwarded((name) => answer.headers.get(name), HEADERS_OUT) })
    for (const line of answer.headers.getSetCookie()) headers.append('set-cookie', line)
    return new Response(answer.status === 204 ? null : answer.body, { status: answer.status, headers })
  } catch (error) {
    if (error instanceof WarderError) return refusalOf(error)
    throw error
  }
}

/** A script cannot know which prefix is this app's, so it sends the token of each Warder on its host; one of them is that of the cookie. */
function ownCsrf(headers: Headers): Record<string, string> {
  const sent =
    headers
      .get('x-csrf-token')
      ?.split(',')
      .map((each) => each.trim()) ?? []
  const own = cookieOf(headers.get('cookie'), config().csrf)
  const token = sent.find((each) => each === own) ?? sent[0]
  return token ? { 'x-csrf-token': token } : {}
}
