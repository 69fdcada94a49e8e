import { type TProperties, Type } from 'typebox'
import type { Routes } from '#platform'
import { answer, wrongForm } from '../forms.ts'
import { actOnce, workCase } from './acting.ts'
import { DecisionPage } from './decision.page.tsx'
import { readDecision } from './decisions.ts'
import { officePath } from './history.ts'
import { StepPage } from './step.page.tsx'
import { readStepAnswers, readStepForm } from './step-form.ts'
import { takeStep } from './steps.ts'
import { Answered, AtNumber, DecisionData, EventNumber, PackWord, Reference, StepData, Token } from './types.ts'

const AtStep = Type.Object({ reference: Reference, step: PackWord })
const Reasons = Type.Optional(Type.Union([PackWord, Type.Literal(''), Type.Array(PackWord, { maxItems: 50 })]))
const typedMax = 10_000

/** What officers type for questions goes as `answer.<id>`, or a day in three, as `answer.<id>-year`. */
export const typedBody = <Fields extends TProperties>(fields: Fields) =>
  Type.Intersect([
    Type.Object(fields),
    Type.Record(
      Type.String({ maxLength: 80 }),
      Type.Union([Type.String({ maxLength: typedMax }), Type.Array(Type.String({ maxLength: 60 }), { maxItems: 300 })]),
      { maxProperties: 100 },
    ),
  ])
const StepBody = typedBody({ token: Token, seen: EventNumber, reasons: Reasons })

/** How a case is moved and decided, and how a decision is explained. */
export const stepRoutes: Routes = async (app) => {
  const { installation } = app

  const form = {
    config: { access: workCase, scope: 'services:read-cases' },
    schema: { summary: 'The form of a step of a case', params: AtStep, response: { 200: StepData } },
  }
  app.get('/office/services/cases/:reference/steps/:step', form, async (request, reply) =>
    reply.page(await readStepForm(installation, request, request.params), StepPage),
  )

  const take = {
    config: {
      access: workCase,
      scope: 'services:work-cases',
      event: ['services.step-taken', 'services.step-proposed', 'ledger.step-proposed'],
    },
    schema: {
      summary: 'Take a step of a case, or propose it where another officer must approve',
      params: AtStep,
      body: StepBody,
      response: { 200: Answered, 303: Type.Null(), 422: StepData },
    },
  }
  app.post('/office/services/cases/:reference/steps/:step', take, async (request, reply) => {
    const { params, body } = request
    const { token } = body
    // The shape of the answers, through which it goes as well, has made a text of it.
    const seen = Number(body.seen)
    const reasons = [body.reasons ?? []].flat().filter((each) => each !== '')
    const given = { typed: body, reasons, token }
    const done = await actOnce(installation, request, token, async (act) => {
      const read = await readStepAnswers(act, params, given)
      if (read.wrong.length > 0) throw new Incomplete(read.wrong)
      return takeStep(act, params.reference, { step: params.step, seen, reasons: read.reasons, noted: read.answers })
    }).catch((error: unknown) => {
      if (error instanceof Incomplete) return error
      throw error
    })
    if (!(done instanceof Incomplete)) return answer(request, reply, done, officePath(params.reference))
    const { wrong } = done
    if (request.wanted.format !== 'html') throw wrongForm(request, 'step-incomplete', wrong)
    return reply.code(422).page(await readStepForm(installation, request, params, { ...given, wrong }), StepPage)
  })

  const decision = {
    config: { access: workCase, scope: 'services:read-cases' },
    schema: {
      summary: 'A decision: on what it rests, by which version, and whether it comes to the same again',
      params: AtNumber,
      response: { 200: DecisionData },
    },
  }
  app.get('/office/services/cases/:reference/decisions/:number', decision, async (request, reply) =>
    reply.page(await readDecision(installation, request, request.params), DecisionPage),
  )
}

/** What an officer has to put right: it ends the transaction of the act, and brings the form back. */
class Incomplete extends Error {
  readonly wrong: StepData['wrong']
  constructor(wrong: StepData['wrong']) {
    super('The step is not answered in full')
    this.wrong = wrong
  }
}
