import { parseEnvelope } from '../entries/envelope.rules.ts'
import { Fault } from '../faults.ts'
import { freshOf, type Read } from '../fsck/read.ts'
import { decodeUtf8 } from '../notes/encoding.rules.ts'
import { noteBytesMax } from '../notes/note.rules.ts'
import { openByPolicy, type Policy } from '../notes/policy.rules.ts'
import { parseStep } from '../registers/step-entry.rules.ts'
import { newBundles, type Tile } from '../tree/tiles.rules.ts'
import { type Growing, grow, type Hash, hashLeaf, isSame, newTree, rootOf, rootOfLeaves } from '../tree/tree.rules.ts'

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

/**
 * Reads what a log has grown by since `seen`, tells of what fits from the entry `from` on, and returns how far it was read. Every
 * entry is hashed, and nothing is told before all of them lead to the root that the log signed: then what fits is read again,
 * bundle by bundle, so that a log of any size takes the memory of one. Throws the fault where the log is another one, is not
 * what it was, or not what it signs.
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
  tell: (origin: string, hit: Hit) => void,
): Promise<Seen> {
  const note = await read('checkpoint', noteBytesMax)
  if (!note) throw new Fault('no-checkpoint', { where })
  const { origin, size, root } = openByPolicy(note, policy).checkpoint
  if (seen && seen.origin !== origin) throw new Fault('origin-differs', { origin, earlier: seen.origin })
  const before = seen?.tree ?? newTree()
  if (size < before.size) throw new Fault('rolled-back', { size: `${size}`, earlier: `${before.size}` })
  const tree: Growing = { size: before.size, peaks: [...before.peaks] }
  const fitting: { bundle: Tile; start: bigint; root: Hash }[] = []
  for (const bundle of newBundles(before.size, size)) {
    const start = tree.size
    const entries = await freshOf(read, bundle, start)
    const leaves = entries.map(hashLeaf)
    for (const leaf of leaves) grow(tree, leaf)
    if (entries.some((entry, at) => start + BigInt(at) >= from && fits(pattern, entry)))
      fitting.push({ bundle, start, root: rootOfLeaves(leaves) })
  }
  if (!isSame(rootOf(tree), root))
    throw before.size > 0n
      ? new Fault('history-differs', { earlier: `${before.size}` })
      : new Fault('root-differs', { size: `${size}` })
  for (const { bundle, start, root } of fitting) {
    const entries = await freshOf(read, bundle, start)
    const leaves = entries.map(hashLeaf)
    // What is told is what was checked, whatever a server answers the second time.
    if (!isSame(rootOfLeaves(leaves), root)) throw new Fault('root-differs', { size: `${size}` })
    for (const [at, entry] of entries.entries()) {
      const index = start + BigInt(at)
      if (index < from || !fits(pattern, entry)) continue
      tell(origin, { index, leaf: Buffer.from(leaves[at]!).toString('hex'), text: decodeUtf8(entry) ?? null })
    }
  }
  return { origin, tree }
}
