import { type Static, Type } from 'typebox'
import { stageKinds, Text } from '#platform'

/** A file that was sent for a question: what it is called, and where its bytes are kept. */
export type SentFile = Static<typeof SentFile>
export const SentFile = Type.Object({
  id: Type.String({ format: 'uuid' }),
  name: Type.String({ maxLength: 200 }),
  type: Type.String({ maxLength: 100, description: 'The media type that its content shows' }),
  octets: Type.Integer({ minimum: 0 }),
})

const Scalar = Type.Union([
  Type.String({ maxLength: 10_000 }),
  Type.Number(),
  Type.Boolean(),
  Type.Array(Type.String({ maxLength: 60 }), { maxItems: 300 }),
  Type.Array(SentFile, { maxItems: 20 }),
])

/**
 * What was answered, by the names of questions. text, long-text, email, phone: text; choice: the id of an option; choices: their
 * ids; date: 2026-11-28; number; money: cents; yes-no, declaration: true or false; file: the files. Under the name of a list of
 * things stand its things, each with its answers. What was not asked or left out is not there.
 */
export type Answers = Static<typeof Answers>
export const Answers = Type.Record(
  Type.String({ maxLength: 60 }),
  Type.Union([Scalar, Type.Array(Type.Record(Type.String({ maxLength: 60 }), Scalar), { maxItems: 100 })]),
)
export type Answer = Answers[string]

/** One stage of what becomes of an application: sent, the states of its case, and the end. */
export type StageNote = Static<typeof StageNote>
export const StageNote = Type.Object({
  title: Text,
  is: Type.Enum([...stageKinds]),
  /** The day on which it was reached. */
  on: Type.Union([Type.String(), Type.Null()]),
  /** Of the outcome: how it may end, where there is more than one way. */
  ends: Type.Array(Text),
})

/** Days that a clock has left that stands while a question waits for the person. */
export const ClockLeft = Type.Object({ days: Type.Integer(), count: Type.Enum(['working', 'calendar']) })
