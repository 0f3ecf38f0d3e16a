'use client'
import { useActionState } from 'react'
import { login } from 'warder-nextjs/actions'
import { Field, Form } from '@/components/form'

export function LoginForm() {
  const [state, action, pending] = useActionState(login, undefined)
  return (
    <Form action={action} state={state}>
      <Field label="Email" name="email" type="email" autoComplete="username" required state={state} />
      <Field label="Password" name="password" type="password" autoComplete="current-password" required state={state} />
      <button disabled={pending}>{pending ? 'Signing in…' : 'Sign in'}</button>
    </Form>
  )
}
