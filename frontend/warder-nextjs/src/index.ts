export type * from './contract.js'
export { UNAVAILABLE, WarderError, type RefusalDetails } from './error.js'
export { formProblem, type FormState, type SecondStep } from './form-state.js'
export { providerPath } from './provider-path.js'
export { safeNext } from './safe-next.js'
export { signInState } from './sign-in-state.js'
export { SENTENCES, type Sentences, sentenceFor } from './sentences.js'

/** For an app to say which roles it has: see `Role`. */
// biome-ignore lint/suspicious/noEmptyInterface: an app adds to it by declaration merging
export interface WarderTypes {}
