import { type Static, Type } from 'typebox'
import { Text } from '#platform'
import { fileTypes } from './kinds.rules.ts'

const Uuid = Type.String({ format: 'uuid', maxLength: 36 })
const Word = Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 60 })

export const AtFile = Type.Object({ id: Uuid, file: Uuid })
export const AtPageFile = Type.Object({ id: Uuid, page: Word, file: Uuid })
export const AtThingFile = Type.Object({ id: Uuid, page: Word, thing: Uuid, part: Word, file: Uuid })
export const AtOfficeFile = Type.Object({ file: Uuid })

/** How far a file is. `held` waits for the scanner; `unchecked` is held, and there is no scanner. */
export type FileNote = Static<typeof FileNote>
export const FileNote = Type.Object({
  id: Uuid,
  question: Type.String(),
  name: Type.String(),
  octets: Type.Integer(),
  state: Type.Enum(['held', 'unchecked', 'released', 'refused']),
  /** What the scanner found in it. */
  finding: Type.Union([Type.String(), Type.Null()]),
})

export type HeldData = Static<typeof HeldData>
export const HeldData = Type.Object({
  /** Whether there is a scanner. */
  scans: Type.Boolean(),
  files: Type.Array(
    Type.Object({
      id: Uuid,
      reference: Type.String(),
      service: Text,
      name: Type.String(),
      type: Type.Enum(Object.keys(fileTypes)),
      octets: Type.Integer(),
      receivedAt: Type.String({ format: 'date-time' }),
      /** When the scanner was last asked; null where it was not. */
      triedAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
    }),
  ),
  /** Whether there are more than are shown. */
  more: Type.Boolean(),
})
