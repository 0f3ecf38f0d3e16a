'use client'
import Link from 'next/link'
import { useActionState } from 'react'
import type { Provider } from 'warder-nextjs'
import { register } from 'warder-nextjs/actions'
import { Field, Form, NewPassword } from '@/components/form'
import { MailSent } from '@/components/mail-sent'
import { Providers } from '@/components/providers'
import { VerifyAgain } from '@/components/verify-again'
import { SignInSteps } from '../login/second-step'

export function RegisterForm({ providers, next }: { providers: Provider[]; next: string | undefined }) {
  const [state, action, pending] = useActionState(register, undefined)
  if (state?.code === 'registration_mailed') return <MailSent state={state} />
  if (state?.code === 'email_not_verified')
    return (
      <MailSent state={state}>
        <VerifyAgain email={state.values?.email ?? ''} />
      </MailSent>
    )
  const later = (
    <p className="aside">
      Your account is there already. Later? <Link href="/login">Sign in</Link> and add it then.
    </p>
  )
  return (
    <SignInSteps state={state} action={action} pending={pending} instead={later}>
      <h1>Create account</h1>
      <Form action={action} state={state}>
        <Field label="Name" name="name" autoComplete="name" hint="Optional" state={state} />
        <Field label="Email" name="email" type="email" autoComplete="username" required state={state} />
        <NewPassword label="Password" state={state} />
        <button disabled={pending}>{pending ? 'Creating…' : 'Create account'}</button>
      </Form>
      <Providers providers={providers} next={next} />
      <p className="aside">
        Have an account? <Link href="/login">Sign in</Link>
      </p>
    </SignInSteps>
  )
}
