import { hash } from 'node:crypto'
import { sendMessage } from '#identity'
import { beginItem, findItemCode, offerItem, takeItemStep } from '#ledger'
import { type Installation, Problem, say, sayEverywhere, texts } from '#platform'
import type { CaseDefinition } from '../definitions/case.ts'
import type { CompiledService } from '../definitions/compile.rules.ts'
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
  reason: { en: 'The case {reference} was decided otherwise.', 'zh-Hant': '個案 {reference} 另有決定。' },
  told: { en: 'An item of a register waits for you: {reference}', 'zh-Hant': '有登記項待處理：{reference}' },
  toldBody: {
    en: 'The case {reference} was decided otherwise, and {number} in its register does not follow by itself. Open the case to see how it stands, and ask who keeps the register to see to it.',
    'zh-Hant':
      '個案 {reference} 另有決定，但登記冊的 {number} 未能隨之更改。請開啟個案查看狀況，並請備存登記冊的人員處理。',
  },
})

/** An item that stands because of a case, by the output that left it; `isOwn` where that is this case and no case that it reviews. */
export type Standing = ReadonlyMap<string, ItemLeft & { isOwn: boolean }>

/** What a case has left in registers, and the one that it reviews, and what no decision undid since. */
export async function findStanding(
  sql: Cause['sql'],
  { reviewOf }: Pick<Case, 'reviewOf'>,
  events: readonly CaseEvent[],
): Promise<Standing> {
  const reviewed = reviewOf === null ? [] : await listEvents(sql, reviewOf)
  const standing = new Map<string, ItemLeft & { isOwn: boolean }>()
  for (const [list, isOwn] of [
    [reviewed, false],
    [events, true],
  ] as const)
    for (const { kind, data } of list) {
      if (kind === 'output-made' && data.item) standing.set(data.output, { ...data.item, isOwn })
      if (kind === 'record-settled' && data.now === 'undone') standing.delete(data.output)
    }
  return standing
}

/** Who acts, for which department, by which event of the case: by these an item is begun once, however often it is tried. */
export type Leaving = Pick<Cause, 'sql' | 'installation' | 'request' | 'by'> & { now: Case; number: number }

type Output = NonNullable<CaseDefinition['outputs']>[number]

const orderedBy = (
  { request, by, now, number }: Leaving,
  at: { output: string; register: string; step: string; party: string },
) => ({
  ...{ request, person: by.id, department: now.organisation, register: at.register, step: at.step, party: at.party },
  token: tokenOf(`case/${now.reference}/${number}/${at.output}/${at.step}`),
})

/** A UUID that is made of what it stands for (RFC 9562, §5.8). */
const tokenOf = (text: string): string =>
  hash('sha256', text).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5')

/**
 * Begins the item of an output, and offers it to the applicant where the definition says so. One that stands already, by an earlier
 * decision of the same matter, stays as it is. Refused by the register, the whole step of the case is.
 */
export async function leaveItem(
  leaving: Leaving,
  output: Output,
  standing: Standing,
  filling: Filling,
): Promise<{ item: ItemLeft; isNew: boolean }> {
  const { sql, installation, now } = leaving
  const { register, step, party, fields = [], pass, undo } = output
  const stands = standing.get(output.id)
  if (stands && stands.register === register) {
    const { isOwn, ...item } = stands
    return { item, isNew: !isOwn }
  }
  if (!register || !step || !party) throw new Error(`The output ${output.id} names no register, step and party`)
  const at = { output: output.id, register, party }
  const values = valuesOf(filling.compiled, fields, filling)
  const { number } = await beginItem(sql, installation, orderedBy(leaving, { ...at, step }), { fields: values })
  const isForSomebody = now.personId !== null || now.forOrganisation !== null
  const proposal =
    pass && isForSomebody
      ? await offerItem(sql, installation, orderedBy(leaving, { ...at, step: pass }), { number })
      : null
  return { item: { register, number, party, undo: undo ?? null, proposal }, isNew: true }
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

/**
 * Undoes what stands and what the decision that counts now does not leave: by the step that the definition named when the item began.
 * Where it named none, or the register does not let that step be taken any more, the item stays, and the event tells officers.
 */
export async function undoItems(leaving: Leaving, standing: Standing, leaves: readonly string[]): Promise<Settled[]> {
  const { sql, installation, now } = leaving
  const made: Settled[] = []
  for (const [output, { register, number, party, undo }] of standing) {
    if (leaves.includes(output)) continue
    const at = { output, register, party }
    const reason = say(words.reason, now.language, { reference: now.reference })
    const done =
      undo !== null &&
      (await takeItemStep(sql, installation, orderedBy(leaving, { ...at, step: undo }), { number, reason }))
    made.push(await settle(leaving, { output, register, number, now: done ? 'undone' : 'stands' }))
  }
  return made
}

type Settled = { event: NewEvent }

/** The event that says how an item stands now. Where somebody has to see to it, whoever decided is told in their inbox as well. */
async function settle({ sql, installation, by, now }: Leaving, data: EventData['record-settled']): Promise<Settled> {
  const values = { reference: now.reference, number: data.number }
  if (data.now !== 'undone')
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

/** Items of a decision that counts again, which another one undid: what was revoked is not brought back, and officers are told. */
export async function tellMissing(
  leaving: Leaving,
  events: readonly CaseEvent[],
  standing: Standing,
  leaves: readonly string[],
): Promise<Settled[]> {
  const made: Settled[] = []
  for (const output of leaves) {
    const left = events.findLast(({ kind, data }) => kind === 'output-made' && data.output === output)
    if (left?.kind !== 'output-made' || !left.data.item || standing.has(output)) continue
    const { register, number } = left.data.item
    made.push(await settle(leaving, { output, register, number, now: 'missing' }))
  }
  return made
}

/** Items that wait until the applicant takes them, with the code by which they do. */
export async function findOffered(
  installation: Installation,
  { now, events }: Pick<Whole, 'now' | 'events'>,
): Promise<OwnCaseData['offered']> {
  const offered: OwnCaseData['offered'] = []
  for (const event of events) {
    if (event.kind !== 'output-made' || !event.data.item?.proposal) continue
    const { number, proposal } = event.data.item
    const code = await findItemCode(installation, proposal)
    const { title } = openEvent<'output-made'>(installation, now.reference, event)
    if (code) offered.push({ title, number, code })
  }
  return offered
}
