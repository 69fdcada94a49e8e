import { type Static, Type } from 'typebox'
import { Text } from '#platform'

export const nameMax = 80
export const daysMax = 730
export const daysDefault = 365
/** For how long the key before goes on beside the one that follows it, in hours. */
export const overlaps = [0, 24, 168, 720] as const
export const overlapDefault = 168
/** What a key wrote is told for as long. */
export const daysTold = 30

const orNull = <Shape extends Parameters<typeof Type.Union>[0][number]>(shape: Shape) =>
  Type.Union([shape, Type.Null()])

export const KeyState = Type.Enum(['counts', 'ending', 'ended', 'withdrawn', 'lost'])
export type KeyState = Static<typeof KeyState>

/** A key of a program as its organisation sees it. Its secret is not there. */
export type KeyNote = Static<typeof KeyNote>
export const KeyNote = Type.Object({
  id: Type.String(),
  name: Type.String(),
  scopes: Type.Array(Type.String()),
  state: KeyState,
  createdAt: Type.String(),
  expiresAt: Type.String(),
  withdrawnAt: orNull(Type.String()),
  lostAt: orNull(Type.String()),
  usedOn: orNull(Type.String({ description: 'The last day (UTC) on which it was used' })),
  replaces: orNull(Type.String()),
  replacedBy: orNull(Type.String()),
})

export const LogChoice = Type.Object({ name: Type.String(), title: Text })

export type KeysData = Static<typeof KeysData>
export const KeysData = Type.Object({ organisation: Text, keys: Type.Array(KeyNote) })

export const KeyMistake = Type.Enum(['name-missing', 'scopes-missing', 'days-wrong'])
export type KeyMistake = Static<typeof KeyMistake>

export type NewKeyData = Static<typeof NewKeyData>
export const NewKeyData = Type.Object({
  organisation: Text,
  logs: Type.Array(LogChoice),
  /** Of which the organisation is a party. */
  registers: Type.Array(LogChoice),
  /** Stands for one key, so that a form that is sent twice makes one. */
  form: Type.String(),
  values: Type.Object({ name: Type.String(), scopes: Type.Array(Type.String()), days: Type.String() }),
  mistakes: Type.Array(KeyMistake),
})

const Written = Type.Object({
  day: Type.String(),
  log: Type.String(),
  entries: Type.Number(),
  octets: Type.Number(),
})

export type KeyData = Static<typeof KeyData>
export const KeyData = Type.Object({
  organisation: Text,
  key: KeyNote,
  /** What it wrote in the last days, the latest first. */
  written: Type.Array(Written),
  /** Today, by which the days are counted. */
  today: Type.String(),
  logs: Type.Array(LogChoice),
})

export type RotateData = Static<typeof RotateData>
export const RotateData = Type.Object({
  organisation: Text,
  key: KeyNote,
  form: Type.String(),
  days: Type.String(),
  mistakes: Type.Array(KeyMistake),
})

export type IssuedData = Static<typeof IssuedData>
export const IssuedData = Type.Object({
  key: KeyNote,
  text: Type.String({ description: 'What the program sends after “Bearer ”: shown in this answer alone' }),
  /** When the key that it follows ends by itself. */
  formerEndsAt: orNull(Type.String()),
})
