import { type Static, Type } from 'typebox'
import { Text } from '#platform'
import { CheckData } from '../applying/types.ts'
import { FileNote } from '../files/types.ts'
import { CasePlace } from '../places/types.ts'
import { ClockLeft, StageNote } from '../types.ts'
import { outcomes, waits } from './events.ts'

export const referencePattern = '[A-Z]{2,4}-[2-9A-Z]{5}-[2-9A-Z]{5}'
export const Reference = Type.String({ pattern: `^${referencePattern}$`, maxLength: 16 })
export const AtCase = Type.Object({ reference: Reference })
export const EventNumber = Type.Integer({ minimum: 1, maximum: 1_000_000 })
export const AtNumber = Type.Object({ reference: Reference, number: EventNumber })
export const PackWord = Type.String({ maxLength: 60, pattern: '^[a-z][a-z0-9-]*$' })
export const Token = Type.Optional(Type.String({ format: 'uuid' }))
export const textMax = 4000
/** Files of one answer to an officer. */
export const replyFilesMax = 5
export const FreeText = Type.Optional(Type.String({ maxLength: textMax }))
export const PersonId = Type.String({ maxLength: 60 })
const nullable = <Shape extends Parameters<typeof Type.Union>[0][number]>(shape: Shape) =>
  Type.Union([shape, Type.Null()])
const Instant = Type.String()
const Day = Type.String()

/** A file that was sent with the application or with an answer about it, and where whoever reads this opens it. */
export type CaseFile = Static<typeof CaseFile>
const CaseFile = Type.Object({ ...FileNote.properties, path: Type.String() })

/** What came of an act, for programs. */
export type Answered = Static<typeof Answered>
export const Answered = Type.Object({ reference: Reference, number: EventNumber })

const Who = Type.Object({ id: PersonId, name: Text })

export type CaseLine = Static<typeof CaseLine>
export const CaseLine = Type.Object({
  reference: Reference,
  service: PackWord,
  title: Text,
  state: Text,
  wait: Type.Enum([...waits]),
  outcome: nullable(Type.Enum([...outcomes])),
  listed: Type.Array(Type.String()),
  openedAt: Instant,
  dueOn: nullable(Day),
  overdue: Type.Boolean(),
  claimedBy: nullable(Who),
  mine: Type.Boolean(),
})

export type QueueData = Static<typeof QueueData>
export const QueueData = Type.Object({
  organisation: nullable(Text),
  decides: Type.Boolean(),
  counts: Type.Object({
    mine: Type.Integer(),
    free: Type.Integer(),
    soon: Type.Integer(),
    overdue: Type.Integer(),
    reply: Type.Integer(),
    approval: Type.Integer(),
    complaints: Type.Integer(),
  }),
  mine: Type.Array(CaseLine),
  free: Type.Array(CaseLine),
  approval: Type.Array(CaseLine),
  complaints: Type.Array(CaseLine),
  /** Messages of webhooks that were given up, for whoever can do something about it. */
  undelivered: Type.Integer(),
  token: Type.String(),
})

const FigureLine = Type.Object({
  service: PackWord,
  title: Text,
  received: Type.Integer(),
  decided: Type.Integer(),
  medianDays: nullable(Type.Integer()),
  open: Type.Integer(),
  overdue: Type.Integer(),
})
export type FiguresData = Static<typeof FiguresData>
export const FiguresData = Type.Object({ days: Type.Integer(), services: Type.Array(FigureLine) })

export const Query = Type.Object({
  service: Type.Optional(Type.Union([PackWord, Type.Literal('')])),
  state: Type.Optional(Type.Union([PackWord, Type.Literal('')])),
  whose: Type.Optional(Type.Enum(['mine', 'free', 'all'])),
  wait: Type.Optional(Type.Enum(['', 'officer', 'reply', 'approval'])),
  due: Type.Optional(Type.Enum(['', 'overdue', 'soon'])),
  ended: Type.Optional(Type.Enum(['', 'yes'])),
  complained: Type.Optional(Type.Enum(['', 'yes'])),
  q: Type.Optional(Type.String({ maxLength: 100 })),
  after: Type.Optional(Type.String({ maxLength: 60 })),
})
export type Query = Static<typeof Query>

