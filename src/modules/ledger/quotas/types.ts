import { type Static, Type } from 'typebox'
import { Text } from '#platform'
import { orNull } from '../types.ts'

/** The most that a quota may be, as the table has it too. */
export const most = { entries: 1_000_000_000_000, octets: 1_000_000_000_000_000 }

const Amount = Type.Enum(['entries', 'octets'])

export type QuotasData = Static<typeof QuotasData>
export const QuotasData = Type.Object({
  quotas: Type.Array(
    Type.Object({
      organisation: Type.String(),
      name: Text,
      entries: Type.Number(),
      octets: Type.Number(),
      used: Type.Number({ description: 'Entries written today' }),
      use: Type.Array(Type.Object({ day: Type.String(), entries: Type.Number(), octets: Type.Number() })),
    }),
  ),
  today: Type.String(),
  days: Type.Integer(),
  runs: Type.Boolean(),
  /** Which fields of a form were wrong, and what stood in it. */
  wrong: orNull(
    Type.Object({
      organisation: Type.String(),
      fields: Type.Array(Amount),
      entries: Type.String(),
      octets: Type.String(),
    }),
  ),
})
