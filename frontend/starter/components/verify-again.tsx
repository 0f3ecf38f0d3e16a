'use client'
import { useActionState } from 'react'
import { requestVerification } from 'warder-nextjs/actions'
import { Outcome } from './form'

/** For who has lost the mail that confirms their address. */
export function VerifyAgain({ email }: { email: string }) {
  const [state, action, pending] = useActionState(requestVerification, undefined)
  return (
    <>
      <Outcome state={state} />
      {!state?.done && (
        <form action={action}>
          <input type="hidden" name="email" value={email} readOnly />
          <button className="quiet" disabled={pending}>
            Send the mail again
          </button>
        </form>
      )}
    </>
  )
}
