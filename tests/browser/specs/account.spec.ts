import { createRemoteJWKSet, jwtVerify } from 'jose'
import { expect, fillIn, knownBrowser, leave, newEmail, PASSWORD, shownEmail, signIn, test, warderCookies } from '../support/test.ts'

test('a route handler of the app knows the user', { tag: '@every' }, async ({ page, email }) => {
  expect((await page.request.get('/lab/whoami')).status()).toBe(401)
  await signIn(page, email)
  expect(await (await page.request.get('/lab/whoami')).json()).toEqual({ email })
})

test('register, look around, sign out, sign in to where one wanted to go', { tag: '@every' }, async ({ page, context }) => {
  const email = newEmail()
  await page.goto('/')
  await page.getByRole('navigation').getByRole('link', { name: 'Register' }).click()
  await page.getByLabel('Name').fill('Ann')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page).toHaveURL('/dashboard')
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Account' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Hello, Ann' })).toBeVisible()
  await expect(shownEmail(page)).toHaveText(email)

  await page.getByRole('navigation').getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL('/login')
  expect(await warderCookies(context)).toEqual([])
  expect(await knownBrowser(context)).toBeDefined()

  await page.goto('/dashboard?tab=2')
  await expect(page).toHaveURL('/login?next=%2Fdashboard%3Ftab%3D2')
  await fillIn(page, email, PASSWORD)
  await expect(page).toHaveURL('/dashboard?tab=2')
  await expect(shownEmail(page)).toHaveText(email)
})

test('cookies are hardened, tokens stay out of reach of scripts', async ({ page, context, email }) => {
  await signIn(page, email)
  const cookies = await warderCookies(context)
  expect(cookies.map(({ name }) => name).sort()).toEqual(['__Host-warder_access', '__Host-warder_csrf', '__Host-warder_refresh'])
  for (const { name, ...cookie } of cookies)
    expect({ name, ...cookie }).toMatchObject({
      httpOnly: !name.endsWith('csrf'),
      secure: true,
      sameSite: 'Lax',
      path: '/',
      domain: 'localhost',
    })
  expect(await knownBrowser(context)).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/', domain: 'localhost' })
  expect(await page.evaluate(() => document.cookie)).not.toMatch(/access|refresh|known/)
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toMatch(/eyJ|wrt1_/)
})

test('jose accepts the access token', async ({ page, context, email, stack }) => {
  await signIn(page, email)
  const token = (await warderCookies(context)).find(({ name }) => name.endsWith('access'))!.value
  const keys = createRemoteJWKSet(new URL(`${stack.relayUrl}/.well-known/jwks.json`))
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    typ: 'at+jwt',
    audience: 'warder',
    requiredClaims: ['iss', 'sub', 'sid', 'jti', 'exp', 'iat', 'nbf'],
  })
  expect(protectedHeader.alg).toBe('ES256')
  expect(payload).toMatchObject({ email, email_verified: false })
  await expect(jwtVerify(token.slice(0, -4) + 'AAAA', keys)).rejects.toThrow('signature verification failed')
})

test('the name is changed and stays', async ({ page, email }) => {
  await signIn(page, email)
  await page.goto('/account')
  await page.getByLabel('Name').fill('Ærøskøbing 🦊')
  await page.getByRole('button', { name: 'Save name' }).click()
  await expect(page.getByRole('status')).toHaveText('Your name is saved.')
  await page.goto('/dashboard')
  await expect(page.getByRole('heading', { name: 'Hello, Ærøskøbing 🦊' })).toBeVisible()
})

test('the password is changed, and other sessions end', async ({ page, browser, email, baseURL }) => {
  await signIn(page, email)
  const other = await browser.newPage({ baseURL })
  await signIn(other, email)
  await page.goto('/account')
  await page.getByLabel('Current password').fill('not this one')
  await page.getByLabel('New password').fill('short')
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByLabel('New password')).toHaveAccessibleDescription('Should have at least 8 characters')
  await page.getByLabel('Current password').fill('not this one')
  await page.getByLabel('New password').fill('twelve brave lanterns')
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByLabel('Current password')).toHaveAccessibleDescription('Wrong password')
  await page.getByLabel('Current password').fill(PASSWORD)
  await page.getByLabel('New password').fill('twelve brave lanterns')
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('Your password is changed.')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Account', exact: true })).toBeVisible()
  await other.goto('/dashboard')
  await expect(other).toHaveURL('/login?next=%2Fdashboard')
  await fillIn(other, email, 'twelve brave lanterns')
  await expect(shownEmail(other)).toHaveText(email)
})

test('a session of mine elsewhere is seen and ended', async ({ page, browser, email, baseURL }) => {
  await signIn(page, email)
  const other = await browser.newPage({
    baseURL,
    userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
  })
  await signIn(other, email)
  await page.goto('/account')
  await expect(page.getByText('Chrome on Linux')).toBeVisible()
  await expect(page.getByText('This one')).toHaveCount(1)
  await page.getByRole('button', { name: 'End the session of Firefox on Windows' }).click()
  await expect(page.getByText('The session has ended.')).toBeVisible()
  await expect(page.getByText('Firefox on Windows')).toHaveCount(0)
  await other.goto('/dashboard')
  await expect(other).toHaveURL('/login?next=%2Fdashboard')
})

test('sign out everywhere ends this session too', async ({ page, email, context }) => {
  await signIn(page, email)
  await page.goto('/account')
  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(page).toHaveURL('/login')
  expect(await warderCookies(context)).toEqual([])
})

test('the Pages Router knows the user too, and refreshes by itself', async ({ page, email }) => {
  await page.goto('/legacy')
  await expect(page).toHaveURL('/login?next=%2Flegacy')
  await fillIn(page, email, PASSWORD)
  await expect(page).toHaveURL('/legacy')
  await expect(shownEmail(page)).toHaveText(email)
  await leave(page)
})

test('who deletes the account is asked for the password, and is gone', async ({ page, context, email }) => {
  await signIn(page, email)
  await page.goto('/account')
  const remove = async (password: string): Promise<void> => {
    await page.getByLabel('Your password').fill(password)
    await page.getByRole('button', { name: 'Delete my account' }).click()
  }
  await remove('not this one')
  await expect(page.getByLabel('Your password')).toHaveAttribute('aria-invalid', 'true')
  await remove(PASSWORD)
  await expect(page).toHaveURL('/')
  await expect(page.getByRole('link', { name: 'Create account' })).toBeVisible()
  expect(await warderCookies(context)).toEqual([])
  await page.goto('/login')
  await fillIn(page, email, PASSWORD)
  await expect(page.getByRole('alert').filter({ hasText: 'Email or password is wrong.' })).toBeVisible()
})

test('a password can be looked at', async ({ page }) => {
  await page.goto('/login')
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Show' }).click()
  await expect(page.getByLabel('Password')).toHaveAttribute('type', 'text')
  await expect(page.getByLabel('Password')).toHaveValue(PASSWORD)
})

test('each page says where one is', async ({ page, email }) => {
  await page.goto('/nothing-here')
  await expect(page).toHaveTitle('Page not found · Warder starter')
  await page.goto('/')
  await expect(page.getByRole('main').getByRole('link', { name: 'Create account' })).toBeVisible()
  await signIn(page, email)
  await expect(page.locator('[aria-current=page]')).toHaveText('Dashboard')
  await page.goto('/')
  await page.getByRole('main').getByRole('link', { name: 'Open your dashboard' }).click()
  await expect(page).toHaveURL('/dashboard')
})
