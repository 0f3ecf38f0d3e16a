'use client'
import { useActionState } from 'react'
import { register } from 'warder-nextjs/actions'
import { Field, Form } from '@/components/form'

export function RegisterForm() {
  const [state, action, pending] = useActionState(register, undefined)
  return (
    <Form action={action} state={state}>
      <Field label="Name" name="name" autoComplete="name" hint="Optional" state={state} />
      <Field label="Email" name="email" type="email" autoComplete="username" required state={state} />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        required
        hint="At least 8 characters, and not easy to guess"
        state={state}
      />
      <button disabled={pending}>{pending ? 'Creating…' : 'Create account'}</button>
    </Form>
  )
}
