import { type Static, Type } from 'typebox'
import { type Complaint, type Definition, expects, packText, packWords } from '#pack'
import { texts } from '#platform'
import { readYear } from '../import/periods.ts'
import { FinancialYear, HeadNumber, Measure, Period, Place, Unit } from '../types.ts'

/*
 * A Head as a pack writes it: the figures that were printed, where each stood in the source, and names in every language.
 * No sentence of the source is copied: a pack without the imported text still publishes every number and checks it.
 */

const PackLines = Type.Union(
  [Type.Integer({ minimum: 1, maximum: 1_000_000 }), Type.String({ pattern: '^[1-9][0-9]{0,6}-[1-9][0-9]{0,6}$' })],
  expects({ en: 'Lines of the source, as 29, or 29-30', 'zh-Hant': '來源檔案的行號，例如 29，或 29-30' }),
)
const Subject = Type.String({
  pattern: '^[a-z]+(-[a-z]+)*(:[a-z0-9.]+(-[a-z]+)*)?$',
  maxLength: 80,
  ...expects({
    en: 'What a number speaks of, as head, programme:1, subhead:000 or commitment:801',
    'zh-Hant': '數字所指的項目，例如 head、programme:1、subhead:000 或 commitment:801',
  }),
})

/** As printed: `1,031.2`, `-0.6`, `50,000#`, `—` for nil; null where the source lost it. */
const figure = '([-+]?[0-9][0-9,]{0,18}([.][0-9]{1,6})?|—)[#¶§†‡Λ@^*±]{0,2}'
const described = expects({
  en: "A number as printed, in quotation marks, as '1,031.2'; '—' for nil; null where the source lost it",
  'zh-Hant': "照印刷本寫並加引號的數字，例如 '1,031.2'；零為 '—'；來源缺失的為 null",
})
const PrintedFigure = Type.Union([Type.String({ pattern: `^${figure}$` }), Type.Null()], described)
/** Empty where a row has no such number: a table whose rows have other columns further down. */
const RowFigure = Type.Union([Type.String({ pattern: `^(${figure})?$` }), Type.Null()], described)

const PackRow = Type.Object({
  subject: Subject,
  role: Type.Optional(Type.Enum(['line', 'subtotal', 'total', 'group'], { description: 'line, unless written here' })),
  group: Type.Optional(Subject),
  sumOf: Type.Optional(Type.Array(Subject, { maxItems: 500 })),
  unit: Type.Optional(Unit),
  marks: Type.Optional(
    Type.String({
      pattern: '^[#¶§†‡Λ@^*±]{1,4}$',
      ...expects({ en: 'Marks at the name, as #', 'zh-Hant': '名稱旁的記號，例如 #' }),
    }),
  ),
  lines: PackLines,
  figures: Type.Optional(Type.Array(RowFigure, { maxItems: 20 })),
})

