import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Seen = { method: string; path: string; headers: IncomingHttpHeaders; body: string }
export type Answer = { status?: number; headers?: Record<string, string | string[]>; body?: unknown; lost?: boolean }

/** Stands in for Warder: says what the test wants said, and keeps what it was asked. `WARDER_URL` names it. */
export class WarderDouble {
  readonly seen: Seen[] = []
  answer: (request: Seen) => Answer | Promise<Answer> = () => ({ status: 404, body: { detail: 'Not Found' } })

  private readonly server = createServer((request, response) => {
    let body = ''
    request
      .on('data', (part) => {
        body += part
      })
      .on('end', async () => {
        const seen = { method: request.method!, path: request.url!, headers: request.headers, body }
        this.seen.push(seen)
        const { status = 200, headers = {}, body: said, lost } = await this.answer(seen)
        if (lost) return void response.destroy()
        response
          .writeHead(status, { 'content-type': 'application/json', ...headers })
          .end(said === undefined ? undefined : JSON.stringify(said))
      })
  })

  async start(): Promise<void> {
    await new Promise<void>((listening) => {
      this.server.listen(0, '127.0.0.1', listening)
    })
    process.env.WARDER_URL = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  stop(): void {
    this.server.closeAllConnections()
    this.server.close()
    delete process.env.WARDER_URL
  }

  asked = (path: string): Seen[] => this.seen.filter((each) => each.path === path)
}

/** A WARDER_URL where nobody answers. */
export const NOBODY = 'http://127.0.0.1:1'

export const NEW_COOKIES = [
  '__Host-warder_access=new-access; Path=/; Max-Age=900; SameSite=Lax; Secure; HttpOnly',
  '__Host-warder_refresh=new-refresh; Path=/; Max-Age=1209600; SameSite=Lax; Secure; HttpOnly',
  '__Host-warder_csrf=new-csrf; Path=/; Max-Age=1209600; SameSite=Lax; Secure',
]
export const CLEARED_COOKIES = NEW_COOKIES.map((line) => line.replace(/=new-\w+/, '=').replace(/Max-Age=\d+/, 'Max-Age=0'))

/** Looks like an access token that ends in so many seconds; the signature is nobody's business here. */
export const accessToken = (seconds: number, life = 900): string => {
  const exp = Math.floor(Date.now() / 1000) + seconds
  return `e30.${Buffer.from(JSON.stringify({ exp, iat: exp - life, sub: 'ÿ>?' })).toString('base64url')}.sig`
}

let tokens = 0
/** Cookies of a session of its own, so that no test meets the shared refresh of another. */
export const cookiesOf = (seconds: number): string =>
  `theme=dark; __Host-warder_access=${accessToken(seconds)}; __Host-warder_refresh=old-${tokens++}; __Host-warder_csrf=old-csrf`
export const expiredCookies = (): string => `theme=dark; __Host-warder_refresh=old-${tokens++}; __Host-warder_csrf=old-csrf`
