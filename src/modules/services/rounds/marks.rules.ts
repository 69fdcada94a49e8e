import type { Round } from '../definitions/rounds.ts'

/** What was typed into a score sheet. `wrong` names the criteria that have no whole number on the scale. */
export function readMarks(
  { criteria, scale }: Pick<Round, 'criteria' | 'scale'>,
  form: Readonly<Record<string, unknown>>,
) {
  const typed = Object.fromEntries(criteria.map(({ id }) => [id, String(form[`mark.${id}`] ?? '').trim()]))
  const isMark = (text: string) => /^\d{1,3}$/.test(text) && Number(text) >= scale.min && Number(text) <= scale.max
  const given = Object.entries(typed).filter(([, text]) => text !== '')
  return {
    typed,
    marks: Object.fromEntries(given.filter(([, text]) => isMark(text)).map(([id, text]) => [id, Number(text)])),
    /** Of a draft what was typed must be a mark; of a sheet that is locked all must be. */
    wrongAs: (kind: 'draft' | 'locked') =>
      criteria.map(({ id }) => id).filter((id) => !isMark(typed[id]!) && (kind === 'locked' || typed[id] !== '')),
  }
}
