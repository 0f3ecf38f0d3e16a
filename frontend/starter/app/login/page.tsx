import type { Metadata } from 'next'
import { signInState } from 'warder-nextjs'
import { getProviders } from 'warder-nextjs/server'
import { LoginForm } from './form'

export const metadata: Metadata = { title: 'Sign in' }

type Query = Promise<Record<string, string | string[] | undefined>>

/** The query also says what came of a sign-in at another service: `signInState()`. */
export default async function LoginPage({ searchParams }: { searchParams: Query }) {
  const [query, providers] = await Promise.all([searchParams, getProviders()])
  return (
    <section className="panel">
      <LoginForm
        first={signInState(query)}
        providers={providers}
        next={query.next?.toString()}
        byMail={process.env.SIGN_IN_BY_MAIL === 'true'}
      />
    </section>
  )
}
