'use client'
import { useActionState, useEffect } from 'react'
import type { OwnSession } from 'warder-nextjs'
import { useAuth } from 'warder-nextjs/client'
import { Field, Form, NewPassword, Outcome } from '@/components/form'
import { deviceName, isLocal, timeAgo } from '@/components/words'
import { changePassword, deleteAccount, endSession, rename } from './actions'

export function NameForm({ name }: { name: string }) {
  const [state, action, pending] = useActionState(rename, undefined)
  const { refresh } = useAuth()
  useEffect(() => {
    if (state?.done)
      refresh().catch(() => {
        /* the header shows the new name on the next page */
      })
  }, [state, refresh])
  return (
    <Form action={action} state={state}>
      <Field label="Name" name="name" autoComplete="name" defaultValue={name} state={state} />
      <button disabled={pending}>Save name</button>
    </Form>
  )
}

export function PasswordForm({ email }: { email: string }) {
  const [state, action, pending] = useActionState(changePassword, undefined)
  return (
    <Form action={action} state={state}>
      <input type="hidden" name="email" value={email} autoComplete="username" readOnly />
      <Field label="Current password" name="current_password" type="password" autoComplete="current-password" required state={state} />
      <NewPassword name="new_password" state={state} />
      <button disabled={pending}>Change password</button>
    </Form>
  )
}

export function DeleteForm({ email }: { email: string }) {
  const [state, action, pending] = useActionState(deleteAccount, undefined)
  return (
    <Form action={action} state={state}>
      <input type="hidden" name="email" value={email} autoComplete="username" readOnly />
      <Field
        id="delete-password"
        label="Your password"
        name="password"
        type="password"
        autoComplete="current-password"
        required
        state={state}
      />
      <button className="quiet danger" disabled={pending}>
        Delete my account
      </button>
    </Form>
  )
}

export function Sessions({ sessions }: { sessions: OwnSession[] }) {
  const [state, action, pending] = useActionState(endSession, undefined)
  return (
    <>
      <Outcome state={state} />
      <ul className="sessions">
        {sessions.map((session) => (
          <li key={session.id}>
            <span>
              <strong title={session.device}>{deviceName(session.device)}</strong>
              {session.current && <em className="badge">This one</em>}
              <small>
                {isLocal(session.address) ? 'Seen' : `${session.address} · seen`}{' '}
                <time dateTime={session.last_seen_at} suppressHydrationWarning>
                  {timeAgo(session.last_seen_at)}
                </time>
              </small>
            </span>
            {!session.current && (
              <form action={action}>
                <input type="hidden" name="session" value={session.id} />
                <button className="quiet" disabled={pending} aria-label={`End the session of ${deviceName(session.device)}`}>
                  End
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
