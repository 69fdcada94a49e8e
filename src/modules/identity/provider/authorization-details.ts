import type { AuthorizationDetail, Configuration, KoaContextWithOIDC } from 'oidc-provider'
import { errors } from 'oidc-provider'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { type Text, texts, type Values } from '#platform'

/** Data of a department that a client asks to read in the person's name, through the exchange (RFC 9396, §2). */
type DataExchange = Static<typeof DataExchange>
const DataExchange = Type.Object(
  {
    type: Type.Literal('data_exchange'),
    actions: Type.Array(Type.Literal('read'), { minItems: 1, maxItems: 1 }),
    /** Which register of which organisation, as the exchange addresses it: `immd/residence`. */
    datatypes: Type.Array(Type.String({ pattern: '^[a-z][a-z0-9-]{0,59}/[a-z][a-z0-9-]{0,59}$' }), {
      minItems: 1,
      maxItems: 10,
      uniqueItems: true,
    }),
    purpose: Type.String({ minLength: 1, maxLength: 300 }),
  },
  { additionalProperties: false },
)

const words = texts({
  dataExchange: {
    en: 'Read {datatypes} in your name, for this purpose: {purpose}',
    'zh-Hant': '以你的名義讀取 {datatypes}，用途：{purpose}',
  },
})

/** What may stand in `authorization_details`: a shape for each type, and the sentence that the person reads. */
const shapes = { data_exchange: DataExchange }

/** The sentence of one detail, which fits its shape, for the page that asks the person. */
export function describeDetail(detail: AuthorizationDetail): { text: Text; values: Values } {
  const { datatypes, purpose } = detail as unknown as DataExchange
  return { text: words.dataExchange, values: { datatypes: datatypes.join(', '), purpose } }
}

const types = Object.fromEntries(
  Object.entries(shapes).map(([type, shape]) => [
    type,
    {
      validate: (_: KoaContextWithOIDC, detail: unknown) => {
        if (!Value.Check(shape, detail))
          throw new errors.InvalidAuthorizationDetails(`a detail of type ${type} does not have the documented shape`)
      },
    },
  ]),
)

type Details = AuthorizationDetail[] | undefined
const carried = (source: unknown): Details => (source as { rar?: Details }).rar

/** What was agreed goes into the code, the token and what introspection says of it, unchanged. */
export const richAuthorizationRequests = {
  enabled: true,
  types,
  authorizationDetailsForGrantSource: (ctx: KoaContextWithOIDC) => ctx.oidc.grant?.rar as Details,
  authorizationDetailsForAccessToken: (_: KoaContextWithOIDC, __: unknown, source: unknown) => carried(source),
  authorizationDetailsForIntrospection: (_: KoaContextWithOIDC, token: unknown) => carried(token),
} as unknown as NonNullable<Configuration['features']>['richAuthorizationRequests']
