import type { Metadata } from 'next'
import { requireUser } from 'warder-nextjs/server'
import { AuthenticatorForm } from './form'

export const metadata: Metadata = { title: 'Add an authenticator app' }

export default async function AuthenticatorPage() {
  await requireUser()
  return (
    <section className="panel">
      <AuthenticatorForm />
    </section>
  )
}
