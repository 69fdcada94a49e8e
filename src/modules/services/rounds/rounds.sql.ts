import type { Sql } from '#platform'
import type { Round } from '../definitions/rounds.ts'
import type { Casting, Entry, Recused, Result, Sheet } from './rank.rules.ts'

/** Which round of which competition. */
export type Key = { service: string; edition: number; round: string }
const at = (sql: Sql, { service, edition, round }: Key) =>
  sql`service = ${service} and edition = ${edition} and round = ${round}`

/** Everything that a result rests on, and what it comes to. */
export type Frozen = {
  entries: readonly Entry[]
  sheets: readonly Sheet[]
  recused: readonly Recused[]
  castings: readonly Casting[]
  result: Result
}
export type RoundRow = Key & {
  organisation: string
  definition: Round
  state: 'open' | 'proposed' | 'closed'
  proposedBy: string | null
  closedAt: string | null
  closedBy: string | null
  result: Frozen | null
  sealedAnswers: Buffer | null
}

const columns = (sql: Sql) =>
  sql`service, edition, round, organisation, definition, state, proposed_by, closed_at, closed_by, result,
    sealed_answers`

/** As many entries, sheets and judges as one round may have. */
export const entriesMax = 2000
const sheetsMax = 40_000
const rivalsMax = 20_000
const judgesMax = 500

export async function findRound(sql: Sql, key: Key): Promise<RoundRow | undefined> {
  const [row] = await sql<RoundRow[]>`
    select ${columns(sql)}
    from services.round
    where ${at(sql, key)}`
  return row
}

/** A round that no other transaction changes until this one ends: sheets, conflicts and closing wait for one another. */
export async function lockRound(sql: Sql, key: Key): Promise<RoundRow | undefined> {
  const [row] = await sql<RoundRow[]>`
    select ${columns(sql)}
    from services.round
    where ${at(sql, key)}
    for update`
  return row
}

type Opening = Key & { organisation: string; definition: Round; seed: string; now: Date; by: string }

/** Whether it was opened: a form that is sent twice opens one. */
export async function insertRound(sql: Sql, { now, by, definition, seed, ...row }: Opening): Promise<boolean> {
  const { count } = await sql`
    insert into services.round (service, edition, round, organisation, definition, seed, opened_at, opened_by)
    values (${row.service}, ${row.edition}, ${row.round}, ${row.organisation}, ${sql.json(definition as never)}, ${seed}, ${now}, ${by})
    on conflict do nothing`
  return count > 0
}

/** Open cases of a service that wait for an officer, in one of some states; in any where none is named. */
export const listCandidates = (sql: Sql, service: string, organisation: string, states: readonly string[]) =>
  sql<{ reference: string }[]>`
    select reference
    from services.case
    where service = ${service} and organisation = ${organisation} and ended_at is null and wait = 'officer'
      and (${states.length === 0} or state = any (${[...states]}))
    order by reference
    limit ${entriesMax}`

/**
 * What competes with a case: whatever was judged in the same edition, and, where the service is a competition now, what is open while
 * the case is. A review of a decision competes as what it reviews.
 */
export const listRivals = (
  sql: Sql,
  of: { service: string; reference: string; reviewOf: string | null; endedAt: string | null },
  isCompetition: boolean,
) =>
  sql<{ reference: string }[]>`
    select reference
    from services.round_entry
    where service = ${of.service} and reference <> ${of.reference} and edition in (
      select edition
      from services.round_entry
      where service = ${of.service} and reference in (${of.reference}, ${of.reviewOf}))
    union
    select reference
    from services.case
    where ${isCompetition && of.endedAt === null} and service = ${of.service} and ended_at is null
      and reference not in (${of.reference}, ${of.reviewOf ?? of.reference})
    limit ${rivalsMax}`

/** All that takes part in an edition: what a round judged, and what is open and may come into one. */
export const listTakingPart = (sql: Sql, service: string, edition: number) =>
  sql<{ reference: string }[]>`
    select reference
    from services.round_entry
    where service = ${service} and edition = ${edition}
    union
    select reference
    from services.case
    where service = ${service} and ended_at is null
    limit ${rivalsMax}`

export const insertEntry = (sql: Sql, key: Key, { reference, stream }: Entry) =>
  sql`
    insert into services.round_entry (service, edition, round, reference, stream)
    values (${key.service}, ${key.edition}, ${key.round}, ${reference}, ${stream})`

export const insertContent = (sql: Sql, key: Key, reference: string, sealed: Buffer) =>
  sql`
    insert into services.round_content (service, edition, round, reference, sealed)
    values (${key.service}, ${key.edition}, ${key.round}, ${reference}, ${sealed})`

/** What a judge may read of an entry. The database answers nothing to a judge who did not say that they have no conflict. */
export async function readContent(sql: Sql, key: Key, reference: string, judge: string): Promise<Buffer | undefined> {
  await sql`select set_config('services.judge', ${judge}, true)`
  const [row] = await sql<{ sealed: Buffer }[]>`
    select sealed
    from services.round_content
    where ${at(sql, key)} and reference = ${reference}`
  return row?.sealed
}

export const listEntries = (sql: Sql, key: Key) =>
  sql<(Entry & { settled: 'promoted' | 'ended' | 'left' | null })[]>`
    select reference, stream, settled
    from services.round_entry
    where ${at(sql, key)}
    order by reference
    limit ${entriesMax}`

export const listUnsettled = (sql: Sql, key: Key) =>
  sql<Entry[]>`
    select reference, stream
    from services.round_entry
    where ${at(sql, key)} and settled_at is null
    order by reference
    limit ${entriesMax}`

