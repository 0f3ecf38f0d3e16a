import { NextRequest } from 'next/server'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { warderProxy, type ProxyOptions } from '../src/proxy.js'
import { cookiesOf, WarderDouble } from './support/warder.js'

let warder: WarderDouble
beforeEach(async () => {
  warder = new WarderDouble()
  await warder.start()
  warder.answer = () => ({ body: { id: 'x' } })
})
afterEach(() => warder.stop())

const HOST = 'http://localhost:3000'
const ask = async (options: ProxyOptions, path: string, { cookie = '', nextConfig = {} } = {}) => {
  const response = await warderProxy(options)(new NextRequest(HOST + path, { headers: cookie ? { cookie } : {}, nextConfig }))
  return {
    to: response.headers.get('location')?.replace(HOST, '') ?? null,
    login: response.headers.get('x-middleware-request-x-warder-login'),
    confirm: response.headers.get('x-middleware-request-x-warder-confirm'),
    home: response.headers.get('x-middleware-request-x-warder-home'),
  }
}

describe('what would protect nothing is refused at the start', () => {
  test.each([
    [
      ['/dashboard/:path*'],
      'protect of warderProxy() holds "/dashboard/:path*". It takes plain paths, and all below them: write "/dashboard"',
    ],
    [['/dashboard/(.*)'], 'write "/dashboard"'],
    [['/((?!login).*)'], 'write "/", or a function'],
    [['/:lang/dashboard'], 'write "/", or a function'],
    [['/[lang]/dashboard'], 'write "/", or a function'],
    [['/dash*'], 'write "/dash"'],
    [['dashboard'], 'must be a path of this app and begin with /'],
    [['./dashboard'], 'begin with /'],
    [['https://example.com/dashboard'], 'begin with /'],
    [[''], 'Write a path'],
    [['//dashboard'], 'without a host'],
    [['/my dashboard'], 'without a host, blanks'],
    [['/dashboard?tab=1'], 'without a host, blanks, ?'],
    [['/a#b'], '? and #'],
    [[undefined], 'Write a path'],
    [['/ok', '/a/:id'], '"/a/:id"'],
  ])('%j', (protect, said) => expect(() => warderProxy({ protect: protect as string[] })).toThrow(said))
  test.each([
    [{ guestOnly: ['/login*'] }, 'guestOnly of warderProxy() holds'],
    [{ home: 'dashboard' }, 'home of warderProxy()'],
    [{ home: 'https://example.com' }, 'home of warderProxy()'],
    [{ guestOnly: ['/login'], home: '/login/done' }, 'sent in circles'],
    [{ guestOnly: ['/'] }, 'sent in circles'],
    [{ login: 'https://accounts.example.com/login' }, 'It must be a path of this app, such as /login: the cookies'],
    [{ login: '//accounts.example.com/login' }, 'must be a path of this app'],
    [{ login: 'login' }, 'such as /login'],
    [{ login: '' }, 'such as /login'],
    [{ login: '/login#form' }, 'such as /login'],
    [{ login: '/log in' }, 'such as /login'],
    [{ confirm: 'https://accounts.example.com/confirm' }, 'confirm is'],
    [{ locales: ['/de'] }, 'locales of warderProxy()'],
    [{ locales: [''] }, 'locales of warderProxy()'],
  ])('%j', (options, said) => expect(() => warderProxy({ protect: [], ...options })).toThrow(said))
})

describe('all but', () => {
  const all: [string, ProxyOptions['protect']][] = [
    ['the root', ['/']],
    ['a function', () => true],
  ]
  test.each(all)('%s never sends the sign-in page to itself', async (_, protect) => {
    const options = { protect, guestOnly: ['/login', '/register'], home: '/dashboard' }
    for (const open of ['/login', '/login?next=%2F', '/register', '/login/help']) expect((await ask(options, open)).to).toBeNull()
    for (const closed of ['/', '/a/b', '/logins']) expect((await ask(options, closed)).to).toContain('/login?next=')
    expect((await ask({ protect, login: '/enter?x=1' }, '/enter')).to).toBeNull()
  })
  test('a function decides by the path alone', async () => {
    const options = { protect: (path: string) => !['/', '/about'].includes(path) }
    expect([(await ask(options, '/about?x')).to, (await ask(options, '/more?x')).to]).toEqual([null, '/login?next=%2Fmore%3Fx'])
  })
  test('a start page for guests is that page alone', async () => {
    const options = { protect: ['/'], guestOnly: ['/', '/login'], home: '/dashboard' }
    expect([(await ask(options, '/')).to, (await ask(options, '/x')).to]).toEqual([null, '/login?next=%2Fx'])
    expect([
      (await ask(options, '/', { cookie: cookiesOf(600) })).to,
      (await ask(options, '/dashboard', { cookie: cookiesOf(600) })).to,
    ]).toEqual(['/dashboard', null])
  })
})

