import type { Metadata } from 'next'
import Link from 'next/link'
import { reportSignIn } from 'warder-nextjs/actions'
import { type LinkPage, tokenOf } from '@/components/link'
import { LinkForm } from '@/components/link-form'

export const metadata: Metadata = { title: 'Was it not you?' }

export default async function NotMePage(page: LinkPage) {
  return (
    <section className="panel narrow">
      <LinkForm
        token={await tokenOf(page)}
        title="Was it not you?"
        about="Then somebody else is in your account. This signs out all devices, and sends you a mail to choose a new password."
        button="It was not me: sign out all devices"
        action={reportSignIn}
        spent={<Link href="/forgot-password">Choose a new password instead</Link>}
      />
    </section>
  )
}
