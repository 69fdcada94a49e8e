import { hash } from 'node:crypto'
import { sendMessage } from '#identity'
import { beginItem, type Ended, endItem, findItemCode, itemOvertaken, offerItem, reinstateItem } from '#ledger'
import { type Installation, Problem, say, sayEverywhere, type Text, texts } from '#platform'
import type { CaseDefinition } from '../definitions/case.ts'
import type { CompiledService } from '../definitions/compile.rules.ts'
import { problem } from '../problems.ts'
import { same } from '../texts.rules.ts'
import type { Cause } from './acting.ts'
import { listEvents } from './cases.sql.ts'
import { caseOf, evaluate } from './decide.rules.ts'
import type { Case, CaseEvent, EventData, ItemLeft } from './events.ts'
import { type Filling, fillText } from './messages.ts'
import type { OwnCaseData } from './types.ts'
import { type NewEvent, openEvent, type Whole } from './write.ts'

// Items of registers that cases leave behind: docs/decisions/0028-a-case-begins-an-item.md.

const words = texts({
  otherwise: { en: 'The case {reference} was decided otherwise.', 'zh-Hant': '個案 {reference} 另有決定。' },
  withdrawn: { en: 'The application {reference} was withdrawn.', 'zh-Hant': '申請 {reference} 已撤回。' },
  merged: {
    en: 'The case {reference} was joined with {into}, which stands for it.',
    'zh-Hant': '個案 {reference} 已併入 {into}，以後者為準。',
  },
  again: {
    en: 'What was decided in the case {reference} counts again.',
    'zh-Hant': '個案 {reference} 的決定再次生效。',
  },
  told: { en: 'An item of a register waits for you: {reference}', 'zh-Hant': '有登記項待處理：{reference}' },
  toldBody: {
    en: 'The case {reference} stands otherwise than before, and {number} in its register does not follow by itself. Open the case to see how it stands, and ask who keeps the register to see to it.',
    'zh-Hant':
      '個案 {reference} 的狀況已變，但登記冊的 {number} 未能隨之更改。請開啟個案查看狀況，並請備存登記冊的人員處理。',
  },
})

/**
 * An item that a case has left; `isOwn` where that is this case and no case that it reviews. `over` is null while it counts by what the
 * cases say; otherwise how the register ended it, or that this was not by the case.
 */
export type Item = ItemLeft & { isOwn: boolean; over: Ended | 'otherwise' | null }

/** The items of a case, each by the output that left it. */
export type Items = ReadonlyMap<string, Item>

/** What a case has left in registers, and the one that it reviews, and what became of it since. */
export async function findItems(
  sql: Cause['sql'],
  { reviewOf }: Pick<Case, 'reviewOf'>,
  events: readonly CaseEvent[],
): Promise<Items> {
  const items = new Map<string, Item>()
  if (reviewOf !== null) foldItems(items, await listEvents(sql, reviewOf), false)
  foldItems(items, events, true)
  return items
}

function foldItems(items: Map<string, Item>, events: readonly CaseEvent[], isOwn: boolean): void {
  for (const { kind, data } of events) {
    if (kind === 'output-made' && data.item) items.set(data.output, { ...data.item, isOwn, over: null })
    if (kind !== 'record-settled') continue
    const item = items.get(data.output)
    if (!item) continue
    if (data.now === 'undone') items.set(data.output, { ...item, over: data.ended ?? 'otherwise' })
    if (data.now === 'over') items.set(data.output, { ...item, over: 'otherwise' })
    if (data.now === 'reinstated') items.set(data.output, { ...item, over: null })
  }
}

/** The outputs of which an item counts. */
export const countingOf = (items: Items): string[] =>
  [...items].flatMap(([id, { over }]) => (over === null ? [id] : []))

/** Who acts, for which department, by which event of the case: by these an item is begun once, however often it is tried. */
export type Leaving = Pick<Cause, 'sql' | 'installation' | 'request' | 'by'> & { now: Case; number: number }

