import { encodeUtf8 } from '../notes/encoding.rules.ts'
import { type Hash, hashLeaf, rootOfLeaves } from '../tree/tree.rules.ts'
import { foldRules, foldStep, type ItemState, type RegisterRules, type StepFault } from './fold.rules.ts'
import { canonical } from './rules.rules.ts'
import { parseStep, type RulesEntry, type StepEntry } from './step-entry.rules.ts'

/** What the entries of a log make of one of its registers. */
export type Folded = { rules: RegisterRules; items: Map<string, ItemState> }

/** Registers by their name, computed from the entries of a log alone. */
export type Registers = Map<string, Folded>

/** An entry that counts: rules, or a step with what it made of its item, and whether it took effect by it. */
export type Counted =
  | { leaf: string; entry: RulesEntry; version: number }
  | { leaf: string; entry: StepEntry; item: ItemState; tookEffect: boolean }

/**
 * Takes one more entry of a log. Returns why it has no effect, for one of a register that breaks the rules; undefined for what is
 * no entry of a register.
 */
export function foldEntry(registers: Registers, octets: Uint8Array): Counted | StepFault | undefined {
  const entry = parseStep(octets)
  if (!entry) return undefined
  const leaf = Buffer.from(hashLeaf(octets)).toString('hex')
  const register = registers.get(entry.register)
  if (entry.kind === 'rules-set') {
    const rules = foldRules(register?.rules, entry, leaf)
    if (typeof rules === 'string') return rules
    registers.set(entry.register, { rules, items: register?.items ?? new Map() })
    return { leaf, entry, version: rules.all.size }
  }
  const folded = foldStep(register?.items.get(entry.item), entry, leaf, register?.rules)
  if (typeof folded === 'string') return folded
  register!.items.set(entry.item, folded.item)
  return { leaf, entry, item: folded.item, tookEffect: folded.effect !== undefined }
}

/**
 * One hash of all that a register holds: the Merkle root (RFC 9162, §2.1.1) of its items in the order of their numbers, each as
 * a JSON array of number and state in the spelling of RFC 8785.
 */
export function rootOfItems({ items }: Folded): Hash {
  const sorted = [...items].sort(([one], [other]) => (one < other ? -1 : 1))
  return rootOfLeaves(sorted.map(([number, state]) => hashLeaf(encodeUtf8(canonical([number, state]).toString()))))
}
