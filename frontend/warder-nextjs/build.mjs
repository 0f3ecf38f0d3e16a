// `tsc` into dist/, from nothing: what was renamed or deleted must not stay in the package.
import { rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { spawnSync } from 'node:child_process'

rmSync(new URL('dist', import.meta.url), { recursive: true, force: true })
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
process.exit(spawnSync(process.execPath, [tsc], { stdio: 'inherit', cwd: new URL('.', import.meta.url) }).status ?? 1)
