/** A field that `useStepUpAction()` adds: the form asks for the proof by itself, so that the action need not lead to a page that does. */
export const ASKS_ITSELF = 'warder-step-up'
