import { type Static, Type } from 'typebox'
import { LogNote } from '../explorer/types.ts'
import { orNull } from '../types.ts'

/** A checkpoint of a log that is, or will be, on a chain. */
export type AnchorNote = Static<typeof AnchorNote>
export const AnchorNote = Type.Object({
  number: Type.Integer(),
  size: Type.Integer({ description: 'Entries of the checkpoint' }),
  root: Type.String({ description: 'The root that the contract holds for this size, in hexadecimal' }),
  state: Type.Enum(['queued', 'sent', 'mined', 'final', 'superseded']),
  chain: Type.Integer({ description: 'EIP-155' }),
  contract: Type.String(),
  transaction: orNull(Type.String()),
  blockNumber: orNull(Type.Integer()),
  blockAt: orNull(Type.String({ description: 'The time of the block, as the chain has it' })),
  queuedAt: Type.String(),
})

export type AnchorsData = Static<typeof AnchorsData>
export const AnchorsData = Type.Object({
  log: LogNote,
  logId: Type.String({ description: 'What contracts call this log: the SHA-256 of its origin, in hexadecimal' }),
  /** The newest first. */
  anchors: Type.Array(AnchorNote),
  older: orNull(Type.Integer({ description: 'What to send as `before` for the ones before these' })),
})
