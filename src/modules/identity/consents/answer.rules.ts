import { type Language, say, type Text, texts } from '#platform'
import { withNext } from '../sign-in/next.ts'
import type { AskedRow } from './asked.rules.ts'

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

/** What a form sent as its ticked boxes. */
export const tickedIn = (field: string | string[] | undefined): string[] => (field === undefined ? [] : [field].flat())

/** Where a missing field is filled in, and from there back to `here` with the same boxes ticked. */
export function pathToFill(row: AskedRow, rows: readonly AskedRow[], ticked: readonly string[], here: string): string {
  const without = rows.filter(({ essential, value, name }) => !essential && value !== null && !ticked.includes(name))
  const back = without.length === 0 ? here : `${here}?without=${without.map(({ name }) => name).join(',')}`
  return withNext(row.missing === 'prove' ? '/account/level' : `/account/profile/${row.name}`, back)
}

export const namesIn = (without: string | undefined): string[] => (without ?? '').split(',').filter(Boolean)

/** The labels of fields by the names that a consent keeps. */
export function labelsOf(rows: readonly { name: string; label: Text }[], keys: readonly string[]): Text[] {
  return rows.filter(({ name }) => keys.includes(name) || keys.includes(`verified/${name}`)).map(({ label }) => label)
}
