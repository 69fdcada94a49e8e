import { type Language, say, type Text } from '#platform'
import { formatAmount } from '../check/amounts.ts'
import { measures, months, phases, places } from '../check/sentences.ts'
import type { Cell, Lines, Period, Row, Table } from '../types.ts'
import type { HeadData } from './head-data.ts'
import { words } from './words.ts'

/* How things of a Head are named. Every function gives all languages at once, so that data does not depend on one. */

/** `say` in both written languages; Simplified Chinese follows from Traditional. */
export const phrase = (text: Text, values: Readonly<Record<string, string | number | Text>> = {}): Text => {
  const inLanguage = (language: Language) =>
    say(
      text,
      language,
      Object.fromEntries(
        Object.entries(values).map(([key, value]) => [key, typeof value === 'object' ? say(value, language) : value]),
      ),
    )
  return { en: inLanguage('en'), 'zh-Hant': inLanguage('zh-Hant') }
}

/** A printed name for which the pack has no translation stands in every language as it was printed. */
export const asPrinted = (label: string): Text => ({ en: label, 'zh-Hant': label })

const withNumber = (label: Text, number: string): Text => ({
  en: `(${number}) ${label.en}`,
  'zh-Hant': `(${number}) ${label['zh-Hant']}`,
})

/** The plain name of a subject: of the pack, else as the document prints it. */
export const nameOf = ({ names, document }: Named, subject: string): Text =>
  names[subject] ?? asPrinted(labelsOf(document).get(subject) ?? subject)

/** What naming things takes. */
export type Named = Pick<HeadData, 'names'> & { document: Pick<HeadData['document'], 'programmes' | 'tables'> }

const labels = new WeakMap<Named['document'], Map<string, string>>()

/** What a document calls its subjects: a programme as its heading does, another as the first table with a name for it. */
function labelsOf(document: Named['document']): Map<string, string> {
  const known = labels.get(document)
  if (known) return known
  const found = new Map<string, string>()
  for (const { number, name } of document.programmes) found.set(`programme:${number}`, name)
  for (const { rows } of document.tables)
    for (const { subject, label } of rows) if (label && !found.has(subject)) found.set(subject, label)
  labels.set(document, found)
  return found
}

/** A row as its table names it: `(1) …`, `Total, Operating Account`. */
export function rowName(data: Named, row: Row, table: Table): Text {
  const sums = row.role === 'total' || row.role === 'subtotal'
  if (row.subject === 'head') return table.place === 'subheads' ? words.totalExpenditure : words.total
  if (sums && (row.subject === 'commitments' || table.place === 'breakdown')) return words.total
  const name = nameOf(data, row.subject)
  if (sums) return phrase(words.totalOf, { name })
  const number = /^programme:(\d+)$/.exec(row.subject)?.[1]
  return number && table.place === 'analysis' ? withNumber(name, number) : name
}

/** `31 March 2024`, `2024 年 3 月 31 日`; years stay as they are. */
export function whenText(when: string): Text {
  const [year, month, day] = when.split('-').map(Number)
  if (!year || !month || !day) return asPrinted(when)
  return { en: `${day} ${months[month - 1]} ${year}`, 'zh-Hant': `${year} 年 ${month} 月 ${day} 日` }
}

const periodForm: Text = { en: '{when} ({phase})', 'zh-Hant': '{when}（{phase}）' }
const accumulatedForm: Text = { en: 'up to {when}', 'zh-Hant': '截至 {when}止' }

/** `2023-24 (Estimate)`, `31 March 2024`. */
export function periodText({ when, phase }: Period): Text {
  if (phase === 'asAt') return whenText(when)
  if (phase === 'accumulated') return phrase(accumulatedForm, { when: whenText(when) })
  return phrase(periodForm, { when, phase: phases[phase] })
}

