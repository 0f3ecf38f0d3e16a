import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { answers, freePort, Program } from './process.ts'
import { Mailbox } from './mailbox.ts'
import { CLIENT, Elsewhere } from './provider.ts'
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

/** Next.js → relay → prism, which judges the contract → Warder → everybody's mail server, another service to sign in at. */
export class Stack {
  private constructor(
    readonly appUrl: string,
    readonly apiUrl: string,
    readonly warderUrl: string,
    readonly relayUrl: string,
    readonly relay: Relay,
    readonly mailbox: Mailbox,
    readonly elsewhere: Elsewhere,
    private current: Program,
    private readonly settings: Record<string, string>,
    private readonly data: string,
    private readonly app: Program,
    private readonly prism: Program,
  ) {}

  static async start({ cookiesInsecure = false, cookiePrefix = 'warder', settings = {} }: StackOptions = {}): Promise<Stack> {
    const [warderPort, prismPort, appPort, apiPort] = [await freePort(), await freePort(), await freePort(), await freePort()]
    const apiUrl = `http://127.0.0.1:${apiPort}` // where a test may start a backend of the app's own
    const appUrl = `http://localhost:${appPort}`
    const data = await mkdtemp(`${tmpdir()}/warder-browser-`)
    const callbacks = ['', '/shop'].map((basePath) => `${appUrl}${basePath}/api/auth/oauth/elsewhere/callback`)
    const [mailbox, elsewhere] = await Promise.all([Mailbox.start(), Elsewhere.start(callbacks)])
    const all: Record<string, string> = {
      'http.listen': `127.0.0.1:${warderPort}`,
      'http.allowed_origins': `${appUrl},http://app.test:${appPort}`,
      'http.cookies_insecure': String(cookiesInsecure),
      'http.cookie_prefix': cookiePrefix,
      'passwords.argon2_memory_kib': '128',
      'passwords.argon2_iterations': '1',
      'rate_limit.login_per_address': ABUNDANT,
      'rate_limit.register_per_address': ABUNDANT,
      'rate_limit.mfa_per_address': ABUNDANT,
      'rate_limit.passkey_per_address': ABUNDANT,
      'rate_limit.mail_per_address': ABUNDANT,
      'rate_limit.oauth_per_address': ABUNDANT,
      'mfa.required': 'admins',
      ...mailbox.settings,
      'mail.link_base': appUrl,
      'accounts.magic_link': 'true',
      'oauth.allow_private': 'true',
      ...settings,
    }
    const warder = warderProgram(data, all, mailbox)
    const warderUrl = `http://127.0.0.1:${warderPort}`
    await warder.start(answers(`${warderUrl}/health/ready`))
    await addProvider(data, elsewhere, callbacks)
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
    await configure({ WARDER_URL: relayUrl, WARDER_COOKIES_INSECURE: String(cookiesInsecure), SIGN_IN_BY_MAIL: 'true' })
    const app = new Program(
      process.execPath,
      ['node_modules/next/dist/bin/next', 'start', '--port', String(appPort), '--keepAliveTimeout', String(KEPT_MS)],
      {
        cwd: APP,
        env: { NEXT_TELEMETRY_DISABLED: '1', API_URL: apiUrl, WARDER_COOKIE_PREFIX: cookiePrefix },
      },
    )
    await Promise.all([prism.start(answers(`http://127.0.0.1:${prismPort}/health/live`)), app.start(answers(appUrl))])
    return new Stack(appUrl, apiUrl, warderUrl, relayUrl, relay, mailbox, elsewhere, warder, all, data, app, prism)
  }

  get warder(): Program {
    return this.current
  }

  /** Starts Warder again on the same data, as after `stopWarder()`. */
  async startWarder(): Promise<void> {
    await this.warder.start(answers(`${this.warderUrl}/health/ready`))
  }

  /** Warder with other settings, until `work` is done. */
  async withSettings(settings: Record<string, string>, work: () => Promise<void>): Promise<void> {
    const usual = this.current
    await this.stopWarder()
    this.current = warderProgram(this.data, { ...this.settings, ...settings }, this.mailbox)
    await this.startWarder()
    try {
      await work()
    } finally {
      await this.stopWarder()
      this.current = usual
      await this.startWarder()
    }
  }

  /** Next.js loses all that it held in memory; its port stays the same. */
  async restartApp(): Promise<void> {
    await this.stopApp()
    await this.app.start(answers(this.appUrl))
  }

  /** As an admin does at the command line, of a server that runs. */
  admin = (...args: string[]): Promise<string> => admin(this.data, args)

  /** As if the user had last proved an hour ago who they are, in all their sessions. */
  async growOld(email: string): Promise<void> {
    const sql =
      'UPDATE sessions SET authenticated_at = authenticated_at - 3600000 WHERE user_id = (SELECT id FROM users WHERE email = ? COLLATE NOCASE)'
    const program = `import sqlite3, sys; db = sqlite3.connect(sys.argv[1], timeout=30); assert db.execute("""${sql}""", [sys.argv[2]]).rowcount; db.commit()`
    await promisify(execFile)('python3', ['-c', program, `${this.data}/warder.db`, email])
  }

  /** At once: it would wait for connections that are kept alive. */
  private stopApp = () => this.app.stop('SIGKILL')

  async stop(): Promise<void> {
    this.relay.stop()
    await Promise.all([this.stopApp(), this.prism.stop()])
    await this.stopWarder()
    this.elsewhere.stop()
    await Promise.all([this.mailbox.stop(), rm(this.data, { recursive: true })])
  }

  private async stopWarder(): Promise<void> {
    const code = await this.warder.stop()
    if (code !== 0) throw new Error(`Warder ended with ${code}, which a sanitizer may explain:\n${this.warder.output}`)
  }
}

/**
 * The mail server's authority is the only one that this Warder believes, as if an administrator had installed it: the system's folder is
 * another one, for this process alone.
 */
function warderProgram(data: string, settings: Record<string, string>, mailbox: Mailbox): Program {
  const believing = [
    '--user',
    '--map-root-user',
    '--mount',
    'sh',
    '-c',
    'mount --bind "$0" /etc/ssl/certs && exec "$@"',
    mailbox.authorities,
  ]
  const given = Object.entries(settings).flatMap(([key, value]) => ['--set', `${key}=${value}`])
  return new Program('unshare', [...believing, WARDERD, 'serve', '--data-dir', data, ...given], { env: mailbox.environment })
}

async function admin(data: string, args: string[], typed = ''): Promise<string> {
  const running = promisify(execFile)(WARDERD, [...args, '--data-dir', data])
  running.child.stdin!.end(typed)
  return (await running).stdout
}

async function addProvider(data: string, { issuer }: Elsewhere, callbacks: string[]): Promise<void> {
  const named = ['--name', 'elsewhere', '--label', 'Elsewhere', '--issuer', issuer, '--client-id', CLIENT.id]
  const trusted = ['--trust-email', 'yes', ...callbacks.flatMap((callback) => ['--callback', callback])]
  await admin(data, ['provider', 'add', 'oidc', ...named, ...trusted, '--secret-stdin'], CLIENT.secret)
}
