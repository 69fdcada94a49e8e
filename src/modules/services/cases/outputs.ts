import type { TransactionSql } from 'postgres'
import { canonicalOf, type Entered, enter } from '#ledger'
import type { Installation, Sql, Text } from '#platform'
import { recordPlace } from '../definitions/checks/names.rules.ts'
import { same } from '../texts.rules.ts'
import type { Cause } from './acting.ts'
import { caseOf } from './decide.rules.ts'
import { insertEntry } from './entries.sql.ts'
import type { Case } from './events.ts'
import { type Filling, fillText, nameOfOrganisation } from './messages.ts'
import { type Items, isOfRegister, type Leaving, leaveItem, settle } from './records.ts'
import { append, type NewEvent, type Whole } from './write.ts'

export const saltPurpose = 'case-entry-salt'
export const saltContext = (reference: string, number: number) => `case/${reference}/entries/${number}`

/** What an entry is committed to: JSON in the one spelling of RFC 8785, as whoever checks it has it in hand. */
export function documentOf(
  { reference, service, version }: Pick<Case, 'reference' | 'service' | 'version'>,
  { organisation, title, text }: { organisation: string; title: Text; text: Text },
): Uint8Array {
  const document = { case: reference, organisation, service, text, title, version }
  return canonicalOf(Buffer.from(JSON.stringify(document)))!
}

/** Something that a step leaves behind, and what stands in the ledger of it. */
export type Made = { event: NewEvent; entered?: Entered & { log: string; organisation: string } }

type Making = {
  ids: readonly string[]
  items: Items
  filling: Omit<Filling, 'now' | 'organisation' | 'currency'>
}

/**
 * Makes what a step leaves behind, in the transaction of the step: letters as they are kept, entries of the ledger, and items of
 * registers. What comes after an item can name its number.
 */
export async function makeOutputs(leaving: Leaving, { ids, items, filling }: Making): Promise<Made[]> {
  const { sql, installation, now } = leaving
  const { outputs = [] } = caseOf(filling.compiled).case
  const { organisation } = now
  const currency = installation.pack.government.currency.code
  let filled: Filling = { ...filling, now, organisation: nameOfOrganisation(installation, organisation), currency }
  const made: Made[] = []
  for (const id of ids) {
    const output = outputs.find((each) => each.id === id)
    if (output?.kind === 'record') {
      const { item, isNew, settled } = await leaveItem(leaving, output, items, filled)
      if (settled) made.push(settled)
      filled = { ...filled, more: { ...filled.more, [recordPlace]: same(item.number) } }
      const sealed = { title: fillText(output.title, filled), text: same(item.number) }
      if (isNew) made.push({ event: { kind: 'output-made', data: { output: id, kind: output.kind, item }, sealed } })
    }
    if (!output?.text) continue
    const sealed = { title: fillText(output.title, filled), text: fillText(output.text, filled) }
    const event: NewEvent = { kind: 'output-made', data: { output: id, kind: output.kind }, sealed }
    if (output.kind === 'entry' && output.log) {
      const content = documentOf(now, { organisation, ...sealed })
      const where = { log: output.log, organisation }
      made.push({
        event,
        entered: { ...where, ...(await enter(sql, installation, { ...where, kind: 'case-output', content })) },
      })
    } else made.push({ event })
  }
  return made
}

/**
 * Brings back the items of outputs that count again: each as it was, or, where its register does not let that be, as a new one with the
 * letters that name its number. What the register refuses of both stays away, and officers are told: what brings a decision back
 * must not stop at that.
 */
export async function bringBackItems(
  leaving: Leaving & { sql: TransactionSql<{ bigint: number }> },
  { ids, items, filling }: Making,
): Promise<Made[]> {
  const { steps, outputs = [] } = caseOf(filling.compiled).case
  const made: Made[] = []
  for (const id of ids) {
    const left = items.get(id)
    if (!left || left.over === null) continue
    const behind = steps.flatMap((step) =>
      step.outputs?.includes(id) ? step.outputs.slice(step.outputs.indexOf(id)) : [],
    )
    const letters = outputs.filter(
      (each) =>
        each.kind === 'letter' && behind.includes(each.id) && JSON.stringify(each.text).includes(`{${recordPlace}}`),
    )
    const again = await leaving.sql
      .savepoint((sql) =>
        makeOutputs({ ...leaving, sql }, { ids: [id, ...letters.map((each) => each.id)], items, filling }),
      )
      .catch((error: unknown) => {
        if (isOfRegister(error)) return undefined
        throw error
      })
    const { register, number } = left
    if (!again || again.length === 0) made.push(await settle(leaving, { output: id, register, number, now: 'missing' }))
    else made.push(...(again.some(isItem) ? again : again.filter(({ event }) => event.kind === 'record-settled')))
  }
  return made
}

const isItem = ({ event }: Made) => event.kind === 'output-made' && event.data.item !== undefined

/** What became of items of registers, as events of their case behind the one that caused it. */
export const appendMade = async (
  { sql, installation, by, at }: Cause,
  now: Case,
  made: readonly Made[],
): Promise<Case> =>
  made.length === 0
    ? now
    : append(
        sql,
        installation,
        { before: now, reference: now.reference, by: { ...by, token: undefined }, at },
        made.map(({ event }) => event),
      )

/** What fills letters and items anew that a case left by its last decision. */
export const fillingOf = ({ now, events, compiled, known }: Whole): Making['filling'] => ({
  ...{ compiled, known, appealUntilOn: now.appealUntilOn },
  reasons: events.flatMap(({ data }) => ('decides' in data && data.decides ? [data.reasons] : [])).at(-1) ?? [],
})

/** Keeps what is needed to show an entry, or to forget it, beside the event that says that it was made. */
export async function keepEntry(
  sql: Sql,
  { vault }: Pick<Installation, 'vault'>,
  at: { reference: string; number: number },
  { entered }: Made,
): Promise<void> {
  if (!entered) return
  const { log, organisation, entry, leaf, salt } = entered
  const sealedSalt = vault.seal(saltPurpose, salt, saltContext(at.reference, at.number))
  await insertEntry(sql, { ...at, log, organisation, entry, leaf, sealedSalt })
}
