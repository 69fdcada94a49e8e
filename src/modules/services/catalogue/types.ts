import { type Static, Type } from 'typebox'
import { Topic } from '#pack'
import { Text } from '#platform'
import { Answering } from '../comments/types.ts'
import { Service } from '../definitions/service.ts'

/** Something with a page of its own, as a list names it. */
export type Named = Static<typeof Named>
export const Named = Type.Object({ id: Type.String(), name: Text })

/** A service as lists show it. */
export type ServiceNote = Static<typeof ServiceNote>
export const ServiceNote = Type.Object({ id: Type.String(), title: Text, summary: Text, organisation: Named })

const CountedTopic = Type.Intersect([Topic, Type.Object({ services: Type.Integer({ minimum: 0 }) })])

export type CatalogueData = Static<typeof CatalogueData>
export const CatalogueData = Type.Object({
  audiences: Type.Array(CountedTopic),
  lifeEvents: Type.Array(CountedTopic),
  services: Type.Array(ServiceNote),
})

/** An audience, a moment of life or a department, with what is offered there. */
export type ShelfData = Static<typeof ShelfData>
export const ShelfData = Type.Object({
  id: Type.String(),
  name: Text,
  about: Type.Union([Text, Type.Null()]),
  services: Type.Array(ServiceNote),
})

/** `services` counts those of the organisations below as well. */
export type Department = Static<typeof Department>
export const Department = Type.Object({
  id: Type.String(),
  name: Text,
  depth: Type.Integer({ minimum: 0 }),
  services: Type.Integer({ minimum: 0 }),
})
export const DepartmentsData = Type.Object({ departments: Type.Array(Department) })

export type DepartmentData = Static<typeof DepartmentData>
export const DepartmentData = Type.Object({
  id: Type.String(),
  name: Text,
  above: Type.Array(Named, { description: 'The organisations that it is part of, the highest first' }),
  below: Type.Array(Department),
  services: Type.Array(ServiceNote),
})

/** Whether a service can be applied for here today. `elsewhere` has no form here. */
export type Opening = Static<typeof Opening>
export const Opening = Type.Enum(['open', 'not-yet', 'closed', 'elsewhere'])

const told = [
  ...(['id', 'title', 'summary', 'about', 'channels', 'takes', 'fee', 'who', 'evidence', 'legalBasis'] as const),
  ...(['contact', 'opens'] as const),
] as const

export type ServiceData = Static<typeof ServiceData>
export const ServiceData = Type.Intersect([
  Type.Pick(Service, [...told]),
  Type.Object({
    opening: Opening,
    signIn: Type.Union([Type.Enum(['needed', 'possible', 'none']), Type.Null()]),
    organisation: Named,
    above: Type.Array(Named),
    audiences: Type.Array(Named),
    lifeEvents: Type.Array(Named),
    related: Type.Array(ServiceNote),
    answering: Answering,
    results: Type.Union([Type.Integer(), Type.Null()], { description: 'The edition whose results are public' }),
    subscribed: Type.Union([Type.Boolean(), Type.Null()], { description: 'Null for whoever is not signed in' }),
    version: Type.Object({
      number: Type.Integer({ minimum: 1 }),
      hash: Type.String(),
      publishedAt: Type.String(),
    }),
  }),
])

const Id = Type.String({ maxLength: 60 })

export const AtAudience = Type.Object({ audience: Id })
export const AtLifeEvent = Type.Object({ lifeEvent: Id })
export const AtOrganisation = Type.Object({ organisation: Id })
export const AtService = Type.Object({ service: Id })

/** Where it is asked whether a service was useful. */
export const Place = Type.Enum(['page', 'receipt', 'outcome'])

export type NewFeedback = Static<typeof NewFeedback>
const NewFeedback = Type.Object({
  token: Type.String({ format: 'uuid' }),
  service: Id,
  place: Place,
  useful: Type.Boolean(),
  comment: Type.Union([Type.String({ maxLength: 1000 }), Type.Null()]),
})

export const FeedbackQuery = Type.Object({
  place: Type.Optional(Place),
  useful: Type.Optional(Type.Enum(['yes', 'no'])),
  done: Type.Optional(Type.Enum(['yes'])),
})

/** Characters of a comment that are kept. */
export const commentMax = 1000

export const FeedbackBody = Type.Object({
  token: Type.String({ format: 'uuid', maxLength: 36 }),
  place: Place,
  useful: Type.Optional(Type.Enum(['yes', 'no'])),
  // Longer than what is kept, so that a person who writes too much is told so with all that they typed.
  comment: Type.Optional(Type.String({ maxLength: 20_000 })),
  /** Of forms alone: the comment goes on to the form of those who want an answer. */
  reply: Type.Optional(Type.Enum(['yes'])),
})

export type FeedbackData = Static<typeof FeedbackData>
export const FeedbackData = Type.Object({
  service: Type.Object({ id: Type.String(), title: Text }),
  token: Type.String(),
  place: Place,
  useful: Type.Union([Type.Enum(['yes', 'no']), Type.Null()]),
  comment: Type.String(),
  wrong: Type.Array(Type.Enum(['useful', 'comment'])),
  done: Type.Boolean({ description: 'Whether it was given' }),
})

export type FeedbackOfficeData = Static<typeof FeedbackOfficeData>
export const FeedbackOfficeData = Type.Object({
  since: Type.String({ description: 'The first day that counts' }),
  services: Type.Array(Type.Object({ id: Type.String(), title: Text, useful: Type.Integer(), given: Type.Integer() })),
  comments: Type.Array(
    Type.Object({
      service: Type.Object({ id: Type.String(), title: Text }),
      place: Place,
      useful: Type.Boolean(),
      comment: Type.String(),
      givenOn: Type.String(),
    }),
  ),
  more: Type.Boolean(),
})

export type MissesData = Static<typeof MissesData>
export const MissesData = Type.Object({
  since: Type.String({ description: 'The first day that counts' }),
  timesMin: Type.Integer({ description: 'What was asked less often is not shown' }),
  misses: Type.Array(
    Type.Object({
      asked: Type.String(),
      language: Type.Enum(['en', 'zh-Hant', 'zh-Hans']),
      times: Type.Integer(),
      lastOn: Type.String(),
    }),
  ),
})
