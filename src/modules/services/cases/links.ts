import { problem } from '../problems.ts'
import { same } from '../texts.rules.ts'
import {
  type Act,
  type Done,
  lockOwn,
  record,
  requireClaimed,
  requireOffice,
  requireOpen,
  requireSeen,
} from './acting.ts'
import { beginReview } from './begin.ts'
import { findCase, listEvents, lockCase } from './cases.sql.ts'
import { dayAt } from './clocks.rules.ts'
import type { Case } from './events.ts'
import { foldAll } from './fold.rules.ts'
import { calendarOf } from './holidays.ts'
import { appendMade, bringBackItems, fillingOf } from './outputs.ts'
import { dueFrom, leftDays } from './placed.rules.ts'
import { countingOf, findItems, undoItems } from './records.ts'
import { tellBuiltIn } from './talk.ts'
import { append, readWhole } from './write.ts'

/** Begins a review of a decision, as the person asks in time. The decided case stays as it is, with a link to its review. */
export async function appeal(act: Act, reference: string, text: string): Promise<Done> {
  const { sql, installation, at, by } = act
  const now = await lockOwn(act, reference)
  if (now.review !== null) throw problem('appeal-made')
  const today = dayAt(at, installation.pack.government.timeZone)
  if (now.appealUntilOn === null || now.endedAt === null || today > now.appealUntilOn) throw problem('appeal-closed')
  const whole = await readWhole(sql, installation, now)
  await record(act, 'services.case-appealed', reference)
  const review = await beginReview(sql, installation, whole, { by, grounds: text, at })
  const data = { review: review.reference }
  // The token of the form stands at the review: whoever sends the form again is led there.
  const where = { before: now, reference, by: { ...by, token: undefined }, at }
  await append(sql, installation, where, [{ kind: 'appealed', data, sealed: { text } }])
  return { reference: review.reference, number: review.number }
}

/** Two cases, each locked in the order of references, so that two officers who merge the other way round do not wait for ever. */
async function lockBoth(act: Act, one: string, other: string): Promise<[Case, Case]> {
  const found = new Map<string, Case>()
  for (const reference of [one, other].sort()) {
    const now = await lockCase(act.sql, reference)
    found.set(reference, await requireOffice(act.sql, now, act.request.person!))
  }
  return [found.get(one)!, found.get(other)!]
}

type Applicant = Pick<Case, 'personId' | 'forOrganisation'>

/** Whether two cases are of one account, or of one organisation that people act for. */
const isSameApplicant = (one: Applicant, other: Applicant): boolean =>
  one.forOrganisation === null && other.forOrganisation === null
    ? one.personId !== null && one.personId === other.personId
    : one.forOrganisation === other.forOrganisation

/**
 * Whether two cases are known to be of different applicants. One that was sent without an account may be anybody’s, and whether it is the
 * same person the officer has to judge.
 */
const isOtherApplicant = (one: Applicant, other: Applicant): boolean =>
  one.personId !== null && other.personId !== null && !isSameApplicant(one, other)

/**
 * Joins a case with another of the same service, department and applicant that is about the same: it ends, and its events stay. Its
 * person is told, and where the other is theirs as well by which number it goes on: nobody learns the number of a case of somebody else.
 * Items that it left in registers end, as the other case stands for it. Refused where the two are of different applicants, as each of them
 * must hear a decision, and where a register does not let an item end so.
 */
export async function merge(act: Act, reference: string, asked: { into: string; seen: number }): Promise<Done> {
  const { sql, installation, at, by } = act
  const { into } = asked
  if (into === reference) throw problem('case-not-mergeable')
  // Before the other one is looked for, so that whoever may not act on this one learns nothing of that.
  await requireOffice(sql, await findCase(sql, reference), act.request.person!)
  const [from, target] = await lockBoth(act, reference, into)
  requireSeen(from, asked.seen)
  requireOpen(from)
  requireClaimed(from, act.request.person!)
  const fits = from.service === target.service && from.reviewOf === null && target.reviewOf === null
  if (!fits || target.endedAt !== null) throw problem('case-not-mergeable')
  if (isOtherApplicant(from, target)) throw problem('case-of-another')
  await record(act, 'services.case-merged', reference, { into })
  const ended = await append(sql, installation, { before: from, reference, by, at }, [
    { kind: 'merged', data: { into } },
  ])
  const other = { before: target, reference: into, by: { ...by, token: undefined }, at }
  await append(sql, installation, other, [{ kind: 'taken-in', data: { from: reference } }])
  const items = await findItems(sql, from, await listEvents(sql, reference))
  const leaving = { ...act, now: ended, number: ended.number }
  const settled = await undoItems(leaving, items, [], { why: 'merged', into, refusal: 'merge-item-stands' })
  const builtIn = isSameApplicant(from, target) ? 'mergedInto' : 'merged'
  const more = { into: same(into) }
  await tellBuiltIn(sql, installation, await appendMade(act, ended, settled), { builtIn, more, at })
  return { reference, number: ended.number }
}

/**
 * Parts two cases that were joined: the one goes on as it stood, with the days that its clock had left and the items that it had, and its
 * person is told.
 */
export async function undoMerge(act: Act, reference: string, asked: { seen: number }): Promise<Done> {
  const { sql, installation, at, by } = act
  const person = act.request.person!
  const into = (await requireOffice(sql, await findCase(sql, reference), person)).mergedInto
  if (into === null) throw problem('case-not-merged')
  const [now, target] = await lockBoth(act, reference, into)
  requireSeen(now, asked.seen)
  if (now.mergedInto !== into) throw problem('case-not-merged')
  const events = await listEvents(sql, reference)
  const merged = events.findLast(({ kind }) => kind === 'merged')!
  const before = foldAll(reference, events.slice(0, merged.number - 1))!
  const calendar = calendarOf(installation.pack)
  const left = leftDays(before, new Date(merged.at), calendar)
  const today = dayAt(at, calendar.timeZone)
  const due = left === null ? null : dueFrom(today, left, before.dueCount!, calendar)
  await record(act, 'services.merge-undone', reference, { into })
  const parted = await append(sql, installation, { before: now, reference, by, at }, [
    { kind: 'merge-undone', data: { from: into, claimed: person.id, due } },
  ])
  const open = await tellBuiltIn(sql, installation, parted, { builtIn: 'mergeUndone', at })
  const other = { before: target, reference: into, by: { ...by, token: undefined }, at }
  await append(sql, installation, other, [{ kind: 'given-back', data: { to: reference } }])
  const ids = countingOf(await findItems(sql, now, events.slice(0, merged.number - 1)))
  if (ids.length === 0) return { reference, number: open.number }
  const whole = await readWhole(sql, installation, open)
  const items = await findItems(sql, now, whole.events)
  const leaving = { ...act, now: open, number: open.number }
  await appendMade(act, open, await bringBackItems(leaving, { ids, items, filling: fillingOf(whole) }))
  return { reference, number: open.number }
}