/** Whether it was not settled before. */
export async function settleEntry(
  sql: Sql,
  key: Key,
  reference: string,
  settled: { as: 'promoted' | 'ended' | 'left'; now: Date },
): Promise<boolean> {
  const { count } = await sql`
    update services.round_entry
    set settled = ${settled.as}, settled_at = ${settled.now}
    where ${at(sql, key)} and reference = ${reference} and settled_at is null`
  return count > 0
}

export type JudgeRow = Key & {
  id: string
  stream: string | null
  role: 'assessor' | 'chair'
  personId: string | null
  invitedAt: string
  acceptedAt: string | null
}

/** Whether it was written: a form that is sent twice invites once, and its code was shown then. */
export async function insertJudge(
  sql: Sql,
  { id, stream, role, code, now, ...key }: Key & Pick<JudgeRow, 'id' | 'stream' | 'role'> & { code: Buffer; now: Date },
): Promise<boolean> {
  const { count } = await sql`
    insert into services.judge (id, service, edition, round, stream, role, code, invited_at)
    values (${id}, ${key.service}, ${key.edition}, ${key.round}, ${stream}, ${role}, ${code}, ${now})
    on conflict (id) do nothing`
  return count > 0
}

/** Uses an invitation up; undefined where there is none. */
export async function acceptJudge(sql: Sql, code: Buffer, person: string, now: Date): Promise<JudgeRow | undefined> {
  const [row] = await sql<JudgeRow[]>`
    update services.judge
    set code = null, person_id = ${person}, accepted_at = ${now}
    where code = ${code}
    returning id, service, edition, round, stream, role, person_id, invited_at, accepted_at`
  return row
}

export const listJudges = (sql: Sql, service: string, edition: number) =>
  sql<JudgeRow[]>`
    select id, service, edition, round, stream, role, person_id, invited_at, accepted_at
    from services.judge
    where service = ${service} and edition = ${edition}
    order by invited_at, id
    limit ${judgesMax}`

/** The rounds that somebody chairs. */
export const listChaired = (sql: Sql, person: string) =>
  sql<Key[]>`
    select distinct service, edition, round
    from services.judge
    where person_id = ${person} and role = 'chair'
    order by service, edition, round
    limit 100`

export type SheetRow = Key & {
  id: string
  reference: string
  judge: string
  conflict: boolean | null
  marks: Record<string, number>
  lockedAt: string | null
}
const sheetColumns = (sql: Sql) => sql`id, service, edition, round, reference, judge, conflict, marks, locked_at`

export const insertSheet = (
  sql: Sql,
  key: Key,
  { id, reference, judge }: Pick<SheetRow, 'id' | 'reference' | 'judge'>,
) =>
  sql`
    insert into services.sheet (id, service, edition, round, reference, judge)
    values (${id}, ${key.service}, ${key.edition}, ${key.round}, ${reference}, ${judge})`

export const listSheets = (sql: Sql, key: Key) =>
  sql<SheetRow[]>`
    select ${sheetColumns(sql)}
    from services.sheet
    where ${at(sql, key)}
    order by reference, judge
    limit ${sheetsMax}`

export const listSheetsOf = (sql: Sql, judge: string) =>
  sql<SheetRow[]>`
    select ${sheetColumns(sql)}
    from services.sheet
    where judge = ${judge}
    order by locked_at is not null, service, edition, round, reference
    limit ${entriesMax}`

export async function findSheet(sql: Sql, id: string, judge: string): Promise<SheetRow | undefined> {
  const [row] = await sql<SheetRow[]>`
    select ${sheetColumns(sql)}
    from services.sheet
    where id = ${id} and judge = ${judge}`
  return row
}

/** Marks that were locked are locked no more where there is a conflict, and no longer count. */
export const declareSheet = (sql: Sql, id: string, conflict: boolean, now: Date) =>
  sql`
    update services.sheet
    set conflict = ${conflict}, declared_at = ${now}, locked_at = case when ${conflict} then null else locked_at end
    where id = ${id}`

export const markSheet = (sql: Sql, id: string, marks: Readonly<Record<string, number>>, lockedAt: Date | null) =>
  sql`
    update services.sheet
    set marks = ${sql.json(marks)}, locked_at = ${lockedAt}
    where id = ${id} and locked_at is null`

type NewCasting = { id: string; entries: readonly string[]; reason: string; by: string; now: Date }

/** Whether it was written: a form that is sent twice decides once. */
export async function insertCasting(
  sql: Sql,
  key: Key,
  { id, entries, reason, by, now }: NewCasting,
): Promise<boolean> {
  const { count } = await sql`
    insert into services.casting (id, service, edition, round, entries, reason, decided_by, decided_at)
    values (${id}, ${key.service}, ${key.edition}, ${key.round}, ${[...entries]}, ${reason}, ${by}, ${now})
    on conflict do nothing`
  return count > 0
}

export const listCastings = (sql: Sql, key: Key) =>
  sql<{ entries: string[]; reason: string; decidedBy: string }[]>`
    select entries, reason, decided_by
    from services.casting
    where ${at(sql, key)}
    order by decided_at, id
    limit 1000`

export const proposeRound = (sql: Sql, key: Key, frozen: Frozen, by: string, now: Date) =>
  sql`
    update services.round
    set state = 'proposed', result = ${sql.json(frozen as never)}, proposed_by = ${by}, proposed_at = ${now}
    where ${at(sql, key)} and state = 'open'`

type Closing = { by: string; now: Date; sealedAnswers: Buffer | null }

export const closeRound = (sql: Sql, key: Key, { by, now, sealedAnswers }: Closing) =>
  sql`
    update services.round
    set state = 'closed', closed_by = ${by}, closed_at = ${now}, sealed_answers = ${sealedAnswers}
    where ${at(sql, key)} and state = 'proposed'`
