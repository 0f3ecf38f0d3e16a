import { look } from '../support/look.ts'
import { expect, fillIn, newEmail, PASSWORD, shownEmail, test, warderCookies } from '../support/test.ts'

test('without JavaScript: sign in, change the name, sign out', async ({ browser, email, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL })
  const plain = await context.newPage()
  await plain.goto('/account')
  await expect(plain).toHaveURL('/login?next=%2Faccount')
  await fillIn(plain, email, 'not this one')
  await expect(plain.getByRole('alert')).toHaveText('Email or password is wrong.')
  await expect(plain.getByLabel('Email')).toHaveValue(email)
  await fillIn(plain, email, PASSWORD)
  await expect(plain).toHaveURL('/account')
  await plain.getByLabel('Name').fill('Ann')
  await plain.getByRole('button', { name: 'Save name' }).click()
  await expect(plain.getByRole('status').filter({ hasText: 'Your name is saved.' })).toBeVisible()
  await plain.goto('/dashboard')
  await expect(plain.getByRole('heading', { name: 'Hello, Ann' })).toBeVisible()
  await plain.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(plain).toHaveURL('/login')
  expect(await warderCookies(context)).toEqual([])
  await context.close()
})

test('without JavaScript: register, with faults at their fields', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL })
  const plain = await context.newPage()
  const email = newEmail()
  await plain.goto('/register')
  await plain.getByLabel('Email').fill(email)
  await plain.getByLabel('Password').fill('short')
  await plain.getByRole('button', { name: 'Create account' }).click()
  await expect(plain.getByLabel('Password')).toHaveAccessibleDescription('Should have at least 8 characters')
  await plain.getByLabel('Password').fill(PASSWORD)
  await plain.getByRole('button', { name: 'Create account' }).click()
  await expect(plain).toHaveURL('/dashboard')
  expect(await warderCookies(context)).toHaveLength(3)
  await context.close()
})

test('by keyboard only', async ({ page, email }) => {
  const pressUntil = async (name: string) => {
    for (let presses = 0; presses < 20; presses++) {
      await page.keyboard.press('Tab')
      const focused = page.locator(':focus')
      const label = await focused.evaluate((element) => (element as HTMLInputElement).labels?.[0]?.textContent ?? element.textContent)
      expect(await focused.evaluate((element) => getComputedStyle(element).outlineStyle), 'the focus is seen').not.toBe('none')
      if (label === name) return
    }
    throw new Error(`Tab does not reach ${name}`)
  }
  await page.goto('/login')
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Sign in' })).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.locator(':focus')).toHaveText('Skip to content')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await expect(page.getByLabel('Email')).toBeFocused()
  await page.keyboard.type(email)
  await pressUntil('Password')
  await page.keyboard.type('not this one')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert').filter({ hasText: 'Email or password is wrong.' })).toBeVisible()
  await page.getByLabel('Password').focus()
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
  await expect(shownEmail(page)).toHaveText(email)
  await pressUntil('Sign out here')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/login')
})

const PLACES = [
  { name: 'home', path: '/' },
  { name: 'login', path: '/login' },
  { name: 'register', path: '/register' },
  { name: 'missing', path: '/nothing-here' },
  { name: 'forgot', path: '/forgot-password' },
  { name: 'reset', path: '/reset-password?token=x' },
  { name: 'not-me', path: '/not-me?token=x' },
  { name: 'login-email', path: '/login/email' },
  { name: 'dashboard', path: '/dashboard', inside: true },
  { name: 'account', path: '/account', inside: true },
  { name: 'confirm', path: '/account/confirm?methods=password,passkey', inside: true },
  { name: 'legacy', path: '/legacy', inside: true },
]

// Contrast is the scheme's, overflow is the width's: each is seen once.
for (const [colorScheme, size, width] of [
  ['light', 'wide', 1280],
  ['dark', 'phone', 320],
] as const)
  test(`${colorScheme}, ${size}: axe finds nothing, nothing sticks out`, async ({ browser, baseURL, stack }) => {
    const context = await browser.newContext({ baseURL, colorScheme, viewport: { width, height: 800 } })
    const page = await context.newPage()
    for (const { name, path } of PLACES.filter(({ inside }) => !inside)) {
      await page.goto(path)
      await expect(page.getByRole('navigation').getByRole('link', { name: 'Sign in' })).toBeVisible()
      await look(page, `${name}-${size}-${colorScheme}`)
    }
    await page.goto('/register')
    await page.getByLabel('Email').fill('a@b')
    await page.getByLabel('Password').fill('short')
    await page.getByRole('button', { name: 'Create account' }).click()
    await expect(page.getByLabel('Email')).toHaveAttribute('aria-invalid', 'true')
    const [border, ring] = await page
      .getByLabel('Email')
      .evaluate((input) => [getComputedStyle(input).borderColor, getComputedStyle(input).outlineColor])
    expect(ring, 'a field that is wrong stays red where it has the focus').toBe(border)
    await expect(page.getByRole('navigation').locator('[aria-current=page]')).toHaveText('Register')
    await look(page, `faults-${size}-${colorScheme}`)

    const email = `Donaudampfschifffahrt.${newEmail()}`
    await page.getByLabel('Name').fill('Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft')
    await page.getByLabel('Email').fill(email)
    await page.getByLabel('Password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Create account' }).click()
    await expect(shownEmail(page)).toBeVisible()
    await fetch(`${stack.relayUrl}/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: PASSWORD }),
    })
    for (const { name, path } of PLACES.filter(({ inside }) => inside)) {
      await page.goto(path)
      await expect(page.getByRole('heading').first()).toBeVisible()
      await page.waitForLoadState('networkidle')
      await look(page, `${name}-${size}-${colorScheme}`)
    }
    await stack.warder.stop()
    try {
      await page.goto('/dashboard')
      await expect(page.getByRole('heading', { name: 'The sign-in service is not available' })).toBeVisible()
      await look(page, `away-${size}-${colorScheme}`)
    } finally {
      await stack.startWarder()
    }
    await context.close()
  })
