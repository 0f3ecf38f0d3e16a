import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { answers, freePort, Program } from './process.ts'
import { KEPT_MS, Relay } from './relay.ts'

const WARDERD = process.env.BROWSER_TEST_WARDERD ?? ''
const APP = process.env.BROWSER_TEST_APP ?? ''
const modules = fileURLToPath(new URL('../node_modules/', import.meta.url))
const ABUNDANT = '100000/1m burst 100000'

export const PASSWORD = 'nine quiet tugboats'

export type StackOptions = { cookiesInsecure?: boolean; cookiePrefix?: string; settings?: Record<string, string> }

/** As its user does: `.env.local` is a copy of `.env.example`, and these lines of it are changed. */
async function configure(lines: Record<string, string>): Promise<void> {
  let text = await readFile(`${APP}/.env.example`, 'utf8')
  for (const [key, value] of Object.entries(lines)) {
    const line = new RegExp(`^${key}=.*$`, 'm')
    if (!line.test(text)) throw new Error(`.env.example has no line for ${key}`)
    text = text.replace(line, `${key}=${value}`)
  }
  await writeFile(`${APP}/.env.local`, text)
}

/** Next.js → relay → prism, which judges the contract → Warder. */
export class Stack {
  readonly relay: Relay
  private constructor(
    readonly appUrl: string,
    readonly apiUrl: string,
    readonly warderUrl: string,
    readonly relayUrl: string,
    relay: Relay,
    readonly warder: Program,
    private readonly data: string,
    private readonly app: Program,
    private readonly prism: Program,
  ) {
    this.relay = relay
  }

  static async start({ cookiesInsecure = false, cookiePrefix = 'warder', settings = {} }: StackOptions = {}): Promise<Stack> {
    const [warderPort, prismPort, appPort, apiPort] = [await freePort(), await freePort(), await freePort(), await freePort()]
    const apiUrl = `http://127.0.0.1:${apiPort}` // where a test may start a backend of the app's own
    const data = await mkdtemp(`${tmpdir()}/warder-browser-`)
    const all: Record<string, string> = {
      'http.listen': `127.0.0.1:${warderPort}`,
      'http.allowed_origins': `http://localhost:${appPort},http://app.test:${appPort}`,
      'http.cookies_insecure': String(cookiesInsecure),
      'http.cookie_prefix': cookiePrefix,
      'passwords.argon2_memory_kib': '128',
      'passwords.argon2_iterations': '1',
      'rate_limit.login_per_address': ABUNDANT,
      'rate_limit.register_per_address': ABUNDANT,
      ...settings,
    }
    const warder = new Program(WARDERD, [
      'serve',
      '--data-dir',
      data,
      ...Object.entries(all).flatMap(([key, value]) => ['--set', `${key}=${value}`]),
    ])
    const warderUrl = `http://127.0.0.1:${warderPort}`
    await warder.start(answers(`${warderUrl}/health/ready`))
    const relay = new Relay(warderPort)
    const prism = new Program(process.execPath, [
      `${modules}@stoplight/prism-cli/dist/index.js`,
      'proxy',
      `${warderUrl}/openapi.json`,
      `http://127.0.0.1:${await relay.startBack()}`,
      '--port',
      String(prismPort),
      '--host',
      '127.0.0.1',
      '--verboseLevel',
      'warn',
    ])
    const relayUrl = `http://127.0.0.1:${await relay.startFront(prismPort)}`
    await configure({ WARDER_URL: relayUrl, WARDER_COOKIES_INSECURE: String(cookiesInsecure) })
    const app = new Program(
      process.execPath,
      ['node_modules/next/dist/bin/next', 'start', '--port', String(appPort), '--keepAliveTimeout', String(KEPT_MS)],
      {
        cwd: APP,
        env: { NEXT_TELEMETRY_DISABLED: '1', API_URL: apiUrl, WARDER_COOKIE_PREFIX: cookiePrefix },
      },
    )
    const appUrl = `http://localhost:${appPort}`
    await Promise.all([prism.start(answers(`http://127.0.0.1:${prismPort}/health/live`)), app.start(answers(appUrl))])
    return new Stack(appUrl, apiUrl, warderUrl, relayUrl, relay, warder, data, app, prism)
  }

  /** Starts Warder again on the same data, as after `stopWarder()`. */
  async startWarder(): Promise<void> {
    await this.warder.start(answers(`${this.warderUrl}/health/ready`))
  }

  /** Next.js loses all that it held in memory; its port stays the same. */
  async restartApp(): Promise<void> {
    await this.stopApp()
    await this.app.start(answers(this.appUrl))
  }

  /** As an admin does at the command line, of a server that runs. */
  async admin(...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(WARDERD, [...args, '--data-dir', this.data])
    return stdout
  }

  /** At once: it would wait for connections that are kept alive. */
  private stopApp = () => this.app.stop('SIGKILL')

  async stop(): Promise<void> {
    this.relay.stop()
    await Promise.all([this.stopApp(), this.prism.stop()])
    const code = await this.warder.stop()
    await rm(this.data, { recursive: true })
    if (code !== 0) throw new Error(`Warder ended with ${code}, which a sanitizer may explain:\n${this.warder.output}`)
  }
}
