import { type Static, Type } from 'typebox'
import { Text } from '#platform'

export const titleMax = 120
export const fileBytesMax = 20_000_000

/** What was committed to: the octets of a file, or the 64 characters of its SHA-256. */
export const Committed = Type.Enum(['file', 'hash'])

export type Notarisation = Static<typeof Notarisation>
export const Notarisation = Type.Object({
  id: Type.String(),
  /** Null after it was erased. */
  title: Type.Union([Type.String(), Type.Null()]),
  log: Type.Object({ name: Type.String(), title: Text, path: Type.String() }),
  committed: Committed,
  notarisedAt: Type.String(),
  erasedAt: Type.Union([Type.String(), Type.Null()]),
  /** What the time stamp says; null until there is one. */
  stampedAt: Type.Union([Type.String(), Type.Null()]),
})

export type Mistake = Static<typeof Mistake>
export const Mistake = Type.Enum([
  'file-missing',
  'file-and-hash',
  'file-empty',
  'file-too-large',
  'hash-malformed',
  'title-missing',
  'title-too-long',
  'log-missing',
])

export type NotariseData = Static<typeof NotariseData>
export const NotariseData = Type.Object({
  organisation: Text,
  logs: Type.Array(Type.Object({ name: Type.String(), title: Text })),
  /** The newest, up to `shown`. */
  notarisations: Type.Array(Notarisation),
  shown: Type.Integer(),
  /** Goes back with the form, so that a second sending of it is known. */
  token: Type.String(),
  values: Type.Object({ title: Type.String(), log: Type.String(), hash: Type.String() }),
  mistakes: Type.Array(Mistake),
})

export type NotarisationData = Static<typeof NotarisationData>
export const NotarisationData = Type.Object({
  organisation: Text,
  notarisation: Notarisation,
  leaf: Type.String(),
  commitment: Type.String(),
  /** Its place in the log; null until that is published. */
  index: Type.Union([Type.Integer(), Type.Null()]),
  /** Who stamped the time; null until somebody did. */
  timestamp: Type.Union([Type.Object({ authority: Text, isOwn: Type.Boolean() }), Type.Null()]),
})
