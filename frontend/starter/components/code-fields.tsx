import type { FormState, ProofMethod } from 'warder-nextjs'
import { Field } from './form'

type Props = { id?: string; hint?: string; focus?: boolean; state: FormState }

/** Six digits; they may be typed with a blank. `focus`: the page asks for nothing else. */
export function CodeField({ id = 'code', hint, focus, state }: Props) {
  return (
    <Field
      id={id}
      label="Code"
      name="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      autoFocus={focus}
      className="code"
      required
      hint={hint}
      state={state}
    />
  )
}

export function RecoveryCodeField({ state }: Props) {
  return (
    <Field
      label="Recovery code"
      name="recovery_code"
      autoComplete="off"
      autoCapitalize="none"
      autoFocus
      spellCheck={false}
      className="code"
      placeholder="xxxxx-xxxxx"
      required
      hint="One of those that you kept when you set up your authenticator app. Each is good once."
      state={state}
    />
  )
}

/** The one thing that is asked to be sure who sits there: the password, and a code where there is none. */
export function ConfirmField({ methods, state }: { methods: ProofMethod[]; state: FormState }) {
  if (!methods.includes('password') && methods.includes('totp')) return <CodeField id="confirm-code" state={state} />
  return (
    <Field id="confirm-password" label="Password" name="password" type="password" autoComplete="current-password" required state={state} />
  )
}
