import type { ReactNode } from 'react'
import type { FormState } from 'warder-nextjs'
import { StepHeading } from './step-heading'

/** What comes next is in a mail. Whether one was sent, this page does not know, and may not tell. */
export function MailSent({ state, children }: { state: NonNullable<FormState>; children?: ReactNode }) {
  return (
    <>
      <StepHeading>Look into your mail</StepHeading>
      <p role="status" className="notice">
        {state.message}
      </p>
      {state.values?.email && (
        <p className="aside">
          It goes to {state.values.email} and may take a minute. Nothing there? Look into the folder for spam, and whether the address is
          right.
        </p>
      )}
      {children}
    </>
  )
}
