import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Routes, recordAct, withLanguage } from '#platform'
import { problem } from '../problems.ts'
import { ask } from './compare.ts'
import { endVisit, findVisit, findVisitByCode, isCode, plainCode, type Visit } from './counter.sql.ts'
import { foldName, readBirthDate, readNumber } from './documents.rules.ts'
import { refusalNames } from './level.page.tsx'
import { FindData, FindPage, VisitData, VisitPage } from './office.page.tsx'
import { type Proofing, policyOf } from './policy.ts'
import { bindDocument, insertProof } from './proofs.sql.ts'

const base = '/office/identity/counter'
const looks = ['genuine', 'face', 'present']

// An officer whom nobody has compared with a register vouches for nobody.
const allowed = { access: 'identity:prove-at-counter', level: 2 } as const
const Params = Type.Object({ id: Type.String({ format: 'uuid' }) })
const Written = (maxLength: number) => Type.Optional(Type.String({ maxLength }))

/** What every step at the counter needs. */
function counterOf({ installation }: FastifyInstance) {
  const { pack } = installation
  const policy = () => {
    const found = policyOf(pack)
    if (!found) throw problem('nothing-to-prove')
    return found
  }
  const lead = (request: FastifyRequest, reply: FastifyReply, path: string) =>
    reply.redirect(withLanguage(pack.government, request.language, path), 303)

  /** The visit, unless it ended or is the officer’s own. */
  function own(visit: Visit | undefined, request: FastifyRequest): Visit {
    if (!visit) throw problem('visit-ended')
    if (visit.personId === request.person!.id) throw problem('own-proof')
    return visit
  }

  const empty: VisitData['values'] = {
    kind: '',
    number: '',
    family: '',
    given: '',
    year: '',
    month: '',
    day: '',
    looked: [],
  }
  const data = (visit: Visit, values: VisitData['values'], mistakes: VisitData['mistakes']): VisitData => ({
    id: visit.id,
    name: visit.personName,
    kinds: policy().documents.map(({ kind, name }) => ({ kind, name })),
    values,
    mistakes,
  })

  const today = () =>
    new Intl.DateTimeFormat('en-CA', { timeZone: pack.government.timeZone }).format(installation.now())
  return { policy, lead, own, empty, data, today }
}

const visitRoutes: Routes = async (app) => {
  const { installation } = app
  const { sql } = installation
  const { lead, own, empty, data } = counterOf(app)

  const find = {
    config: allowed,
    schema: {
      summary: 'Find the account of a person at the counter',
      querystring: Type.Object({ done: Type.Optional(Type.Enum(['proven', 'refused'])) }),
      response: { 200: FindData },
    },
  }
  app.get(base, find, async ({ query }, reply) =>
    reply.page({ code: '', wrong: false, done: (query.done as 'proven') ?? null }, FindPage),
  )

  const open = {
    config: { ...allowed, event: 'identity.counter-visit-opened' },
    schema: { summary: 'Open the account that a code leads to', body: Type.Object({ code: Written(20) }) },
  }
  app.post(base, open, async (request, reply) => {
    const written = request.body.code ?? ''
    const code = plainCode(written)
    const found = isCode(code) ? await findVisitByCode(sql, installation, code) : undefined
    if (!found) return reply.code(422).page({ code: written, wrong: true, done: null }, FindPage)
    const visit = own(found, request)
    await recordAct(sql, request, { event: 'identity.counter-visit-opened', subject: `person/${visit.personId}` })
    return lead(request, reply, `${base}/${visit.id}`)
  })

  const show = {
    config: allowed,
    schema: { summary: 'What to look at, and what to type', params: Params, response: { 200: VisitData } },
  }
  app.get(`${base}/:id`, show, async (request, reply) => {
    const visit = own(await findVisit(sql, request.params.id), request)
    return reply.page(data(visit, empty, []), VisitPage)
  })

  const refuse = {
    config: { ...allowed, event: 'identity.refused-at-counter' },
    schema: {
      summary: 'Refuse to prove a person, with the reason',
      params: Params,
      body: Type.Object({ reason: Written(40) }),
    },
  }
  app.post(`${base}/:id/refuse`, refuse, async (request, reply) => {
    const { reason = '' } = request.body
    const person = request.person!
    const visit = own(await findVisit(sql, request.params.id), request)
    if (!Object.hasOwn(refusalNames, reason))
      return reply.code(422).page(data(visit, empty, [{ field: 'reason', code: 'reason' }]), VisitPage)
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
    return lead(request, reply, `${base}?done=refused`)
  })
}

const proveRoutes: Routes = async (app) => {
  const { installation } = app
  const { sql } = installation
  const { policy, lead, own, data, today } = counterOf(app)

  const prove = {
    config: { ...allowed, event: 'identity.proven-at-counter' },
    schema: {
      summary: 'Record that a person was seen at the counter',
      params: Params,
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
  app.post(`${base}/:id`, prove, async (request, reply) => {
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
    const read = readVisit(policy().documents, values, today())
    if ('mistakes' in read) return reply.code(422).page(data(visit, values, read.mistakes), VisitPage)
    const answer = await ask(app, read.document)
    if (answer !== 'match')
      return reply
        .code(answer === 'unavailable' ? 503 : 422)
        .page(data(visit, values, [{ field: 'number', code: answer }]), VisitPage)
    const refused = await sql.begin(async (transaction) => {
      // Of two who end one visit, the second finds none.
      own(await findVisit(transaction, visit.id, { lock: true }), request)
      const bound = await bindDocument(transaction, installation, visit.personId, read.document)
      if ('refused' in bound) return bound.refused
      const organisation = person.organisation ?? null
      await insertProof(transaction, {
        personId: visit.personId,
        level: 3,
        method: 'counter',
        months: policy().validity.counter,
        documentId: bound.documentId,
        officer: person.id,
        ...(organisation && { organisation }),
      })
      await endVisit(transaction, visit.id, { outcome: 'proven', officer: person.id, organisation })
      await recordAct(transaction, request, {
        event: 'identity.proven-at-counter',
        subject: `person/${visit.personId}`,
        detail: { level: 3 },
      })
      return undefined
    })
    if (refused) return reply.code(422).page(data(visit, values, [{ field: 'number', code: refused }]), VisitPage)
    return lead(request, reply, `${base}?done=proven`)
  })
}

/** What the officer typed, read; or every mistake in it. `today` as 2026-01-05. */
function readVisit(documents: Proofing['documents'], values: VisitData['values'], today: string) {
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

/** The officer's side of a visit: find the account, look, and prove or refuse. */
export const officeRoutes: Routes = async (app) => {
  for (const each of [visitRoutes, proveRoutes]) await app.register(each)
}
