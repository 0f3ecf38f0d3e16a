/** What every Warder knows. */
const KNOWN = /^\/(login|register|refresh|logout|session|me)(?=[?#]|$)/

/**
 * Why an answer of WARDER_URL cannot be Warder's: another server, this very app, a path too many, a redirect to https. Undefined
 * where it may be. What stands before Warder, a balancer for example, may refuse in words of its own; but only JSON says yes, or ends a session.
 */
export function notWarder(path: string, { status, ok, headers }: Response): string | undefined {
  if (status >= 300 && status < 400) return `it redirects to ${headers.get('location')}`
  if ((status === 404 || status === 405) && KNOWN.test(path)) return `it answers ${status} to ${path}`
  const mayBeEmpty = status === 202 || status === 204
  const type = headers.get('content-type') ?? 'nothing'
  if ((ok || status === 401) && !mayBeEmpty && !type.includes('json')) return `it answers ${path} with ${type}, not JSON`
  return undefined
}
