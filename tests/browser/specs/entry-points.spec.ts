import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { expect, expireAccessToken, newEmail, PASSWORD, shownEmail, signIn, test, warderCookies } from '../support/test.ts'
import { answers, Program } from '../support/process.ts'

for (const javaScriptEnabled of [true, false])
  for (const [query, to] of [
    ['', '/dashboard?'],
    ['?next=%2Fdashboard%3Fa%3D1', '/dashboard?a=1&'],
  ])
    test(`an action of one’s own signs up and goes on to ${to} ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async ({
      browser,
      baseURL,
      email: taken,
    }) => {
      const context = await browser.newContext({ javaScriptEnabled, baseURL: baseURL! })
      const page = await context.newPage()
      const email = newEmail()
      const send = async (typed: string, password: string): Promise<void> => {
        await page.getByLabel('Email').fill(typed)
        await page.getByLabel('Password').fill(password)
        await page.getByRole('button', { name: 'Found it' }).click()
      }
      await page.goto('/lab/team' + query)
      await page.getByLabel('Team').fill('Reds')
      await send(taken, PASSWORD)
      await expect(page.getByRole('alert').filter({ hasText: 'Email already exists' })).toBeVisible()
      await expect(page.getByLabel('Team')).toHaveValue('Reds')
      expect(await warderCookies(context)).toEqual([])
      await send(email, PASSWORD)
      await expect(page).toHaveURL(`${to}team=${encodeURIComponent(`Reds of ${email} true`)}`)
      await expect(shownEmail(page)).toHaveText(email)
      expect(await warderCookies(context)).toHaveLength(3)
      await context.close()
    })

for (const path of ['/api/whoami', '/lab/photo.png', '/lab/whoami'])
  test(`${path} knows the user, also when the token has ended`, { tag: '@every' }, async ({ page, context, email, stack }) => {
    expect((await page.request.get(path)).status()).toBe(401)
    await signIn(page, email)
    await page.goto('about:blank')
    await expireAccessToken(context)
    stack.relay.forget()
    const both = await Promise.all([page.request.get(path), page.request.get(path)])
    expect(await Promise.all(both.map((each) => each.json()))).toEqual([{ email }, { email }])
    expect(stack.relay.count('POST /refresh')).toBe(1)
    expect(await warderCookies(context)).toHaveLength(3)
    expect((await page.request.get(path)).status()).toBe(200)
  })

for (const path of ['/api/whoami', '/lab/photo.png'])
  test(`${path} takes a POST from this site only`, async ({ page, email, stack }) => {
    await signIn(page, email)
    const post = async (origin?: string) => (await page.request.post(path, { headers: origin ? { origin } : {} })).status()
    expect([await post(stack.appUrl), await post('http://evil.example'), await post('null'), await post()]).toEqual([200, 403, 403, 403])
  })

test('a role opens a page, and is missed as if there were none', async ({ page, email, stack }) => {
  await page.goto('/lab/admin')
  await expect(page).toHaveURL('/login?next=%2Flab%2Fadmin')
  await signIn(page, email)
  expect((await page.goto('/lab/admin'))?.status()).toBe(404)
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible()
  await stack.admin('user', 'edit', email, '--add-role', 'admin')
  await page.goto('/lab/admin')
  await expect(page.getByRole('heading', { name: `Admin ${email}` })).toBeVisible()
})

test('a half-written form outlives a sign-out in another tab', async ({ page, context, email }) => {
  await signIn(page, email)
  await page.goto('/lab/draft')
  await page.getByLabel('Draft').fill('Dear all')
  await expect(page.getByRole('button', { name: 'Sign out', exact: true })).toBeVisible()
  const other = await context.newPage()
  await other.goto('/account')
  await other.getByRole('navigation').getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByTestId('said')).toHaveText(`${email} is now nobody`)
  await expect(page.getByLabel('Draft')).toHaveValue('Dear all')
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Sign in' })).toBeVisible()
})

test('FastAPI of docs/backends.md behind Next.js: it knows the user, the browser sees no token', async ({
  page,
  context,
  email,
  stack,
}) => {
  const folder = await mkdtemp(`${tmpdir()}/warder-backend-`)
  await writeFile(`${folder}/main.py`, await readFile(`${process.env.BROWSER_TEST_APP}/backend/main.py`))
  const port = new URL(stack.apiUrl).port
  const fastapi = new Program('python3', ['-m', 'uvicorn', '--port', port, 'main:app'], {
    cwd: folder,
    env: { WARDER_URL: stack.warderUrl, WARDER_ISSUER: stack.warderUrl.replace('127.0.0.1', 'localhost') },
  })
  try {
    await fastapi.start(answers(`${stack.apiUrl}/things`))
    const ask = () => page.request.get('/api/backend/things')
    expect((await ask()).status()).toBe(401)
    await signIn(page, email)
    const { id } = (await (await page.request.get('/api/auth/me')).json()) as { id: string }
    for (const expired of [false, true]) {
      if (expired) await expireAccessToken(context)
      const answer = await ask()
      expect([answer.status(), await answer.json()]).toEqual([200, { owner: id, roles: [] }])
      expect(
        JSON.stringify([await answer.text(), Object.entries(answer.headers()).filter(([name]) => name !== 'set-cookie')]),
      ).not.toContain('eyJ')
    }
    const evil = await page.request.post('/api/backend/things', { headers: { origin: 'http://evil.example' } })
    expect(evil.status()).toBe(403)
  } finally {
    await fastapi.stop()
    await rm(folder, { recursive: true })
  }
})
