import type { Metadata } from 'next'
import { type LinkPage, tokenOf } from '@/components/link'
import { ResetForm } from '../reset-password/form'

export const metadata: Metadata = { title: 'Welcome' }

export default async function InvitationPage(page: LinkPage) {
  return (
    <section className="panel narrow">
      <ResetForm
        token={await tokenOf(page)}
        title="Welcome"
        about="Somebody has made an account for you here. Choose a password for it, and sign in."
      />
    </section>
  )
}
