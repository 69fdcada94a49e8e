import { type Static, Type } from 'typebox'

export type OfficeData = Static<typeof OfficeData>
export const OfficeData = Type.Object({
  permissions: Type.Array(Type.String()),
  /** Whether the organisation for which one acts writes to a log. */
  writes: Type.Boolean(),
  alarms: Type.Integer({ description: 'How many are open' }),
})
