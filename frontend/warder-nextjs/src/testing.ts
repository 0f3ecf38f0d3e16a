// For the tests of an app: people, and a Warder of a few lines that runs in the test's own process.
import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { config } from './config.js'
import type { Me } from './contract.js'
import { cookieOf } from './cookies.js'

/** A signed-in user for tests, with what the test says of it: `vi.mock('warder-nextjs/server', …)` may give it back. */
export const fakeUser = (known: Partial<Me> = {}): Me =>
  ({
    id: '01900000-0000-7000-8000-000000000001',
    email: 'ann@example.com',
    name: 'Ann',
    roles: [],
    email_verified: false,
    created_at: '2026-01-01T00:00:00.000Z',
    session_id: '01900000-0000-7000-8000-000000000002',
    mfa_enabled: false,
    has_password: true,
    ...known,
  }) as Me

type Known = {
  email: string
  password: string
  name?: string
  roles?: string[]
  /** The second step of this account: it is asked for a code, which is always this one. */
  code?: string
  /** Each good once. */
  recoveryCodes?: string[]
}
type Account = { user: Me; password: string; code: string | undefined; recoveryCodes: Set<string> }
type Said = { status: number; body?: unknown; cookies?: string[] }

/**
 * Stands in for Warder in an app's own tests, unit and browser alike: registers, signs in and out by cookies, with a second step
 * for whom has a `code`, knows `/me` and `/session`. It has no limits, no CSRF check and no keys: passwords stay in memory, tokens prove nothing. Sets `WARDER_URL`.
 */
export async function startFakeWarder(accounts: Known[] = []) {
  const people = peopleOf(accounts)
  const server = createServer(async (request, response) => {
    const [token, ticket] = [config().refresh, config().mfa].map((name) => cookieOf(request.headers.cookie, name) ?? '')
    const route = `${request.method} ${request.url?.split('?')[0]}`
    const { status, body, cookies } = people.answer(route, { token: token!, ticket: ticket! }, await jsonOf(request))
    response.writeHead(status, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      ...(cookies && { 'set-cookie': cookies }),
    })
    response.end(body === undefined ? undefined : JSON.stringify(body))
  })
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening)
  })
  const before = process.env.WARDER_URL
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  process.env.WARDER_URL = url
  return {
    url,
    /** The Cookie header of a browser that is signed in. */
    cookiesOf: (email: string): string =>
      people
        .signIn(email)
        .cookies!.map((line) => line.split(';')[0])
        .join('; '),
    async stop(): Promise<void> {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
      if (before === undefined) delete process.env.WARDER_URL
      else process.env.WARDER_URL = before
    },
  }
}

