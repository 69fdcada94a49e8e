import { type Language, say, type Text, texts } from '#platform'
import { problem } from '../problems.ts'
import { withNext } from '../sign-in/next.ts'
import { type AskedRow, type Chosen, choose } from './asked.rules.ts'
import type { AskedAnswer } from './asked-fields.tsx'
import type { Looked } from './look.ts'

const words = texts({
  verified: { en: '{field}, verified by {by}', 'zh-Hant': '{field}（由{by}核實）' },
  withProof: {
    en: '{field}, verified by {by}, with by whom and when it was verified',
    'zh-Hant': '{field}（由{by}核實，並告知核實者和日期）',
  },
  declared: { en: '{field}, as you wrote it', 'zh-Hant': '{field}（由你填寫）' },
})

/** What was agreed to of the fields, for the receipt: which and from whom, without what they said. */
export const sentencesOfRows = (rows: readonly AskedRow[], language: Language): string[] =>
  rows.map(({ label, verified, verification }) => {
    if (!verification) return say(words.declared, language, { field: label })
    return say(verified ? words.withProof : words.verified, language, { field: label, by: verification.by })
  })

/** What the service says it wants fields for, where it says so: a line for each field. */
export const purposesOf = (rows: readonly AskedRow[], language: Language): string =>
  rows.flatMap(({ label, purpose }) => (purpose === null ? [] : [`${say(label, language)}: ${purpose}`])).join('\n')

/** Why the page that asks is shown again, and which boxes are unticked on it. */
export type Again = { without?: string[]; open?: string[]; changed?: boolean }

/** What the page that asks holds of the fields, the first time or again. */
export const askedData = (looked: Looked, again: Again) => ({
  ...looked,
  without: [],
  open: [],
  changed: false,
  ...again,
})

/**
 * What a person sent who did not refuse: what they chose, or where they fill in a field first (`next`), or why they see the
 * page at `here` again. Refuses as `field-not-asked` what was not on it.
 */
export function readAnswer(
  { rows, version }: Looked,
  sent: AskedAnswer,
  here: string,
): { chosen: Chosen } | { next: string } | { status: 409 | 422; again: Again } {
  const ticked = [sent.field ?? []].flat()
  const without = rows.map(({ name }) => name).filter((name) => !ticked.includes(name))
  const toFill = rows.find(({ name, missing }) => name === sent.fill && missing !== null)
  if (toFill) return { next: pathToFill(toFill, rows, ticked, here) }
  // What was seen is what is agreed to: other values, or other questions, are seen first.
  if (sent.answer !== 'agree' || sent.version !== version) return { status: 409, again: { without, changed: true } }
  const chosen = choose(rows, ticked)
  if (chosen.forged) throw problem('field-not-asked')
  if (chosen.open.length > 0) return { status: 422, again: { without, open: chosen.open.map(({ name }) => name) } }
  return { chosen }
}

/** Where a missing field is filled in, and from there back to `here` with the same boxes ticked. */
function pathToFill(row: AskedRow, rows: readonly AskedRow[], ticked: readonly string[], here: string): string {
  const without = rows.filter(({ essential, value, name }) => !essential && value !== null && !ticked.includes(name))
  const back = without.length === 0 ? here : `${here}?without=${without.map(({ name }) => name).join(',')}`
  return withNext(row.missing === 'prove' ? '/account/level' : `/account/profile/${row.name}`, back)
}

/** The names of unticked fields in an address. */
export const namesIn = (without: string | undefined): string[] => (without ?? '').split(',').filter(Boolean)

/** The labels of fields by the names that a consent keeps. */
export function labelsOf(rows: readonly { name: string; label: Text }[], keys: readonly string[]): Text[] {
  return rows.filter(({ name }) => keys.includes(name) || keys.includes(`verified/${name}`)).map(({ label }) => label)
}
