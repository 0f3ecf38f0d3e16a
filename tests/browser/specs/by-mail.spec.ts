import type { Browser, BrowserContext, Page } from '@playwright/test'
import type { Mail } from '../support/mailbox.ts'
import { look } from '../support/look.ts'
import type { Stack } from '../support/stack.ts'
import { addPhone, expect, fillIn, forgetSession, newEmail, PASSWORD, shownEmail, signIn, test, warderCookies } from '../support/test.ts'

const NEXT_PASSWORD = 'twelve brave lanterns'
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const alert = (page: Page, text: string | RegExp) => page.getByRole('alert').filter({ hasText: text })
const status = (page: Page, text: string | RegExp) => page.getByRole('status').filter({ hasText: text })
const heading = (page: Page, name: string) => expect(page.getByRole('heading', { name, exact: true })).toBeVisible()

/** As programs do that look at each link before the reader of a mail does. Warder must not hear of it. */
async function scan(stack: Stack, { link }: Mail): Promise<void> {
  expect(link).toMatch(new RegExp(`^${stack.appUrl}/[a-z/-]+\\?token=[\\w-]{43}$`))
  stack.relay.forget()
  const ways: RequestInit[] = [{}, { method: 'HEAD' }, { headers: { 'sec-purpose': 'prefetch' } }, { headers: { rsc: '1' } }]
  for (const init of ways) {
    const answer = await fetch(link, init)
    expect([answer.status, answer.headers.get('referrer-policy'), answer.headers.getSetCookie()]).toEqual([200, 'same-origin', []])
    expect(answer.headers.get('cache-control')).toContain('no-store')
  }
  const token = new URL(link).searchParams.get('token')!
  expect(await (await fetch(link.replace(token, 'of-another'))).text(), 'nobody else gets this page').not.toContain(token)
  const spends = ['/verify', '/reset-password', '/email-change/confirm', '/login/email/confirm', '/sign-in-report']
  expect(spends.filter((path) => stack.relay.count(`POST ${path}`) > 0)).toEqual([])
}

/** Scanned first, then opened, and the one button of its page clicked. */
async function follow(page: Page, stack: Stack, mail: Mail, name: string): Promise<void> {
  await scan(stack, mail)
  await page.goto(mail.link)
  await button(page, name).click()
}

/** Two browsers for one test: what works in the one must work in the other. */
const BROWSERS = [
  { name: 'with JavaScript', javaScriptEnabled: true },
  { name: 'without JavaScript', javaScriptEnabled: false },
]

async function open(browser: Browser, baseURL: string | undefined, javaScriptEnabled: boolean): Promise<[BrowserContext, Page]> {
  const context = await browser.newContext({
    javaScriptEnabled,
    baseURL: baseURL!,
    colorScheme: 'dark',
    viewport: { width: 320, height: 800 },
  })
  return [context, await context.newPage()]
}

async function registerByForm(page: Page, email: string): Promise<void> {
  await page.goto('/register')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(PASSWORD)
  await button(page, 'Create account').click()
}

