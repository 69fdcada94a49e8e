import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { type Installation, type Routes, recordAct } from '#platform'
import { nameOfOrganisation } from '../cases/messages.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { AtService } from '../catalogue/types.ts'
import { refuse } from '../forms.ts'
import { problem } from '../problems.ts'
import { CommentPage, ReadPage, SentPage } from './comment.page.tsx'
import { listAnswering } from './comments.sql.ts'
import { codeOf, keepComment, readByCode, replyOf, spanOf, textOf } from './comments.ts'
import { FiguresPage } from './figures.page.tsx'
import { titled } from './ours.ts'
import {
  type AnswerBy,
  type Answering,
  answerDays,
  CommentBody,
  CommentData,
  FiguresData,
  ReadBody,
  ReadData,
  SentData,
  textMax,
} from './types.ts'
import { words } from './words.ts'

/** Where number and code of a comment open its answer. */
const readPath = '/services/comments'

const ofAddressMax = 10

/** In the name of an organisation or of somebody else there is no inbox of one’s own to answer to. */
const hasInbox = ({ person }: FastifyRequest): boolean => person !== undefined && !person.onBehalfOf

const waysOf = (request: FastifyRequest): AnswerBy[] =>
  hasInbox(request) ? ['inbox', 'code', 'none'] : ['code', 'none']

/** What a form of a comment holds before anything of it was sent; `text` is what was typed elsewhere. */
export async function newComment(
  installation: Installation,
  request: FastifyRequest,
  service: string,
  text = '',
): Promise<CommentData> {
  const { compiled } = await catalogueOf(installation).get(service)
  return {
    ...{ service: { id: service, title: compiled.service.title }, token: randomUUID(), text, answer: null },
    ...{ ways: waysOf(request), days: answerDays, wrong: [] },
  }
}

/** What people write of a service so that somebody answers, and where they read the answer. */
export const commentRoutes: Routes = async (app) => {
  const { installation, sql } = app

  const form = {
    config: { access: 'public' },
    schema: { summary: 'A form to comment on a service', params: AtService, response: { 200: CommentData } },
  }
  app.get('/services/:service/comment', form, async (request, reply) => {
    reply.header('cache-control', 'no-store')
    return reply.page(await newComment(installation, request, request.params.service), CommentPage)
  })

  // Few people write more than ten comments in an hour; programs do. Counted in memory, as nothing else need know the address.
  const ofAddress = app.createRateLimit({ max: ofAddressMax, timeWindow: 3_600_000 })

  const send = {
    config: { access: 'public', event: 'services.comment-sent' },
    schema: {
      summary: 'Comment on a service. Counts once for its token; number and code, if any, are in this answer alone',
      params: AtService,
      body: CommentBody,
      response: { 201: SentData, 422: CommentData },
    },
  }
  app.post('/services/:service/comment', send, async (request, reply) => {
    const { token, answer = null } = request.body
    const { compiled } = await catalogueOf(installation).get(request.params.service)
    const { id, title, organisation } = compiled.service
    const text = (request.body.text ?? '').replaceAll('\r\n', '\n').trim()
    const ways = waysOf(request)
    const wrong: CommentData['wrong'] = []
    if (text === '') wrong.push({ field: 'text', text: words.empty })
    if (text.length > textMax) wrong.push({ field: 'text', text: words.long })
    if (answer === null || !ways.includes(answer)) wrong.push({ field: 'answer', text: words.choose })
    const service = { id, title }
    reply.header('cache-control', 'no-store')
    if (wrong.length > 0 || answer === null) {
      const data: CommentData = { service, token, text, answer, ways, days: answerDays, wrong }
      return refuse(request, reply, { code: 'comment-refused', data, view: CommentPage, values: { max: textMax } })
    }
    const counted = await ofAddress(request)
    if (!counted.isAllowed && counted.isExceeded)
      throw problem('comments-of-address', { values: { max: ofAddressMax } })
    const personId = answer === 'inbox' ? request.person!.id : null
    const kept = await sql.begin(async (transaction) => {
      const sending = { token, service: { id, organisation }, text, answerBy: answer, personId }
      const kept = await keepComment(transaction, installation, sending)
      // Whoever wants no answer to their inbox is not named in the trail either.
      if (kept.fresh)
        await recordAct(transaction, personId === null ? 'system' : request, {
          event: 'services.comment-sent',
          subject: `services/comments/${kept.number}`,
        })
      return kept
    })
    const data: SentData = {
      ...{ service, number: kept.number, code: kept.answerBy === 'code' ? codeOf(installation, token) : null },
      ...{ answer: kept.answerBy, dueOn: kept.dueOn, address: `${installation.address}${readPath}` },
    }
    return reply.code(201).page(data, SentPage)
  })

  const ask = {
    config: { access: 'public' },
    schema: { summary: 'Where one reads the answer to a comment by its number and code', response: { 200: ReadData } },
  }
  app.get(readPath, ask, async (_, reply) => reply.page({ number: '', comment: null, wrong: [] }, ReadPage))

  const read = {
    // Reads what is there: a form, so that no code stands in an address.
    config: { access: 'public', event: 'none' },
    schema: {
      summary: 'The answer to a comment, by its number and code',
      body: ReadBody,
      response: { 200: ReadData, 422: ReadData },
    },
  }
  app.post(readPath, read, async (request, reply) => {
    const found = await readByCode(installation, request.body)
    reply.header('cache-control', 'no-store')
    if (!found) {
      const wrong = [{ field: 'number', text: words.wrongCode }]
      return reply.code(422).page({ number: request.body.number, comment: null, wrong }, ReadPage)
    }
    const { number, service, organisation, state, reason, sentOn, dueOn, settledOn } = found
    const comment = {
      ...{ service: await titled(installation, service), organisation: nameOfOrganisation(installation, organisation) },
      ...{ text: textOf(installation, found), reply: replyOf(installation, found) },
      ...{ state, reason, sentOn, dueOn, settledOn },
    }
    return reply.page({ number, comment, wrong: [] }, ReadPage)
  })

  const figures = {
    config: { access: 'public', keepSeconds: 60 },
    schema: { summary: 'How fast departments answer comments, by service', response: { 200: FiguresData } },
  }
  app.get('/services/figures', figures, async (_, reply) => {
    const span = spanOf(installation)
    const rows = await listAnswering(sql, span)
    const services = await Promise.all(
      rows.map(async ({ service, ...row }) => ({ ...(await titled(installation, service)), ...row })),
    )
    const data: FiguresData = { days: answerDays, since: span.since, all: sumOf(rows), services }
    return reply.page(data, FiguresPage)
  })
}

const sumOf = (rows: readonly Answering[]): Answering =>
  rows.reduce(
    (sum, each) => ({
      wanted: sum.wanted + each.wanted,
      inTime: sum.inTime + each.inTime,
      answered: sum.answered + each.answered,
      closed: sum.closed + each.closed,
      waiting: sum.waiting + each.waiting,
    }),
    { wanted: 0, inTime: 0, answered: 0, closed: 0, waiting: 0 },
  )
