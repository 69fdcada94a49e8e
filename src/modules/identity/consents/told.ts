import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import type { Installation } from '#platform'
import { findMailAddress } from '../inbox/notifications.sql.ts'
import { profileFields, profileRulesOf } from '../profile/definitions.ts'
import { profileOf } from '../profile/values.ts'
import { verifiedIn } from './asked.rules.ts'
import { recordSharing } from './sharing.sql.ts'
import { answerVerified, checkMethods, written } from './verified.rules.ts'

/** Which claims each scope stands for (OpenID Connect Core 1.0, §5.4), and those that are asked for one by one. */
export function claimsOf({ pack }: Pick<Installation, 'pack'>): Record<string, string[] | null> {
  const fields = profileFields(pack)
  const of = (scope: string) => fields.filter((each) => each.scope === scope).map(({ name }) => name)
  return {
    openid: ['sub', 'acr', 'amr', 'auth_time', 'channel_level'],
    profile: of('profile'),
    email: [...of('email'), 'email_verified'],
    phone: [...of('phone'), 'phone_number_verified'],
    address: of('address'),
    ...Object.fromEntries(fields.filter(({ scope }) => !scope).map(({ name }) => [name, null])),
    verified_claims: null,
  }
}

/** The scopes that stand for claims. */
export const scopesOf = (installation: Pick<Installation, 'pack'>): string[] =>
  Object.entries(claimsOf(installation)).flatMap(([name, claims]) => (claims ? [name] : []))

/** What discovery says of verified claims (OpenID Connect for Identity Assurance 1.0, “OP metadata”). */
export const identityAssurance = (pack: Installation['pack']) => ({
  verified_claims_supported: true,
  trust_frameworks_supported: [profileRulesOf(pack).trustFramework],
  claims_in_verified_claims_supported: profileFields(pack).flatMap(({ name, proven }) => (proven ? [name] : [])),
  evidence_supported: ['document'],
  documents_check_methods_supported: checkMethods,
})

type Use = {
  ctx: KoaContextWithOIDC
  personId: string
  /** Names of fields that the person agreed this client is told. */
  agreed: readonly string[]
  use: string
  scope: string
  /** The claims that were asked for one by one in the place of `use`. */
  asked: Record<string, unknown>
}

/**
 * The claims of a person in an ID token or at userinfo: what was asked for there and agreed to, and is agreed to still.
 * That it is told is in the person’s history before it leaves.
 */
export async function tellClaims(
  installation: Installation,
  { ctx, personId, agreed, use, scope, asked }: Use,
): Promise<Record<string, unknown>> {
  const { sql, pack } = installation
  const token = ctx.oidc.entities.AccessToken
  // With a token for userinfo the scopes are told there; without, in the ID token (OpenID Connect Core 1.0, §5.4).
  const scopes = use === 'userinfo' || token?.aud !== undefined ? scope.split(' ') : []
  const requests = verifiedIn(asked)
  const plainNames = profileFields(pack)
    .filter(
      ({ name, scope: of }) =>
        agreed.includes(name) &&
        (Object.hasOwn(asked, name) || Object.hasOwn(asked, `${name}_verified`) || (of && scopes.includes(of))),
    )
    .map(({ name }) => name)
  const verifiedNames = requests
    .flatMap(({ claims }) => Object.keys(claims))
    .filter((name) => agreed.includes(`verified/${name}`))
  const wanted = new Set([...plainNames, ...verifiedNames])
  if (wanted.size === 0) return {}
  const known = await profileOf(sql, installation, personId, wanted)
  const plain = known.filter(({ field, value }) => value !== null && plainNames.includes(field.name))
  const proven = known
    .filter(({ field }) => verifiedNames.includes(field.name))
    .map(({ field, value, verification }) => ({ name: field.name, value, verification }))
  const rules = { trustFramework: profileRulesOf(pack).trustFramework, now: installation.now() }
  const verified = requests.flatMap((request) => answerVerified(request, proven, rules) ?? [])
  const told = [
    ...plain.map(({ field }) => field.name),
    ...new Set(verified.flatMap(({ claims }) => Object.keys(claims).map((name) => `verified/${name}`))),
  ]
  if (told.length > 0 && token?.jti)
    await recordSharing(sql, {
      personId,
      clientId: ctx.oidc.client!.clientId,
      way: /refresh_token/.test(String(token.gty ?? '')) ? 'refresh' : 'sign-in',
      fields: told,
      token: token.jti,
    })
  const claims = Object.fromEntries(plain.map(({ field, value }) => [field.name, written(field.kind, value!)]))
  return {
    ...claims,
    ...(claims.email !== undefined && { email_verified: await isConfirmed(installation, personId, claims.email) }),
    ...(claims.phone_number !== undefined && { phone_number_verified: false }),
    // A list is answered by a list, of those of its elements that can be met.
    ...(verified.length > 0 && { verified_claims: Array.isArray(asked.verified_claims) ? verified : verified[0] }),
  }
}

/** The library tells only what was asked for by null or an object (OpenID Connect Core 1.0, §5.5.1), which a list is not. */
export function tellLists(provider: Provider): void {
  const prototype = provider.Claims.prototype as { mask: (asked: Record<string, unknown> | undefined) => void }
  const { mask } = prototype
  prototype.mask = function withLists(asked) {
    mask.call(this, Array.isArray(asked?.verified_claims) ? { ...asked, verified_claims: null } : asked)
  }
}

/** Whether mail to this address reached the person: it is the one that they confirmed for their inbox. */
async function isConfirmed({ sql, vault }: Installation, personId: string, address: unknown): Promise<boolean> {
  const known = await findMailAddress(sql, personId)
  if (!known?.confirmedAt) return false
  const text = vault.open('mail-address', known.sealedAddress, `mail-address/${known.id}`).toString()
  return text.toLowerCase() === String(address).toLowerCase()
}
