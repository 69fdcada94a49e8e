import { hkdfSync, X509Certificate } from 'node:crypto'
import { type Client, type Configuration, errors, type KoaContextWithOIDC } from 'oidc-provider'
import { acrOf, allScopes, type Installation, type Language, type Level, languages, withLanguage } from '#platform'
import { channelClaims } from '../channels/outbound.ts'
import { backchannelAuthentication } from '../ciba/backchannel.ts'
import { type ClaimsParameter, mistakeIn } from '../consents/asked.rules.ts'
import { claimsOf, identityAssurance, tellClaims } from '../consents/told.ts'
import { clientCredentialsSeconds, knownAccount, openAdapter } from './adapter.ts'
import { richAuthorizationRequests } from './authorization-details.ts'
import type { ClientSource } from './clients.sql.ts'
import { foundOf } from './found.ts'
import { levelsIn, pathOfInteraction, signInStep } from './interaction.rules.ts'
import { bindToBrowser, interactionSeconds } from './interaction-cookie.ts'
import type { KeySet } from './keys.sql.ts'
import { openPolicy } from './policy.ts'
import { pairwiseOf } from './subject.ts'
import type { Writer } from './work.ts'

const minutes = 60
const hours = 60 * minutes
const days = 24 * hours

/** Scopes of this installation’s own interfaces, for tokens that name its address as their resource. */
const resourceScopes = ['filling']

export type Hooks = {
  /** A page for the person where the request cannot go back to its client. */
  renderError: NonNullable<Configuration['renderError']>
  /** A page that asks before the person is signed out here too. */
  logoutSource: (ctx: KoaContextWithOIDC, form: string) => Promise<void>
  loggedOut: (ctx: KoaContextWithOIDC) => Promise<void>
  /** The person signed out at the provider: our own session ends as well. */
  ended: (ctx: KoaContextWithOIDC) => Promise<void>
}

