import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { problem } from '../problems.ts'
import type { Visit } from './counter.sql.ts'
import type { VisitData } from './office.page.tsx'
import type { Proofing } from './policy.ts'

export const counterPath = '/office/identity/counter'

// An officer whom nobody has compared with a register vouches for nobody.
export const atCounter = { access: 'identity:prove-at-counter', level: 2 } as const
export const VisitParams = Type.Object({ id: Type.String({ format: 'uuid' }) })

/** The visit, unless it ended or is the officer’s own. */
export function own(visit: Visit | undefined, request: FastifyRequest): Visit {
  if (!visit) throw problem('visit-ended')
  if (visit.personId === request.person!.id) throw problem('own-proof')
  return visit
}

export const nothingTyped: VisitData['values'] = {
  kind: '',
  number: '',
  family: '',
  given: '',
  year: '',
  month: '',
  day: '',
  looked: [],
}

/** What the page of a visit shows. */
export const visitData = (
  { documents }: Proofing,
  visit: Visit,
  values: VisitData['values'],
  mistakes: VisitData['mistakes'],
  held: readonly string[] = [],
): VisitData => ({
  id: visit.id,
  name: visit.personName,
  kinds: documents.map(({ kind, name }) => ({ kind, name })),
  values,
  mistakes,
  held: [...held],
})
