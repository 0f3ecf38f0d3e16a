import type { Page } from '@playwright/test'
import { FingerprintReader } from '../support/authenticator.ts'
import { addPhone, expect, fillIn, forgetSession, PASSWORD, shownEmail, signIn, test } from '../support/test.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const alert = (page: Page, text: string | RegExp) => page.getByRole('alert').filter({ hasText: text })

/** The sign-in page without the list in its field, which the reader of a test answers at once. */
const withoutList = (page: Page) =>
  page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = async () => false
  })

async function addPasskey(page: Page): Promise<void> {
  await page.goto('/account')
  await button(page, 'Add a passkey').click()
  await expect(page.getByText('Chrome on Linux').first()).toBeVisible()
  await expect(button(page, 'Remove Chrome on Linux')).toBeVisible()
}

test('a passkey is added, offered in the field, renamed, and removed here and in the browser', { tag: '@every' }, async ({
  page,
  context,
  email,
}) => {
  const reader = await FingerprintReader.of(context, page)
  await signIn(page, email)
  await addPasskey(page)
  await button(page, 'Add a passkey').click()
  await expect(alert(page, 'There is a passkey for your account on this device already.')).toBeVisible()
  await page.getByText('Rename').click()
  await page.getByLabel('New name of Chrome on Linux').fill('Laptop <3')
  await button(page, 'Save').click()
  await expect(page.getByText('The passkey has its new name.')).toBeVisible()
  await expect(page.getByText('Laptop <3', { exact: true })).toBeVisible()

  await forgetSession(context)
  await page.goto('/login?next=%2Faccount')
  await expect(page, 'nobody typed anything').toHaveURL('/account')
  await expect(page.getByText(/^Used/).first()).toBeVisible()

  expect(await reader.keys()).toBe(1)
  await button(page, 'Remove Laptop <3').click()
  await expect(page.getByText('The passkey is removed.')).toBeVisible()
  await expect.poll(() => reader.keys(), 'the browser forgets it, too').toBe(0)
})

test('a refused passkey leaves the list of the field waiting', async ({ page, context, email }) => {
  await FingerprintReader.of(context, page)
  await signIn(page, email)
  await addPasskey(page)
  await forgetSession(context)
  let answers = 0
  await page.route('**/passkeys/login', (route) => {
    answers += 1
    return answers === 1 ? route.fulfill({ status: 401, json: { code: 'invalid_credentials', detail: 'refused' } }) : route.continue()
  })
  await page.goto('/login?next=%2Faccount')
  await expect(page, 'nobody pressed anything').toHaveURL('/account')
  expect(answers).toBe(2)
})

test('by the button: a wrong finger, lies of the reader, and the truth', async ({ page, context, email }) => {
  const reader = await FingerprintReader.of(context, page)
  await withoutList(page)
  await signIn(page, email)
  await addPasskey(page)
  await forgetSession(context)
  await page.goto('/login')
  await reader.knows(false)
  await button(page, 'Use a passkey').click()
  await expect(alert(page, 'No passkey was used. Try again, or take another way.')).toBeVisible()
  await reader.knows(true)
  for (const lie of ['isBogusSignature', 'isBadUV', 'isBadUP'] as const) {
    await reader.lie(lie)
    await button(page, 'Use a passkey').click()
    await expect(alert(page, 'This passkey was not accepted.'), lie).toBeVisible()
    await page.reload()
  }
  await reader.lie()
  await button(page, 'Use a passkey').click()
  await expect(page).toHaveURL('/dashboard')
  await expect(shownEmail(page)).toHaveText(email)
})

test('a passkey is the second step after a password', async ({ page, context, email }) => {
  await FingerprintReader.of(context, page)
  await withoutList(page)
  await signIn(page, email)
  await addPasskey(page)
  await addPhone(page)
  await forgetSession(context)
  await page.goto('/login?next=%2Faccount')
  await fillIn(page, email, PASSWORD)
  await expect(page.getByLabel('Code', { exact: true })).toBeFocused()
  await button(page, 'Use your passkey').click()
  await expect(page).toHaveURL('/account')
})

for (const [name, lacking] of [
  ['an older browser', 'PublicKeyCredential.parseRequestOptionsFromJSON = undefined'],
  ['plain http', 'delete window.PublicKeyCredential'],
] as const)
  test(`${name} is told plainly, and signs in by password`, async ({ page, email }) => {
    await page.addInitScript(lacking)
    await page.goto('/login')
    await button(page, 'Use a passkey').click()
    await expect(alert(page, 'This browser cannot use passkeys here')).toBeVisible()
    await fillIn(page, email, PASSWORD)
    await expect(shownEmail(page)).toHaveText(email)
    await page.goto('/account')
    await button(page, 'Add a passkey').click()
    await expect(alert(page, 'This browser cannot use passkeys here')).toBeVisible()
  })

test('without JavaScript there is no button that does nothing', async ({ browser, baseURL, email }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL! })
  const page = await context.newPage()
  await page.goto('/login')
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible()
  await expect(page.getByText('Use a passkey')).toBeHidden()
  await signIn(page, email)
  await page.goto('/account')
  await expect(page.getByRole('paragraph').filter({ hasText: 'To add a passkey, JavaScript is needed.' })).toBeVisible()
  await expect(page.getByText('Add a passkey', { exact: true })).toBeHidden()
  await context.close()
})