/** The whole of what this provider does and refuses; every line that differs from the library's default says why. */
export function configure(
  installation: Installation,
  { keys }: KeySet,
  clients: ClientSource,
  writer: Writer,
  hooks: Hooks,
): Configuration {
  const { sql, vault, pack, address } = installation
  const derive = (purpose: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', vault.lookup(purpose, 'derive'), '', purpose, bytes))
  const secure = address.startsWith('https://')
  const subjectOf = pairwiseOf(installation)
  return {
    adapter: openAdapter(installation, clients, writer),
    jwks: { keys: keys as never },
    findAccount: async (ctx, id, token) => {
      const clientId = ctx.oidc.client?.clientId ?? ''
      const account = await knownAccount(sql, id, clientId)
      // Consent is asked for again at each use of a token, so that taking it back counts at once.
      if (!account || (token && !account.consent)) return undefined
      // To a platform that is a channel nobody is known before the two are linked, nor after.
      if (token && ctx.oidc.client?.channel && !account.salt) return undefined
      // What a code or token says of the login is of when it was made; a proof that ended since counts no more.
      const login = (token ?? {}) as { acr?: string }
      const acr = lower(login.acr, account.level)
      if (acr !== undefined) login.acr = acr
      const agreed = account.consent?.fields ?? []
      const claims = async (use: string, scope: string, asked: Record<string, unknown>) => ({
        ...(await tellClaims(installation, { ctx, personId: id, agreed, use, scope, asked })),
        ...(await channelClaims(installation, ctx.oidc.client, account, acr)),
        sub: id,
      })
      return { accountId: id, salt: account.salt, claims }
    },
    claims: claimsOf(installation) as never,
    discovery: identityAssurance(pack),
    scopes: ['openid', 'offline_access'],
    acrValues: [1, 2, 3].map(acrOf),
    subjectTypes: ['pairwise'],
    pairwiseIdentifier: subjectOf,
    clientAuthMethods: [
      'client_secret_basic',
      'client_secret_post',
      'private_key_jwt',
      'tls_client_auth',
      'self_signed_tls_client_auth',
      'none',
    ],
    extraClientMetadata: { properties: ['high_risk', 'channel', 'sandbox'] },
    // Tokens go only over the back channel; codes are bound to who asked.
    responseTypes: ['code'],
    // Programs in a browser ask from the origin to which people are led back, and from nowhere else.
    clientBasedCORS: (_, origin, client) => (client.redirectUris ?? []).some((uri) => new URL(uri).origin === origin),
    pkce: { required: () => true },
    // RFC 6749, §4.1.3: where a request named its address, the exchange names it too.
    allowOmittingSingleRegisteredRedirectUri: false,
    conformIdTokenClaims: true,
    enabledJWA: {
      authorizationSigningAlgValues: ['ES256', 'PS256', 'RS256', 'EdDSA', 'Ed25519'],
      clientAuthSigningAlgValues: ['ES256', 'PS256', 'EdDSA', 'Ed25519'],
      dPoPSigningAlgValues: ['ES256', 'PS256', 'EdDSA', 'Ed25519'],
      idTokenSigningAlgValues: ['ES256', 'PS256', 'RS256', 'EdDSA', 'Ed25519'],
      requestObjectSigningAlgValues: ['ES256', 'PS256', 'EdDSA', 'Ed25519'],
      introspectionSigningAlgValues: ['ES256', 'PS256', 'RS256', 'EdDSA', 'Ed25519'],
      userinfoSigningAlgValues: ['ES256', 'PS256', 'RS256', 'EdDSA', 'Ed25519'],
    },
    clientDefaults: {
      subject_type: 'pairwise',
      backchannel_token_delivery_mode: 'poll',
      id_token_signed_response_alg: 'ES256',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
    rotateRefreshToken: true,
    issueRefreshToken: async (_, client) => client.grantTypeAllowed('refresh_token'),
    expiresWithSession: async (_, source) => !source.scopes.has('offline_access'),
    ttl: {
      AccessToken: 10 * minutes,
      AuthorizationCode: minutes,
      ClientCredentials: clientCredentialsSeconds,
      BackchannelAuthenticationRequest: 5 * minutes,
      Grant: 90 * days,
      IdToken: hours,
      Interaction: interactionSeconds,
      RefreshToken: 30 * days,
      Session: 12 * hours,
    },
    interactions: {
      policy: openPolicy(subjectOf),
      url: (ctx, interaction) => {
        bindToBrowser(ctx, interaction.uid, secure)
        // Whoever is not signed in is led there at once.
        const first = foundOf(ctx)?.person ? undefined : signInStep(interaction)
        return withLanguage(pack.government, languageOf(ctx), first ?? pathOfInteraction(interaction.uid))
      },
    },
    loadExistingGrant: async (ctx) => {
      const { Grant } = ctx.oidc.provider
      const { client, session, result } = ctx.oidc
      const known = result?.consent?.grantId ?? session?.grantIdFor(client!.clientId)
      return known ? Grant.find(known) : undefined
    },
    cookies: {
      names: { session: 'praya_op', interaction: 'praya_interaction', resume: resumeCookie },
      // Their values are 256 random bits that stand in the database as hashes: a signature would add nothing.
      long: { httpOnly: true, sameSite: 'lax', secure, path: '/id' },
      short: { httpOnly: true, sameSite: 'lax', secure },
    },
    features: {
      devInteractions: { enabled: false },
      deviceFlow: { enabled: false },
      registration: { enabled: false },
      claimsParameter: {
        enabled: true,
        assertClaimsParameter: async (_, claims) => {
          const mistake = mistakeIn(claims as ClaimsParameter)
          if (mistake) throw new errors.InvalidRequest(mistake)
        },
      },
      clientCredentials: { enabled: true },
      introspection: { enabled: true, allowedPolicy: async (_, client, token) => token.clientId === client.clientId },
      // RFC 7009, §2.1: of the token of somebody else a client learns nothing.
      revocation: { enabled: true, allowedPolicy: async (_, client, token) => token.clientId === client.clientId },
      pushedAuthorizationRequests: { enabled: true },
      requestObjects: { enabled: true },
      dPoP: { enabled: true, nonceSecret: derive('provider-dpop', 32) },
      mTLS: {
        enabled: true,
        certificateBoundAccessTokens: true,
        tlsClientAuth: true,
        selfSignedTlsClientAuth: true,
        getCertificate: certificateOf,
        certificateAuthorized: (ctx) => ctx.get('x-client-verify') === 'SUCCESS',
        certificateSubjectMatches: (ctx, property, expected) =>
          property === 'tls_client_auth_subject_dn' && ctx.get('x-client-subject') === expected,
      },
      fapi: {
        enabled: true,
        profile: (_, client) => ((client as Client & { high_risk?: boolean }).high_risk ? '2.0' : undefined),
      },
      richAuthorizationRequests: richAuthorizationRequests as never,
      ciba: backchannelAuthentication(installation),
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: true, logoutSource: hooks.logoutSource, postLogoutSuccessSource: hooks.loggedOut },
      // RFC 8707: tokens for this installation's own interfaces, and for nobody else's.
      resourceIndicators: {
        enabled: true,
        // RFC 9396, §3: what is agreed in detail is read through the exchange, which stands here.
        defaultResource: async (ctx) => (ctx.oidc.params?.authorization_details ? address : []),
        useGrantedResource: async () => false,
        getResourceServerInfo: async (ctx, resource) => {
          if (resource !== address) throw new errors.InvalidTarget()
          // A client has some of its own: where a person is asked they stand for nothing, or the question would never end.
          const { route = '' } = ctx.oidc
          const own = route === 'token' ? resourceScopes : []
          // Nobody agrees to acts on a phone alone (CIBA).
          const scopes = route === 'backchannel_authentication' ? own : [...own, ...allScopes.keys()]
          return { scope: scopes.join(' '), audience: address, accessTokenFormat: 'opaque' }
        },
      },
    },
    renderError: hooks.renderError,
    fetch: (url, options) => fetch(url, secure ? options : onThisMachine(url, options)),
  }
}

/**
 * The library refuses to fetch from addresses inside a network, as developers choose what is fetched. An installation that
 * itself is reached on this machine alone may fetch from this machine.
 */
function onThisMachine(url: string | URL | Request, options: RequestInit | undefined): RequestInit | undefined {
  const { hostname } = new URL(String(url))
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) return options
  const { dispatcher: _, ...unguarded } = { dispatcher: undefined, ...options }
  return unguarded
}

