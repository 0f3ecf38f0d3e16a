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
/** The token of a mail's link, or the six digits of that mail. */
export type MailProof = { token: string } | { code: string }
/** Whether an e-mail address is changed, or which of the two has yet to confirm it. */
export type EmailChange = Schemas['EmailChange']
/** Another service that people may sign in at: `name` for `providerPath()`, `label` to be shown. */
export type Provider = Schemas['ProviderList']['providers'][number]
/** An account at such a service that signs in to the user's account here. */
export type Identity = Schemas['Identity']

/** By what somebody proves who they are. */
export type ProofMethod = 'password' | 'totp' | 'passkey' | 'recovery_code'
/** The second step of a sign-in, one proof; with `remember_device` this browser need not take it for some time. */
export type SecondStepProof = ({ code: string } | { recovery_code: string }) & { remember_device?: boolean }
/** One proof that it is still the user who sits there. */
export type FreshProof = { password: string } | { code: string }
export type TotpFactor = Schemas['TotpFactor']
/** An authenticator app that waits for its first code: what it must be told, as a QR code (an SVG), as a link, and to type. */
export type TotpSetup = Schemas['NewTotp']
/** Of the signed-in user. */
export type SecondFactors = Schemas['Mfa']
export type Passkey = Schemas['Passkey']
/** With what `syncPasskeys()` tells a password manager which ones are still good. */
export type PasskeyList = Schemas['PasskeyList']
