import type { Metadata } from 'next'
import type { ProofMethod } from 'warder-nextjs'
import { requireUser } from 'warder-nextjs/server'
import { ConfirmForm } from './form'

export const metadata: Metadata = { title: 'Confirm that it is you' }

/** Where `confirmFirst()` of a Server Action leads to, and what comes back from it. */
export default async function ConfirmPage({ searchParams }: { searchParams: Promise<{ methods?: string | string[] }> }) {
  const { email } = await requireUser()
  const { methods = '' } = await searchParams
  return (
    <section className="panel">
      <h1>Please confirm that it is you</h1>
      <p className="aside">You are about to change how {email} signs in. After this do it once more.</p>
      <ConfirmForm email={email} methods={String(methods).split(',') as ProofMethod[]} />
    </section>
  )
}
