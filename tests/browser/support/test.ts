import { expect, test as base, type BrowserContext, type Page } from '@playwright/test'
import { Phone } from './authenticator.ts'
import { PASSWORD, Stack, type StackOptions } from './stack.ts'

let accounts = 0
export const newEmail = (): string => `person-${process.pid}-${Date.now()}-${accounts++}@example.com`

type TestFixtures = { contract: void; email: string }
type WorkerFixtures = { stackOptions: StackOptions; stack: Stack }

/** `stack`: one for all tests of a worker. `email`: of an account that is there already, signed out. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  stackOptions: [{}, { scope: 'worker', option: true }],
  stack: [
    async ({ stackOptions }, use) => {
      const stack = await Stack.start(stackOptions)
      await use(stack)
      await stack.stop()
      expect(stack.relay.takeViolations()).toEqual([])
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  baseURL: async ({ stack }, use) => use(stack.appUrl),
  // The judge nobody here wrote: no answer of Warder's, in any test, may differ from its description.
  contract: [
    async ({ stack }, use) => {
      stack.relay.forget()
      await use()
      expect(stack.relay.takeViolations()).toEqual([])
    },
    { auto: true },
  ],
  email: async ({ stack }, use) => {
    const email = newEmail()
    const answer = await fetch(`${stack.relayUrl}/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: PASSWORD }),
    })
    expect(answer.status).toBe(201)
    await use(email)
  },
})
export { expect, PASSWORD }

/** Without the form, whose tests are not these: that is quicker. */
export async function signIn(page: Page, email: string): Promise<void> {
  const answer = await page.request.post('/api/auth/login', { data: { email, password: PASSWORD } })
  expect(answer.status()).toBe(200)
  await page.goto('/dashboard')
  await expect(shownEmail(page)).toHaveText(email)
}

/** Gives whom the page is signed in as an authenticator app called Phone. */
export async function addPhone(page: Page): Promise<Phone> {
  const post = async (path: string, data: object) => {
    const answer = await page.request.post(`/api/auth/me/mfa/${path}`, { data })
    expect([path, answer.ok()]).toEqual([path, true])
    return answer.json()
  }
  const { id, secret } = (await post('totp', { name: 'Phone' })) as { id: string; secret: string }
  const phone = new Phone(secret)
  await post('totp/confirm', { id, code: await phone.code() })
  return phone
}

/** Another day: the session is gone, a remembered browser is not. */
export const forgetSession = (context: BrowserContext) => context.clearCookies({ name: /_(access|refresh|csrf|mfa)$/ })

/** As a visitor does, who can go back to the form. */
export async function signInByForm(page: Page, email: string): Promise<void> {
  await page.goto('/login')
  await fillIn(page, email, PASSWORD)
  await expect(shownEmail(page)).toHaveText(email)
}

export async function fillIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** Streaming shows an element twice for a moment, one of them hidden. */
export const shownEmail = (page: Page) => page.getByTestId('email').filter({ visible: true })

/** Where no link can be prefetched, and so no refresh happens on its own. */
export const leave = (page: Page) => page.goto('about:blank')

/** What the end of an access token's life does: its cookie's Max-Age is the same. */
export const expireAccessToken = (context: BrowserContext) => context.clearCookies({ name: /warder_access$/ })

export const cookieHeader = async (context: BrowserContext): Promise<string> =>
  (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')

/** But for the one by which a browser is known, which outlives a sign-out. */
export const warderCookies = async (context: BrowserContext) =>
  (await context.cookies()).filter(({ name }) => /warder_(?!known)/.test(name))

export const knownBrowser = async (context: BrowserContext) => (await context.cookies()).find(({ name }) => name === '__Host-warder_known')

/** The app under another name of this machine. */
export const at = (stack: Stack, host: string): string => stack.appUrl.replace('localhost', host)

/** What `?next=` must never lead to. */
export const ELSEWHERE = [
  '//evil.example',
  'https://evil.example/',
  '/\\evil.example',
  '\\\\evil.example',
  'javascript:alert(1)',
  '/%09/evil.example',
  '/\t/evil.example',
  '///evil.example',
  'http:evil.example',
]
