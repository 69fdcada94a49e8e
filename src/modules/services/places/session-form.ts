import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Installation } from '#platform'
import { typedOf } from '../applying/pages.routes.ts'
import type { Mistake } from '../applying/read.rules.ts'
import { askedOf } from '../applying/show.ts'
import { FormBody } from '../applying/types.ts'
import type { Question } from '../definitions/form.ts'
import { wrongForm } from '../forms.ts'
import { SessionFormPage } from './session-form.page.tsx'
import type { SessionFormData } from './types.ts'

const token = Type.String({ format: 'uuid', maxLength: 36 })
export const SessionBody = Type.Intersect([FormBody, Type.Object({ token: Type.Optional(token) })])

/** The form of a session with what was typed, and what is wrong with it. */
export function formOf(
  installation: Pick<Installation, 'pack'>,
  session: string | null,
  typed: Record<string, string | string[]>,
  { questions, mistakes = [], id }: { questions: readonly Question[]; mistakes?: Mistake[]; id: string },
): SessionFormData {
  const filled = { typed: typedOf(questions, typed), files: {} }
  const asked = askedOf(questions, filled, {}, installation)
  return { session, token: id, asked, mistakes, currency: installation.pack.government.currency.code }
}

/** The form as it came, with what is to be put right; for a program, that alone. */
export function refuseSession(request: FastifyRequest, reply: FastifyReply, data: SessionFormData): FastifyReply {
  const { mistakes } = data
  if (request.wanted.format !== 'html')
    throw wrongForm(
      request,
      'session-refused',
      mistakes.map(({ control, text }) => ({ field: control, text })),
    )
  return reply.code(422).page(data, SessionFormPage)
}
