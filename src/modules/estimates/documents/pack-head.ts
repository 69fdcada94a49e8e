import { type Static, Type } from 'typebox'
import type { Definition } from '#platform'
import { FinancialYear, HeadNumber, Measure, Period, Place, Unit } from '../types.ts'

/*
 * A Head as a pack writes it: the figures that were printed, where each stood in the source, and names in every language.
 * No sentence of the source is copied: a pack without the imported text still publishes every number and checks it.
 */

const words = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '\\S$' })
const Name = Type.Object(
  { en: words(300), 'zh-Hant': words(300), 'zh-Hans': Type.Optional(words(300)) },
  { description: 'Text in each language' },
)

const PackLines = Type.Union(
  [Type.Integer({ minimum: 1, maximum: 1_000_000 }), Type.String({ pattern: '^[1-9][0-9]{0,6}-[1-9][0-9]{0,6}$' })],
  { description: 'Lines of the source: 29, or 29-30' },
)
const Subject = Type.String({
  pattern: '^[a-z]+(-[a-z]+)*(:[a-z0-9.]+(-[a-z]+)*)?$',
  maxLength: 80,
  description: 'What a number speaks of: head, programme:1, subhead:000, commitment:801',
})

/** As printed: `1,031.2`, `-0.6`, `50,000#`, `—` for nil; null where the source lost it. */
const figure = '([-+]?[0-9][0-9,]{0,18}([.][0-9]{1,6})?|—)[#¶§†‡Λ@^*±]{0,2}'
const described = { description: 'A number as printed in quotation marks, — for nil, or null where the source lost it' }
const PrintedFigure = Type.Union([Type.String({ pattern: `^${figure}$` }), Type.Null()], described)
/** Empty where a row has no such number: a table whose rows have other columns further down. */
const RowFigure = Type.Union([Type.String({ pattern: `^(${figure})?$` }), Type.Null()], described)

const PackRow = Type.Object({
  subject: Subject,
  role: Type.Optional(Type.Enum(['line', 'subtotal', 'total', 'group'], { description: 'line, unless written here' })),
  group: Type.Optional(Subject),
  sumOf: Type.Optional(Type.Array(Subject, { maxItems: 500 })),
  unit: Type.Optional(Unit),
  marks: Type.Optional(Type.String({ pattern: '^[#¶§†‡Λ@^*±]{1,4}$', description: 'Marks at the name' })),
  lines: PackLines,
  figures: Type.Optional(Type.Array(RowFigure, { maxItems: 20 })),
})

const PackTable = Type.Object({
  id: Type.String({
    pattern: '^[a-z]+([.][0-9]+){0,2}$',
    maxLength: 40,
    description: 'programme.1, analysis, breakdown.000',
  }),
  unit: Unit,
  lines: PackLines,
  columns: Type.Array(
    Type.String({
      pattern: '^([a-z-]+ )?[0-9-]{4,10}[.][a-zA-Z]+$',
      maxLength: 60,
      description: 'The period and, where it is not provision, the measure: 2022-23.revised, balance 2023-24.estimate',
    }),
    { minItems: 1, maxItems: 20 },
  ),
  rows: Type.Array(PackRow, { minItems: 1, maxItems: 5000 }),
})

/** A number outside the tables; its id says what it measures, as `place/subject/measure/when.phase~when.phase`. */
const PackCell = Type.Object({
  id: Type.String({
    pattern: '^[a-z]+/[a-z0-9:.-]+/[a-z-]+/[0-9-]{4,10}[.][a-zA-Z]+(~[0-9-]{4,10}[.][a-zA-Z]+)?(#[2-9])?$',
    maxLength: 200,
    description: 'place/subject/measure/period, then ~period of what it is compared with',
  }),
  unit: Unit,
  figure: PrintedFigure,
  lines: PackLines,
})

