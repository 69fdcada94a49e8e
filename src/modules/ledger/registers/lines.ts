import type { FastifyRequest } from 'fastify'
import type { Installation } from '#platform'
import { secondOf } from '../entries/envelope.rules.ts'
import { registers } from './definitions.ts'
import { missingOf, type RegisterRules, waitingAt } from './fold.rules.ts'
import { isParty } from './parties.ts'
import { type Before, type ItemRow, itemsOfPage, listWaitingItems, type Whose } from './registers.sql.ts'
import { findRules } from './registers.ts'
import { openItem } from './sealed.ts'
import { itemPath, partyOfRules, standingOfItem, stepOfRules, titleOf } from './show.ts'
import { listApprovedBy } from './steps.sql.ts'
import type { ItemLine } from './types.ts'

type Means = Pick<Installation, 'sql' | 'pack' | 'vault' | 'now'>

/** Items as lists show them, with what of each waits for the person who asks. */
export async function linesOf(
  installation: Means,
  request: FastifyRequest,
  items: readonly ItemRow[],
): Promise<ItemLine[]> {
  const { sql, pack, now } = installation
  const open = items.flatMap(({ folded }) => folded.open.map(({ proposal }) => proposal))
  const approved = open.length > 0 ? await listApprovedBy(sql, request.person!.id, open) : new Set<string>()
  const rules = new Map<string, RegisterRules>()
  for (const id of new Set(items.map(({ register }) => register))) rules.set(id, (await findRules(sql, id))!)
  return items.flatMap((item) => {
    const register = pack.list(registers).find(({ id }) => id === item.register)
    if (!register) return []
    const values = openItem(installation, item)
    const named = register.fields.find((field) => field.public && values[field.id] !== undefined)
    return [
      {
        register: { title: register.title, item: register.item },
        ...{ number: item.number, path: itemPath(register.id, item.number) },
        name: (named && values[named.id]) ?? null,
        ...{ standing: standingOfItem(installation, register, item), changedAt: item.changedAt },
        waiting: waitingFor(request, item, rules.get(register.id)!, now()).map(({ proposal, step, until }) => ({
          ...{ step: titleOf(register.steps, step), until, mine: approved.has(proposal) },
        })),
      },
    ]
  })
}

/** The proposals of an item that need one of the parties that a person is. */
const waitingFor = (request: FastifyRequest, item: ItemRow, { all }: RegisterRules, now: Date) =>
  waitingAt(item.folded, secondOf(now)).filter((open) => {
    const rules = all.get(open.rules)!
    return missingOf(stepOfRules(rules, open.step), open, rules, item.folded.heldAs).some((needs) =>
      needs.some(({ party }) => isParty(request, partyOfRules(rules, party)!, item)),
    )
  })

const pagesMax = 20

/** Items of which something waits that `counts` for the person, what changed last first: one page of them, and whether there are more. */
export async function listWaitingFor(
  installation: Means,
  request: FastifyRequest,
  whose: Whose,
  counts: (line: ItemLine) => boolean,
): Promise<{ lines: ItemLine[]; more: boolean }> {
  const { sql, now } = installation
  const lines: ItemLine[] = []
  let before: Before
  for (let page = 0; page < pagesMax; page++) {
    const items = await listWaitingItems(sql, whose, { at: now(), before })
    lines.push(...(await linesOf(installation, request, items)).filter(counts))
    if (items.length < itemsOfPage) return { lines: lines.slice(0, itemsOfPage), more: lines.length > itemsOfPage }
    if (lines.length >= itemsOfPage) break
    before = { at: items.at(-1)!.changedAt, number: items.at(-1)!.number }
  }
  return { lines: lines.slice(0, itemsOfPage), more: true }
}

/** The place in a list as an address holds it. */
export const printBefore = ({ changedAt, number }: ItemRow): string => `${changedAt}/${number}`

export const beforePattern = '^2\\d{3}-\\d{2}-\\d{2}T[0-9:.]{8,12}Z/[A-Z]{2,4}-[0-9A-Z]{5}-[0-9A-Z]{5}$'

/** Undefined for the first page, and for what is no instant. */
export function parseBefore(text: string | undefined): Before {
  const [at = '', number = ''] = text?.split('/') ?? []
  // Some days that no calendar has are read as the day after; the database takes none of them.
  const read = new Date(at)
  return Number.isNaN(read.getTime()) || read.toJSON().slice(0, 10) !== at.slice(0, 10) ? undefined : { at, number }
}

/** Where the page after this one begins; null after the last. */
export const nextOf = (items: readonly ItemRow[]): string | null =>
  items.length < itemsOfPage ? null : printBefore(items.at(-1)!)
