import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Routes, recordAct } from '#platform'
import { logs } from '../log/definitions.ts'
import { namesOf } from '../notarise/notarise.ts'
import { officeAccess, runAccess, runs } from '../office/access.ts'
import { doneAt } from '../office/done.tsx'
import { problem } from '../problems.ts'
import { dayOf } from './admit.ts'
import { QuotasPage } from './quotas.page.tsx'
import { findUse, insertQuota, listDaysOfUse } from './quotas.sql.ts'
import { most, QuotasData } from './types.ts'

const daysShown = 14
/** A whole number as people write it, also with commas or spaces between its digits. */
const readAmount = (text: string): number =>
  /^\d{1,16}$/.test(text.replace(/[,\s]/g, '')) ? Number(text.replace(/[,\s]/g, '')) : Number.NaN

/** How much organisations write and may write: each sees its own, and who runs the logs sees and sets all. */
export const quotaRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const nameOf = namesOf(installation)
  const writers = [...new Set(installation.pack.list(logs).flatMap((log) => log.writers))].sort()

  async function dataOf({ person }: FastifyRequest, wrong: QuotasData['wrong']): Promise<QuotasData> {
    const now = installation.now()
    const [today, since] = [dayOf(now), dayOf(new Date(now.getTime() - (daysShown - 1) * 86_400_000))]
    const mine = writers.filter((each) => runs(person!) || each === person!.organisation)
    const quotas = await Promise.all(
      mine.map(async (organisation) => {
        const { most: quota, used } = await findUse(sql, organisation, today)
        const use = await listDaysOfUse(sql, { organisation, since })
        return { organisation, name: nameOf(organisation), ...quota, used: used.entries, use }
      }),
    )
    return { quotas, today, days: daysShown, runs: runs(person!), wrong }
  }

  const show = {
    config: { access: officeAccess },
    schema: { summary: 'What organisations may write in a day, and did', response: { 200: QuotasData } },
  }
  app.get('/office/ledger/quotas', show, async (request, reply) => reply.page(await dataOf(request, null), QuotasPage))

  const set = {
    config: { access: runAccess, level: 2, freshSeconds: 3600, event: 'ledger.quota-set' } as const,
    schema: {
      summary: 'Set what an organisation may write in a day',
      body: Type.Object({
        organisation: Type.String({ maxLength: 60 }),
        entries: Type.String({ maxLength: 40 }),
        octets: Type.String({ maxLength: 40 }),
      }),
      response: { 303: Type.Null(), 422: QuotasData },
    },
  }
  app.post('/office/ledger/quotas', set, async (request, reply) => {
    const { organisation } = request.body
    if (!writers.includes(organisation)) throw problem('quota-of-nobody')
    const amount = { entries: readAmount(request.body.entries), octets: readAmount(request.body.octets) }
    const fields = (['entries', 'octets'] as const).filter((field) => !(amount[field] <= most[field]))
    if (fields.length > 0) return reply.code(422).page(await dataOf(request, { ...request.body, fields }), QuotasPage)
    await sql.begin(async (transaction) => {
      const [by, at] = [request.person!.id, installation.now()]
      if (!(await insertQuota(transaction, { organisation, ...amount, by, at }))) throw problem('quota-set-meanwhile')
      await recordAct(transaction, request, {
        ...{ event: 'ledger.quota-set', subject: `ledger-quota/${organisation}`, detail: amount },
      })
    })
    return reply.redirect(doneAt(request, '/office/ledger/quotas', 'quota-set'), 303)
  })
}
