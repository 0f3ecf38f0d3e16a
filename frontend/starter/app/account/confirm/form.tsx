'use client'
import { useActionState } from 'react'
import type { ProofMethod } from 'warder-nextjs'
import { reauthenticate } from 'warder-nextjs/actions'
import { reauthenticateWithPasskey, useAuth } from 'warder-nextjs/client'
import { ConfirmField } from '@/components/code-fields'
import { Form, ofOneField } from '@/components/form'
import { Scripted, Try } from '@/components/scripted'

export function ConfirmForm({ email, methods }: { email: string; methods: ProofMethod[] }) {
  const [said, action, pending] = useActionState(reauthenticate, undefined)
  const state = ofOneField(said)
  const { redirectAfterLogin } = useAuth()
  const byPasskey = async () => {
    if (await reauthenticateWithPasskey()) redirectAfterLogin('/account')
  }
  return (
    <>
      <Form action={action} state={state}>
        <input type="hidden" name="email" value={email} autoComplete="username" readOnly />
        <input type="hidden" name="home" value="/account" readOnly />
        <ConfirmField methods={methods} state={state} />
        <button disabled={pending}>Confirm</button>
      </Form>
      {methods.includes('passkey') && (
        <Scripted>
          <Try className="quiet" act={byPasskey}>
            Use a passkey
          </Try>
        </Scripted>
      )}
    </>
  )
}
