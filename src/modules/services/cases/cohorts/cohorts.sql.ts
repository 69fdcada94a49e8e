import type { Sql } from '#platform'
import type { Misfit } from './fit.rules.ts'
import type { CaseState, CohortKind, CohortState, Filter } from './types.ts'

export type CohortRow = {
  id: string
  kind: CohortKind
  organisation: string
  service: string
  filter: Filter
  target: string
  state: CohortState
  failedIn: 'previewing' | 'running' | 'undoing' | null
  begunBy: string
  begunAt: string
  proposedBy: string | null
  proposedAt: string | null
  approvedBy: string | null
  approvedAt: string | null
  doneAt: string | null
  undoProposedBy: string | null
  undoProposedAt: string | null
  undoneBy: string | null
  undoneAt: string | null
}

const columns = (sql: Sql) => sql`
  id, kind, organisation, service, filter, encode(target, 'hex') as target, state, failed_in, begun_by, begun_at, proposed_by, proposed_at,
  approved_by, approved_at, done_at, undo_proposed_by, undo_proposed_at, undone_by, undone_at`

/** The cohorts of a department, the newest first. */
export const listCohorts = (sql: Sql, organisation: string) =>
  sql<(CohortRow & { cases: number })[]>`
    select ${columns(sql)}, cases
    from services.cohort
    where organisation = ${organisation}
    order by begun_at desc, id
    limit 100`

export async function findCohort(sql: Sql, organisation: string, id: string): Promise<CohortRow | undefined> {
  const [row] = await sql<CohortRow[]>`
    select ${columns(sql)}
    from services.cohort
    where id = ${id} and organisation = ${organisation}`
  return row
}

/** A cohort until the transaction ends: of two officers who act on it at once, the second sees what the first did. */
export async function lockCohort(sql: Sql, organisation: string, id: string): Promise<CohortRow | undefined> {
  const [row] = await sql<CohortRow[]>`
    select ${columns(sql)}
    from services.cohort
    where id = ${id} and organisation = ${organisation}
    for update`
  return row
}

type NewCohort = Pick<CohortRow, 'id' | 'kind' | 'organisation' | 'service' | 'filter' | 'target' | 'begunBy'>

/** False where there is one of this id: the form was sent before. */
export async function insertCohort(sql: Sql, cohort: NewCohort, now: Date): Promise<boolean> {
  const { count } = await sql`
    insert into services.cohort (id, kind, organisation, service, filter, target, state, begun_by, begun_at)
    values (${cohort.id}, ${cohort.kind}, ${cohort.organisation}, ${cohort.service}, ${sql.json(cohort.filter)},
            decode(${cohort.target}, 'hex'), 'previewing', ${cohort.begunBy}, ${now})
    on conflict (id) do nothing`
  return count > 0
}

/** What a filter chooses: open cases to be moved, or ended ones that were decided. Never one that goes by the version already. */
const chosen = (sql: Sql, { kind, organisation, service, filter, target }: Omit<NewCohort, 'id' | 'begunBy'>) => sql`
  from services.case
  where organisation = ${organisation} and service = ${service} and version <> decode(${target}, 'hex')
    ${kind === 'move' ? sql`and ended_at is null` : sql`and ended_at is not null and decided_at is not null and outcome in ('granted', 'refused', 'done')`}
    ${filter.state ? sql`and state = ${filter.state}` : sql``}
    ${filter.outcome ? sql`and outcome = ${filter.outcome}` : sql``}
    ${filter.version ? sql`and version = decode(${filter.version}, 'hex')` : sql``}
    ${filter.sinceAt ? sql`and ${kind === 'move' ? sql`opened_at` : sql`decided_at`} >= ${filter.sinceAt}` : sql``}
    ${filter.untilAt ? sql`and ${kind === 'move' ? sql`opened_at` : sql`decided_at`} < ${filter.untilAt}` : sql``}`

