import { type Static, Type } from 'typebox'

/*
 * The Estimates as data. A document is prose, tables and cells. Every number that the document prints, and every number
 * that it lost, is one Cell with the coordinates of what it measures; two cells with the same coordinates are the same
 * fact printed in two places, whatever their units. The checker reads coordinates and table structure only, so that
 * identities are generated from the document, never listed by hand.
 */

/** `2023-24`: twelve months from the month of the pack; `periodOf` gives its days. */
export type FinancialYear = Static<typeof FinancialYear>
export const FinancialYear = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}$' })

/** `47`, as the Estimates print it; three digits at most, no leading zero. */
export type HeadNumber = Static<typeof HeadNumber>
export const HeadNumber = Type.String({ pattern: '^[1-9][0-9]{0,2}$' })

/** What the address of a Head names. */
export const HeadParams = Type.Object({ year: FinancialYear, head: HeadNumber })

/** First and last line of the source, counted from 1. A table file counts its rows (of its sheet) the same way. */
export type Lines = Static<typeof Lines>
export const Lines = Type.Object({ from: Type.Integer({ minimum: 1 }), to: Type.Integer({ minimum: 1 }) })

/**
 * What stands in a column: `actual` (實際), `original` (原來預算, also printed as 核准預算), `revised` (修訂),
 * `estimate` (預算), `plan` (計劃, targets only), `accumulated` (commitments: spent to a date), `asAt` (a count on a day).
 */
export type Phase = Static<typeof Phase>
export const Phase = Type.Enum(['actual', 'original', 'revised', 'estimate', 'plan', 'accumulated', 'asAt'])

/**
 * `when` is a financial year (`2023-24`), a calendar year (`2023`) or a day (`2023-03-31`). Conventions, so that one fact
 * has one coordinate wherever it is printed (Y is the document's year):
 * - a commitment's approved sum, balance, `approved-before` and `approved-increase`, and the salary ceiling: `Y.estimate`;
 * - `accumulated`: the day, phase `accumulated`; `revised-spending`: the year before Y, phase `revised`;
 * - posts: the day, phase `asAt`; a change of posts over Y: the day that ends Y, with the day before Y as its base;
 * - the standing target (the column 目標 or Target): `Y.plan`, beside the plan of the calendar year, `2023.plan`.
 */
export type Period = Static<typeof Period>
export const Period = Type.Object({ when: Type.String({ pattern: '^[0-9]{4}(-[0-9]{2}){0,2}$' }), phase: Phase })

/** The unit as printed. `rate` is a percentage of change, `share` a percentage that stands by itself. */
export type Unit = Static<typeof Unit>
export const Unit = Type.Enum([
  'dollar',
  'ten-thousand',
  'thousand',
  'million',
  'hundred-million',
  'rate',
  'share',
  'post',
  'number',
])

/**
 * What is measured of a subject. For each: subject → meaning.
 * `provision`          head, programme:1, account:operating, group:…, subhead:000, line:000.1 → money voted, spent or forecast
 * `provision-change`   the same → money, `period` less `base`
 * `provision-rate`     the same → percentage of change from `base` to `period`
 * `approved`           commitment:801, commitments → approved commitment
 * `accumulated`        commitment:801, commitments → spent up to a date
 * `revised-spending`   commitment:801, commitments → revised estimate of the current year
 * `balance`            commitment:801, commitments → what is left
 * `approved-before`, `approved-increase`  commitment:894 → a footnote's “$800 million, now $300 million more”
 * `posts`              head → non-directorate posts on a day; `directorate-posts`, `all-posts` likewise
 * `posts-change`, `all-posts-change`  head, programme:1 → net change of posts over a year (all-posts counts every post)
 * `salary-ceiling`     head → notional annual mid-point salary value
 * `target`, `indicator`  target:1.1, indicator:1.3 → as its row says
 */
