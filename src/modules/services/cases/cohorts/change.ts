import type { TransactionSql } from 'postgres'
import { type Installation, type Sql, sayEverywhere, type Text, texts } from '#platform'
import { textOrDash } from '../../applying/answers.rules.ts'
import { dayText } from '../../applying/read.rules.ts'
import type { CompiledService } from '../../definitions/compile.rules.ts'
import { system } from '../begin.ts'
import { type Calendar, dayAt } from '../clocks.rules.ts'
import type { Case, EventKind } from '../events.ts'
import { foldAll } from '../fold.rules.ts'
import { calendarOf } from '../holidays.ts'
import { tell } from '../messages.ts'
import { bringBackItems, keepEntry, type Made, makeOutputs } from '../outputs.ts'
import { appealUntil, stepOf } from '../placed.rules.ts'
import { findItems, undoItems } from '../records.ts'
import { append, notedIn, readWhole, type Whole } from '../write.ts'
import type { CohortRow } from './cohorts.sql.ts'
import { decisionOf, type Plan, type Planned } from './plan.ts'
import type { Side } from './redecide.rules.ts'

const words = texts({
  noted: { en: '{so_far}; {title}: {value}', 'zh-Hant': '{so_far}；{title}：{value}' },
  review: { en: 'You can ask for a review until {day}.', 'zh-Hant': '你可在 {day} 或之前要求覆核。' },
  noReview: { en: 'This service has no review.', 'zh-Hant': '這項服務不設覆核。' },
})

type Ready = Omit<Planned, 'plan'> & { plan: Plan & { state: 'planned' } }

/** Writes what was planned for a case and tells its person, in the caller’s transaction, which holds the case. Returns the number of the event. */
export async function applyPlan(
  sql: Sql,
  installation: Installation,
  cohort: CohortRow,
  { plan, whole, target }: Ready,
): Promise<number> {
  const { now, known } = whole
  const at = installation.now()
  const where = { reference: now.reference, at }
  const by = { id: cohort.approvedBy!, organisation: cohort.organisation }
  const of = { version: cohort.target, fromVersion: now.version, cohort: cohort.id }
  const proposedBy = cohort.proposedBy!
  if (plan.kind === 'move') {
    const data = { ...of, queue: plan.queue, proposedBy }
    const moved = await append(sql, installation, { ...where, before: now, by }, [{ kind: 'moved', data }])
    const told = await tell(sql, installation, moved, { builtIn: 'moved' }, { compiled: target, known })
    await append(sql, installation, { ...where, before: moved, by: system }, [told])
    return moved.number
  }
  const calendar = calendarOf(installation.pack)
  const appealUntilOn = appealUntil(now, target, dayAt(at, calendar.timeZone), calendar)
  const step = stepOf(target, plan.after.step)!
  const decided = await append(sql, installation, { ...where, before: now, by }, [
    {
      kind: 'redecided',
      data: {
        ...{ ...of, of: plan.of, step: step.id, decides: step.decides!, reasons: plan.after.reasons, proposedBy },
        ...{ state: plan.after.state, from: now.state, outcome: plan.after.outcome, asOn: plan.asOn, appealUntilOn },
      },
      sealed: plan.rests,
    },
  ])
  const noted = { ...known.noted, ...plan.rests.noted }
  const currency = installation.pack.government.currency.code
  const filling = {
    ...{ compiled: target, known: { ...known, noted, today: plan.asOn }, reasons: plan.after.reasons, appealUntilOn },
    more: {
      before: tellSide(whole.compiledAt(plan.of), plan.before, currency),
      after: tellSide(target, plan.after, currency),
      review: tellReview(appealUntilOn),
    },
  }
  const told = await tell(sql, installation, decided, { builtIn: 'redecided' }, filling)
  const leaving = { sql, installation, by, now: decided, number: decided.number }
  const ids = step.outputs ?? []
  const items = await findItems(sql, now, whole.events)
  const undone = await undoItems(leaving, items, ids)
  const after: Made[] = [{ event: told }, ...undone, ...(await makeOutputs(leaving, { ids, items, filling }))]
  const events = after.map(({ event }) => event)
  await append(sql, installation, { ...where, before: decided, by: system }, events)
  for (const [index, made] of after.entries())
    await keepEntry(sql, installation, { reference: now.reference, number: decided.number + 1 + index }, made)
  return decided.number
}

/** A decision in one line: what was done, and what the officer set with it. */
function tellSide(
  compiled: CompiledService,
  { step: id, noted }: Pick<Side, 'step' | 'noted'>,
  currency: string,
): Text {
  const step = stepOf(compiled, id)!
  return (step.asks ?? [])
    .filter(({ id, kind }) => noted[id] !== undefined && kind !== 'long-text' && kind !== 'text')
    .reduce(
      (soFar, question) =>
        sayEverywhere(words.noted, {
          ...{ so_far: soFar, title: question.title, value: textOrDash(question, noted[question.id], currency) },
        }),
      step.done,
    )
}

