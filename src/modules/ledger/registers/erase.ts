import type { FastifyRequest } from 'fastify'
import { type Installation, recordAct, type Sql } from '#platform'
import { secondOf } from '../entries/envelope.rules.ts'
import { waitingAt } from './fold.rules.ts'
import { problem } from './problems.ts'
import { deleteItemValues, findItem, lockStep, updateItem } from './registers.sql.ts'
import { getRegister } from './registers.ts'
import { deleteInvitations, eraseSteps } from './steps.sql.ts'

/** Refuses whoever does not act for the organisation that keeps a register. */
export function requireKeeper(
  { pack }: Pick<Installation, 'pack'>,
  { person }: FastifyRequest,
  register: string,
): void {
  if (person?.organisation !== getRegister({ pack }, register).keeper) throw problem('not-a-party')
}

/**
 * Forgets for good what an item holds and what its entries were committed to, in the caller’s transaction, of which this is
 * the first statement: an officer of the organisation that keeps the register may, while no proposal waits. The entries
 * stand, their proofs hold, and nobody can tell any more of whom or what they were; that somebody acted stays in the audit
 * trail. Of an item that is lost what its older steps say is erased. False where it was erased before.
 */
export async function eraseItem(
  sql: Sql,
  { pack, now }: Pick<Installation, 'pack' | 'now'>,
  request: FastifyRequest,
  { register: id, number }: { register: string; number: string },
): Promise<boolean> {
  requireKeeper({ pack }, request, id)
  await lockStep(sql, { register: id, number, form: `erase/${id}/${number}` })
  const item = await findItem(sql, id, number)
  if (!item) throw problem('item-not-found')
  if (item.content === null && !item.isLost) return false
  // Of one that is lost nobody can close a proposal, and none takes effect.
  if (!item.isLost && waitingAt(item.folded, secondOf(now())).length > 0) throw problem('item-not-erasable')
  await updateItem(sql, { ...item, content: null, holder: null, at: now() })
  await deleteItemValues(sql, id, number)
  await deleteInvitations(sql, { register: id, number, open: [] })
  await eraseSteps(sql, id, number)
  await recordAct(sql, request, { event: 'ledger.item-erased', subject: `register/${id}/${number}` })
  return true
}
