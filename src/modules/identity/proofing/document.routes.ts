import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Routes, recordAct, withLanguage } from '#platform'
import { problem } from '../problems.ts'
import { Next } from '../types.ts'
import { compare } from './compare.ts'
import {
  BornData,
  BornPage,
  CheckData,
  CheckPage,
  NameData,
  NamePage,
  NumberData,
  NumberPage,
} from './document.page.tsx'
import { foldName, readBirthDate, readNumber, writeNumber } from './documents.rules.ts'
import { type Draft, findDraft, saveDraft, type Typed } from './drafts.sql.ts'
import { type Proofing, policyOf, register as registered } from './policy.ts'
import { bindDocument, insertProof } from './proofs.sql.ts'
import { ResultData, ResultPage } from './result.page.tsx'

const base = '/account/level/document'
const Written = (maxLength: number) => Type.Optional(Type.String({ maxLength }))

type Whole = Required<Omit<Typed, 'next'>> & Pick<Typed, 'next'>
const isWhole = (typed: Typed): typed is Whole =>
  [typed.kind, typed.number, typed.family, typed.given, typed.born].every((each) => each !== undefined)

/** The first page whose question is not answered yet. */
const firstOpen = ({ number, family, born }: Typed) =>
  number === undefined
    ? base
    : family === undefined
      ? `${base}/name`
      : born === undefined
        ? `${base}/birth-date`
        : `${base}/check`

/** What every step needs: the rules of the pack, the draft of the person who asks, and the way to the next page. */
function stepsOf({ installation }: FastifyInstance) {
  const { pack, sql } = installation

  function policy(): Proofing {
    const found = policyOf(pack)
    if (!found) throw problem('nothing-to-prove')
    return found
  }
  const lead = (request: FastifyRequest, reply: FastifyReply, path: string) =>
    reply.redirect(withLanguage(pack.government, request.language, path), 303)
  const draftOf = (request: FastifyRequest) => findDraft(sql, installation, request.person!.id)
  const today = () =>
    new Intl.DateTimeFormat('en-CA', { timeZone: pack.government.timeZone }).format(installation.now())

  /** Changes what was typed, unless the register is being asked about it. */
  const keep = (request: FastifyRequest, part: Typed) =>
    sql.begin(async (transaction) => {
      const { id } = request.person!
      const before = await findDraft(transaction, installation, id, { lock: true })
      if (before?.state === 'asking') return undefined
      const typed = { ...before?.typed, ...part }
      await saveDraft(transaction, installation, id, typed)
      return typed
    })

  return { policy, lead, draftOf, today, keep }
}

const reads = (summary: string, shape: object) => ({
  config: { access: 'signed-in' },
  schema: { summary, response: { 200: shape } },
})
const writes = { access: 'signed-in', event: 'none' /* a draft; the act is asking the register */ }

const numberRoutes: Routes = async (app) => {
  const { installation } = app
  const { pack } = installation
  const { policy, lead, draftOf, keep } = stepsOf(app)

  function numberData(request: FastifyRequest, typed: Typed, mistake: NumberData['mistake']): NumberData {
    const { documents } = policy()
    const own = installation.demonstration
      ? pack.list(registered).find(({ person }) => person === request.person!.id)
      : undefined
    const document = own && documents.find(({ kind }) => kind === own.kind)
    return {
      kinds: documents.map(({ kind, name, hint }) => ({ kind, name, hint })),
      kind: typed.kind ?? '',
      number: typed.number ?? '',
      next: typed.next ?? null,
      mistake,
      demonstration:
        own && document
          ? {
              document: document.name,
              number: writeNumber(own.number, document),
              name: own.names.map(({ family, given }) => `${family} ${given}`).join(' / '),
              born: own.born,
            }
          : null,
    }
  }

  const number = {
    ...reads('Prove a document: its number', NumberData),
    schema: {
      summary: 'Prove a document: its number',
      querystring: Type.Object({ next: Type.Optional(Next) }),
      response: { 200: NumberData },
    },
  }
  app.get(base, number, async (request, reply) => {
    const typed = (await draftOf(request))?.typed ?? {}
    return reply.page(
      numberData(request, { ...typed, ...(request.query.next && { next: request.query.next }) }, null),
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
      return reply.code(422).page(numberData(request, again, read.mistake), NumberPage)
    }
    const kept = await keep(request, { kind, number: read.number, ...(next && { next }) })
    return lead(request, reply, kept ? firstOpen(kept) : `${base}/result`)
  })
}

