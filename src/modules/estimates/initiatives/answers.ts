import { type Static, Type } from 'typebox'
import { Reading, Text } from '#platform'
import { Period } from '../types.ts'
import { Matter, places, Status, System } from './definitions.ts'
import { InitiativeNote, ModuleNote, OwnerNote, orNull } from './describe.ts'

/*
 * What the addresses of systems and initiatives answer: the data of their pages.
 */

const Figures = Type.Array(Type.Object({ id: Type.String(), reading: orNull(Reading) }))

export type SystemsAnswer = Static<typeof SystemsAnswer>
export const SystemsAnswer = Type.Object({
  systems: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Text,
      description: Text,
      modules: Type.Array(ModuleNote),
      owner: OwnerNote,
      initiatives: Type.Integer(),
    }),
  ),
})

export type SystemAnswer = Static<typeof SystemAnswer>
export const SystemAnswer = Type.Object({
  ...Type.Pick(System, ['id', 'programme', 'protocols']).properties,
  name: Text,
  description: Text,
  owner: OwnerNote,
  modules: Type.Array(ModuleNote),
  evidence: Type.Array(Type.Object({ name: Text, address: Type.String() })),
  initiatives: Type.Array(InitiativeNote),
  figures: Figures,
})

export type InitiativesAnswer = Static<typeof InitiativesAnswer>
export const InitiativesAnswer = Type.Object({
  initiatives: Type.Array(
    Type.Object({
      ...InitiativeNote.properties,
      systems: Type.Array(Type.Object({ id: Type.String(), name: Text })),
    }),
  ),
  status: orNull(Status),
  programme: orNull(Type.Integer()),
})

/** A target or an indicator with what each of its columns prints, in their order. */
const PrintedIndicator = Type.Object({
  subject: Type.String(),
  name: orNull(Text),
  printed: Type.Array(
    Type.Object({
      path: Type.String(),
      period: Period,
      printed: orNull(Type.String()),
      unit: Type.String(),
      line: Type.Integer(),
    }),
  ),
})

export type InitiativeAnswer = Static<typeof InitiativeAnswer>
export const InitiativeAnswer = Type.Object({
  ...InitiativeNote.properties,
  owner: OwnerNote,
  partners: Type.Array(OwnerNote),
  matters: Type.Array(Type.Object({ ...Matter.properties, text: orNull(Type.String()) })),
  mentions: Type.Array(Type.Object({ place: Type.Enum([...places]), line: Type.Integer() })),
  /** Of the matters' text, which stands as it was printed. */
  language: orNull(Type.String()),
  note: orNull(Text),
  systems: Type.Array(Type.Object({ id: Type.String(), name: Text, modules: Type.Array(ModuleNote) })),
  figures: Figures,
  indicators: Type.Array(PrintedIndicator),
})
