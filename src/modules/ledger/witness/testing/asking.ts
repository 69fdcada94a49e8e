import { hash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Sql } from '#platform'
import { printCheckpoint } from '../../notes/checkpoint.rules.ts'
import { cosign } from '../../notes/cosignature.rules.ts'
import { printVerifierKey, type Signer } from '../../notes/keys.rules.ts'
import { printNote, signText } from '../../notes/note.rules.ts'
import { entryAt } from '../../testing/logs.ts'
import { makeConsistency } from '../../tree/proofs.rules.ts'
import { type Hash, hashLeaf, rootOfLeaves } from '../../tree/tree.rules.ts'
import { addKey } from '../witness.sql.ts'

/** The leaves of a log; another `entry` makes another history of the same length. */
export const leavesOf = (size: number, entry: (at: number) => Uint8Array = entryAt): Hash[] =>
  Array.from({ length: size }, (_, at) => hashLeaf(entry(at)))

/** A history that is the same up to `from` and another one after it. */
export const forkAt =
  (from: number) =>
  (at: number): Buffer =>
    at < from ? entryAt(at) : Buffer.from(`other ${at}`)

type Said = { root?: Hash; extensions?: readonly string[]; origin?: string }

/** What a log signs of its first `size` leaves. */
export function textOf(signer: Signer, leaves: readonly Hash[], said: Said = {}): string {
  const { origin = signer.key.name, root = rootOfLeaves(leaves), extensions = [] } = said
  return printCheckpoint({ origin, size: BigInt(leaves.length), root, extensions })
}

export const signedBy = (text: string, ...signers: readonly Signer[]): Uint8Array =>
  printNote({
    text,
    signatures: signers.map((each) =>
      each.key.kind === 'ed25519' ? signText(text, each) : cosign(text, each, 1_700_000_000n),
    ),
  })

/** The body of a request: by default one that is right. */
export const bodyOf = (old: number | bigint | string, proof: readonly Hash[], note: Uint8Array): Buffer =>
  Buffer.concat([
    Buffer.from(`old ${old}\n${proof.map((each) => `${Buffer.from(each).toString('base64')}\n`).join('')}\n`),
    note,
  ])

/** That a log has grown from `old` to all of `leaves`. */
export const growth = (signer: Signer, old: number, leaves: readonly Hash[]): Buffer =>
  bodyOf(old, makeConsistency(leaves, BigInt(old)), signedBy(textOf(signer, leaves), signer))

export const send = (app: FastifyInstance, payload: Uint8Array, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url: '/ledger/witness/add-checkpoint',
    payload: Buffer.from(payload),
    headers: { 'content-type': 'text/plain', ...headers },
  })

export const idOf = (origin: string): string => hash('sha256', origin)

export async function watch(sql: Sql, ...signers: readonly Signer[]): Promise<void> {
  for (const { key } of signers)
    await addKey(sql, { origin: key.name, id: idOf(key.name), vkey: printVerifierKey(key) })
}
