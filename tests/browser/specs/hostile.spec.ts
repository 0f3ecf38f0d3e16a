import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { cookieHeader, expect, fillIn, newEmail, PASSWORD, shownEmail, signIn, test } from '../support/test.ts'

const ELSEWHERE = ['//evil.example', 'https://evil.example/', '/\\evil.example', '\\\\evil.example', 'javascript:alert(1)', '/%09/evil.example', '/\t/evil.example', '///evil.example', 'http:evil.example']

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

type Forged = { name: string; path: string; method?: string; body?: string; csrf?: 'right' | 'wrong'; headers: Record<string, string>; status: number }
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
  { name: 'a form in place of JSON', path: 'login', body: 'username=a&password=b', headers: { 'content-type': 'application/x-www-form-urlencoded' }, status: 415 },
  { name: 'what is not on the list', path: 'metrics', method: 'GET', headers: {}, status: 404 },
  { name: 'up and away', path: '..%2fmetrics', method: 'GET', headers: {}, status: 404 },
]

test('forged requests are refused, and the session lives on', async ({ page, context, email, stack }) => {
  await signIn(page, email)
  const cookie = await cookieHeader(context)
  const csrf = (await context.cookies()).find(({ name }) => name.endsWith('csrf'))!.value
  for (const { name, path, method = 'POST', body, csrf: which, headers, status } of FORGED) {
    const answer = await fetch(`${stack.appUrl}/api/auth/${path}`, {
      method, ...(method === 'POST' && { body: body ?? JSON.stringify({ email, password: PASSWORD, current_password: PASSWORD, new_password: PASSWORD }) }),
      headers: { 'content-type': 'application/json', cookie, ...(which && { 'x-csrf-token': which === 'right' ? csrf : csrf.replace(/.$/, '_') }), ...headers },
    })
    expect(answer.status, name).toBe(status)
    expect(answer.headers.getSetCookie(), name).toEqual([])
  }
  await page.goto('/dashboard')
  await expect(shownEmail(page)).toHaveText(email)
})

test('a page of another site posts forms: no sign-in as somebody else, no sign-out', async ({ page, email, stack }) => {
  const form = (path: string, type: string, fields: string) =>
    `<form method="post" action="${stack.appUrl}${path}" enctype="${type}">${fields}<button>${path}</button></form>`
  const evil = createServer((_, response) => response.setHeader('content-type', 'text/html').end(
    form('/api/auth/logout', 'text/plain', '') + form('/api/auth/login', 'text/plain', `<input name='{"email":"${email}","password":"${PASSWORD}","a":"' value='"}'>`)
    + form('/login', 'multipart/form-data', `<input name="email" value="${email}"><input name="password" value="${PASSWORD}">`))).listen(0, '127.0.0.1')
  await new Promise((listening) => evil.once('listening', listening))
  const elsewhere = `http://127.0.0.1:${(evil.address() as AddressInfo).port}/`
  const own = newEmail()
  try {
    await page.goto('/register')
    await page.getByLabel('Email').fill(own)
    await page.getByLabel('Password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Create account' }).click()
    await expect(shownEmail(page)).toHaveText(own)
    for (const path of ['/api/auth/logout', '/api/auth/login', '/login']) {
      await page.goto(elsewhere)
      await page.getByRole('button', { name: path, exact: true }).click()
      await page.waitForLoadState()
      await page.goto('/dashboard')
      await expect(shownEmail(page), path).toHaveText(own)
    }
  } finally {
    evil.closeAllConnections()
    evil.close()
  }
})

test('x-middleware-subrequest does not open a page', async ({ stack }) => {
  for (const path of ['/dashboard', '/account', '/legacy']) {
    const answer = await fetch(stack.appUrl + path, { redirect: 'manual', headers: { 'x-middleware-subrequest': Array(6).fill('proxy').join(':'), 'x-warder-state': 'signed-in', 'x-warder-path': '//evil.example' } })
    expect(answer.headers.get('location')).toBe(`/login?next=${encodeURIComponent(path)}`)
  }
})
