'use client'
import { useActionState, type ReactNode } from 'react'
import type { FormState } from 'warder-nextjs'
import { Form } from './form'
import { StepHeading } from './step-heading'

type Props = {
  token: string
  title: string
  about: string
  button: string
  action: (before: FormState, form: FormData) => Promise<FormState>
  /** What is to be filled in beside the link itself. */
  fields?: (state: FormState) => ReactNode
  /** Where to go on to when it is done. */
  after?: ReactNode
  /** What helps where the link is not good any more. */
  spent: ReactNode
}

/** The page of a link in a mail. Opening it does nothing, for programs open it, too; its button does. */
export function LinkForm({ token, title, about, button, action, fields, after, spent }: Props) {
  const [state, act, pending] = useActionState(action, undefined)
  if (state?.done)
    return (
      <>
        <StepHeading>{title}</StepHeading>
        <p role="status" className="notice">
          {state.message}
        </p>
        {after}
      </>
    )
  return (
    <>
      <h1>{title}</h1>
      <p className="aside">{about}</p>
      <Form action={act} state={state}>
        <input type="hidden" name="token" value={token} readOnly />
        {fields?.(state)}
        <button disabled={pending}>{button}</button>
      </Form>
      {state?.code === 'invalid_link' && <p className="others">{spent}</p>}
    </>
  )
}
