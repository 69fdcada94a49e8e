import { type Static, Type } from 'typebox'
import { Text } from '#platform'
import { PackWord, Reference } from '../types.ts'
import { misfitCodes } from './fit.rules.ts'

export const kinds = ['redecide', 'move'] as const
export type CohortKind = (typeof kinds)[number]
export const states = [
  ...([
    'previewing',
    'previewed',
    'proposed',
    'running',
    'done',
    'undo-proposed',
    'undoing',
    'undone',
    'failed',
  ] as const),
] as const
export type CohortState = (typeof states)[number]
/** How far a case of a cohort is: `same` comes out the same, `unfit` and `left-out` stay as they are, `kept` could not be undone. */
export const caseStates = [
  ...(['waiting', 'same', 'unfit', 'planned', 'applied', 'left-out', 'undone', 'kept'] as const),
] as const
export type CaseState = (typeof caseStates)[number]

/** How decided cases ended, of which a cohort may be chosen. */
export const chosenOutcomes = ['granted', 'refused', 'done'] as const

export const casesMax = 10_000
export const pageMax = 50
/** For how long an operation can be undone. */
export const undoDays = 30

/** By what cases were chosen. Instants stand for the days that the officer typed, in the government’s time zone. */
export type Filter = {
  state: string | null
  outcome: string | null
  version: string | null
  sinceOn: string | null
  untilOn: string | null
  sinceAt: string | null
  untilAt: string | null
}

export const AtCohort = Type.Object({ cohort: Type.String({ format: 'uuid' }) })

const nullable = <Shape extends Parameters<typeof Type.Union>[0][number]>(shape: Shape) =>
  Type.Union([shape, Type.Null()])
const Instant = Type.String()

export type CohortLine = Static<typeof CohortLine>
const CohortLine = Type.Object({
  id: Type.String(),
  kind: Type.Enum([...kinds]),
  service: PackWord,
  title: Text,
  state: Type.Enum([...states]),
  cases: Type.Integer(),
  begunAt: Instant,
  begunBy: Text,
})
export type CohortsData = Static<typeof CohortsData>
export const CohortsData = Type.Object({ cohorts: Type.Array(CohortLine) })

const Titled = Type.Object({ id: Type.String(), title: Text })
const Wrong = Type.Array(Type.Object({ field: Type.String(), text: Text }))
const hashPattern = '^([0-9a-f]{64})?$'

/** Choosing is done in two pages, as states and versions are those of a service. */
export const NewQuery = Type.Object({ service: Type.Optional(Type.String({ maxLength: 60 })) })

const day = () => Type.Optional(Type.String({ maxLength: 4 }))
export type NewCohort = Static<typeof NewCohort>
export const NewCohort = Type.Object({
  token: Type.String({ format: 'uuid' }),
  kind: Type.Optional(Type.Enum(['', ...kinds])),
  service: PackWord,
  target: Type.Optional(Type.String({ maxLength: 64, pattern: hashPattern })),
  state: Type.Optional(Type.Union([PackWord, Type.Literal('')])),
  outcome: Type.Optional(Type.Enum(['', ...chosenOutcomes])),
  version: Type.Optional(Type.String({ maxLength: 64, pattern: hashPattern })),
  ...{ 'since-year': day(), 'since-month': day(), 'since-day': day() },
  ...{ 'until-year': day(), 'until-month': day(), 'until-day': day() },
})

export type NewData = Static<typeof NewData>
export const NewData = Type.Object({
  token: Type.String(),
  services: Type.Array(Titled),
  chosen: nullable(
    Type.Object({
      service: PackWord,
      title: Text,
      states: Type.Array(Titled),
      versions: Type.Array(Type.Object({ hash: Type.String(), number: Type.Integer(), publishedAt: Instant })),
    }),
  ),
  typed: Type.Record(Type.String(), Type.String()),
  wrong: Wrong,
})

const Said = Type.Object({
  outcome: Text,
  reasons: Type.Array(Text),
  noted: Type.Array(Type.Object({ title: Text, value: Text })),
})
export type Said = Static<typeof Said>
const Misfit = Type.Object({ code: Type.Enum([...misfitCodes]), what: Type.String() })

export type CaseOf = Static<typeof CaseOf>
const CaseOf = Type.Object({
  reference: Reference,
  state: Type.Enum([...caseStates]),
  misfits: Type.Array(Misfit),
  before: nullable(Said),
  after: nullable(Said),
})

export type CohortData = Static<typeof CohortData>
export const CohortData = Type.Object({
  id: Type.String(),
  kind: Type.Enum([...kinds]),
  service: PackWord,
  title: Text,
  state: Type.Enum([...states]),
  targetNumber: Type.Integer(),
  filter: Type.Object({
    state: nullable(Text),
    outcome: nullable(Type.Enum([...chosenOutcomes])),
    version: nullable(Type.Integer()),
    sinceOn: nullable(Type.String()),
    untilOn: nullable(Type.String()),
  }),
  begunBy: Text,
  begunAt: Instant,
  proposedBy: nullable(Text),
  proposedAt: nullable(Instant),
  approvedBy: nullable(Text),
  doneAt: nullable(Instant),
  undoProposedBy: nullable(Text),
  undoProposedAt: nullable(Instant),
  undoneBy: nullable(Text),
  undoneAt: nullable(Instant),
  undoUntilOn: nullable(Type.String()),
  counts: Type.Record(Type.String(), Type.Integer()),
  total: Type.Integer(),
  changes: Type.Array(
    Type.Object({
      before: Type.Object({ outcome: Text, reasons: Type.Array(Text) }),
      after: Type.Object({ outcome: Text, reasons: Type.Array(Text) }),
      amount: nullable(Type.Enum(['more', 'less', 'same'])),
      count: Type.Integer(),
    }),
  ),
  misfits: Type.Array(Type.Object({ ...Misfit.properties, count: Type.Integer() })),
  shown: nullable(Type.Enum([...caseStates])),
  cases: Type.Array(CaseOf),
  page: Type.Integer(),
  pages: Type.Integer(),
  can: Type.Object({
    propose: Type.Boolean(),
    approve: Type.Boolean(),
    undo: Type.Boolean(),
    approveUndo: Type.Boolean(),
    discard: Type.Boolean(),
    goOn: Type.Boolean(),
  }),
})

export const CohortQuery = Type.Object({
  state: Type.Optional(Type.Enum(['', ...caseStates])),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: casesMax / pageMax })),
})

/** What came of an act, for programs. */
export const Acted = Type.Object({ id: Type.String(), state: Type.Enum([...states]) })
