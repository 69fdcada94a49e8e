import { Fault } from '../faults.ts'
import { decodeBase64, decodeUtf8, encodeBase64, encodeUtf8 } from '../notes/encoding.rules.ts'
import type { Accepted, Policy } from '../notes/policy.rules.ts'
import { parseProof, proofBytesMax, verifyProof } from '../proofs/proof.rules.ts'
import { type Hash, hashBytes, hashLeaf, isSame } from '../tree/tree.rules.ts'
import { keyOf } from './key.rules.ts'
import { parseRoot } from './root-entry.rules.ts'
import { type End, keyBits, rootByWay, valueOfIndexes } from './trie.rules.ts'

/** More than these are shown by `ledger replay` alone. */
export const entriesMax = 65_536
export const historyBytesMax = proofBytesMax + 2_000_000

/**
 * Every entry of one item, and what shows that it is every: the way of its key in the trie, the entry of the output log that
 * holds the root of the trie, and the proof (C2SP tlog-proof) that it does.
 */
export type History = {
  register: string
  item: string
  /** Of the log, in order; none where the item has none. */
  entries: readonly bigint[]
  beside: readonly Hash[]
  /** For an item without entries: the one key that stands where its own would. */
  other: End
  rootEntry: Uint8Array
  proof: Uint8Array
}

/** A history as a file: JSON. Hashes are base64, entries numbers. */
export function printHistory({ register, item, entries, beside, other, rootEntry, proof }: History): Buffer {
  return encodeUtf8(
    `${JSON.stringify(
      {
        ...{ kind: 'item-history', v: 1, register, item, entries: entries.map(Number) },
        beside: beside.map(encodeBase64),
        ...(other && { other: { key: encodeBase64(other.key), value: encodeBase64(other.value) } }),
        ...{ root: Buffer.from(rootEntry).toString(), proof: Buffer.from(proof).toString() },
      },
      undefined,
      1,
    )}\n`,
  )
}

/** Throws the fault of what is no history. What it says is not believed before `verifyHistory`. */
export function parseHistory(bytes: Uint8Array): History {
  if (bytes.length > historyBytesMax) throw new Fault('history-large', { max: historyBytesMax })
  const read = readJson(bytes)
  const { register, item, root, proof } = read
  for (const [what, value] of Object.entries({ register, item, root, proof }))
    if (typeof value !== 'string') throw new Fault('history-form', { what })
  if (read.kind !== 'item-history' || read.v !== 1) throw new Fault('history-form', { what: 'kind' })
  const { entries, beside, other } = read
  if (!Array.isArray(entries) || entries.length > entriesMax || !entries.every(isIndex))
    throw new Fault('history-form', { what: 'entries' })
  if (!Array.isArray(beside) || beside.length > keyBits) throw new Fault('history-form', { what: 'beside' })
  return {
    ...{ register: register as string, item: item as string, entries: entries.map(BigInt) },
    beside: beside.map((each) => hashIn(each, 'beside')),
    other: other === undefined ? undefined : endIn(other),
    ...{ rootEntry: encodeUtf8(root as string), proof: encodeUtf8(proof as string) },
  }
}

function readJson(bytes: Uint8Array): Record<string, unknown> {
  try {
    const read = JSON.parse(decodeUtf8(bytes) ?? '') as unknown
    if (typeof read === 'object' && read !== null) return read as Record<string, unknown>
  } catch {
    // It is said below.
  }
  throw new Fault('history-form', { what: 'JSON' })
}

const isIndex = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0

function hashIn(value: unknown, what: string): Hash {
  const hash = typeof value === 'string' ? decodeBase64(value) : undefined
  if (hash?.length !== hashBytes) throw new Fault('history-form', { what })
  return hash
}

function endIn(value: unknown): NonNullable<End> {
  const { key, value: held } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  return { key: hashIn(key, 'other'), value: hashIn(held, 'other') }
}

/** The origin, or name, of the log that holds the roots of the index of a log. */
export const outputOf = (log: string): string => `${log}-index`

/** What a history shows: these are all entries of the item among the first `size` of the log. */
export type Shown = { log: string; size: number; root: string; accepted: Accepted }

/**
 * Throws the fault where a history is not complete, or is not what the output log of a policy holds. Transparency-dev’s
 * verifiable index: map root and size of the input in a leaf, the leaf in a log that witnesses cosign.
 */
export function verifyHistory(history: History, policy: Policy): Shown {
  const { register, item, entries, beside, other, rootEntry, proof } = history
  const said = parseRoot(rootEntry)
  if (!said) throw new Fault('history-form', { what: 'root' })
  const accepted = verifyProof(parseProof(proof), hashLeaf(rootEntry), policy)
  // Any log of a policy could hold an entry that looks like a root: that of another log’s items counts in its own index alone.
  const { origin } = accepted.checkpoint
  if (origin !== outputOf(said.log)) throw new Fault('history-other-log', { log: said.log, origin })
  if (entries.some((each, at) => each >= said.size || (at > 0 && each <= entries[at - 1]!)))
    throw new Fault('history-order', { size: said.size })
  const key = keyOf(register, item)
  // Of an item without entries the way ends at nothing, or at another item, which is not this one.
  if (entries.length > 0 ? other !== undefined : other && isSame(other.key, key)) throw new Fault('history-incomplete')
  const root = rootByWay(key, beside, entries.length > 0 ? { key, value: valueOfIndexes(entries) } : other)
  if (!root || Buffer.from(root).toString('hex') !== said.map) throw new Fault('history-incomplete')
  return { log: said.log, size: said.size, root: said.root, accepted }
}
