import { shared } from './shared.js'

/** Refresh this early, so that the token outlives the rendering; at most a quarter of a short-lived token's life. */
const MARGIN = 30

/** Whether it is worth sending. Reads the claims without verifying them: a hint, never an authorization. */
export function isFresh(token: string | undefined, now = Date.now()): boolean {
  const { exp, iat } = claimsOf(token)
  return exp !== undefined && exp - Math.min(MARGIN, (exp - (iat ?? exp)) / 4) > now / 1000 - shared.ahead
}

/** Whether its end has passed, without a margin. */
export function isOver(token: string | undefined, now = Date.now()): boolean {
  const { exp } = claimsOf(token)
  return exp === undefined || exp <= now / 1000 - shared.ahead
}

/** Of a token that was issued just now: without it a clock that is ahead of Warder's would refresh on every page load. */
export function compareClocks(token: string | undefined, now = Date.now()): void {
  const { iat } = claimsOf(token)
  if (iat !== undefined) shared.ahead = now / 1000 - iat
}

function claimsOf(token: string | undefined): { exp?: number; iat?: number } {
  try {
    const payload = token?.split('.')[1] ?? ''
    return JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) ?? {}
  } catch {
    return {}
  }
}
