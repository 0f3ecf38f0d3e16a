'use client'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { formProblem, type FormState } from 'warder-nextjs'
import { reauthenticate, reauthenticateWithPasskey, type StepUpProps } from 'warder-nextjs/client'
import { ConfirmField } from './code-fields'
import { ofOneField, Outcome } from './form'
import { Try } from './scripted'

/** Asks who sits there, before something that matters. What waited for it goes on by itself. */
export function StepUpDialog({ methods, onDone, onCancel }: StepUpProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [state, setState] = useState<FormState>(undefined)
  const [pending, setPending] = useState(false)
  useEffect(() => dialog.current?.showModal(), [])
  const done = () => {
    dialog.current?.close() // so that the focus goes back to where it was
    onDone()
  }

  async function confirm(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const { password, code } = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>
    setPending(true)
    try {
      await reauthenticate(code === undefined ? { password: password! } : { code })
      done()
    } catch (error) {
      setState(ofOneField(formProblem(error)))
      setPending(false)
    }
  }
  const byPasskey = async () => {
    if (await reauthenticateWithPasskey()) done()
  }
  return (
    <dialog ref={dialog} className="panel" aria-labelledby="step-up" onClose={onCancel}>
      <h2 id="step-up">Please confirm that it is you</h2>
      <form className="stack" onSubmit={confirm}>
        <Outcome state={state} />
        <ConfirmField methods={methods} state={state} />
        <div className="row">
          <button disabled={pending}>Confirm</button>
          <button type="button" className="quiet" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
        </div>
      </form>
      {methods.includes('passkey') && (
        <Try className="quiet" act={byPasskey}>
          Use a passkey
        </Try>
      )}
    </dialog>
  )
}
