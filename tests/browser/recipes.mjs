// node recipes.mjs DOCUMENT APP: puts the programs of a document into an app, by the name in their first line: `// lib/api.ts`. Those
// without a folder are not the app's, they go to APP/backend.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const [document, app] = process.argv.slice(2)
for (const [, name, text] of readFileSync(document, 'utf8').matchAll(/^```\w+\n(?:#|\/\/) (\S+)\n(.*?)^```/gms)) {
  const file = name.includes('/') ? join(app, name) : join(app, 'backend', name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
