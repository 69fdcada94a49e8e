import type { FastifyRequest } from 'fastify'
import { type Installation, Problem, type Sql } from '#platform'
import { problem } from './problems.ts'
import { getRegister } from './registers.ts'
import { findCode, type Values } from './sealed.ts'
import { itemPath } from './show.ts'
import { propose } from './step.ts'
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

/**
 * Takes a step of an item that is there, in the caller’s transaction. False where the register does not let the department take it
 * alone as the item stands now, so that the item stays as it is: who asks tells somebody.
 */
export async function takeItemStep(
  sql: Sql,
  means: Means,
  ordered: Ordered,
  { number, reason }: { number: string; reason: string },
): Promise<boolean> {
  const { step, party } = ordered
  try {
    const values = valuesOf(getRegister(means, ordered.register), { step, isNew: false, typed: { reason } })
    return (await propose(sql, means, byOf(ordered), { number, step, party, values, reason })).tookEffect
  } catch (error) {
    // A register refuses before it writes anything, so that the transaction goes on.
    if (error instanceof Problem) return false
    throw error
  }
}
