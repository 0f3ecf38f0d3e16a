/**
 * renewed: `setCookies` holds the new tokens. ended: Warder said a definite 401, `setCookies` clears them.
 * unknown: nobody answered, or a limit was met. That is no sign-out, the cookies stay as they are.
 */
export type RefreshOutcome = { result: 'renewed' | 'ended' | 'unknown'; setCookies: string[] }

export type Flight = { outcome: Promise<RefreshOutcome>; until: number }

type Shared = {
  /** The refreshes of the last seconds, by the token they were made with. */
  flights: Map<string, Flight>
  /** Seconds that this machine's clock is ahead of Warder's. */
  ahead: number
  /** What the log has been told already. */
  told: Set<string>
  /** Why Warder cannot be asked, while that is so. */
  away: string | undefined
}

/** What a whole process knows: Next.js loads this module once for the proxy and once for the app. */
export const shared = ((globalThis as Record<symbol, unknown>)[Symbol.for('warder-nextjs')] ??= {
  flights: new Map(),
  ahead: 0,
  told: new Set(),
  away: undefined,
}) as Shared
