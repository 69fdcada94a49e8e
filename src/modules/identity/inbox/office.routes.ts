import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { Problem, type Routes } from '#platform'
import { doneAt } from '../done.tsx'
import { problem } from '../problems.ts'
import { listBatches, listReceipts } from './batches.sql.ts'
import { bodyMax, organisationOf, Receipt, referenceMax, Sending, sendBatch, titleMax } from './batches.ts'
import { OfficeData, type OfficeField, OfficePage, type OfficeValues } from './office.page.tsx'
import { openContent, senderName } from './shown.ts'

const access = 'identity:send-message'
const event = 'identity.messages-sent'
const Key = Type.String({ minLength: 1, maxLength: 100 })

/** What departments send, and what became of it. */
export const officeRoutes: Routes = async (app) => {
  const { installation, sql } = app

  const send = {
    config: { access, event },
    schema: {
      summary: 'Send one message to up to 1,000 people: to all of them or to nobody, once for each Idempotency-Key',
      headers: Type.Object({ 'idempotency-key': Key }),
      body: Sending,
      response: { 201: Type.Object({ id: Type.String(), messages: Type.Array(Type.String()) }) },
    },
  }
  app.post('/messages', send, async (request, reply) => {
    const key = request.headers['idempotency-key']
    const answer = await sql.begin(async (transaction) => {
      const { id } = await sendBatch(transaction, installation, request, { key, sending: request.body })
      const receipts = await listReceipts(transaction, organisationOf(installation, request), id)
      return { id, messages: receipts.map(({ message }) => message) }
    })
    return reply.code(201).header('location', `/messages/${answer.id}`).send(answer)
  })

  const look = {
    config: { access },
    schema: {
      summary: 'What became of a sending: when each message was read, where a receipt was asked, and acknowledged',
      params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
      response: { 200: Type.Object({ receipts: Type.Array(Receipt) }) },
    },
  }
  app.get('/messages/:id', look, async (request, reply) => {
    const receipts = await listReceipts(sql, organisationOf(installation, request), request.params.id)
    if (receipts.length === 0) throw problem('batch-not-found')
    return reply.type('application/json; charset=utf-8').send({ receipts })
  })

  async function show(organisation: string, values: OfficeValues, mistakes: OfficeField[]): Promise<OfficeData> {
    const batches = await listBatches(sql, organisation)
    return {
      organisation: senderName(installation, organisation),
      mailGoes: installation.mail !== undefined,
      sent: batches.map(({ messageId, sealed, ...batch }) => ({
        ...batch,
        title: openContent(installation, { id: messageId, sealed }).title,
      })),
      values,
      mistakes,
    }
  }
  const blank = (): OfficeValues => ({
    key: randomUUID(),
    inbox: '',
    titleEn: '',
    titleHant: '',
    bodyEn: '',
    bodyHant: '',
    reference: '',
    ask: [],
  })

  const office = {
    config: { access },
    schema: { summary: 'What my department sent, and a form to send a message', response: { 200: OfficeData } },
  }
  app.get('/office/messages', office, async (request, reply) =>
    reply.page(await show(organisationOf(installation, request), blank(), []), OfficePage),
  )

  const Typed = (maxLength: number) => Type.String({ maxLength, default: '' })
  const Ask = Type.Enum(['receipt', 'acknowledgement'])
  const write = {
    config: { access, event },
    schema: {
      summary: 'Send a message to the person with this inbox code',
      body: Type.Object({
        key: Key,
        inbox: Typed(40),
        titleEn: Typed(titleMax),
        titleHant: Typed(titleMax),
        bodyEn: Typed(bodyMax),
        bodyHant: Typed(bodyMax),
        reference: Typed(referenceMax),
        ask: Type.Optional(Type.Union([Ask, Type.Array(Ask, { maxItems: 2 })])),
      }),
      response: { 303: Type.Null(), 422: OfficeData },
    },
  }
  app.post('/office/messages', write, async (request, reply) => {
    const organisation = organisationOf(installation, request)
    const values: OfficeValues = { ...request.body, ask: [request.body.ask ?? []].flat() }
    const again = async (mistakes: OfficeField[]) =>
      reply.code(422).page(await show(organisation, values, mistakes), OfficePage)
    const fields = ['inbox', 'titleEn', 'titleHant', 'bodyEn', 'bodyHant'] as const
    const empty = fields.filter((field) => !/[\p{L}\p{N}]/u.test(values[field]))
    if (empty.length > 0) return again(empty)
    const trimmed = (text: string) => text.replaceAll('\r\n', '\n').trim()
    const reference = trimmed(values.reference)
    const sending: Sending = {
      recipients: [{ inbox: values.inbox }],
      title: { en: trimmed(values.titleEn), 'zh-Hant': trimmed(values.titleHant) },
      body: { en: trimmed(values.bodyEn), 'zh-Hant': trimmed(values.bodyHant) },
      ...(reference && { reference }),
      receipt: values.ask.includes('receipt'),
      acknowledgement: values.ask.includes('acknowledgement'),
    }
    try {
      await sql.begin((transaction) => sendBatch(transaction, installation, request, { key: values.key, sending }))
    } catch (error) {
      if (error instanceof Problem && error.code === 'identity.recipient-not-found') return again(['inbox'])
      throw error
    }
    return reply.redirect(doneAt(request, '/office/messages', 'messages-sent'), 303)
  })
}
