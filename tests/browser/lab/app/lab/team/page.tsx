'use client'
import { useActionState } from 'react'
import { Field, Form } from '@/components/form'
import { found } from './actions'

export default function Team() {
  const [state, action] = useActionState(found, undefined)
  return (
    <Form action={action} state={state}>
      <Field label="Team" name="team" state={state} />
      <Field label="Email" name="email" state={state} />
      <Field label="Password" name="password" type="password" state={state} />
      <button>Found it</button>
    </Form>
  )
}
