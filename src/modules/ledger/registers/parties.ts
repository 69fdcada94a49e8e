import type { FastifyRequest } from 'fastify'
import { mayAct } from '#identity'
import type { Person } from '#platform'
import type { ItemRow } from './registers.sql.ts'
import type { Party } from './rules.rules.ts'

/** The permission by which an officer acts for an organisation that is a party of a register. */
export const keepRegister = 'ledger:keep-register'

/** Who acts: a person, or a program of an organisation by a key of its own. */
export type Actor = Pick<Person, 'id' | 'permissions' | 'onBehalfOf' | 'companyName'> & {
  organisation?: string
  isProgram?: true
}
/** Who asks, and how far they may act for whom they act for. */
export type Asking = Pick<FastifyRequest, 'actingLimits'> & { person: Actor | undefined }

/** Whether somebody is this party of an item, as an officer or because they hold it. Nobody is a taker without a code. */
export function isParty(
  asking: Asking,
  party: Pick<Party, 'is' | 'organisation'>,
  item: Pick<ItemRow, 'register' | 'holder' | 'folded'> | undefined,
): boolean {
  const { person } = asking
  if (!person || party.is === 'taker') return false
  if (party.is === 'organisation') return isOfficerOf(asking, party.organisation)
  return item !== undefined && isHolder(item, person) && mayHold(asking, item.register)
}

/** Whether somebody keeps registers for this organisation. */
export const isOfficerOf = ({ person }: Pick<Asking, 'person'>, organisation: string | undefined): boolean =>
  organisation !== undefined &&
  person?.organisation === organisation &&
  !person.onBehalfOf &&
  person.permissions.includes(keepRegister)

/**
 * Whether a person may see and dispose of what they, or the organisation for which they act, hold: nobody does in another
 * person’s name, of a company only who has the whole of its power, and of a department its officers for registers.
 */
export function mayHold(asking: Asking, register: string): boolean {
  const { person } = asking
  if (!person || person.isProgram || person.onBehalfOf) return false
  if (person.organisation === undefined) return true
  return person.companyName
    ? mayAct(asking, { service: register, highRisk: true })
    : person.permissions.includes(keepRegister)
}

export const asOf = ({ organisation }: Actor) => (organisation === undefined ? 'person' : 'organisation')

export const isHolder = ({ holder, folded }: Pick<ItemRow, 'holder' | 'folded'>, actor: Actor): boolean =>
  folded.heldAs === asOf(actor) && holder === (actor.organisation ?? actor.id)
