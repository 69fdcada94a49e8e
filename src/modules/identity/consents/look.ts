import type { Installation, Sql } from '#platform'
import { profileOf } from '../profile/values.ts'
import { type AskedField, type AskedRow, rowOf } from './asked.rules.ts'

/** What would be told of a person, and by what to know that it is still what they saw. */
export type Looked = { rows: AskedRow[]; version: string }

/**
 * Each field that is asked for, with the exact value that would be sent. `around` is what else is read beside them, as who
 * asks: where it changes, the page is another.
 */
export async function lookAt(
  sql: Sql,
  installation: Installation,
  personId: string,
  asked: readonly AskedField[],
  around: unknown,
): Promise<Looked> {
  const names = new Set(asked.map(({ name }) => name))
  const known = names.size > 0 ? await profileOf(sql, installation, personId, names) : []
  const rows = asked.map((each) => rowOf(each, known.find(({ field }) => field.name === each.name)!))
  // Keyed, so that the page holds nothing by which values could be guessed elsewhere.
  const version = installation.vault
    .lookup('consent-version', JSON.stringify([personId, rows, around]))
    .toString('base64url')
  return { rows, version }
}
