import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Problem, type Routes, sayEverywhere, type Text } from '#platform'
import { sendFile } from '../files/files.routes.ts'
import { formReceiverOf } from '../files/receiver.ts'
import { type Refused, refusals, refuse, statusOf } from '../files/refusals.ts'
import { openName, readFile } from '../files/sealed.ts'
import { answer, wrongForm } from '../forms.ts'
import { type Act, actOnce, requireOwnToAct } from './acting.ts'
import { findCase } from './cases.sql.ts'
import { ownPath } from './history.ts'
import { readOwn } from './own.ts'
import { OwnCasePage } from './own-case.page.tsx'
import { getReplyFile, reply as giveReply, keepReply, keepReplyFile, NotSent } from './replies.ts'
import { Answered, AtCase, OwnCaseData, Reference, Token } from './types.ts'

const access = 'signed-in'
/** More than may be sent, so that what is too long comes back to be shortened. */
const Typed = Type.Optional(Type.String({ maxLength: 60_000 }))
/** Lines end in two characters on their way, and count as one. */
const textOf = (typed = ''): string => typed.replaceAll('\r\n', '\n').trim()
const scope = 'services:apply'
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const AtReplyFile = Type.Object({ reference: Reference, file: Type.String({ format: 'uuid', maxLength: 36 }) })
/** The receiver refuses for now; what was typed beside the file is there already. */
const isBusy = (error: unknown): error is Problem =>
  error instanceof Problem && /^services\.(files-busy|files-of-yours)$/.test(error.code)

/** The answer of a person to a question of an officer: its text, and its files where such are asked for. */
export const replyRoutes: Routes = async (app) => {
  const { installation } = app
  const receive = formReceiverOf(app)
  // Whoever still sends after the answer is not listened to any longer.
  app.addHook('onSend', async (request, reply) => {
    if (!request.raw.complete) reply.header('connection', 'close')
    if (reply.statusCode === 503) reply.header('retry-after', 30)
  })

  /** An act that writes no event of the case. */
  const once = <Result>(request: FastifyRequest, token: string | undefined, work: (act: Act) => Promise<Result>) => {
    const by = { id: request.person!.id, organisation: request.person!.organisation ?? null, token }
    return installation.sql.begin((sql) => work({ sql, installation, request, by, at: installation.now() }))
  }

  async function wrong(
    request: FastifyRequest,
    reply: FastifyReply,
    { status, field, text, typed }: { status: number; field: NotSent['field']; text: Text; typed?: string },
  ) {
    if (request.wanted.format !== 'html') throw wrongForm(request, 'reply-incomplete', [{ field, text }])
    const { reference } = request.params as { reference: string }
    const data = await readOwn(installation, request, reference, { field, text, typed: typed ?? '' })
    return reply.code(status).page(data, OwnCasePage)
  }

  const write = {
    config: { access, scope, event: 'services.information-given' },
    schema: {
      summary: 'Answer a question of an officer, with the files that were sent for the answer before',
      params: AtCase,
      body: Type.Object({ token: Token, text: Typed }),
      response: { 200: Answered, 303: Type.Null(), 422: OwnCaseData },
    },
  }
  app.post('/services/cases/:reference/reply', write, async (request, reply) => {
    const { reference } = request.params
    const text = textOf(request.body.text)
    try {
      const done = await actOnce(installation, request, request.body.token, (act) => giveReply(act, reference, text))
      return answer(request, reply, done, ownPath(reference))
    } catch (error) {
      if (!(error instanceof NotSent)) throw error
      return wrong(request, reply, { status: 422, field: error.field, text: error.text, typed: text })
    }
  })

  const refusing = { 413: OwnCaseData, 415: OwnCaseData, 422: OwnCaseData, 429: OwnCaseData, 503: OwnCaseData }
  const writeWithFile = {
    config: { access, scope, event: 'services.information-given' },
    schema: {
      summary:
        'Write an answer with files: multipart with token, text and one file, and last act=send, act=upload or remove=<file>. Until it is sent it is kept for its person alone',
      params: AtCase,
      consumes: ['multipart/form-data'],
      response: { 200: Answered, 303: Type.Null(), ...refusing },
    },
  }
  app.post('/services/cases/:reference/reply/files', writeWithFile, async (request, reply) => {
    const { reference } = request.params
    // Before anything is received.
    requireOwnToAct(await findCase(installation.sql, reference), request)
    reply.header('cache-control', 'no-store')
    const fields = new Map<string, string>()
    const tokenOf = () => (uuid.test(fields.get('token') ?? '') ? fields.get('token') : undefined)
    let refused: Refused | undefined
    let busy: Problem | undefined
    try {
      let came = false
      refused = await receive(request, fields, (sent) => {
        came = true
        return once(request, tokenOf(), (act) => keepReplyFile(act, reference, sent))
      })
      if (!came && !refused && fields.get('act') === 'upload') refused = refuse('missing')
    } catch (error) {
      if (!isBusy(error)) throw error
      busy = error
    }
    const text = textOf(fields.get('text'))
    const remove = uuid.test(fields.get('remove') ?? '') ? fields.get('remove') : undefined
    const keep = () => once(request, undefined, (act) => keepReply(act, reference, { text, remove }))
    if (busy || refused) {
      await keep()
      const text = busy?.title ?? sayEverywhere(refusals[refused!.refusal], refused!.values ?? {})
      return wrong(request, reply, { status: busy?.status ?? statusOf(refused!.refusal), field: 'file', text })
    }
    if (fields.get('act') !== 'send') return answer(request, reply, await keep(), ownPath(reference))
    try {
      const done = await actOnce(installation, request, tokenOf(), (act) => giveReply(act, reference, text))
      return answer(request, reply, done, ownPath(reference))
    } catch (error) {
      if (!(error instanceof NotSent)) throw error
      await keep()
      return wrong(request, reply, { status: 422, field: error.field, text: error.text })
    }
  })

  const file = {
    config: { access, scope },
    schema: {
      summary: 'A file that I sent with an answer about my case, once it was released',
      params: AtReplyFile,
      produces: ['application/octet-stream'],
    },
  }
  app.get('/services/cases/:reference/files/:file', file, async (request, reply) => {
    const row = await getReplyFile(installation, request, request.params)
    return sendFile(reply, row.mediaType, openName(installation, row), await readFile(installation, row.id))
  })
}
