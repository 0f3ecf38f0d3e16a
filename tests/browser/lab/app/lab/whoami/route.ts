import { getUser } from 'warder-nextjs/server'

/** As an app's own API asks who calls. */
export async function GET(): Promise<Response> {
  const user = await getUser()
  return user ? Response.json({ email: user.email }) : new Response(null, { status: 401 })
}
