import { type Static, Type } from 'typebox'

/** What a service asks a person to fill in. */
export type NewFilling = Static<typeof NewFilling>
export const NewFilling = Type.Object(
  {
    fields: Type.Array(
      Type.Object(
        {
          /** A claim, as `email`. */
          name: Type.String({ pattern: '^[a-z][a-z0-9_]*$', maxLength: 60 }),
          /** The form is nothing without it. */
          essential: Type.Optional(Type.Boolean()),
          /** Only as a document proves it, told with who verified it and when. */
          verified: Type.Optional(Type.Boolean()),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 50 },
    ),
    purpose: Type.Object(
      {
        en: Type.String({ minLength: 3, maxLength: 300, pattern: '^[^\\p{C}]+$' }),
        'zh-Hant': Type.String({ minLength: 2, maxLength: 300, pattern: '^[^\\p{C}]+$' }),
      },
      { additionalProperties: false },
    ),
    /** One of the client’s redirect URIs, letter by letter. */
    redirect_uri: Type.String({ maxLength: 2000 }),
    /** What the service knows its visitor’s browser by (RFC 6749, §10.12): without it a form could be slipped to somebody else. */
    state: Type.String({ pattern: '^[!-~]{8,500}$', maxLength: 500 }),
  },
  { additionalProperties: false },
)

export const Handle = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$', maxLength: 43 })

/** What a service collects: as userinfo would give it, without `sub` or anything else that tells who it is. */
export type Filled = Static<typeof Filled>
export const Filled = Type.Object({
  claims: Type.Object({}, { additionalProperties: true }),
  verified_claims: Type.Optional(Type.Object({}, { additionalProperties: true })),
})
