import type { Browser, BrowserContext, Page } from '@playwright/test'
import { look } from '../support/look.ts'
import { addPhone, expect, forgetSession, newEmail, PASSWORD, shownEmail, signIn, test, warderCookies } from '../support/test.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true })
const alert = (page: Page, text: string | RegExp) => page.getByRole('alert').filter({ hasText: text })
const status = (page: Page, text: string | RegExp) => page.getByRole('status').filter({ hasText: text })

const BROWSERS = [
  { name: 'with JavaScript', javaScriptEnabled: true },
  { name: 'without JavaScript', javaScriptEnabled: false },
]

async function open(browser: Browser, baseURL: string | undefined, javaScriptEnabled: boolean): Promise<[BrowserContext, Page]> {
  const context = await browser.newContext({ javaScriptEnabled, baseURL: baseURL! })
  return [context, await context.newPage()]
}

/** At the other service, as whom; it asks once a browser. */
async function agree(page: Page, who: string): Promise<void> {
  await page.getByLabel('Who are you?').fill(who)
  await button(page, 'Let Warder know').click()
}

for (const { name, javaScriptEnabled } of BROWSERS)
  test(`${name}: who comes from elsewhere has an account by that, and no other way in`, async ({ browser, baseURL, stack }) => {
    const [context, page] = await open(browser, baseURL, javaScriptEnabled)
    const email = newEmail()
    await page.goto('/account?tab=2')
    await link(page, 'Continue with Elsewhere').click()
    await expect(page).toHaveURL(new RegExp(`^${stack.elsewhere.issuer}/`))
    await agree(page, email)
    await expect(page).toHaveURL('/account?tab=2')
    await expect(page.getByText('Confirmed', { exact: true }), 'the service is trusted with that').toBeVisible()
    await expect(page.getByText('Your account has none.')).toBeVisible()
    if (javaScriptEnabled) await look(page, 'account-elsewhere-wide-light')
    await button(page, 'Disconnect Elsewhere').click()
    await expect(alert(page, 'This is the only way left to sign in.')).toBeVisible()
    expect((await warderCookies(context)).map(({ name }) => name).sort()).toEqual([
      '__Host-warder_access',
      '__Host-warder_csrf',
      '__Host-warder_refresh',
    ])

    await forgetSession(context)
    await page.goto('/login')
    await link(page, 'Continue with Elsewhere').click()
    await expect(page, 'they know this browser').toHaveURL('/dashboard')
    await expect(shownEmail(page)).toHaveText(email)
    await context.close()
  })

for (const { name, javaScriptEnabled } of BROWSERS)
  test(`${name}: a service is connected to an account, signs in to it, and is disconnected`, async ({ browser, baseURL, stack, email }) => {
    const [context, page] = await open(browser, baseURL, javaScriptEnabled)
    const there = newEmail()
    await signIn(page, email)
    await stack.growOld(email)
    await page.goto('/account')
    await link(page, 'Connect Elsewhere').click()
    await page.getByRole('textbox', { name: 'Password', exact: true }).fill(PASSWORD)
    await button(page, 'Confirm').click()
    if (!javaScriptEnabled) await link(page, 'Connect Elsewhere').click() // a page asked, and came back
    await agree(page, there)
    await expect(page).toHaveURL('/account?linked=elsewhere')
    await expect(status(page, 'It is connected.')).toBeVisible()
    await expect(page.getByText(there)).toBeVisible()
    await stack.mailbox.next(email, /^Sign-in with Elsewhere was added$/)

    await forgetSession(context)
    await page.goto('/login?next=%2Faccount')
    await link(page, 'Continue with Elsewhere').click()
    await expect(page).toHaveURL('/account')
    await button(page, 'Disconnect Elsewhere').click()
    await expect(status(page, 'It is disconnected.')).toBeVisible()
    await stack.mailbox.next(email, /^Sign-in with Elsewhere was removed$/)

    await forgetSession(context)
    await page.goto('/login')
    await link(page, 'Continue with Elsewhere').click()
    await expect(shownEmail(page), 'it is nobody’s, and gets an account of its own').toHaveText(there)
    await context.close()
  })

