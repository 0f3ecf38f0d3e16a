import type { Metadata } from 'next'
import Link from 'next/link'
import { verifyEmail } from 'warder-nextjs/actions'
import { type LinkPage, tokenOf } from '@/components/link'
import { LinkForm } from '@/components/link-form'

export const metadata: Metadata = { title: 'Confirm your email address' }

export default async function VerifyPage(page: LinkPage) {
  return (
    <section className="panel narrow">
      <LinkForm
        token={await tokenOf(page)}
        title="Confirm your email address"
        about="One click, and this address is known to be yours."
        button="Confirm"
        action={verifyEmail}
        after={
          <Link className="button" href="/dashboard" prefetch={false}>
            Go on
          </Link>
        }
        spent={<Link href="/account">Ask for another link in your account</Link>}
      />
    </section>
  )
}
