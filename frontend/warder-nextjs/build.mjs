// `tsc` into dist/, from nothing: what was renamed or deleted must not stay in the package. Once as it is, once as CommonJS into
// dist/cjs, for Jest and for servers that still say require().
import { rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { spawnSync } from 'node:child_process'

const here = new URL('.', import.meta.url)
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
const compile = (...args) => {
  const { status } = spawnSync(process.execPath, [tsc, ...args], { stdio: 'inherit', cwd: here })
  if (status !== 0) process.exit(status ?? 1)
}

rmSync(new URL('dist', here), { recursive: true, force: true })
compile()
compile('--module', 'commonjs', '--moduleResolution', 'node10', '--outDir', 'dist/cjs')
writeFileSync(new URL('dist/cjs/package.json', here), '{ "type": "commonjs" }\n')
