import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Installation, Routes } from '#platform'
import { Next } from '../types.ts'
import { BornData, BornPage, NameData, NamePage, NumberData, NumberPage } from './document.page.tsx'
import { foldName, readBirthDate, readNumber, writeNumber } from './documents.rules.ts'
import type { Typed } from './drafts.sql.ts'
import { policyOf, register as registered } from './policy.ts'
import { base, firstOpen, reads, stepsOf } from './steps.ts'

const Written = (maxLength: number) => Type.Optional(Type.String({ maxLength }))
const madeUpMax = 20
const writes = { access: 'signed-in', event: 'none' /* a draft; the act is asking the register */ }

/** One question on each page: number, name, date of birth. What was typed is kept sealed, and stands in no address. */
export const documentRoutes: Routes = async (app) => {
  const { installation } = app
  const { policy, lead, draftOf, keep, today } = stepsOf(app)

  const number = {
    ...reads('Prove a document: its number', NumberData),
    schema: {
      summary: 'Prove a document: its number',
      querystring: Type.Object({ next: Type.Optional(Next) }),
      response: { 200: NumberData },
    },
  }
  app.get(base, number, async (request, reply) => {
    policy()
    const typed = (await draftOf(request))?.typed ?? {}
    return reply.page(
      numberData(installation, request, { ...typed, ...(request.query.next && { next: request.query.next }) }, null),
      NumberPage,
    )
  })
  const saveNumber = {
    config: writes,
    schema: {
      summary: 'Keep the number of a document',
      body: Type.Object({ kind: Written(60), number: Written(40), next: Type.Optional(Next) }),
    },
  }
  app.post(base, saveNumber, async (request, reply) => {
    const { kind = '', number: written = '', next } = request.body
    const document = policy().documents.find((each) => each.kind === kind)
    const read = document ? readNumber(written, document) : { mistake: 'kind' as const }
    if ('mistake' in read) {
      const again = { kind, number: written, ...(next && { next }) }
      return reply.code(422).page(numberData(installation, request, again, read.mistake), NumberPage)
    }
    const kept = await keep(request, { kind, number: read.number, ...(next && { next }) })
    return lead(request, reply, kept ? firstOpen(kept) : `${base}/result`)
  })

  app.get(`${base}/name`, reads('Prove a document: the name on it', NameData), async (request, reply) => {
    const typed = (await draftOf(request))?.typed
    if (typed?.number === undefined) return lead(request, reply, base)
    return reply.page({ family: typed.family ?? '', given: typed.given ?? '', mistakes: [] }, NamePage)
  })
  const saveName = {
    config: writes,
    schema: { summary: 'Keep the name on a document', body: Type.Object({ family: Written(80), given: Written(80) }) },
  }
  app.post(`${base}/name`, saveName, async (request, reply) => {
    const [family, given] = [request.body.family?.trim() ?? '', request.body.given?.trim() ?? '']
    const mistakes = (['family', 'given'] as const).filter((each) => foldName({ family, given }[each]) === '')
    if (mistakes.length > 0) return reply.code(422).page({ family, given, mistakes }, NamePage)
    const kept = await keep(request, { family, given })
    return lead(request, reply, kept ? firstOpen(kept) : `${base}/result`)
  })

  app.get(`${base}/birth-date`, reads('Prove a document: the date of birth', BornData), async (request, reply) => {
    const typed = (await draftOf(request))?.typed
    if (typed?.family === undefined) return lead(request, reply, typed ? firstOpen(typed) : base)
    const [year = '', month = '', day = ''] = typed.born?.split('-') ?? []
    return reply.page({ year, month, day, wrong: false }, BornPage)
  })
  const saveBorn = {
    config: writes,
    schema: {
      summary: 'Keep the date of birth',
      body: Type.Object({ 'born-year': Written(8), 'born-month': Written(8), 'born-day': Written(8) }),
    },
  }
  app.post(`${base}/birth-date`, saveBorn, async (request, reply) => {
    const { 'born-year': year = '', 'born-month': month = '', 'born-day': day = '' } = request.body
    const born = readBirthDate({ year, month, day }, today())
    if (!born) return reply.code(422).page({ year, month, day, wrong: true }, BornPage)
    const kept = await keep(request, { born })
    return lead(request, reply, kept ? firstOpen(kept) : `${base}/result`)
  })
}

/** In a demonstration it says what to type: the document of the made-up person who asks, else every one that would do. */
function numberData(
  { demonstration, pack }: Installation,
  request: FastifyRequest,
  typed: Typed,
  mistake: NumberData['mistake'],
): NumberData {
  const documents = policyOf(pack)?.documents ?? []
  const entries = demonstration ? pack.list(registered) : []
  const own = entries.filter(({ person }) => person === request.person!.id)
  const usable = own.length > 0 ? own : entries.filter(({ state }) => state === 'current').slice(0, madeUpMax)
  return {
    kinds: documents.map(({ kind, name, hint }) => ({ kind, name, hint })),
    kind: typed.kind ?? '',
    number: typed.number ?? '',
    next: typed.next ?? null,
    mistake,
    demonstration: {
      own: own.length > 0,
      documents: usable.flatMap(({ kind, number, names, born }) => {
        const document = documents.find((each) => each.kind === kind)
        return document
          ? [{ document: document.name, number: writeNumber(number, document), names: [...names], born }]
          : []
      }),
    },
  }
}
