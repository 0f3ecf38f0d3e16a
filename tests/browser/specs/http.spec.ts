import { cookieHeader, expect, expireAccessToken, leave, signIn, test } from '../support/test.ts'

test('a page is not cached for others', async ({ context, page, email, stack }) => {
  await signIn(page, email)
  const cookie = await cookieHeader(context)
  for (const path of ['/dashboard', '/account', '/legacy', '/api/auth/session', '/api/auth/me']) {
    const answer = await fetch(stack.appUrl + path, { headers: { cookie } })
    expect(answer.headers.get('cache-control'), path).toContain('no-store')
  }
})

test('a static page that brings new cookies is kept for nobody else', { tag: '@every' }, async ({ page, context, email, stack }) => {
  await signIn(page, email)
  await leave(page)
  await expireAccessToken(context)
  const expired = await cookieHeader(context)
  const prefetch = { rsc: '1', 'next-router-prefetch': '1' }
  for (const headers of [{}, prefetch])
    for (const cookie of [expired, '__Host-warder_refresh=wrt1_long-ended']) {
      const answer = await fetch(`${stack.appUrl}/`, { headers: { cookie, ...headers } })
      expect(answer.headers.getSetCookie().length, 'cookies are renewed, or cleared').toBeGreaterThan(0)
      expect(answer.headers.get('cache-control')).toBe('private, no-store')
      const next = await fetch(`${stack.appUrl}/`, { headers })
      expect(next.headers.getSetCookie()).toEqual([])
      expect(await next.text()).not.toContain(email)
    }
})

test('HEAD answers like GET, without a body', async ({ page, context, email, stack }) => {
  await signIn(page, email)
  const mine = await cookieHeader(context)
  for (const { path, cookie = '', status, location = null } of [
    { path: '/api/auth/session', status: 200 },
    { path: '/api/auth/session', cookie: mine, status: 200 },
    { path: '/api/auth/me', cookie: mine, status: 200 },
    { path: '/api/auth/me', status: 401 },
    { path: '/api/auth/login', status: 405 },
    { path: '/dashboard', cookie: mine, status: 200 },
    { path: '/dashboard', status: 307, location: '/login?next=%2Fdashboard' },
    { path: '/login', cookie: mine, status: 307, location: '/dashboard' },
  ]) {
    const answer = await fetch(stack.appUrl + path, { method: 'HEAD', headers: { cookie }, redirect: 'manual' })
    expect([answer.status, answer.headers.get('location'), await answer.text()], path).toEqual([status, location, ''])
  }
})

test('a static page is the same for all, and its header shows who is signed in', async ({ page, context, email, stack }) => {
  await signIn(page, email)
  const html = (cookie: string) => fetch(`${stack.appUrl}/`, { headers: { cookie } }).then((answer) => answer.text())
  expect(await html(await cookieHeader(context))).toBe(await html(''))
  for (const path of ['/', '/legacy']) {
    await page.goto(path)
    await expect(page.getByRole('banner')).toContainText(email)
    await expect(page.getByRole('navigation').getByRole('button', { name: 'Sign out' })).toBeVisible()
  }
})
