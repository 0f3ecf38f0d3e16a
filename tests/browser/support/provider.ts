import { generateKeyPairSync } from 'node:crypto'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type Configuration } from 'oidc-provider'

export const CLIENT = { id: 'warder:+ x', secret: 'se cret+/%:' }

const PAGE = `<!doctype html><html lang="en"><title>Elsewhere</title><h1>Elsewhere</h1>
<form method="post"><label>Who are you? <input name="who"></label>
<button name="say" value="yes">Let Warder know</button> <button name="say" value="no">No</button></form>`

/**
 * Another service, at which people sign in (OpenID Connect), which nobody here wrote: it is strict about what a client sends. Whoever says
 * their address is believed; that of `unproven…` is told as not verified.
 */
export class Elsewhere {
  private constructor(
    private readonly server: Server,
    readonly issuer: string,
  ) {}

  static async start(callbacks: string[]): Promise<Elsewhere> {
    const server = createServer()
    await new Promise<void>((listening) => {
      server.listen(0, '127.0.0.1', listening)
    })
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const provider = new Provider(issuer, configuration(callbacks))
    const answer = provider.callback()
    server.on('request', (request, response) => {
      if (request.url?.startsWith('/interaction/')) void interact(provider, request, response)
      else void answer(request, response)
    })
    return new Elsewhere(server, issuer)
  }

  stop(): void {
    this.server.closeAllConnections()
    this.server.close()
  }
}

async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'GET') return void response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE)
  const said = new URLSearchParams(Buffer.concat(await request.toArray()).toString())
  const result = said.get('say') === 'yes' ? { login: { accountId: said.get('who')! } } : { error: 'access_denied' }
  await provider.interactionFinished(request, response, result)
}

function configuration(callbacks: string[]): Configuration {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: callbacks, id_token_signed_response_alg: 'ES256' }],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'ES256' } as never] },
    cookies: { keys: ['of the tests'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, id) => ({
      accountId: id,
      claims: async () => ({ sub: id, email: id, email_verified: !id.startsWith('unproven'), name: 'Ann Ä' }),
    }),
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId: oidc.client!.clientId, accountId: oidc.session!.accountId! })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  }
}