const Choice = Type.Object({ id: Type.String(), title: Text })
export type CasesData = Static<typeof CasesData>
export const CasesData = Type.Object({
  query: Type.Object({
    service: Type.String(),
    state: Type.String(),
    whose: Type.String(),
    wait: Type.String(),
    due: Type.String(),
    ended: Type.String(),
    complained: Type.String(),
    q: Type.String(),
  }),
  services: Type.Array(Choice),
  states: Type.Array(Choice),
  cases: Type.Array(CaseLine),
  /** Whether the officer may change many at once. */
  decides: Type.Boolean(),
  next: nullable(Type.String()),
  isFirst: Type.Boolean(),
  saved: Type.Array(Type.Object({ name: Type.String(), query: Type.String() })),
})

export const Row = Type.Object({ title: Type.String(), value: Type.String() })

/** One line of the history of a case. */
export type Line = Static<typeof Line>
export const Line = Type.Object({
  number: EventNumber,
  at: Instant,
  kind: Type.String(),
  by: nullable(Text),
  said: Text,
  text: nullable(Type.String()),
  message: nullable(Type.Object({ subject: Text, text: Text })),
  /** Files that came with it. */
  files: Type.Array(CaseFile),
  /** Where the line leads: a decision that is explained, a letter, another case. */
  link: nullable(Type.Object({ path: Type.String(), title: Text })),
})

const TableSaid = Type.Object({
  title: Text,
  outcome: Type.Enum(['matched', 'none', 'conflict']),
  gives: Type.Array(Row),
  reasons: Type.Array(Text),
})

const StepChoice = Type.Object({
  id: PackWord,
  title: Text,
  decides: nullable(Type.Enum(['granted', 'refused'])),
  fourEyes: Type.Boolean(),
})

export type CaseData = Static<typeof CaseData>
export const CaseData = Type.Object({
  line: CaseLine,
  /** Whether it was granted money, whose agreement has a page of its own. */
  granted: Type.Boolean(),
  /** Whether cases of another service fit it: they have a page. */
  matches: Type.Boolean(),
  number: EventNumber,
  next: Text,
  applicant: nullable(Text),
  replyUntilOn: nullable(Day),
  appealUntilOn: nullable(Day),
  reviewOf: nullable(Reference),
  review: nullable(Reference),
  mergedInto: nullable(Reference),
  place: nullable(CasePlace),
  /** Null where officers of the service are not to see it. */
  attended: nullable(Type.Array(Text)),
  answers: CheckData.properties.sections,
  files: Type.Array(CaseFile),
  noted: Type.Array(Row),
  tables: Type.Array(TableSaid),
  history: Type.Array(Line),
  steps: Type.Array(StepChoice),
  proposal: nullable(
    Type.Object({
      number: EventNumber,
      title: Text,
      by: Text,
      reasons: Type.Array(Text),
      noted: Type.Array(Row),
      mine: Type.Boolean(),
    }),
  ),
  complaint: nullable(Type.String()),
  can: Type.Object({
    claim: Type.Boolean(),
    release: Type.Boolean(),
    assign: Type.Boolean(),
    ask: Type.Boolean(),
    correct: Type.Boolean(),
    merge: Type.Boolean(),
    part: Type.Boolean(),
    approve: Type.Boolean(),
    answer: Type.Boolean(),
  }),
  officers: Type.Array(Who),
  /** One for each form, so that each acts once. */
  tokens: Type.Record(Type.String(), Type.String()),
  wrong: nullable(Type.Object({ field: Type.String(), text: Text, typed: Type.String() })),
})

const Asked = Type.Object({
  name: Type.String(),
  title: Text,
  hint: nullable(Text),
  kind: Type.String(),
  optional: Type.Boolean(),
  max: nullable(Type.Number()),
  unit: nullable(Text),
  options: Type.Array(Type.Object({ id: Type.String(), title: Text, hint: Type.Optional(Text) })),
  typed: Type.Record(Type.String(), Type.Union([Type.String(), Type.Array(Type.String())])),
})
export type AskedField = Static<typeof Asked>

