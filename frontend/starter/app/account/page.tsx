import type { Metadata } from 'next'
import { signInState, WarderError, type Identity, type OwnSession, type PasskeyList, type SecondFactors } from 'warder-nextjs'
import { getProviders, requireUser, warderFetch } from 'warder-nextjs/server'
import { signOutEverywhere } from './actions'
import { Email, FirstPassword } from './email'
import { Factors } from './factors'
import { DeleteForm, NameForm, PasswordForm, Sessions } from './forms'
import { Identities } from './identities'

export const metadata: Metadata = { title: 'Account' }

/** `passkeys.enabled` may be false in Warder. */
function nullWhereOff(error: unknown): null {
  if (error instanceof WarderError && error.status === 404) return null
  throw error
}

type Query = Promise<Record<string, string | string[] | undefined>>

export default async function AccountPage({ searchParams }: { searchParams: Query }) {
  const user = await requireUser()
  const [query, { sessions }, mfa, passkeys, { identities }, providers] = await Promise.all([
    searchParams,
    warderFetch<{ sessions: OwnSession[] }>('/me/sessions'),
    warderFetch<SecondFactors>('/me/mfa'),
    warderFetch<PasskeyList>('/me/passkeys').catch(nullWhereOff),
    warderFetch<{ identities: Identity[] }>('/me/identities'),
    getProviders(),
  ])
  return (
    <>
      <h1>Account</h1>
      <section className="panel" aria-labelledby="profile">
        <h2 id="profile">Profile</h2>
        <NameForm name={user.name} />
        <Email email={user.email} verified={user.email_verified} />
      </section>
      <section className="panel" aria-labelledby="password">
        <h2 id="password">Password</h2>
        {user.has_password ? <PasswordForm email={user.email} /> : <FirstPassword email={user.email} />}
      </section>
      <section className="panel" aria-labelledby="factors">
        <h2 id="factors">Sign-in methods</h2>
        <Factors mfa={mfa} passkeys={passkeys} />
        <Identities identities={identities} providers={providers} came={signInState(query)} />
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
        {user.has_password ? <DeleteForm email={user.email} /> : <p>You are asked for your password then: choose one first.</p>}
      </section>
    </>
  )
}
