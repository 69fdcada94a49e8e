import { parseEnvelope } from '../entries/envelope.rules.ts'
import { Fault } from '../faults.ts'
import { type Read, readBundle } from '../fsck/read.ts'
import { decodeUtf8 } from '../notes/encoding.rules.ts'
import { noteBytesMax } from '../notes/note.rules.ts'
import { openByPolicy, type Policy } from '../notes/policy.rules.ts'
import { parseStep } from '../registers/step-entry.rules.ts'
import { newBundles, tileWidth } from '../tree/tiles.rules.ts'
import { type Growing, grow, hashLeaf, isSame, newTree, rootOf } from '../tree/tree.rules.ts'

/** What is looked for; an entry is told of when all that is given fits. */
export type Pattern = {
  /** Of an entry of the form that departments write, or of a register. */
  kind?: string | undefined
  org?: string | undefined
  /** A text that the entry holds, in capital letters or small. No expression: what others wrote must not take for ever. */
  text?: string | undefined
}

/** One entry that fits, with its octets as text where they are one. */
export type Hit = { index: bigint; leaf: string; text: string | null }

export function fits(pattern: Pattern, entry: Uint8Array): boolean {
  const said =
    pattern.kind === undefined && pattern.org === undefined ? undefined : (parseEnvelope(entry) ?? parseStep(entry))
  if (pattern.kind !== undefined && said?.kind !== pattern.kind) return false
  if (pattern.org !== undefined && said?.org !== pattern.org) return false
  return pattern.text === undefined || lower(decodeUtf8(entry) ?? latin(entry)).includes(lower(pattern.text))
}

const latin = (entry: Uint8Array) => Buffer.from(entry).toString('latin1')
const lower = (text: string) => text.normalize('NFKC').toLowerCase()

/** How far a log was read: its size, and the peaks of its tree, by which nothing of before need be read again. */
export type Seen = { origin: string; tree: Growing }

export const nothingSeen = (origin: string): Seen => ({ origin, tree: newTree() })

/**
 * Reads what a log has grown by since `seen`, tells of what fits from the entry `from` on, and returns how far it was read. Every
 * entry is hashed, and nothing is told before all of them lead to the root that the log signed. Throws the fault where the log
 * is not what it was, or not what it signs.
 */
export async function readOn(
  read: Read,
  {
    policy,
    where,
    seen,
    pattern,
    from = 0n,
  }: { policy: Policy; where: string; seen: Seen | undefined; pattern: Pattern; from?: bigint },
): Promise<{ seen: Seen; hits: Hit[] }> {
  const note = await read('checkpoint', noteBytesMax)
  if (!note) throw new Fault('no-checkpoint', { where })
  const { origin, size, root } = openByPolicy(note, policy).checkpoint
  const before = seen?.origin === origin ? seen : nothingSeen(origin)
  if (size < before.tree.size) throw new Fault('rolled-back', { size: `${size}`, earlier: `${before.tree.size}` })
  const tree: Growing = { size: before.tree.size, peaks: [...before.tree.peaks] }
  const hits: Hit[] = []
  for (const bundle of newBundles(before.tree.size, size)) {
    const entries = await readBundle(read, bundle)
    const known = Number(tree.size - bundle.index * BigInt(tileWidth))
    for (const entry of entries.slice(Math.max(known, 0))) {
      const leaf = hashLeaf(entry)
      if (tree.size >= from && fits(pattern, entry))
        hits.push({ index: tree.size, leaf: Buffer.from(leaf).toString('hex'), text: decodeUtf8(entry) ?? null })
      grow(tree, leaf)
    }
  }
  if (!isSame(rootOf(tree), root))
    throw before.tree.size > 0n
      ? new Fault('history-differs', { earlier: `${before.tree.size}` })
      : new Fault('root-differs', { size: `${size}` })
  return { seen: { origin, tree }, hits }
}
