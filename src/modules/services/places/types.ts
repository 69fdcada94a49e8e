import { type Static, Type } from 'typebox'
import { Text } from '#platform'
import { Asked, MistakeNote, Uuid } from '../applying/types.ts'
import { placeStates } from './places.rules.ts'

export const AtSession = Type.Object({ session: Uuid })
const maybe = <Shape extends Parameters<typeof Type.Array>[0]>(shape: Shape) => Type.Union([shape, Type.Null()])

const SessionNote = Type.Object({
  id: Uuid,
  service: Type.Object({ id: Type.String(), title: Text }),
  title: Text,
  place: Text,
  when: Text,
  opensAt: Type.String(),
  closesAt: Type.String(),
  capacity: Type.Integer(),
  taken: Type.Integer(),
  state: Type.Enum(['early', 'open', 'closed', 'begun', 'cancelled']),
})
export type SessionNote = Static<typeof SessionNote>

export type SessionsData = Static<typeof SessionsData>
export const SessionsData = Type.Object({
  /** Whether a service of the department has sessions at all. */
  offers: Type.Boolean(),
  sessions: Type.Array(Type.Object({ ...SessionNote.properties, waiting: Type.Integer(), lacking: Type.Integer() })),
})

export type SessionFormData = Static<typeof SessionFormData>
export const SessionFormData = Type.Object({
  /** Null for a new one. */
  session: maybe(Uuid),
  token: Uuid,
  asked: Type.Array(Asked),
  mistakes: Type.Array(MistakeNote),
  currency: Type.String(),
})

export const placeState = Type.Enum([...placeStates])
export type SessionData = Static<typeof SessionData>
export const SessionData = Type.Object({
  session: SessionNote,
  places: Type.Array(
    Type.Object({
      reference: Type.String(),
      name: maybe(Text),
      listed: Type.Array(Type.String()),
      state: placeState,
      offerUntilAt: maybe(Type.String()),
      /** The officer’s own, whose attendance a colleague notes. */
      mine: Type.Boolean(),
      /** Granted, and without a place. */
      lacking: Type.Boolean(),
    }),
  ),
  /** Whether who came can be noted now. */
  marks: Type.Boolean(),
})

/** The place of a case, as its page shows it. */
export type CasePlace = Static<typeof CasePlace>
export const CasePlace = Type.Object({
  id: Uuid,
  session: Text,
  where: Text,
  state: placeState,
  cancelled: Type.Boolean(),
  /** The case is granted, and has no place. */
  lacking: Type.Boolean(),
  offerUntilAt: maybe(Type.String()),
  /** How many wait before, where it waits. */
  before: maybe(Type.Integer()),
  accept: Type.Boolean(),
  giveUp: Type.Boolean(),
})
