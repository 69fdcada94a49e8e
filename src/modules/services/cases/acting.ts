import type { FastifyRequest } from 'fastify'
import type { TransactionSql } from 'postgres'
import { listMemberships, listPrincipals, mayAct, requireMayAct } from '#identity'
import { type Installation, type Person, recordAct, type Sql } from '#platform'
import { problem } from '../problems.ts'
import { listRivals } from '../rounds/rounds.sql.ts'
import { getVersion } from '../versions/versions.ts'
import { findByToken, listApplicants, lockCase } from './cases.sql.ts'
import type { Case, Queue } from './events.ts'
import type { By } from './write.ts'

/** What came of an act: the case, and the number of its last event, which whoever acts next must have seen. */
export type Done = { reference: string; number: number }

/** One act of a request, in a transaction of its own. */
export type Act = Omit<Cause, 'sql' | 'request'> & { sql: TransactionSql<{ bigint: number }>; request: FastifyRequest }

/** An act, or what the system does by itself, which no request caused. */
export type Cause = { sql: Sql; installation: Installation; request?: FastifyRequest; by: By; at: Date }

export const workCase = 'services:work-case'
export const decideCase = 'services:decide-case'

/**
 * Does an act once, however often its form is sent. The token of a form is unique among events: a form that is sent again waits for
 * the first, is undone, and is answered as the first was. So nothing is asked of a form that is sent once. A token that another
 * person used is refused, so that nobody learns by it what they did.
 */
export async function actOnce(
  installation: Installation,
  request: FastifyRequest,
  token: string | undefined,
  work: (act: Act) => Promise<Done>,
): Promise<Done> {
  const person = request.person!
  const by = { id: person.id, organisation: person.organisation ?? null, token }
  try {
    return await installation.sql.begin((sql) => work({ sql, installation, request, by, at: installation.now() }))
  } catch (error) {
    const before = token && (await findByToken(installation.sql, token))
    if (!before) throw error
    if (before.by !== person.id) throw problem('case-changed')
    return { reference: before.reference, number: before.number }
  }
}

/** Writes the act into the audit trail, about its case. */
export const record = (
  { sql, request }: Cause,
  event: string,
  reference: string,
  detail: Record<string, string | number | boolean | null> = {},
) => recordAct(sql, request ?? 'system', { event, subject: `services/cases/${reference}`, detail })

/**
 * A case of the officer’s department. One of another department is not found, as its reference would tell that it exists; one’s
 * own case is worked by somebody else, and so is one of which one answered a part, that of somebody for whom
 * one acts, or of a company in which one has a role. Nor does anybody see an entry that competes with such a one, or who judges it.
 */
export async function requireOffice(sql: Sql, now: Case | undefined, person: Person): Promise<Case> {
  if (!now || person.organisation === undefined || now.organisation !== person.organisation)
    throw problem('case-not-found')
  const [owners, competitors] = await Promise.all([
    listOwners(sql, now, [person.id]),
    listCompetitors(sql, now, [person.id]),
  ])
  if (owners.length > 0) throw problem('case-is-own')
  if (competitors.length > 0) throw problem('case-competes')
  return now
}

/** `memberOf` is the organisation in whose name a case was sent, where nothing but a role in it makes the case one’s own. */
type Owner = { reference: string; person: string; memberOf: string | null }

/**
 * Of some people those whose own some cases are: who sent it or answered a part of it, who acts by a mandate for one of these, and, as
 * `memberOf`, whoever has a role now in the organisation in whose name it was sent, also where a colleague sent it.
 */
export async function listOwnersOf(
  sql: Sql,
  references: readonly string[],
  people: readonly string[],
): Promise<Owner[]> {
  const applicants = await listApplicants(sql, references)
  const organisations = new Set(applicants.flatMap(({ organisation }) => organisation ?? []))
  const [members, mandates] = await Promise.all([
    organisations.size === 0 ? [] : listMemberships(sql, [...organisations], people),
    listPrincipals(sql, people),
  ])
  const actsFor = new Set([
    ...members.map(({ organisation, personId }) => `${organisation} ${personId}`),
    ...mandates.map(({ principalId, agentId }) => `${principalId} ${agentId}`),
  ])
  return applicants.flatMap(({ reference, people: applied, organisation }) =>
    people.flatMap((person) => {
      if (applied.includes(person)) return { reference, person, memberOf: null }
      // A mandate is of a person: it covers nothing of what they sent for a company.
      const isOwn = (organisation === null ? applied : [organisation]).some((each) => actsFor.has(`${each} ${person}`))
      return isOwn ? { reference, person, memberOf: organisation } : []
    }),
  )
}

/** Those who do not work in `organisation` on some cases. What a department sends to itself is worked by its own officers, as there are no others. */
export async function listOwnersIn(
  sql: Sql,
  organisation: string,
  references: readonly string[],
  people: readonly string[],
): Promise<string[]> {
  const owners = await listOwnersOf(sql, references, people)
  return owners.flatMap(({ person, memberOf }) => (memberOf === organisation ? [] : person))
}

