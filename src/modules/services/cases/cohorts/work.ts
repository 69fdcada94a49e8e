import type { TransactionSql } from 'postgres'
import { type Installation, isDatabaseGone, queueJob, recordAct, type Sql } from '#platform'
import { lacksPlace } from '../../places/places.sql.ts'
import { listBarred } from '../acting.ts'
import { lockCase } from '../cases.sql.ts'
import { isOfRegister } from '../records.ts'
import { applyPlan, undoPlan } from './change.ts'
import {
  type CohortRow,
  clearFailures,
  countCases,
  countFailure,
  deletePreview,
  listWorking,
  lockNextCase,
  lockOldPreview,
  passOn,
  settleCase,
} from './cohorts.sql.ts'
import { keysOf, sealDiff } from './diff.ts'
import { misfit } from './fit.rules.ts'
import { planCase } from './plan.ts'
import type { CaseState, CohortState } from './types.ts'

export const cohortJob = 'services.work-on-cohorts'
/** A run makes room for other work after so many cases, and queues itself again. */
const ofRunMax = 500
/** Runs in a row that may fail before a cohort waits for an officer. */
const failuresMax = 5

/** What is done with the cases of a cohort in a state: from which state of a case, and what the cohort is then. */
const passes = {
  previewing: { from: 'waiting', to: 'previewed', one: preview },
  running: { from: 'planned', to: 'done', one: apply },
  undoing: { from: 'applied', to: 'undone', one: undo },
} as const satisfies Partial<Record<CohortState, { from: CaseState; to: CohortState; one: typeof preview }>>

/** Tests end a run after a case, as the death of its process would. */
export type Way = { afterCase?: (reference: string) => void }

/**
 * A job: works on every cohort that has something to do. Each case is done in a transaction of its own together with the note that
 * it is done, so that any number of processes may work at once, and whatever ends one of them, each case is done exactly once.
 */
export async function workOnCohorts(installation: Installation, way: Way = {}): Promise<void> {
  let failure: unknown
  let isMore = false
  for (const cohort of await listWorking(installation.sql)) {
    try {
      isMore = (await workOn(installation, cohort, way)) || isMore
    } catch (error) {
      if (isDatabaseGone(error as { code?: string })) throw error
      await countFailure(installation.sql, cohort.id, failuresMax)
      failure = error
    }
  }
  if (failure) throw failure
  if (isMore) await queueJob(installation.sql, cohortJob, {}, { key: cohortJob })
}

/** Whether there is more to do than a run does. */
async function workOn(installation: Installation, cohort: CohortRow, way: Way): Promise<boolean> {
  const { sql } = installation
  const { from, to, one } = passes[cohort.state as keyof typeof passes]
  for (let done = 0; done < ofRunMax; done++) {
    const reference = await sql.begin(async (transaction) => {
      const row = await lockNextCase(transaction, cohort.id, from)
      if (row) await one(transaction, installation, cohort, row)
      return row?.reference
    })
    if (reference === undefined) {
      await finish(sql, cohort, { from, to, now: installation.now() })
      return false
    }
    if (done === 0) await clearFailures(sql, cohort.id)
    way.afterCase?.(reference)
  }
  return true
}

/** Unless another process has the last cases in hand, which then finishes it. */
async function finish(
  sql: Installation['sql'],
  { id, state }: CohortRow,
  { from, to, now }: { from: CaseState; to: CohortState; now: Date },
): Promise<void> {
  if ((await countCases(sql, id))[from]) return
  await passOn(sql, id, state, {
    state: to,
    ...(to === 'done' && { doneAt: now }),
    ...(to === 'undone' && { undoneAt: now }),
  })
}

/** For how long a preview is kept that nobody proposed. */
const previewDays = 30
const dayMs = 86_400_000
const previewsMax = 100

/**
 * A job: throws old previews away, each in a transaction of its own, as one may be of very many cases. With more than a run takes it
 * goes on the next day.
 */
