import { canonicalOf, type Entered, enter } from '#ledger'
import type { Installation, Sql, Text } from '#platform'
import { recordPlace } from '../definitions/checks/names.rules.ts'
import { same } from '../texts.rules.ts'
import { caseOf } from './decide.rules.ts'
import { insertEntry } from './entries.sql.ts'
import type { Case } from './events.ts'
import { type Filling, fillText, nameOfOrganisation } from './messages.ts'
import { type Leaving, leaveItem, type Standing } from './records.ts'
import type { NewEvent } from './write.ts'

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
  standing: Standing
  filling: Omit<Filling, 'now' | 'organisation' | 'currency'>
}

/**
 * Makes what a step leaves behind, in the transaction of the step: letters as they are kept, entries of the ledger, and items of
 * registers. What comes after an item can name its number.
 */
export async function makeOutputs(leaving: Leaving, { ids, standing, filling }: Making): Promise<Made[]> {
  const { sql, installation, now } = leaving
  const { outputs = [] } = caseOf(filling.compiled).case
  const { organisation } = now
  const currency = installation.pack.government.currency.code
  let filled: Filling = { ...filling, now, organisation: nameOfOrganisation(installation, organisation), currency }
  const made: Made[] = []
  for (const id of ids) {
    const output = outputs.find((each) => each.id === id)
    if (output?.kind === 'record') {
      const { item, isNew } = await leaveItem(leaving, output, standing, filled)
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
