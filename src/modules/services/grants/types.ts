import { type Static, Type } from 'typebox'
import { Text } from '#platform'
import { PackWord, Reference, Row, StepData } from '../cases/types.ts'

const nullable = <Shape extends Parameters<typeof Type.Union>[0][number]>(shape: Shape) =>
  Type.Union([shape, Type.Null()])
export const Uuid = Type.String({ format: 'uuid', maxLength: 36 })
const Cents = Type.Integer()

export const AtClaim = Type.Object({ reference: Reference, claim: Uuid })
export const AtMove = Type.Object({ reference: Reference, virement: Uuid })
export const AtReport = Type.Object({ reference: Reference, report: Type.Enum(['interim', 'final']) })
export const AtInstalment = Type.Object({ reference: Reference, instalment: PackWord })

/** The fields of a form as they were typed; answers are called `answer.<id>`, a day in three. */
export const Fields = Type.Record(Type.String({ maxLength: 80 }), Type.String({ maxLength: 10_000 }), {
  maxProperties: 60,
})

/** What came of an act, for programs. */
export const GrantDone = Type.Object({ reference: Reference })

export type GrantData = Static<typeof GrantData>
export const GrantData = Type.Object({
  reference: Reference,
  title: Text,
  /** For whom the page is: an officer of the department, or the person of the case. */
  as: Type.Enum(['person', 'office']),
  state: Type.Enum(['offered', 'running', 'closed']),
  recipient: Type.String(),
  initiative: nullable(Type.String()),
  item: nullable(Type.String()),
  currency: Type.String(),
  freePercent: Type.Integer(),
  grantedCents: Cents,
  payableCents: Cents,
  claimedCents: Cents,
  unspentCents: nullable(Cents),
  returnCents: nullable(Cents),
  lines: Type.Array(
    Type.Object({
      line: Type.Integer(),
      title: Type.String(),
      category: nullable(Text),
      grantedCents: Cents,
      budgetCents: Cents,
      acceptedCents: Cents,
      waitingCents: Cents,
      leftCents: Cents,
    }),
  ),
  instalments: Type.Array(
    Type.Object({
      id: PackWord,
      title: Text,
      percent: Type.Integer(),
      cents: Cents,
      on: Type.Enum(['acceptance', 'interim', 'final']),
      state: Type.Enum(['waiting', 'met', 'proposed', 'payable', 'lapsed']),
      payableCents: nullable(Cents),
      may: nullable(Type.Enum(['propose', 'confirm'])),
    }),
  ),
  claims: Type.Array(
    Type.Object({
      id: Uuid,
      line: Type.Integer(),
      cents: Cents,
      spentOn: Type.String(),
      state: Type.Enum(['sent', 'accepted', 'refused']),
      note: nullable(Type.String()),
      number: nullable(Type.String()),
      /** For officers: claims of the same recipient that rest on the same receipt. */
      same: Type.Array(
        Type.Object({
          by: Type.Enum(['file', 'number']),
          /** Null where another department granted it. */
          reference: nullable(Reference),
          line: Type.Integer(),
          cents: Cents,
          spentOn: Type.String(),
        }),
      ),
      receipt: nullable(Type.Object({ name: Type.String(), path: Type.String(), state: Type.String() })),
    }),
  ),
  virements: Type.Array(
    Type.Object({
      id: Uuid,
      fromLine: Type.Integer(),
      toLine: Type.Integer(),
      cents: Cents,
      state: Type.Enum(['free', 'asked', 'approved', 'refused']),
      reason: Type.String(),
    }),
  ),
  reports: Type.Array(
    Type.Object({
      kind: Type.Enum(['interim', 'final']),
      dueOn: Type.String(),
      late: Type.Boolean(),
      state: Type.Enum(['open', 'sent', 'accepted']),
      note: nullable(Type.String()),
      answers: Type.Array(Row),
      fields: StepData.properties.fields,
    }),
  ),
  claimFields: StepData.properties.fields,
  moveFields: StepData.properties.fields,
  /** Lines as they were chosen in a form that came back. */
  chosen: Type.Record(Type.String(), Type.String()),
  can: Type.Object({
    accept: Type.Boolean(),
    spend: Type.Boolean(),
    check: Type.Boolean(),
    decide: Type.Boolean(),
    close: Type.Boolean(),
  }),
  tokens: Type.Record(Type.String(), Type.String()),
  wrong: Type.Array(Type.Object({ form: Type.String(), field: Type.String(), text: Text })),
})

export type GrantsData = Static<typeof GrantsData>
export const GrantsData = Type.Object({
  currency: Type.String(),
  programmes: Type.Array(
    Type.Object({
      service: PackWord,
      title: Text,
      initiative: nullable(Type.String()),
      item: nullable(Type.String()),
      sumCents: nullable(Cents),
      agreements: Type.Integer(),
      open: Type.Integer(),
      grantedCents: Cents,
      reservedCents: Cents,
      payableCents: Cents,
      claimedCents: Cents,
      returnCents: Cents,
    }),
  ),
  agreements: Type.Array(
    Type.Object({
      reference: Reference,
      title: Text,
      recipient: Type.String(),
      grantedCents: Cents,
      madeAt: Type.String(),
      state: Type.Enum(['offered', 'running', 'closed']),
      waiting: Type.Integer(),
    }),
  ),
  more: Type.Boolean(),
})
