import type { FastifyRequest } from 'fastify'
import type { Installation } from '#platform'
import { registers } from './definitions.ts'
import { missingOf, type RegisterRules } from './fold.rules.ts'
import { isParty } from './parties.ts'
import { type Before, type ItemRow, itemsOfPage, listWaitingItems } from './registers.sql.ts'
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
  item.folded.open.filter((open) => {
    if (open.until < now.toISOString()) return false
    const rules = all.get(open.rules)!
    return missingOf(stepOfRules(rules, open.step), open, rules, item.folded.heldAs).some((needs) =>
      needs.some(({ party }) => isParty(request, partyOfRules(rules, party)!, item)),
    )
  })

const pagesMax = 20

/** Items of these registers of which something waits for the person’s organisation: what changed last first, one page of them. */
export async function listWaitingFor(
  installation: Means,
  request: FastifyRequest,
  ids: readonly string[],
): Promise<{ lines: ItemLine[]; more: boolean }> {
  const lines: ItemLine[] = []
  let before: Before
  for (let page = 0; page < pagesMax; page++) {
    const items = await listWaitingItems(installation.sql, ids, before)
    lines.push(...(await linesOf(installation, request, items)).filter(({ waiting }) => waiting.length > 0))
    if (items.length < itemsOfPage) return { lines: lines.slice(0, itemsOfPage), more: lines.length > itemsOfPage }
    if (lines.length >= itemsOfPage) break
    before = { at: items.at(-1)!.changedAt, number: items.at(-1)!.number }
  }
  return { lines: lines.slice(0, itemsOfPage), more: true }
}

/** The place in a list as an address holds it. */
export const printBefore = ({ changedAt, number }: ItemRow): string => `${changedAt}/${number}`

export const beforePattern = '^\\d{4}-\\d{2}-\\d{2}T[0-9:.]{8,12}Z/[A-Z]{2,4}-[0-9A-Z]{5}-[0-9A-Z]{5}$'

/** Undefined for the first page, and for what is no instant. */
export function parseBefore(text: string | undefined): Before {
  const [at = '', number = ''] = text?.split('/') ?? []
  return Number.isNaN(Date.parse(at)) ? undefined : { at, number }
}

/** Where the page after this one begins; null after the last. */
export const nextOf = (items: readonly ItemRow[]): string | null =>
  items.length < itemsOfPage ? null : printBefore(items.at(-1)!)