export type Measure = Static<typeof Measure>
export const Measure = Type.Enum([
  'provision',
  'provision-change',
  'provision-rate',
  'approved',
  'accumulated',
  'revised-spending',
  'balance',
  'approved-before',
  'approved-increase',
  'posts',
  'directorate-posts',
  'all-posts',
  'posts-change',
  'all-posts-change',
  'salary-ceiling',
  'target',
  'indicator',
])

/** Where a number stands in the document. */
export type Place = Static<typeof Place>
export const Place = Type.Enum([
  'cover',
  'programme',
  'targets',
  'indicators',
  'analysis',
  'prose',
  'subheads',
  'notes',
  'breakdown',
  'commitments',
  'footnote',
  'table',
])

/**
 * `printed`: read from the source. `derived`: lost, and the one value that the identities in `because` allow.
 * `inferred`: lost, and likely (a nil that the row's other columns suggest, or what follows from one), not proved.
 * `ambiguous`: lost, and several values are possible. `missing`: lost, and nothing is known.
 */
export type CellStatus = Static<typeof CellStatus>
export const CellStatus = Type.Enum(['printed', 'derived', 'inferred', 'ambiguous', 'missing'])

/** One number of the document, or the hole where one was. */
export type Cell = Static<typeof Cell>
export const Cell = Type.Object({
  /**
   * Stable within the document: `<place>/<subject>/<measure>/<when>.<phase>`, then `~<when>.<phase>` of the base of a
   * change or rate, then `#2` for a second one.
   */
  id: Type.String({ maxLength: 200 }),
  place: Place,
  subject: Type.String({ maxLength: 80 }),
  measure: Measure,
  period: Period,
  /** What the period is compared with: only for a change or a rate. */
  base: Type.Optional(Period),
  unit: Unit,
  /** The number in steps of the unit's last printed decimal: 1,031.2 million is 10312 with `decimals` 1. Null when not known. */
  steps: Type.Union([
    Type.Integer({ minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }),
    Type.Null(),
  ]),
  decimals: Type.Integer({ minimum: 0, maximum: 6 }),
  /** Printed as “—”: nothing, which is a statement; `steps` is 0. A lost cell is not nil. */
  nil: Type.Boolean(),
  /** The characters as they stand in the source; null for a lost cell. */
  printed: Type.Union([Type.String({ maxLength: 100 }), Type.Null()]),
  lines: Lines,
  status: CellStatus,
  /** Footnote marks printed at the number (`#`, `¶`). */
  marks: Type.Array(Type.String({ maxLength: 2 }), { maxItems: 4 }),
  /** For a derived, inferred or ambiguous cell: the ids of the identities that speak. */
  because: Type.Array(Type.String({ maxLength: 200 }), { maxItems: 12 }),
})

/** A column of a table: `{ when: '2022-23', phase: 'revised' }` in `thousand`. */
export type Column = Static<typeof Column>
export const Column = Type.Object({
  period: Period,
  measure: Measure,
  unit: Unit,
  label: Type.String({ maxLength: 100 }),
})

/**
 * Subjects of rows: `head`; `programme:1`; `account:operating`, `account:capital`; `group:recurrent`, `group:non-recurrent`,
 * `group:plant`, `group:subventions`, else `group:<account>.<n>`; `subhead:000`, and for a row that lost its code
 * `subhead:<group>.<n>`, the n-th such row of its group; `line:000.3` and `group:000.1` inside the breakdown of a subhead;
 * `commitment:801`, `commitments`; `target:1.1`, `indicator:1.3`, `group:indicators.1.1`. A code that comes again in one
 * table gets `.2`.
 *
 * `group` is a label without numbers. A `total` or `subtotal` is the sum of the rows in `sumOf`, column by column. */
