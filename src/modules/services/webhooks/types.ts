import { type Static, Type } from 'typebox'
import { Text } from '#platform'
import { PackWord } from '../cases/types.ts'

/** What a department can ask to be told. */
export const kinds = [
  'application.sent',
  'case.state-changed',
  'decision.taken',
  'reply.asked',
  'reply.given',
  'case.withdrawn',
] as const
export type Kind = (typeof kinds)[number]
export const testKind = 'webhook.test'

/** How long a message is tried, and how many days it is kept to be looked at and sent again. */
export const triedForHours = 72
export const keptDays = 30

export const addressMax = 500
export const AtWebhook = Type.Object({ webhook: Type.String({ format: 'uuid' }) })
export const AtDelivery = Type.Object({
  webhook: Type.String({ format: 'uuid' }),
  delivery: Type.String({ format: 'uuid' }),
})

/** What is sent: what happened to which case, and where an officer reads more. Nothing that a person wrote or is. */
export type Payload = Static<typeof Payload>
export const Payload = Type.Object({
  type: Type.Enum([...kinds, testKind]),
  timestamp: Type.String({ format: 'date-time' }),
  data: Type.Object({
    reference: Type.Union([Type.String(), Type.Null()]),
    service: Type.Union([Type.String(), Type.Null()]),
    state: Type.Union([Type.String(), Type.Null()]),
    path: Type.String(),
  }),
})

const nullable = <Shape extends Parameters<typeof Type.Union>[0][number]>(shape: Shape) =>
  Type.Union([shape, Type.Null()])
const Instant = Type.String()

export const deliveryStates = ['waiting', 'delivered', 'given-up'] as const
export type Delivery = Static<typeof Delivery>
export const Delivery = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  reference: nullable(Type.String()),
  state: Type.Enum([...deliveryStates]),
  tries: Type.Integer(),
  createdAt: Instant,
  nextAt: Instant,
  lastAt: nullable(Instant),
  lastResult: nullable(Type.String()),
})

export type Webhook = Static<typeof Webhook>
export const Webhook = Type.Object({
  id: Type.String(),
  address: Type.String(),
  kinds: Type.Array(Type.Enum([...kinds])),
  services: Type.Array(PackWord),
  previousUntilAt: nullable(Instant),
  pausedAt: nullable(Instant),
  pauseReason: nullable(Type.Enum(['officer', 'gone'])),
  createdAt: Instant,
  waiting: Type.Integer(),
  givenUp: Type.Integer(),
})

const Titled = Type.Object({ id: PackWord, title: Text })

export type WebhooksData = Static<typeof WebhooksData>
export const WebhooksData = Type.Object({
  webhooks: Type.Array(Webhook),
  /** What the services are called that these take. */
  services: Type.Array(Titled),
  full: Type.Boolean(),
})

export type WebhookData = Static<typeof WebhookData>
export const WebhookData = Type.Object({
  webhook: Webhook,
  services: Type.Array(Titled),
  deliveries: Type.Array(Delivery),
  more: Type.Boolean(),
})

/** The only answer that holds a secret: kept by whoever asked, as it is never shown again. */
export type SecretData = Static<typeof SecretData>
export const SecretData = Type.Object({
  id: Type.String(),
  address: Type.String(),
  secret: Type.String(),
  previousUntilAt: nullable(Instant),
})

const Chosen = (max: number) =>
  Type.Optional(
    Type.Union([Type.String({ maxLength: 60 }), Type.Array(Type.String({ maxLength: 60 }), { maxItems: max })]),
  )
export const NewWebhook = Type.Object({
  token: Type.String({ format: 'uuid' }),
  address: Type.String({ maxLength: addressMax }),
  kinds: Chosen(20),
  services: Chosen(100),
})

export type NewData = Static<typeof NewData>
export const NewData = Type.Object({
  token: Type.String(),
  address: Type.String(),
  kinds: Type.Array(Type.String()),
  services: Type.Array(Type.String()),
  offered: Type.Array(Titled),
  wrong: Type.Array(Type.Object({ field: Type.String(), text: Text })),
})
