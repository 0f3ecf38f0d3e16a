/**
 * Throws where a path of Warder's contract is none: without its slash it would name another host, cookies included, and with dots
 * another route than it seems. `encodeURIComponent('..')` is `..`, so an id from a form can hold them.
 */
export function checkWarderPath(path: string): void {
  if (!path.startsWith('/')) throw new TypeError(`warder-nextjs: a path of Warder begins with /, as /me does: ${JSON.stringify(path)}`)
  const [plain = ''] = path.split(/[?#]/)
  const segments = plain.slice(1).split('/')
  if (/[\\\u0000-\u0020\u007f]/.test(path) || segments.some(isNone))
    throw new TypeError(`warder-nextjs: no path of Warder: ${JSON.stringify(path)}`)
}

/** Empty ones, and those that browsers and servers read as here or one up (URL Standard 4.4). */
const isNone = (segment: string) => /^(\.|%2e){0,2}$/i.test(segment)
