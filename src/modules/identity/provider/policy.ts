import { type Configuration, errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider'
import type { Person } from '#platform'
import { foundOf } from './found.ts'
import { acrsWanted, isByPhone, isHighRisk, levelsIn, levelWanted, subjectsWanted } from './interaction.rules.ts'

const { Check, base } = interactionPolicy

/** Who is signed in on the browser that asks, as the platform found out; undefined for nobody. */
const personOf = (ctx: KoaContextWithOIDC): Person | undefined => foundOf(ctx)?.person

/**
 * The library's prompts, with ours before: whoever is not signed in here has no session there either, and one at too low a
 * level proves more first (RFC 9470, §5).
 */
export function openPolicy(subjectOf: NonNullable<Configuration['pairwiseIdentifier']>) {
  const policy = base()
  const login = policy.get('login')!
  // The library asks for a login again for as long as these are not met, also where none can meet them.
  for (const name of ['id_token_hint', 'claims_id_token_sub_value', 'essential_acrs', 'essential_acr'])
    login.checks.remove(name)
  login.checks.add(
    new Check('not_signed_in', 'Sign in first', 'login_required', (ctx) => {
      const person = personOf(ctx)
      return !person || ctx.oidc.session?.accountId !== person.id
    }),
    0,
  )
  login.checks.add(
    new Check('acts_for_another', 'The person must go on as themselves', 'interaction_required', (ctx) =>
      Boolean(personOf(ctx)?.onBehalfOf),
    ),
  )
  login.checks.add(
    new Check('not_linked', 'The person must link the two first', 'consent_required', (ctx) => {
      const { client, account } = ctx.oidc as { client?: { channel?: unknown }; account?: { salt?: unknown } }
      return Boolean(client?.channel && account && !account.salt)
    }),
  )
  login.checks.add(
    new Check(
      'level_too_low',
      'The service must be surer of who the person is',
      'unmet_authentication_requirements',
      (ctx) => {
        const person = personOf(ctx)
        const wanted = levelWanted({ params: ctx.oidc.params ?? {} })
        // The provider's session may be of a time before the person proved more: it is told anew.
        const [told = 1] = levelsIn([ctx.oidc.session?.acr])
        return person !== undefined && Math.min(person.level, told) < wanted
      },
    ),
  )
  login.checks.add(
    // Nothing is asked for it: the request is answered at once, by what the person carries now.
    new Check('level_sank', 'The person carries less than the session was told', 'login_required', (ctx) => {
      const person = personOf(ctx)
      const [told = 1] = levelsIn([ctx.oidc.session?.acr])
      return person !== undefined && person.level < told
    }),
  )
  login.checks.add(
    new Check('by_phone', 'The person must confirm in this browser itself', 'login_required', (ctx) => {
      const person = personOf(ctx)
      const { client, params, session } = ctx.oidc
      const highRisk = (client as { high_risk?: boolean } | undefined)?.high_risk ?? false
      // The provider's session may be of a time before the person confirmed: it is told anew.
      const byPhone = isByPhone(person?.methods) || isByPhone((session as { amr?: string[] } | undefined)?.amr)
      return person !== undefined && byPhone && isHighRisk({ params: params ?? {} }, { highRisk })
    }),
  )
  // Neither asks for anything: whoever is signed in cannot become what is wanted (OpenID Connect Core 1.0, §3.1.2.1, §5.5.1.1).
  login.checks.add(
    new Check('another_person', 'The service asks for somebody else', 'login_required', async (ctx) => {
      const person = personOf(ctx)
      const { client, params } = ctx.oidc
      const wanted = subjectsWanted({ params: params ?? {} })
      if (!person || ctx.oidc.session?.accountId !== person.id || wanted.length === 0) return false
      const subject = await subjectOf(ctx, person.id, client!)
      if (wanted.some((each) => each !== subject)) throw new errors.LoginRequired('somebody else is signed in')
      return false
    }),
  )
  login.checks.add(
    new Check('unknown_level', 'The service needs a level unknown here', 'unmet_authentication_requirements', (ctx) => {
      const { values, essential } = acrsWanted({ params: ctx.oidc.params ?? {} })
      if (!essential || levelsIn(values).length > 0) return false
      throw new errors.UnmetAuthenticationRequirements('it asks for no level that is known here')
    }),
  )
  return policy
}
