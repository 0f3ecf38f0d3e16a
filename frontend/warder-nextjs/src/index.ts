export type * from './contract.js'
export { UNAVAILABLE, WarderError } from './error.js'
export { formProblem, type FormState } from './form-state.js'
export { safeNext } from './safe-next.js'
