// node jose.mjs NODE_MODULES: what jose says to a question on the standard input, both as JSON. {sign: claims, header, jwk} gives the token;
// {verify: token, jwks: URL, rules} gives the claims, or the code of its refusal as {refused}.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const jose = await import(pathToFileURL(createRequire(resolve(process.argv[2], 'here')).resolve('jose')))

async function answer({ sign, header, jwk, verify, jwks, rules }) {
  if (sign) return new jose.SignJWT(sign).setProtectedHeader(header).sign(await jose.importJWK(jwk, header.alg))
  try {
    return (await jose.jwtVerify(verify, jose.createRemoteJWKSet(new URL(jwks)), rules)).payload
  } catch (error) {
    return { refused: error.code ?? String(error) }
  }
}

console.log(JSON.stringify(await answer(JSON.parse(readFileSync(0, 'utf8')))))
