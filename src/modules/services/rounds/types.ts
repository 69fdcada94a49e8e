import { type Static, Type } from 'typebox'
import { Text } from '#platform'
import { PackWord, StepData } from '../cases/types.ts'
import { AnswerName } from '../definitions/form.ts'

const nullable = <Shape extends Parameters<typeof Type.Union>[0][number]>(shape: Shape) =>
  Type.Union([shape, Type.Null()])
const Uuid = Type.String({ format: 'uuid', maxLength: 36 })
const Edition = Type.Integer({ minimum: 2000, maximum: 2199 })
const Reference = Type.String({ maxLength: 20 })

export const AtService = Type.Object({ service: PackWord })
export const AtSheet = Type.Object({ sheet: Uuid })
export const AtSheetFile = Type.Object({ sheet: Uuid, number: Type.Integer({ minimum: 1, maximum: 9999 }) })
export const AtEdition = Type.Object({ service: PackWord, edition: Edition })
export const AtRound = Type.Object({ service: PackWord, edition: Edition, round: PackWord })

export const RoundBody = Type.Object({ round: PackWord })
/**
 * What the steps of the result ask goes as `promotes.answer.<id>` or `ends.answer.<id>`, a day in three, as `…-year`; what each stream
 * answers apart as `promotes.<stream>.answer.<id>`.
 */
export const ConfirmBody = Type.Intersect([
  RoundBody,
  Type.Record(
    Type.String({ maxLength: 200 }),
    Type.Union([Type.String({ maxLength: 10_000 }), Type.Array(Type.String({ maxLength: 60 }), { maxItems: 300 })]),
    // Ten questions of forty streams, a day in three, beside those that are asked once.
    { maxProperties: 1500 },
  ),
])
export const InviteBody = Type.Object({
  token: Uuid,
  round: PackWord,
  role: Type.Enum(['assessor', 'chair']),
  stream: Type.Optional(Type.Union([PackWord, Type.Literal('')])),
})
export const CodeBody = Type.Object({ code: Type.String({ maxLength: 40 }) })
export const DeclareBody = Type.Object({ conflict: Type.Optional(Type.Enum(['yes', 'no'])) })
export const CastBody = Type.Object({
  token: Uuid,
  first: Type.Optional(Reference),
  reason: Type.Optional(Type.String({ maxLength: 1000 })),
})

const Wrong = Type.Array(Type.Object({ field: Type.String(), text: Text }))
const Titled = Type.Object({ id: PackWord, title: Text })
const Ranked = Type.Object({
  reference: Type.String(),
  /** Null where a competition has no streams. */
  stream: nullable(Text),
  scoreMillionths: nullable(Type.Integer()),
  sheets: Type.Integer(),
  rank: nullable(Type.Integer()),
  goesOn: Type.Boolean(),
})
/** One judge of a round: how many sheets are theirs, how many are missing, and how they mark. */
const Panellist = Type.Object({
  name: nullable(Text),
  role: Type.Enum(['assessor', 'chair']),
  stream: nullable(Text),
  sheets: Type.Integer(),
  missing: Type.Integer(),
  conflicts: Type.Integer(),
  meanPercent: nullable(Type.Number()),
})

export type RoundsData = Static<typeof RoundsData>
export const RoundsData = Type.Object({
  services: Type.Array(Type.Object({ ...Titled.properties, edition: Edition, rounds: Type.Array(Text) })),
})

export const sheetStates = ['undeclared', 'conflict', 'open', 'locked'] as const
/** Who judges which entry: of the entry its reference alone. */
const Assigned = Type.Object({ reference: Type.String(), judge: Text, state: Type.Enum([...sheetStates]) })

