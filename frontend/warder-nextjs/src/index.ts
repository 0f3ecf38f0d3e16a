export type * from './contract.js'
export { UNAVAILABLE, WarderError } from './error.js'
export { formProblem, type FormState } from './form-state.js'
export { safeNext } from './safe-next.js'
export { SENTENCES, type Sentences, sentenceFor } from './sentences.js'

/** For an app to say which roles it has: see `Role`. */
// biome-ignore lint/suspicious/noEmptyInterface: an app adds to it by declaration merging
export interface WarderTypes {}
