import { type Static, Type } from 'typebox'
import { Text } from '#platform'
import { orNull } from '../types.ts'

/** A log in the list of logs. */
export type LogNote = Static<typeof LogNote>
export const LogNote = Type.Object({
  name: Type.String(),
  path: Type.String(),
  origin: Type.String(),
  title: Text,
  about: orNull(Text),
  keys: Type.Array(Type.String({ description: 'A verifier key: C2SP signed-note. Those that sign now come first' })),
  former: Type.Array(
    Type.Object({ vkey: Type.String(), state: Type.Enum(['ending', 'retired', 'lost']), endsAt: Type.String() }),
  ),
  size: Type.Integer({ description: 'Entries in the newest checkpoint that is published' }),
  signedAt: orNull(Type.String()),
})

export const LogsData = Type.Object({
  /** Whether the person who asks may notarise for the organisation they act for. */
  mayNotarise: Type.Boolean(),
  /** Whether they keep registers for it. */
  keeps: Type.Boolean(),
  address: Type.String(),
  logs: Type.Array(LogNote),
})
export type LogsData = Static<typeof LogsData>

const Said = Type.Object({
  organisation: Type.String(),
  organisationName: orNull(Text),
  kind: Type.String(),
  commitment: Type.String(),
  time: Type.String(),
  schema: orNull(Type.String()),
  prev: orNull(Type.String({ description: 'The leaf of the entry that this one goes on from' })),
})

/** What an entry of a register says, in the words of the pack. */
export type SaidOfRegister = Static<typeof SaidOfRegister>
export const SaidOfRegister = Type.Object({
  kind: Type.Enum(['step-proposed', 'step-approved', 'step-refused', 'rules-set']),
  organisation: Text,
  time: Type.String(),
  /** Without a path where no such register is kept here. */
  register: Type.Object({ title: Text, path: orNull(Type.String()) }),
  item: orNull(Type.Object({ number: Type.String(), path: orNull(Type.String()) })),
  step: orNull(Text),
  party: orNull(Text),
  commitment: orNull(Type.String()),
  rules: orNull(Type.String({ description: 'The leaf of the rules by which it is judged' })),
  proposal: orNull(Type.String({ description: 'The leaf of the proposal that it answers' })),
  prev: orNull(Type.String()),
})

/** An entry, with what it says where it is of a form that departments write. */
export type EntryNote = Static<typeof EntryNote>
export const EntryNote = Type.Object({
  index: Type.Integer(),
  leaf: Type.String({ description: 'The hash of the leaf: RFC 9162, §2.1.1' }),
  bytes: Type.Integer(),
  said: orNull(Said),
  ofRegister: orNull(SaidOfRegister),
})

export type LogData = Static<typeof LogData>
export const LogData = Type.Object({
  log: LogNote,
  checkpoint: Type.Object({
    text: Type.String({ description: 'As it is served' }),
    origin: Type.String(),
    size: Type.Integer(),
    root: Type.String(),
    extensions: Type.Array(Type.String()),
    signatures: Type.Array(
      Type.Object({
        name: Type.String(),
        id: Type.String(),
        kind: orNull(Type.String()),
        state: Type.Enum(['holds', 'fails', 'unknown']),
        at: orNull(Type.String()),
      }),
    ),
  }),
  entries: Type.Array(EntryNote),
  /** Entries from `from` up to `before`, the newest first. */
  from: Type.Integer(),
  before: Type.Integer(),
  /** On a chain; null where this installation anchors nothing. */
  anchored: orNull(
    Type.Object({
      final: orNull(Type.Object({ size: Type.Integer(), at: Type.String() })),
      waiting: Type.Integer(),
    }),
  ),
  wrong: orNull(Type.String({ description: 'What was looked for and is neither a number nor a hash' })),
})

export type EntryData = Static<typeof EntryData>
export const EntryData = Type.Object({
  log: LogNote,
  entry: EntryNote,
  text: orNull(Type.String({ description: 'The octets as UTF-8; null where they are none' })),
  hex: orNull(Type.String({ description: 'The first octets, where they are no UTF-8' })),
  anchoredSize: orNull(Type.Integer({ description: 'Of the first checkpoint with this entry that is on a chain' })),
})
