import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Routes, recordAct, type Sql, texts, withLanguage } from '#platform'
import { withdrawConsents } from '../consents/consents.sql.ts'
import { suspendClientsOf } from '../developers/registered.sql.ts'
import { deleteFillingsOf } from '../filling/filling.sql.ts'
import { sendAlert } from '../inbox/messages.ts'
import { withdrawMandatesOf } from '../mandates/mandates.sql.ts'
import { findOrganisation } from '../organisations/organisations.sql.ts'
import { closePerson, findPerson } from '../people/people.sql.ts'
import { problem } from '../problems.ts'
import { deleteProfile } from '../profile/declared.sql.ts'
import { rolesWith } from '../roles.ts'
import { signOut } from '../sessions/sessions.ts'
import { Close, ClosedPage, ClosePage } from './close.page.tsx'
import { countHoldings, endHoldings, listHeldAlone } from './close.sql.ts'
import { freshSeconds, sentSeconds } from './fresh.ts'
import { findProtection, refuseWaiting } from './protection.sql.ts'

const words = texts({ closed: { en: 'A closed account', 'zh-Hant': '已關閉的帳戶' } })

/**
 * What else goes when an account is closed, in the same transaction: a feature that keeps something of a person adds its
 * function here.
 */
const closings: readonly ((sql: Sql, personId: string) => Promise<void>)[] = [
  deleteProfile,
  async (sql, personId) => void (await withdrawConsents(sql, sql`person_id = ${personId}`)),
  deleteFillingsOf,
  suspendClientsOf,
]

export const closeRoutes: Routes = async (app) => {
  const { installation } = app

  async function dataOf(request: FastifyRequest, mistake: boolean): Promise<Close> {
    const personId = request.person!.id
    const alone = await listHeldAlone(app.sql, personId, rolesWith('identity:grant-role'))
    const found = await Promise.all(alone.map((id) => findOrganisation(installation, id)))
    return {
      mistake,
      waits: (await findProtection(app.sql, installation, request)) ?? null,
      madeUp: (await findPerson(app.sql, personId))?.demonstration === true,
      ends: await countHoldings(app.sql, personId),
      alone: found.flatMap((organisation) => organisation?.name ?? []),
    }
  }

  const form = {
    config: { access: 'signed-in', freshSeconds },
    schema: { summary: 'Close my account: what that means', response: { 200: Close } },
  }
  app.get('/account/close', form, async (request, reply) => reply.page(await dataOf(request, false), ClosePage))

  const close = {
    config: { access: 'signed-in', freshSeconds: sentSeconds, event: 'identity.account-closed' },
    schema: {
      summary: 'Close my account',
      body: Type.Object({ sure: Type.Optional(Type.String({ maxLength: 10 })) }),
    },
  }
  app.post('/account/close', close, async (request, reply) => {
    const { id } = request.person!
    if ((await findPerson(app.sql, id))?.demonstration) throw problem('account-made-up')
    if (request.body.sure !== 'yes') return reply.code(422).page(await dataOf(request, true), ClosePage)
    const now = installation.now()
    await app.sql.begin(async (sql) => {
      await refuseWaiting(sql, request)
      // Of two at once, one closes it.
      if (await closePerson(sql, id, { name: words.closed, now })) {
        await endHoldings(sql, id, now)
        for (const also of closings) await also(sql, id)
        for (const { id: mandate, other } of await withdrawMandatesOf(sql, id))
          await sendAlert(sql, { personId: other, kind: 'mandate-ended', values: { mandate } })
        await recordAct(sql, request, { event: 'identity.account-closed', subject: `person/${id}` })
      }
      await signOut(sql, request, reply)
    })
    return reply.redirect(withLanguage(installation.pack.government, request.language, '/sign-in/closed'), 303)
  })

  const closed = {
    config: { access: 'public' },
    schema: { summary: 'An account was closed', response: { 200: Type.Object({}) } },
  }
  app.get('/sign-in/closed', closed, async (_, reply) => reply.page({}, ClosedPage))
}
