import type { Installation, Sql } from '#platform'
import { secondOf } from '../entries/envelope.rules.ts'
import { append } from '../log/append.ts'
import { hashLeaf } from '../tree/tree.rules.ts'
import { type Register, registers, rulesOf } from './definitions.ts'
import { foldRules, type RegisterRules } from './fold.rules.ts'
import { problem } from './problems.ts'
import { type ItemRow, insertRegister, insertRules, listRules, lockRules, rulesMax } from './registers.sql.ts'
import { canonical } from './rules.rules.ts'
import { parseStep, printStep, type RulesEntry } from './step-entry.rules.ts'

/** A register of the pack. */
export function getRegister({ pack }: Pick<Installation, 'pack'>, id: string): Register {
  const register = pack.list(registers).find((each) => each.id === id)
  if (!register) throw problem('register-not-found')
  return register
}

/** The registers of which an organisation is a party, as the pack says. */
export const registersOf = ({ pack }: Pick<Installation, 'pack'>, organisation: string) =>
  pack
    .list(registers)
    .filter(({ parties }) => parties.some((party) => party.organisation === organisation))
    .map(({ id, title }) => ({ name: id, title }))

/** Refuses an item of which nobody knows any more what it holds: no step can stand on that. */
export function requireKnown({ content, isLost }: Pick<ItemRow, 'content' | 'isLost'>): void {
  if (content === null) throw problem(isLost ? 'item-lost' : 'item-erased')
}

/**
 * Makes a register of the pack on its log, and where its rules are others than those that count, enters these: they count
 * from then on. Any number of processes may call this at once.
 */
export async function ensureRegister(
  { sql, now }: Pick<Installation, 'sql' | 'now'>,
  register: Register,
): Promise<void> {
  const asked = rulesOf(register)
  if (isCurrent(await findRules(sql, register.id), register.keeper, asked)) return
  await sql.begin(async (transaction) => {
    await lockRules(transaction, register.id)
    await insertRegister(transaction, { id: register.id, log: register.log })
    const before = await findRules(transaction, register.id)
    if (isCurrent(before, register.keeper, asked)) return
    // Who keeps a register is said once: from another organisation its log would take no rules.
    if (before && before.org !== register.keeper)
      throw new Error(`The register ${register.id} is kept by ${before.org}; make another one for ${register.keeper}`)
    const at = now()
    const entry = printStep({
      ...{ kind: 'rules-set', register: register.id, org: register.keeper },
      ...{ rules: asked, ...(before && { prev: before.current }), time: secondOf(at), v: 1 },
    })
    const number = (before?.all.size ?? 0) + 1
    if (number > rulesMax) throw new Error(`The register ${register.id} had ${rulesMax} versions of its rules`)
    const rules = { register: register.id, number, leaf: hashLeaf(entry), entry, at }
    if (!(await insertRules(transaction, rules)))
      throw new Error(`The rules of ${register.id} changed while they were locked`)
    await append(transaction, register.log, [entry])
  })
}

const isCurrent = (found: RegisterRules | undefined, keeper: string, rules: RulesEntry['rules']) =>
  found !== undefined && found.org === keeper && canonical(found.all.get(found.current)).equals(canonical(rules))

/** The rules of a register as they stand in its log, each version by its leaf; undefined before the first. */
export async function findRules(sql: Sql, register: string): Promise<RegisterRules | undefined> {
  let found: RegisterRules | undefined
  for (const { leaf, entry } of await listRules(sql, register)) {
    const next = foldRules(found, rulesEntryOf(entry), leaf.toString('hex'))
    if (typeof next === 'string') throw new Error(`Rules of ${register} that do not hold: ${next}`)
    found = next
  }
  return found
}

function rulesEntryOf(entry: Uint8Array): RulesEntry {
  const read = parseStep(entry)
  if (read?.kind !== 'rules-set') throw new Error('These are no rules of a register')
  return read
}
