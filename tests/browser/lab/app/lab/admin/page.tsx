import { requireUser } from 'warder-nextjs/server'

export default async function Admin() {
  const user = await requireUser({ role: 'admin' })
  return <h1>Admin {user.email}</h1>
}
