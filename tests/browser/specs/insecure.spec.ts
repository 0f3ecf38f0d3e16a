import { at, expect, fillIn, PASSWORD, shownEmail, test, warderCookies } from '../support/test.ts'

test.use({ stackOptions: { cookiesInsecure: true } })

test('with the development switch, sign-in works on plain http elsewhere', async ({ page, context, email, stack }) => {
  await page.goto(at(stack, 'app.test') + '/dashboard')
  await fillIn(page, email, PASSWORD)
  await expect(shownEmail(page)).toHaveText(email)
  expect((await warderCookies(context)).map(({ name }) => name).sort()).toEqual(['warder_access', 'warder_csrf', 'warder_refresh'])
  await page.goto(at(stack, 'app.test') + '/lab')
  await expect(page.getByTestId('auth')).toHaveText(`authenticated ${email}`)
  await page.getByRole('button', { name: 'Rename' }).click()
  await expect(page.getByTestId('said')).toHaveText('200')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/login$/)
})
