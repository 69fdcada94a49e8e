import { type Installation, recordAct } from '#platform'
import { Fault } from '../faults.ts'
import { freshOf, type Read } from '../fsck/read.ts'
import { type LogRow, listKeptKeys, waitForLog } from '../log/logs.sql.ts'
import { openSigners } from '../log/logs.ts'
import { growLog, treeOf } from '../log/sequence.ts'
import { parseVerifierKey } from '../notes/keys.rules.ts'
import { noteBytesMax } from '../notes/note.rules.ts'
import { openByPolicy, policyOfKeys } from '../notes/policy.rules.ts'
import { followReturn } from '../registers/bring-back.ts'
import { noLog } from '../told.ts'
import { growTiles, newBundles } from '../tree/tiles.rules.ts'
import { hashLeaf, isSame, rootOf } from '../tree/tree.rules.ts'

export type Restored = { before: number; size: number }

/** Put in order, and signed, in one go. */
const entriesAtOnce = 2048

/**
 * Brings a log of this installation, which was restored from an older state, to where a mirror has it: the mirror’s checkpoint
 * must be signed by a key of the log that nobody reported as lost, and its entries, after those that are here, must lead to its
 * root. Then they go into the log in their order, and the registers on it follow; what waited for its place comes after them. All
 * of it or nothing stands. Throws the fault where the mirror has not what it signs, where what is here is no beginning of it, or
 * where what was written since the backup does not fit it.
 */
export const restoreLog = (
  { sql, vault, now, pack }: Pick<Installation, 'sql' | 'vault' | 'now' | 'pack'>,
  name: string,
  { read, where }: { read: Read; where: string },
): Promise<Restored> =>
  sql.begin(async (transaction) => {
    let log: LogRow | undefined = await waitForLog(transaction, name)
    if (!log) throw await noLog(transaction, name)
    const bytes = await read('checkpoint', noteBytesMax)
    if (!bytes) throw new Fault('no-checkpoint', { where })
    const policy = policyOfKeys((await listKeptKeys(transaction, log.id)).map(parseVerifierKey))
    const { size, root } = openByPolicy(bytes, policy).checkpoint
    const before = BigInt(log.size)
    if (size < before) throw new Fault('rolled-back', { size: `${size}`, earlier: `${before}` })
    const tree = treeOf(log)
    for (const bundle of newBundles(before, size))
      growTiles(tree, (await freshOf(read, bundle, tree.size)).map(hashLeaf))
    // Where what is here is no beginning of it, the root is another one.
    if (!isSame(rootOf(tree), root)) throw new Fault('history-differs', { earlier: `${before}` })

    const registers = await followReturn({ pack }, transaction, log)
    const signers = await openSigners(transaction, vault, log)
    let fresh: Uint8Array[] = []
    for (const bundle of newBundles(before, size)) {
      const at = BigInt(log.size + fresh.length)
      fresh.push(...(await freshOf(read, bundle, at)))
      if (fresh.length < entriesAtOnce && BigInt(log.size + fresh.length) < size) continue
      const promised = fresh.map((entry) => ({ entry, leaf: hashLeaf(entry) }))
      log = await growLog(transaction, log, promised, { now, signersOf: async () => signers })
      await registers.take(fresh)
      fresh = []
    }
    // What was read the second time is what was checked.
    if (!isSame(rootOf(treeOf(log)), root)) throw new Fault('root-differs', { size: `${size}` })
    await registers.finish()
    const restored = { before: Number(before), size: Number(size) }
    await recordAct(transaction, 'system', {
      event: 'ledger.log-restored',
      subject: `log/${name}`,
      detail: restored,
    })
    return restored
  })
