'use client'
import { useEffect, useRef, useState, type ComponentProps, type ReactNode } from 'react'
import type { FormState } from 'warder-nextjs'

type Action = (form: FormData) => void

/** A form with what its action said: an alert in words, and the focus on the first field that needs mending. */
export function Form({ action, state, children }: { action: Action; state: FormState; children: ReactNode }) {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [state])
  return (
    <form ref={form} action={action} className="stack">
      <Outcome state={state} />
      {children}
    </form>
  )
}

/** What an action said, in words. */
export function Outcome({ state }: { state: FormState }) {
  return (
    state?.message && (
      <p role={state.done ? 'status' : 'alert'} className={state.done ? 'notice' : 'problem'}>
        {state.message}
      </p>
    )
  )
}

/** Of a form with one field, which says itself what is wrong with it. */
export const ofOneField = (state: FormState): FormState => (state?.code === 'invalid_input' ? { ...state, message: '' } : state)

type FieldProps = ComponentProps<'input'> & { label: string; name: string; state: FormState; hint?: string | undefined }

/** With JavaScript a typed password can be looked at. The input stays the same one all the time, for it may have the focus. */
function Input({ type, ...input }: ComponentProps<'input'>) {
  const [shown, setShown] = useState(false)
  const [canShow, setCanShow] = useState(false)
  useEffect(() => setCanShow(true), [])
  if (type !== 'password') return <input type={type} {...input} />
  return (
    <span className="secret">
      <input type={shown ? 'text' : 'password'} {...input} />
      {canShow && (
        <button type="button" className="quiet" aria-pressed={shown} aria-controls={input.id} onClick={() => setShown(!shown)}>
          {shown ? 'Hide' : 'Show'}
        </button>
      )}
    </span>
  )
}

/** Of all forms that set one. */
export function NewPassword({ label = 'New password', name = 'password', state }: { label?: string; name?: string; state: FormState }) {
  return (
    <Field
      label={label}
      name={name}
      type="password"
      autoComplete="new-password"
      required
      hint="At least 8 characters, and not easy to guess"
      state={state}
    />
  )
}

/** A labelled input, filled with what was typed before, its message right below it. */
export function Field({ label, name, id = name, state, hint, defaultValue, ...input }: FieldProps) {
  const message = state?.fields?.[name]
  const describedBy = [message && `${id}-problem`, hint && `${id}-hint`].filter(Boolean).join(' ') || undefined
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        name={name}
        defaultValue={state?.values?.[name] ?? defaultValue}
        aria-invalid={message ? true : undefined}
        aria-describedby={describedBy}
        {...input}
      />
      {hint && !message && <small id={`${id}-hint`}>{hint}</small>}
      {message && (
        <small id={`${id}-problem`} className="problem">
          {message}
        </small>
      )}
    </div>
  )
}
