import { type Static, Type } from 'typebox'
import { Text } from '#platform'

const Moment = Type.String()
const Nullable = <Shape extends ReturnType<typeof Type.String> | ReturnType<typeof Type.Integer>>(shape: Shape) =>
  Type.Union([shape, Type.Null()])

export const RequestParams = Type.Object({ id: Type.String({ format: 'uuid' }) })

/** Limits of what a department writes, in characters, and of a file, in bytes. */
export const signingMax = { documentName: 200, service: 200, lines: 20, label: 80, value: 300, pdfBytes: 20_000_000 }

/** What is to be signed, or was, as a page shows it. */
export type SigningView = Static<typeof SigningView>
export const SigningView = Type.Object({
  id: Type.String(),
  kind: Type.Enum(['hash', 'pdf']),
  /** `waiting` for the person; `signed` by them; `ended` without a signature. */
  state: Type.Enum(['waiting', 'signed', 'ended']),
  organisation: Type.Union([Text, Type.Null()]),
  service: Nullable(Type.String()),
  documentName: Type.String(),
  summary: Type.Array(Type.Object({ label: Type.String(), value: Type.String() })),
  hash: Type.String(),
  /** Twelve of them, four on a line. */
  words: Type.Array(Type.Array(Text)),
  digits: Type.Array(Type.String()),
  bytes: Nullable(Type.Integer()),
  pages: Nullable(Type.Integer()),
  expiresAt: Moment,
  signedAt: Nullable(Moment),
  /** Whether there is a second signature by ML-DSA-44, and whether the signed document can still be fetched. */
  dual: Type.Boolean(),
  kept: Type.Boolean(),
})
