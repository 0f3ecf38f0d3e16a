import { shared } from './shared.js'

/** A word for the one who runs the app, on standard error, once for each `subject` and not on every request. A subject is nothing that visitors invent. */
export function tellOnce(message: string, subject = message): void {
  if (shared.told.has(subject)) return
  shared.told.add(subject)
  console.error(`warder-nextjs: ${message}`)
}

/** Why Warder could not be asked: told once, until it answers again. */
export function tellOutage(url: string, cause: unknown): void {
  const { name, message, cause: deeper } = cause as Error & { cause?: { code?: string; message?: string } }
  const why = name === 'TimeoutError' ? 'no answer in time' : (deeper?.code ?? deeper?.message ?? message)
  const hint = HINTS.find(([of]) => of.test(why))?.[1] ?? ''
  tellAway(why, `Warder does not answer at ${url} (WARDER_URL): ${why}${hint}`)
}

/** The codes of Node.js that say least to the one who typed the URL. */
const HINTS: [RegExp, string][] = [
  [/SSL_WRONG_VERSION/, ', it does not speak https'],
  [/^(UND_ERR_SOCKET|ECONNRESET)$/, ', it closes the connection: perhaps it speaks https only'],
  [/SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)/, ', for an authority of your own set NODE_EXTRA_CA_CERTS'],
]

/** That somebody else answers: as an outage, for that is what visitors see of it. */
export const tellStranger = (url: string, why: string): void =>
  tellAway('not Warder', `What answers at ${url} (WARDER_URL) is not Warder: ${why}`)

function tellAway(kind: string, message: string): void {
  if (shared.away === kind) return
  shared.away = kind
  console.error(`warder-nextjs: ${message}`)
}

export function tellRecovery(url: string): void {
  if (!shared.away) return
  shared.away = undefined
  console.error(`warder-nextjs: Warder answers again at ${url}`)
}
