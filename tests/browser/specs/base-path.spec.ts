import { expect, expireAccessToken, fillIn, leave, PASSWORD, shownEmail, test, warderCookies } from '../support/test.ts'

test('below a basePath: pages, refresh, sign-out', { tag: '@base-path' }, async ({ page, context, email, stack }) => {
  await page.goto('/shop/account?tab=2')
  await expect(page).toHaveURL('/shop/login?next=%2Faccount%3Ftab%3D2')
  await fillIn(page, email, PASSWORD)
  await expect(page).toHaveURL('/shop/account?tab=2')
  for (const path of ['/shop/dashboard', '/shop/legacy']) {
    await leave(page)
    await expireAccessToken(context)
    stack.relay.forget()
    await page.goto(path)
    await expect(shownEmail(page)).toHaveText(email)
    expect(stack.relay.count('POST /refresh')).toBe(1)
  }
  await page.goto('/shop/login?next=%2Faccount')
  await expect(page).toHaveURL('/shop/account')
  await page.goto('/shop/dashboard')
  await page.getByRole('button', { name: 'Sign out here' }).click()
  await expect(page).toHaveURL('/shop/login')
  expect(await warderCookies(context)).toEqual([])
})

test('below a basePath: scripts', { tag: '@base-path' }, async ({ page, context, email }) => {
  await page.goto('/shop/lab?next=%2Fdashboard')
  await expect(page.getByTestId('auth')).toHaveText('unauthenticated')
  await fillIn(page, email, PASSWORD)
  await expect(page.getByTestId('auth')).toHaveText(`authenticated ${email}`)
  await page.waitForLoadState('networkidle')
  await expireAccessToken(context)
  await page.getByRole('button', { name: 'Eight calls' }).click()
  await expect(page.getByTestId('said')).toHaveText(Array(8).fill('200').join())
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page).toHaveURL('/shop/dashboard')
  await page.getByRole('navigation').getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL('/shop/login')
  expect(await warderCookies(context)).toEqual([])
})
