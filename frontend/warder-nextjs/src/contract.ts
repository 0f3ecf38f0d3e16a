// Warder's contract under the names that one says aloud. `npm run contract` makes openapi.ts anew from a running server.
import type { WarderTypes } from './index.js'
import type { components } from './openapi.js'

type Schemas = components['schemas']
/** `string`, or what the app says: declare module 'warder-nextjs' { interface WarderTypes { role: 'admin' | 'editor' } } */
export type Role = WarderTypes extends { role: infer R extends string } ? R : string
type WithRoles<T> = Omit<T, 'roles'> & { roles: Role[] }
export type User = WithRoles<Schemas['User']>
/** The signed-in user, and which session this is. */
export type Me = WithRoles<Schemas['Me']>
export type SessionState = Omit<Schemas['SessionState'], 'user'> & { user?: Me | null }
export type OwnSession = Schemas['OwnSession']
export type TokenPair = Schemas['TokenPair']
export type ErrorBody = Schemas['Error'] | Schemas['HTTPValidationError']
export type FieldFault = Schemas['ValidationError']
export type Credentials = { email: string; password: string }
export type NewAccount = Credentials & { name?: string }
