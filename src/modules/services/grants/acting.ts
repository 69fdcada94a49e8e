import type { FastifyReply, FastifyRequest } from 'fastify'
import { requireMayAct } from '#identity'
import { type Installation, recordAct, type Sql } from '#platform'
import { requireOffice, requireOwnToAct } from '../cases/acting.ts'
import { lockCase } from '../cases/cases.sql.ts'
import { answer, wrongForm } from '../forms.ts'
import { GrantPage } from './grant.page.tsx'
import { type GivenForm, grantPath, officeGrantPath, readGrant, tellGrant, type WholeGrant } from './read.ts'
import type { GrantData } from './types.ts'

/** One act on a grant, in a transaction of its own in which nobody else changes it. */
export type GrantAct = {
  sql: Sql
  installation: Installation
  whole: WholeGrant
  at: Date
  /** Who acts: the person, or an officer. */
  by: string
  /** Refuses whoever may act for a company up to less than this. */
  within: (cents: number) => void
  record: (event: string, detail?: Record<string, string | number | null>) => Promise<unknown>
}

export type At = { reference: string; as: GrantData['as'] }

/** Refuses an act by what was typed: it ends the transaction, and brings the form back. */
export class Wrong extends Error {
  readonly wrong: GrantData['wrong']
  constructor(wrong: GrantData['wrong']) {
    super('The form is not answered in full')
    this.wrong = wrong
  }
}

/** Does an act on the grant of a case, as its person or as an officer of its department. */
export const actOnGrant = (
  installation: Installation,
  request: FastifyRequest,
  { reference, as }: At,
  work: (act: GrantAct) => Promise<void>,
): Promise<void> =>
  installation.sql.begin(async (sql) => {
    const person = request.person!
    const locked = await lockCase(sql, reference)
    const now = as === 'office' ? await requireOffice(sql, locked, person) : requireOwnToAct(locked, request)
    const whole = await readGrant(sql, installation, now, { lock: true })
    const record: GrantAct['record'] = (event, detail = {}) =>
      recordAct(sql, request, { event, subject: `services/cases/${reference}`, detail })
    const within: GrantAct['within'] = (cents) => requireMayAct(request, { service: now.service, cents })
    await work({ sql, installation, whole, at: installation.now(), by: person.id, record, within })
  }) as Promise<void>

/** Answers an act: a browser is led to the page of the grant, or given it again with what is to be put right. */
export async function answerAct(
  request: FastifyRequest,
  reply: FastifyReply,
  at: At,
  { form, typed, work }: { form: string; typed: GivenForm['typed']; work: () => Promise<void> },
): Promise<FastifyReply> {
  const { installation } = request.server
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Wrong)) throw error
    const { wrong } = error
    if (request.wanted.format !== 'html') throw wrongForm(request, 'grant-incomplete', wrong)
    return reply.code(422).page(await tellGrant(installation, request, at, { form, typed, wrong }), GrantPage)
  }
  const { reference, as } = at
  return answer(request, reply, { reference }, (as === 'office' ? officeGrantPath : grantPath)(reference))
}
