import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../', import.meta.url))
const manifest = JSON.parse(readFileSync(root + 'package.json', 'utf8'))
type Target = { types: string; default: string }
const entries = Object.entries(manifest.exports as Record<string, { import: Target; require: Target }>).filter(
  ([name]) => name !== './package.json',
)

const packed = (): string[] => {
  const said = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return (JSON.parse(said) as [{ files: { path: string }[] }])[0].files.map(({ path }) => path)
}

test.each(["import it from 'warder-nextjs/package.json' with { type: 'json' }", "const it = require('warder-nextjs/package.json')"])(
  'its version can be asked for: %s',
  (line) => {
    const type = line.startsWith('import') ? 'module' : 'commonjs'
    const said = execFileSync(process.execPath, ['--no-warnings', `--input-type=${type}`, '--eval', `${line}; console.log(it.version)`], {
      cwd: root,
      encoding: 'utf8',
      stdio: 'pipe',
    })
    expect(said.trim()).toBe(manifest.version)
  },
)

test('it needs nothing at run time', () => {
  expect(manifest).not.toHaveProperty('dependencies')
  expect(Object.keys(manifest.peerDependenciesMeta)).toEqual(Object.keys(manifest.peerDependencies)) // all optional
})

test('it packs all entries with their types, and no sources', () => {
  expect(existsSync(root + 'dist/index.js'), '`npm run build` comes first').toBe(true)
  const files = packed()
  for (const [name, { import: module, require: common }] of entries)
    expect(files, name).toEqual(
      expect.arrayContaining([module.types, module.default, common.types, common.default].map((file) => file.slice(2))),
    )
  expect(files.filter((file) => !file.startsWith('dist/')).sort()).toEqual(['LICENSE', 'README.md', 'package.json'])
})

/** All modules that an entry brings along. */
function importsOf(file: string, seen = new Set<string>()): Set<string> {
  for (const [, name] of readFileSync(root + file, 'utf8').matchAll(/^(?:import|export)\s(?:[^;\n]*\sfrom\s)?['"]([^'"]+)['"]/gm)) {
    const local = name!.startsWith('./') ? 'dist/' + name!.slice(2) : name!
    if (seen.has(local)) continue
    seen.add(local)
    if (local.startsWith('dist/')) importsOf(local, seen)
  }
  return seen
}

test.each([
  ['.', []],
  ['./bearer', []],
  ['./handlers', []],
  ['./pages', []],
  ['./jwt', ['jose']],
  ['./proxy', ['next/server.js']],
  ['./server', ['next/headers.js', 'react']],
  ['./testing', ['node:crypto', 'node:http']],
  ['./actions', ['next/headers.js', 'next/navigation', 'react']],
  ['./client', ['next/navigation.js', 'react', 'react/jsx-runtime']],
])('%s brings along %j', (entry, outside) => {
  const { default: code } = manifest.exports[entry].import
  expect([...importsOf(code.slice(2))].filter((name) => !name.startsWith('dist/')).sort()).toEqual(outside)
})

test('Node.js alone finds all that it imports, as it must for the Pages Router, which does not bundle packages', () => {
  const alwaysBundled = ['./actions'] // they are the App Router's
  const names = entries
    .map(([name]) => name)
    .filter((name) => !alwaysBundled.includes(name))
    .map((name) => 'warder-nextjs' + name.slice(1))
  execFileSync(process.execPath, ['--input-type=module', '--eval', names.map((name) => `import '${name}'`).join('\n')], {
    cwd: root,
    stdio: 'pipe',
  })
})

test('so does CommonJS: Jest, and servers that say require()', () => {
  const names = entries
    .map(([name]) => name)
    .filter((name) => !['./actions', './jwt'].includes(name))
    .map((name) => 'warder-nextjs' + name.slice(1)) // jose has no CommonJS
  const said = execFileSync(
    process.execPath,
    [
      '--no-experimental-require-module',
      '--eval',
      `
    ${names.map((name) => `require('${name}')`).join('\n')}
    const { WarderError, formProblem } = require('warder-nextjs')
    console.log(formProblem(new WarderError(409, 'Taken')).message, Object.keys(require('warder-nextjs/server')).join())`,
    ],
    { cwd: root, encoding: 'utf8' },
  )
  expect(said).toMatch(/^Taken .*getUser/)
})

test('a browser’s bundle gets none of /server', () => {
  const [refuses, server] = ['server-refuses', 'server'].map((name) => readFileSync(`${root}dist/${name}.js`, 'utf8'))
  expect(manifest.exports['./server'].browser.import.default).toBe('./dist/server-refuses.js')
  expect(refuses).toContain("import 'server-only'")
  const exported = [...server!.matchAll(/^export (?:async function|const) (\w+)|^export \{ ([\w, ]+) \}/gm)].flatMap(
    ([, one, several]) => one ?? several!.split(', '),
  )
  for (const name of exported) expect(refuses).toContain(` as ${name}`)
})

/** An app beside whose package.json the packed file lies, as the README has it. */
function appWithPackage(): string {
  const folder = mkdtempSync(`${tmpdir()}/warder-package-`)
  const npm = (...args: string[]) => execFileSync('npm', args, { cwd: folder, stdio: 'pipe' })
  npm('pack', root, '--ignore-scripts')
  writeFileSync(`${folder}/package.json`, '{ "private": true }')
  npm('install', `./warder-nextjs-${manifest.version}.tgz`, '--offline', '--ignore-scripts', '--no-audit')
  return folder
}

test('an app that wants only /jwt or /bearer gets neither Next.js nor React; its lock works in an image', () => {
  const [app, image] = [appWithPackage(), mkdtempSync(`${tmpdir()}/warder-image-`)]
  try {
    expect(Object.keys(JSON.parse(readFileSync(`${app}/package-lock.json`, 'utf8')).packages)).toEqual(['', 'node_modules/warder-nextjs'])
    for (const file of ['package.json', 'package-lock.json', `warder-nextjs-${manifest.version}.tgz`])
      copyFileSync(`${app}/${file}`, `${image}/${file}`)
    execFileSync('npm', ['ci', '--offline', '--ignore-scripts', '--no-audit'], { cwd: image, stdio: 'pipe' })
    expect(existsSync(`${image}/node_modules/warder-nextjs/dist/bearer.js`)).toBe(true)
  } finally {
    for (const folder of [app, image]) rmSync(folder, { recursive: true })
  }
})

test.each([
  ['./client', "'use client'"],
  ['./actions', "'use server'"],
])('%s begins with %s', (entry, directive) => {
  expect(readFileSync(root + manifest.exports[entry].import.default.slice(2), 'utf8')).toMatch(new RegExp(`^${directive}`))
})