for (const { name, javaScriptEnabled } of BROWSERS)
  test(`${name}: register, confirm, sign out, forget the password, set another one, sign in`, async ({ browser, baseURL, stack }) => {
    const [context, page] = await open(browser, baseURL, javaScriptEnabled)
    const seen = async (name: string) => javaScriptEnabled && look(page, `${name}-phone-dark`)
    const email = `donaudampfschifffahrt.${newEmail()}`
    await registerByForm(page, email)
    await expect(shownEmail(page)).toHaveText(email)
    await page.goto('/account')
    await expect(page.getByText('Not confirmed')).toBeVisible()
    const first = await stack.mailbox.next(email, /^Confirm your e-mail address$/)
    await scan(stack, first)
    await page.goto(first.link)
    await seen('verify')
    await button(page, 'Confirm').click()
    await expect(status(page, 'Your email address is confirmed.')).toBeVisible()
    await page.getByRole('link', { name: 'Go on' }).click()
    await page.goto('/account')
    await expect(page.getByText('Confirmed', { exact: true })).toBeVisible()

    await page.goto('/dashboard')
    await (javaScriptEnabled ? page.getByRole('navigation').getByRole('button', { name: 'Sign out' }) : button(page, 'Sign out')).click()
    await expect(page).toHaveURL('/login')
    await page.getByRole('link', { name: 'Forgot your password?' }).click()
    await heading(page, 'Forgot your password?')
    await page.getByLabel('Email').fill(email)
    await button(page, 'Send the mail').click()
    await heading(page, 'Look into your mail')
    await expect(page.getByText(email)).toBeVisible()
    await seen('mail-sent')
    const second = await stack.mailbox.next(email, /^Set a new password$/)
    await scan(stack, second)
    await page.goto(second.link)
    await page.getByLabel('New password').fill('short')
    await button(page, 'Save the password').click()
    await expect(page.getByLabel('New password'), 'which leaves the link good').toHaveAccessibleDescription(
      'Should have at least 8 characters',
    )
    await page.getByLabel('New password').fill(NEXT_PASSWORD)
    await button(page, 'Save the password').click()
    await expect(status(page, 'Your new password is set.')).toBeVisible()
    await stack.mailbox.next(email, /^Your password was changed$/)
    await page.getByRole('link', { name: 'Sign in' }).last().click()
    await fillIn(page, email, PASSWORD)
    await expect(alert(page, 'Email or password is wrong.')).toBeVisible()
    await fillIn(page, email, NEXT_PASSWORD)
    await expect(shownEmail(page)).toHaveText(email)

    for (const [{ link }, name] of [
      [first, 'Confirm'],
      [second, 'Save the password'],
    ] as const) {
      await page.goto(link)
      if (name !== 'Confirm') await page.getByLabel('New password').fill('fifteen calm volcanoes')
      await button(page, name).click()
      await expect(alert(page, 'This link is not good any more'), `${name} is good once`).toBeVisible()
    }
    await seen('link-over')
    await page.getByRole('link', { name: 'Ask for another link' }).click()
    await expect(page).toHaveURL('/forgot-password')
    await context.close()
  })

test('an address that nobody has: the same words, and no mail', async ({ page, stack, email }) => {
  const stranger = newEmail()
  for (const address of [stranger, email]) {
    await page.goto('/forgot-password')
    await page.getByLabel('Email').fill(address)
    await button(page, 'Send the mail').click()
    await expect(status(page, 'If there is an account with this address, a mail with a link is on its way.')).toBeVisible()
  }
  await stack.mailbox.next(email, /^Set a new password$/) // which was asked for later
  expect(stack.mailbox.countTo(stranger)).toBe(0)
})

for (const { name, javaScriptEnabled } of BROWSERS)
  test(`${name}: sign-in by a mail’s digits`, async ({ browser, baseURL, stack, email }) => {
    const [context, page] = await open(browser, baseURL, javaScriptEnabled)
    await page.goto('/login?next=%2Faccount')
    await page.getByRole('link', { name: 'Sign in by mail' }).click()
    await heading(page, 'Sign in by mail')
    await page.getByLabel('Email').fill(email)
    await button(page, 'Send the mail').click()
    await heading(page, 'Look into your mail')
    const { code } = await stack.mailbox.next(email, /^Sign in to /)
    await page.getByLabel('Code', { exact: true }).fill(code === '111111' ? '222222' : '111111')
    await button(page, 'Sign in').click()
    await expect(page.getByLabel('Code', { exact: true })).toHaveAccessibleDescription(/wrong|not right/i)
    if (javaScriptEnabled) await look(page, 'mail-code-phone-dark')
    await page.getByLabel('Code', { exact: true }).fill(code.replace(/^.../, '$& '))
    await button(page, 'Sign in').click()
    await expect(shownEmail(page)).toHaveText(email)
    await page.goto('/account')
    await expect(page.getByText('Confirmed', { exact: true }), 'who has the mail has the address').toBeVisible()
    await context.close()
  })

