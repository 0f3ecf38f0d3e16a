import { at, expect, fillIn, PASSWORD, shownEmail, test, warderCookies } from '../support/test.ts'

for (const host of ['localhost', '127.0.0.1', 'app.localhost'])
  test(`sign-in works at http://${host}`, async ({ page, email, stack }) => {
    await page.goto(at(stack, host) + '/login')
    await fillIn(page, email, PASSWORD)
    await expect(shownEmail(page)).toHaveText(email)
  })

test('plain http elsewhere drops secure cookies, which the form says', async ({ page, email, stack }) => {
  await page.goto(at(stack, 'app.test') + '/login')
  await fillIn(page, email, PASSWORD)
  await expect(
    page.getByRole('alert').filter({ hasText: /^At http:\/\/app\.test:\d+ this browser drops secure cookies\. Use https/ }),
  ).toBeVisible()
})

test('plain http elsewhere drops secure cookies, which a script is told', async ({ page, context, email, stack }) => {
  await page.goto(at(stack, 'app.test') + '/lab')
  await expect(page.getByTestId('auth')).toHaveText('unauthenticated')
  await fillIn(page, email, PASSWORD)
  await expect(page.getByTestId('said')).toHaveText(
    /"status":400,"code":"cookies_dropped".*At http:\/\/app\.test:\d+ this browser drops secure cookies\./,
  )
  await expect(page.getByTestId('auth')).toHaveText('unauthenticated')
  expect(await warderCookies(context)).toEqual([])
})

test('an address that Warder does not know: a script is told who must mend it', async ({ page, email, stack }) => {
  await page.goto(at(stack, 'app.localhost') + '/lab')
  await expect(page.getByTestId('auth')).toHaveText('unauthenticated')
  await fillIn(page, email, PASSWORD)
  await expect(page.getByTestId('said')).toContainText('Its operator must add it to http.allowed_origins in Warder.')
})
