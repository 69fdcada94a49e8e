import type { FastifyReply, FastifyRequest } from 'fastify'
import { say, type Text, type Values, type View, withLanguage } from '#platform'
import { problem } from './problems.ts'

/** Something in a form that is to be put right: at which field, and what to do. */
export type Wrong = { readonly field: string; readonly text: Text }

/** The organisation in which an officer acts; where there is none, nothing is theirs. */
export const organisationOf = ({ person }: FastifyRequest): string => person!.organisation ?? ''

/** Leads a browser to a page of this site, in its language, after what it sent was done. */
export const leadTo = (request: FastifyRequest, reply: FastifyReply, to: string): FastifyReply =>
  reply.redirect(withLanguage(request.server.installation.pack.government, request.language, to), 303)

/** A program is answered with what came of its act; a browser is led to where that stands. */
export const answer = (request: FastifyRequest, reply: FastifyReply, done: object, to: string): FastifyReply =>
  request.wanted.format === 'html' ? leadTo(request, reply, to) : reply.send(done)

/** What is wrong in a form, field by field, to be thrown for a program (RFC 9457, §3). */
export const wrongForm = (
  { language }: FastifyRequest,
  code: Parameters<typeof problem>[0],
  wrong: readonly Wrong[],
  values: Values = {},
) =>
  problem(code, {
    values: { what: wrong.map(({ field }) => field).join(', '), ...values },
    errors: wrong.map(({ field, text }) => ({ pointer: `/${field}`, detail: say(text, language, values) })),
  })

/** Gives a browser its form again as it came, with what is to be put right; a program is told that alone. */
export function refuse<Data extends { wrong: readonly Wrong[] }>(
  request: FastifyRequest,
  reply: FastifyReply,
  { code, data, view, values }: { code: Parameters<typeof problem>[0]; data: Data; view: View<Data>; values?: Values },
): FastifyReply {
  if (request.wanted.format !== 'html') throw wrongForm(request, code, data.wrong, values)
  return reply.code(422).page(data, view)
}
