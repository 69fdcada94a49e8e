import { type Static, Type } from 'typebox'
import { Text } from '#platform'
import { LogNote } from '../explorer/types.ts'
import { orNull } from '../types.ts'

export type CeremoniesData = Static<typeof CeremoniesData>
export const CeremoniesData = Type.Object({
  ceremonies: Type.Array(
    Type.Object({
      id: Type.Integer(),
      event: Type.String(),
      sentence: Text,
      holder: Type.String({ description: 'A log by its name, the witness, or a program' }),
      holderName: Text,
      actedAt: Type.String(),
      by: Type.Enum(['system', 'officer', 'you']),
      keys: Type.Array(Type.String()),
      former: Type.Array(Type.String()),
      act: Type.Number({ description: 'Its number in the audit trail' }),
      witnessedAt: orNull(Type.String()),
      mayProve: Type.Boolean(),
      mayWitness: Type.Boolean(),
    }),
  ),
  next: orNull(Type.Integer()),
})

export type RotationsData = Static<typeof RotationsData>
export const RotationsData = Type.Object({
  address: Type.String(),
  logs: Type.Array(
    Type.Object({
      log: Type.Pick(LogNote, ['name', 'path', 'origin', 'title', 'keys', 'former']),
      waiting: orNull(
        Type.Object({
          id: Type.String(),
          lost: Type.Boolean(),
          askedBy: Text,
          askedAt: Type.String(),
          own: Type.Boolean(),
        }),
      ),
    }),
  ),
})
