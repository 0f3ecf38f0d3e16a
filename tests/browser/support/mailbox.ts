import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { promisify } from 'node:util'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

const LOGIN = { user: 'warder', password: 'p w+/ä' }

/** A mail as its reader sees it. */
export type Mail = {
  to: string
  subject: string
  text: string
  /** What its button leads to. */
  link: string
  /** Six digits on a line of their own. */
  code: string
}

/** Everybody's mail server, which nobody here wrote: it speaks TLS or nothing, and lets in who knows the password. */
export class Mailbox {
  private readonly mails: Mail[] = []
  private readonly taken = new Set<Mail>()
  private readonly waiting = new Set<() => void>()

  private constructor(
    private readonly server: SMTPServer,
    /** Holds the certificate that Warder must believe. */
    readonly authorities: string,
  ) {}

  static async start(): Promise<Mailbox> {
    const authorities = await mkdtemp(`${tmpdir()}/warder-mailbox-`)
    const { key, cert } = await certificateIn(authorities)
    const mailbox = new Mailbox(
      new SMTPServer({
        key,
        cert,
        authMethods: ['PLAIN', 'LOGIN'],
        logger: false,
        onAuth: ({ username, password }, { secure }, done) =>
          secure && username === LOGIN.user && password === LOGIN.password ? done(null, { user: username }) : done(new Error('Refused')),
        onData: (stream, _, done) =>
          void simpleParser(stream).then(
            ({ to, subject = '', text = '', html }) => {
              const [receiver] = [to ?? []].flat()
              mailbox.take({
                to: receiver?.value[0]?.address ?? '',
                subject,
                text,
                link: /href="([^"]*[?]token=[^"]*)"/.exec(html || '')?.[1]?.replaceAll('&amp;', '&') ?? '',
                code: /^\s*(\d{6})\s*$/m.exec(text)?.[1] ?? '',
              })
              done()
            },
            (error: Error) => done(error),
          ),
      }),
      authorities,
    )
    mailbox.server.on('error', () => {}) // a client that breaks off its TLS ends nobody else
    await new Promise<void>((listening) => {
      mailbox.server.listen(0, '127.0.0.1', listening)
    })
    return mailbox
  }

  /** What tells Warder of it; the password goes by the environment, where no other user of the machine reads it. */
  get settings(): Record<string, string> {
    return {
      'mail.transport': 'smtp',
      'mail.smtp_host': '127.0.0.1',
      'mail.smtp_port': String((this.server.server.address() as AddressInfo).port),
      'mail.smtp_user': LOGIN.user,
      'mail.from': 'warder@example.org',
      'mail.per_hour': '1000000',
    }
  }
  readonly environment = { WARDER_MAIL_SMTP_PASSWORD: LOGIN.password }

  /** The next mail to somebody, whose subject says what it is about; each is given once. Waits for it. */
  async next(to: string, about: RegExp): Promise<Mail> {
    for (;;) {
      const found = this.mails.find(
        (each) => each.to.toLowerCase() === to.toLowerCase() && about.test(each.subject) && !this.taken.has(each),
      )
      if (found) {
        this.taken.add(found)
        return found
      }
      await new Promise<void>((arrived) => {
        this.waiting.add(arrived)
      })
    }
  }

  countTo = (to: string): number => this.mails.filter((each) => each.to.toLowerCase() === to.toLowerCase()).length

  async stop(): Promise<void> {
    await new Promise<void>((closed) => {
      this.server.close(closed)
    })
    await rm(this.authorities, { recursive: true })
  }

  private take(mail: Mail): void {
    this.mails.push(mail)
    for (const arrived of this.waiting) arrived()
    this.waiting.clear()
  }
}

/** Of an authority that is its own server. */
async function certificateIn(folder: string): Promise<{ key: string; cert: string }> {
  const [key, cert] = [`${folder}/mail.key`, `${folder}/mail.crt`]
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  const name = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
  await promisify(execFile)('openssl', ['req', ...kind, ...name, '-keyout', key, '-out', cert])
  const both = { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') }
  await rm(key)
  return both
}
