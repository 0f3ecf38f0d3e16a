import type { Metadata } from 'next'
import Link from 'next/link'
import { logout } from 'warder-nextjs/actions'
import { requireUser } from 'warder-nextjs/server'
import { day } from '@/components/words'

export const metadata: Metadata = { title: 'Dashboard' }

export default async function DashboardPage() {
  const user = await requireUser()
  return (
    <section className="panel">
      <h1>Hello, {user.name || user.email}</h1>
      <dl>
        <dt>Email</dt>
        <dd data-testid="email">{user.email}</dd>
        <dt>Roles</dt>
        <dd>{user.roles.join(', ') || 'none'}</dd>
        <dt>Member since</dt>
        <dd>
          <time dateTime={user.created_at}>{day(user.created_at)}</time>
        </dd>
      </dl>
      <div className="row">
        <Link className="button" href="/account">
          Account
        </Link>
        <noscript>
          <form action={logout}>
            <button className="quiet">Sign out</button>
          </form>
        </noscript>
      </div>
    </section>
  )
}
