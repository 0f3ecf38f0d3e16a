import type { Metadata } from 'next'
import { MailSignIn } from './form'

export const metadata: Metadata = { title: 'Sign in by mail' }

export default function EmailPage() {
  return (
    <section className="panel narrow">
      <MailSignIn />
    </section>
  )
}
