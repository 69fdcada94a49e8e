import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Installation, say } from '#platform'
import { typedOf } from '../applying/pages.routes.ts'
import type { Mistake } from '../applying/read.rules.ts'
import { askedOf } from '../applying/show.ts'
import { FormBody } from '../applying/types.ts'
import type { Question } from '../definitions/form.ts'
import { problem } from '../problems.ts'
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
export function refuse(request: FastifyRequest, reply: FastifyReply, data: SessionFormData): FastifyReply {
  const { mistakes } = data
  if (request.wanted.format !== 'html')
    throw problem('session-refused', {
      values: { what: mistakes.map(({ control }) => control).join(', ') },
      errors: mistakes.map(({ control, text }) => ({ pointer: `/${control}`, detail: say(text, request.language) })),
    })
  return reply.code(422).page(data, SessionFormPage)
}