const PackTable = Type.Object({
  id: Type.String({
    pattern: '^[a-z]+([.][0-9]+){0,2}$',
    maxLength: 40,
    ...expects({
      en: 'The table, as programme.1, analysis or breakdown.000',
      'zh-Hant': '表格，例如 programme.1、analysis 或 breakdown.000',
    }),
  }),
  unit: Unit,
  lines: PackLines,
  columns: Type.Array(
    Type.String({
      pattern: '^([a-z-]+ )?[0-9-]{4,10}[.][a-zA-Z]+$',
      maxLength: 60,
      ...expects({
        en: 'The period and, where it is not provision, the measure, as 2022-23.revised or balance 2023-24.estimate',
        'zh-Hant': '時期；如非撥款則前加量度項目，例如 2022-23.revised 或 balance 2023-24.estimate',
      }),
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
    ...expects({
      en: 'place/subject/measure/period, as cover/head/provision/2023-24.estimate, then ~period of what it is compared with',
      'zh-Hant':
        'place/subject/measure/period，例如 cover/head/provision/2023-24.estimate；與另一時期比較時後加 ~period',
    }),
  }),
  unit: Unit,
  figure: PrintedFigure,
  lines: PackLines,
})

export type PackHead = Static<typeof PackHead>
export const PackHead = Type.Object({
  year: Type.String({
    ...FinancialYear,
    ...expects({ en: 'A financial year, as 2023-24', 'zh-Hant': '財政年度，例如 2023-24' }),
  }),
  head: Type.String({
    ...HeadNumber,
    ...expects({ en: "The number of the Head, as '47'", 'zh-Hant': "總目編號，例如 '47'" }),
  }),
  title: packText(300),
  source: Type.Object({
    name: packWords(255),
    language: Type.Enum(['zh-Hant', 'en']),
    sha256: Type.String({
      pattern: '^[0-9a-f]{64}$',
      ...expects({
        en: 'The SHA-256 of its bytes, 64 hexadecimal digits',
        'zh-Hant': '檔案的 SHA-256，64 個十六進制數字',
      }),
    }),
    lines: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  }),
  names: Type.Record(Type.String({ maxLength: 80 }), packText(300), {
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
      if (readYear(head.year) === undefined)
        yield { at: head, key: 'year', text: sentences.year, values: { year: head.year } }
      yield* checkTables(head)
      yield* checkCells(head)
      for (const programme of head.programmes)
        if (!isNamed(head, `programme:${programme.number}`))
          yield nameless(programme, 'number', `programme:${programme.number}`)
    }
  },
}

const sentences = texts({
  year: {
    en: '“{year}” is no financial year: the second half follows the first, as 2023-24.',
    'zh-Hant': '「{year}」不是財政年度：後半須緊接前半，例如 2023-24。',
  },
  nameless: { en: 'Give {subject} a name under “names”.', 'zh-Hant': '在「names」之下為 {subject} 加上名稱。' },
  place: {
    en: 'No part of a Head is called “{place}”. Write one of {places}.',
    'zh-Hant': '總目沒有「{place}」這部分。須為以下之一：{places}。',
  },
  column: {
    en: '“{column}” names no measure or period that exists. Write it as 2022-23.revised or balance 2023-24.estimate.',
    'zh-Hant': '「{column}」所指的量度項目或時期並不存在。寫法如 2022-23.revised 或 balance 2023-24.estimate。',
  },
  cell: {
    en: '“{id}” names a place, measure or period that does not exist. Write it as cover/head/provision/2023-24.estimate.',
    'zh-Hant': '「{id}」所指的部分、量度項目或時期並不存在。寫法如 cover/head/provision/2023-24.estimate。',
  },
  figures: {
    en: 'This row has {count} figures, and the table {wanted} columns for it. Write null where the source lost one.',
    'zh-Hant': '此列有 {count} 個數字，而表格有 {wanted} 欄。來源缺失的寫 null。',
  },
  noRow: {
    en: '{subject} speaks of {part}, which is no row of this table. Add the row, or name another.',
    'zh-Hant': '{subject} 提及的 {part} 不是這個表格的一列。加上該列，或改寫另一列。',
  },
})

type Words = { enum: string[] }
const isOne = (words: Words, word: string) => words.enum.includes(word)
const [places, measures, phases] = [Place, Measure, Period.properties.phase] as unknown as [Words, Words, Words]
const isPeriod = (measure: string, period: Period) => isOne(measures, measure) && isOne(phases, period.phase)

const isNamed = ({ names }: PackHead, subject: string) => Object.hasOwn(names, subject)
const nameless = (at: object, key: string, subject: string): Complaint => ({
  at,
  key,
  text: sentences.nameless,
  values: { subject },
})

function* checkTables(head: PackHead): Generator<Complaint> {
  for (const table of head.tables) {
    const place = placeOf(table.id)
    if (!isOne(places, place))
      yield { at: table, key: 'id', text: sentences.place, values: { place, places: places.enum.join(', ') } }
    for (const [index, column] of table.columns.entries()) {
      const { measure, period } = readColumn(column)
      if (!isPeriod(measure, period))
        yield { at: table.columns, key: String(index), text: sentences.column, values: { column } }
    }
    const subjects = new Set(table.rows.map(({ subject }) => subject))
    for (const row of table.rows) {
      const { subject, figures = [], sumOf = [], group } = row
      if (subject !== 'head' && !isNamed(head, subject)) yield nameless(row, 'subject', subject)
      const wanted = row.role === 'group' ? 0 : table.columns.length
      if (figures.length !== wanted)
        yield { at: row, key: 'figures', text: sentences.figures, values: { count: figures.length, wanted } }
      for (const part of [...sumOf, ...(group ? [group] : [])])
        if (!subjects.has(part)) yield { at: row, key: 'subject', text: sentences.noRow, values: { subject, part } }
    }
  }
}

function* checkCells({ cells }: PackHead): Generator<Complaint> {
  for (const cell of cells) {
    const { place, measure, period, base } = readCellId(cell.id)
    if (!isOne(places, place) || !isPeriod(measure, period) || (base && !isOne(phases, base.phase)))
      yield { at: cell, key: 'id', text: sentences.cell, values: { id: cell.id } }
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
