import type { Installation, Sql } from '#platform'
import { readEntries } from '../explorer/entries.ts'
import { Fault } from '../faults.ts'
import type { LogRow } from '../log/logs.sql.ts'
import { tileWidth } from '../tree/tiles.rules.ts'
import { hashLeaf } from '../tree/tree.rules.ts'
import { registers as packRegisters } from './definitions.ts'
import {
  insertLostSteps,
  insertRegister,
  insertRules,
  type LostItem,
  type LostStep,
  listKnownLeaves,
  listRegistersOf,
  lockRules,
  upsertLostItems,
} from './registers.sql.ts'
import { foldEntry, type Registers } from './replay.rules.ts'
import { listWaiting } from './replay.ts'

/**
 * For entries that come back into a log from a mirror, after its database was put back to an older state: the tables of its
 * registers are led to where the log is, as anybody computes it. What an entry was committed to and who wrote it does not come
 * back, so an item that has such an entry is lost: it is in the state in which the log has it, and nobody is shown as its holder
 * or takes a step of it, which could stand on what nobody knows. Nobody else enters a step until the transaction ends.
 */
export async function followReturn({ pack }: Pick<Installation, 'pack'>, sql: Sql, log: LogRow) {
  // One that is newer than the backup, and whose rules come back, too.
  for (const register of pack.list(packRegisters))
    if (register.log === log.name) await insertRegister(sql, { id: register.id, log: log.name })
  const own = new Set(await listRegistersOf(sql, log.id))
  for (const id of own) await lockRules(sql, id)
  const registers: Registers = new Map()
  if (own.size > 0)
    for (let at = 0; at < log.size; at += tileWidth)
      for (const entry of await readEntries(sql, log, at, Math.min(at + tileWidth, log.size)))
        foldEntry(registers, entry)

  return {
    /** Writes what these entries, which the log has from now on, make of rules and items. */
    async take(entries: readonly Uint8Array[]): Promise<void> {
      if (own.size === 0) return
      // What the backup had as promised is whole.
      const known = await listKnownLeaves(sql, entries.map(hashLeaf))
      const items = new Map<string, LostItem>()
      const steps: LostStep[] = []
      for (const octets of entries) {
        const counted = foldEntry(registers, octets)
        if (typeof counted !== 'object' || known.has(counted.leaf) || !own.has(counted.entry.register)) continue
        const { register, time: at } = counted.entry
        if ('version' in counted) {
          const { leaf, version: number } = counted
          const rules = { register, number, leaf: Buffer.from(leaf, 'hex'), entry: octets, at: new Date(at) }
          if (!(await insertRules(sql, rules))) throw new Fault('restore-busy', { name: log.name })
          continue
        }
        const { leaf, item: folded, tookEffect } = counted
        const { item: number, kind, step, party, proposal = null } = counted.entry
        items.set(`${register}/${number}`, { register, number, folded, at })
        const entry = Buffer.from(octets).toString('hex')
        steps.push({
          leaf,
          register,
          number,
          place: folded.entries,
          kind,
          step,
          party,
          proposal,
          tookEffect,
          entry,
          at,
        })
      }
      await upsertLostItems(sql, [...items.values()])
      if (!(await insertLostSteps(sql, steps))) throw new Fault('restore-busy', { name: log.name })
    },

    /** Refuses as `restore-busy` where what waits for its place would have no effect after what came back. */
    async finish(): Promise<void> {
      if (own.size === 0) return
      for (const entry of await listWaiting(sql, log))
        if (typeof foldEntry(registers, entry) === 'string') throw new Fault('restore-busy', { name: log.name })
    },
  }
}