const states = Type.Enum(['before', 'open', 'proposed', 'closed'])
export type RoundsOfData = Static<typeof RoundsOfData>
export const RoundsOfData = Type.Object({
  ...{ service: Titled, edition: Edition, token: Uuid, resultsAt: Type.String() },
  streams: Type.Array(Titled),
  wrong: Wrong,
  rounds: Type.Array(
    Type.Object({
      ...{ ...Titled.properties, state: states, mayConfirm: Type.Boolean() },
      ...{ judges: Type.Integer(), entries: Type.Integer(), settled: Type.Integer(), missing: Type.Integer() },
      left: Type.Integer({ description: 'Of the settled, those in which no step was taken: officers go on with them' }),
      hasChair: Type.Boolean({ description: 'Whether somebody has accepted to chair it' }),
      ...{ panel: Type.Array(Panellist), assigned: Type.Array(Assigned), ranked: Type.Array(Ranked) },
      isNormalised: Type.Boolean({
        description: 'Whether scores tell how far above the mean of its judges an entry is',
      }),
      /** What becomes of the entries once the result is confirmed; no step where officers go on. */
      takes: Type.Array(
        Type.Object({ way: Type.Enum(['promotes', 'ends']), entries: Type.Integer(), step: nullable(Text) }),
      ),
      /**
       * What whoever confirms the result answers for the cases that take a step by it: once for all where the stream is null, and for
       * each stream apart.
       */
      asked: Type.Array(
        Type.Object({
          ...{ way: Type.Enum(['promotes', 'ends']), step: Text, entries: Type.Integer(), stream: nullable(Text) },
          fields: StepData.properties.fields,
        }),
      ),
    }),
  ),
})

/** The only answer that holds the code of an invitation. */
export type InvitedData = Static<typeof InvitedData>
export const InvitedData = Type.Object({ service: PackWord, round: Text, code: Type.String() })

export type DeskData = Static<typeof DeskData>
export const DeskData = Type.Object({
  sheets: Type.Array(
    Type.Object({
      ...{ id: Uuid, service: Text, round: Text, reference: Type.String(), state: Type.Enum([...sheetStates]) },
    }),
  ),
  chaired: Type.Array(Type.Object({ path: Type.String(), service: Text, round: Text })),
  code: Type.Object({ typed: Type.String(), wrong: Type.Boolean() }),
})

/** A file of an entry, under a name that tells nothing of who sent it. */
const EntryFile = Type.Object({
  name: Text,
  path: Type.String(),
  state: Type.Enum(['released', 'held', 'gone'], {
    description: 'Whether it can be opened, waits to be checked for viruses, or is not kept any more',
  }),
})

export type SheetData = Static<typeof SheetData>
export const SheetData = Type.Object({
  ...{ id: Uuid, service: Text, round: Text, reference: Type.String(), state: Type.Enum([...sheetStates]) },
  mayWithdraw: Type.Boolean({ description: 'Whether a conflict that is found now still takes the sheet away' }),
  isUnsaid: Type.Boolean({ description: 'Whether no answer was chosen to the question of a conflict' }),
  /** Whether the round hides something of its entries. */
  isBlind: Type.Boolean(),
  sections: Type.Array(
    Type.Object({
      title: nullable(Text),
      rows: Type.Array(
        Type.Object({ name: AnswerName, title: Text, text: nullable(Text), files: Type.Array(EntryFile) }),
      ),
    }),
  ),
  scale: Type.Object({ min: Type.Integer(), max: Type.Integer() }),
  criteria: Type.Array(
    Type.Object({
      ...{ ...Titled.properties, text: nullable(Text), weight: Type.Integer() },
      ...{ typed: Type.String(), wrong: Type.Boolean() },
    }),
  ),
})

export type ChairData = Static<typeof ChairData>
export const ChairData = Type.Object({
  ...{ service: Text, round: Text, path: Type.String(), state: states, token: Uuid, missing: Type.Integer() },
  /** By how many judges each entry is read, and the entries for which fewer are left; none once the round is closed. */
  ...{ judges: Type.Integer(), few: Type.Array(Type.String()) },
  assigned: Type.Array(Assigned),
  isNormalised: Type.Boolean(),
  ranked: Type.Array(Ranked),
  undecided: Type.Array(Type.Array(Type.String())),
  /** The form of a tie as it was sent, where it comes back. */
  typed: Type.Object({ first: Type.String(), reason: Type.String() }),
  wrong: Wrong,
})

export type ResultsData = Static<typeof ResultsData>
export const ResultsData = Type.Object({
  service: Titled,
  edition: Edition,
  streams: Type.Array(
    Type.Object({
      title: nullable(Text),
      winners: Type.Array(Type.Object({ rank: Type.Integer(), name: Text })),
    }),
  ),
})