/** How many cases a filter chooses, counted up to one more than there may be. */
export async function countChosen(sql: Sql, cohort: Omit<NewCohort, 'id' | 'begunBy'>, max: number): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*)::int from (select 1 ${chosen(sql, cohort)} limit ${max + 1}) as counted`
  return row.count
}

export const insertChosen = (sql: Sql, cohort: Omit<NewCohort, 'begunBy'>, max: number) => sql`
  with inserted as (
    insert into services.cohort_case (cohort, reference)
    select ${cohort.id}, reference ${chosen(sql, cohort)}
    order by reference
    limit ${max}
    returning reference)
  update services.cohort
  set cases = (select count(*) from inserted)
  where id = ${cohort.id}`

/** Cohorts with work to do. */
export const listWorking = (sql: Sql) =>
  sql<CohortRow[]>`
    select ${columns(sql)}
    from services.cohort
    where state in ('previewing', 'running', 'undoing')
    order by begun_at
    limit 100`

/** The next case of a cohort in a state, locked; what another process has in hand is left to it. */
export async function lockNextCase(sql: Sql, cohort: string, state: CaseState) {
  const [row] = await sql<{ reference: string; number: number | null }[]>`
    select reference, number
    from services.cohort_case
    where cohort = ${cohort} and state = ${state}
    order by reference
    limit 1
    for update skip locked`
  return row
}

type Told = {
  state: CaseState
  number?: number
  beforeKey?: string
  afterKey?: string
  amount?: 'more' | 'less' | 'same' | null
  misfits?: readonly Misfit[]
  sealed?: Buffer
}

/** What came of a case; what is not told stays. */
export async function settleCase(sql: Sql, cohort: string, reference: string, told: Told): Promise<void> {
  const { state, number = null, beforeKey = null, afterKey = null, amount = null, misfits, sealed = null } = told
  await sql`
    update services.cohort_case
    set state = ${state}, number = coalesce(${number}, number), before_key = coalesce(${beforeKey}, before_key),
      after_key = coalesce(${afterKey}, after_key), amount = coalesce(${amount}, amount),
      misfits = ${misfits ? sql.json(misfits as never) : sql`misfits`}, sealed_diff = coalesce(${sealed}, sealed_diff)
    where cohort = ${cohort} and reference = ${reference}`
}

/** How many cases of a cohort stand in which state. */
export async function countCases(sql: Sql, cohort: string): Promise<Partial<Record<CaseState, number>>> {
  const rows = await sql<{ state: CaseState; count: number }[]>`
    select state, count(*)::int
    from services.cohort_case
    where cohort = ${cohort}
    group by state
    limit 20`
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
}

/** How many go from one decision to another, the most frequent first. */
export const countChanges = (sql: Sql, cohort: string) =>
  sql<{ beforeKey: string; afterKey: string; amount: 'more' | 'less' | 'same' | null; count: number }[]>`
    select before_key, after_key, amount, count(*)::int
    from services.cohort_case
    where cohort = ${cohort} and before_key is not null and after_key is not null
    group by before_key, after_key, amount
    order by count(*) desc, before_key, after_key
    limit 40`

/** Why cases are left out, the most frequent reason first. */
export const countMisfits = (sql: Sql, cohort: string) =>
  sql<{ code: Misfit['code']; what: string; count: number }[]>`
    select misfit ->> 'code' as code, misfit ->> 'what' as what, count(*)::int
    from services.cohort_case, jsonb_array_elements(misfits) as misfit
    where cohort = ${cohort}
    group by 1, 2
    order by count(*) desc, 1, 2
    limit 100`

export type CohortCaseRow = {
  reference: string
  state: CaseState
  misfits: readonly Misfit[]
  sealedDiff: Buffer | null
}

/** Cases of a cohort in their order: of one state or all. */
export const listCohortCases = (
  sql: Sql,
  of: { cohort: string; state: CaseState | null; offset: number; limit: number },
) =>
  sql<CohortCaseRow[]>`
    select reference, state, misfits, sealed_diff
    from services.cohort_case
    where cohort = ${of.cohort} ${of.state === null ? sql`` : sql`and state = ${of.state}`}
    order by reference
    limit ${of.limit}
    offset ${of.offset}`

/** The cohort goes on to another state if it still stands in this one; whether it did. */
export async function passOn(
  sql: Sql,
  id: string,
  from: CohortState,
  to: { state: CohortState; doneAt?: Date; undoneAt?: Date },
): Promise<boolean> {
  const { count } = await sql`
    update services.cohort
    set state = ${to.state}, failures = 0, failed_in = null, done_at = coalesce(${to.doneAt ?? null}, done_at),
      undone_at = coalesce(${to.undoneAt ?? null}, undone_at)
    where id = ${id} and state = ${from}`
  return count > 0
}

export const propose = (sql: Sql, id: string, by: string, now: Date) => sql`
  update services.cohort
  set state = 'proposed', proposed_by = ${by}, proposed_at = ${now}
  where id = ${id} and state = 'previewed'`

/** Back to where it can be proposed again. */
export const sendBack = (sql: Sql, id: string) => sql`
  update services.cohort
  set state = 'previewed', proposed_by = null, proposed_at = null
  where id = ${id} and state = 'proposed'`

export const approve = (sql: Sql, id: string, by: string, now: Date) => sql`
  update services.cohort
  set state = 'running', approved_by = ${by}, approved_at = ${now}
  where id = ${id} and state = 'proposed'`

export const proposeUndo = (sql: Sql, id: string, by: string, now: Date) => sql`
  update services.cohort
  set state = 'undo-proposed', undo_proposed_by = ${by}, undo_proposed_at = ${now}
  where id = ${id} and state = 'done'`

export const sendUndoBack = (sql: Sql, id: string) => sql`
  update services.cohort
  set state = 'done', undo_proposed_by = null, undo_proposed_at = null
  where id = ${id} and state = 'undo-proposed'`

export const beginUndo = (sql: Sql, id: string, by: string) => sql`
  update services.cohort
  set state = 'undoing', undone_by = ${by}
  where id = ${id} and state = 'undo-proposed'`

/** Throws a preview away, with what it says of each case. The caller holds it. */
export async function deletePreview(sql: Sql, id: string): Promise<void> {
  await sql`delete from services.cohort_case where cohort = ${id}`
  await sql`delete from services.cohort where id = ${id}`
}

/** The oldest preview of which nothing came since this instant, locked; also one in the making of which something failed. */
export async function lockOldPreview(sql: Sql, before: Date): Promise<{ id: string } | undefined> {
  const [row] = await sql<{ id: string }[]>`
    select id
    from services.cohort
    where proposed_at is null and begun_at < ${before}
      and (state = 'previewed' or (state = 'failed' and failed_in = 'previewing'))
    order by begun_at
    limit 1
    for update skip locked`
  return row
}

export const goOn = (sql: Sql, id: string) => sql`
  update services.cohort
  set state = failed_in, failed_in = null, failures = 0
  where id = ${id} and state = 'failed'`

/** Counts a run that failed; after several in a row the cohort waits for an officer. */
export const countFailure = (sql: Sql, id: string, max: number) => sql`
  update services.cohort
  set failures = failures + 1,
    failed_in = case when failures + 1 >= ${max} then state end,
    state = case when failures + 1 >= ${max} then 'failed' else state end
  where id = ${id} and state in ('previewing', 'running', 'undoing')`

/** A run that got on with it. */
export const clearFailures = (sql: Sql, id: string) => sql`
  update services.cohort
  set failures = 0
  where id = ${id} and failures > 0`