describe('a page is told where to after sign-in', () => {
  test.each([
    ['/login', '/team?tab=1', '/team?tab=1'],
    ['/de/login', '/team', '/de/team'],
    ['/de/login', '/', '/de'],
    ['/de', undefined, '/de'],
    ['/login', undefined, '/'],
  ])('%s with home %s: %s', async (path, home, told) => {
    expect((await ask({ protect: [], guestOnly: ['/login'], locales: ['de'], ...(home && { home }) }, path)).home).toBe(told)
  })
})

describe('a sign-in page with a query of its own', () => {
  test.each([
    ['/login?from=app', '/login?from=app&next=%2Fteam'],
    ['/login?next=%2Fx', '/login?next=%2Fteam'],
    ['/login?', '/login?next=%2Fteam'],
  ])('%s', async (login, to) => {
    expect((await ask({ protect: ['/team'], login }, '/team')).to).toBe(to)
  })
})

describe('languages of app/[lang]', () => {
  const options = { protect: ['/team'], guestOnly: ['/login'], home: '/team', locales: ['en', 'de', 'pt-BR'] }
  test.each([
    ['/de/team', '/de/login?next=%2Fde%2Fteam'],
    ['/pt-BR/team/7?x', '/pt-BR/login?next=%2Fpt-BR%2Fteam%2F7%3Fx'],
    ['/team', '/login?next=%2Fteam'],
    ['/de', null],
    ['/de/login', null],
    ['/fr/team', null],
    ['/deteam', null],
    ['/de/teams', null],
  ])('a guest at %s: %s', async (path, to) => expect((await ask(options, path)).to).toBe(to))
  test.each([
    ['/de/login', '/de/team'],
    ['/de/login?next=%2Fde%2Fteam%2F7', '/de/team/7'],
    ['/de/login?next=%2Fde%2Flogin', '/de/team'],
    ['/login', '/team'],
  ])('who is signed in at %s: %s', async (path, to) => {
    expect((await ask(options, path, { cookie: cookiesOf(600) })).to).toBe(to)
  })
  test('the page learns which sign-in page is its own', async () => expect((await ask(options, '/de/x')).login).toBe('/de/login'))
  test('the root of a language', async () => expect((await ask({ ...options, protect: ['/'] }, '/de')).to).toBe('/de/login?next=%2Fde'))
})

describe('languages of the Pages Router', () => {
  const nextConfig = { i18n: { locales: ['en', 'de'], defaultLocale: 'en' } }
  const options = { protect: ['/team'], guestOnly: ['/login'], home: '/team' }
  test.each([
    ['/de/team', '/de/login?next=%2Fde%2Fteam'],
    ['/team?x', '/login?next=%2Fteam%3Fx'],
    ['/de', null],
  ])('a guest at %s: %s', async (path, to) => expect((await ask(options, path, { nextConfig })).to).toBe(to))
  test.each([
    ['/de/login?next=%2Fde%2Fteam', '/de/team'],
    ['/de/login?next=%2Fteam', '/team'],
    ['/de/login', '/de/team'],
    ['/login?next=%2Fde%2Fteam', '/de/team'],
    ['/de/login?next=%2Fde', '/de'],
  ])('who is signed in at %s: %s', async (path, to) => {
    expect((await ask(options, path, { nextConfig, cookie: cookiesOf(600) })).to).toBe(to)
  })
})

test('basePath stays in front', async () => {
  expect((await ask({ protect: ['/team'] }, '/shop/team', { nextConfig: { basePath: '/shop' } })).to).toBe('/shop/login?next=%2Fteam')
})
