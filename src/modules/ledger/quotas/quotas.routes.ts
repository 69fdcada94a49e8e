import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { type Routes, recordAct, Text, withLanguage } from '#platform'
import { logs } from '../log/definitions.ts'
import { namesOf } from '../notarise/notarise.ts'
import { officeAccess, runAccess, runs } from '../office/access.ts'
import { problem } from '../problems.ts'
import { dayOf } from './admit.ts'
import { QuotasPage } from './quotas.page.tsx'
import { findUse, insertQuota, listDaysOfUse } from './quotas.sql.ts'

const daysShown = 14
const entriesMax = 1_000_000_000_000
const octetsMax = 1_000_000_000_000_000

export type QuotasData = Static<typeof QuotasData>
export const QuotasData = Type.Object({
  quotas: Type.Array(
    Type.Object({
      organisation: Type.String(),
      name: Text,
      entries: Type.Number(),
      octets: Type.Number(),
      used: Type.Number({ description: 'Entries written today' }),
      use: Type.Array(Type.Object({ day: Type.String(), entries: Type.Number(), octets: Type.Number() })),
    }),
  ),
  today: Type.String(),
  days: Type.Integer(),
  runs: Type.Boolean(),
  wrong: Type.Union([Type.String(), Type.Null()]),
})

/** How much organisations write and may write: each sees its own, and who runs the logs sees and sets all. */
export const quotaRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const nameOf = namesOf(installation)
  const writers = [...new Set(installation.pack.list(logs).flatMap((log) => log.writers))].sort()

  async function dataOf({ person }: FastifyRequest, wrong: string | null): Promise<QuotasData> {
    const now = installation.now()
    const [today, since] = [dayOf(now), dayOf(new Date(now.getTime() - (daysShown - 1) * 86_400_000))]
    const mine = writers.filter((each) => runs(person!) || each === person!.organisation)
    const quotas = await Promise.all(
      mine.map(async (organisation) => {
        const { most, used } = await findUse(sql, organisation, today)
        const use = await listDaysOfUse(sql, { organisation, since })
        return { organisation, name: nameOf(organisation), ...most, used: used.entries, use }
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
        entries: Type.String({ maxLength: 20 }),
        octets: Type.String({ maxLength: 20 }),
      }),
      response: { 303: Type.Null(), 422: QuotasData },
    },
  }
  app.post('/office/ledger/quotas', set, async (request, reply) => {
    const { organisation } = request.body
    if (!writers.includes(organisation)) throw problem('no-log-open')
    const [entries, octets] = [request.body.entries, request.body.octets].map((text) =>
      /^\s*\d{1,16}\s*$/.test(text) ? Number(text) : Number.NaN,
    ) as [number, number]
    if (!(entries <= entriesMax) || !(octets <= octetsMax))
      return reply.code(422).page(await dataOf(request, organisation), QuotasPage)
    await sql.begin(async (transaction) => {
      const [by, at] = [request.person!.id, installation.now()]
      await insertQuota(transaction, { organisation, entries, octets, by, at })
      await recordAct(transaction, request, {
        ...{ event: 'ledger.quota-set', subject: `ledger-quota/${organisation}`, detail: { entries, octets } },
      })
    })
    return reply.redirect(withLanguage(installation.pack.government, request.language, '/office/ledger/quotas'), 303)
  })
}
