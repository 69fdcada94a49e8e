import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Installation, type Routes, texts } from '#platform'
import { answer } from '../forms.ts'
import { problem } from '../problems.ts'
import { actOnce, decideCase, workCase } from './acting.ts'
import { CasePage } from './case.page.tsx'
import { officePath } from './history.ts'
import { merge, undoMerge } from './links.ts'
import { readForOffice } from './show.ts'
import { answerProposal } from './steps.ts'
import { answerComplaint, askInformation, note } from './talk.ts'
import { Answered, AtCase, AtNumber, CaseData, EventNumber, FreeText, Token } from './types.ts'

const words = texts({ empty: { en: 'Write something first.', 'zh-Hant': '請先填寫內容。' } })

const response = { 200: Answered, 303: Type.Null(), 422: CaseData }

/** What an officer writes on a case, and asks its person; and joining it with another. */
export const talkRoutes: Routes = async (app) => {
  const { installation } = app

  const write = {
    config: { access: workCase, scope: 'services:work-cases', event: 'services.case-noted' },
    schema: {
      summary: 'Write a note on a case, which only officers read',
      params: AtCase,
      body: Type.Object({ token: Token, text: FreeText }),
      response,
    },
  }
  app.post('/office/services/cases/:reference/notes', write, async (request, reply) => {
    const { reference } = request.params
    const text = request.body.text?.trim() ?? ''
    if (text === '') return empty(installation, request, reply, 'note')
    const done = await actOnce(installation, request, request.body.token, (act) => note(act, reference, text))
    return answer(request, reply, done, officePath(reference))
  })

  const ask = {
    config: { access: workCase, scope: 'services:work-cases', event: 'services.information-asked' },
    schema: {
      summary: 'Ask the person something, and for files if wanted; the clock stands until they answer',
      params: AtCase,
      body: Type.Object({
        token: Token,
        seen: EventNumber,
        text: FreeText,
        files: Type.Optional(Type.Enum(['yes', ''])),
      }),
      response,
    },
  }
  app.post('/office/services/cases/:reference/questions', ask, async (request, reply) => {
    const { reference } = request.params
    const { token, seen } = request.body
    const text = request.body.text?.trim() ?? ''
    if (text === '') return empty(installation, request, reply, 'ask')
    const files = request.body.files === 'yes'
    const done = await actOnce(installation, request, token, (act) =>
      askInformation(act, reference, { text, seen, files }),
    )
    return answer(request, reply, done, officePath(reference))
  })

  const join = {
    config: { access: workCase, scope: 'services:work-cases', event: ['services.case-merged', 'ledger.step-proposed'] },
    schema: {
      summary: 'Join a case with another of the same service that is about the same',
      params: AtCase,
      body: Type.Object({ token: Token, seen: EventNumber, into: Type.Optional(Type.String({ maxLength: 40 })) }),
      response,
    },
  }
  app.post('/office/services/cases/:reference/merge', join, async (request, reply) => {
    const { reference } = request.params
    const { token, seen } = request.body
    const into = request.body.into?.trim().toUpperCase() ?? ''
    if (into === '') return empty(installation, request, reply, 'merge')
    const done = await actOnce(installation, request, token, (act) => merge(act, reference, { into, seen }))
    return answer(request, reply, done, officePath(reference))
  })

  const part = {
    config: {
      access: workCase,
      scope: 'services:work-cases',
      event: ['services.merge-undone', 'ledger.step-proposed'],
    },
    schema: {
      summary: 'Part a case from the one that it was joined with',
      params: AtCase,
      body: Type.Object({ token: Token, seen: EventNumber }),
      response,
    },
  }
  app.post('/office/services/cases/:reference/parting', part, async (request, reply) => {
    const { reference } = request.params
    const { token, seen } = request.body
    const done = await actOnce(installation, request, token, (act) => undoMerge(act, reference, { seen }))
    return answer(request, reply, done, officePath(reference))
  })
}

/** What an officer who decides does with what others propose, and with complaints. */
export const decidingRoutes: Routes = async (app) => {
  const { installation } = app

  const approve = {
    config: {
      access: decideCase,
      scope: 'services:work-cases',
      event: ['services.step-taken', 'services.step-sent-back', 'services.grant-agreed', 'ledger.step-proposed'],
    },
    schema: {
      summary: 'Approve a step that another officer proposed, or send it back',
      params: AtNumber,
      body: Type.Object({
        ...{ token: Token, seen: EventNumber, text: FreeText },
        answer: Type.Enum(['approved', 'sent-back']),
      }),
      response,
    },
  }
  app.post('/office/services/cases/:reference/proposals/:number', approve, async (request, reply) => {
    const { reference, number } = request.params
    const { token, seen } = request.body
    const text = request.body.text?.trim() ?? ''
    if (request.body.answer === 'sent-back' && text === '') return empty(installation, request, reply, 'sent-back')
    const asked = { proposal: number, seen, answer: request.body.answer, text }
    const done = await actOnce(installation, request, token, (act) => answerProposal(act, reference, asked))
    return answer(request, reply, done, officePath(reference))
  })

  const settle = {
    config: { access: decideCase, scope: 'services:work-cases', event: 'services.complaint-answered' },
    schema: {
      summary: 'Answer a complaint of the person',
      params: AtCase,
      body: Type.Object({ token: Token, text: FreeText }),
      response,
    },
  }
  app.post('/office/services/cases/:reference/complaint', settle, async (request, reply) => {
    const { reference } = request.params
    const text = request.body.text?.trim() ?? ''
    if (text === '') return empty(installation, request, reply, 'complaint')
    const done = await actOnce(installation, request, request.body.token, (act) =>
      answerComplaint(act, reference, text),
    )
    return answer(request, reply, done, officePath(reference))
  })
}

/** The page again, with what is missing; for a program, why it was refused. */
async function empty(
  installation: Installation,
  request: FastifyRequest,
  reply: FastifyReply,
  field: string,
): Promise<FastifyReply> {
  if (request.wanted.format !== 'html') throw problem('text-missing')
  const { reference } = request.params as { reference: string }
  const wrong = { field, text: words.empty, typed: '' }
  return reply.code(422).page(await readForOffice(installation, request, reference, wrong), CasePage)
}
