import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider'
import type { Person } from '#platform'
import { foundOf } from './found.ts'
import { levelWanted } from './interaction.rules.ts'

const { Check, base } = interactionPolicy

/** Who is signed in on the browser that asks, as the platform found out; undefined for nobody. */
const personOf = (ctx: KoaContextWithOIDC): Person | undefined => foundOf(ctx)?.person

/**
 * The library's prompts, with ours before: whoever is not signed in here has no session there either, and one at too low a
 * level proves more first (RFC 9470, §5).
 */
export function openPolicy() {
  const policy = base()
  const login = policy.get('login')!
  login.checks.add(
    new Check('not_signed_in', 'Sign in first', 'login_required', (ctx) => {
      const person = personOf(ctx)
      return !person || ctx.oidc.session?.accountId !== person.id
    }),
    0,
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
        return person !== undefined && person.level < levelWanted({ params: ctx.oidc.params ?? {} })
      },
    ),
  )
  return policy
}
