import { at, expect, fillIn, PASSWORD, shownEmail, test } from '../support/test.ts'

for (const host of ['localhost', '127.0.0.1', 'app.localhost']) test(`sign-in works at http://${host}`, async ({ page, email, stack }) => {
  await page.goto(at(stack, host) + '/login')
  await fillIn(page, email, PASSWORD)
  await expect(shownEmail(page)).toHaveText(email)
})

test('plain http elsewhere drops secure cookies, which the form says', async ({ page, email, stack }) => {
  await page.goto(at(stack, 'app.test') + '/login')
  await fillIn(page, email, PASSWORD)
  await expect(page.getByRole('alert').filter({ hasText: /^At http:\/\/app\.test:\d+ this browser drops secure cookies\. Use https/ })).toBeVisible()
})
