import { Type } from 'typebox'
import { type Routes, recordAct, withLanguage } from '#platform'
import { doneAt } from '../done.tsx'
import { sendAlert } from '../inbox/messages.ts'
import { approveGrant, findGrant, listOwners, lockOrganisation } from '../organisations/grants.sql.ts'
import { problem } from '../problems.ts'
import { Next } from '../types.ts'
import { actAsOneself, actForOrganisation, actUnderMandate } from './acting.sql.ts'

const path = '/account/acting'
const subject = 'account/acting'

/** Acting in another name from now on, and accepting to. */
export const actingChangeRoutes: Routes = async (app) => {
  const change = {
    config: {
      access: 'signed-in',
      event: ['identity.acting-changed', 'identity.acting-began'],
      onBehalf: true as const,
    },
    schema: {
      summary: 'Act in another name from now on, or again in one’s own',
      body: Type.Object({
        as: Type.String({
          maxLength: 100,
          pattern:
            '^(myself|organisation/[a-z][a-z0-9]*(-[a-z0-9]+)*|mandate/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$',
        }),
        /** For who was led here in the middle of something. */
        next: Type.Optional(Next),
      }),
    },
  }
  app.post('/account/acting', change, async (request, reply) => {
    const { as, next } = request.body
    const [kind, id = ''] = as.split('/')
    await app.sql.begin(async (sql) => {
      const handle = request.sessionHandle
      const detail = { as }
      if (kind === 'mandate') {
        const principal = await actUnderMandate(sql, handle, id)
        if (!principal) throw problem('may-not-act-so')
        const { organisation: _, onBehalfOf: before, ...person } = request.person!
        // Whoever was acted for until now is told that it ended, and whoever is from now on that it began.
        if (before) await recordAct(sql, request, { event: 'identity.acting-changed', subject, detail })
        request.person = { ...person, onBehalfOf: principal }
        await recordAct(sql, request, { event: 'identity.acting-began', subject, detail })
        return
      }
      const done = kind === 'organisation' ? await actForOrganisation(sql, handle, id) : await actAsOneself(sql, handle)
      if (!done) throw problem('may-not-act-so')
      await recordAct(sql, request, { event: 'identity.acting-changed', subject, detail })
    })
    const { government } = app.installation.pack
    const led = next && withLanguage(government, request.language, next)
    return reply.redirect(led ?? doneAt(request, path, 'acting-changed'), 303)
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
      // Whoever did not name them learns of it while they can still say no.
      const owners = await listOwners(sql, organisation)
      for (const personId of owners)
        if (personId !== me && personId !== found.grantedBy) await sendAlert(sql, { personId, kind: 'owner-added' })
    })
    return reply.redirect(doneAt(request, path, 'ownership-accepted'), 303)
  })
}
