import type { Installation } from '#platform'
import { Fault } from '../faults.ts'
import { type Read, readBundle } from '../fsck/read.ts'
import { append } from '../log/append.ts'
import { findLog, listEveryKey } from '../log/logs.sql.ts'
import { openSigners } from '../log/logs.ts'
import { sequence, treeOf } from '../log/sequence.ts'
import { parseVerifierKey } from '../notes/keys.rules.ts'
import { noteBytesMax } from '../notes/note.rules.ts'
import { openByPolicy, policyOfKeys } from '../notes/policy.rules.ts'
import { growTiles, newBundles, tileWidth } from '../tree/tiles.rules.ts'
import { hashLeaf, isSame, rootOf } from '../tree/tree.rules.ts'

export type Restored = { before: number; size: number }

/**
 * Brings a log of this installation, which was restored from an older state, to where a mirror has it: the mirror’s checkpoint
 * must be signed by a key of the log, and its entries, after those that are here, must lead to its root. All is checked before
 * anything is written; then the entries go into the log in their order, by the means by which it always grows. Nothing may be
 * written to the log meanwhile: what waits for it is refused as `restore-busy`. Throws the fault where the mirror has not what
 * it signs, or where what is here is no beginning of it.
 */
export async function restoreLog(
  { sql, vault, now }: Pick<Installation, 'sql' | 'vault' | 'now'>,
  name: string,
  { read, where }: { read: Read; where: string },
): Promise<Restored> {
  const log = await findLog(sql, name)
  if (!log) throw new Fault('no-log', { name, names: '' })
  const bytes = await read('checkpoint', noteBytesMax)
  if (!bytes) throw new Fault('no-checkpoint', { where })
  const policy = policyOfKeys((await listEveryKey(sql, log.id)).map(parseVerifierKey))
  const { checkpoint } = openByPolicy(bytes, policy)
  const { size, root } = checkpoint
  const before = BigInt(log.size)
  if (size < before) throw new Fault('rolled-back', { size: `${size}`, earlier: `${before}` })
  const tree = treeOf(log)
  for (const bundle of newBundles(before, size)) {
    const { entries } = await freshOf(read, bundle, tree.size)
    growTiles(tree, entries.map(hashLeaf))
  }
  // Where what is here is no beginning of it, the root is another one.
  if (!isSame(rootOf(tree), root)) throw new Fault('history-differs', { earlier: `${before}` })
  let at = before
  for (const bundle of newBundles(before, size)) {
    const { entries } = await freshOf(read, bundle, at)
    await append(sql, name, entries)
    const done = await sequence(name, {
      ...{ sql, now, since: '0' },
      signersOf: (transaction, row) => openSigners(transaction, vault, row),
    })
    at += BigInt(entries.length)
    // Somebody else wrote meanwhile: then the log has gone another way, and the witnesses will say so.
    if (done?.size !== Number(at)) throw new Fault('restore-busy', { name })
  }
  return { before: Number(before), size: Number(size) }
}

/** The entries of a bundle that a tree of this size has not yet. */
async function freshOf(read: Read, bundle: Parameters<typeof readBundle>[1], size: bigint) {
  const known = bundle.index === size / BigInt(tileWidth) ? Number(size % BigInt(tileWidth)) : 0
  return { entries: (await readBundle(read, bundle)).slice(known) }
}
