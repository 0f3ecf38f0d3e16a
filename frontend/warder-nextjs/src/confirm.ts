import { headers } from 'next/headers.js'
import { pageOf } from './after-sign-in.js'
import { ASKS_ITSELF } from './asks-itself.js'
import { WarderError } from './error.js'
import { loginPath } from './login-path.js'
import { safeNext } from './safe-next.js'

/**
 * Where Warder wants to be sure that it is still the user, goes to the page of `confirm` of `warderProxy()`, which comes back to this one. Does
 * nothing for any other error, nor for a form of `useStepUpAction()`. In a Server Action: `await confirmFirst(error, form)`.
 */
export async function confirmFirst(error: unknown, form?: FormData): Promise<void> {
  if (!(error instanceof WarderError) || error.code !== 'reauthentication_required' || form?.has(ASKS_ITSELF)) return
  const head = await headers()
  const page = pageOf(head)
  const path = loginPath(safeNext(head.get('x-warder-confirm'), '/confirm'), page && page.pathname + page.search)
  const { redirect } = await import('next/navigation')
  redirect(`${path}&methods=${encodeURIComponent((error.details.methods ?? []).join())}`)
}
