import { spawn, type ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

const FIRST_PORT = 20_000
const SOURCE_PORTS = 32_768 // from here on the system gives them to whoever connects somewhere

/** A port that was free a moment ago, and that no connection of another test takes while a program of this one starts again. */
export async function freePort(): Promise<number> {
  const port = randomInt(FIRST_PORT, SOURCE_PORTS)
  const server = createServer()
  const isFree = await new Promise<boolean>((said) => {
    server.once('error', () => said(false))
    server.listen(port, '127.0.0.1', () => said(true))
  })
  if (!isFree) return freePort()
  await new Promise((closed) => server.close(closed))
  return port
}

/** A program that the tests start and end; its words are kept for the one who must mend something. */
export class Program {
  private child: ChildProcess | undefined
  output = ''

  constructor(
    private readonly command: string,
    private readonly args: string[],
    private readonly options: { cwd?: string; env?: Record<string, string> } = {},
  ) {}

  /** Until `ready()` says so. */
  async start(ready: () => Promise<boolean>): Promise<void> {
    const child = spawn(this.command, this.args, {
      cwd: this.options.cwd,
      env: { ...process.env, ...this.options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.child = child
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part: Buffer) => {
        this.output += part.toString()
      })
    child.on('error', (error) => {
      this.output += String(error)
    })
    while (!(await ready())) {
      if (child.exitCode !== null || child.pid === undefined) throw new Error(`${this.command} ended at its start:\n${this.output}`)
      await new Promise((soon) => setTimeout(soon, 50))
    }
  }

  /** Gives the exit code; null where the signal ended it, or where it had ended before. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const child = this.child
    if (!child || child.exitCode !== null || child.signalCode !== null) return null
    const ended = new Promise<number | null>((exit) => child.once('exit', exit))
    child.kill(signal)
    return ended
  }
}

export const answers = (url: string) => async (): Promise<boolean> =>
  fetch(url).then(
    (answer) => answer.status < 500,
    () => false,
  )
