import { type Installation, listActsInNameOf, type Routes, recordAct, type Text } from '#platform'
import { doneAt } from '../done.tsx'
import { agentLevelMin } from '../mandates/giving.ts'
import { listEndedMandates, listMandates } from '../mandates/mandates.sql.ts'
import { listOffers, listOwners } from '../organisations/grants.sql.ts'
import { findOrganisation } from '../organisations/organisations.sql.ts'
import { nameForOthers } from '../people/name-for-others.ts'
import { findProvenLevel, namesOf } from '../people/people.sql.ts'
import { listOrganisationsOf } from '../sessions/sessions.sql.ts'
import { ActingData, ActingPage } from './acting.page.tsx'
import { findCode, insertCode } from './acting.sql.ts'

const actsMax = 50

/** In whose name one acts, who acts in one’s own, and the code by which one is given a role or mandate. */
export const actingRoutes: Routes = async (app) => {
  const { installation } = app
  const sentences: Readonly<Record<string, Text>> = Object.assign({}, ...app.modules.map(({ events }) => events))
  const path = '/account/acting'
  const subject = 'account/acting'

  const named = async (id: string) => {
    const found = await findOrganisation(installation, id)
    const { name, verified, refused } = found ?? { name: { en: id, 'zh-Hant': id }, verified: true, refused: null }
    return { id, name, verified, refused }
  }

  const mine = {
    config: { access: 'signed-in' },
    schema: { summary: 'In whose name I act, and who acts in mine', response: { 200: ActingData } },
  }
  app.get('/account/acting', mine, async (request, reply) => {
    const { id, organisation, onBehalfOf, permissions } = request.person!
    const [organisations, mandates, ended, offers, code, acts, level] = await Promise.all([
      listOrganisationsOf(app.sql, id),
      listMandates(app.sql, id),
      listEndedMandates(app.sql, id),
      listOffers(app.sql, id),
      findCode(app.sql, installation, id),
      listActsInNameOf(app.sql, id, { limit: actsMax }),
      findProvenLevel(app.sql, id),
    ])
    const names = await namesOf(
      app.sql,
      acts.map(({ actor }) => actor),
    )
    const data: ActingData = {
      me: id,
      now: { organisation: organisation ?? null, onBehalfOf: onBehalfOf?.id ?? null },
      administers: permissions.includes('identity:grant-role'),
      organisations: await Promise.all(
        organisations.map(async (each) => {
          const organisation = await named(each)
          const own = !organisation.verified && (await listOwners(app.sql, each)).includes(id)
          return { ...organisation, own }
        }),
      ),
      mandates: await Promise.all(mandates.map((each) => readBy(installation, id, each))),
      ended: await Promise.all(ended.map((each) => readBy(installation, id, each))),
      offers: await Promise.all(
        offers.map(async (each) => ({ ...each, organisation: await named(each.organisation) })),
      ),
      mayBeAgent: level >= agentLevelMin,
      code: code ?? null,
      acts: acts.map(({ actor, ...act }) => ({
        ...act,
        agent: names.get(actor) ?? null,
        sentence: sentences[act.event] ?? { en: act.event, 'zh-Hant': act.event },
      })),
    }
    return reply.page(data, ActingPage)
  })

  const code = {
    config: { access: 'signed-in', event: 'identity.acting-code-made' },
    schema: { summary: 'Make a code by which I can be given a role or a mandate' },
  }
  app.post('/account/acting/code', code, async (request, reply) => {
    await app.sql.begin(async (sql) => {
      await insertCode(sql, installation, request.person!.id)
      await recordAct(sql, request, { event: 'identity.acting-code-made', subject })
    })
    return reply.redirect(doneAt(request, path, 'acting-code-made'), 303)
  })
}

/** A mandate as the person `me` reads it: the other one by the name that a document proves. */
async function readBy<Read extends Pick<ActingData['mandates'][number], 'principal' | 'agent'>>(
  installation: Installation,
  me: string,
  mandate: Read,
): Promise<Read> {
  const named = async (who: { id: string; name: Text }) =>
    who.id === me ? who : { ...who, name: await nameForOthers(installation.sql, installation, who) }
  return { ...mandate, principal: await named(mandate.principal), agent: await named(mandate.agent) }
}
