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
    ...known,
  }) as Me

type Known = { email: string; password: string; name?: string; roles?: string[] }
type Account = { user: Me; password: string }
type Said = { status: number; body?: unknown; cookies?: string[] }

/**
 * Stands in for Warder in an app's own tests, unit and browser alike: registers, signs in and out by cookies, knows `/me` and
 * `/session`. It has no limits, no CSRF check and no keys: passwords stay in memory, tokens prove nothing. Sets `WARDER_URL`.
 */
export async function startFakeWarder(accounts: Known[] = []) {
  const people = peopleOf(accounts)
  const server = createServer(async (request, response) => {
    const token = cookieOf(request.headers.cookie, config().refresh) ?? ''
    const { status, body, cookies } = people.answer(`${request.method} ${request.url?.split('?')[0]}`, token, await jsonOf(request))
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
  const add = ({ password, ...rest }: Known): Account => {
    const account = { password, user: fakeUser({ id: idOf(rest.email), session_id: randomUUID(), name: '', ...rest } as Partial<Me>) }
    known.set(rest.email.toLowerCase(), account)
    return account
  }
  const open = (status: number, account: Account, token = `fake-${randomUUID()}`): Said => {
    sessions.set(token, account)
    return { status, body: { user: account.user, expires_in: LIFE }, cookies: linesOf(token, LIFE) }
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
    answer(route: string, token: string, { email = '', password = '', name = '' }: Record<string, string>): Said {
      const session = sessions.get(token)
      const named = known.get(String(email).toLowerCase())
      switch (route) {
        case 'POST /register':
          return named ? said(409, 'Email already exists', 'email_taken') : open(201, add({ email, password, name }))
        case 'POST /login':
          return named && named.password === password ? open(200, named) : said(401, 'Invalid credentials', 'invalid_credentials')
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
        default:
          return said(404, 'Not Found', 'route_not_found')
      }
    },
  }
}

const LIFE = 900

const said = (status: number, detail: string, code: string): Said => ({ status, body: { detail, code } })

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
