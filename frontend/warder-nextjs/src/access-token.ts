/** Refresh this early, so that the token outlives the rendering; at most a quarter of a short-lived token's life. */
const MARGIN = 30

/** Whether it is worth sending. Reads the claims without verifying them: a hint, never an authorization. */
export function isFresh(token: string | undefined, now = Date.now()): boolean {
  const { exp, iat } = claimsOf(token)
  return exp !== undefined && exp - Math.min(MARGIN, (exp - (iat ?? exp)) / 4) > now / 1000
}

function claimsOf(token: string | undefined): { exp?: number; iat?: number } {
  try {
    const payload = token?.split('.')[1] ?? ''
    return JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) ?? {}
  } catch {
    return {}
  }
}
