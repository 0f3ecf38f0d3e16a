import { headers } from 'next/headers.js'
import { safeNext } from './safe-next.js'

/**
 * Where to after sign-in, for a Server Action of your own: `redirect(await afterSignIn(form))`. To `next` of the form or of the page's
 * URL, else to `home` of the form, else to `home` of `warderProxy()`, else to /. Always a path of this site.
 */
export async function afterSignIn(form?: FormData): Promise<string> {
  const head = await headers()
  const home = safeNext(form?.get('home'), safeNext(head.get('x-warder-home')))
  return safeNext(form?.get('next') || pageOf(head)?.searchParams.get('next'), home)
}

/** The page whose form this is. A form posts to the URL it stands on, so the page need not read ?next= and can stay static (and work without JavaScript). */
export function pageOf(head: Headers): URL | null {
  try {
    return new URL(head.get('x-warder-path') ?? head.get('referer') ?? '', 'http://here.invalid')
  } catch {
    return null
  }
}