export type Row = Static<typeof Row>
export const Row = Type.Object({
  subject: Type.String({ maxLength: 80 }),
  /** As printed, joined over wrapped lines, without leaders and marks; empty where a total has no label. */
  label: Type.String({ maxLength: 300 }),
  /** The printed number of a subhead or item: `000`, `700`, `801`. */
  code: Type.Optional(Type.String({ maxLength: 10 })),
  role: Type.Enum(['line', 'subtotal', 'total', 'group']),
  /** Subject of the group row that this row stands under, the nearest one. */
  group: Type.Optional(Type.String({ maxLength: 80 })),
  /** Subjects of the rows that this one adds up. Empty for a line. */
  sumOf: Type.Array(Type.String({ maxLength: 80 }), { maxItems: 500 }),
  marks: Type.Array(Type.String({ maxLength: 2 }), { maxItems: 4 }),
  /** Cell ids, one for each column of the table; null where the table has no such number (the balance of a group, say). */
  cells: Type.Array(Type.Union([Type.String({ maxLength: 200 }), Type.Null()]), { maxItems: 20 }),
  lines: Lines,
})

export type Table = Static<typeof Table>
export const Table = Type.Object({
  /** `programme.1`, `targets.1`, `indicators.1`, `analysis`, `subheads`, `breakdown.000`, `commitments`. */
  id: Type.String({ maxLength: 40 }),
  place: Place,
  columns: Type.Array(Column, { maxItems: 20 }),
  rows: Type.Array(Row, { maxItems: 5000 }),
  lines: Lines,
})

/** A sentence or paragraph; `number` is the printed one (paragraphs 2 to 14), when there is one. */
export type Passage = Static<typeof Passage>
export const Passage = Type.Object({
  number: Type.Optional(Type.Integer({ minimum: 1, maximum: 999 })),
  text: Type.String({ maxLength: 10_000 }),
  lines: Lines,
})

/** A list with its lead (“In 2022–23, the Office:”); every item keeps its own lines. */
export type Matters = Static<typeof Matters>
export const Matters = Type.Object({
  number: Type.Optional(Type.Integer({ minimum: 1, maximum: 999 })),
  lead: Type.String({ maxLength: 500 }),
  items: Type.Array(Passage, { maxItems: 100 }),
  lines: Lines,
})

export type Programme = Static<typeof Programme>
export const Programme = Type.Object({
  number: Type.Integer({ minimum: 1, maximum: 99 }),
  name: Type.String({ maxLength: 300 }),
  aim: Type.Union([Passage, Type.Null()]),
  description: Type.Array(Passage, { maxItems: 50 }),
  done: Type.Union([Matters, Type.Null()]),
  attention: Type.Union([Matters, Type.Null()]),
  /** Why the provision changes and how many posts come and go, from “Analysis of financial and staffing provision”. */
  explanation: Type.Union([Passage, Type.Null()]),
  lines: Lines,
})

export type PolicyArea = Static<typeof PolicyArea>
export const PolicyArea = Type.Object({
  number: Type.Integer({ minimum: 1, maximum: 99 }),
  name: Type.String({ maxLength: 200 }),
  secretary: Type.String({ maxLength: 200 }),
  programmes: Type.Array(Type.Integer({ minimum: 1, maximum: 99 }), { maxItems: 99 }),
  lines: Lines,
})

/** A chart of which the source kept only the caption. */
export type Chart = Static<typeof Chart>
export const Chart = Type.Object({
  kind: Type.Enum(['provision', 'staff', 'establishment']),
  caption: Type.String({ maxLength: 200 }),
  lines: Lines,
})

export type Footnote = Static<typeof Footnote>
export const Footnote = Type.Object({
  mark: Type.String({ maxLength: 2 }),
  text: Type.String({ maxLength: 1000 }),
  /** Rows that carry the mark. */
  subjects: Type.Array(Type.String({ maxLength: 80 }), { maxItems: 50 }),
  lines: Lines,
})

/**
 * What the importer did or could not do. `repair`: changed what it read and can prove it. `doubt`: read it one way,
 * another is possible. `loss`: something is gone. `unknown`: a line that it does not understand, kept as it is.
 */
