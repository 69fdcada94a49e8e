import type { Sql } from '#platform'
import { type Cause, record } from '../cases/acting.ts'
import { addDays, dayAt } from '../cases/clocks.rules.ts'
import type { Case } from '../cases/events.ts'
import { calendarOf } from '../cases/holidays.ts'
import type { CompiledService } from '../definitions/compile.rules.ts'
import type { Grant } from '../definitions/grant.ts'
import { instantOf } from '../places/places.rules.ts'
import { problem } from '../problems.ts'
import type { Answers } from '../types.ts'
import { aboveCategory, divide, instalmentsOf } from './grants.rules.ts'
import {
  findAgreement,
  insertAgreement,
  insertInstalment,
  insertLine,
  insertReport,
  listKinds,
  type ReportKind,
  reserve,
} from './grants.sql.ts'

/** The lines of the budget that a person sent, each with what it asked for in cents. */
export function linesOf({ lines }: Grant, answers: Answers) {
  const things = (answers[lines.list] ?? []) as readonly Answers[]
  return things.map((thing, at) => ({
    line: at + 1,
    title: String(thing[lines.title] ?? ''),
    category: lines.category === undefined ? null : String(thing[lines.category] ?? ''),
    askedCents: Number(thing[lines.amount] ?? 0),
  }))
}

/**
 * Makes the agreement of a step that grants money, in the transaction of the step: the budget with its share in each line, the
 * instalments and the days of the reports. Where a ceiling does not leave that much, the step is refused as a whole.
 */
export async function makeAgreement(
  act: Cause,
  { now, compiled, step }: { now: Case; compiled: CompiledService; step: string },
  { answers, noted }: { answers: Answers; noted: Answers },
): Promise<void> {
  const { apply, id: service } = compiled.service
  const grant = apply?.grant
  if (grant?.step !== step) return
  const { sql, installation, at } = act
  const { reference } = now
  // A review grants what was refused. More of what was granted is another application.
  if (now.reviewOf !== null && (await findAgreement(sql, now.reviewOf))) throw problem('grant-stands')
  const grantedCents = Number(noted[grant.amount] ?? 0)
  const asked = linesOf(grant, answers)
  const askedCents = asked.reduce((all, each) => all + each.askedCents, 0)
  if (grantedCents <= 0 || grantedCents > askedCents) throw problem('grant-above-plan')
  const parts = divide(
    grantedCents,
    asked.map((each) => each.askedCents),
  )
  const lines = asked.map((each, index) => ({ ...each, cents: parts[index]! }))
  const recipient = recipientOf(grant, answers)
  // Always the recipient first, so that two who grant at once never wait for each other.
  await reserve(sql, { service, recipient, cents: grantedCents, maxCents: grant.recipient.mostCents })
  await reserve(sql, { service, recipient: '', cents: grantedCents, maxCents: grant.sumCents })
  const { timeZone } = installation.pack.government
  const ceilings = await ceilingsFor(sql, grant, { service, recipient, reference, madeAt: at, timeZone })
  if (aboveCategory(lines, ceilings)) throw problem('grant-above-category')
  const initiative = grant.paidFrom?.initiative ?? null
  const { organisation } = now
  const recipientName = nameOfRecipient(grant, answers).slice(0, 200)
  const row = { reference, service, organisation, recipient, recipientName, initiative, grantedCents }
  await insertAgreement(sql, { ...row, now: at })
  for (const { line, category, cents } of lines)
    await insertLine(sql, reference, { line, category, grantedCents: cents })
  const cents = instalmentsOf(
    grantedCents,
    grant.instalments.map(({ percent }) => percent),
  )
  for (const [position, { id }] of grant.instalments.entries())
    await insertInstalment(sql, reference, { id, position, cents: cents[position]! })
  const calendar = calendarOf(installation.pack)
  const today = dayAt(at, calendar.timeZone)
  for (const [kind, report] of Object.entries(grant.reports) as [ReportKind, { days: number } | undefined][])
    if (report) await insertReport(sql, reference, kind, addDays(today, report.days, 'calendar', calendar))
  await record(act, 'services.grant-agreed', reference, { grantedCents })
}

/**
 * What a recipient may still have of each kind of cost in the financial year of a grant, where its programme counts by years; the
 * ceilings themselves otherwise. The caller holds the recipient’s total, so that two grants at once see each other.
 */
export async function ceilingsFor(
  sql: Sql,
  { categories = [], yearFrom }: Grant,
  of: { service: string; recipient: string; reference: string; madeAt: Date; timeZone: string },
): Promise<{ id: string; mostCents: number }[]> {
  if (yearFrom === undefined || categories.length === 0) return [...categories]
  const { madeAt, timeZone, ...whose } = of
  const day = dayAt(madeAt, timeZone)
  const year = Number(day.slice(0, 4)) - (day.slice(5) < yearFrom ? 1 : 0)
  const [from, until] = [year, year + 1].map((each) => instantOf(`${each}-${yearFrom}`, '00:00', timeZone))
  const others = await listKinds(sql, { ...whose, from: from!, until: until! })
  return categories.map(({ id, mostCents }) => {
    const used = others.find(({ category }) => category === id)?.cents ?? 0
    return { id, mostCents: Math.max(0, mostCents - used) }
  })
}

/** How a recipient is called for people: by the name and the code where they are two answers. Empty where neither was given. */
export const nameOfRecipient = ({ recipient: { called, question } }: Grant, answers: Answers): string =>
  [called && answers[called], answers[question]]
    .map((each) => String(each ?? '').trim())
    .filter((each) => each !== '')
    .join(' · ')

/** As the same recipient is always written, without what nobody sees: with it one recipient would be two, each with a ceiling. */
export const recipientOf = ({ recipient }: Grant, answers: Answers): string =>
  String(answers[recipient.question] ?? '')
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}]/gu, (mark) => (/\s/.test(mark) ? ' ' : ''))
    .trim()
    .replace(/\s+/g, ' ')
    .toUpperCase()
    .slice(0, 200)
