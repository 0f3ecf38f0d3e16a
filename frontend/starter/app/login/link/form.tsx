'use client'
import Link from 'next/link'
import { useActionState } from 'react'
import { loginByLink } from 'warder-nextjs/actions'
import { Form } from '@/components/form'
import { SignInSteps } from '../second-step'

/** The page of the link in a mail. Opening it signs nobody in, for programs open it, too; its button does. */
export function LinkSignIn({ token }: { token: string }) {
  const [state, action, pending] = useActionState(loginByLink, undefined)
  return (
    <SignInSteps state={state} action={action} pending={pending}>
      <h1>Sign in by mail</h1>
      <p className="aside">
        You will be signed in, in this browser, to the account of whoever asked for this link. Go on only if you asked for it yourself.
      </p>
      <Form action={action} state={state}>
        <input type="hidden" name="token" value={token} readOnly />
        <button disabled={pending}>{pending ? 'Signing in…' : 'Sign in'}</button>
      </Form>
      {state?.code === 'invalid_link' && (
        <p className="others">
          <Link href="/login/email">Ask for another link</Link>
        </p>
      )}
    </SignInSteps>
  )
}
