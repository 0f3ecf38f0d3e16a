import { headers } from 'next/headers.js'
import type { Credentials, NewAccount, User } from './contract.js'
import { adviseOnCookies } from './cookie-advice.js'
import { WarderError } from './error.js'
import { callWarder } from './server-call.js'

/**
 * For a Server Action or a route handler of your own: signs in, sets the cookies and gives the user; where to go is yours. Throws
 * `WarderError` where Warder refuses (`status`, `code`, `fields`, a `message` to show) or is away: `formProblem()` shows it.
 */
export const signIn = (credentials: Credentials): Promise<User> => enter('/login', credentials)

/** Creates the account, and else as `signIn()`. */
export const signUp = (account: NewAccount): Promise<User> => enter('/register', account)

/** Ends this session and clears the cookies. Where Warder is away nothing ends, and it throws. */
export async function signOut(): Promise<void> {
  const answer = await callWarder('/logout', { method: 'POST', body: '{}' })
  if (!answer.ok) throw await WarderError.of(answer)
}

// Next.js itself compares Origin with Host for Server Actions, so Warder is asked without an Origin, as by any server.
async function enter(path: string, body: Credentials | NewAccount): Promise<User> {
  const head = await headers()
  adviseOnCookies(head.get('origin'), head.get('user-agent'))
  const answer = await callWarder(path, { method: 'POST', body: JSON.stringify(body) })
  if (!answer.ok) throw await WarderError.of(answer)
  return ((await answer.json()) as { user: User }).user
}
