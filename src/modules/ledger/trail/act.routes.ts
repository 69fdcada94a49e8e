import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { listEvents, type Routes, Text, type TrailEvent, withLanguage } from '#platform'
import { findPublished, getLog, makeProof } from '../explorer/read.ts'
import { problem } from '../problems.ts'
import { printExtra } from '../proofs/extra.rules.ts'
import { hashLeaf } from '../tree/tree.rules.ts'
import { ActPage, FindActPage } from './act.page.tsx'
import { contentOf, entryOf, saltOf, trailLog } from './trail.rules.ts'

/** An act of the trail as the person reads it who did it, in whose name it was done, or who audits. */
export type ActData = Static<typeof ActData>
export const ActData = Type.Object({
  id: Type.Integer(),
  at: Type.String(),
  event: Type.String(),
  sentence: Text,
  subject: Type.String(),
  mine: Type.Boolean(),
  /** Its place in the log; null until it is published there. */
  index: Type.Union([Type.Integer(), Type.Null()]),
})

export type FindActData = Static<typeof FindActData>
export const FindActData = Type.Object({ number: Type.String(), wrong: Type.Boolean() })

/** That a line of the audit trail is in its log: to read, and to take away. */
export const actRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const sentences: Readonly<Record<string, Text>> = Object.assign({}, ...app.modules.map(({ events }) => events))
  const params = Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) })
  const config = { access: 'signed-in', onBehalf: true } as const

  /** What others did is nobody else's business: it is not there for them. */
  async function getAct({ person }: FastifyRequest, id: number): Promise<TrailEvent> {
    const [event] = await listEvents(sql, { after: id - 1, limit: 1 })
    const own = event && (event.actor === person!.id || event.onBehalfOf === person!.id)
    if (event?.id !== id || !(own || person!.permissions.includes('ledger:prove-act'))) throw problem('act-not-found')
    return event
  }

  /** Where it stands in what is served of the log. */
  async function findPlace(event: TrailEvent) {
    const log = await getLog(installation, trailLog)
    const entry = entryOf(installation.vault, event)
    return { log, entry, index: (await findPublished(sql, log, hashLeaf(entry))) ?? null }
  }

  const one = {
    config,
    schema: { summary: 'A line of the audit trail, and where its log has it', params, response: { 200: ActData } },
  }
  app.get('/ledger/acts/:id', one, async (request, reply) => {
    const act = await getAct(request, request.params.id)
    const { index } = await findPlace(act)
    const { id, at, event, subject, actor } = act
    const sentence = sentences[event] ?? { en: event, 'zh-Hant': event }
    const data = { id, at, event, sentence, subject, mine: actor === request.person!.id, index }
    return reply.page(data, ActPage)
  })

  const find = {
    config: { access: 'ledger:prove-act' },
    schema: {
      summary: 'Find a line of the audit trail by its number',
      querystring: Type.Object({ number: Type.Optional(Type.String({ maxLength: 20 })) }),
      response: { 200: FindActData, 404: FindActData },
    },
  }
  app.get('/office/ledger/acts', find, async ({ query: { number }, language }, reply) => {
    const id = /^\s*([1-9]\d{0,14})\s*$/.exec(number ?? '')?.[1]
    const [event] = id ? await listEvents(sql, { after: Number(id) - 1, limit: 1 }) : []
    if (event && event.id === Number(id))
      return reply.redirect(withLanguage(installation.pack.government, language, `/ledger/acts/${id}`), 303)
    const wrong = number !== undefined && number.trim() !== ''
    return reply.code(wrong ? 404 : 200).page({ number: number?.trim() ?? '', wrong }, FindActPage)
  })

  const content = {
    config,
    schema: { summary: 'A line of the audit trail as it was committed to', params, produces: ['application/json'] },
  }
  app.get('/ledger/acts/:id/content', content, async (request, reply) => {
    const act = await getAct(request, request.params.id)
    return reply
      .header('content-disposition', `attachment; filename="act-${act.id}.json"`)
      .header('cache-control', 'no-store')
      .type('application/json; charset=utf-8')
      .send(contentOf(act))
  })

  const proof = {
    config,
    schema: {
      summary: 'The proof that a line of the audit trail is in its log (C2SP tlog-proof)',
      params,
      produces: ['text/plain'],
    },
  }
  app.get('/ledger/acts/:id/proof', proof, async (request, reply) => {
    const act = await getAct(request, request.params.id)
    const { log, entry, index } = await findPlace(act)
    if (index === null) throw problem('entry-not-found')
    const extra = printExtra({ entry, salt: saltOf(installation.vault, act.id) })
    return reply
      .header('content-disposition', `attachment; filename="act-${act.id}.tlog-proof"`)
      .header('cache-control', 'no-store')
      .type('text/plain; charset=utf-8')
      .send(await makeProof(sql, log, index, extra))
  })
}
