import { type Static, Type } from 'typebox'
import { Text } from '#platform'

export type SubscriptionsData = Static<typeof SubscriptionsData>
export const SubscriptionsData = Type.Object({
  services: Type.Array(Type.Object({ id: Type.String(), title: Text, subscribedAt: Type.String() })),
})
