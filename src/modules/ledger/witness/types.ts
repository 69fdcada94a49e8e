import { type Static, Type } from 'typebox'
import { orNull } from '../types.ts'

const Kind = Type.Enum(['split-view', 'unproven-growth', 'rollback'])

export type Witness = Static<typeof Witness>
export const Witness = Type.Object({
  name: Type.String(),
  address: Type.String(),
  keys: Type.Array(
    Type.Object({
      kind: Type.String(),
      vkey: Type.String(),
      /** When it retires, where another one follows it. */
      endsAt: orNull(Type.String()),
    }),
  ),
  former: Type.Array(Type.Object({ vkey: Type.String(), isLost: Type.Boolean(), endedAt: Type.String() })),
  count: Type.Integer(),
  page: Type.Integer(),
  last: Type.Integer(),
  logs: Type.Array(
    Type.Object({
      origin: Type.String(),
      id: Type.String(),
      /** A uint64, which a number in JSON does not hold. */
      size: Type.String(),
      cosignedAt: orNull(Type.String()),
    }),
  ),
  evidence: Type.Array(Type.Object({ id: Type.String(), origin: Type.String(), kind: Kind, seenAt: Type.String() })),
})