type Output = NonNullable<CaseDefinition['outputs']>[number]

type At = { output: string; register: string; party: string; department?: string | undefined }

const orderedBy = <Step extends string | null>(
  { request, by, now, number }: Leaving,
  { output, register, party, department = now.organisation }: At,
  step: Step,
) => ({
  ...{ request, person: by.id, department, register, step, party },
  token: tokenOf(`case/${now.reference}/${number}/${output}/${step}`),
})

/** A UUID that is made of what it stands for (RFC 9562, §5.8). */
const tokenOf = (text: string): string =>
  hash('sha256', text).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5')

/**
 * Leaves the item of an output, and offers it to the applicant where the definition says so. One that counts already, by an earlier
 * decision of the same matter, stays as it is; one that was undone is reinstated; and where its register does not let that be, or
 * there was none, one begins. Refused by the register, the whole step of the case is.
 */
export async function leaveItem(
  leaving: Leaving,
  output: Output,
  items: Items,
  filling: Filling,
): Promise<{ item: ItemLeft; isNew: boolean; settled?: Settled }> {
  const { sql, installation, now } = leaving
  const { register, step, party, fields = [], pass = null, undo = null, giveUp = null, reinstate = null } = output
  const left = items.get(output.id)
  if (left && left.register === register) {
    const { isOwn, over, ...item } = left
    if (over === null) return { item, isNew: !isOwn }
    const settled = await bringBack(leaving, output.id, item, over)
    if (settled) return { item, isNew: false, settled }
  }
  if (!register || !step || !party) throw new Error(`The output ${output.id} names no register, step and party`)
  const at = { output: output.id, register, party }
  const values = valuesOf(filling.compiled, fields, filling)
  const { number } = await beginItem(sql, installation, orderedBy(leaving, at, step), { fields: values })
  const proposal = await offer(leaving, at, { pass, number })
  const item = { register, number, party, department: now.organisation, undo, giveUp, reinstate, pass, proposal }
  return { item, isNew: true }
}

/** Offers an item that nobody holds to whoever applied. */
async function offer(
  leaving: Leaving,
  at: At,
  { pass, number }: { pass: string | null; number: string },
): Promise<string | null> {
  const { sql, installation, now } = leaving
  const isForSomebody = now.personId !== null || now.forOrganisation !== null
  return pass && isForSomebody ? offerItem(sql, installation, orderedBy(leaving, at, pass), { number }) : null
}

/**
 * Reinstates an item that the case undid, as it was then; undefined where the register does not let such an item come back. One that
 * ended otherwise, or to which something happened since, is left to officers, who are told.
 */
async function bringBack(
  leaving: Leaving,
  output: string,
  { register, number, party, reinstate, pass = null }: ItemLeft,
  over: NonNullable<Item['over']>,
): Promise<Settled | undefined> {
  const { sql, installation, now } = leaving
  const at = { output, register, party }
  const missing = () => settle(leaving, { output, register, number, now: 'missing' })
  if (over === 'otherwise') return missing()
  if (!reinstate) return undefined
  const reason = say(words.again, now.language, { reference: now.reference })
  const ordered = orderedBy(leaving, at, reinstate)
  const came = await reinstateItem(sql, installation, ordered, { number, reason, ended: over })
  if (came === 'refused') return undefined
  if (came === 'changed') return missing()
  const proposal = came.isHeld ? null : await offer(leaving, at, { pass, number })
  return settle(leaving, { output, register, number, now: 'reinstated', proposal })
}

/** What stands in the fields of an item. */
function valuesOf(compiled: CompiledService, fields: NonNullable<Output['fields']>, filling: Filling) {
  const { values } = evaluate(compiled, filling.known)
  return Object.fromEntries(
    fields.map((field) => {
      const given = caseOf(compiled).fields.get(field)?.evaluate(values) ?? ''
      const text = field.text === undefined ? String(given) : say(fillText(same(field.text), filling), field.language!)
      return [field.id, text]
    }),
  )
}

