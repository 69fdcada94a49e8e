import type { Language, Sql } from '#platform'
import type { DocumentSummary } from '../documents/documents.sql.ts'
import type { Cell, EstimatesDocument } from '../types.ts'
import type { Counts } from './shapes.ts'
import { yearBefore } from './years.rules.ts'

/** Which documents count, and which of their lines are up to date. */
export type Counting = { packSha256s: readonly string[]; checker: string; language: Language }

/** A line as it is kept, with the document that it tells of. */
export type StoredLine = Pick<DocumentSummary, 'id' | 'year' | 'head' | 'title' | 'sourceKind'> &
  Counts & { programmes: number; estimate: Cell | null }

/** A year as a list shows it: how many Heads, what they ask for, and what checking them found. */
export type YearTotals = { year: string; heads: number; dollars: number | null; holds: number; fails: number }

/** In one language an import beats the pack, the person's language beats the other one, and the newest beats those before. */
const counting = (sql: Sql, { packSha256s, checker, language }: Counting, years: readonly string[] | null) => sql`
  select distinct on (document.year, length(document.head), document.head)
    document.id, document.year, document.head, document.title, document.source_kind,
    line.programmes, line.estimate, line.dollars, line.holds, line.rounding, line.fails, line.unknown, line.explained,
    line.derived, line.inferred, line.ambiguous, line.missing
  from estimates.document
  left join (select document_id, max(id) as id from estimates.publication group by document_id) as published
    on published.document_id = document.id
  left join (select year, head, max(id) as id from estimates.explained_exception group by year, head) as signed
    on signed.year = document.year and signed.head = document.head
  left join estimates.head_line as line
    on line.document_id = document.id and line.exception_id = coalesce(signed.id, 0) and line.checker = ${checker}
  where (published.id is not null
      or (document.source_kind = 'pack' and document.sha256 = any(${[...packSha256s]}::text[])))
    and (${years === null} or document.year = any(${[...(years ?? [])]}::text[]))
  order by document.year desc, length(document.head), document.head, document.source_kind = 'pack',
    document.language <> ${language === 'en' ? 'en' : 'zh-Hant'}, published.id desc nulls last, document.id desc`

/** A year has 999 Heads at most. */
const headsMax = 999

/** The Heads of a year, by number. */
export async function listLinesOfYear(sql: Sql, of: Counting, year: string): Promise<StoredLine[]> {
  return sql<StoredLine[]>`
    select id, year, head, title, source_kind, programmes, estimate,
      holds, rounding, fails, unknown, explained, derived, inferred, ambiguous, missing
    from (${counting(sql, of, [year])}) as counting
    order by length(head), head
    limit ${headsMax}`
}

/** The first Heads of each of these years, newest year first. */
export async function listFirstLines(
  sql: Sql,
  of: Counting,
  years: readonly string[],
  each: number,
): Promise<StoredLine[]> {
  return sql<StoredLine[]>`
    select id, year, head, title, source_kind, programmes, estimate,
      holds, rounding, fails, unknown, explained, derived, inferred, ambiguous, missing
    from (
      select id, year, head, title, source_kind, programmes, estimate,
        holds, rounding, fails, unknown, explained, derived, inferred, ambiguous, missing,
        row_number() over (partition by year order by length(head), head) as place
      from (${counting(sql, of, years)}) as counting
    ) as placed
    where place <= ${each}
    order by year desc, place
    limit ${years.length * each}`
}

/** Heads whose checks fail, the worst first. */
export async function listWorstLines(sql: Sql, of: Counting, limit: number): Promise<StoredLine[]> {
  return sql<StoredLine[]>`
    select id, year, head, title, source_kind, programmes, estimate,
      holds, rounding, fails, unknown, explained, derived, inferred, ambiguous, missing
    from (${counting(sql, of, null)}) as counting
    order by fails desc, year desc, length(head), head
    limit ${limit}`
}

/** As many years as four digits can name in a century. */
const yearsMax = 200

/** Every year that is loaded, newest first, with the sums of its Heads. */
export async function listYears(sql: Sql, of: Counting): Promise<YearTotals[]> {
  return sql<YearTotals[]>`
    select year, count(*)::int as heads, sum(dollars)::float as dollars,
      coalesce(sum(holds + rounding + explained), 0)::int as holds, coalesce(sum(fails), 0)::int as fails
    from (${counting(sql, of, null)}) as counting
    group by year
    order by year desc
    limit ${yearsMax}`
}

/** Heads of which this year and the one before are loaded. */
export async function listPairs(
  sql: Sql,
  of: Counting,
  pairs: { years: readonly string[]; heads: readonly string[] | null; limit: number },
): Promise<{ year: string; head: string }[]> {
  const { years, heads, limit } = pairs
  return sql<{ year: string; head: string }[]>`
    with counting as (${counting(sql, of, [...years, ...years.map(yearBefore)])})
    select later.year, later.head
    from counting as later
    join counting as earlier
      on earlier.head = later.head and left(earlier.year, 4)::int = left(later.year, 4)::int - 1
    where later.year = any(${[...years]}::text[])
      and (${heads === null} or later.head = any(${[...(heads ?? [])]}::text[]))
    order by later.year desc, length(later.head), later.head
    limit ${limit}`
}

/** Changes with whatever decides which lines are needed, so that nobody looks for missing ones again and again. */
export async function findState(sql: Sql): Promise<string> {
  const [row] = await sql<[{ state: string }]>`
    select concat_ws('/', (select max(id) from estimates.document), (select max(id) from estimates.publication),
      (select max(id) from estimates.explained_exception)) as state`
  return row.state
}

