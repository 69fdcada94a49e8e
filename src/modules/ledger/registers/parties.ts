import type { FastifyRequest } from 'fastify'
import type { ItemRow } from './registers.sql.ts'
import type { Party } from './rules.rules.ts'
import { isHolder, keepRegister, mayHold } from './step.ts'

type Asking = Pick<FastifyRequest, 'person' | 'actingLimits'>

/** Whether a person is this party of an item, as an officer or because they hold it. Nobody is a taker without a code. */
export function isParty(
  request: Asking,
  party: Pick<Party, 'is' | 'organisation'>,
  item: Pick<ItemRow, 'register' | 'holder' | 'folded'> | undefined,
): boolean {
  const { person } = request
  if (!person || party.is === 'taker') return false
  if (party.is === 'organisation') return isOfficerOf(request, party.organisation)
  return item !== undefined && isHolder(item, person) && mayHold(request, item.register)
}

/** Whether a person keeps registers for this organisation. */
export const isOfficerOf = ({ person }: Asking, organisation: string | undefined): boolean =>
  organisation !== undefined &&
  person?.organisation === organisation &&
  !person.onBehalfOf &&
  person.permissions.includes(keepRegister)
