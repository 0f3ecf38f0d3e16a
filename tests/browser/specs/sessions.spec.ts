import { chromium } from '../playwright.config.ts'
import { expect, fillIn, PASSWORD, shownEmail, signIn, signInByForm, test, warderCookies } from '../support/test.ts'

const header = 'Sign out'
const action = 'Sign out here'

for (const how of [header, action])
  test(`${how}: the session ends, and Back shows nothing of it`, { tag: '@every' }, async ({ page, context, email, stack }) => {
    await signInByForm(page, email)
    await page.getByRole('link', { name: 'Warder starter' }).click()
    await expect(page).toHaveURL('/')
    await page.getByRole('navigation').getByRole('link', { name: 'Dashboard' }).click()
    await expect(shownEmail(page)).toHaveText(email)
    const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
    await page.getByRole('button', { name: how, exact: true }).click()
    await expect(page).toHaveURL('/login')
    expect(await warderCookies(context)).toEqual([])
    expect((await fetch(`${stack.relayUrl}/me`, { headers: { cookie } })).status).toBe(401)
    await page.goBack()
    await expect(page.getByRole('navigation').getByRole('link', { name: 'Sign in' })).toBeVisible()
    await expect(shownEmail(page)).toHaveCount(0)
  })

test('with the Back cache of the browser, too', { tag: '@every' }, async ({ playwright, stack, email }) => {
  const browser = await playwright.chromium.launch({ ...chromium, ignoreDefaultArgs: ['--disable-back-forward-cache'] })
  try {
    const page = await browser.newPage({ baseURL: stack.appUrl })
    for (const how of [header, action]) {
      await signInByForm(page, email)
      await page.getByRole('button', { name: how, exact: true }).click()
      await expect(page).toHaveURL('/login')
      await page.goBack()
      await expect(page.getByRole('navigation').getByRole('link', { name: 'Sign in' })).toBeVisible()
      await expect(shownEmail(page)).toHaveCount(0)
    }
  } finally {
    await browser.close()
  }
})

for (const how of [header, action])
  test(`${how} in one tab signs out the other`, async ({ page, context, email }) => {
    await signIn(page, email)
    const other = await context.newPage()
    await other.goto('/account')
    await expect(other.getByRole('heading', { name: 'Account', exact: true })).toBeVisible()
    await expect(other.getByRole('button', { name: 'Sign out', exact: true })).toBeVisible()
    await page.bringToFront()
    await page.getByRole('button', { name: how, exact: true }).click()
    await expect(page).toHaveURL('/login')
    await expect(other).toHaveURL('/login?next=%2Faccount')
  })

test('signing in in one tab signs in the other', async ({ page, context, email }) => {
  await page.goto('/')
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Sign in' })).toBeVisible()
  const other = await context.newPage()
  await signInByForm(other, email)
  await expect(page.getByRole('button', { name: 'Sign out', exact: true })).toBeVisible()
})

test('an admin ends the session while a page is open', async ({ page, email, stack, context }) => {
  await signIn(page, email)
  await page.goto('/lab')
  await expect(page.getByTestId('auth')).toHaveText(`authenticated ${email}`)
  await stack.admin('session', 'revoke', '--user', email)
  await page.getByRole('button', { name: 'Rename' }).click()
  await expect(page.getByTestId('auth')).toHaveText('unauthenticated')
  expect(await warderCookies(context)).toEqual([])
})

test('an ended session whose token has time left does not redirect in circles', async ({ page, email, stack }) => {
  await signIn(page, email)
  await stack.admin('session', 'revoke', '--user', email)
  await page.goto('/dashboard')
  await expect(page).toHaveURL('/login?next=%2Fdashboard')
  await fillIn(page, email, PASSWORD)
  await expect(shownEmail(page)).toHaveText(email)
  await stack.admin('session', 'revoke', '--user', email)
  await page.getByRole('link', { name: 'Account' }).first().click()
  await expect(page).toHaveURL('/login?next=%2Faccount')
})

test('who is signed in has no use for the sign-in form', async ({ page, email }) => {
  await signIn(page, email)
  await page.goto('/login')
  await expect(page).toHaveURL('/dashboard')
  await page.goto('/login?next=%2Faccount')
  await expect(page).toHaveURL('/account')
  await page.goto('/login?next=%2Fregister')
  await expect(page).toHaveURL('/dashboard')
})

test('a script changes something, with the CSRF token', async ({ page, email }) => {
  await signIn(page, email)
  await page.goto('/lab')
  await expect(page.getByTestId('auth')).toHaveText(`authenticated ${email}`)
  await page.getByRole('button', { name: 'Rename' }).click()
  await expect(page.getByTestId('said')).toHaveText('200')
})
