import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page, Response } from '@playwright/test'
import type { Stack } from '../support/stack.ts'
import { cookieHeader, ELSEWHERE, expect, fillIn, newEmail, PASSWORD, shownEmail, signIn, test, warderCookies } from '../support/test.ts'

test('?next= leads nowhere else', async ({ page, email, context, baseURL }) => {
  for (const next of ELSEWHERE) {
    await context.clearCookies()
    await page.goto('/login?next=' + encodeURIComponent(next))
    await fillIn(page, email, PASSWORD)
    await page.waitForURL((url) => url.pathname !== '/login')
    expect(new URL(page.url()).origin, next).toBe(baseURL)
  }
})

test('?next= leads nowhere else for who is signed in already', async ({ context, page, email, stack }) => {
  await signIn(page, email)
  const cookie = await cookieHeader(context)
  for (const next of ELSEWHERE) {
    const answer = await fetch(`${stack.appUrl}/login?next=${encodeURIComponent(next)}`, { headers: { cookie }, redirect: 'manual' })
    expect(new URL(answer.headers.get('location')!, stack.appUrl).origin, next).toBe(stack.appUrl)
  }
})

const form = (url: string, type: string, fields: string): string =>
  `<form method="post" action="${url}" enctype="${type}">${fields}<button>${url}</button></form>`

/** Clicks the form that posts there. */
async function post(page: Page, url: string): Promise<Response> {
  const answer = page.waitForResponse((response) => response.url() === url && response.request().method() === 'POST')
  await page.getByRole('button', { name: url, exact: true }).click()
  await page.waitForLoadState()
  return answer
}

