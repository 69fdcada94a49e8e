import type { Installation, Sql } from '#platform'
import type { CompiledService } from '../../definitions/compile.rules.ts'
import { findAgreement } from '../../grants/grants.sql.ts'
import { withSessions } from '../../places/options.ts'
import type { Answers } from '../../types.ts'
import { getVersion } from '../../versions/versions.ts'
import { listBarred } from '../acting.ts'
import type { EventRow } from '../cases.sql.ts'
import { dayAt } from '../clocks.rules.ts'
import type { Input, TableResult } from '../decide.rules.ts'
import type { Case, Queue } from '../events.ts'
import { calendarOf } from '../holidays.ts'
import { notedIn, readWhole, type Whole } from '../write.ts'
import type { CohortRow } from './cohorts.sql.ts'
import { type Misfit, misfit, planMove } from './fit.rules.ts'
import { redecide, type Side } from './redecide.rules.ts'

/** What an operation would do with one case. Made for the preview and again when it is done, from the same events with the same outcome. */
export type Plan =
  | { state: 'unfit'; misfits: readonly Misfit[] }
  | { state: 'same' }
  | { state: 'planned'; kind: 'move'; queue: Queue }
  | {
      state: 'planned'
      kind: 'redecide'
      /** The number of the event whose decision is replaced, and its day. */
      of: number
      asOn: string
      before: Side & { version: string }
      after: Side & { version: string }
      rests: { noted: Answers; inputs: readonly Input[]; tables: readonly TableResult[] }
    }

export type Planned = { plan: Plan; whole: Whole; target: CompiledService }

const unfit = (...misfits: Misfit[]): Plan => ({ state: 'unfit', misfits })

export async function planCase(sql: Sql, installation: Installation, cohort: CohortRow, now: Case): Promise<Planned> {
  const whole = await readWhole(sql, installation, now)
  const target = await withSessions(sql, installation, await getVersion(sql, cohort.target), whole.known.answers)
  const officers = [cohort.begunBy, cohort.proposedBy, cohort.approvedBy].filter((each) => each !== null)
  if ((await listBarred(sql, now, officers)).length > 0) return { whole, target, plan: unfit(misfit('own')) }
  const plan = planOf(installation, cohort, whole, target)
  return { whole, target, plan: (await touchesMoney(sql, plan, whole, target)) ? unfit(misfit('money-agreed')) : plan }
}

/** Whether a plan would change what an agreement about money rests on, or grant money without one: an officer does that by hand. */
async function touchesMoney(sql: Sql, plan: Plan, { now }: Whole, { service }: CompiledService): Promise<boolean> {
  if (plan.state !== 'planned') return false
  if (plan.kind === 'redecide' && plan.after.step === service.apply?.grant?.step) return true
  return (await findAgreement(sql, now.reference)) !== undefined
}

function planOf(installation: Installation, cohort: CohortRow, whole: Whole, target: CompiledService): Plan {
  const { now, known } = whole
  if (now.reviewOf !== null || (cohort.kind === 'redecide' && now.review !== null)) return unfit(misfit('under-review'))
  if (now.version === cohort.target) return unfit(misfit('changed-meanwhile'))
  if (cohort.kind === 'redecide') return planRedecision(installation, cohort, whole, target)
  if (now.endedAt !== null) return unfit(misfit('changed-meanwhile'))
  const planned = planMove(now, target, known, installation.now(), calendarOf(installation.pack))
  return 'misfits' in planned ? unfit(...planned.misfits) : { state: 'planned', kind: 'move', queue: planned.queue }
}

/** The decision that counts now, unless the case went on after it. */
export function decisionOf(events: readonly EventRow[]) {
  const undone = new Set(events.flatMap((event) => (event.kind === 'redecision-undone' ? [event.data.of] : [])))
  const last = events.findLast(
    ({ kind, number }) => kind === 'step-taken' || (kind === 'redecided' && !undone.has(number)),
  )
  return last?.kind === 'step-taken' || last?.kind === 'redecided' ? last : undefined
}

function planRedecision(
  installation: Installation,
  cohort: CohortRow,
  { now, events, known, compiledAt }: Whole,
  target: CompiledService,
): Plan {
  const last = decisionOf(events)
  if (!last || now.endedAt === null) return unfit(misfit('not-decided'))
  // By which state the case was decided says the step of the officers, also where it was decided anew since.
  const first = events.findLast((event) => event.kind === 'step-taken')!
  if (!last.data.decides || first.kind !== 'step-taken') return unfit(misfit('went-on'))
  const asOn =
    last.kind === 'redecided' ? last.data.asOn : dayAt(new Date(last.at), installation.pack.government.timeZone)
  const decided = {
    ...{ step: last.data.step, from: first.data.from, reasons: last.data.reasons },
    known: { ...known, ...notedIn(installation, now.reference, events.slice(0, last.number)), today: asOn },
  }
  const redecision = redecide(compiledAt(last.number), target, decided, cohort.proposedBy ?? cohort.begunBy)
  if ('misfits' in redecision) return unfit(...redecision.misfits)
  if (!redecision.changed) return { state: 'same' }
  const { before, after, rests } = redecision
  return {
    ...{ state: 'planned', kind: 'redecide', of: last.number, asOn, rests },
    before: { ...before, version: now.version },
    after: { ...after, version: cohort.target },
  }
}
