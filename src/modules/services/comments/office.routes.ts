import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Routes, recordAct, type Sql, type Text } from '#platform'
import { workCase } from '../cases/acting.ts'
import { nameOfOrganisation } from '../cases/messages.ts'
import { todayOf } from '../days.ts'
import { answer, refuse } from '../forms.ts'
import { problem } from '../problems.ts'
import { same } from '../texts.rules.ts'
import { type Comment, lockComment, settleComment, takeComment } from './comments.sql.ts'
import { sealReply, tellWriter } from './comments.ts'
import { OfficeCommentPage } from './office.page.tsx'
import { dataOf, officePath, requireOurs, titled } from './ours.ts'
import { AtComment, CloseBody, OfficeOneData, ReplyBody, replyMax } from './types.ts'
import { reasonNames, words } from './words.ts'

/** What officers of the department of a service do with its comments. */
export const officeCommentRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const leadBack = (request: FastifyRequest, reply: FastifyReply, number: string) =>
    answer(request, reply, { number }, `${officePath}/${encodeURIComponent(number)}`)
  const Done = Type.Object({ number: Type.String() })
  const response = { 200: Done, 303: Type.Null(), 422: OfficeOneData }

  const take = {
    config: { access: workCase, scope: 'services:work-cases', event: 'services.comment-taken' },
    schema: {
      summary: 'Take a comment, also one that another officer of my department has',
      params: AtComment,
      response: { 200: Done, 303: Type.Null() },
    },
  }
  app.post(`${officePath}/:number/take`, take, async (request, reply) => {
    const { number } = request.params
    await sql.begin(async (transaction) => {
      const row = requireOurs(await lockComment(transaction, number), request)
      if (row.state !== 'waiting') throw problem('comment-settled')
      if (row.takenBy === request.person!.id) return
      await takeComment(transaction, number, request.person!.id)
      await recordAct(transaction, request, { event: 'services.comment-taken', subject: subjectOf(number) })
    })
    return leadBack(request, reply, number)
  })

  /** A comment that waits, held for this officer; null where they settled it already, as a form that is sent twice does. */
  async function lockMine(transaction: Sql, request: FastifyRequest, number: string): Promise<Comment | null> {
    const row = requireOurs(await lockComment(transaction, number), request)
    const mine = row.takenBy === request.person!.id
    if (row.state !== 'waiting' && mine) return null
    if (row.state !== 'waiting') throw problem('comment-settled')
    if (row.takenBy !== null && !mine) throw problem('comment-taken')
    return row
  }

  const answering = {
    config: { access: workCase, scope: 'services:work-cases', event: 'services.comment-answered' },
    schema: {
      summary: 'Answer a comment: whoever wrote it is told, once',
      params: AtComment,
      body: ReplyBody,
      response,
    },
  }
  app.post(`${officePath}/:number/answer`, answering, async (request, reply) => {
    const { number } = request.params
    const text = (request.body.text ?? '').replaceAll('\r\n', '\n').trim()
    const wrong = text === '' ? words.emptyReply : text.length > replyMax ? words.long : null
    if (wrong) return again(request, reply, await dataOf(installation, request, number, asWrong('text', wrong, text)))
    await sql.begin(async (transaction) => {
      const row = await lockMine(transaction, request, number)
      if (!row) return
      if (row.answerBy === 'none') throw problem('comment-wants-none')
      const on = todayOf(installation)
      const by = request.person!.id
      await settleComment(transaction, number, { by, on, sealedReply: sealReply(installation, number, text) })
      const { title } = await titled(installation, row.service)
      const organisation = nameOfOrganisation(installation, row.organisation)
      await tellWriter(transaction, installation, row, { title, organisation, said: same(text), reply: true })
      await recordAct(transaction, request, { event: 'services.comment-answered', subject: subjectOf(number) })
    })
    return leadBack(request, reply, number)
  })

  const closing = {
    config: { access: workCase, scope: 'services:work-cases', event: 'services.comment-closed' },
    schema: {
      summary: 'Close a comment without an answer, and say why: whoever wrote it reads the reason',
      params: AtComment,
      body: CloseBody,
      response,
    },
  }
  app.post(`${officePath}/:number/close`, closing, async (request, reply) => {
    const { number } = request.params
    const { reason } = request.body
    const data = await dataOf(installation, request, number)
    if (!reason || !data.reasons.includes(reason))
      return again(request, reply, { ...data, ...asWrong('reason', words.chooseReason) })
    await sql.begin(async (transaction) => {
      const row = await lockMine(transaction, request, number)
      if (!row) return
      await settleComment(transaction, number, { by: request.person!.id, on: todayOf(installation), reason })
      const { title } = data.service
      const organisation = nameOfOrganisation(installation, row.organisation)
      await tellWriter(transaction, installation, row, { title, organisation, said: reasonNames[reason], reply: false })
      await recordAct(transaction, request, {
        event: 'services.comment-closed',
        subject: subjectOf(number),
        detail: { reason },
      })
    })
    return leadBack(request, reply, number)
  })
}

const subjectOf = (number: string) => `services/comments/${number}`
const asWrong = (field: string, text: Text, typed = '') => ({ wrong: [{ field, text }], typed })

const again = (request: FastifyRequest, reply: FastifyReply, data: OfficeOneData): FastifyReply =>
  refuse(request, reply, { code: 'comment-refused', data, view: OfficeCommentPage, values: { max: replyMax } })
