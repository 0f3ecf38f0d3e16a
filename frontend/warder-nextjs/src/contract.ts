// Warder's contract under the names that one says aloud. `npm run contract` makes openapi.ts anew from a running server.
import type { components } from './openapi.js'

type Schemas = components['schemas']
export type User = Schemas['User']
/** The signed-in user, and which session this is. */
export type Me = Schemas['Me']
export type SessionState = Schemas['SessionState']
export type OwnSession = Schemas['OwnSession']
export type TokenPair = Schemas['TokenPair']
export type ErrorBody = Schemas['Error'] | Schemas['HTTPValidationError']
export type FieldFault = Schemas['ValidationError']
export type Credentials = { email: string; password: string }
export type NewAccount = Credentials & { name?: string }
