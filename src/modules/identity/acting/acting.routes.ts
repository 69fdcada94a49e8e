import { Type } from 'typebox'
import { type Installation, listActsInNameOf, type Routes, recordAct, type Text, withLanguage } from '#platform'
import { doneAt } from '../done.tsx'
import { sendAlert } from '../inbox/messages.ts'
import { listMandates } from '../mandates/mandates.sql.ts'
import { approveGrant, findGrant, listOffers, lockOrganisation } from '../organisations/grants.sql.ts'
import { findOrganisation } from '../organisations/organisations.sql.ts'
import { nameForOthers } from '../people/name-for-others.ts'
import { problem } from '../problems.ts'
import { listOrganisationsOf } from '../sessions/sessions.sql.ts'
import { Next } from '../types.ts'
import { ActingData, ActingPage } from './acting.page.tsx'
import { actAsOneself, actForOrganisation, actUnderMandate, findCode, insertCode } from './acting.sql.ts'

const actsMax = 50

const Change = Type.Object({
  as: Type.String({
    maxLength: 100,
    pattern: '^(myself|organisation/[a-z][a-z0-9]*(-[a-z0-9]+)*|mandate/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$',
  }),
  /** For who was led here in the middle of something. */
  next: Type.Optional(Next),
})

/** In whose name one acts, who acts in one’s own, and the code by which one is given a role or mandate. */
export const actingRoutes: Routes = async (app) => {
  const { installation } = app
  const sentences: Readonly<Record<string, Text>> = Object.assign({}, ...app.modules.map(({ events }) => events))
  const path = '/account/acting'
  const subject = 'account/acting'

  const named = async (id: string) => {
    const { name, verified } = (await findOrganisation(installation, id)) ?? {
      name: { en: id, 'zh-Hant': id },
      verified: true,
    }
    return { id, name, verified }
  }

  const mine = {
    config: { access: 'signed-in' },
    schema: { summary: 'In whose name I act, and who acts in mine', response: { 200: ActingData } },
  }
  app.get('/account/acting', mine, async (request, reply) => {
    const { id, organisation, onBehalfOf, permissions } = request.person!
    const [organisations, mandates, offers, code, acts] = await Promise.all([
      listOrganisationsOf(app.sql, id),
      listMandates(app.sql, id),
      listOffers(app.sql, id),
      findCode(app.sql, installation, id),
      listActsInNameOf(app.sql, id, { limit: actsMax }),
    ])
    const data: ActingData = {
      me: id,
      now: { organisation: organisation ?? null, onBehalfOf: onBehalfOf?.id ?? null },
      administers: permissions.includes('identity:grant-role'),
      organisations: await Promise.all(organisations.map(named)),
      mandates: await Promise.all(mandates.map((each) => readBy(installation, id, each))),
      offers: await Promise.all(
        offers.map(async (each) => ({ ...each, organisation: await named(each.organisation) })),
      ),
      code: code ?? null,
      acts: acts.map(({ actor, ...act }) => ({
        ...act,
        agent: mandates.find((each) => each.agent.id === actor)?.agent.name ?? null,
        sentence: sentences[act.event] ?? { en: act.event, 'zh-Hant': act.event },
      })),
    }
    return reply.page(data, ActingPage)
  })

  const change = {
    config: { access: 'signed-in', event: 'identity.acting-changed', onBehalf: true } as const,
    schema: {
      summary: 'Act in another name from now on, or again in one’s own',
      body: Change,
    },
  }
  app.post('/account/acting', change, async (request, reply) => {
    const { as, next } = request.body
    const [kind, id = ''] = as.split('/')
    await app.sql.begin(async (sql) => {
      const handle = request.sessionHandle
      const done =
        kind === 'organisation'
          ? await actForOrganisation(sql, handle, id)
          : kind === 'mandate'
            ? await actUnderMandate(sql, handle, id)
            : await actAsOneself(sql, handle)
      if (!done) throw problem('may-not-act-so')
      await recordAct(sql, request, {
        event: 'identity.acting-changed',
        subject,
        detail: { as },
      })
    })
    const { government } = installation.pack
    const led = next && withLanguage(government, request.language, next)
    return reply.redirect(led ?? doneAt(request, path, 'acting-changed'), 303)
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

  const accept = {
    config: { access: 'signed-in', event: 'identity.ownership-accepted', level: 2 } as const,
    schema: {
      summary: 'Accept to become an owner of a company',
      body: Type.Object({
        organisation: Type.String({ pattern: '^company-[0-9a-f]{16}$', maxLength: 60 }),
        grant: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
      }),
    },
  }
  app.post('/account/acting/accept', accept, async (request, reply) => {
    const { organisation, grant } = request.body
    const me = request.person!.id
    await app.sql.begin(async (sql) => {
      await lockOrganisation(sql, organisation)
      const found = await findGrant(sql, organisation, grant)
      if (found?.personId !== me || found.role !== 'owner') throw problem('grant-not-found')
      if (found.state !== 'pending' || !(await approveGrant(sql, grant, me))) throw problem('grant-not-pending')
      await recordAct(sql, request, {
        event: 'identity.ownership-accepted',
        subject,
        detail: { organisation, grant },
      })
      await sendAlert(sql, { personId: me, kind: 'role-granted' })
    })
    return reply.redirect(doneAt(request, path, 'ownership-accepted'), 303)
  })
}

/** A mandate as the person `me` reads it: the other one by the name that a document proves. */
async function readBy(installation: Installation, me: string, mandate: ActingData['mandates'][number]) {
  const named = async (who: { id: string; name: Text }) =>
    who.id === me ? who : { ...who, name: await nameForOthers(installation.sql, installation, who) }
  return { ...mandate, principal: await named(mandate.principal), agent: await named(mandate.agent) }
}
