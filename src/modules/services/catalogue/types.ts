import { type Static, Type } from 'typebox'
import { Topic } from '#pack'
import { Text } from '#platform'
import { Service } from '../definitions/service.ts'

/** Something with a page of its own, as a list names it. */
export type Named = Static<typeof Named>
export const Named = Type.Object({ id: Type.String(), name: Text })

/** A service as lists show it. */
export type ServiceNote = Static<typeof ServiceNote>
export const ServiceNote = Type.Object({ id: Type.String(), title: Text, summary: Text, organisation: Named })

export type CountedTopic = Static<typeof CountedTopic>
export const CountedTopic = Type.Intersect([Topic, Type.Object({ services: Type.Integer({ minimum: 0 }) })])

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