const nameRoutes: Routes = async (app) => {
  const { lead, draftOf, today, keep } = stepsOf(app)

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

const checkRoutes: Routes = async (app) => {
  const { installation } = app
  const { sql } = installation
  const { policy, lead, draftOf } = stepsOf(app)

  const checkData = (draft: Draft, typed: Whole, changed: boolean): CheckData => {
    const { documents, register } = policy()
    const document = documents.find(({ kind }) => kind === typed.kind)
    // The pack may have changed since it was typed.
    if (!document) throw problem('nothing-to-prove')
    return {
      version: draft.version,
      register: register.name,
      document: document.name,
      number: writeNumber(typed.number, document),
      family: typed.family,
      given: typed.given,
      born: typed.born,
      changed,
    }
  }
  app.get(
    `${base}/check`,
    reads('Prove a document: what the register will be asked', CheckData),
    async (request, reply) => {
      const draft = await draftOf(request)
      if (!draft || !isWhole(draft.typed)) return lead(request, reply, firstOpen(draft?.typed ?? {}))
      return reply.page(checkData(draft, draft.typed, false), CheckPage)
    },
  )

  const send = {
    config: { access: 'signed-in', event: ['identity.document-proven', 'identity.document-not-proven'] },
    schema: {
      summary: 'Ask the population register about a document',
      body: Type.Object({ version: Type.String({ format: 'uuid' }) }),
    },
  }
  app.post(`${base}/check`, send, async (request, reply) => {
    const { id } = request.person!
    // Two clicks hold one version: the first takes it, and the second finds another.
    const begun = await sql.begin(async (transaction) => {
      const draft = await findDraft(transaction, installation, id, { lock: true })
      if (!draft || !isWhole(draft.typed)) return { draft }
      if (draft.version !== request.body.version) return { draft, stale: draft.typed }
      await saveDraft(transaction, installation, id, draft.typed, 'asking')
      return { draft, typed: draft.typed }
    })
    if (begun.stale && begun.draft.state === 'filling')
      return reply.code(409).page(checkData(begun.draft, begun.stale, true), CheckPage)
    if (!begun.typed) return lead(request, reply, begun.draft ? `${base}/result` : base)
    const { next, ...document } = begun.typed
    const compared = await compare(app, { personId: id, ip: request.ip, document })
    if ('refused' in compared) {
      await saveDraft(sql, installation, id, begun.typed)
      throw problem(compared.refused)
    }
    const outcome = await sql.begin(async (transaction) => {
      const bound =
        compared.outcome === 'match' ? await bindDocument(transaction, installation, id, document) : undefined
      const end = bound === undefined ? compared.outcome : 'refused' in bound ? bound.refused : ('match' as const)
      if (bound && 'documentId' in bound) {
        const { documentId } = bound
        const { organisation } = policy().register
        const months = policy().validity.document
        await insertProof(transaction, { personId: id, level: 2, method: 'register', months, documentId, organisation })
      }
      // Kept only where the person can put it right or ask again.
      const kept = end === 'no-match' || end === 'unavailable' ? begun.typed : { ...(next && { next }) }
      await saveDraft(transaction, installation, id, kept, end)
      await recordAct(transaction, request, {
        event: end === 'match' ? 'identity.document-proven' : 'identity.document-not-proven',
        subject: `person/${id}`,
        detail: { outcome: end },
      })
      return end
    })
    return lead(request, reply, outcome === 'match' && next ? next : `${base}/result`)
  })

  app.get(`${base}/result`, reads('What the register answered', ResultData), async (request, reply) => {
    const draft = await draftOf(request)
    if (!draft || draft.state === 'filling') return lead(request, reply, draft ? firstOpen(draft.typed) : base)
    return reply.page({ outcome: draft.state }, ResultPage)
  })
}

/** Number, name, date of birth, a look at all of it, and what the register answered: one thing on each page. */
export const documentRoutes: Routes = async (app) => {
  for (const each of [numberRoutes, nameRoutes, checkRoutes]) await app.register(each)
}
