import { type Static, Type } from 'typebox'
import { Text } from '#platform'
import { orNull } from '../types.ts'

export type HealthData = Static<typeof HealthData>
export const HealthData = Type.Object({
  at: Type.String(),
  logs: Type.Array(
    Type.Object({
      name: Type.String(),
      title: Text,
      state: Type.Enum(['well', 'behind', 'slow']),
      size: Type.Number(),
      publishedSize: Type.Number(),
      waiting: Type.Integer(),
      waitingSince: orNull(Type.String()),
      sequencedAt: orNull(Type.String()),
      behindAt: orNull(Type.String()),
      witnesses: Type.Array(
        Type.Object({
          url: Type.String(),
          size: Type.Number(),
          cosignedAt: orNull(Type.String()),
          failedAt: orNull(Type.String()),
          failure: orNull(Type.String()),
        }),
      ),
    }),
  ),
})