/** Documents that count, or came by an import, without a line of this checker. */
export async function listWithoutLine(
  sql: Sql,
  { packSha256s, checker }: Omit<Counting, 'language'>,
  limit: number,
): Promise<{ id: number; year: string; head: string; exceptionId: number }[]> {
  return sql<{ id: number; year: string; head: string; exceptionId: number }[]>`
    select document.id, document.year, document.head, coalesce(signed.id, 0) as exception_id
    from estimates.document
    left join (select year, head, max(id) as id from estimates.explained_exception group by year, head) as signed
      on signed.year = document.year and signed.head = document.head
    left join estimates.head_line as line
      on line.document_id = document.id and line.exception_id = coalesce(signed.id, 0) and line.checker = ${checker}
    where line.document_id is null
      and (document.source_kind <> 'pack' or document.sha256 = any(${[...packSha256s]}::text[]))
    order by document.id desc
    limit ${limit}`
}

/** Writes lines of the documents at `ids`; where there is no id, the document stood already. One that stands stays. */
export async function insertLines(sql: Sql, json: string, ids: readonly (number | null)[]): Promise<void> {
  await sql`
    insert into estimates.head_line (document_id, exception_id, checker, programmes, estimate, dollars,
      holds, rounding, fails, unknown, explained, derived, inferred, ambiguous, missing)
    select document_id, exception_id, checker, programmes, nullif(estimate, 'null'::jsonb), dollars,
      holds, rounding, fails, unknown, explained, derived, inferred, ambiguous, missing
    from jsonb_to_recordset(${json}::text::jsonb) as given (document integer, exception_id bigint, checker text,
      programmes integer, estimate jsonb, dollars numeric, holds integer, rounding integer, fails integer,
      unknown integer, explained integer, derived integer, inferred integer, ambiguous integer, missing integer)
    join unnest(${[...ids]}::bigint[]) with ordinality as written (document_id, number) on written.number = given.document + 1
    where document_id is not null
    on conflict do nothing`
}

type ImportedLine = Pick<DocumentSummary, 'id' | 'year' | 'head' | 'sourceKind'> &
  Readonly<Record<'documents' | 'allCurrent' | 'allHold' | 'allFail', number>> & { isCurrent: boolean }

/**
 * Documents that an import brought, those with most failures first, with the sums over all of them, and whether each is the
 * newest that was imported for its place.
 */
export async function listImportedLines(
  sql: Sql,
  checker: string,
  importId: number,
  { limit, offset }: { limit: number; offset: number },
): Promise<ImportedLine[]> {
  return sql<ImportedLine[]>`
    select document.id, document.year, document.head, document.source_kind, count(*) over ()::int as documents,
      document.id = newest.document_id as is_current,
      (count(*) filter (where document.id = newest.document_id) over ())::int as all_current,
      coalesce(sum(line.holds + line.rounding + line.explained) over (), 0)::int as all_hold,
      coalesce(sum(line.fails) over (), 0)::int as all_fail
    from estimates.publication
    join estimates.document on document.id = publication.document_id
    join (
      select distinct on (placed.year, placed.head, placed.language)
        placed.year, placed.head, placed.language, counting.document_id
      from estimates.publication as counting
      join estimates.document as placed on placed.id = counting.document_id
      order by placed.year, placed.head, placed.language, counting.id desc
    ) as newest
      on newest.year = document.year and newest.head = document.head and newest.language = document.language
    left join (select year, head, max(id) as id from estimates.explained_exception group by year, head) as signed
      on signed.year = document.year and signed.head = document.head
    left join estimates.head_line as line
      on line.document_id = document.id and line.exception_id = coalesce(signed.id, 0) and line.checker = ${checker}
    where publication.import_id = ${importId}
    order by line.fails desc nulls last, document.year desc, length(document.head), document.head, document.language
    limit ${limit} offset ${offset}`
}

/** What a search looks through. */
export type SearchedDocument = Pick<DocumentSummary, 'id' | 'year' | 'head' | 'title'> & {
  content: Pick<EstimatesDocument, 'programmes' | 'tables'>
}

/** Of each Head the newest year, by its newest year and number. */
export async function listNewest(sql: Sql, of: Counting): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`
    select id
    from (
      select distinct on (length(head), head) id, year, head
      from (${counting(sql, of, null)}) as counting
      order by length(head), head, year desc
    ) as newest
    order by year desc, length(head), head
    limit ${headsMax}`
  return rows.map(({ id }) => id)
}

/** A number that stands in one of these documents, as much of it as a search names. */
type PrintedNumber = Pick<Cell, 'id' | 'subject' | 'measure' | 'period' | 'printed' | 'place' | 'lines'> & {
  documentId: number
}

/** Where these documents print a number: `1809.8` is found as `1,809.8`, a change of it with either sign. */
export async function listPrinted(
  sql: Sql,
  { ids, number, limit }: { ids: readonly number[]; number: string; limit: number },
): Promise<PrintedNumber[]> {
  return sql<PrintedNumber[]>`
    select document_id, id, subject, measure, jsonb_build_object('when', "when", 'phase', phase) as period, printed,
      place, jsonb_build_object('from', line_from, 'to', line_to) as lines
    from estimates.cell
    where document_id = any(${[...ids]}::bigint[]) and translate(printed, ',+-−–()%$ ', '') = ${number}
    order by array_position(${[...ids]}::bigint[], document_id), position
    limit ${limit}`
}

export async function listContents(sql: Sql, ids: readonly number[]): Promise<SearchedDocument[]> {
  return sql<SearchedDocument[]>`
    select id, year, head, title, content
    from estimates.document
    where id = any(${[...ids]}::bigint[])
    order by array_position(${[...ids]}::bigint[], id)
    limit ${ids.length}`
}
