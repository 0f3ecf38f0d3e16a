'use client'
import { useActionState } from 'react'
import { changeEmail, forgotPassword, requestVerification } from 'warder-nextjs/actions'
import { useStepUpAction } from 'warder-nextjs/client'
import { Field, Outcome } from '@/components/form'
import { Part } from '@/components/parts'

/** The address that the account has, whether it is known to be its owner's, and how to change it. */
export function Email({ email, verified }: { email: string; verified: boolean }) {
  const [sent, send, sending] = useActionState(requestVerification, undefined)
  const [state, change, changing] = useStepUpAction(changeEmail)
  return (
    <Part title="Email">
      <p>
        {email} <em className={verified ? 'badge' : 'badge open'}>{verified ? 'Confirmed' : 'Not confirmed'}</em>
      </p>
      <Outcome state={sent} />
      {!verified && !sent?.done && (
        <form action={send}>
          <input type="hidden" name="email" value={email} readOnly />
          <button className="quiet" disabled={sending}>
            Send a mail to confirm it
          </button>
        </form>
      )}
      <Outcome state={state} />
      <details open={Boolean(state?.fields?.email)}>
        <summary>Change the email address</summary>
        <form action={change} className="stack">
          <Field
            label="New email address"
            name="email"
            id="new-email"
            type="email"
            autoComplete="email"
            required
            hint="Both addresses get a mail with a link"
            state={state?.done ? undefined : state}
          />
          <button className="quiet" disabled={changing}>
            Send the mails
          </button>
        </form>
      </details>
    </Part>
  )
}

/** Of an account that signs in by other means. Its first password is set by a mail, as a forgotten one is. */
export function FirstPassword({ email }: { email: string }) {
  const [state, action, pending] = useActionState(forgotPassword, undefined)
  return (
    <>
      <p className="aside">Your account has none. You can choose one by a link that we send you.</p>
      <Outcome state={state} />
      <form action={action}>
        <input type="hidden" name="email" value={email} readOnly />
        <button className="quiet" disabled={pending}>
          Send me the mail
        </button>
      </form>
    </>
  )
}