const tellReview = (untilOn: string | null): Text =>
  untilOn === null ? words.noReview : sayEverywhere(words.review, { day: dayText(untilOn) })

/** What may have happened since without the change having been built upon. */
const harmless = new Set<EventKind>([
  ...([
    'noted',
    'corrected',
    'message-sent',
    'output-made',
    'record-settled',
    'complained',
    'complaint-answered',
    'reminded',
  ] as const),
  ...(['claimed', 'released', 'assigned', 'information-asked', 'information-given', 'information-lapsed'] as const),
])

/**
 * Takes back what event `of` of a case did and tells its person; false where the case went on since, so that it stays. In the
 * caller’s transaction, which holds the case.
 */
export async function undoPlan(
  sql: TransactionSql<{ bigint: number }>,
  installation: Installation,
  cohort: CohortRow,
  { now, of }: { now: Case; of: number },
): Promise<boolean> {
  const whole = await readWhole(sql, installation, now)
  const event = whole.events[of - 1]!
  if (whole.events.slice(of).some(({ kind }) => !harmless.has(kind))) return false
  const at = installation.now()
  const where = { reference: now.reference, at }
  const by = { id: cohort.undoneBy!, organisation: cohort.organisation }
  if (event.kind === 'moved') {
    const { queue } = foldAll(now.reference, whole.events.slice(0, of - 1))!
    const data = { of, version: event.data.fromVersion, fromVersion: now.version, queue, cohort: cohort.id }
    const back = await append(sql, installation, { ...where, before: now, by }, [{ kind: 'move-undone', data }])
    const filling = { compiled: whole.compiledAt(of - 1), known: whole.known }
    const told = await tell(sql, installation, back, { builtIn: 'moveUndone' }, filling)
    await append(sql, installation, { ...where, before: back, by: system }, [told])
    return true
  }
  if (event.kind !== 'redecided') throw new Error(`Event ${of} of ${now.reference} is none of a cohort`)
  await restoreDecision(sql, installation, { cohort, whole, of, at })
  return true
}

async function restoreDecision(
  sql: TransactionSql<{ bigint: number }>,
  installation: Installation,
  { cohort, whole, of, at }: { cohort: CohortRow; whole: Whole; of: number; at: Date },
): Promise<void> {
  const { now, events, known, compiledAt } = whole
  const event = events[of - 1]!
  const counts = decisionOf(events.slice(0, of - 1))
  if (event.kind !== 'redecided' || !counts) throw new Error(`Event ${of} of ${now.reference} replaces no decision`)
  const compiled = compiledAt(of - 1)
  const calendar: Calendar = calendarOf(installation.pack)
  // The days begin anew: whoever was content with the decision that is taken back had no reason to ask for a review of the first.
  const appealUntilOn = appealUntil(now, compiled, dayAt(at, calendar.timeZone), calendar)
  const step = stepOf(compiled, counts.data.step)!
  const before = events.slice(0, of - 1)
  const reference = now.reference
  const former = foldAll(reference, before)!
  const data = {
    ...{ of, version: event.data.fromVersion, fromVersion: now.version, cohort: cohort.id, appealUntilOn },
    ...{ state: former.state, from: now.state, outcome: former.outcome! },
    ...(cohort.undoProposedBy !== null && { proposedBy: cohort.undoProposedBy }),
  }
  const by = { id: cohort.undoneBy!, organisation: cohort.organisation }
  const restored = await append(sql, installation, { before: now, reference, by, at }, [
    { kind: 'redecision-undone', data },
  ])
  const currency = installation.pack.government.currency.code
  const noted = notedIn(installation, reference, before)
  const filling = {
    ...{ compiled, known: { ...known, ...noted }, reasons: counts.data.reasons, appealUntilOn },
    more: {
      before: tellSide(compiledAt(of), { step: event.data.step, noted: known.noted }, currency),
      after: tellSide(compiled, { step: step.id, noted: noted.noted }, currency),
      review: tellReview(appealUntilOn),
    },
  }
  const told = await tell(sql, installation, restored, { builtIn: 'redecisionUndone' }, filling)
  const leaving = { sql, installation, by, now: restored, number: restored.number }
  const ids = step.outputs ?? []
  const items = await findItems(sql, now, events)
  const settled = [
    ...(await undoItems(leaving, items, ids)),
    ...(await bringBackItems(leaving, { ids, items, filling })),
  ]
  await append(sql, installation, { before: restored, reference, by: system, at }, [
    told,
    ...settled.map(({ event }) => event),
  ])
}
