import { canonicalOf, type Entered, enter } from '#ledger'
import type { Installation, Sql, Text } from '#platform'
import { caseOf } from './decide.rules.ts'
import { insertEntry } from './entries.sql.ts'
import type { Case } from './events.ts'
import { type Filling, fillText, nameOfOrganisation } from './messages.ts'
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

/** Makes what a step leaves behind, in the transaction of the step: letters as they are kept, and entries of the ledger. */
export async function makeOutputs(
  sql: Sql,
  installation: Installation,
  { now, ids, filling }: { now: Case; ids: readonly string[]; filling: Omit<Filling, 'organisation' | 'currency'> },
): Promise<Made[]> {
  const { outputs = [] } = caseOf(filling.compiled).case
  const { organisation } = now
  const currency = installation.pack.government.currency.code
  const filled = { ...filling, organisation: nameOfOrganisation(installation, organisation), currency }
  const made: Made[] = []
  for (const id of ids) {
    const output = outputs.find((each) => each.id === id)
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
