import type { NextRequest } from 'next/server'
import type { Me } from './contract.js'
import { WarderError } from './error.js'
import { refusal, refusalOf } from './refusal.js'
import { isAllowed, type Wanted } from './roles.js'
import { isUnsafe, sameOrigin } from './same-origin.js'
import { getUser } from './server.js'

/**
 * A route handler of your own, `export const POST = withUser(async (request, { user, params }) => …)`: runs for signed-in users, where
 * `role`, `roles` or `allow` are given only for those, and, if it may change something, for requests of this site only. Everybody
 * else gets 401 or 403 as JSON, 503 while Warder is away, and what Warder refused is answered with Warder's status.
 */
export function withUser<C extends object = { params: Promise<Record<string, string | string[]>> }>(
  handler: (request: NextRequest, context: C & { user: Me }) => Response | Promise<Response>,
  wanted: Wanted = {},
): (request: NextRequest, context: C) => Promise<Response> {
  return async (request, context) => {
    try {
      if (isUnsafe(request.method) && !sameOrigin(request)) return refusal(403, 'CSRF check failed', 'origin_refused')
      const user = await getUser()
      if (!user) return refusal(401, 'Not authenticated', 'not_authenticated')
      if (!(await isAllowed(user, wanted))) return refusal(403, 'Not enough permissions', 'missing_role')
      return await handler(request, { ...context, user })
    } catch (error) {
      if (error instanceof WarderError) return refusalOf(error)
      throw error
    }
  }
}
