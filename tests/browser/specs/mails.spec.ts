import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test, type Page, type Request } from '@playwright/test'
import { look } from '../support/look.ts'

const run = promisify(execFile)
const LONG_NAME = 'The Association of Very Long Names & Sons, which would not fit'

/** Of pages. A mail is shown inside one, the mail program's, which has them. */
const LANDMARKS = ['landmark-one-main', 'region']

/** What `warderd mail` says on a data directory of its own. */
class Mails {
  private constructor(private readonly folder: string) {}

  static async make(): Promise<Mails> {
    const folder = join(await mkdtemp(join(tmpdir(), 'mails-')), 'data')
    const mails = new Mails(folder)
    const adding = mails.run('user', 'add', 'ann@example.com', '--password-stdin')
    adding.child.stdin!.end('correct horse battery staple\n')
    await adding
    return mails
  }

  private run(...words: string[]) {
    return run(process.env.BROWSER_TEST_WARDERD!, [...words, '--data-dir', this.folder])
  }

  async html(kind: string, language: string, ...settings: string[]): Promise<string> {
    const set = settings.flatMap((one) => ['--set', one])
    return (await this.run('mail', 'preview', kind, '--html', '--language', language, ...set)).stdout
  }

  async known(): Promise<{ kinds: string[]; languages: string[] }> {
    return JSON.parse((await this.run('mail', 'status', '--json')).stdout)
  }

  end = () => rm(join(this.folder, '..'), { recursive: true })
}

async function show(page: Page, html: string, name: string, colorScheme: 'light' | 'dark', width: number): Promise<void> {
  const asked: string[] = []
  const note = (request: Request) => asked.push(request.url())
  page.on('request', note)
  await page.emulateMedia({ colorScheme })
  await page.setViewportSize({ width, height: 800 })
  await page.setContent(html)
  await look(page, `mail-${name}`, LANDMARKS)
  page.off('request', note)
  expect(asked, `${name} asks for something`).toEqual([])
}

test('mails can be read in light and dark, on a desk and on a phone, and ask for nothing', async ({ page }) => {
  const mails = await Mails.make()
  const { languages } = await mails.known()
  for (const language of languages) {
    const html = await mails.html('sign_in_link', language)
    await show(page, html, `sign_in_link-${language}-light`, 'light', 1000)
    await show(page, html, `sign_in_link-${language}-phone-dark`, 'dark', 320)
  }
  await show(page, await mails.html('new_device', 'de'), 'new_device-light', 'light', 1000)
  await show(page, await mails.html('new_device', 'de'), 'new_device-phone-light', 'light', 320)
  await show(page, await mails.html('recovery_code_used', 'en'), 'recovery_code_used-dark', 'dark', 1000)
  const long = await mails.html(
    'verify_email',
    'fr',
    `mail.from_name=${LONG_NAME}`,
    `mail.link_base=https://${'long.'.repeat(30)}example.com`,
  )
  await show(page, long, 'long-phone-light', 'light', 320)
  await mails.end()
})

test('every mail in every language is found right by axe and fits a phone', async ({ page }) => {
  const mails = await Mails.make()
  const { kinds, languages } = await mails.known()
  for (const kind of kinds) {
    const all = await Promise.all(languages.map((language) => mails.html(kind, language)))
    for (const [index, html] of all.entries()) await show(page, html, `all/${kind}-${languages[index]}`, 'light', 320)
  }
  await mails.end()
})
