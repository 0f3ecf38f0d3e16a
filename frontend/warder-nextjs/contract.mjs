// What the package knows of Warder by the description that a running server gives: the types of src/openapi.ts, and the routes of
// src/browser-routes.ts. `npm run contract` makes both anew; another server and folder may be named.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const [, , server = 'http://localhost:8000', folder = fileURLToPath(new URL('src', import.meta.url))] = process.argv

/** Other names of /login and /me, for clients that expect them; and where a browser goes that reaches Warder itself. */
const OTHERS = ['token', 'loginAccessToken', 'usersMe', 'oauthAuthorize', 'oauthCallback', 'oauthPostedCallback']
const METHODS = ['get', 'post', 'put', 'patch', 'delete']

const { paths } = await (await fetch(server + '/openapi.json')).json()
const isForBrowsers = ({ tags, operationId }) => ['Sign in', 'Account'].includes(tags[0]) && !OTHERS.includes(operationId)
const rows = Object.entries(paths).flatMap(([path, operations]) => {
  const methods = METHODS.filter((method) => operations[method] && isForBrowsers(operations[method]))
  return methods.length ? [`  '${path}': [${methods.map((method) => `'${method.toUpperCase()}'`).join(', ')}],\n`] : []
})
writeFileSync(
  join(folder, 'browser-routes.ts'),
  `// Made by \`npm run contract\`; change contract.mjs instead.

/** What a page of this site may ask Warder: the methods of each path. */
export const BROWSER_ROUTES: Record<string, string[]> = {
${rows.join('')}}
`,
)

const typescript = createRequire(import.meta.url).resolve('openapi-typescript/package.json')
const { status } = spawnSync(
  process.execPath,
  [
    join(dirname(typescript), 'bin/cli.js'),
    server + '/openapi.json',
    '--output',
    join(folder, 'openapi.ts'),
    '--root-types',
    '--alphabetize',
  ],
  { stdio: 'inherit' },
)
process.exit(status ?? 1)
