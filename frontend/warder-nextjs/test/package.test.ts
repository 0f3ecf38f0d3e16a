import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../', import.meta.url))
const manifest = JSON.parse(readFileSync(root + 'package.json', 'utf8'))
const entries = Object.entries(manifest.exports as Record<string, { types: string; default: string }>)

const packed = (): string[] => {
  const said = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  return (JSON.parse(said) as [{ files: { path: string }[] }])[0].files.map(({ path }) => path)
}

test('it needs nothing at run time', () => {
  expect(manifest).not.toHaveProperty('dependencies')
  expect(manifest.peerDependenciesMeta).toEqual({ jose: { optional: true } })
})

test('it packs all entries with their types, and no sources', () => {
  expect(existsSync(root + 'dist/index.js'), '`npm run build` comes first').toBe(true)
  const files = packed()
  for (const [name, { types, default: code }] of entries) expect(files, name).toEqual(expect.arrayContaining([types.slice(2), code.slice(2)]))
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

test.each([['.', []], ['./bearer', []], ['./handlers', []], ['./pages', []], ['./jwt', ['jose']], ['./proxy', ['next/server.js']],
  ['./server', ['next/headers.js', 'next/navigation', 'react', 'server-only']], ['./actions', ['next/headers.js', 'next/navigation']], ['./client', ['next/navigation.js', 'react', 'react/jsx-runtime']]])('%s brings along %j', (entry, outside) => {
  const { default: code } = manifest.exports[entry]
  expect([...importsOf(code.slice(2))].filter((name) => !name.startsWith('dist/')).sort()).toEqual(outside)
})

test('Node.js alone finds all that it imports, as it must for the Pages Router, which does not bundle packages', () => {
  const alwaysBundled = ['./server', './actions'] // they are the App Router's
  const names = entries.map(([name]) => name).filter((name) => !alwaysBundled.includes(name)).map((name) => 'warder-nextjs' + name.slice(1))
  execFileSync(process.execPath, ['--input-type=module', '--eval', names.map((name) => `import '${name}'`).join('\n')], { cwd: root, stdio: 'pipe' })
})

test.each([['./client', "'use client'"], ['./actions', "'use server'"]])('%s begins with %s', (entry, directive) => {
  expect(readFileSync(root + manifest.exports[entry].default.slice(2), 'utf8')).toMatch(new RegExp(`^${directive}`))
})
