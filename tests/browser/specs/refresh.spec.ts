import { cookieHeader, expect, expireAccessToken, leave, shownEmail, signIn, test, warderCookies } from '../support/test.ts'

test('ten parallel page loads with an expired access token: no sign-out, one refresh', { tag: '@every' }, async ({
  page,
  context,
  email,
  stack,
}) => {
  await signIn(page, email)
  await leave(page)
  await expireAccessToken(context)
  stack.relay.forget()
  stack.relay.set({ delay: 300 }, 'POST /refresh')
  const cookie = await cookieHeader(context)
  const loads = await Promise.all(
    Array.from({ length: 10 }, () => fetch(`${stack.appUrl}/dashboard`, { headers: { cookie }, redirect: 'manual' })),
  )
  expect(loads.map(({ status }) => status)).toEqual(Array(10).fill(200))
  for (const load of loads) {
    expect(load.headers.getSetCookie()).toHaveLength(3)
    expect(load.headers.get('cache-control')).toContain('no-store')
    expect(await load.text()).toContain(email)
  }
  expect(stack.relay.count('POST /refresh')).toBe(1)
})

for (const path of ['/dashboard', '/legacy'])
  test(`${path} sees the refreshed token in the same request`, { tag: '@every' }, async ({ page, context, email, stack }) => {
    await signIn(page, email)
    await leave(page)
    await expireAccessToken(context)
    stack.relay.forget()
    await page.goto(path)
    await expect(shownEmail(page)).toHaveText(email)
    expect(stack.relay.count('POST /refresh')).toBe(1)
    expect(await warderCookies(context)).toHaveLength(3)
  })

test('two tabs wake up with an expired access token', async ({ page, context, email, stack }) => {
  await signIn(page, email)
  const other = await context.newPage()
  for (const tab of [page, other]) {
    await tab.goto('/lab')
    await expect(tab.getByTestId('auth')).toHaveText(`authenticated ${email}`)
    await tab.waitForLoadState('networkidle') // a prefetch would refresh on its own
  }
  await expireAccessToken(context)
  stack.relay.forget()
  stack.relay.set({ delay: 300 }, 'POST /refresh')
  for (const tab of [page, other]) await tab.getByRole('button', { name: 'Eight calls' }).click()
  for (const tab of [page, other]) await expect(tab.getByTestId('said')).toHaveText(Array(8).fill('200').join())
  expect(stack.relay.count('POST /refresh')).toBe(1)
})

test('the answer to a refresh is lost on its way', { tag: '@every' }, async ({ page, context, email, stack }) => {
  await signIn(page, email)
  await leave(page)
  await expireAccessToken(context)
  stack.relay.forget()
  stack.relay.set({ lose: 1 }, 'POST /refresh')
  await page.goto('/dashboard')
  await expect(shownEmail(page)).toHaveText(email)
  expect(stack.relay.count('POST /refresh')).toBe(2)
})

test('all answers to refreshes are lost: a page that says so, no sign-out', async ({ page, context, email, stack }) => {
  await signIn(page, email)
  await leave(page)
  await expireAccessToken(context)
  stack.relay.set({ lose: 1000 }, 'POST /refresh')
  for (const path of ['/dashboard', '/legacy']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { name: 'The sign-in service is not available' })).toBeVisible()
  }
  stack.relay.forget()
  await page.goto('/dashboard')
  await expect(shownEmail(page)).toHaveText(email)
})

test('a script meets a lost refresh: the session lives on', async ({ page, context, email, stack }) => {
  await signIn(page, email)
  await page.goto('/lab')
  await expect(page.getByTestId('auth')).toHaveText(`authenticated ${email}`)
  await page.waitForLoadState('networkidle')
  await expireAccessToken(context)
  stack.relay.set({ lose: 1 }, 'POST /refresh')
  await page.getByRole('button', { name: 'Eight calls' }).click()
  await expect(page.getByTestId('said')).toContainText('The sign-in service is not available')
  await page.getByRole('button', { name: 'Eight calls' }).click()
  await expect(page.getByTestId('said')).toHaveText(Array(8).fill('200').join())
})

test('the new cookies are lost on their way to the browser: the old ones still work', { tag: '@every' }, async ({
  page,
  context,
  email,
  stack,
}) => {
  await signIn(page, email)
  await leave(page)
  await expireAccessToken(context)
  stack.relay.forget()
  const lost = await fetch(`${stack.appUrl}/dashboard`, { headers: { cookie: await cookieHeader(context) } })
  expect(lost.headers.getSetCookie()).toHaveLength(3)
  await stack.restartApp() // which would have remembered them for a while; it is Warder's grace that helps
  await page.goto('/dashboard')
  await expect(shownEmail(page)).toHaveText(email)
  expect(stack.relay.count('POST /refresh')).toBe(2)
  await leave(page)
  await expireAccessToken(context)
  await page.goto('/dashboard')
  await expect(shownEmail(page)).toHaveText(email)
})

test('a script never hears of its refresh: the old cookies still work', async ({ page, context, email, stack }) => {
  await signIn(page, email)
  await page.goto('/lab')
  await expect(page.getByTestId('auth')).toHaveText(`authenticated ${email}`)
  await page.waitForLoadState('networkidle')
  await expireAccessToken(context)
  stack.relay.forget()
  await page.route(
    '**/api/auth/refresh',
    async (route) => {
      const headers = { 'content-type': 'application/json', origin: stack.appUrl, cookie: await cookieHeader(context) }
      expect((await fetch(route.request().url(), { method: 'POST', headers, body: '{}' })).status).toBe(200)
      await route.abort()
    },
    { times: 1 },
  )
  await page.getByRole('button', { name: 'Eight calls' }).click()
  await expect(page.getByTestId('said')).toContainText('The sign-in service is not available')
  await page.getByRole('button', { name: 'Eight calls' }).click()
  await expect(page.getByTestId('said')).toHaveText(Array(8).fill('200').join())
  expect(stack.relay.count('POST /refresh')).toBe(2)
})
