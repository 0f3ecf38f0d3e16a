'use client'
import { useEffect, useRef, type ComponentProps, type ReactNode } from 'react'
import type { FormState } from 'warder-nextjs'

type Action = (form: FormData) => void

/** A form with what its action said: an alert in words, and the focus on the first field that needs mending. */
export function Form({ action, state, children }: { action: Action; state: FormState; children: ReactNode }) {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => { form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus() }, [state])
  return (
    <form ref={form} action={action} className="stack">
      <Outcome state={state} />
      {children}
    </form>
  )
}

/** What an action said, in words. */
export function Outcome({ state }: { state: FormState }) {
  return state?.message && <p role={state.done ? 'status' : 'alert'} className={state.done ? 'notice' : 'problem'}>{state.message}</p>
}

type FieldProps = ComponentProps<'input'> & { label: string; name: string; state: FormState; hint?: string }

/** A labelled input, filled with what was typed before, its message right below it. */
export function Field({ label, name, state, hint, defaultValue, ...input }: FieldProps) {
  const message = state?.fields?.[name]
  const describedBy = [message && `${name}-problem`, hint && `${name}-hint`].filter(Boolean).join(' ') || undefined
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      <input id={name} name={name} defaultValue={state?.values?.[name] ?? defaultValue} aria-invalid={message ? true : undefined} aria-describedby={describedBy} {...input} />
      {hint && !message && <small id={`${name}-hint`}>{hint}</small>}
      {message && <small id={`${name}-problem`} className="problem">{message}</small>}
    </div>
  )
}
