import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Routes, recordAct, type Text } from '#platform'
import { pathOf } from '../log/logs.ts'
import { namesOf, titlesOf } from '../notarise/notarise.ts'
import { officeAccess, runs } from '../office/access.ts'
import { doneAt } from '../office/done.tsx'
import { problem } from '../problems.ts'
import { AlarmsPage, noteMax } from './alarms.page.tsx'
import { acknowledgeAlarm, listAlarms } from './alarms.sql.ts'
import { type AlarmNote, type AlarmRow, AlarmsData } from './types.ts'

const alarmsShown = 100

/** What officers should know of: those who run the logs see all of it, others what is of their organisation. */
export const alarmRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const nameOf = namesOf(installation)

  const whose = ({ person }: FastifyRequest) => ({ organisation: person!.organisation ?? null, runs: runs(person!) })

  async function dataOf(request: FastifyRequest, wrong: AlarmsData['wrong']): Promise<AlarmsData> {
    const titles = await titlesOf(installation)
    const rows = await listAlarms(sql, { ...whose(request), limit: alarmsShown })
    return { alarms: rows.map((row) => noteOf(row, request, titles)), wrong }
  }

  /** What an alarm is about, by the name that people know, and where they see more of it. */
  function noteOf(
    { program, ...row }: AlarmRow,
    { person }: FastifyRequest,
    titles: Awaited<ReturnType<typeof titlesOf>>,
  ): AlarmNote {
    const { kind, subject, organisation, detail } = row
    const called = (name: string): Text => ({ en: name, 'zh-Hant': name })
    if (kind === 'split-view') return { ...row, about: called(detail), path: `/ledger/witness/evidence/${subject}` }
    if (kind === 'quota-reached') return { ...row, about: nameOf(subject), path: '/office/ledger/quotas' }
    if (program !== null) {
      const isTheirs = organisation === person!.organisation && person!.permissions.includes('ledger:issue-key')
      return { ...row, about: called(program), path: isTheirs ? `/office/ledger/keys/${subject}` : null }
    }
    const [log = ''] = subject.split(' ')
    return { ...row, about: titles.get(log) ?? called(log), path: pathOf(log) }
  }

  const list = {
    config: { access: officeAccess },
    schema: { summary: 'Alarms of the ledger, the open ones first', response: { 200: AlarmsData } },
  }
  app.get('/office/ledger/alarms', list, async (request, reply) => reply.page(await dataOf(request, null), AlarmsPage))

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
      const wrong = { id, note, mistake: note === '' ? ('missing' as const) : ('long' as const) }
      return reply.code(422).page(await dataOf(request, wrong), AlarmsPage)
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
    return reply.redirect(doneAt(request, '/office/ledger/alarms', 'alarm-acknowledged', `#alarm-${id}`), 303)
  })
}
