import { type Static, Type } from 'typebox'

export const AlarmKind = Type.Enum([
  'witness-refuses',
  'split-view',
  'entries-wait',
  'not-published',
  'quota-reached',
  'key-ending',
  'rotation-overdue',
])
export type AlarmKind = Static<typeof AlarmKind>

/** Why an alarm is open. `organisation`: whose officers it is for; null for those who run the logs. */
export type Cause = { kind: AlarmKind; subject: string; organisation: string | null; detail: string }

const orNull = <Shape extends Parameters<typeof Type.Union>[0][number]>(shape: Shape) =>
  Type.Union([shape, Type.Null()])

export type AlarmRow = Static<typeof AlarmRow>
export const AlarmRow = Type.Object({
  id: Type.Integer(),
  kind: AlarmKind,
  subject: Type.String(),
  organisation: orNull(Type.String()),
  detail: Type.String(),
  openedAt: Type.String(),
  seenAt: Type.String({ description: 'When its cause was last found' }),
  acknowledgedAt: orNull(Type.String()),
  note: orNull(Type.String()),
  closedAt: orNull(Type.String()),
})

export type AlarmsData = Static<typeof AlarmsData>
export const AlarmsData = Type.Object({
  alarms: Type.Array(AlarmRow),
  /** The alarm whose note was left out. */
  wrong: orNull(Type.Integer()),
})
