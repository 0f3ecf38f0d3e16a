// node lockcheck.mjs LOCK...: no lock file holds an address, and each names all packages for all platforms, so that `npm ci`
// works from any registry and on any system.
import { readFileSync } from 'node:fs'

/** As Node.js looks for it: in the package's own node_modules, then in those above. */
function isRecorded(packages, from, name) {
  for (let at = from; ; at = at.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
    if (packages[`${at ? at + '/' : ''}node_modules/${name}`]) return true
    if (!at) return false
  }
}

function faultsOf(file) {
  const { packages } = JSON.parse(readFileSync(file, 'utf8'))
  return Object.entries(packages).flatMap(([at, { resolved, integrity, optionalDependencies = {} }]) => [
    ...(resolved && !resolved.startsWith('file:') ? [`${at} holds an address: ${resolved}`] : []),
    ...(at && !integrity && !resolved ? [`${at} has no hash`] : []),
    ...Object.keys(optionalDependencies)
      .filter((name) => !isRecorded(packages, at, name))
      .map((name) => `${at} lacks ${name}`),
  ])
}

const faults = process.argv.slice(2).flatMap((file) => faultsOf(file).map((fault) => `${file}: ${fault}`))
console.log(faults.join('\n') || `${process.argv.length - 2} lock files hold no address and lack nothing`)
process.exit(faults.length || process.argv.length < 3 ? 1 : 0)
