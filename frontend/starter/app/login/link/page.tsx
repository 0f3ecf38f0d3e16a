import type { Metadata } from 'next'
import { type LinkPage, tokenOf } from '@/components/link'
import { LinkSignIn } from './form'

export const metadata: Metadata = { title: 'Sign in' }

export default async function LinkSignInPage(page: LinkPage) {
  return (
    <section className="panel narrow">
      <LinkSignIn token={await tokenOf(page)} />
    </section>
  )
}
