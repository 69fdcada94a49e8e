import { Type } from 'typebox'
import { type Routes, recordAct } from '#platform'
import { doneAt } from '../done.tsx'
import { ask } from './compare.ts'
import { endVisit, findVisit } from './counter.sql.ts'
import { foldName, readBirthDate, readNumber } from './documents.rules.ts'
import { type VisitData, VisitPage } from './office.page.tsx'
import type { Proofing } from './policy.ts'
import { bindDocument, documentLookup, insertProof, listHolding } from './proofs.sql.ts'
import { stepsOf } from './steps.ts'
import { tellingLevel } from './tell-level.ts'
import { atCounter, counterPath, own, VisitParams, visitData } from './visits.ts'

const looks = ['genuine', 'face', 'present']
const Written = (maxLength: number) => Type.Optional(Type.String({ maxLength }))

/** Records level 3: what the officer saw and typed, once the register has agreed. */
export const proveRoutes: Routes = async (app) => {
  const { installation } = app
  const { sql } = installation
  const { policy, today } = stepsOf(app)

  const prove = {
    config: { ...atCounter, event: ['identity.proven-at-counter', 'identity.document-held-shown'] },
    schema: {
      summary: 'Record that a person was seen at the counter',
      params: VisitParams,
      body: Type.Object({
        kind: Written(60),
        number: Written(40),
        family: Written(80),
        given: Written(80),
        'born-year': Written(8),
        'born-month': Written(8),
        'born-day': Written(8),
        looked: Type.Optional(
          Type.Union([Type.String({ maxLength: 20 }), Type.Array(Type.String({ maxLength: 20 }), { maxItems: 3 })]),
        ),
      }),
    },
  }
  app.post(`${counterPath}/:id`, prove, async (request, reply) => {
    const { body } = request
    const person = request.person!
    const visit = own(await findVisit(sql, request.params.id), request)
    const values = {
      kind: body.kind ?? '',
      number: body.number ?? '',
      family: body.family?.trim() ?? '',
      given: body.given?.trim() ?? '',
      year: body['born-year'] ?? '',
      month: body['born-month'] ?? '',
      day: body['born-day'] ?? '',
      looked: [body.looked ?? []].flat(),
    }
    const read = readVisit(policy(), values, today())
    if ('mistakes' in read) return reply.code(422).page(visitData(policy(), visit, values, read.mistakes), VisitPage)
    const answer = await ask(app, read.document)
    if (answer !== 'match')
      return reply
        .code(answer === 'unavailable' ? 503 : 422)
        .page(visitData(policy(), visit, values, [{ field: 'number', code: answer }]), VisitPage)
    const refused = await sql.begin(async (transaction) => {
      // Of two who end one visit, the second finds none.
      own(await findVisit(transaction, visit.id, { lock: true }), request)
      const bound = await bindDocument(transaction, installation, visit.personId, read.document)
      if ('refused' in bound) {
        const { refused } = bound
        const lookup = documentLookup(installation, read.document.kind, read.document.number)
        const held = refused === 'taken' ? await listHolding(transaction, lookup) : []
        for (const reference of held)
          await recordAct(transaction, request, {
            event: 'identity.document-held-shown',
            subject: `office/identity/proofs/${reference}`,
            detail: { visitor: visit.personId },
          })
        return { refused, held }
      }
      const organisation = person.organisation ?? null
      const proof = {
        personId: visit.personId,
        level: 3,
        method: 'counter',
        months: policy().validity.counter,
        documentId: bound.documentId,
        officer: person.id,
        ...(organisation && { organisation }),
      } as const
      await tellingLevel(transaction, visit.personId, () => insertProof(transaction, proof))
      await endVisit(transaction, visit.id, { outcome: 'proven', officer: person.id, organisation })
      await recordAct(transaction, request, {
        event: 'identity.proven-at-counter',
        subject: `person/${visit.personId}`,
        detail: { level: 3 },
      })
      return undefined
    })
    if (refused) {
      const mistakes = [{ field: 'number', code: refused.refused }]
      return reply.code(422).page(visitData(policy(), visit, values, mistakes, refused.held), VisitPage)
    }
    return reply.redirect(doneAt(request, counterPath, 'proven-at-counter'), 303)
  })
}

/** The document as an officer typed it, or every mistake in it. */
function readVisit({ documents }: Proofing, values: VisitData['values'], today: string) {
  const mistakes: VisitData['mistakes'] = []
  const kind = documents.find((each) => each.kind === values.kind)
  const number = kind && readNumber(values.number, kind)
  const born = readBirthDate(values, today)
  if (looks.some((each) => !values.looked.includes(each))) mistakes.push({ field: 'looked', code: 'looked' })
  if (!kind) mistakes.push({ field: 'kind', code: 'kind' })
  if (number && 'mistake' in number) mistakes.push({ field: 'number', code: number.mistake })
  for (const field of ['family', 'given'] as const)
    if (foldName(values[field]) === '') mistakes.push({ field, code: field })
  if (!born) mistakes.push({ field: 'born-day', code: 'born' })
  if (mistakes.length > 0 || !kind || !born || !number || !('number' in number)) return { mistakes }
  const { family, given } = values
  return { document: { kind: kind.kind, number: number.number, family, given, born } }
}