for (const { name, javaScriptEnabled } of BROWSERS)
  test(`${name}: a second step is asked for after it, too`, async ({ browser, baseURL, email }) => {
    const [context, page] = await open(browser, baseURL, javaScriptEnabled)
    await signIn(page, email)
    const phone = await addPhone(page)
    await page.goto('/account')
    await link(page, 'Connect Elsewhere').click()
    await agree(page, newEmail())
    await expect(status(page, 'It is connected.')).toBeVisible()
    await forgetSession(context)
    await page.goto('/login?next=%2Faccount')
    await link(page, 'Continue with Elsewhere').click()
    await expect(page.getByRole('heading', { name: 'One more step' })).toBeVisible()
    await page.getByLabel('Code', { exact: true }).fill('000000')
    await button(page, 'Sign in').click()
    await expect(page.getByLabel('Code', { exact: true })).toHaveAttribute('aria-invalid', 'true')
    await page.getByLabel('Code', { exact: true }).fill(await phone.code())
    await button(page, 'Sign in').click()
    await expect(page).toHaveURL('/account')
    await context.close()
  })

test('what comes to nothing is said on the sign-in page, in words', async ({ browser, baseURL, email }) => {
  for (const [who, what, said] of [
    ['', 'No', 'You did not agree there, or were not let in.'],
    [email, 'Let Warder know', 'There is an account with this email address already.'],
    [`unproven-${newEmail()}`, 'Let Warder know', 'does not say that your email address is yours'],
  ] as const) {
    const [context, page] = await open(browser, baseURL, false)
    await page.goto('/login')
    await link(page, 'Continue with Elsewhere').click()
    await page.getByLabel('Who are you?').fill(who)
    await button(page, what).click()
    await expect(alert(page, said)).toBeVisible()
    expect(new URL(page.url()).pathname).toBe('/login')
    expect((await warderCookies(context)).filter(({ name }) => !name.endsWith('_oauth'))).toEqual([])
    await context.close()
  }
})

test('an account elsewhere belongs to one account here', async ({ browser, baseURL, email }) => {
  const there = newEmail()
  const [context, page] = await open(browser, baseURL, true)
  await page.goto('/login')
  await link(page, 'Continue with Elsewhere').click()
  await agree(page, there)
  await expect(shownEmail(page)).toHaveText(there)
  await forgetSession(context)
  await signIn(page, email)
  await page.goto('/account')
  await link(page, 'Connect Elsewhere').click()
  await expect(alert(page, 'This is connected to another account here already.')).toBeVisible()
  await context.close()
})

test('the way back works once, and only in the browser that went there', async ({ page, browser, baseURL }) => {
  let returned = ''
  page.on('request', (request) => {
    if (request.url().includes('/callback?')) returned = request.url()
  })
  await page.goto('/login')
  await link(page, 'Continue with Elsewhere').click()
  await agree(page, newEmail())
  await expect(shownEmail(page)).toBeVisible()
  expect(returned).toContain('/api/auth/oauth/elsewhere/callback?code=')
  const [context, other] = await open(browser, baseURL, false)
  await other.goto(returned)
  await expect(alert(other, 'This sign-in was not finished in time.')).toBeVisible()
  expect(await warderCookies(context)).toEqual([])
  await context.close()
})

test('no other site begins a sign-in, nor connects anything', async ({ page, context, baseURL, email }) => {
  await signIn(page, email)
  for (const [query, to] of [
    ['?link=1', '/account?error=csrf_failed'],
    ['?next=%2Faccount', '/account'],
  ] as const) {
    await context.route('http://evil.test/**', (route) =>
      route.fulfill({ contentType: 'text/html', body: `<a href="${baseURL}/api/auth/oauth/elsewhere${query}">Look</a>` }),
    )
    await page.goto('http://evil.test/')
    await page.getByRole('link', { name: 'Look' }).click()
    await expect(page).toHaveURL(to)
  }
})
