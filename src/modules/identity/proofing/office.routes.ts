import { Type } from 'typebox'
import { type Routes, recordAct } from '#platform'
import { doneAt } from '../done.tsx'
import { endVisit, findVisit, findVisitByCode, isCode, plainCode } from './counter.sql.ts'
import { refusalNames } from './level.page.tsx'
import { FindData, FindPage, VisitData, VisitPage } from './office.page.tsx'
import { stepsOf } from './steps.ts'
import { atCounter, counterPath, nothingTyped, own, VisitParams, visitData } from './visits.ts'

/** An officer finds an account by its code, and opens or refuses the visit. */
export const officeRoutes: Routes = async (app) => {
  const { installation } = app
  const { sql } = installation
  const { policy, lead } = stepsOf(app)

  const find = {
    config: atCounter,
    schema: {
      summary: 'Find the account of a person at the counter',
      response: { 200: FindData },
    },
  }
  app.get(counterPath, find, async (_, reply) => reply.page({ code: '', wrong: false }, FindPage))

  const open = {
    config: { ...atCounter, event: 'identity.counter-visit-opened' },
    schema: {
      summary: 'Open the account that a code leads to',
      body: Type.Object({ code: Type.Optional(Type.String({ maxLength: 20 })) }),
    },
  }
  app.post(counterPath, open, async (request, reply) => {
    const written = request.body.code ?? ''
    const code = plainCode(written)
    const found = isCode(code) ? await findVisitByCode(sql, installation, code) : undefined
    if (!found) return reply.code(422).page({ code: written, wrong: true }, FindPage)
    const visit = own(found, request)
    await recordAct(sql, request, { event: 'identity.counter-visit-opened', subject: `person/${visit.personId}` })
    return lead(request, reply, `${counterPath}/${visit.id}`)
  })

  const show = {
    config: atCounter,
    schema: { summary: 'What to look at, and what to type', params: VisitParams, response: { 200: VisitData } },
  }
  app.get(`${counterPath}/:id`, show, async (request, reply) => {
    const visit = own(await findVisit(sql, request.params.id), request)
    return reply.page(visitData(policy(), visit, nothingTyped, []), VisitPage)
  })

  const refuse = {
    config: { ...atCounter, event: 'identity.refused-at-counter' },
    schema: {
      summary: 'Refuse to prove a person, with the reason',
      params: VisitParams,
      body: Type.Object({ reason: Type.Optional(Type.String({ maxLength: 40 })) }),
    },
  }
  app.post(`${counterPath}/:id/refuse`, refuse, async (request, reply) => {
    const { reason = '' } = request.body
    const person = request.person!
    const visit = own(await findVisit(sql, request.params.id), request)
    if (!Object.hasOwn(refusalNames, reason))
      return reply
        .code(422)
        .page(visitData(policy(), visit, nothingTyped, [{ field: 'reason', code: 'reason' }]), VisitPage)
    await sql.begin(async (transaction) => {
      own(await findVisit(transaction, visit.id, { lock: true }), request)
      const organisation = person.organisation ?? null
      await endVisit(transaction, visit.id, { outcome: 'refused', reason, officer: person.id, organisation })
      await recordAct(transaction, request, {
        event: 'identity.refused-at-counter',
        subject: `person/${visit.personId}`,
        detail: { reason },
      })
    })
    return reply.redirect(doneAt(request, counterPath, 'refused-at-counter'), 303)
  })
}
