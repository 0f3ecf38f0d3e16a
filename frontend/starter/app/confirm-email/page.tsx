import type { Metadata } from 'next'
import Link from 'next/link'
import { confirmEmailChange } from 'warder-nextjs/actions'
import { type LinkPage, tokenOf } from '@/components/link'
import { LinkForm } from '@/components/link-form'

export const metadata: Metadata = { title: 'Change your email address' }

export default async function ConfirmEmailPage(page: LinkPage) {
  return (
    <section className="panel narrow">
      <LinkForm
        token={await tokenOf(page)}
        title="Change your email address"
        about="It is changed when the old and the new address have confirmed."
        button="Confirm"
        action={confirmEmailChange}
        after={
          <Link className="button" href="/account" prefetch={false}>
            Go to your account
          </Link>
        }
        spent={<Link href="/account">Ask for it once more in your account</Link>}
      />
    </section>
  )
}
