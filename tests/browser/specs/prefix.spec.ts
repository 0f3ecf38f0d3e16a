import { expect, fillIn, PASSWORD, shownEmail, test } from '../support/test.ts'

test.use({ stackOptions: { cookiePrefix: 'shop' } })

test('two Warders on one host leave each other alone', async ({ page, context, email, stack }) => {
  const theirs = ['access', 'refresh', 'csrf'].map((name) => ({
    name: `__Host-warder_${name}`,
    value: 'of-the-neighbour',
    url: stack.appUrl.replace('http:', 'https:'),
    secure: true,
  }))
  await context.addCookies(theirs)
  await page.goto('/dashboard')
  await fillIn(page, email, PASSWORD)
  await expect(shownEmail(page)).toHaveText(email)
  await page.goto('/lab')
  await expect(page.getByTestId('auth')).toHaveText(`authenticated ${email}`)
  await page.getByRole('button', { name: 'Rename' }).click()
  await expect(page.getByTestId('said')).toHaveText('200')
  const names = async () =>
    (await context.cookies())
      .map(({ name }) => name)
      .filter((name) => /_(access|refresh|csrf)$/.test(name))
      .sort()
  expect(await names()).toEqual(['__Host-shop_access', '__Host-shop_csrf', '__Host-shop_refresh', ...theirs.map(({ name }) => name)].sort())
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/login$/)
  expect(await names()).toEqual(theirs.map(({ name }) => name).sort())
})
