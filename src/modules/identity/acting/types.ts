import { type Static, Type } from 'typebox'
import { Text } from '#platform'

/** A service to which somebody can be limited. */
export type Offered = Static<typeof Offered>
export const Offered = Type.Object({
  id: Type.String(),
  name: Text,
  organisation: Type.Union([Text, Type.Null()]),
  highRisk: Type.Boolean(),
})

const ServiceId = Type.String({ maxLength: 100 })
/** The services that are ticked, as a form sends them: one alone is no list. */
export const Ticked = Type.Optional(Type.Union([Type.Array(ServiceId, { maxItems: 200 }), ServiceId]))
