import { type Static, Type } from 'typebox'

export type FrontData = Static<typeof FrontData>
export const FrontData = Type.Object({
  permissions: Type.Array(Type.String()),
  /** Whether the organisation for which one acts writes to a log. */
  writes: Type.Boolean(),
  alarms: Type.Integer({ description: 'How many are open' }),
})
