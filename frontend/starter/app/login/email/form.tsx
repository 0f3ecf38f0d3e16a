'use client'
import Link from 'next/link'
import { useActionState } from 'react'
import { loginByMail } from 'warder-nextjs/actions'
import { CodeField } from '@/components/code-fields'
import { Field, Form, ofOneField } from '@/components/form'
import { MailSent } from '@/components/mail-sent'
import { SignInSteps } from '../second-step'

/** First an address, then the six digits of the mail that went there, then a second step where there is one: one action, whose state says which. */
export function MailSignIn() {
  const [state, action, pending] = useActionState(loginByMail, undefined)
  if (state?.mailed)
    return (
      <>
        <MailSent state={{ message: 'Open the link in the mail, or type its six digits here.', values: state.values }} />
        <Form action={action} state={ofOneField(state.code === 'code_mailed' ? { ...state, message: '' } : state)}>
          <CodeField hint="Six digits of the mail" state={state} />
          <button disabled={pending}>{pending ? 'Signing in…' : 'Sign in'}</button>
        </Form>
        <form action={action} className="others">
          <button className="link" name="use" value="email">
            Begin again
          </button>
        </form>
      </>
    )
  return (
    <SignInSteps state={state} action={action} pending={pending}>
      <h1>Sign in by mail</h1>
      <p className="aside">We send you a mail with a link and a code. No password is needed.</p>
      <Form action={action} state={state}>
        <Field label="Email" name="email" type="email" autoComplete="username" required state={state} />
        <button disabled={pending}>Send the mail</button>
      </Form>
      <p className="others">
        <Link href="/login">Sign in by password</Link>
      </p>
    </SignInSteps>
  )
}
