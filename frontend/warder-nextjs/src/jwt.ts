import { createRemoteJWKSet, jwtVerify, type JWTPayload } from 'jose'
import { config } from './config.js'
import type { Role } from './contract.js'
import { checkedUrl } from './url.js'

/**
 * `sub` is the user's id and never changes: join your rows by it, never by `email`, which is only what somebody typed until
 * `email_verified` is true: grant nothing by it before. `amr` (RFC 8176) and `auth_time` say how and when the session's owner last proved
 * who they are; tokens of older servers lack them.
 */
export type AccessTokenClaims = JWTPayload & {
  sub: string
  sid: string
  email: string
  email_verified: boolean
  roles: Role[]
  amr?: string[]
  auth_time?: number
}

const keys = new Map<string, ReturnType<typeof createRemoteJWKSet>>()

/**
 * Verifies an access token by Warder's public keys, without asking Warder, for other backends. Needs the optional peer
 * `jose`. Throws jose's errors. Only access tokens pass (RFC 9068, `typ` at+jwt), whatever else Warder may sign. A session that
 * was ended meanwhile is noticed only when the token ends: ask `/me` where that matters. `issuer` and `audience` are Warder's settings tokens.issuer and tokens.audience; `url` is where Warder is,
 * for this server, where WARDER_URL does not say.
 */
export async function verifyAccessToken(
  token: string,
  { url = config().url, ...expected }: { issuer: string; audience: string; url?: string },
): Promise<AccessTokenClaims> {
  const { payload } = await jwtVerify(token, keysOf(url), {
    ...expected,
    typ: 'at+jwt',
    algorithms: ['ES256', 'EdDSA', 'RS256', 'PS256'],
    requiredClaims: ['sub', 'sid', 'exp'],
  })
  return payload as AccessTokenClaims
}

/** So long Warder lets its keys be kept, in milliseconds; jose by itself would believe a revoked one for ten minutes. */
const kept = { cacheMaxAge: 300_000, cooldownDuration: 5_000 }

/** One set a server: it remembers its keys, and fetches them anew for one that it does not know. */
function keysOf(url: string) {
  const known = keys.get(url) ?? createRemoteJWKSet(new URL(checkedUrl('url', url) + '/.well-known/jwks.json'), kept)
  keys.set(url, known)
  return known
}
