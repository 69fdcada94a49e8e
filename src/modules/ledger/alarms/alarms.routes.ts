import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Routes, recordAct, withLanguage } from '#platform'
import { officeAccess, runs } from '../office/access.ts'
import { problem } from '../problems.ts'
import { AlarmsPage, noteMax } from './alarms.page.tsx'
import { acknowledgeAlarm, listAlarms } from './alarms.sql.ts'
import { AlarmsData } from './types.ts'

const alarmsShown = 100

/** What officers should know of: those who run the logs see all of it, others what is of their organisation. */
export const alarmRoutes: Routes = async (app) => {
  const { installation, sql } = app

  const whose = ({ person }: FastifyRequest) => ({ organisation: person!.organisation ?? null, runs: runs(person!) })

  const list = {
    config: { access: officeAccess },
    schema: { summary: 'Alarms of the ledger, the open ones first', response: { 200: AlarmsData } },
  }
  app.get('/office/ledger/alarms', list, async (request, reply) => {
    const alarms = await listAlarms(sql, { ...whose(request), limit: alarmsShown })
    return reply.page({ alarms, wrong: null }, AlarmsPage)
  })

  const acknowledge = {
    config: { access: officeAccess, level: 2, event: 'ledger.alarm-acknowledged' } as const,
    schema: {
      summary: 'Say that one knows of an alarm and what is done about it; one of evidence is closed by that',
      params: Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) }),
      body: Type.Object({ note: Type.String({ maxLength: noteMax * 4 }) }),
      response: { 303: Type.Null(), 422: AlarmsData },
    },
  }
  app.post('/office/ledger/alarms/:id', acknowledge, async (request, reply) => {
    const { id } = request.params
    const note = request.body.note.trim()
    if (note === '' || note.length > noteMax) {
      const alarms = await listAlarms(sql, { ...whose(request), limit: alarmsShown })
      return reply.code(422).page({ alarms, wrong: id }, AlarmsPage)
    }
    await sql.begin(async (transaction) => {
      const by = request.person!.id
      const kind = await acknowledgeAlarm(transaction, { id, note, by, now: installation.now(), ...whose(request) })
      if (!kind) throw problem('alarm-not-found')
      await recordAct(transaction, request, {
        ...{ event: 'ledger.alarm-acknowledged', subject: `ledger-alarm/${id}` },
        detail: { kind },
      })
    })
    const to = withLanguage(installation.pack.government, request.language, `/office/ledger/alarms#alarm-${id}`)
    return reply.redirect(to, 303)
  })
}