/** Why items are undone where no other decision is, and with what all of it is refused where the register does not let one be. */
type Ending = { why: 'withdrawn' | 'merged'; into?: string; refusal: 'withdrawal-item-stands' | 'merge-item-stands' }

/**
 * Undoes what counts and what the case does not leave any more: by the step that the definition named when the item began. Where it
 * named none, or the register does not let that step be taken any more, the item stays, and the event tells officers; or, for a case
 * that is withdrawn or merged, that is refused.
 */
export async function undoItems(
  leaving: Leaving,
  items: Items,
  leaves: readonly string[],
  { why, into = '', refusal }: Partial<Ending> = {},
): Promise<Settled[]> {
  const { sql, installation, now } = leaving
  const made: Settled[] = []
  for (const [output, { register, number, party, department, undo, giveUp, over }] of items) {
    if (over !== null || leaves.includes(output)) continue
    const isTheirs = why === 'withdrawn'
    // Whoever withdraws is no officer: it ends for the department for which it began, wherever the case is by then.
    const at = { output, register, party, ...(isTheirs && { department }) }
    const step = (isTheirs ? giveUp : null) ?? undo
    const reason = say(words[why ?? 'otherwise'], now.language, { reference: now.reference, into })
    const ended = await endItem(sql, installation, orderedBy(leaving, at, step), { number, reason })
    if (ended === 'refused' && refusal) throw problem(refusal, { values: { number } })
    const is = ended === 'refused' ? 'stands' : ended === 'over' ? 'over' : 'undone'
    made.push(
      await settle(leaving, {
        ...{ output, register, number, now: is, ...(why && { why }) },
        ...(typeof ended === 'object' && { ended }),
      }),
    )
  }
  return made
}

export type Settled = { event: NewEvent }

/** The event that says how an item stands now. Where somebody has to see to it, whoever decided is told in their inbox as well. */
export async function settle(
  { sql, installation, by, now }: Leaving,
  data: EventData['record-settled'],
): Promise<Settled> {
  const values = { reference: now.reference, number: data.number }
  if (isOpenTask(data))
    await sendMessage(sql, {
      ...{ vault: installation.vault, personId: by.id, organisation: now.organisation, reference: now.reference },
      ...{ title: sayEverywhere(words.told, values), body: sayEverywhere(words.toldBody, values) },
      link: `/office/services/cases/${now.reference}`,
    }).catch((error: unknown) => {
      // Whose account is closed reads it in the case, as everybody does.
      if (!(error instanceof Problem)) throw error
    })
  return { event: { kind: 'record-settled', data } }
}

/** What a register still has to be told, by somebody who keeps it. */
export const isOpenTask = ({ now }: EventData['record-settled']): boolean => now === 'stands' || now === 'missing'

/** Whether a register refused something for good: tried again, it is refused again. */
export const isOfRegister = (error: unknown): error is Problem =>
  error instanceof Problem && error.code.startsWith('ledger.') && error.code !== itemOvertaken

/** Items that wait until the applicant takes them, with the code by which they do. */
export async function findOffered(
  installation: Installation,
  { now, events }: Pick<Whole, 'now' | 'events'>,
): Promise<OwnCaseData['offered']> {
  const offered: OwnCaseData['offered'] = []
  const titles = new Map<string, Text>()
  for (const event of events) {
    if (event.kind === 'output-made' && event.data.item)
      titles.set(event.data.item.number, openEvent<'output-made'>(installation, now.reference, event).title)
    const offer = itemOffered(event)
    const code = offer?.proposal && (await findItemCode(installation, offer.proposal))
    if (offer && code)
      offered.push({ title: titles.get(offer.number) ?? same(offer.number), number: offer.number, code })
  }
  return offered
}

const itemOffered = ({ kind, data }: CaseEvent) =>
  kind === 'output-made' ? data.item : kind === 'record-settled' && data.now === 'reinstated' ? data : undefined
