import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { Phone, readQr } from '../support/authenticator.ts'
import { look } from '../support/look.ts'
import { addPhone, expect, fillIn, forgetSession, PASSWORD, shownEmail, signIn, test, warderCookies } from '../support/test.ts'

const heading = (page: Page, name: string) => expect(page.getByRole('heading', { name })).toBeVisible()
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const codesOf = (page: Page) => page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').allInnerTexts()

/** Types the code of the second step, or of a new app. */
async function type(page: Page, code: string, then: string): Promise<void> {
  await page.getByLabel('Code', { exact: true }).fill(code)
  await button(page, then).click()
}

async function signOutAndIn(page: Page, email: string): Promise<void> {
  await forgetSession(page.context())
  await page.goto('/login?next=%2Faccount')
  await fillIn(page, email, PASSWORD)
}

/** As the phone's camera sees it, and as it says itself. */
async function scan(page: Page, file: string): Promise<Phone> {
  const uri = (await page.getByRole('link', { name: 'Open the app' }).getAttribute('href'))!
  expect(await readQr(page, file)).toBe(uri)
  await page.getByText('Cannot scan it?').click()
  const secret = (await page.locator('.key').innerText()).replaceAll(' ', '')
  expect(new URL(uri).searchParams.get('secret')).toBe(secret)
  return new Phone(secret)
}

for (const javaScriptEnabled of [true, false])
  test(`${javaScriptEnabled ? 'with' : 'without'} JavaScript: an app is added, asks for its code, and its loss costs three clicks`, async ({
    browser,
    baseURL,
    email,
  }, testInfo) => {
    const phoneSize = { colorScheme: 'dark', viewport: { width: 320, height: 800 } } as const
    const context = await browser.newContext({ javaScriptEnabled, baseURL: baseURL!, ...phoneSize })
    const page = await context.newPage()
    const seen = async (name: string) => javaScriptEnabled && look(page, `${name}-phone-dark`)
    await signIn(page, email)
    await page.goto('/account')
    await page.getByRole('link', { name: 'Add an authenticator app' }).click()
    await heading(page, 'Add an authenticator app')
    await page.getByLabel('Name').fill('Phone of <Ann>')
    await button(page, 'Continue').click()
    const phone = await scan(page, testInfo.outputPath('qr.png'))
    await type(page, '000000', 'Confirm')
    await expect(page.getByLabel('Code', { exact: true })).toHaveAccessibleDescription(/wrong|not right/i)
    await seen('qr')
    await type(page, await phone.code(), 'Confirm')
    await heading(page, 'Keep these codes')
    await seen('codes')
    const codes = await codesOf(page)
    expect(codes).toHaveLength(10)
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download' }).click()])
    const kept = await readFile(await file.path(), 'utf8')
    for (const code of codes) expect(kept).toContain(code)
    await page.getByRole('link', { name: 'I have kept them' }).click()
    await expect(page.getByText('Phone of <Ann>')).toBeVisible()

    await signOutAndIn(page, email)
    await heading(page, 'One more step')
    expect((await warderCookies(context)).map(({ name, httpOnly }) => [name, httpOnly])).toEqual([['__Host-warder_mfa', true]])
    await type(page, '000000', 'Sign in')
    await expect(page.getByLabel('Code', { exact: true })).toHaveAccessibleDescription(/wrong|not right/i)
    await seen('second-step')
    await page.getByLabel('Do not ask again').check()
    await type(page, (await phone.code()).replace(/^.../, '$& '), 'Sign in')
    await expect(page).toHaveURL('/account')
    await expect(page.getByText('One browser is not asked for a code')).toBeVisible()
    expect((await warderCookies(context)).find(({ name }) => name.endsWith('_device'))).toMatchObject({ httpOnly: true, secure: true })

    await signOutAndIn(page, email)
    await expect(page, 'this browser is remembered').toHaveURL('/account')
    await button(page, 'Forget it').click()
    await expect(page.getByText('One browser is not asked for a code')).toHaveCount(0)

    await signOutAndIn(page, email)
    await button(page, 'Lost your phone? Use a recovery code').click()
    await page.getByLabel('Recovery code').fill(codes[0]!.toUpperCase())
    await button(page, 'Sign in').click()
    await expect(page).toHaveURL('/account')
    await expect(page.getByText('9 are left.')).toBeVisible()

    await signOutAndIn(page, email)
    await button(page, 'Lost your phone? Use a recovery code').click()
    await page.getByLabel('Recovery code').fill(codes[0]!)
    await button(page, 'Sign in').click()
    await expect(page.getByLabel('Recovery code'), 'each is good once').toHaveAttribute('aria-invalid', 'true')
    await button(page, 'Start again').click()
    await expect(page.getByLabel('Email')).toHaveValue(email)
    await context.close()
  })

