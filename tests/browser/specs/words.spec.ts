import { expect, fillIn, newEmail, PASSWORD, test, warderCookies } from '../support/test.ts'

test('a wrong password', async ({ page, email }) => {
  await page.goto('/login')
  await fillIn(page, email, 'not this one')
  await expect(page.getByRole('alert').filter({ hasText: 'Email or password is wrong.' })).toBeVisible()
  await expect(page.getByLabel('Email')).toHaveValue(email)
  await expect(page.getByLabel('Password')).toHaveValue('')
})

test('an e-mail address that is taken', async ({ page, email }) => {
  await page.goto('/register')
  await page.getByLabel('Name').fill('Ann')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Email already exists' })).toBeVisible()
  await expect(page.getByLabel('Name')).toHaveValue('Ann')
})

test('faults stand at their fields, and the focus at the first', async ({ page }) => {
  await page.goto('/register')
  await page.getByLabel('Email').fill('a@b') // enough for the browser, not for Warder
  await page.getByLabel('Password').fill('short')
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Please check the marked fields.' })).toBeVisible()
  await expect(page.getByLabel('Email')).toHaveAccessibleDescription(/The part after the @-sign/)
  await expect(page.getByLabel('Password')).toHaveAccessibleDescription('Should have at least 8 characters')
  await expect(page.getByLabel('Name')).not.toHaveAttribute('aria-invalid')
  await expect(page.getByLabel('Email')).toBeFocused()
})

test('too many attempts, and how long to wait', async ({ page, email }) => {
  await page.goto('/login')
  const alert = page.getByRole('alert').filter({ hasText: /Email or password is wrong|Too many attempts/ })
  for (let attempt = 0; attempt < 12 && !(await alert.filter({ hasText: 'Too many' }).isVisible()); attempt++) {
    await fillIn(page, email, `wrong ${attempt}`)
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeEnabled()
    await expect(alert).toBeVisible()
  }
  await expect(alert).toHaveText(/^Too many attempts\. Try again in \d+ (second|minute)s?\.$/)
})

test('the server is away: words, nobody is signed out, and it heals', { tag: '@every' }, async ({ page, context, email, stack }) => {
  await page.goto('/login')
  await fillIn(page, email, PASSWORD)
  await expect(page).not.toHaveURL(/login/)
  await stack.warder.stop()
  try {
    for (const path of ['/dashboard', '/legacy']) {
      await page.goto(path)
      await expect(page.getByRole('heading', { name: 'The sign-in service is not available' })).toBeVisible()
    }
    expect(await warderCookies(context)).toHaveLength(3)
    const stranger = await context.browser()!.newPage({ baseURL: stack.appUrl })
    await stranger.goto('/login')
    await fillIn(stranger, newEmail(), PASSWORD)
    await expect(
      stranger.getByRole('alert').filter({ hasText: 'The sign-in service is not available. Try again in a moment.' }),
    ).toBeVisible()
    await page.goto('/dashboard')
  } finally {
    await stack.startWarder()
  }
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByTestId('email').filter({ visible: true })).toHaveText(email)
})