/** Who is known and who is signed in, and what Warder says to them. */
function peopleOf(accounts: Known[]) {
  const known = new Map<string, Account>()
  const sessions = new Map<string, Account>()
  const tickets = new Map<string, Account>()
  const add = ({ password, code, recoveryCodes = [], ...rest }: Known): Account => {
    const said = { id: idOf(rest.email), session_id: randomUUID(), name: '', mfa_enabled: Boolean(code), ...rest }
    const account = { password, code, recoveryCodes: new Set(recoveryCodes), user: fakeUser(said as Partial<Me>) }
    known.set(rest.email.toLowerCase(), account)
    return account
  }
  const open = (status: number, account: Account, token = `fake-${randomUUID()}`): Said => {
    sessions.set(token, account)
    return { status, body: { user: account.user, expires_in: LIFE }, cookies: linesOf(token, LIFE) }
  }
  const enter = (account: Account): Said => {
    if (!account.code) return open(200, account)
    const ticket = `fake-${randomUUID()}`
    tickets.set(ticket, account)
    const methods = account.recoveryCodes.size > 0 ? ['totp', 'recovery_code'] : ['totp']
    const refusal = said(403, 'Two-factor authentication required', 'mfa_required')
    return { ...refusal, body: { ...(refusal.body as object), methods, expires_in: 300 }, cookies: [ticketLine(ticket, 300)] }
  }
  const finish = (ticket: string, { code, recovery_code }: Record<string, string>): Said => {
    const account = tickets.get(ticket)
    if (!account) return { ...said(401, 'Could not validate credentials', 'invalid_token'), cookies: [ticketLine('', 0)] }
    const name = recovery_code === undefined ? 'code' : 'recovery_code'
    const isRight = recovery_code === undefined ? code === account.code : account.recoveryCodes.delete(recovery_code)
    if (!isRight) return fault(name, 'this code is wrong')
    tickets.delete(ticket)
    const opened = open(200, account)
    return { ...opened, cookies: [...opened.cookies!, ticketLine('', 0)] }
  }
  const me = (session?: Account): Said =>
    session ? { status: 200, body: session.user } : said(401, 'Not authenticated', 'not_authenticated')
  accounts.forEach(add)

  return {
    signIn(email: string): Said {
      const account = known.get(email.toLowerCase())
      if (!account) throw new Error(`no such account: ${email}`)
      return open(200, account)
    },
    answer(route: string, { token, ticket }: { token: string; ticket: string }, given: Record<string, string>): Said {
      const { email = '', password = '', name = '' } = given
      const session = sessions.get(token)
      const named = known.get(String(email).toLowerCase())
      switch (route) {
        case 'POST /register':
          return named ? said(409, 'Email already exists', 'email_taken') : open(201, add({ email, password, name }))
        case 'POST /login':
          return named && named.password === password ? enter(named) : said(401, 'Invalid credentials', 'invalid_credentials')
        case 'POST /login/mfa':
          return finish(ticket, given)
        case 'POST /refresh':
          return session
            ? open(200, session, token)
            : { ...said(401, 'Could not validate credentials', 'invalid_token'), cookies: linesOf('', 0) }
        case 'POST /logout':
          sessions.delete(token)
          return { status: 204, cookies: linesOf('', 0) }
        case 'GET /session':
          return {
            status: 200,
            body: session ? { authenticated: true, user: session.user, refreshable: true } : { authenticated: false, refreshable: false },
          }
        case 'PATCH /me':
          if (session && name) session.user.name = name
          return me(session)
        case 'GET /me':
          return me(session)
        case 'GET /oauth/providers':
          return { status: 200, body: { providers: [] } }
        default:
          return said(404, 'Not Found', 'route_not_found')
      }
    },
  }
}

const LIFE = 900

const said = (status: number, detail: string, code: string): Said => ({ status, body: { detail, code } })

const fault = (name: string, reason: string): Said => ({
  status: 422,
  body: { detail: [{ type: 'value_error', loc: ['body', name], msg: `Value error, ${reason}`, ctx: { reason } }], code: 'invalid_input' },
})

function ticketLine(ticket: string, life: number): string {
  const { mfa, secure } = config()
  return `${mfa}=${ticket}; Path=/; Max-Age=${life}; SameSite=Lax; HttpOnly${secure ? '; Secure' : ''}`
}

function linesOf(token: string, life: number): string[] {
  const { access, refresh, csrf, secure } = config()
  const end = `; Path=/; Max-Age=${life}; SameSite=Lax${secure ? '; Secure' : ''}`
  return [`${access}=${token && accessToken()}${end}; HttpOnly`, `${refresh}=${token}${end}; HttpOnly`, `${csrf}=${token}${end}`]
}

/** With an end that the proxy reads, and no signature: whoever verifies it refuses it. */
function accessToken(now = Math.floor(Date.now() / 1000)): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none' })}.${part({ iat: now, exp: now + LIFE })}.`
}

const idOf = (email: string) =>
  createHash('sha256')
    .update(email.toLowerCase())
    .digest('hex')
    .replace(/^(.{8})(.{3}).(.{3}).(.{3})(.{12}).*/, '$1-$2a-7$3-8$4-$5')

async function jsonOf(request: IncomingMessage): Promise<Record<string, string>> {
  try {
    return JSON.parse(Buffer.concat(await request.toArray()).toString()) ?? {}
  } catch {
    return {}
  }
}
