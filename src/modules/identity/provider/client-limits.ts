import { timingSafeEqual } from 'node:crypto'
import { type Client, type Configuration, errors, type Provider } from 'oidc-provider'
import { allScopes, type Installation } from '#platform'
import { type ClaimsParameter, claimsNamed } from '../consents/asked.rules.ts'
import { scopesFor, withheldClaim } from '../developers/powers.ts'
import { findFormerSecret } from '../developers/secrets.sql.ts'

type Limited = Client & { powers?: readonly string[] }

/** What a client may do follows from what was approved for it, whatever it asks for. */
export function withClientLimits(configuration: Configuration): Configuration {
  const { features, extraClientMetadata } = configuration
  const { assertClaimsParameter } = features!.claimsParameter!
  const { getResourceServerInfo, ...resourceIndicators } = features!.resourceIndicators!
  return {
    ...configuration,
    extraClientMetadata: { properties: [...extraClientMetadata!.properties!, 'powers'] },
    features: {
      ...features,
      claimsParameter: {
        enabled: true,
        assertClaimsParameter: async (ctx, claims, client) => {
          await assertClaimsParameter!(ctx, claims, client)
          const { powers } = client as Limited
          const withheld = powers && withheldClaim(powers, claimsNamed(claims as ClaimsParameter))
          if (withheld)
            throw new errors.AccessDenied(`${withheld} is of high risk: an officer must approve it for this client`)
        },
      },
      resourceIndicators: {
        ...resourceIndicators,
        getResourceServerInfo: async (ctx, resource, client) => {
          const info = await getResourceServerInfo!(ctx, resource, client)
          const { powers } = client as Limited
          const asked = String(ctx.oidc.params?.scope ?? '').split(' ')
          const withheld = asked.find((scope) => allScopes.has(scope) && powers && !powers.includes('acts'))
          if (withheld) throw new errors.InvalidScope('an officer must approve it for this client', withheld)
          return powers ? { ...info, scope: scopesFor(powers, info.scope.split(' ')).join(' ') } : info
        },
      },
    },
  }
}

/** Lets the secret before work as long as its developer was told, so that no running service fails when it is replaced. */
export function acceptFormerSecrets(provider: Provider, { sql, vault, now }: Installation): void {
  const prototype = provider.Client.prototype as unknown as {
    compareClientSecret: (this: Client, actual: string) => boolean | Promise<boolean>
  }
  const { compareClientSecret } = prototype
  prototype.compareClientSecret = async function compare(actual) {
    if (await compareClientSecret.call(this, actual)) return true
    const former = await findFormerSecret(sql, vault, this.clientId, now())
    const given = Buffer.from(actual)
    return former !== undefined && former.length === given.length && timingSafeEqual(former, given)
  }
}
