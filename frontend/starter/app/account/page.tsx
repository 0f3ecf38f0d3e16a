import type { Metadata } from 'next'
import type { OwnSession } from 'warder-nextjs'
import { requireUser, warderFetch } from 'warder-nextjs/server'
import { signOutEverywhere } from './actions'
import { DeleteForm, NameForm, PasswordForm, Sessions } from './forms'

export const metadata: Metadata = { title: 'Account' }

export default async function AccountPage() {
  const user = await requireUser()
  const { sessions } = await warderFetch<{ sessions: OwnSession[] }>('/me/sessions')
  return (
    <>
      <h1>Account</h1>
      <section className="panel" aria-labelledby="profile">
        <h2 id="profile">Profile</h2>
        <p className="aside">{user.email}</p>
        <NameForm name={user.name} />
      </section>
      <section className="panel" aria-labelledby="password">
        <h2 id="password">Password</h2>
        <PasswordForm email={user.email} />
      </section>
      <section className="panel" aria-labelledby="sessions">
        <h2 id="sessions">Where you are signed in</h2>
        <Sessions sessions={sessions.toSorted((one, other) => Number(other.current) - Number(one.current))} />
        <form action={signOutEverywhere}>
          <button className="quiet danger">Sign out everywhere</button>
        </form>
      </section>
      <section className="panel" aria-labelledby="delete">
        <h2 id="delete">Delete account</h2>
        <p className="aside">Your account and all its sessions end at once. Nobody can bring them back.</p>
        <DeleteForm email={user.email} />
      </section>
    </>
  )
}
