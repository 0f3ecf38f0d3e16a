import { readFileSync } from 'node:fs'
import { unstable_doesMiddlewareMatch as doesMatch } from 'next/experimental/testing/server.js'
import { expect, test } from 'vitest'

const matcherOf = (file: string): string => {
  const source = /matcher: \[('.+?')\]/.exec(readFileSync(new URL(file, import.meta.url), 'utf8'))![1]!
  return source.slice(1, -1).replaceAll('\\\\', '\\')
}
const matcher = matcherOf('../../starter/proxy.ts')

test('the README names the starter’s', () => expect(matcherOf('../README.md')).toBe(matcher))

test.each([
  ['/', true],
  ['/dashboard', true],
  ['/u/john.doe', true],
  ['/dashboard/report.pdf', true],
  ['/v1.2', true],
  ['/api/things', true],
  ['/login', true],
  ['/favicon.ico', false],
  ['/images/a.b.png', false],
  ['/fonts/a.woff2', false],
  ['/robots.txt', false],
  ['/_next/static/x', false],
  ['/api/auth/session', false],
])('%s: %s', (path, matches) => expect(doesMatch({ config: { matcher }, url: path })).toBe(matches))
