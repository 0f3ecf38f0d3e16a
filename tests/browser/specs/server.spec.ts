import { expect, expireAccessToken, leave, shownEmail, signIn, test } from '../support/test.ts'

for (const signal of ['SIGTERM', 'SIGKILL'] as const)
  test(`the server is restarted after ${signal}: nobody notices`, async ({ page, context, email, stack }) => {
    await signIn(page, email)
    await leave(page)
    await stack.warder.stop(signal)
    await stack.startWarder()
    await page.goto('/dashboard')
    await expect(shownEmail(page)).toHaveText(email)
    await leave(page)
    await expireAccessToken(context)
    await page.goto('/dashboard')
    await expect(shownEmail(page)).toHaveText(email)
  })

test('the server is slow: the page waits, and says so', async ({ page, email, stack }) => {
  await signIn(page, email)
  stack.relay.set({ delay: 1500 }, 'GET /me')
  await page.getByRole('navigation').getByRole('link', { name: 'Account' }).click()
  await expect(page.getByRole('navigation').getByText('Loading…')).toBeAttached()
  await expect(page.getByRole('heading', { name: 'Account', exact: true })).toBeVisible()
  await page.goto('/dashboard')
  await expect(shownEmail(page)).toHaveText(email)
})

test('the server is too slow: words, and Try again', async ({ page, context, email, stack }) => {
  await signIn(page, email)
  stack.relay.set({ delay: 6000 }, 'GET /me')
  const other = await context.newPage()
  await Promise.all([page.goto('/dashboard'), other.goto('/legacy')])
  for (const each of [page, other]) await expect(each.getByRole('heading', { name: 'The sign-in service is not available' })).toBeVisible()
  stack.relay.forget()
  await page.goto('/dashboard')
  await expect(shownEmail(page)).toHaveText(email)
})

test('a script asks while the server is away: 503, and it heals', async ({ page, email, stack }) => {
  await signIn(page, email)
  await page.goto('/lab')
  await expect(page.getByTestId('auth')).toHaveText(`authenticated ${email}`)
  await stack.warder.stop()
  try {
    await page.getByRole('button', { name: 'Eight calls' }).click()
    await expect(page.getByTestId('said')).toHaveText(Array(8).fill('503').join())
    const answer = await fetch(`${stack.appUrl}/api/auth/session`)
    expect([answer.status, answer.headers.get('retry-after'), await answer.json()]).toEqual([
      503,
      '5',
      { detail: 'The sign-in service is not available. Try again in a moment.', code: 'unavailable' },
    ])
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'The sign-in service is not available' })).toBeVisible()
  } finally {
    await stack.startWarder()
  }
  await page.getByRole('button', { name: 'Eight calls' }).click()
  await expect(page.getByTestId('said')).toHaveText(Array(8).fill('200').join())
})

test('the server is away: public pages stay up for who is signed in, and nobody is signed out', async ({ page, context, email, stack }) => {
  await signIn(page, email)
  await leave(page)
  await expireAccessToken(context)
  await stack.warder.stop()
  try {
    for (const [path, heading] of [
      ['/', 'Sign-in that is already done.'],
      ['/login', 'Sign in'],
      ['/nothing-here', 'Page not found'],
    ] as const) {
      await page.goto(path)
      await expect(page.getByRole('heading', { name: heading })).toBeVisible()
    }
    expect((await page.request.get('/lab/photo.png')).status()).toBe(503)
  } finally {
    await stack.startWarder()
  }
  await page.goto('/dashboard')
  await expect(shownEmail(page)).toHaveText(email)
})
