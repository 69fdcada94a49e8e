import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import { type Installation, withLanguage } from '#platform'
import { linkStep } from '../channels/outbound.ts'
import { answerTo, knownAccount } from './adapter.ts'
import { resumeCookie } from './configuration.ts'
import { foundOf } from './found.ts'
import { firstStep, isAnswered, pathOfInteraction } from './interaction.rules.ts'
import { unbind } from './interaction-cookie.ts'
import { agreed, refused } from './interaction-steps.ts'

/** As `openClientSource` reads it. */
type Registered = { channel?: string; high_risk?: boolean }

/**
 * Before the library goes on with a request that waited for its person: where nobody answered it and nothing is left to ask,
 * it is answered here, as the person agreed to as much before; else it leads to the page that asks.
 */
export const resume = ({ sql, pack }: Installation, provider: Provider) => {
  /** True unless there is something to ask. */
  async function answer(uid: string, ctx: KoaContextWithOIDC): Promise<boolean> {
    const { person } = foundOf(ctx)!
    const interaction = await provider.Interaction.find(uid)
    const client = interaction && (await provider.Client.find(String(interaction.params.client_id)))
    // The library refuses what is gone.
    if (!interaction || !client) return true
    // Who answered may have left before it was carried out: to whoever is signed in after, it is no answer.
    const { result } = interaction
    if (result && (result.error || result.login?.accountId === person?.id)) return true
    // The process that kept a refusal ended before it was carried out.
    if (answerTo(uid) === 'refuse') {
      await refused({ interaction }, person)
      return true
    }
    const { clientId: id, channel = null, high_risk: highRisk = false } = client as typeof client & Registered
    // Nobody is signed in silently who acts for somebody else: the service would know them as themselves.
    if (!person || person.onBehalfOf || firstStep(interaction, { highRisk }, person)) return false
    const account = await knownAccount(sql, person.id, id)
    if (!isAnswered(pack, interaction, account?.consent)) return false
    if (await linkStep({ sql, pack }, uid, { channel }, person)) return false
    await agreed({ open: provider, interaction, client: { id } }, person)
    return true
  }

  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    const uid = ctx.method === 'GET' ? /^\/auth\/([\w-]{20,60})$/.exec(ctx.path)?.[1] : undefined
    if (uid === undefined || ctx.cookies.get(resumeCookie) !== uid) return next()
    if (!(await answer(uid, ctx))) {
      ctx.redirect(withLanguage(pack.government, foundOf(ctx)!.language, pathOfInteraction(uid)))
      return
    }
    unbind(ctx, uid)
    return next()
  }
}
