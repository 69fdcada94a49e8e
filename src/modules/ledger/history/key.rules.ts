import { hash } from 'node:crypto'
import { parseStep } from '../registers/step-entry.rules.ts'
import type { Hash } from '../tree/tree.rules.ts'

/** The key of an item of a register. */
export const keyOf = (register: string, item: string): Hash =>
  hash('sha256', `praya/register-item/v1\n${register}/${item}\n`, 'buffer')

/**
 * What an index maps (the MapFn of a verifiable index): the key of an entry; undefined for one that is no step of an item. Pure,
 * and total over any octets, so that whoever has the log makes the same index.
 */
export function keyOfEntry(octets: Uint8Array): Hash | undefined {
  const entry = parseStep(octets)
  return entry && entry.kind !== 'rules-set' ? keyOf(entry.register, entry.item) : undefined
}
