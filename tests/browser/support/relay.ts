import { createServer, request as ask, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Fault = {
  /** Milliseconds before a request goes on. */
  delay?: number
  /** Warder answers, but the answer never arrives; of the next so many requests. */
  lose?: number
}

/**
 * Stands on both sides of the validating proxy: Next.js → here → prism → here → Warder. Counts what passes, slows it, loses it,
 * and collects what prism says against Warder's answers. Prism makes one line of several Set-Cookie lines, so the answer's
 * own lines, seen behind prism, are put back.
 */
export class Relay {
  readonly violations: string[] = []
  private readonly front = createServer((request, response) => void this.pass(request, response))
  private readonly back = createServer((request, response) => this.passToWarder(request, response))
  private readonly cookieLines = new Map<string, string[]>()
  private counts = new Map<string, number>()
  private faults = new Map<string, Fault>()
  private passed = 0

  constructor(private readonly warderPort: number) {}

  /** The port that prism must speak to. */
  startBack = (): Promise<number> => listen(this.back)

  /** The port that Next.js must speak to. */
  startFront(prismPort: number): Promise<number> {
    this.prismPort = prismPort
    return listen(this.front)
  }
  private prismPort = 0

  stop(): void {
    for (const server of [this.front, this.back]) {
      server.closeAllConnections()
      server.close()
    }
  }

  /** How often e.g. `POST /refresh` passed since `forget()`. */
  count = (route: string): number => this.counts.get(route) ?? 0

  /** On one route; `{}` heals. */
  set(fault: Fault, route: string): void { this.faults.set(route, fault) }

  forget(): void { this.counts.clear(); this.faults.clear(); this.violations.length = 0 }

  private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const route = routeOf(request)
    this.counts.set(route, this.count(route) + 1)
    const fault = this.faults.get(route) ?? {}
    if (fault.delay) await new Promise((later) => setTimeout(later, fault.delay))
    const id = String(this.passed++)
    const up = ask({ ...onwards(request, this.prismPort), headers: { ...request.headers, [ID]: id } }, (answer) => {
      const { 'sl-violations': said, ...headers } = answer.headers
      this.judge(`${route} ${answer.statusCode}`, said)
      const lines = this.cookieLines.get(id)
      this.cookieLines.delete(id)
      if (!lines) return void response.destroy() // prism's own words about a Warder that is away
      if (fault.lose) {
        fault.lose -= 1
        answer.resume().on('end', () => response.destroy())
        return
      }
      response.writeHead(answer.statusCode!, { ...headers, ...(lines.length && { 'set-cookie': lines }) })
      answer.pipe(response)
    })
    up.on('error', () => response.destroy())
    request.pipe(up)
  }

  private passToWarder(request: IncomingMessage, response: ServerResponse): void {
    const { [ID]: id, ...headers } = request.headers
    const up = ask({ ...onwards(request, this.warderPort), headers }, (answer) => {
      this.cookieLines.set(String(id), answer.headers['set-cookie'] ?? [])
      response.writeHead(answer.statusCode!, answer.headers)
      answer.pipe(response)
    })
    up.on('error', () => response.destroy())
    request.pipe(up)
  }

  /** Bad requests are sent on purpose, so only what is wrong with an answer counts. */
  private judge(answered: string, said: string | string[] | undefined): void {
    if (typeof said !== 'string') return
    for (const { location, message } of JSON.parse(said) as { location: string[]; message: string }[])
      if (location[0] === 'response') this.violations.push(`${answered}: ${location.join('.')} ${message}`)
  }
}

const ID = 'x-relay-id'

const routeOf = (request: IncomingMessage): string => `${request.method} ${request.url!.split('?')[0]}`

const onwards = (request: IncomingMessage, port: number) => ({ host: '127.0.0.1', port, method: request.method, path: request.url })

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  return (server.address() as AddressInfo).port
}
