import { useActionState, useEffect, useState, type ComponentType } from 'react'
import { canStepUp, onStepUp, stepUp } from './browser.js'
import { ASKS_ITSELF } from './asks-itself.js'
import type { ProofMethod } from './contract.js'
import type { FormState } from './form-state.js'

/** What a dialog that asks who sits there is given. It calls `reauthenticate()` or `reauthenticateWithPasskey()`, then `onDone`. */
export type StepUpProps = { methods: ProofMethod[]; onDone: () => void; onCancel: () => void }

type Asked = { methods: ProofMethod[]; answer: (confirmed: boolean) => void }

/** Shows the app's dialog while something waits for it. */
export function StepUp({ dialog: Dialog }: { dialog: ComponentType<StepUpProps> }) {
  const [asked, setAsked] = useState<Asked | null>(null)
  useEffect(() => onStepUp((methods) => new Promise((answer) => setAsked({ methods, answer }))), [])
  useEffect(() => () => asked?.answer(false), [asked]) // also where the page goes
  if (!asked) return null
  const close = (confirmed: boolean) => {
    asked.answer(confirmed)
    setAsked(null)
  }
  return <Dialog methods={asked.methods} onDone={() => close(true)} onCancel={() => close(false)} />
}

type Action = (before: FormState, form: FormData) => Promise<FormState>

/**
 * `useActionState()` for an action that may need a fresh proof: the dialog of `<WarderProvider stepUp>` asks for it, and the action runs
 * once more. Without JavaScript, and without a dialog, `confirmFirst()` in the action leads to the confirm page instead.
 */
export function useStepUpAction(action: Action, initial?: FormState) {
  const [here, setHere] = useState(false)
  useEffect(() => setHere(true), [])
  return useActionState(here ? asking(action) : action, initial) // a form of the server's HTML can name actions of the server only
}

const asking = (action: Action): Action =>
  async function askFirst(before, form) {
    if (!canStepUp()) return action(before, form)
    form.set(ASKS_ITSELF, '1')
    const state = await action(before, form)
    if (state?.code !== 'reauthentication_required') return state
    return (await stepUp(state.methods ?? [])) ? action(before, form) : before
  }
