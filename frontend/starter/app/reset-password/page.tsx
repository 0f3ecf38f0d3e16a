import type { Metadata } from 'next'
import { type LinkPage, tokenOf } from '@/components/link'
import { ResetForm } from './form'

export const metadata: Metadata = { title: 'Choose a new password' }

export default async function ResetPasswordPage(page: LinkPage) {
  return (
    <section className="panel narrow">
      <ResetForm token={await tokenOf(page)} title="Choose a new password" about="All your devices are signed out by that." />
    </section>
  )
}
