import Link from 'next/link'
import { useEffect, type ReactNode } from 'react'
import type { FormState, ProofMethod } from 'warder-nextjs'
import { useAuth } from 'warder-nextjs/client'
import { CodeField, RecoveryCodeField } from '@/components/code-fields'
import { Form, ofOneField } from '@/components/form'
import { RecoveryCodes } from '@/components/recovery-codes'
import { Scripted, Try } from '@/components/scripted'
import { StepHeading } from '@/components/step-heading'
import { TotpKey } from '@/components/totp-key'
import { HOME } from './home'

type State = NonNullable<FormState>
type Step = { state: State; action: (form: FormData) => void; pending: boolean }

type StepsProps = {
  state: FormState
  action: Step['action']
  pending: boolean
  /** Beside an authenticator app that must be added: what else one may do. */
  instead?: ReactNode
  /** The first step. */
  children: ReactNode
}

/** What may follow the first step of a sign-in, whichever it was: a second one, an app that must be added, codes to be kept. */
export function SignInSteps({ state, action, pending, instead, children }: StepsProps) {
  if (state?.recoveryCodes || state?.totp)
    return (
      <AddFactor state={state} action={action} pending={pending}>
        {instead}
      </AddFactor>
    )
  if (state?.mfa?.enrol) return <MustAdd state={state} action={action} pending={pending} />
  if (state?.mfa) return <SecondStep state={state} action={action} pending={pending} mfa={state.mfa} />
  return children
}

/** Of a sign-in that another service has begun: the app's key is made when it is asked for, not by opening a page. */
function MustAdd({ state, action, pending }: Step) {
  return (
    <>
      <StepHeading>Add an authenticator app</StepHeading>
      <p className="aside">Your account needs one, and it takes a minute.</p>
      <Form action={action} state={spared(state)}>
        <button disabled={pending}>Continue</button>
      </Form>
    </>
  )
}

/** The first step was right: now a code, a recovery code, or a passkey. */
function SecondStep({ state, action, pending, mfa }: Step & { mfa: NonNullable<State['mfa']> }) {
  const has = (method: ProofMethod) => mfa.methods.includes(method)
  const recovery = mfa.use === 'recovery_code'
  const said = spared(state)
  return (
    <>
      <StepHeading>{recovery ? 'Use a recovery code' : 'One more step'}</StepHeading>
      {state.values?.email && <p className="aside">Signing in as {state.values.email}</p>}
      {(recovery || has('totp')) && (
        <Form key={mfa.use} action={action} state={said}>
          {recovery ? (
            <RecoveryCodeField state={said} />
          ) : (
            <>
              <CodeField hint="Six digits that your authenticator app shows now" focus state={said} />
              <label className="check">
                <input type="checkbox" name="remember_device" /> Do not ask again in this browser
              </label>
            </>
          )}
          <button disabled={pending}>{pending ? 'Signing in…' : 'Sign in'}</button>
        </Form>
      )}
      {!recovery && has('passkey') && <ByPasskey alone={!has('totp')} />}
      <form action={action} className="row others">
        {recovery
          ? (has('totp') || has('passkey')) && <Other use="totp">Take another way</Other>
          : has('recovery_code') && <Other use="recovery_code">Lost your phone? Use a recovery code</Other>}
        <Other use="password">Start again</Other>
      </form>
    </>
  )
}

/** What to ask for instead: the action changes nothing but that. */
export function Other({ use, children }: { use: 'totp' | 'recovery_code' | 'password'; children: string }) {
  return (
    <button className="link" name="use" value={use}>
      {children}
    </button>
  )
}

function ByPasskey({ alone }: { alone: boolean }) {
  const { loginMfaWithPasskey, redirectAfterLogin } = useAuth()
  const enter = async () => {
    if (await loginMfaWithPasskey()) redirectAfterLogin(HOME)
  }
  return (
    <>
      <Scripted>
        {!alone && <p className="or">or</p>}
        <Try className={alone ? '' : 'quiet'} act={enter}>
          Use your passkey
        </Try>
      </Scripted>
      {alone && (
        <noscript>
          <p>Your account asks for a passkey, which needs JavaScript.</p>
        </noscript>
      )}
    </>
  )
}

/** An account that must have a second factor and has none adds it here, and is in. */
function AddFactor({ state, action, pending, children }: Step & { children: ReactNode }) {
  if (state.recoveryCodes) return <KeepCodes codes={state.recoveryCodes} next={state.next} />
  const said = spared(state)
  return (
    <>
      <StepHeading>Add an authenticator app</StepHeading>
      <p className="aside">Your account needs one: at each sign-in it shows a code that you type after the password.</p>
      {state.totp && <TotpKey totp={state.totp} />}
      <Form action={action} state={said}>
        <CodeField hint="Six digits that the app shows now" state={said} />
        <button disabled={pending}>{pending ? 'Signing in…' : 'Confirm and sign in'}</button>
      </Form>
      {children}
    </>
  )
}

function KeepCodes({ codes, next }: { codes: string[]; next: string | undefined }) {
  const { refresh } = useAuth()
  useEffect(() => {
    refresh().catch(() => {
      /* the header knows on the next page */
    })
  }, [refresh])
  return (
    <>
      <StepHeading>Keep these codes</StepHeading>
      <RecoveryCodes codes={codes} />
      <Link className="button" href={next ?? '/'} prefetch={false}>
        I have kept them
      </Link>
    </>
  )
}

/** That a second step is needed is what the page says itself. */
const spared = (state: State): FormState => ofOneField(state.code === 'mfa_required' ? { ...state, message: '' } : state)
