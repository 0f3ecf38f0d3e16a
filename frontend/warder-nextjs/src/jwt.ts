import { createRemoteJWKSet, jwtVerify, type JWTPayload } from 'jose'
import { config } from './config.js'

export type AccessTokenClaims = JWTPayload & { sub: string; sid: string }

let keys: ReturnType<typeof createRemoteJWKSet> | undefined

/**
 * Verifies an access token by Warder's public keys, without asking Warder, for other backends. Needs the optional peer
 * `jose`. Throws jose's errors. A session that was ended meanwhile is noticed only when the token ends: ask `/me` where
 * that matters. `issuer` and `audience` are Warder's settings tokens.issuer and tokens.audience.
 */
export async function verifyAccessToken(token: string, expected: { issuer: string; audience: string }): Promise<AccessTokenClaims> {
  keys ??= createRemoteJWKSet(new URL(config().url + '/.well-known/jwks.json'))
  const { payload } = await jwtVerify(token, keys, { ...expected, algorithms: ['ES256', 'EdDSA', 'RS256'], requiredClaims: ['sub', 'sid', 'exp'] })
  return payload as AccessTokenClaims
}
