import { type Static, Type } from 'typebox'
import { type FigureUnit, Text } from '#platform'
import { DocumentCheck, ExplainedException } from '../check/check.ts'
import { Cell, EstimatesDocument, FinancialYear, HeadNumber, Identity, Outcome, Place, Row, Unit } from '../types.ts'

/* The data of the pages of a Head, as their addresses answer it with `.json`. */

const Path = Type.String({ maxLength: 500 })
const Count = Type.Integer({ minimum: 0 })
const SystemId = Type.String({ maxLength: 3 })
const found = DocumentCheck.allOf[1].properties

/** What an initiative says beside a line: what it is, the systems that do it, and the first figure that measures it. */
export type LineInitiative = Static<typeof LineInitiative>
export const LineInitiative = Type.Object({
  id: Type.String({ maxLength: 60 }),
  name: Text,
  path: Path,
  programme: Type.Integer(),
  systems: Type.Array(Type.Object({ id: SystemId, name: Text, running: Type.Boolean() })),
  /** Lines of the printed text that speak of it. */
  lines: Type.Array(Type.Integer()),
  matters: Type.Array(
    Type.Object({ list: Type.Enum(['done', 'attention']), item: Type.Integer(), line: Type.Integer() }),
  ),
  item: Type.Union([Type.String({ maxLength: 3 }), Type.Null()]),
  indicators: Type.Array(Type.String({ maxLength: 40 })),
  figure: Type.Union([
    Type.Object({
      id: Type.String({ maxLength: 80 }),
      title: Text,
      unit: Type.Unsafe<FigureUnit>(Type.String({ maxLength: 20 })),
      value: Type.Union([Type.Number(), Type.String(), Type.Null()]),
      evidence: Path,
      failed: Type.Boolean(),
    }),
    Type.Null(),
  ]),
})

/** How many identities came out how, and what became of lost numbers. */
export type Counts = Static<typeof Counts>
export const Counts = Type.Object({
  holds: Count,
  rounding: Count,
  fails: Count,
  unknown: Count,
  explained: Count,
  derived: Count,
  inferred: Count,
  ambiguous: Count,
  missing: Count,
})

/** How the estimate of one year stands against the original estimate that the next year's document prints. */
export type AcrossYears = Static<typeof AcrossYears>
export const AcrossYears = Type.Object({
  head: HeadNumber,
  earlier: FinancialYear,
  later: FinancialYear,
  holds: Count,
  fails: Count,
  unknown: Count,
})

/** An explained difference, with the name of who signed it as pages show it. */
export type SignedException = Static<typeof SignedException>
const SignedException = Type.Object({ ...ExplainedException.properties, signer: Text })

/** Everything that a Head's pages show. A part of a Head has the same shape, with less in it. */
export type HeadData = Static<typeof HeadData>
export const HeadData = Type.Object({
  year: FinancialYear,
  head: HeadNumber,
  title: Text,
  /** The years for which this Head is loaded, newest first. */
  years: Type.Array(FinancialYear),
  /** How its original estimates agree with the year before, where that is loaded too. */
  across: Type.Optional(AcrossYears),
  /** The text whose lines are meant; of kind `pack`, its figures came without its sentences. */
  source: Type.Object({
    ...EstimatesDocument.properties.source.properties,
    importedAt: Type.String({ maxLength: 40 }),
  }),
  names: Type.Record(Type.String(), Text),
  counts: Counts,
  document: EstimatesDocument,
  identities: Type.Array(Identity),
  differences: found.differences,
  suspicions: found.suspicions,
  ranges: found.ranges,
  /** Recovered numbers as sums of printed ones. */
  derivations: found.derivations,
  exceptions: Type.Array(SignedException),
  initiatives: Type.Array(LineInitiative),
  /** For paper: nothing that changes by itself, every row that a print holds, and numbers that do not open. */
  onPaper: Type.Optional(Type.Boolean()),
})

const Page = { page: Type.Integer({ minimum: 1 }), pages: Type.Integer({ minimum: 1 }) }
const Person = { mayExplain: Type.Boolean() }
const { properties } = HeadData

export const ProgrammeData = Type.Object({ ...properties, number: Type.Integer() })
export const PartData = Type.Object({ ...properties, part: Type.Enum(['subheads', 'commitments']) })
export const ChecksData = Type.Object({
  ...properties,
  ...Person,
  ...Page,
  outcome: Type.Union([Outcome, Type.Null()]),
})
/** `beside` are the identities of the other numbers of its row. */
export const CellData = Type.Object({ ...properties, ...Page, cell: Cell, beside: Type.Array(Identity) })
export const RowsData = Type.Object({ ...properties, ...Page, table: Type.String({ maxLength: 60 }) })

/** A Head as a list shows it: its name, its estimate, and what checking found. */
export type HeadLine = Static<typeof HeadLine>
export const HeadLine = Type.Object({
  year: FinancialYear,
  head: HeadNumber,
  title: Text,
  source: EstimatesDocument.properties.source.properties.kind,
  programmes: Count,
  estimate: Type.Union([Cell, Type.Null()]),
  counts: Counts,
})

/** A year with the sums of its Heads; `heads` are only the first of them. */
const Year = Type.Object({
  year: FinancialYear,
  count: Count,
  dollars: Type.Union([Type.Number(), Type.Null()]),
  holds: Count,
  fails: Count,
  heads: Type.Array(HeadLine),
})
export type EstimatesData = Static<typeof EstimatesData>
export const EstimatesData = Type.Object({
  years: Type.Array(Year),
  ...Page,
  /** Of the newest Heads with two years in a row; the page of a year says it of each Head. */
  across: Type.Array(AcrossYears),
})

export type YearData = Static<typeof YearData>
export const YearData = Type.Object({
  year: FinancialYear,
  /** What was looked for, in numbers and names. */
  query: Type.String({ maxLength: 200 }),
  /** How many Heads the year has, and how many of them were found. */
  count: Count,
  found: Count,
  ...Page,
  heads: Type.Array(HeadLine),
  /** How Heads of this page agree with the year before. */
  across: Type.Array(AcrossYears),
})

const NoCell = Type.Union([Cell, Type.Null()])

/** A line of the budget in two years: what was asked for then, what the next year calls its original, what is asked now. */
export type ComparedLine = Static<typeof ComparedLine>
export const ComparedLine = Type.Object({
  name: Text,
  role: Row.properties.role,
  earlier: NoCell,
  original: NoCell,
  later: NoCell,
  /** What the check across years says of it, where the years follow each other. */
  identity: Type.Union([Type.Object({ id: Identity.properties.id, outcome: Outcome }), Type.Null()]),
})

export type Comparison = Static<typeof Comparison>
export const Comparison = Type.Object({
  year: FinancialYear,
  head: HeadNumber,
  title: Text,
  years: Type.Array(FinancialYear),
  earlier: Type.Union([FinancialYear, Type.Null()]),
  later: Type.Union([FinancialYear, Type.Null()]),
  /** Whether the later year follows the earlier one, so that estimate and original must agree. */
  consecutive: Type.Boolean(),
  tables: Type.Array(Type.Object({ place: Place, unit: Unit, lines: Type.Array(ComparedLine) })),
  identities: Type.Array(Identity),
  /** Why lines differ, where somebody explained and signed it. */
  exceptions: Type.Array(SignedException),
})

export const CompareData = Type.Object({ ...Comparison.properties, ...Person })