const cellForm: Text = { en: '{name}, {measure}, {period}', 'zh-Hant': '{name}，{measure}，{period}' }
const comparedForm: Text = { en: '{period} against {base}', 'zh-Hant': '{period}較 {base}' }
const rowForm: Text = { en: '{name}, {period}', 'zh-Hant': '{name}，{period}' }
const programmeForm: Text = { en: 'Programme ({number}) {name}', 'zh-Hant': '綱領({number}) {name}' }
const subheadForm: Text = { en: 'Subhead {number} {name}', 'zh-Hant': '分目 {number} {name}' }
const itemForm: Text = { en: 'Item {number} {name}', 'zh-Hant': '項目 {number} {name}' }
const totalForms = {
  head: { en: 'The whole Head', 'zh-Hant': '總目' },
  commitments: { en: 'All commitments', 'zh-Hant': '各項承擔額' },
} as const

/** A subject with its printed number, outside its table: `Programme (1) Use of IT in Government`. */
export function subjectText(data: Named, subject: string): Text {
  if (subject === 'head' || subject === 'commitments') return totalForms[subject]
  const [kind, number = ''] = subject.split(':')
  const name = nameOf(data, subject)
  const form =
    kind === 'programme'
      ? programmeForm
      : /^\d+$/.test(number)
        ? { subhead: subheadForm, commitment: itemForm }[kind!]
        : undefined
  return form ? phrase(form, { number, name }) : name
}

/** What a number measures: `Programme (1) Use of IT in Government, provision, 2023-24 (Estimate)`. */
export function cellText(data: Named, cell: Pick<Cell, 'subject' | 'measure' | 'period' | 'base'>): Text {
  const period = cell.base
    ? phrase(comparedForm, { period: periodText(cell.period), base: periodText(cell.base) })
    : periodText(cell.period)
  const name = subjectText(data, cell.subject)
  // The name of a target or an indicator says what is measured.
  if (cell.measure === 'target' || cell.measure === 'indicator') return phrase(rowForm, { name, period })
  return phrase(cellForm, { name, measure: measures[cell.measure], period })
}

/** Where a number stands: `in the table of subheads, line 211`. */
export const placeText = (cell: Pick<Cell, 'place' | 'lines'>): Text =>
  phrase(words.and, { one: places[cell.place], other: linesText(cell.lines) })

export const linesText = ({ from, to }: Lines): Text => phrase(from === to ? words.line : words.lines, { from, to })

/** The anchor of a row or a programme: `commitment-801`, `line-000-9`. */
export const anchorOf = (subject: string): string => subject.replace(/[:.]/g, '-')

/** The address of a number's own page. */
export const cellPath = ({ year, head }: Pick<HeadData, 'year' | 'head'>, id: string): string =>
  `/estimates/${year}/${head}/cells/${id.replaceAll('#', '%23')}`

const numbered: Text = { en: '{name} ({number})', 'zh-Hant': '{name}（{number}）' }

/** A table by its id, in few words: `Programme (1)`, `Indicators (1)`, `Commitments`. */
export function tableTitle(id: string): Text {
  const [place = '', number] = id.split('.')
  const names: Readonly<Record<string, Text>> = {
    targets: words.targets,
    indicators: words.indicators,
    analysis: words.analysis,
    subheads: words.subheads,
    commitments: words.commitments,
    establishment: words.establishment,
  }
  if (place === 'programme') return phrase(words.programme, { number: number ?? '' })
  if (place === 'breakdown') return phrase(words.breakdown, { code: number ?? '' })
  const name = names[place] ?? asPrinted(id)
  return number ? phrase(numbered, { name, number }) : name
}

/** An amount as people read it, below zero with a minus sign; a percentage stays as the Estimates print it. */
export const writeAmount = (figure: Parameters<typeof formatAmount>[0], language: Language): string =>
  figure.unit === 'rate' ? formatAmount(figure, language) : withMinus(formatAmount(figure, language))

export const withMinus = (written: string): string => written.replace(/^-/, '−')

/** A number that the checker wrote, with the unit of its cell: `1.0` of millions is `$1.0 million`. */
export function amountText(written: string, { unit }: Pick<Cell, 'unit'>, language: Language): string {
  const digits = written.replaceAll(',', '')
  if (!/^[-+]?\d+([.]\d+)?$/.test(digits)) return written
  const decimals = digits.split('.')[1]?.length ?? 0
  return writeAmount({ unit, decimals, steps: BigInt(digits.replace('.', '').replace('+', '')) }, language)
}
