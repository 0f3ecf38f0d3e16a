import { Agent, createServer, request as ask, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Fault = {
  /** Milliseconds before a request goes on. */
  delay?: number
  /** Warder answers, but the answer never arrives; of the next so many requests. */
  lose?: number
  /** Puts another answer in place of Warder's, before prism sees it. */
  alter?: (answer: Answer) => Answer
}
export type Answer = { status: number; body: string }

/**
 * Stands on both sides of the validating proxy: Next.js → here → prism → here → Warder. Counts what passes, slows it, loses it,
 * and collects what prism says against Warder's answers. Prism makes one line of several Set-Cookie lines, so the answer's
 * own lines, seen behind prism, are put back.
 */
export class Relay {
  private readonly violations: string[] = []
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
  set(fault: Fault, route: string): void {
    this.faults.set(route, fault)
  }

  /** Counts anew, and heals all routes. What prism has said so far stays said. */
  forget(): void {
    this.counts.clear()
    this.faults.clear()
  }

  /** What prism has said since the last time. */
  takeViolations(): string[] {
    return this.violations.splice(0)
  }

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
      const { alter } = this.faults.get(routeOf(request)) ?? {}
      if (alter) return void altered(answer, alter, response)
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

/** Longer than a test: a server that ends an idle connection just as it is used again would be a fault nobody asked for. */
export const KEPT_MS = 600_000

const ID = 'x-relay-id'

const routeOf = (request: IncomingMessage): string => `${request.method} ${request.url!.split('?')[0]}`

/** A connection for each: one that is kept could end just as it is used again, and pass for a lost answer. */
const agent = new Agent({ keepAlive: false })
const onwards = (request: IncomingMessage, port: number) => ({
  agent,
  host: '127.0.0.1',
  port,
  method: request.method,
  path: request.url,
})

async function altered(answer: IncomingMessage, alter: (answer: Answer) => Answer, response: ServerResponse): Promise<void> {
  const { status, body } = alter({ status: answer.statusCode!, body: Buffer.concat(await answer.toArray()).toString() })
  response.writeHead(status, { ...answer.headers, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}

async function listen(server: Server): Promise<number> {
  server.keepAliveTimeout = KEPT_MS
  server.listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  return (server.address() as AddressInfo).port
}