/** The form by which an officer corrects one answer. */
export type CorrectionData = Static<typeof CorrectionData>
export const CorrectionData = Type.Object({
  line: CaseLine,
  number: EventNumber,
  question: Type.String(),
  field: Asked,
  /** The answer as it counts now. */
  now: Text,
  reason: Type.String(),
  token: Type.String(),
  wrong: Type.Array(Type.Object({ field: Type.String(), text: Text })),
})

export type StepData = Static<typeof StepData>
export const StepData = Type.Object({
  line: CaseLine,
  number: EventNumber,
  step: StepChoice,
  to: Text,
  next: Text,
  told: nullable(Type.Object({ subject: Text, text: Text })),
  tables: Type.Array(TableSaid),
  fields: Type.Array(Asked),
  reasons: Type.Array(Type.Object({ id: PackWord, text: Text, suggested: Type.Boolean() })),
  chosen: Type.Array(Type.String()),
  token: Type.String(),
  wrong: Type.Array(Type.Object({ field: Type.String(), text: Text })),
})

export type DecisionData = Static<typeof DecisionData>
export const DecisionData = Type.Object({
  reference: Reference,
  number: EventNumber,
  service: Text,
  step: Text,
  decides: nullable(Type.Enum(['granted', 'refused'])),
  at: Instant,
  by: Text,
  proposedBy: nullable(Text),
  version: Type.String(),
  reasons: Type.Array(Text),
  appealUntilOn: nullable(Day),
  inputs: Type.Array(Type.Object({ name: Type.String(), title: Text, value: Type.String(), source: Text })),
  tables: Type.Array(
    Type.Object({
      id: Type.String(),
      title: Text,
      outcome: Type.Enum(['matched', 'none', 'conflict']),
      looked: Type.Array(Row),
      rows: Type.Array(
        Type.Object({
          row: Type.Integer(),
          when: Type.Array(Type.String()),
          reason: nullable(Text),
          gives: Type.Array(Row),
        }),
      ),
    }),
  ),
  message: nullable(Type.Object({ subject: Text, text: Text })),
  /** Whether the same version comes to the same from what was kept. */
  replays: Type.Boolean(),
})

export type OwnCaseData = Static<typeof OwnCaseData>
export const OwnCaseData = Type.Object({
  reference: Reference,
  /** Items of registers that wait to be taken, each with its code. */
  offered: Type.Array(Type.Object({ title: Text, number: Type.String(), code: Type.String() })),
  /** Items of registers that count because of the case, while it can be withdrawn, and whether they end with that. */
  items: Type.Array(Type.Object({ number: Type.String(), ends: Type.Boolean() })),
  granted: Type.Boolean(),
  title: Text,
  organisation: Text,
  state: Text,
  next: Text,
  wait: Type.Enum([...waits]),
  ended: nullable(Type.Enum([...outcomes])),
  openedAt: Instant,
  stages: Type.Array(StageNote),
  dueOn: nullable(Day),
  overdue: Type.Boolean(),
  left: nullable(ClockLeft),
  replyUntilOn: nullable(Day),
  appealUntilOn: nullable(Day),
  reviewOf: nullable(Reference),
  review: nullable(Reference),
  question: nullable(Type.String()),
  /** What is ready for the answer, where files are asked for as well. */
  reply: nullable(Type.Object({ text: Type.String(), files: Type.Array(CaseFile) })),
  place: nullable(CasePlace),
  answers: CheckData.properties.sections,
  files: Type.Array(CaseFile),
  history: Type.Array(Line),
  can: Type.Object({
    reply: Type.Boolean(),
    withdraw: Type.Boolean(),
    appeal: Type.Boolean(),
    complain: Type.Boolean(),
  }),
  tokens: Type.Record(Type.String(), Type.String()),
  wrong: nullable(Type.Object({ field: Type.String(), text: Text, typed: Type.String() })),
})
