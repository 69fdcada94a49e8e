import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Installation, Routes } from '#platform'
import { textOrDash } from '../applying/answers.rules.ts'
import { answer, refuse } from '../forms.ts'
import { problem } from '../problems.ts'
import { actOnce, requireClaimed, requireOffice, requireOpen, workCase } from './acting.ts'
import { findCase } from './cases.sql.ts'
import { CorrectionPage } from './correction.page.tsx'
import { correctableOf, typedOf } from './corrections.rules.ts'
import { correctAnswers, Uncorrected } from './corrections.ts'
import { officePath } from './history.ts'
import { caseLines } from './show.ts'
import { fieldOf } from './step-form.ts'
import { typedBody } from './steps.routes.ts'
import type { Typed } from './typed.rules.ts'
import { Answered, CorrectionData, EventNumber, FreeText, Reference, Token } from './types.ts'
import { readWhole } from './write.ts'

type At = { reference: string; question: string }
type Given = Pick<CorrectionData, 'reason' | 'wrong'> & { typed: Typed; token: string | undefined }

/** An officer corrects an answer of a case that they have. */
export const correctionRoutes: Routes = async (app) => {
  const { installation } = app
  const params = Type.Object({
    reference: Reference,
    question: Type.String({ pattern: '^[a-z][a-z0-9_]*$', maxLength: 60 }),
  })

  const form = {
    config: { access: workCase, scope: 'services:read-cases' },
    schema: {
      summary: 'The form by which an answer of a case is corrected',
      params,
      response: { 200: CorrectionData },
    },
  }
  app.get('/office/services/cases/:reference/corrections/:question', form, async (request, reply) =>
    reply.page(await readCorrection(installation, request, request.params), CorrectionPage),
  )

  const change = {
    config: { access: workCase, scope: 'services:work-cases', event: 'services.case-corrected' },
    schema: {
      summary: 'Correct an answer of a case; what was sent is kept, and the person is told',
      params,
      body: typedBody({ token: Token, seen: EventNumber, reason: FreeText }),
      response: { 200: Answered, 303: Type.Null(), 422: CorrectionData },
    },
  }
  app.post('/office/services/cases/:reference/corrections/:question', change, async (request, reply) => {
    const { params, body } = request
    const { token, seen } = body
    const reason = body.reason?.trim() ?? ''
    const typed = Object.fromEntries(
      Object.entries(body).flatMap(([name, value]) =>
        name.startsWith('answer.') ? [[name.slice('answer.'.length), value as string | string[]]] : [],
      ),
    )
    const done = await actOnce(installation, request, token, (act) =>
      // The shape of the answers, through which it goes as well, has made a text of it.
      correctAnswers(act, params.reference, { questions: [params.question], typed, reason, seen: Number(seen) }),
    ).catch((error: unknown) => {
      if (error instanceof Uncorrected) return error
      throw error
    })
    if (!(done instanceof Uncorrected)) return answer(request, reply, done, officePath(params.reference))
    const wrong = [
      ...done.mistakes.map(({ control, text }) => ({ field: `answer.${control}`, text })),
      ...(done.reason ? [{ field: 'reason', text: done.reason }] : []),
    ]
    const data = await readCorrection(installation, request, params, { typed: body, reason, token, wrong })
    return refuse(request, reply, { code: 'step-incomplete', data, view: CorrectionPage })
  })
}

async function readCorrection(
  installation: Installation,
  request: FastifyRequest,
  { reference, question: name }: At,
  given?: Given,
): Promise<CorrectionData> {
  const { sql } = installation
  const person = request.person!
  const now = await requireOffice(sql, await findCase(sql, reference), person)
  requireOpen(now)
  requireClaimed(now, person)
  const { compiledAt, known } = await readWhole(sql, installation, now)
  const question = correctableOf(compiledAt(1), known).find(({ id }) => id === name)
  if (!question) throw problem('answer-not-corrected')
  const [line] = await caseLines(sql, installation, { person, language: request.language }, [now])
  const asNow = Object.entries(typedOf(question, known.answers[name])).map(([control, value]) => [
    `answer.${control}`,
    value,
  ])
  return {
    ...{ line: line!, number: now.number, question: name },
    field: fieldOf(question, given?.typed ?? Object.fromEntries(asNow)),
    now: textOrDash(question, known.answers[name], installation.pack.government.currency.code),
    ...{ reason: given?.reason ?? '', token: given?.token ?? randomUUID(), wrong: given?.wrong ?? [] },
  }
}