for (const { name, javaScriptEnabled } of BROWSERS)
  test(`${name}: a mail’s link signs in, in any browser, and a second step follows`, async ({ page, browser, baseURL, stack, email }) => {
    await page.goto('/login/email')
    await page.getByLabel('Email').fill(email)
    await button(page, 'Send the mail').click()
    await follow(page, stack, await stack.mailbox.next(email, /^Sign in to /), 'Sign in')
    await expect(shownEmail(page), 'which proves the address: a factor from before that would go').toHaveText(email)
    const phone = await addPhone(page)
    await forgetSession(page.context())
    await page.goto('/login/email')
    await page.getByLabel('Email').fill(email)
    await button(page, 'Send the mail').click()
    const mail = await stack.mailbox.next(email, /^Sign in to /)
    const [context, other] = await open(browser, baseURL, javaScriptEnabled)
    await follow(other, stack, mail, 'Sign in')
    await heading(other, 'One more step')
    expect((await warderCookies(context)).map(({ name }) => name)).toEqual(['__Host-warder_mfa'])
    await other.getByLabel('Code', { exact: true }).fill(await phone.code())
    await button(other, 'Sign in').click()
    await expect(shownEmail(other)).toHaveText(email)
    await page.getByLabel('Code', { exact: true }).fill(mail.code)
    await button(page, 'Sign in').click()
    await expect(page.getByLabel('Code', { exact: true }), 'link and digits are one').toHaveAttribute('aria-invalid', 'true')
    await context.close()
  })

for (const { name, javaScriptEnabled } of BROWSERS)
  test(`${name}: another address, which both confirm`, async ({ browser, baseURL, stack, email }) => {
    const [context, page] = await open(browser, baseURL, javaScriptEnabled)
    const { link } = await stack.mailbox.next(email, /^Confirm your e-mail address$/)
    await signIn(page, email)
    await page.goto(link)
    await button(page, 'Confirm').click()
    await expect(status(page, 'Your email address is confirmed.')).toBeVisible()
    await stack.growOld(email)
    const next = newEmail()
    await page.goto('/account')
    const change = async () => {
      await page.getByText('Change the email address').click()
      await page.getByLabel('New email address').fill(next)
      await button(page, 'Send the mails').click()
    }
    await change()
    await page.getByRole('textbox', { name: 'Password', exact: true }).fill(PASSWORD)
    await button(page, 'Confirm').click()
    if (!javaScriptEnabled) await change() // a page asked, and came back
    await expect(status(page, 'A mail is on its way to both addresses.')).toBeVisible()
    if (javaScriptEnabled) await look(page, 'account-mails-phone-dark')
    await follow(page, stack, await stack.mailbox.next(next, /^Confirm your new e-mail address$/), 'Confirm')
    await expect(status(page, 'Now open the link in the mail to your old address.')).toBeVisible()
    await follow(page, stack, await stack.mailbox.next(email, /^Your e-mail address is to be changed$/), 'Confirm')
    await expect(status(page, 'Your account has its new email address.')).toBeVisible()
    await page.goto('/dashboard')
    await expect(shownEmail(page)).toHaveText(next)
    await context.close()
  })

test('somebody else signed in: the mail of that ends it in two clicks', async ({ page, browser, baseURL, stack, email }) => {
  await signIn(page, email)
  expect((await stack.mailbox.next(email, /^New sign-in to your account$/)).text).toContain('Chrome') // the account was made by a program
  const thief = await browser.newPage({ baseURL: baseURL!, userAgent: FIREFOX })
  await signIn(thief, email)
  const mail = await stack.mailbox.next(email, /^New sign-in to your account$/)
  expect(mail.text).toContain('Firefox')
  await scan(stack, mail)
  await thief.goto('/account')
  await expect(thief, 'nothing is spent').toHaveURL('/account')
  const owner = await browser.newPage({ baseURL: baseURL! }) // where they read their mail, nobody need be signed in
  await owner.goto(mail.link)
  await button(owner, 'It was not me: sign out all devices').click()
  await expect(status(owner, 'All sessions of your account are ended.')).toBeVisible()
  await thief.goto('/dashboard')
  await expect(thief).toHaveURL('/login?next=%2Fdashboard')
  await page.goto('/dashboard')
  await expect(page).toHaveURL('/login?next=%2Fdashboard')
  await stack.mailbox.next(email, /^Set a new password$/)
  for (const each of [thief, owner]) await each.context().close()
})

