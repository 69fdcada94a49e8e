import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { namesOf } from '#identity'
import { type Routes, recordAct, type Text } from '#platform'
import { listKnownLogs } from '../explorer/known.ts'
import { findLog } from '../log/logs.sql.ts'
import { rotateKeys } from '../log/rotate.ts'
import { LogName } from '../log/types.ts'
import { runAccess } from '../office/access.ts'
import { doneAt } from '../office/done.tsx'
import { problem } from '../problems.ts'
import { daysDefault } from './overlap.ts'
import { RotationsPage } from './rotations.page.tsx'
import { decideRotation, insertRotation, listRotations } from './rotations.sql.ts'
import { RotationsData } from './types.ts'

/** Other keys for a log: one officer asks, a second one approves, and with that they sign. */
export const rotationRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const powerful = { access: runAccess, level: 2, freshSeconds: 3600 } as const
  const page = '/office/ledger/logs'
  const called = (id: string): Text => ({ en: id, 'zh-Hant': id })

  const show = {
    config: { access: runAccess, level: 2 } as const,
    schema: { summary: 'The keys of each log, and which rotation waits', response: { 200: RotationsData } },
  }
  app.get(page, show, async ({ person }, reply) => {
    const rotations = await listRotations(sql)
    const waiting = new Map(rotations.map((each) => [each.log, each]))
    const names = await namesOf(
      sql,
      rotations.map(({ askedBy }) => askedBy),
    )
    const logs = (await listKnownLogs(installation)).map((log) => {
      const asked = waiting.get(log.name)
      const own = asked?.askedBy === person!.id
      return {
        log,
        waiting: asked ? { ...asked, askedBy: names.get(asked.askedBy) ?? called(asked.askedBy), own } : null,
      }
    })
    return reply.page({ address: installation.address, logs }, RotationsPage)
  })

  const ask = {
    config: { ...powerful, event: 'ledger.rotation-asked' } as const,
    schema: {
      summary: 'Ask a second officer to approve new keys of a log',
      params: Type.Object({ log: LogName }),
      body: Type.Object({ why: Type.Union([Type.Literal('rotate'), Type.Literal('lost')]) }),
      response: { 303: Type.Null() },
    },
  }
  app.post(`${page}/:log/rotations`, ask, async (request, reply) => {
    const { log } = request.params
    const lost = request.body.why === 'lost'
    const asked = { id: randomUUID(), log, lost, overlapDays: daysDefault }
    await sql.begin(async (transaction) => {
      if (!(await findLog(transaction, log))) throw problem('log-not-found')
      const row = { ...asked, askedBy: request.person!.id, askedAt: installation.now() }
      if (!(await insertRotation(transaction, row))) throw problem('rotation-waits')
      await recordAct(transaction, request, { event: 'ledger.rotation-asked', subject: `log/${log}`, detail: { lost } })
    })
    return reply.redirect(doneAt(request, page, 'rotation-asked'), 303)
  })

  const decide = {
    config: {
      ...powerful,
      event: ['ledger.log-keys-rotated', 'ledger.log-keys-lost', 'ledger.rotation-refused'],
    } as const,
    schema: {
      summary: 'Approve or refuse new keys of a log that another officer asked for',
      params: Type.Object({ log: LogName, id: Type.String({ format: 'uuid', maxLength: 36 }) }),
      body: Type.Object({ answer: Type.Union([Type.Literal('approve'), Type.Literal('refuse')]) }),
      response: { 303: Type.Null() },
    },
  }
  app.post(`${page}/:log/rotations/:id`, decide, async (request, reply) => {
    const approved = request.body.answer === 'approve'
    const done = await sql.begin(async (transaction) => {
      const [by, now] = [request.person!.id, installation.now()]
      const row = await decideRotation(transaction, { id: request.params.id, by, approved, now })
      if (!row || row.log !== request.params.log) throw problem('rotation-gone')
      const { log: name, lost, overlapDays, askedBy } = row
      if (approved) await rotateKeys(transaction, installation, request, { name, lost, overlapDays, askedBy })
      else await recordAct(transaction, request, { event: 'ledger.rotation-refused', subject: `log/${name}` })
      return approved ? (lost ? 'log-keys-lost' : 'log-keys-rotated') : 'rotation-refused'
    })
    return reply.redirect(doneAt(request, page, done), 303)
  })
}
