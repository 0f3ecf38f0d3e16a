'use client'
import Link from 'next/link'
import { useActionState, useEffect, useState } from 'react'
import type { FormState, Provider, WarderError } from 'warder-nextjs'
import { login } from 'warder-nextjs/actions'
import { useAuth } from 'warder-nextjs/client'
import { Field, Form } from '@/components/form'
import { Providers } from '@/components/providers'
import { Scripted } from '@/components/scripted'
import { VerifyAgain } from '@/components/verify-again'
import { HOME } from './home'
import { Other, SignInSteps } from './second-step'

type Props = {
  /** What the URL of the page says. */
  first: FormState
  providers: Provider[]
  next: string | undefined
  /** Warder's accounts.magic_link. */
  byMail: boolean
}

/** One form for the whole sign-in: its state says which step is next, with and without JavaScript. */
export function LoginForm({ first, providers, next, byMail }: Props) {
  const [state, action, pending] = useActionState(login, first)
  const again = (
    <form action={action} className="others">
      <Other use="password">Start again</Other>
    </form>
  )
  return (
    <SignInSteps state={state} action={action} pending={pending} instead={again}>
      <h1>Sign in</h1>
      <Form action={action} state={state}>
        <Field label="Email" name="email" type="email" autoComplete="username webauthn" required state={state} />
        <Field label="Password" name="password" type="password" autoComplete="current-password" required state={state} />
        <button disabled={pending}>{pending ? 'Signing in…' : 'Sign in'}</button>
      </Form>
      {state?.code === 'email_not_verified' && state.values?.email && <VerifyAgain email={state.values.email} />}
      <PasskeyButton />
      <Providers providers={providers} next={next} />
      <p className="row others">
        <Link href="/forgot-password">Forgot your password?</Link>
        {byMail && <Link href="/login/email">Sign in by mail</Link>}
      </p>
      <p className="aside">
        New here? <Link href="/register">Create an account</Link>
      </p>
    </SignInSteps>
  )
}

/** Passkeys need a script. They are offered in the list of the email field, too, where the browser can do that. */
function PasskeyButton() {
  const { loginWithPasskey, redirectAfterLogin } = useAuth()
  const [problem, setProblem] = useState<WarderError>()
  const [round, setRound] = useState(0)
  useEffect(() => {
    const leaving = new AbortController()
    const refused = (why: WarderError) => {
      setProblem(why)
      if (why.code !== 'not_configured') setRound((last) => last + 1) // the list waits again
    }
    loginWithPasskey({ autofill: true, signal: leaving.signal }).then((done) => done && redirectAfterLogin(HOME), refused)
    return () => leaving.abort()
  }, [loginWithPasskey, redirectAfterLogin, round])
  if (problem?.code === 'not_configured') return null
  const enter = async () => {
    setProblem(undefined)
    await loginWithPasskey()
      .then((done) => done && redirectAfterLogin(HOME))
      .catch(setProblem)
    setRound((last) => last + 1)
  }
  return (
    <Scripted>
      <p className="or">or</p>
      <button type="button" className="quiet" onClick={enter}>
        Use a passkey
      </button>
      {problem && (
        <p role="alert" className="problem">
          {problem.message}
        </p>
      )}
    </Scripted>
  )
}
