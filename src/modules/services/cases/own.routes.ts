import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Routes, texts } from '#platform'
import { answer, leadTo } from '../forms.ts'
import { problem } from '../problems.ts'
import { actOnce, isOwn, workCase } from './acting.ts'
import { findCase } from './cases.sql.ts'
import { officePath, ownPath } from './history.ts'
import { appeal } from './links.ts'
import { readOwn } from './own.ts'
import { OwnCasePage } from './own-case.page.tsx'
import { complain, withdraw } from './talk.ts'
import { Answered, AtCase, FreeText, OwnCaseData, Token } from './types.ts'

const words = texts({ empty: { en: 'Write something first.', 'zh-Hant': '請先填寫內容。' } })

const response = { 200: Answered, 303: Type.Null(), 422: OwnCaseData }
const signedIn = 'signed-in'
const WithText = Type.Object({ token: Token, text: FreeText })

/** What people read of their own cases, and what they do with them. */
export const ownRoutes: Routes = async (app) => {
  const { installation } = app

  const moved = {
    config: { access: signedIn, scope: 'services:apply' },
    schema: {
      summary: 'Where my cases were listed before: they stand among my applications',
      response: { 303: Type.Null() },
    },
  }
  app.get('/account/cases', moved, async (request, reply) => leadTo(request, reply, '/account/applications'))

  const one = {
    config: { access: signedIn, scope: 'services:apply' },
    schema: {
      summary: 'One of my cases: what happened, what happens next, and what I can do',
      params: AtCase,
      response: { 200: OwnCaseData, 303: Type.Null() },
    },
  }
  app.get('/services/cases/:reference', one, async (request, reply) => {
    const { reference } = request.params
    if (request.wanted.format === 'html' && (await isAtOffice(request, reference)))
      return leadTo(request, reply, officePath(reference))
    return reply.page(await readOwn(installation, request, reference), OwnCasePage)
  })

  /** Whether the browser of an officer asks for a case of their department: what they did there is listed in their account by its address here. */
  async function isAtOffice({ person }: FastifyRequest, reference: string): Promise<boolean> {
    if (!person!.permissions.includes(workCase)) return false
    const now = await findCase(installation.sql, reference)
    return now !== undefined && now.organisation === person!.organisation && !isOwn(now, person!)
  }

  const withdrawing = {
    config: { access: signedIn, scope: 'services:apply', event: 'services.case-withdrawn' },
    schema: {
      summary: 'Withdraw my application',
      params: AtCase,
      body: Type.Object({ token: Token }),
      response: { 200: Answered, 303: Type.Null() },
    },
  }
  app.post('/services/cases/:reference/withdrawal', withdrawing, async (request, reply) => {
    const { reference } = request.params
    const done = await actOnce(installation, request, request.body.token, (act) => withdraw(act, reference))
    return answer(request, reply, done, ownPath(reference))
  })

  const appealing = {
    config: { access: signedIn, scope: 'services:apply', event: 'services.case-appealed' },
    schema: {
      summary: 'Ask that officers who did not decide look at a decision again',
      params: AtCase,
      body: WithText,
      response,
    },
  }
  app.post('/services/cases/:reference/appeal', appealing, async (request, reply) => {
    const { reference } = request.params
    const text = request.body.text?.trim() ?? ''
    if (text === '') return empty(request, reply, 'appeal')
    const done = await actOnce(installation, request, request.body.token, (act) => appeal(act, reference, text))
    return answer(request, reply, done, ownPath(done.reference))
  })

  const complaining = {
    config: { access: signedIn, scope: 'services:apply', event: 'services.complaint-made' },
    schema: { summary: 'Complain about how my case is handled', params: AtCase, body: WithText, response },
  }
  app.post('/services/cases/:reference/complaint', complaining, async (request, reply) => {
    const { reference } = request.params
    const text = request.body.text?.trim() ?? ''
    if (text === '') return empty(request, reply, 'complain')
    const done = await actOnce(installation, request, request.body.token, (act) => complain(act, reference, text))
    return answer(request, reply, done, ownPath(reference))
  })

  async function empty(request: Parameters<typeof readOwn>[1], reply: Parameters<typeof answer>[1], field: string) {
    if (request.wanted.format !== 'html') throw problem('text-missing')
    const { reference } = request.params as { reference: string }
    const wrong = { field, text: words.empty, typed: '' }
    return reply.code(422).page(await readOwn(installation, request, reference, wrong), OwnCasePage)
  }
}