export type PackHead = Static<typeof PackHead>
export const PackHead = Type.Object({
  year: FinancialYear,
  head: HeadNumber,
  title: Name,
  source: Type.Object({
    name: words(255),
    language: Type.Enum(['zh-Hant', 'en']),
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of its bytes, 64 hexadecimal digits' }),
    lines: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  }),
  names: Type.Record(Type.String({ maxLength: 80 }), Name, {
    maxProperties: 2000,
    description:
      'The name of each subject, also controlling-officer, policy-area:17, secretary:17, footnote:# and chart:staff',
  }),
  policyAreas: Type.Optional(
    Type.Array(
      Type.Object({
        number: Type.Integer({ minimum: 1, maximum: 99 }),
        programmes: Type.Array(Type.Integer({ minimum: 1, maximum: 99 }), { maxItems: 99 }),
        lines: PackLines,
      }),
      { maxItems: 50 },
    ),
  ),
  controllingOfficer: Type.Optional(Type.Object({ lines: PackLines })),
  programmes: Type.Array(Type.Object({ number: Type.Integer({ minimum: 1, maximum: 99 }), lines: PackLines }), {
    maxItems: 99,
  }),
  tables: Type.Array(PackTable, { maxItems: 200 }),
  cells: Type.Array(PackCell, { maxItems: 5000 }),
  charts: Type.Optional(
    Type.Array(Type.Object({ kind: Type.Enum(['provision', 'staff', 'establishment']), lines: PackLines }), {
      maxItems: 20,
    }),
  ),
  footnotes: Type.Optional(
    Type.Array(
      Type.Object({
        mark: Type.String({ minLength: 1, maxLength: 2 }),
        subjects: Type.Array(Subject, { maxItems: 50 }),
        lines: PackLines,
      }),
      { maxItems: 100 },
    ),
  ),
})

export const heads: Definition<typeof PackHead> = {
  kind: 'head',
  summary: 'A Head of the Estimates: its printed figures, where each stands in the source, and its names.',
  file: 'estimates/*/head-*.yaml',
  holds: 'one',
  shape: PackHead,
  identifier: ['year', 'head'],
  *check(values) {
    for (const head of values) {
      yield* checkTables(head)
      yield* checkCells(head)
      for (const programme of head.programmes)
        if (!head.names[`programme:${programme.number}`])
          yield { at: programme, key: 'number', sentence: `Give programme:${programme.number} a name under “names”.` }
    }
  },
}

const isOne = (words: { enum: readonly string[] }, word: string) => words.enum.includes(word)
const phases = Period.properties.phase as unknown as { enum: string[] }

function* checkTables({ tables, names }: PackHead) {
  for (const table of tables) {
    if (!isOne(Place as never, placeOf(table.id)))
      yield { at: table, key: 'id', sentence: `No part of a Head is called “${placeOf(table.id)}”.` }
    for (const [index, column] of table.columns.entries()) {
      const { measure, period } = readColumn(column)
      if (!isOne(Measure as never, measure) || !isOne(phases, period.phase))
        yield { at: table.columns, key: String(index), sentence: `“${column}” names no measure or period that exists.` }
    }
    const subjects = new Set(table.rows.map(({ subject }) => subject))
    for (const row of table.rows) {
      if (row.subject !== 'head' && !names[row.subject])
        yield { at: row, key: 'subject', sentence: `Give ${row.subject} a name under “names”.` }
      const wanted = row.role === 'group' ? 0 : table.columns.length
      if ((row.figures?.length ?? 0) !== wanted)
        yield {
          at: row,
          key: 'figures',
          sentence: `This row has ${row.figures?.length ?? 0} figures; it needs ${wanted}.`,
        }
      for (const part of [...(row.sumOf ?? []), ...(row.group ? [row.group] : [])])
        if (!subjects.has(part))
          yield {
            at: row,
            key: 'subject',
            sentence: `${row.subject} speaks of ${part}, which is no row of this table.`,
          }
    }
  }
}

function* checkCells({ cells }: PackHead) {
  for (const cell of cells) {
    const { place, measure, period, base } = readCellId(cell.id)
    if (
      !isOne(Place as never, place) ||
      !isOne(Measure as never, measure) ||
      !isOne(phases, period.phase) ||
      (base && !isOne(phases, base.phase))
    )
      yield { at: cell, key: 'id', sentence: `“${cell.id}” names a place, measure or period that does not exist.` }
  }
}

/** `breakdown.000` stands in the place `breakdown`. */
export const placeOf = (tableId: string): string => tableId.split('.')[0]!

const readPeriod = (text: string): Period => {
  const at = text.lastIndexOf('.')
  return { when: text.slice(0, at), phase: text.slice(at + 1) as Period['phase'] }
}

/** `balance 2023-24.estimate`; without a measure it is provision. */
export function readColumn(column: string): { measure: string; period: Period } {
  const [period, measure = 'provision'] = column.split(' ').reverse()
  return { measure, period: readPeriod(period!) }
}

/** What a cell's id says. */
export function readCellId(id: string) {
  const [place, subject, measure, periods] = id.replace(/#\d$/, '').split('/') as [string, string, string, string]
  const [period, base] = periods.split('~').map(readPeriod) as [Period, Period?]
  return { place, subject, measure, period, ...(base && { base }) }
}

/** `29` or `29-30`. */
export function readLines(lines: number | string) {
  const [from, to = from] = String(lines).split('-').map(Number) as [number, number?]
  return { from, to }
}