export type Finding = Static<typeof Finding>
export const Finding = Type.Object({
  kind: Type.Enum(['repair', 'doubt', 'loss', 'unknown']),
  /** A key of `findings` in `import/findings.ts`, which holds the sentences in every language: `column-lost`, `header-repeated`. */
  code: Type.String({ pattern: '^[a-z]+(-[a-z0-9]+)*$', maxLength: 60 }),
  values: Type.Record(Type.String(), Type.Union([Type.String({ maxLength: 2000 }), Type.Number()])),
  lines: Lines,
})

/** One Head of one year, as one source gives it. */
export type EstimatesDocument = Static<typeof EstimatesDocument>
export const EstimatesDocument = Type.Object({
  year: FinancialYear,
  head: HeadNumber,
  title: Type.String({ maxLength: 300 }),
  language: Type.Union([Type.Literal('zh-Hant'), Type.Literal('en')]),
  source: Type.Object({
    kind: Type.Union([Type.Literal('text'), Type.Literal('table'), Type.Literal('pack')]),
    name: Type.String({ maxLength: 255 }),
    /** SHA-256 of the source's bytes, hexadecimal. */
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    lines: Type.Integer({ minimum: 0 }),
  }),
  controllingOfficer: Type.Union([Passage, Type.Null()]),
  policyAreas: Type.Array(PolicyArea, { maxItems: 50 }),
  programmes: Type.Array(Programme, { maxItems: 99 }),
  tables: Type.Array(Table, { maxItems: 200 }),
  cells: Type.Array(Cell, { maxItems: 100_000 }),
  notes: Type.Array(Passage, { maxItems: 200 }),
  charts: Type.Array(Chart, { maxItems: 20 }),
  footnotes: Type.Array(Footnote, { maxItems: 100 }),
  findings: Type.Array(Finding, { maxItems: 5000 }),
})

/** Why a difference is no mistake. */
export type Reason = Static<typeof Reason>
export const Reason = Type.Enum(['transfer', 'restatement', 'rounding', 'other'])

/** How long each part of an explanation may be: in its form, its request and its record. */
export const explanationMax = { difference: 60, explanation: 2000, source: 500 } as const

/**
 * `holds`; `rounding`: two places differ by one printed unit across units, and a column that is forced to add up
 * explains it; `fails`; `unknown`: a number that the identity needs is lost.
 */
export type Outcome = Static<typeof Outcome>
export const Outcome = Type.Enum(['holds', 'rounding', 'fails', 'unknown', 'explained'])

/** A statement that the document's own structure implies about its numbers, and whether it is true. */
export type Identity = Static<typeof Identity>
export const Identity = Type.Object({
  /** Made from its kind and coordinates, so it is the same after every import: `sum/analysis/head/2023-24.estimate`. */
  id: Type.String({ maxLength: 200 }),
  kind: Type.Enum([
    'sum',
    'same',
    'change',
    'rate',
    'commitment',
    'supplement',
    'posts',
    'spending',
    'bound',
    'across-years',
  ]),
  outcome: Outcome,
  /** The number that is claimed, and where. */
  claimed: Type.String({ maxLength: 200 }),
  /** Ids of the cells that it is compared with or made of, in the order of the equation, each with its sign. */
  operands: Type.Array(
    Type.Object({ cell: Type.String({ maxLength: 200 }), sign: Type.Union([Type.Literal(1), Type.Literal(-1)]) }),
    {
      maxItems: 600,
    },
  ),
  /** Both sides as people write them, in the claimed cell's unit; null when not known. */
  stated: Type.Union([Type.String({ maxLength: 60 }), Type.Null()]),
  computed: Type.Union([Type.String({ maxLength: 60 }), Type.Null()]),
  /** Why it cannot be checked or holds only within rounding: a key of `check/reasons.ts`. */
  reason: Type.Optional(Type.String({ maxLength: 60 })),
  lines: Type.Array(Lines, { maxItems: 601 }),
})

/** What a check found; the machine's form of `./praya estimates check --json`. */
export type CheckReport = Static<typeof CheckReport>
export const CheckReport = Type.Object({
  identities: Type.Array(Identity),
  /** Cells with what the identities recovered: derived, inferred, ambiguous or still missing. */
  cells: Type.Array(Cell),
})
