import { shared } from './shared.js'

/** A word for the one who runs the app, on standard error, once and not on every request. */
export function tellOnce(message: string): void {
  if (shared.told.has(message)) return
  shared.told.add(message)
  console.error(`warder-nextjs: ${message}`)
}

/** Why Warder could not be asked: told once, until it answers again. */
export function tellOutage(url: string, cause: unknown): void {
  const { name, message, cause: deeper } = cause as Error & { cause?: { code?: string; message?: string } }
  const why = name === 'TimeoutError' ? 'no answer in time' : deeper?.code ?? deeper?.message ?? message
  if (shared.away === why) return
  shared.away = why
  console.error(`warder-nextjs: Warder does not answer at ${url} (WARDER_URL): ${why}`)
}

export function tellRecovery(url: string): void {
  if (!shared.away) return
  shared.away = undefined
  console.error(`warder-nextjs: Warder answers again at ${url}`)
}
