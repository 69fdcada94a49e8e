import { type Static, Type } from 'typebox'

/** A hash or commitment in hexadecimal. */
export const Hex32 = Type.String({ pattern: '^[0-9a-f]{64}$', maxLength: 64 })

/** What a department says of something, without saying what it is: the log cannot forget. */
export type NewEntry = Static<typeof NewEntry>
export const NewEntry = Type.Object(
  {
    kind: Type.String({
      maxLength: 60,
      pattern: '^[a-z]+(-[a-z]+)*$',
      description: 'What happened, as document-notarised',
    }),
    commitment: Type.String({
      ...Hex32,
      description: 'HMAC-SHA-256 of the content, keyed by 32 random octets that you keep: never a plain hash',
    }),
    schema: Type.Optional(
      Type.String({ maxLength: 200, pattern: '^[!-~]+$', description: 'Of what form the content is' }),
    ),
    prev: Type.Optional(Type.String({ ...Hex32, description: 'The leaf of the entry that this one goes on from' })),
  },
  { additionalProperties: false },
)