/** The language of the pages that follow: what the client asks for, else what the person reads already. */
function languageOf(ctx: KoaContextWithOIDC): Language {
  const asked = String(ctx.oidc.params?.ui_locales ?? '').split(' ')
  const known = languages.find((language) => asked.some((tag) => tag.toLowerCase() === language.toLowerCase()))
  return known ?? foundOf(ctx)?.language ?? 'en'
}

/** What is told of a login at this level whose person has proven `proven` now. */
function lower(acr: string | undefined, proven: Level): string | undefined {
  const [level] = levelsIn([acr])
  return level === undefined ? acr : acrOf(Math.min(level, proven) as Level)
}

/** Holds the request that a browser goes on with, at the address of that alone. */
export const resumeCookie = 'praya_resume'

/** By which a proxy that ended TLS tells of the client's certificate: PEM, whether it verified, and whose it is. */
export const certificateHeaders = ['x-client-certificate', 'x-client-verify', 'x-client-subject']

/** The client's certificate as the proxy that ended TLS hands it on, URL-encoded PEM (as nginx’s $ssl_client_escaped_cert). */
function certificateOf(ctx: KoaContextWithOIDC): X509Certificate | undefined {
  const header = ctx.get('x-client-certificate')
  if (!header) return undefined
  try {
    return new X509Certificate(decodeURIComponent(header))
  } catch {
    return undefined
  }
}