/** Those of one case. */
export const listOwners = (sql: Sql, { reference, organisation }: Case, people: readonly string[]): Promise<string[]> =>
  listOwnersIn(sql, organisation, [reference], people)

/** Of some people those who have an entry of their own in the competition of a case. */
export async function listCompetitors(sql: Sql, now: Case, people: readonly string[]): Promise<string[]> {
  const { service } = await getVersion(sql, now.version)
  const rivals = await listRivals(sql, now, service.apply?.rounds !== undefined)
  if (rivals.length === 0) return []
  const references = rivals.map(({ reference }) => reference)
  return listOwnersIn(sql, now.organisation, references, people)
}

/** Of some people those who have no say in a case: it is their own, or competes with what is. */
export async function listBarred(sql: Sql, now: Case, people: readonly string[]): Promise<string[]> {
  const both = await Promise.all([listOwners(sql, now, people), listCompetitors(sql, now, people)])
  return both.flat()
}

/** Of some people those who have a role now in the company that applies. */
export const listMembers = async (
  sql: Sql,
  { forOrganisation, organisation }: Case,
  people: readonly string[],
): Promise<readonly { personId: string }[]> =>
  forOrganisation === null || forOrganisation === organisation ? [] : listMemberships(sql, [forOrganisation], people)

/** A case of the officer’s department, until the act is done. */
export const lockForOffice = async ({ sql, request }: Act, reference: string): Promise<Case> =>
  requireOffice(sql, await lockCase(sql, reference), request.person!)

/** Whether a case is that of somebody in the name in which they act now: their own, or that of the organisation for which they act. */
export const isOwn = ({ personId, forOrganisation }: Case, { id, organisation, onBehalfOf }: Person): boolean =>
  !onBehalfOf && forOrganisation === (organisation ?? null) && (forOrganisation !== null || personId === id)

/** A case of the person who asks, or of the company for which they act, and of nobody else in whose name they act. */
export function requireOwn(now: Case | undefined, person: Person): Case {
  if (!now || !isOwn(now, person)) throw problem('case-not-found')
  return now
}

/** A case of whoever reads it: their own, or one of the department for which they work on cases. */
export async function requireReader(sql: Sql, now: Case | undefined, request: FastifyRequest): Promise<Case> {
  const person = request.person!
  const isOfficer = [workCase, decideCase].some((each) => person.permissions.includes(each))
  return (now && isOwn(now, person)) || !isOfficer ? requireReadable(now, request) : requireOffice(sql, now, person)
}

/**
 * The same for reading alone: also of the person for whom one acts, where a mandate covers the service. What is done with a case stays
 * that person’s, as it binds them.
 */
export function requireReadable(now: Case | undefined, request: FastifyRequest): Case {
  const { organisation, onBehalfOf } = request.person!
  const isTheirs = now && onBehalfOf && now.forOrganisation === null && now.personId === onBehalfOf.id
  if (isTheirs && !organisation && mayAct(request, { service: now.service })) return now
  return requireOwn(now, request.person!)
}

/** The same for what is done with a case: whose role for a company covers other services alone reads the case, and does nothing in it. */
export function requireOwnToAct(now: Case | undefined, request: FastifyRequest): Case {
  const own = requireOwn(now, request.person!)
  requireMayAct(request, { service: own.service })
  return own
}

export const lockOwn = async ({ sql, request }: Act, reference: string): Promise<Case> =>
  requireOwnToAct(await lockCase(sql, reference), request)

/** Refuses what was decided on an older look at the case: the numbers of its events are compared (compare and swap). */
export function requireSeen(now: Case, seen: number): void {
  if (now.number !== seen) throw problem('case-changed')
}

/** Refuses what only goes on with an open case that waits for an officer. */
export function requireOpen(now: Case): void {
  if (now.endedAt !== null) throw problem('case-ended')
  if (now.wait !== 'officer') throw problem('case-waits')
}

/** Refuses a program where two people must agree: whoever runs it could be both of them. */
export function requireHuman({ methods }: Person): void {
  if (methods.includes('client')) throw problem('approval-by-program')
}

/** Refuses whoever decided the case, or the one that it reviews. */
export function requireMayDecide(now: Case, person: Person): void {
  if (now.excluded.includes(person.id)) throw problem('case-excluded')
}

/** Refuses an officer who has not taken the case, so that two never work on one. */
export function requireClaimed(now: Case, person: Person): void {
  if (now.claimedBy === null) throw problem('case-not-claimed')
  if (now.claimedBy !== person.id) throw problem('case-taken')
}

/** The queues that an officer can work on, by what they hold. */
export const queuesOf = ({ permissions }: Person): Queue[] => [
  ...(permissions.includes(workCase) ? ['work' as const] : []),
  ...(permissions.includes(decideCase) ? ['decide' as const] : []),
]
