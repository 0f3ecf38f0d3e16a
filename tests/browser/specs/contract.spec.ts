import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Answer } from '../support/relay.ts'
import { expect, test } from '../support/test.ts'

const here = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url))
const node = (...args: string[]) => promisify(execFile)(process.execPath, args, { env: { ...process.env, REDOCLY_TELEMETRY: 'off' } })

test('spectral and redocly find nothing in the description, and the package has its types and routes', async ({ stack }, testInfo) => {
  const description = testInfo.outputPath('openapi.json')
  await writeFile(description, await (await fetch(`${stack.relayUrl}/openapi.json`)).text())
  await node(
    here('node_modules/@stoplight/spectral-cli/dist/index.js'),
    'lint',
    '--ruleset',
    here('spectral.yaml'),
    '--fail-severity',
    'hint',
    description,
  )
  await node(here('node_modules/@redocly/cli/bin/cli.js'), 'lint', '--config', here('redocly.yaml'), description)

  await node(here('../../frontend/warder-nextjs/contract.mjs'), stack.relayUrl, testInfo.outputDir)
  for (const file of ['openapi.ts', 'browser-routes.ts'])
    expect(await readFile(testInfo.outputPath(file), 'utf8'), `npm run contract makes src/${file} anew`).toBe(
      await readFile(here(`../../frontend/warder-nextjs/src/${file}`), 'utf8'),
    )
})

const WRONG: { name: string; answer: Partial<Answer>; complaint: RegExp }[] = [
  {
    name: 'a field of another kind',
    answer: { body: '{"authenticated":"yes","refreshable":false}' },
    complaint: /^GET \/session 200: response\.body\.authenticated .*boolean/,
  },
  {
    name: 'a field that is missing',
    answer: { body: '{"authenticated":false}' },
    complaint: /^GET \/session 200: response\.body .*refreshable/,
  },
  { name: 'a status that it does not name', answer: { status: 418 }, complaint: /^GET \/session 418: response .*status code/ },
]

for (const { name, answer, complaint } of WRONG)
  test(`prism is awake: it complains about ${name}`, async ({ stack }) => {
    stack.relay.set({ alter: (given) => ({ ...given, ...answer }) }, 'GET /session')
    await fetch(`${stack.relayUrl}/session`)
    expect(stack.relay.takeViolations()).toEqual([expect.stringMatching(complaint)])
    stack.relay.forget()
    await fetch(`${stack.relayUrl}/session`)
    expect(stack.relay.takeViolations()).toEqual([])
  })
