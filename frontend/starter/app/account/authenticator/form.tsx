'use client'
import Link from 'next/link'
import { addTotp } from 'warder-nextjs/actions'
import { useStepUpAction } from 'warder-nextjs/client'
import { CodeField } from '@/components/code-fields'
import { Field, Form, ofOneField } from '@/components/form'
import { RecoveryCodes } from '@/components/recovery-codes'
import { StepHeading } from '@/components/step-heading'
import { TotpKey } from '@/components/totp-key'

/** A name, then the picture and the first code, then the recovery codes: one action, whose state says which. */
export function AuthenticatorForm() {
  const [said, action, pending] = useStepUpAction(addTotp)
  const state = ofOneField(said)
  if (state?.done)
    return (
      <>
        <StepHeading>{state.recoveryCodes ? 'Keep these codes' : 'Done'}</StepHeading>
        <p role="status" className="notice">
          {state.message}
        </p>
        {state.recoveryCodes && <RecoveryCodes codes={state.recoveryCodes} />}
        <Link className="button" href="/account">
          {state.recoveryCodes ? 'I have kept them' : 'Back to your account'}
        </Link>
      </>
    )
  return (
    <>
      {state?.totp ? (
        <>
          <StepHeading>Add an authenticator app</StepHeading>
          <TotpKey totp={state.totp} />
          <Form action={action} state={state}>
            <CodeField hint="Six digits that the app shows now" state={state} />
            <button disabled={pending}>Confirm</button>
          </Form>
        </>
      ) : (
        <>
          <h1>Add an authenticator app</h1>
          <p className="aside">It shows a code that changes every half minute. At sign-in you type it after your password.</p>
          <Form action={action} state={state}>
            <Field label="Name" name="name" hint="To know it by, where you have several. Optional" autoComplete="off" state={state} />
            <button disabled={pending}>Continue</button>
          </Form>
        </>
      )}
      <p className="others">
        <Link href="/account">Back to your account</Link>
      </p>
    </>
  )
}
