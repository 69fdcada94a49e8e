import type { Installation, Sql, Text } from '#platform'
import { secondOf } from '../entries/envelope.rules.ts'
import { organisationsOf } from '../explorer/known.ts'
import { logs as packLogs } from '../log/definitions.ts'
import { pathOf } from '../log/logs.ts'
import { type Register, type RegisterStep, rulesOf } from './definitions.ts'
import { type RegisterRules, waitingAt } from './fold.rules.ts'
import { problem } from './problems.ts'
import { countItems, findItem, type ItemRow } from './registers.sql.ts'
import { findRules, getRegister } from './registers.ts'
import type { Party, Rules, Step } from './rules.rules.ts'
import { openItem, type Values } from './sealed.ts'
import { standingOf } from './standing.rules.ts'
import { parseStep, type StepEntry } from './step-entry.rules.ts'
import { listSteps, type StepRow } from './steps.sql.ts'
import type { Approval, FieldValue, RegisterNote, RuleNote, Standing } from './types.ts'

// What of a register stands on pages: its words, from the pack, for what its entries and tables name by identifiers.

export const registerPath = (id: string) => `/ledger/registers/${id}`
export const itemPath = (register: string, number: string) => `${registerPath(register)}/items/${number}`

const plain = (text: string): Text => ({ en: text, 'zh-Hant': text })

/** What something of a register is called. What its rules of before had and the pack has no more is called by its name. */
export const titleOf = (list: readonly { id: string; title: Text }[], id: string): Text =>
  list.find((each) => each.id === id)?.title ?? plain(id)

export const organisationName = (installation: Pick<Installation, 'pack'>, id: string): Text =>
  organisationsOf(installation).get(id) ?? plain(id)

export function noteOf(installation: Pick<Installation, 'pack'>, register: Register): RegisterNote {
  const { id, title, about, item, keeper, log } = register
  return {
    ...{ id, path: registerPath(id), title, about, item },
    keeper: organisationName(installation, keeper),
    log: { title: titleOf(installation.pack.list(packLogs), log), path: pathOf(log) },
  }
}

/** Which steps lead where and who must approve each, by the pack, as the log has it after every start. */
export const ruleNotes = (register: Register): RuleNote[] =>
  register.steps.map(({ title, from, to, when, passes }, at) => ({
    title,
    from: from.map((id) => titleOf(register.states, id)),
    to: titleOf(register.states, to),
    when: when ?? null,
    passes: passes ?? false,
    approvals: rulesOf(register).steps[at]!.approvals.map((needs) => needs.map((need) => approvalOf(register, need))),
  }))

export const approvalOf = (
  { parties }: Register,
  { party, persons, ofOrganisation = persons }: { party: string; persons: number; ofOrganisation?: number },
): Approval => ({ party: titleOf(parties, party), persons, ofOrganisation })

/** What is written in the fields, in the order of the register. */
export const fieldsOf = ({ fields }: Register, values: Values, which: 'public' | 'all' = 'all'): FieldValue[] =>
  fields.flatMap((field) => {
    const value = values[field.id]
    const isPublic = field.public ?? false
    if (value === undefined || (which === 'public' && !isPublic)) return []
    return [{ id: field.id, title: field.title, kind: field.kind, value, public: isPublic }]
  })

/** How many items are in which state: of those that the pack names, and of any other in which some are. */
export async function countStates(sql: Sql, { id, states }: Register) {
  const counted = new Map((await countItems(sql, id)).map(({ state, count }) => [state, count]))
  const all = new Set([...states.map((state) => state.id), ...counted.keys()])
  return [...all].map((state) => ({ id: state, title: titleOf(states, state), count: counted.get(state) ?? 0 }))
}

/** Whether items of a register pass from hand to hand. */
export const isHoldable = ({ parties }: Register): boolean => parties.some(({ is }) => is !== 'organisation')

/** The day it is where the government is. */
export const todayOf = ({ now, pack }: Pick<Installation, 'now' | 'pack'>): string =>
  now().toLocaleDateString('sv-SE', { timeZone: pack.government.timeZone })

export const standingOfItem = (
  installation: Pick<Installation, 'now' | 'pack' | 'vault'>,
  register: Register,
  item: ItemRow,
  since: string | null = null,
): Standing => ({
  ...standingOf(register, {
    ...{
      state: item.folded.state,
      waits: waitingAt(item.folded, secondOf(installation.now())).length > 0,
      since,
      today: todayOf(installation),
    },
    ...{ values: openItem(installation, item), erased: item.content === null && !item.isLost, lost: item.isLost },
  }),
  asOf: installation.now().toISOString(),
})

export type OpenItem = { register: Register; rules: RegisterRules; item: ItemRow; rows: StepRow[] }

/** An item with its newest entries. */
export async function getItem(
  installation: Pick<Installation, 'sql' | 'pack'>,
  { register: id, number }: { register: string; number: string },
): Promise<OpenItem> {
  const register = getRegister(installation, id)
  const rules = await findRules(installation.sql, id)
  const item = await findItem(installation.sql, id, number)
  if (!rules || !item) throw problem('item-not-found')
  return { register, rules, item, rows: await listSteps(installation.sql, id, number) }
}

/** The rules by which an entry was judged. */
export function rulesOfRow({ rules }: Pick<OpenItem, 'rules'>, { entry }: StepRow): Rules {
  const { rules: leaf } = parseStep(entry) as StepEntry
  return rules.all.get(leaf)!
}

export const stepOfRules = ({ steps }: Rules, id: string): Step => steps.find((each) => each.id === id)!
export const partyOfRules = ({ parties }: Rules, id: string): Party | undefined =>
  parties.find((each) => each.id === id)

export const stepOfPack = ({ steps }: Register, id: string): RegisterStep | undefined =>
  steps.find((each) => each.id === id)
