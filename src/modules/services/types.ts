import { type Static, Type } from 'typebox'

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
