import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { BrowserContext, CDPSession, Page } from '@playwright/test'

const run = promisify(execFile)

/** Somebody's phone: oathtool, which nobody here wrote. Each code is good once, so it shows that of now, then the next one. */
export class Phone {
  private shown = 0

  constructor(private readonly secret: string) {}

  async code(): Promise<string> {
    const step = Math.max(this.shown + 1, Math.floor(Date.now() / 30_000))
    this.shown = step
    const time = new Date(step * 30_000).toISOString().replace('T', ' ').replace('.000Z', ' UTC')
    return (await run('oathtool', ['--base32', '--totp', '--now', time, this.secret])).stdout.trim()
  }
}

/** What a phone's camera reads from an image of the page. */
export async function readQr(page: Page, file: string): Promise<string> {
  await page.getByAltText('QR code').screenshot({ path: file })
  return (await run('ZXingReader', ['-bytes', file])).stdout.trim()
}

const OPTIONS = {
  protocol: 'ctap2',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const

type Lie = 'isBogusSignature' | 'isBadUV' | 'isBadUP'

/** A fingerprint reader with its keys, which says yes by itself. */
export class FingerprintReader {
  private constructor(
    private readonly cdp: CDPSession,
    private readonly authenticatorId: string,
  ) {}

  static async of(context: BrowserContext, page: Page): Promise<FingerprintReader> {
    const cdp = await context.newCDPSession(page)
    await cdp.send('WebAuthn.enable')
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', { options: OPTIONS })
    return new FingerprintReader(cdp, authenticatorId)
  }

  async keys(): Promise<number> {
    return (await this.cdp.send('WebAuthn.getCredentials', { authenticatorId: this.authenticatorId })).credentials.length
  }

  /** Whether the finger is the right one. */
  async knows(isUserVerified: boolean): Promise<void> {
    await this.cdp.send('WebAuthn.setUserVerified', { authenticatorId: this.authenticatorId, isUserVerified })
  }

  /** It lies about one thing, or about nothing. */
  async lie(lie?: Lie): Promise<void> {
    const lies = { isBogusSignature: false, isBadUV: false, isBadUP: false }
    await this.cdp.send('WebAuthn.setResponseOverrideBits', { authenticatorId: this.authenticatorId, ...lies, ...(lie && { [lie]: true }) })
  }
}