export async function deleteOldPreviews({ sql, now }: Pick<Installation, 'sql' | 'now'>): Promise<void> {
  const before = new Date(now().getTime() - previewDays * dayMs)
  for (let done = 0; done < previewsMax; done++)
    if (!(await sql.begin((transaction) => deleteOldPreview(transaction, before)))) return
}

/** Whether there was one. */
async function deleteOldPreview(sql: Sql, before: Date): Promise<boolean> {
  const old = await lockOldPreview(sql, before)
  if (!old) return false
  await deletePreview(sql, old.id)
  const detail = { days: previewDays }
  await recordAct(sql, 'system', { event: 'services.cohort-discarded', subject: `services/cohorts/${old.id}`, detail })
  return true
}

type Row = { reference: string; number: number | null }
type Transaction = TransactionSql<{ bigint: number }>

async function preview(
  sql: Transaction,
  installation: Installation,
  cohort: CohortRow,
  { reference }: Row,
): Promise<void> {
  const now = (await lockCase(sql, reference))!
  const { plan } = await planCase(sql, installation, cohort, now)
  const { number } = now
  if (plan.state === 'same') return settleCase(sql, cohort.id, reference, { state: 'same', number })
  if (plan.state === 'unfit')
    return settleCase(sql, cohort.id, reference, { state: 'unfit', number, misfits: plan.misfits })
  if (plan.kind === 'move') return settleCase(sql, cohort.id, reference, { state: 'planned', number })
  const sealed = sealDiff(installation, cohort.id, reference, plan)
  await settleCase(sql, cohort.id, reference, { state: 'planned', number, sealed, ...keysOf(plan) })
}

async function apply(sql: Transaction, installation: Installation, cohort: CohortRow, row: Row): Promise<void> {
  const { reference } = row
  const now = (await lockCase(sql, reference))!
  const leaveOut = (...misfits: Parameters<typeof settleCase>[3]['misfits'] & object) =>
    settleCase(sql, cohort.id, reference, { state: 'left-out', misfits })
  if (now.number !== row.number) return leaveOut(misfit('changed-meanwhile'))
  const planned = await planCase(sql, installation, cohort, now)
  const { plan } = planned
  // The approver’s own case, or a clock that ran into another day.
  if (plan.state === 'unfit') return leaveOut(...plan.misfits)
  if (plan.state === 'same') return leaveOut(misfit('changed-meanwhile'))
  // What a register refuses of one case keeps the others from nothing.
  const number = await sql
    .savepoint((inner) => applyPlan(inner, installation, cohort, { ...planned, plan }))
    .catch((error: unknown) => {
      if (isOfRegister(error)) return undefined
      throw error
    })
  if (number === undefined) return leaveOut(misfit('register-refuses'))
  await settleCase(sql, cohort.id, reference, { state: 'applied', number, ...(await leftToDo(sql, reference)) })
}

async function undo(sql: Transaction, installation: Installation, cohort: CohortRow, row: Row): Promise<void> {
  const now = (await lockCase(sql, row.reference))!
  const keep = (code: Parameters<typeof misfit>[0]) =>
    settleCase(sql, cohort.id, row.reference, { state: 'kept', misfits: [misfit(code)] })
  // Nobody works on a case of their own.
  const officers = [cohort.undoProposedBy, cohort.undoneBy].filter((each) => each !== null)
  if ((await listBarred(sql, now, officers)).length > 0) return keep('own')
  const isUndone = await undoPlan(sql, installation, cohort, { now, of: row.number! })
  if (!isUndone) return keep('changed-meanwhile')
  await settleCase(sql, cohort.id, row.reference, { state: 'undone', ...(await leftToDo(sql, row.reference)) })
}

/** What officers have to see to, though the case itself is done. */
const leftToDo = async (sql: Sql, reference: string) => ({
  misfits: (await lacksPlace(sql, reference)) ? [misfit('place-gone')] : [],
})
