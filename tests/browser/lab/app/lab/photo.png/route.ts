import { withUser } from 'warder-nextjs/server'

/** A private picture, which the proxy's matcher passes over. */
export const GET = withUser((_request, { user }) => Response.json({ email: user.email }))
export const POST = GET