for (const javaScriptEnabled of [true, false])
  test(`${javaScriptEnabled ? 'with' : 'without'} JavaScript: who must have a factor adds it at sign-in`, async ({
    browser,
    baseURL,
    email,
    stack,
  }, testInfo) => {
    await stack.admin('user', 'edit', email, '--add-role', 'admin') // mfa.required=admins
    const context = await browser.newContext({ javaScriptEnabled, baseURL: baseURL! })
    const page = await context.newPage()
    await page.goto('/login?next=%2Faccount')
    await fillIn(page, email, PASSWORD)
    await heading(page, 'Add an authenticator app')
    const phone = await scan(page, testInfo.outputPath('qr.png'))
    if (javaScriptEnabled) await look(page, 'enrol-wide-light')
    await type(page, '000000', 'Confirm and sign in')
    await expect(page.getByLabel('Code', { exact: true })).toHaveAttribute('aria-invalid', 'true')
    expect(
      (await warderCookies(context)).map(({ name }) => name),
      'nobody is signed in',
    ).toEqual(['__Host-warder_mfa'])
    await type(page, await phone.code(), 'Confirm and sign in')
    await heading(page, 'Keep these codes')
    expect(await codesOf(page)).toHaveLength(10)
    if (javaScriptEnabled) {
      const other = await context.newPage() // a password manager, say; coming back must not take the codes away
      await other.close()
      await page.bringToFront()
      await page.evaluate(() => dispatchEvent(new Event('focus')))
      await expect(page.getByRole('navigation').getByRole('link', { name: 'Account' }), 'the header knows').toBeVisible()
      expect(await codesOf(page)).toHaveLength(10)
    }
    await page.getByRole('link', { name: 'I have kept them' }).click()
    await expect(page).toHaveURL('/account')
    await context.close()
  })

test('a script is told of the second step, and takes it', async ({ page, context, email }) => {
  await signIn(page, email)
  const phone = await addPhone(page)
  await forgetSession(context)
  await page.goto('/pages-lab?next=%2Faccount')
  await expect(page.getByTestId('auth')).toHaveText('unauthenticated')
  const said = async (): Promise<unknown> => JSON.parse(await page.getByTestId('said').innerText())
  await fillIn(page, email, PASSWORD)
  await expect(page.getByTestId('said')).toContainText('mfa_required')
  expect(await said()).toMatchObject({ status: 403, details: { methods: ['totp', 'recovery_code'], expires_in: 300 } })
  expect(JSON.stringify(await said()), 'the ticket is HttpOnly').not.toContain('mfa_token')
  await expect(page.getByTestId('auth')).toHaveText('unauthenticated')
  await page.getByLabel('Code').fill('000000')
  await button(page, 'Second step').click()
  await expect(page.getByTestId('said')).toContainText('"code"')
  expect(await said()).toMatchObject({ status: 422, fields: { code: expect.any(String) } })
  await page.getByLabel('Code').fill(await phone.code())
  await button(page, 'Second step').click()
  await expect(page.getByTestId('auth')).toHaveText(`authenticated ${email}`)
  await button(page, 'Go on').click()
  await expect(page).toHaveURL('/account')
})

test('a ticket is good for five tries, and the sign-in begins anew', async ({ page, context, email }) => {
  await signIn(page, email)
  await addPhone(page)
  await forgetSession(context)
  await page.goto('/login')
  await fillIn(page, email, PASSWORD)
  const alert = page.getByRole('alert').filter({ hasText: /This sign-in was not finished in time|Too many attempts/ })
  for (let tries = 0; tries < 7 && !(await alert.isVisible()); tries++) {
    const answered = page.waitForResponse((response) => response.request().method() === 'POST' && response.url().endsWith('/login'))
    await type(page, `00000${tries}`, 'Sign in')
    await answered
    await expect(button(page, 'Sign in')).toBeEnabled()
  }
  await expect(alert).toBeVisible()
  await expect(shownEmail(page)).toHaveCount(0)
})