/** Another web server, and what it is called by which name of this machine. */
async function serve(html: string, referrer = 'unsafe-url') {
  const server = createServer((_, response) =>
    response.writeHead(200, { 'content-type': 'text/html', 'referrer-policy': referrer }).end(html),
  ).listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  return {
    url: (host: string): string => `http://${host}:${(server.address() as AddressInfo).port}/`,
    close: (): void => {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function registerAnew(page: Page): Promise<string> {
  const email = newEmail()
  await page.goto('/register')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(shownEmail(page)).toHaveText(email)
  return email
}

type Forged = {
  name: string
  path: string
  method?: string
  body?: string
  csrf?: 'right' | 'wrong'
  headers: Record<string, string>
  status: number
}
const foreign = { origin: 'https://evil.example' }
const FORGED: Forged[] = [
  { name: 'foreign origin, right token', path: 'me/password', csrf: 'right', headers: foreign, status: 403 },
  { name: 'foreign origin on sign-in', path: 'login', headers: foreign, status: 403 },
  { name: 'foreign origin on registration', path: 'register', headers: foreign, status: 403 },
  { name: 'foreign origin on refresh', path: 'refresh', headers: foreign, status: 403 },
  { name: 'foreign origin on sign-out', path: 'logout', csrf: 'right', headers: foreign, status: 403 },
  { name: 'origin null', path: 'logout', csrf: 'right', headers: { origin: 'null' }, status: 403 },
  { name: 'no origin, but cross-site', path: 'logout', csrf: 'right', headers: { 'sec-fetch-site': 'cross-site' }, status: 403 },
  { name: 'own origin, no token', path: 'logout/all', headers: { 'sec-fetch-site': 'same-origin' }, status: 403 },
  { name: 'own origin, wrong token', path: 'logout/all', csrf: 'wrong', headers: { 'sec-fetch-site': 'same-origin' }, status: 403 },
  {
    name: 'a form in place of JSON',
    path: 'login',
    body: 'username=a&password=b',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    status: 415,
  },
  { name: 'what is not on the list', path: 'metrics', method: 'GET', headers: {}, status: 404 },
  { name: 'up and away', path: '..%2fmetrics', method: 'GET', headers: {}, status: 404 },
]

test('forged requests are refused, and the session lives on', async ({ page, context, email, stack }) => {
  await signIn(page, email)
  const cookie = await cookieHeader(context)
  const csrf = (await context.cookies()).find(({ name }) => name.endsWith('csrf'))!.value
  for (const { name, path, method = 'POST', body, csrf: which, headers, status } of FORGED) {
    const answer = await fetch(`${stack.appUrl}/api/auth/${path}`, {
      method,
      ...(method === 'POST' && {
        body: body ?? JSON.stringify({ email, password: PASSWORD, current_password: PASSWORD, new_password: PASSWORD }),
      }),
      headers: {
        'content-type': 'application/json',
        cookie,
        ...(which && { 'x-csrf-token': which === 'right' ? csrf : csrf.replace(/.$/, '_') }),
        ...headers,
      },
    })
    expect(answer.status, name).toBe(status)
    expect(answer.headers.getSetCookie(), name).toEqual([])
  }
  await page.goto('/dashboard')
  await expect(shownEmail(page)).toHaveText(email)
})

test('a page of another site posts forms to the handlers: no sign-in as somebody else, no sign-out', async ({ page, email, stack }) => {
  const evil = await serve(
    form(`${stack.appUrl}/api/auth/logout`, 'text/plain', '') +
      form(`${stack.appUrl}/api/auth/login`, 'text/plain', `<input name='{"email":"${email}","password":"${PASSWORD}","a":"' value='"}'>`),
  )
  try {
    const own = await registerAnew(page)
    for (const path of ['/api/auth/logout', '/api/auth/login']) {
      await page.goto(evil.url('127.0.0.1'))
      await post(page, stack.appUrl + path)
      await page.goto('/dashboard')
      await expect(shownEmail(page), path).toHaveText(own)
    }
  } finally {
    evil.close()
  }
})

/** What a browser without JavaScript posts, by which Next.js finds the action; anybody can copy it from the page. */
async function hiddenFieldsOf(stack: Stack, path: string, cookie = ''): Promise<string> {
  const html = await (await fetch(stack.appUrl + path, { headers: { cookie } })).text()
  const fields = html
    .match(/<form[^>]*enctype="multipart\/form-data".*?<\/form>/i)![0]
    .match(/<input type="hidden"[^>]*>/g)!
    .join('')
  expect(fields).toContain('$ACTION_')
  return fields
}

// From another site no cookie comes along, so a post to a protected page is sent to the sign-in form.
for (const { name, host, referrer, signOutStatus, origin } of [
  { name: 'of another site', host: '127.0.0.1', referrer: 'unsafe-url', signOutStatus: 303, origin: /^http:\/\/127\.0\.0\.1:\d+$/ },
  {
    name: 'of another port, whose cookies are the same',
    host: 'localhost',
    referrer: 'unsafe-url',
    signOutStatus: 500,
    origin: /^http:\/\/localhost:\d+$/,
  },
  { name: 'without an origin', host: 'localhost', referrer: 'no-referrer', signOutStatus: 500, origin: /^null$/ },
])
  test(`a page ${name} posts the forms of Server Actions: they work from the own site only`, async ({ page, context, email, stack }) => {
    const own = await registerAnew(page)
    const cookie = await cookieHeader(context)
    const signInAs = form(
      `${stack.appUrl}/login`,
      'multipart/form-data',
      (await hiddenFieldsOf(stack, '/login')) + `<input name="email" value="${email}"><input name="password" value="${PASSWORD}">`,
    )
    const signOut = form(`${stack.appUrl}/dashboard`, 'multipart/form-data', await hiddenFieldsOf(stack, '/dashboard', cookie))
    const evil = await serve(signInAs + signOut, referrer)
    try {
      for (const [path, status] of [
        ['/login', 500],
        ['/dashboard', signOutStatus],
      ] as const) {
        await page.goto(evil.url(host))
        const answer = await post(page, stack.appUrl + path)
        expect([answer.status(), await answer.request().headerValue('origin')], path).toEqual([status, expect.stringMatching(origin)])
        await page.goto('/dashboard')
        await expect(shownEmail(page), path).toHaveText(own)
      }

      await context.route('**/copy', (route) => route.fulfill({ contentType: 'text/html', body: signInAs + signOut }))
      await page.goto('/copy')
      await post(page, `${stack.appUrl}/login`)
      await page.goto('/dashboard')
      await expect(shownEmail(page)).toHaveText(email)
      await page.goto('/copy')
      await post(page, `${stack.appUrl}/dashboard`)
      await expect(page).toHaveURL('/login')
      expect(await warderCookies(context)).toEqual([])
    } finally {
      evil.close()
    }
  })

test('x-middleware-subrequest does not open a page', async ({ stack }) => {
  for (const path of ['/dashboard', '/account', '/legacy']) {
    const answer = await fetch(stack.appUrl + path, {
      redirect: 'manual',
      headers: {
        'x-middleware-subrequest': Array(6).fill('proxy').join(':'),
        'x-warder-state': 'signed-in',
        'x-warder-path': '//evil.example',
      },
    })
    expect(answer.headers.get('location')).toBe(`/login?next=${encodeURIComponent(path)}`)
  }
})
