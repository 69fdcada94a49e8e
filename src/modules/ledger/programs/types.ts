import { type Static, Type } from 'typebox'
import { Text } from '#platform'
import { orNull } from '../types.ts'

export const nameMax = 80
export const daysMax = 730
export const daysDefault = 365
/** As sentences name them. */
export const limits = { name: nameMax, days: daysMax }
/** For how long the key before goes on beside the one that follows it, in hours. */
export const overlaps = [0, 24, 168, 720] as const
export const overlapDefault = 168
/** What a key wrote is told for as long. */
export const daysTold = 30

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

const Choice = Type.Object({ name: Type.String(), title: Text })

/** The logs to which the organisation writes, and the registers of which it is a party, as people call them. */
const places = { logs: Type.Array(Choice), registers: Type.Array(Choice) }
export type Places = { [Each in keyof typeof places]: readonly Static<typeof Choice>[] }

export type KeysData = Static<typeof KeysData>
export const KeysData = Type.Object({
  organisation: Text,
  keys: Type.Array(KeyNote),
  /** Those that count come first; so that none is out of reach, however many there were. */
  page: Type.Integer(),
  last: Type.Integer(),
  ...places,
})

export const KeyMistake = Type.Enum(['name-missing', 'scopes-missing', 'days-wrong'])
export type KeyMistake = Static<typeof KeyMistake>

export type NewKeyData = Static<typeof NewKeyData>
export const NewKeyData = Type.Object({
  organisation: Text,
  ...places,
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
  /** What it wrote on each of the last days, the latest first. */
  use: Type.Array(Type.Omit(Written, ['log'])),
  /** The same by logs; `cut` where there is more than is listed. */
  written: Type.Array(Written),
  cut: Type.Boolean(),
  /** Today, by which the days are counted. */
  today: Type.String(),
  ...places,
})

export type RotateData = Static<typeof RotateData>
export const RotateData = Type.Object({
  organisation: Text,
  key: KeyNote,
  form: Type.String(),
  days: Type.String(),
  overlap: Type.String({ description: 'In hours' }),
  mistakes: Type.Array(KeyMistake),
})

export type IssuedData = Static<typeof IssuedData>
export const IssuedData = Type.Object({
  key: KeyNote,
  text: Type.String({ description: 'What the program sends after “Bearer ”: shown in this answer alone' }),
  /** When the key that it follows ends by itself. */
  formerEndsAt: orNull(Type.String()),
  ...places,
})
