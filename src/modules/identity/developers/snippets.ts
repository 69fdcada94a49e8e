import type { JWK } from 'jose'
import { isLoopback } from './addresses.rules.ts'
import { algorithmOf } from './keys.rules.ts'
import type { Kind } from './registration.ts'

/** What a snippet is made of. Without `secret` it says where to put it. */
type SnippetValues = {
  issuer: string
  clientId: string
  kind: Kind
  redirectUri: string
  secret: string | null
  key: JWK | undefined
  /** Held to FAPI 2.0: it pushes its requests, and its tokens are bound to a key by DPoP. */
  highRisk: boolean
}

export const secretPlace = 'the-secret-of-this-client'
/** Where the snippets look for the private part of a key. */
export const privateKeyFile = 'private-key.json'

/** Makes a key: the private part stays in a file, the public one is printed to be pasted. */
export const makeKey = `node --input-type=module -e "
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const kid = randomUUID()
const jwk = (key) => JSON.stringify({ ...key.export({ format: 'jwk' }), kid })
writeFileSync('${privateKeyFile}', jwk(privateKey), { mode: 0o600 })
process.stdout.write(jwk(publicKey))
"`

const importBy: Record<string, string> = {
  ES256: "{ name: 'ECDSA', namedCurve: 'P-256' }",
  PS256: "{ name: 'RSA-PSS', hash: 'SHA-256' }",
  Ed25519: "'Ed25519'",
}

/** A whole service in one file, by openid-client 6: run it by Node, and open its address. */
export function typescript({ issuer, clientId, kind, redirectUri, secret, key, highRisk }: SnippetValues): string {
  const algorithm = key?.kty ? algorithmOf(key as JWK & { kty: string }) : 'ES256'
  const proof = {
    secret: `const proof = client.ClientSecretBasic(process.env.CLIENT_SECRET ?? '${secret ?? secretPlace}')`,
    key: `const jwk = JSON.parse(readFileSync('${privateKeyFile}', 'utf8'))
const key = await crypto.subtle.importKey('jwk', jwk, ${importBy[algorithm]}, false, ['sign'])
const proof = client.PrivateKeyJwt({ key, kid: '${key?.kid ?? ''}' })`,
    public: 'const proof = client.None()',
  }[kind]
  const insecure = issuer.startsWith('http:')
    ? `, {
  execute: [client.allowInsecureRequests], // only because this issuer is on your own computer
}`
    : ''
  const bind = highRisk ? '\nconst DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair())' : ''
  const [build, bound] = highRisk
    ? ['await client.buildAuthorizationUrlWithPAR', ', { DPoP }']
    : ['client.buildAuthorizationUrl', '']
  const secure = redirectUri.startsWith('https:') ? '; Secure' : ''
  const port = new URL(redirectUri).port || '3000'
  return `import { createServer } from 'node:http'
${kind === 'key' ? "import { readFileSync } from 'node:fs'\n" : ''}import * as client from 'openid-client'

${proof}
const config = await client.discovery(new URL('${issuer}'), '${clientId}', undefined, proof${insecure})${bind}
const redirectUri = '${redirectUri}'

createServer(async (request, response) => {
  const url = URL.parse(request.url!, redirectUri)
  if (url?.pathname !== new URL(redirectUri).pathname) {
    // Send the person to sign in. What we must compare afterwards waits in a cookie of this browser.
    const [verifier, state, nonce] = [client.randomPKCECodeVerifier(), client.randomState(), client.randomNonce()]
    const address = ${build}(config, {
      redirect_uri: redirectUri,
      scope: 'openid profile',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    }${bound})
    const cookie = \`sign-in=\${[verifier, state, nonce].join('.')}; Path=/; HttpOnly; SameSite=Lax${secure}\`
    response.writeHead(302, { location: address.href, 'set-cookie': cookie }).end()
    return
  }
  const [verifier, state, nonce] = (/sign-in=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '').split('.')
  try {
    const tokens = await client.authorizationCodeGrant(config, url, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
    }${bound && `, undefined${bound}`})
    const { sub, acr } = tokens.claims()!
    const { name } = await client.fetchUserInfo(config, tokens.access_token, sub${bound})
    response.setHeader('content-type', 'text/plain; charset=utf-8')
    response.end(\`\${name ?? 'Somebody'} is signed in as \${sub}, at \${acr}\\n\`)
  } catch (error) {
    response.writeHead(400).end(\`Nobody is signed in: \${(error as Error).message}\\n\`)
  }
}).listen(${port}${isLoopback(redirectUri) ? `, '${new URL(redirectUri).hostname.replace(/[[\]]/g, '')}'` : ''})
`
}

/** Where the configuration finds the passphrase under which the module keeps its sessions. */
export const passphraseFile = '/etc/apache2/oidc-passphrase'

/** For Apache with mod_auth_openidc 2.4, run by 2.4.12: the whole site asks for sign-in. */
export function apache({ issuer, clientId, kind, redirectUri, secret }: SnippetValues): string {
  if (kind === 'key')
    return `# mod_auth_openidc 2.4.12 fails when it is to sign with a key that this provider takes (ES256, PS256).
# Register a client with a secret for Apache.
`
  const proof =
    kind === 'public'
      ? 'OIDCProviderTokenEndpointAuth none'
      : `OIDCProviderTokenEndpointAuth client_secret_basic
OIDCClientSecret "${secret ?? secretPlace}"`
  return `# Once: a2enmod auth_openidc; openssl rand -hex 32 > ${passphraseFile}
OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration
OIDCClientID ${clientId}
${proof}
OIDCRedirectURI ${redirectUri}
OIDCResponseType code
OIDCPKCEMethod S256
OIDCIDTokenSignedResponseAlg ES256
OIDCScope "openid profile"
OIDCRemoteUserClaim sub
OIDCCryptoPassphrase "exec:/bin/cat ${passphraseFile}"

<Location />
  AuthType openid-connect
  Require valid-user
</Location>
`
}

/** To see each answer by hand. */
export function curl({ issuer, clientId, kind, redirectUri, secret, highRisk }: SnippetValues): string {
  const discovery = `# What the provider says of itself
curl -s -w '\\n' ${issuer}/.well-known/openid-configuration
`
  // A pushed request is signed; that is no work for a command line.
  if (highRisk) return discovery
  if (kind === 'secret')
    return `${discovery}
# A token for the service itself
curl -s -w '\\n' -u '${clientId}:${secret ?? secretPlace}' -d grant_type=client_credentials ${issuer}/token
`
  const challenge = `
# A person signs in: open the address that this prints
VERIFIER=$(openssl rand -hex 32)
CHALLENGE=$(printf %s "$VERIFIER" | openssl dgst -sha256 -binary | openssl base64 -A | tr '+/' '-_' | tr -d '=')
echo "${issuer}/auth?response_type=code&scope=openid&client_id=${clientId}&redirect_uri=${encodeURIComponent(redirectUri)}&code_challenge=$CHALLENGE&code_challenge_method=S256"
`
  if (kind === 'key') return discovery + challenge
  return `${discovery}${challenge}
# The browser comes back to an address with ?code=…; copy what stands there
CODE=paste-it-here
curl -s -w '\\n' -d grant_type=authorization_code -d client_id=${clientId} -d "code=$CODE" -d "code_verifier=$VERIFIER" \\
  --data-urlencode 'redirect_uri=${redirectUri}' ${issuer}/token
`
}
