import { Type } from 'typebox'
import { type Routes, recordAct, type Text } from '#platform'
import { titlesOf } from '../notarise/notarise.ts'
import { officeAccess, runAccess, runs } from '../office/access.ts'
import { doneAt } from '../office/done.tsx'
import { problem } from '../problems.ts'
import { CeremoniesPage } from './ceremonies.page.tsx'
import { listCeremonies, witnessCeremony } from './ceremonies.sql.ts'
import { CeremoniesData } from './types.ts'

const shown = 25

/** What was done with keys: those of logs for every officer, those of programs for their organisation. */
export const ceremonyRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const sentences: Readonly<Record<string, Text>> = Object.assign({}, ...app.modules.map(({ events }) => events))

  const list = {
    config: { access: officeAccess },
    schema: {
      summary: 'Every making, rotation, loss and end of a key, the latest first',
      querystring: Type.Object({ before: Type.Optional(Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 })) }),
      response: { 200: CeremoniesData },
    },
  }
  app.get('/office/ledger/ceremonies', list, async ({ person, query }, reply) => {
    const { before = 2 ** 31 - 1 } = query
    const organisation = person!.organisation ?? null
    const rows = await listCeremonies(sql, { organisation, before, limit: shown + 1 })
    const titles = await titlesOf(installation)
    const ceremonies = rows.slice(0, shown).map((row) => {
      const { id, event, holder, actedAt, keys, former, act, witnessedAt, actedBy, askedBy } = row
      const own = actedBy === person!.id || askedBy === person!.id
      const by = actedBy === 'system' ? ('system' as const) : own ? ('you' as const) : ('officer' as const)
      const mayProve = actedBy === person!.id || person!.permissions.includes('ledger:prove-act')
      const mayWitness = runs(person!) && !own && witnessedAt === null && row.organisation === null
      const title = row.organisation === null ? titles.get(holder) : undefined
      const holderName = title ?? { en: holder, 'zh-Hant': holder }
      const sentence = sentences[event] ?? { en: event, 'zh-Hant': event }
      return {
        id,
        event,
        sentence,
        holder,
        holderName,
        actedAt,
        by,
        keys,
        former,
        act,
        witnessedAt,
        mayProve,
        mayWitness,
      }
    })
    return reply.page({ ceremonies, next: rows.length > shown ? ceremonies.at(-1)!.id : null }, CeremoniesPage)
  })

  const witness = {
    config: { access: runAccess, level: 2, freshSeconds: 3600, event: 'ledger.ceremony-witnessed' } as const,
    schema: {
      summary: 'Say as a second officer that one saw what was done with a key of a log',
      params: Type.Object({ id: Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 }) }),
      response: { 303: Type.Null() },
    },
  }
  app.post('/office/ledger/ceremonies/:id', witness, async (request, reply) => {
    const { id } = request.params
    await sql.begin(async (transaction) => {
      const holder = await witnessCeremony(transaction, { id, by: request.person!.id })
      if (holder === undefined) throw problem('ceremony-not-open')
      await recordAct(transaction, request, {
        event: 'ledger.ceremony-witnessed',
        subject: `log/${holder}`,
        detail: { id },
      })
    })
    return reply.redirect(doneAt(request, '/office/ledger/ceremonies', 'ceremony-witnessed', `#ceremony-${id}`), 303)
  })
}
