import type { Page } from '@playwright/test'
import { ELSEWHERE, expect, expireAccessToken, fillIn, leave, newEmail, PASSWORD, signIn, test, warderCookies } from '../support/test.ts'

const auth = (page: Page) => page.getByTestId('auth')
const said = async (page: Page): Promise<unknown> => {
  await expect(page.getByTestId('said')).not.toBeEmpty()
  return JSON.parse(await page.getByTestId('said').innerText())
}
const open = async (page: Page, path: string): Promise<void> => {
  await page.goto(path)
  await expect(auth(page)).toHaveText('unauthenticated')
}

for (const path of ['/lab', '/pages-lab']) {
  test(`${path}: a script signs in, and goes on`, { tag: '@every' }, async ({ page, context, email }) => {
    await open(page, `${path}?next=%2Fdashboard%3Ftab%3D2`)
    await fillIn(page, email, 'not this one')
    expect(await said(page)).toEqual({
      name: 'WarderError',
      status: 401,
      message: 'Email or password is wrong.',
      code: 'invalid_credentials',
      fields: {},
      details: {},
    })
    await expect(auth(page)).toHaveText('unauthenticated')
    expect(await warderCookies(context)).toEqual([])
    await fillIn(page, email, PASSWORD)
    await expect(page.getByTestId('said')).toHaveText('done')
    await expect(auth(page)).toHaveText(`authenticated ${email}`)
    expect(await warderCookies(context)).toHaveLength(3)
    await page.getByRole('button', { name: 'Go on' }).click()
    await expect(page).toHaveURL('/dashboard?tab=2')
  })

  test(`${path}: a script creates an account, and is told of faults by field`, async ({ page, email }) => {
    const own = newEmail()
    await open(page, path)
    const create = async (typed: string, password: string): Promise<void> => {
      await page.getByLabel('Email').fill(typed)
      await page.getByLabel('Password').fill(password)
      await page.getByRole('button', { name: 'Create account' }).click()
    }
    await create('nobody', 'short')
    expect(await said(page)).toEqual({
      name: 'WarderError',
      status: 422,
      message: 'Please check the marked fields.',
      code: expect.any(String),
      fields: { email: expect.stringContaining('@-sign'), password: 'Should have at least 8 characters' },
      details: {},
    })
    await create(email, PASSWORD)
    expect(await said(page)).toMatchObject({ status: 409, message: 'Email already exists' })
    await create(own, PASSWORD)
    await expect(auth(page)).toHaveText(`authenticated ${own}`)
    await page.getByRole('button', { name: 'Go on' }).click()
    await expect(page).toHaveURL('/account')
  })
}

test('a script is told how long to wait', async ({ page, email }) => {
  await open(page, '/lab')
  let error: unknown
  for (let attempt = 0; attempt < 12 && !/"status":429/.test(JSON.stringify(error)); attempt++) {
    await fillIn(page, email, `wrong ${attempt}`)
    error = await said(page)
  }
  expect(error).toMatchObject({
    status: 429,
    message: expect.stringMatching(/^Too many attempts\. Try again in \d+ (second|minute)s?\.$/),
    retryAfter: expect.any(Number),
  })
})

test('a script goes on within this site only', async ({ page, baseURL }) => {
  for (const next of ELSEWHERE) {
    await open(page, '/lab?next=' + encodeURIComponent(next))
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.waitForURL((url) => url.pathname !== '/lab')
    expect(new URL(page.url()).origin, next).toBe(baseURL)
  }
})

test('initialUser: the first HTML says who is signed in, and it is not asked again', async ({ page, context, email, stack }) => {
  await signIn(page, email)
  await leave(page)
  const html = await (await context.request.get('/pages-lab/known')).text()
  expect(html.replaceAll('<!-- -->', '')).toContain(`>authenticated ${email}<`)
  stack.relay.forget()
  await page.goto('/pages-lab/known')
  await expect(auth(page)).toHaveText(`authenticated ${email}`)
  await page.waitForLoadState('networkidle')
  expect(stack.relay.count('GET /session'), 'the provider of the frame, which has no initialUser, asks').toBe(1)
  await page.getByRole('button', { name: 'Rename' }).click()
  await expect(page.getByTestId('said')).toHaveText('200')
})

test('initialUser: an ended session is noticed by the first call', async ({ page, context, email, stack }) => {
  await signIn(page, email)
  await page.goto('/pages-lab/known')
  await stack.admin('session', 'revoke', '--user', email)
  await page.getByRole('button', { name: 'Rename' }).click()
  await expect(page).toHaveURL('/login?next=%2Fpages-lab%2Fknown')
  expect(await warderCookies(context)).toEqual([])
})

test('the Pages Router hears of a sign-in and a sign-out in another tab', async ({ page, context, email }) => {
  await open(page, '/pages-lab')
  const other = await context.newPage()
  await open(other, '/lab')
  await fillIn(other, email, PASSWORD)
  await expect(auth(page)).toHaveText(`authenticated ${email}`)
  await other.getByRole('button', { name: 'Sign out' }).click()
  await expect(other).toHaveURL('/login')
  await expect(auth(page)).toHaveText('unauthenticated')
})

test('a script of the Pages Router refreshes an expired access token', async ({ page, context, email, stack }) => {
  await signIn(page, email)
  await page.goto('/pages-lab/known')
  await page.waitForLoadState('networkidle')
  await expireAccessToken(context)
  stack.relay.forget()
  await page.getByRole('button', { name: 'Eight calls' }).click()
  await expect(page.getByTestId('said')).toHaveText(Array(8).fill('200').join())
  expect(stack.relay.count('POST /refresh')).toBe(1)
})
