import { type Installation, type Language, searchIn } from '#platform'
import { checkAcrossYears } from '../check/check.ts'
import { packDocuments } from '../documents/document-of.ts'
import { listExceptions } from '../documents/exceptions.sql.ts'
import { findSource, type HeadSource, keyOf, readDocument, readHead } from '../documents/head.ts'
import { namesOf } from '../documents/names.ts'
import { sha256Of } from '../documents/rows.ts'
import { phrase } from './labels.rules.ts'
import {
  type Counting,
  findState,
  insertLines,
  listFirstLines,
  listLinesOfYear,
  listPairs,
  listWithoutLine,
  listWorstLines,
  listYears,
  type StoredLine,
  type YearTotals,
} from './lines.sql.ts'
import { checker, lineRow } from './list.rules.ts'
import type { AcrossYears, HeadLine } from './shapes.ts'
import { words } from './words.ts'
import { yearBefore } from './years.rules.ts'

type Store = Pick<Installation, 'sql' | 'pack'>

const readAtOnce = 16

/** What counts, once every document has a line: of another checker, or since somebody signed, one is made here. */
export async function countingOf({ sql, pack }: Store, language: Language): Promise<Counting> {
  const of = { packSha256s: packDocuments(pack).map(sha256Of), checker, language }
  const state = await findState(sql)
  if (complete.get(sql) === state) return of
  for (;;) {
    const missing = await listWithoutLine(sql, of, readAtOnce)
    if (missing.length === 0) break
    const rows = await Promise.all(
      missing.map(async ({ id, exceptionId, ...at }, place) => {
        const { document, report } = await readDocument(sql, id, await listExceptions(sql, at))
        return lineRow(place, document, report, exceptionId)
      }),
    )
    await insertLines(
      sql,
      JSON.stringify(rows),
      missing.map(({ id }) => id),
    )
  }
  complete.set(sql, state)
  return of
}

/** The state in which no line was missing, for each pool. */
const complete = new WeakMap<object, string>()

const lineOf =
  ({ pack }: Store) =>
  ({ year, head, title, sourceKind, programmes, estimate, ...line }: StoredLine): HeadLine => {
    const { holds, rounding, fails, unknown, explained, derived, inferred, ambiguous, missing } = line
    return {
      year,
      head,
      title: namesOf(pack, { year, head }).head ?? { en: title, 'zh-Hant': title },
      source: sourceKind,
      programmes,
      estimate,
      counts: { holds, rounding, fails, unknown, explained, derived, inferred, ambiguous, missing },
    }
  }

/** Every year that is loaded, newest first. */
export const listTotals = async (store: Store, language: Language): Promise<YearTotals[]> =>
  listYears(store.sql, await countingOf(store, language))

/** Every Head of a year, 999 at most. */
export const listHeads = async (store: Store, language: Language, year: string): Promise<HeadLine[]> =>
  (await listLinesOfYear(store.sql, await countingOf(store, language), year)).map(lineOf(store))

/** The first Heads of each of these years. */
export const listFirst = async (store: Store, language: Language, years: readonly string[], each: number) =>
  (await listFirstLines(store.sql, await countingOf(store, language), years, each)).map(lineOf(store))

/** Heads whose checks fail first. */
export const listWorst = async (store: Store, language: Language, limit: number): Promise<HeadLine[]> =>
  (await listWorstLines(store.sql, await countingOf(store, language), limit)).map(lineOf(store))

/** How Heads of these years agree with the year before, where that is loaded too. */
export async function listAcross(
  store: Store,
  language: Language,
  { years, heads = null, limit }: { years: readonly string[]; heads?: readonly string[] | null; limit: number },
): Promise<AcrossYears[]> {
  const pairs = await listPairs(store.sql, await countingOf(store, language), { years, heads, limit })
  const found = await Promise.all(
    pairs.map(async ({ year, head }) => {
      const at = (each: string) => findSource(store, { year: each, head, language })
      const [earlier, later] = await Promise.all([at(yearBefore(year)), at(year)])
      if (!earlier || !later) return []
      const key = keyOf(earlier) + keyOf(later)
      const known = compared.get(key) ?? (await compare(store, earlier, later))
      if (compared.size >= comparedMax) compared.clear()
      compared.set(key, known)
      return known
    }),
  )
  return found.flat()
}

/** How all Heads agree with the year before: counted anew when somebody imported or signed something. */
export async function totalAcross(store: Store, language: Language): Promise<AcrossYears[]> {
  const state = `${language} ${await findState(store.sql)}`
  const known = totals.get(store.sql)
  if (known?.state === state) return known.across
  const years = (await listTotals(store, language)).map(({ year }) => year)
  const across: AcrossYears[] = []
  // A year at a time: all of them at once would hold every document of the store.
  for (const year of years) across.push(...(await listAcross(store, language, { years: [year], limit: pairsMax })))
  totals.set(store.sql, { state, across })
  return across
}

const totals = new WeakMap<object, { state: string; across: AcrossYears[] }>()
/** A year has 999 Heads at most. */
const pairsMax = 999

const compared = new Map<string, AcrossYears>()
const comparedMax = 2000

async function compare(store: Store, before: HeadSource, after: HeadSource): Promise<AcrossYears> {
  const [earlier, later] = await Promise.all([readHead(store, before), readHead(store, after)])
  const { identities } = checkAcrossYears(earlier.document, later.document, { exceptions: later.exceptions })
  const count = (...outcomes: string[]) => identities.filter(({ outcome }) => outcomes.includes(outcome)).length
  return {
    head: later.document.head,
    earlier: earlier.document.year,
    later: later.document.year,
    holds: count('holds', 'rounding', 'explained'),
    fails: count('fails'),
    unknown: count('unknown'),
  }
}

/** Heads whose number or name is looked for, best first: `47`, `Head 47`, `marine`. */
export function findHeads(lines: readonly HeadLine[], text: string): HeadLine[] {
  const byNumber = lines.filter(({ head }) => head === text.replace(/^0+/, ''))
  const searchable = lines.map((line) => ({
    item: line,
    title: line.title,
    also: [phrase(words.head, { head: line.head })],
  }))
  return byNumber.length > 0 ? byNumber : searchIn(searchable, text, lines.length)
}

/** A page of a list; the last one where there are not so many. */
export function pageOf<Item>(items: readonly Item[], wanted = 1, each: number) {
  const pages = Math.max(1, Math.ceil(items.length / each))
  const page = Math.min(wanted, pages)
  return { page, pages, shown: items.slice((page - 1) * each, page * each) }
}
