import type { FastifyRequest } from 'fastify'
import type { Installation, Text } from '#platform'
import { catalogueOf, titleOf } from '../catalogue/catalogue.ts'
import { problem } from '../problems.ts'
import { type Comment, findComment } from './comments.sql.ts'
import { replyOf, textOf } from './comments.ts'
import { type OfficeOneData, reasons } from './types.ts'

export const officePath = '/office/services/comments'

/** A service as it is called now. */
export const titled = async (installation: Installation, id: string): Promise<{ id: string; title: Text }> => ({
  id,
  title: titleOf(await catalogueOf(installation).list(), id),
})

/** A comment on a service of the officer’s department. One’s own is answered by somebody else. */
export function requireOurs(row: Comment | undefined, { person }: FastifyRequest): Comment {
  if (!row || person!.organisation === undefined || row.organisation !== person!.organisation)
    throw problem('comment-not-found')
  if (row.personId === person!.id) throw problem('comment-is-own')
  return row
}

type Typed = Partial<Pick<OfficeOneData, 'typed' | 'wrong'>>

/** A comment as an officer reads it; `more` is what came with a form that is not right yet. */
export async function dataOf(
  installation: Installation,
  request: FastifyRequest,
  number: string,
  more: Typed = {},
): Promise<OfficeOneData> {
  const row = requireOurs(await findComment(installation.sql, number), request)
  const { service, answerBy, state, sentOn, dueOn, settledOn, reason, takenBy } = row
  return {
    ...{ number, service: await titled(installation, service), answer: answerBy, state, sentOn, dueOn, settledOn },
    ...{ reason, text: textOf(installation, row), reply: replyOf(installation, row) },
    taken: takenBy === null ? 'nobody' : takenBy === request.person!.id ? 'me' : 'other',
    // What wants no answer is noted; of what wants one that is no reason.
    reasons: reasons.filter((each) => (each === 'noted') === (answerBy === 'none')),
    ...{ typed: '', wrong: [], ...more },
  }
}
