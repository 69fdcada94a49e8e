import type { FastifyRequest } from 'fastify'
import { type Installation, Problem, type Sql } from '#platform'
import { registers } from './definitions.ts'
import { itemOvertaken, problem } from './problems.ts'
import { findItem, lockStep } from './registers.sql.ts'
import { getRegister } from './registers.ts'
import { findCode, type Values } from './sealed.ts'
import { itemPath } from './show.ts'
import { type Entered, propose } from './step.ts'
import { findLastEffect } from './steps.sql.ts'
import { valuesOf } from './values.ts'

type Means = Pick<Installation, 'vault' | 'now' | 'pack'>

/**
 * An officer for whom another module answers that they may take this step of a register in the name of their department, as its
 * own rules let them. `token` is a UUID that is the same whenever the same is meant; `request` is undefined where a job acts.
 */
export type Ordered = {
  request: FastifyRequest | undefined
  person: string
  department: string
  token: string
  register: string
  step: string
  party: string
}

const byOf = ({ request, person, department, token, register }: Ordered) => ({
  ...{ request, department, token, register },
  actor: { id: person, organisation: department, permissions: [] },
})

/**
 * Begins an item, in the caller’s transaction, and returns its number and page. The same token of the same person begins one
 * item. Refuses with a problem of the ledger, and so the whole of what the caller does, where the step is none that begins an item,
 * a value is missing or wrong or taken, the department is not the party, or others must approve as well.
 */
export async function beginItem(
  sql: Sql,
  means: Means,
  ordered: Ordered,
  { fields }: { fields: Values },
): Promise<{ number: string; path: string }> {
  const { step, party } = ordered
  const register = getRegister(means, ordered.register)
  const values = valuesOf(register, { step, isNew: true, typed: fields })
  const asked = { number: undefined, step, party, values, reason: '' }
  const { number, tookEffect } = await propose(sql, means, byOf(ordered), asked)
  if (!tookEffect) throw problem('step-not-alone')
  return { number, path: itemPath(register.id, number) }
}

/**
 * Offers an item to whoever brings the code that it makes, by a step that passes it on, in the caller’s transaction. Returns the
 * leaf of the proposal, by which `findItemCode` finds the code.
 */
export async function offerItem(
  sql: Sql,
  means: Means,
  ordered: Ordered,
  { number }: { number: string },
): Promise<string> {
  const { step, party } = ordered
  const values = valuesOf(getRegister(means, ordered.register), { step, isNew: false, typed: {} })
  const { leaf } = await propose(sql, means, byOf(ordered), { number, step, party, values, reason: '' })
  return leaf.toString('hex')
}

/** The code with which an offered item is taken, sealed until it is asked for; undefined once nothing waits for it. */
export const findItemCode = (
  { sql, vault }: Pick<Installation, 'sql' | 'vault'>,
  proposal: string,
): Promise<string | undefined> => findCode(sql, { vault }, Buffer.from(proposal, 'hex'))

/** How a step left an item that counts no more: the leaf of its entry, and the state in which the item was before. */
export type Ended = { leaf: string; from: string }

/**
 * Ends an item by a step that the department takes alone, in the caller’s transaction; without a step it is only looked at. `over` where
 * it counts no more as it is, or what it holds is gone, so that nothing is to be done. `refused` where the register does not let the
 * department take the step alone as the item stands now, so that it stays as it is: who asks tells somebody, or does nothing of what
 * it wanted. Throws `item-overtaken` where somebody else changed the item just now.
 */
export async function endItem(
  sql: Sql,
  means: Means,
  { step, ...by }: Omit<Ordered, 'step'> & { step: string | null },
  asked: { number: string; reason: string },
): Promise<Ended | 'over' | 'refused'> {
  const found = await lockItem(sql, means, { ...by, step }, asked.number)
  if (!found) return 'refused'
  const { register, item, to } = found
  const { state } = item.folded
  const isOver = state === to || register.states.find(({ id }) => id === state)?.tone === 'bad'
  if (isOver || state === null || item.content === null) return 'over'
  if (step === null) return 'refused'
  const taken = await takeStep(sql, means, { ...by, step }, asked)
  return !(taken instanceof Problem) && taken.tookEffect ? { leaf: taken.leaf.toString('hex'), from: state } : 'refused'
}

/**
 * Brings an item back to the state from which a department ended it, by a step that the department takes alone, in the caller’s
 * transaction. `changed` where another step was taken since, or the step leads to another state, or others must approve it: then
 * somebody has to look. `refused` where the rules of the register do not let such an item come back. Throws as `endItem`.
 */
export async function reinstateItem(
  sql: Sql,
  means: Means,
  ordered: Ordered,
  { ended, ...asked }: { number: string; reason: string; ended: Ended },
): Promise<{ isHeld: boolean } | 'changed' | 'refused'> {
  const found = await lockItem(sql, means, ordered, asked.number)
  if (!found?.to) return 'refused'
  const { item, to } = found
  const last = await findLastEffect(sql, ordered.register, asked.number)
  if (item.content === null || last?.toString('hex') !== ended.leaf || to !== ended.from) return 'changed'
  const taken = await takeStep(sql, means, ordered, asked)
  if (taken instanceof Problem)
    return ['ledger.step-not-open', 'ledger.step-values'].includes(taken.code) ? 'refused' : 'changed'
  return taken.tookEffect ? { isHeld: item.holder !== null } : 'changed'
}

/** An item as it stands until the caller’s transaction ends, and where the step leads by the register of the pack. */
async function lockItem(
  sql: Sql,
  { pack }: Means,
  { register: id, step, person, token }: Pick<Ordered, 'register' | 'person' | 'token'> & { step: string | null },
  number: string,
) {
  await lockStep(sql, { register: id, number, form: `${person}/${token}` })
  const register = pack.list(registers).find((each) => each.id === id)
  const item = await findItem(sql, id, number)
  return register && item && { register, item, to: register.steps.find((each) => each.id === step)?.to }
}

/** A register refuses before it writes anything, so that the transaction goes on; what is refused for the moment alone is not caught. */
async function takeStep(
  sql: Sql,
  means: Means,
  ordered: Ordered,
  { number, reason }: { number: string; reason: string },
): Promise<Entered | Problem> {
  const { step, party } = ordered
  try {
    const values = valuesOf(getRegister(means, ordered.register), { step, isNew: false, typed: { reason } })
    return await propose(sql, means, byOf(ordered), { number, step, party, values, reason })
  } catch (error) {
    if (error instanceof Problem && error.code !== itemOvertaken) return error
    throw error
  }
}
