import { type Static, Type } from 'typebox'
import { Text } from '#platform'
import { orNull } from '../types.ts'

/** Entries that wait for longer, and logs that publish nothing for longer, are told of. */
export const waitMinutesMax = 1
export const silentMinutesMax = 10
/** Program keys that are older, and keys of logs that are, should have been followed by another. */
export const overdueDays = { program: 365, log: 730 }
export const endingDays = 14
/** An anchor that failed as often in a row is told of: after three minutes or so. */
export const failuresMax = 3

export const AlarmKind = Type.Enum([
  'witness-refuses',
  'split-view',
  'anchor-contradicts',
  'anchor-fails',
  'entries-wait',
  'not-published',
  'quota-reached',
  'key-ending',
  'rotation-overdue',
])
export type AlarmKind = Static<typeof AlarmKind>

const row = {
  id: Type.Integer(),
  kind: AlarmKind,
  subject: Type.String({ description: 'What it is about, by its name or identifier: one alarm of a kind for each' }),
  organisation: orNull(Type.String({ description: 'Whose officers it is for; null for those who run the logs' })),
  detail: Type.String({ description: 'A time, a code, or the name of a log, as the kind has it' }),
  openedAt: Type.String(),
  seenAt: Type.String({ description: 'When its cause was last found' }),
  acknowledgedAt: orNull(Type.String()),
  note: orNull(Type.String()),
  closedAt: orNull(Type.String()),
}

/** An alarm as it is kept, with the name of the program whose key it is about. */
export type AlarmRow = Static<typeof AlarmRow>
const AlarmRow = Type.Object({ ...row, program: orNull(Type.String()) })

/** An alarm as people read it. */
export type AlarmNote = Static<typeof AlarmNote>
export const AlarmNote = Type.Object({
  ...row,
  about: Text,
  path: orNull(Type.String({ description: 'Where to see more of it, for who may' })),
})

export type AlarmsData = Static<typeof AlarmsData>
export const AlarmsData = Type.Object({
  alarms: Type.Array(AlarmNote),
  /** What was wrong with the note of an alarm, and how it was typed. */
  wrong: orNull(Type.Object({ id: Type.Integer(), mistake: Type.Enum(['missing', 'long']), note: Type.String() })),
})
