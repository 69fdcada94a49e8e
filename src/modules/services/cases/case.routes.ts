import { Type } from 'typebox'
import type { Routes } from '#platform'
import { answer } from '../forms.ts'
import { actOnce, workCase } from './acting.ts'
import { CasePage } from './case.page.tsx'
import { assign, claim, release } from './claims.ts'
import { officePath } from './history.ts'
import { readForOffice } from './show.ts'
import { Answered, AtCase, CaseData, PersonId, Token } from './types.ts'

const response = { 200: Answered, 303: Type.Null() }

/** One case at the desk of an officer, and who works on it. */
export const caseRoutes: Routes = async (app) => {
  const { installation } = app

  const one = {
    config: { access: workCase, scope: 'services:read-cases' },
    schema: {
      summary: 'A case of my department: its answers, its history, and what I can do now',
      params: AtCase,
      response: { 200: CaseData },
    },
  }
  app.get('/office/services/cases/:reference', one, async (request, reply) =>
    reply.page(await readForOffice(installation, request, request.params.reference), CasePage),
  )

  const take = {
    config: { access: workCase, scope: 'services:work-cases', event: 'services.case-claimed' },
    schema: { summary: 'Take a case', params: AtCase, body: Type.Object({ token: Token }), response },
  }
  app.post('/office/services/cases/:reference/claim', take, async (request, reply) => {
    const { reference } = request.params
    const done = await actOnce(installation, request, request.body.token, (act) => claim(act, reference))
    return answer(request, reply, done, officePath(reference))
  })

  const giveBack = {
    config: { access: workCase, scope: 'services:work-cases', event: 'services.case-released' },
    schema: {
      summary: 'Give a case back to the queue',
      params: AtCase,
      body: Type.Object({ token: Token }),
      response,
    },
  }
  app.post('/office/services/cases/:reference/release', giveBack, async (request, reply) => {
    const { reference } = request.params
    const done = await actOnce(installation, request, request.body.token, (act) => release(act, reference))
    return answer(request, reply, done, officePath(reference))
  })

  const hand = {
    config: { access: workCase, scope: 'services:work-cases', event: 'services.case-assigned' },
    schema: {
      summary: 'Hand a case to another officer of my department',
      params: AtCase,
      body: Type.Object({ token: Token, to: PersonId }),
      response,
    },
  }
  app.post('/office/services/cases/:reference/assign', hand, async (request, reply) => {
    const { reference } = request.params
    const { token, to } = request.body
    const done = await actOnce(installation, request, token, (act) => assign(act, reference, to))
    return answer(request, reply, done, officePath(reference))
  })
}
