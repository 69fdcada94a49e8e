import { type Static, Type } from 'typebox'

/** What a check of files came to. Each has its own sentence. */
export const Outcome = Type.Enum([
  'document',
  'entry',
  'alone',
  'other-document',
  'salt-missing',
  'file-missing',
  'proof-missing',
  'not-a-proof',
  'proof-damaged',
  'not-included',
  'signature-broken',
  'log-unknown',
  'witnesses-few',
  'policy-wrong',
  'cannot-check',
  'code-unknown',
  'code-elsewhere',
  'code-missing',
])
export type Outcome = Static<typeof Outcome>

const Signer = Type.Object({
  name: Type.String(),
  kind: Type.Enum(['ed25519', 'ed25519-cosignature', 'ml-dsa-44-cosignature']),
  /** When it was signed, in seconds since 1970; a log that signs by Ed25519 says no time. */
  time: Type.Optional(Type.String()),
})

/** What is proved, by whom, and what is not. */
export type Verdict = Static<typeof Verdict>
export const Verdict = Type.Object({
  outcome: Outcome,
  /** What is wrong, of this module's faults, with what fills its sentence. */
  fault: Type.Optional(
    Type.Object({
      code: Type.String(),
      values: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
    }),
  ),
  /** The checkpoint that counts. Sizes and indexes are texts: they have 64 bits. */
  log: Type.Optional(Type.Object({ origin: Type.String(), size: Type.String(), index: Type.String() })),
  signers: Type.Optional(Type.Object({ logs: Type.Array(Signer), witnesses: Type.Array(Signer) })),
  /** Lines of signatures by keys that the policy does not name. */
  unknown: Type.Optional(Type.Integer()),
  /** The entry, if it is of the form that departments write. */
  said: Type.Optional(
    Type.Object({
      organisation: Type.String(),
      kind: Type.String(),
      time: Type.String(),
      schema: Type.Optional(Type.String()),
    }),
  ),
  /** Another site, to which a code leads. */
  site: Type.Optional(Type.String()),
  /** The document is the same data, and is written in other octets. */
  rewritten: Type.Optional(Type.Boolean()),
})
