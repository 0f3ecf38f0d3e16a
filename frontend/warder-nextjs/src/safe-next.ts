/**
 * A path of this site to go to after sign-in, or `fallback` where `next` leads anywhere else: another origin, `//host`,
 * a backslash that browsers read as a slash, control characters that they drop.
 */
export function safeNext(next: unknown, fallback = '/'): string {
  if (typeof next !== 'string' || !next.startsWith('/') || /[\u0000-\u0020\u007f\\]/.test(next)) return fallback
  const here = 'http://here.invalid'
  const url = URL.parse ? URL.parse(next, here) : parse(next, here)
  return url?.origin === here && !url.pathname.startsWith('//') ? url.pathname + url.search + url.hash : fallback
}

function parse(text: string, base: string): URL | null {
  try {
    return new URL(text, base)
  } catch {
    return null
  }
}
