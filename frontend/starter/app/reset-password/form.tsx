'use client'
import Link from 'next/link'
import { resetPassword } from 'warder-nextjs/actions'
import { NewPassword } from '@/components/form'
import { LinkForm } from '@/components/link-form'

/** Also of an invitation, whose link sets the first password. */
export function ResetForm({ token, title, about }: { token: string; title: string; about: string }) {
  return (
    <LinkForm
      token={token}
      title={title}
      about={about}
      button="Save the password"
      action={resetPassword}
      fields={(state) => <NewPassword state={state} />}
      after={
        <Link className="button" href="/login" prefetch={false}>
          Sign in
        </Link>
      }
      spent={<Link href="/forgot-password">Ask for another link</Link>}
    />
  )
}