for (const { name, javaScriptEnabled } of BROWSERS)
  test(`${name}: an invitation sets the first password`, async ({ browser, baseURL, stack }) => {
    const [context, page] = await open(browser, baseURL, javaScriptEnabled)
    const email = newEmail()
    await stack.admin('user', 'invite', email)
    const mail = await stack.mailbox.next(email, /^You are invited to /)
    await scan(stack, mail)
    await page.goto(mail.link)
    await heading(page, 'Welcome')
    await page.getByLabel('New password').fill(PASSWORD)
    await button(page, 'Save the password').click()
    await page.getByRole('link', { name: 'Sign in' }).last().click()
    await fillIn(page, email, PASSWORD)
    await expect(shownEmail(page)).toHaveText(email)
    await context.close()
  })

test('addresses must be confirmed before the first sign-in, and a lost mail comes again', async ({ browser, baseURL, stack }) => {
  await stack.withSettings({ 'accounts.require_verified_email': 'true' }, async () => {
    for (const { javaScriptEnabled } of BROWSERS) {
      const [context, page] = await open(browser, baseURL, javaScriptEnabled)
      const email = newEmail()
      await registerByForm(page, email)
      await heading(page, 'Look into your mail')
      await expect(page.getByText('Confirm your email address first')).toBeVisible()
      if (javaScriptEnabled) await look(page, 'registered-phone-dark')
      await stack.mailbox.next(email, /^Confirm your e-mail address$/)
      await page.goto('/login')
      await fillIn(page, email, PASSWORD)
      await expect(alert(page, 'Confirm your email address first')).toBeVisible()
      expect(await warderCookies(context)).toEqual([])
      await button(page, 'Send the mail again').click()
      const again = await stack.mailbox.next(email, /^Confirm your e-mail address$/)
      await follow(page, stack, again, 'Confirm')
      await page.getByRole('link', { name: 'Go on' }).click()
      await expect(page).toHaveURL('/login?next=%2Fdashboard')
      await fillIn(page, email, PASSWORD)
      await expect(shownEmail(page)).toHaveText(email)
      await context.close()
    }
  })
})

test('a registration that tells nobody who has an account', async ({ browser, baseURL, stack, email }) => {
  await stack.mailbox.next(email, /^Confirm your e-mail address$/)
  await stack.withSettings({ 'accounts.registration_answer': 'private' }, async () => {
    for (const { javaScriptEnabled } of BROWSERS) {
      const [context, page] = await open(browser, baseURL, javaScriptEnabled)
      const stranger = newEmail()
      for (const [address, about] of [
        [email, /^You have an account already$/],
        [stranger, /^Confirm your e-mail address$/],
      ] as const) {
        await registerByForm(page, address)
        await heading(page, 'Look into your mail')
        await expect(status(page, 'We have sent you a mail.')).toBeVisible()
        await stack.mailbox.next(address, about)
      }
      expect(await warderCookies(context)).toEqual([])
      await context.close()
    }
    const said = stack.relay.takeViolations() // prism judges by the description of a Warder that answers openly
    expect(said.filter((each) => !each.startsWith('POST /register 202: '))).toEqual([])
  })
})

test('where no mail is sent, the forms say so', async ({ page, stack, email }) => {
  await stack.withSettings({ 'mail.transport': 'off' }, async () => {
    await page.goto('/forgot-password')
    await page.getByLabel('Email').fill(email)
    await button(page, 'Send the mail').click()
    await expect(alert(page, 'This site sends no mail now.')).toBeVisible()
    await page.goto('/login/email')
    await page.getByLabel('Email').fill(email)
    await button(page, 'Send the mail').click()
    await expect(alert(page, 'This is not in use here.')).toBeVisible()
  })
})
