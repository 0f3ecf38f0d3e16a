'use client'
import Link from 'next/link'
import { useActionState } from 'react'
import { forgotPassword } from 'warder-nextjs/actions'
import { Field, Form } from '@/components/form'
import { MailSent } from '@/components/mail-sent'

export function ForgotForm() {
  const [state, action, pending] = useActionState(forgotPassword, undefined)
  if (state?.done) return <MailSent state={state} />
  return (
    <>
      <h1>Forgot your password?</h1>
      <p className="aside">We send you a mail with a link to choose a new one.</p>
      <Form action={action} state={state}>
        <Field label="Email" name="email" type="email" autoComplete="username" required state={state} />
        <button disabled={pending}>Send the mail</button>
      </Form>
      <p className="others">
        <Link href="/login">Back to sign-in</Link>
      </p>
    </>
  )
}
