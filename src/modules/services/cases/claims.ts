import { listHolders, listPrincipals } from '#identity'
import type { Sql } from '#platform'
import { problem } from '../problems.ts'
import { getVersion } from '../versions/versions.ts'
import {
  type Act,
  type Cause,
  type Done,
  decideCase,
  listBarred,
  listCompetitors,
  listMembers,
  lockForOffice,
  queuesOf,
  record,
  requireMayDecide,
  requireOpen,
  workCase,
} from './acting.ts'
import { lockNext } from './cases.sql.ts'
import type { Case } from './events.ts'
import { append, type NewEvent } from './write.ts'

const write = (act: Act, before: Case, event: NewEvent) =>
  append(act.sql, act.installation, { before, reference: before.reference, by: act.by, at: act.at }, [event])

/** Gives an officer the free case of their department that is due first. */
export async function claimNext(act: Act, service: string | null): Promise<Done> {
  const person = act.request.person!
  if (person.organisation === undefined) throw problem('case-none-free')
  const of = { organisation: person.organisation, officer: person.id, service }
  const firsts = await Promise.all(queuesOf(person).map((queue) => lockNextOfOthers(act.sql, { ...of, queue })))
  const far = '9'
  const [next] = firsts
    .filter((first) => first !== undefined)
    .sort((one, other) => ((one.dueAt ?? far) < (other.dueAt ?? far) ? -1 : 1))
  if (!next) throw problem('case-none-free')
  // Asked at once: a turn to the database costs more than what is asked.
  const [, done] = await Promise.all([
    record(act, 'services.case-claimed', next.reference),
    write(act, next, { kind: 'claimed', data: {} }),
  ])
  return done
}

/** The free case that is due first, and neither the officer’s own nor that of somebody for whom, or a company for which, they act, nor what competes with such a one. */
async function lockNextOfOthers(
  sql: Sql,
  of: Omit<Parameters<typeof lockNext>[1], 'notFor' | 'notOf' | 'notAmong'>,
): Promise<Case | undefined> {
  const notFor: string[] = []
  const notAmong: string[] = []
  const [first, mandates] = await Promise.all([
    lockNext(sql, { ...of, notFor, notOf: [], notAmong }),
    listPrincipals(sql, [of.officer]),
  ])
  const notOf = mandates.map(({ principalId }) => principalId)
  let next = first
  for (let tried = 0; next && tried < companiesMax; tried++) {
    const isMandated = next.forOrganisation === null && next.personId !== null && notOf.includes(next.personId)
    const isOthers = !isMandated && (await listMembers(sql, next, [of.officer])).length === 0
    if (isOthers && !(await competes(sql, next, of.officer))) return next
    if (isOthers) notAmong.push(next.service)
    else if (next.forOrganisation !== null) notFor.push(next.forOrganisation)
    next = await lockNext(sql, { ...of, notFor, notOf, notAmong })
  }
  return undefined
}

/** Whether an officer has an entry of their own in the competition of a case. Of what is none nothing is asked, as most cases are given so. */
async function competes(sql: Sql, next: Case, officer: string): Promise<boolean> {
  const { service } = await getVersion(sql, next.version)
  return service.apply?.rounds !== undefined && (await listCompetitors(sql, next, [officer])).length > 0
}

/** Companies of one officer; whoever has a role in more is given cases by hand. */
const companiesMax = 50

/** Gives an officer this case, where nobody has it. */
export async function claim(act: Act, reference: string): Promise<Done> {
  const person = act.request.person!
  const now = await lockForOffice(act, reference)
  requireOpen(now)
  requireMayDecide(now, person)
  if (!queuesOf(person).includes(now.queue)) throw problem('case-not-for-role')
  if (now.claimedBy !== null) throw problem('case-taken')
  await record(act, 'services.case-claimed', reference)
  return write(act, now, { kind: 'claimed', data: {} })
}

/** Gives a case back to the queue. A decider may also free one that another officer has. */
export async function release(act: Act, reference: string): Promise<Done> {
  const person = act.request.person!
  const now = await lockForOffice(act, reference)
  if (now.claimedBy === null) throw problem('case-not-claimed')
  if (now.claimedBy !== person.id && !person.permissions.includes(decideCase)) throw problem('case-taken')
  await record(act, 'services.case-released', reference)
  return write(act, now, { kind: 'released', data: {} })
}

/** The officers of a department to whom a case may be given. */
export async function listOfficers({ sql }: Pick<Cause, 'sql'>, now: Case): Promise<string[]> {
  const permission = now.queue === 'decide' ? decideCase : workCase
  const holders = await listHolders(sql, permission, now.organisation)
  const barred = await listBarred(sql, now, holders)
  return holders.filter((id) => !barred.includes(id) && !now.excluded.includes(id))
}

/** Hands a case to another officer of the department: by whoever has it, or by a decider. */
export async function assign(act: Act, reference: string, to: string): Promise<Done> {
  const person = act.request.person!
  const now = await lockForOffice(act, reference)
  requireOpen(now)
  if (now.claimedBy !== person.id && !person.permissions.includes(decideCase))
    throw problem(now.claimedBy === null ? 'case-not-claimed' : 'case-taken')
  if (!(await listOfficers(act, now)).includes(to)) throw problem('officer-not-found')
  await record(act, 'services.case-assigned', reference, { to })
  return write(act, now, { kind: 'assigned', data: { to } })
}
