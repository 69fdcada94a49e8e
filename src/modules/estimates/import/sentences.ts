import type { Cell, Lines, Measure, Period, Phase, Unit } from '../types.ts'
import { periodOf, yearAfter } from '../years.ts'
import { type CellDraft, figureCell } from './cells.ts'
import { type Figure, readFigure } from './numbers.ts'
import { readCount, readDay, readYear } from './periods.ts'
import type { Report } from './report.ts'
import { linesAt, type Span } from './spans.ts'
import type { SentenceKind, Vocabulary } from './vocabulary.ts'

/** Where a sentence stands: what its figures are of. */
export interface Setting {
  words: Vocabulary
  year: string
  startMonth: number
  place: Cell['place']
  /** `head`, or the programme that the paragraph explains. */
  subject: string
  /** Subjects that a note's figures are of, when it is a note. */
  noted?: readonly string[]
}

/** One figure found in a span: its number, what it is of, and the stretch that holds it. */
interface Found {
  from: number
  to: number
}

type Groups = Record<string, string | undefined>
type Match = RegExpExecArray & { groups: Groups; indices: { groups: Record<string, [number, number] | undefined> } }

/** The figures of one paragraph as cells. A figure that no known sentence holds is reported, not dropped. */
export function readSentences(span: Span, setting: Setting, report: Report): CellDraft[] {
  const cells: CellDraft[] = []
  const read: Found[] = []
  for (const [kind, pattern] of setting.words.sentences) {
    // “an increase of $2 over … and of $3 over …”: the verb is said once.
    let verb: string | undefined
    for (const match of matches(span.text, pattern)) {
      verb = match.groups.verb ?? verb
      const groups = { ...match.groups, ...(verb !== undefined && { verb }) }
      const made = readers[kind](reader(span, match, groups, setting))
      if (made.length === 0) continue
      cells.push(...made)
      for (const range of Object.values(match.indices.groups)) if (range) read.push({ from: range[0], to: range[1] })
    }
  }
  if (setting.place !== 'prose' && setting.place !== 'notes' && setting.place !== 'footnote') return cells
  for (const match of matches(span.text, setting.words.amount)) {
    const { index } = match
    if (read.some(({ from, to }) => index >= from && index < to)) continue
    const around = span.shown.slice(Math.max(0, index - 30), index + 40)
    report.unknown('figure-unknown', linesAt(span, index, index + match[0].length), { printed: match[0], text: around })
  }
  return cells
}

const indexed = new WeakMap<RegExp, RegExp>()

/** All matches, with the offsets of their groups. */
export function matches(text: string, pattern: RegExp): Match[] {
  let withIndices = indexed.get(pattern)
  if (!withIndices) {
    withIndices = new RegExp(pattern.source, [...new Set(`${pattern.flags}gd`)].join(''))
    indexed.set(pattern, withIndices)
  }
  return [...text.matchAll(withIndices)].slice(0, 500) as Match[]
}

interface Reader {
  setting: Setting
  groups: Groups
  sign: 1 | -1
  cell(
    of: { subject?: string; measure: Measure; period: Period; base?: Period },
    amount: string,
    number: Amount | undefined,
  ): CellDraft[]
  amount(group: string, sign?: 1 | -1): Amount | undefined
  count(group: string, sign?: 1 | -1): Amount | undefined
  rate(sign: 1 | -1): Amount | undefined
}

interface Amount extends Figure {
  unit: Unit
  /** Offset of the digits inside the group. */
  from: number
  to: number
}

function reader(span: Span, match: Match, groups: Groups, setting: Setting): Reader {
  const { words } = setting
  const signed = (sign: 1 | -1, steps: number | null) => (steps === null || steps === 0 ? steps : sign * steps)
  return {
    setting,
    groups,
    sign: groups.verb !== undefined && words.decrease.test(groups.verb) ? -1 : 1,
    amount(group, sign = 1) {
      const text = groups[group]
      const found = text === undefined ? undefined : matches(text, words.amount)[0]
      const unit = found && words.amountUnits[found.groups.unit ?? '']
      if (!found || !unit) return undefined
      const number = readFigure(found.groups.number!)
      const [from, to] = found.indices.groups.number!
      return { ...number, steps: signed(sign, number.steps), unit, from, to }
    },
    count(group, sign = 1) {
      const text = groups[group]
      if (text === undefined) return undefined
      return { steps: signed(sign, readCount(text) ?? null), decimals: 0, unit: 'post', from: 0, to: text.length }
    },
    rate(sign) {
      const number = groups.rate === undefined ? undefined : readFigure(groups.rate)
      return number && { ...number, steps: signed(sign, number.steps), unit: 'rate', from: 0, to: groups.rate!.length }
    },
    cell(of, group, number) {
      const range = match.indices.groups[group]
      if (!number || !range) return []
      const [from, to] = [range[0] + number.from, range[0] + number.to]
      const lines: Lines = linesAt(span, from, to)
      const { subject = setting.subject, measure, period, base } = of
      const at = { place: setting.place, subject, measure, period, unit: number.unit, lines, ...(base && { base }) }
      return [figureCell(at, number, span.shown.slice(from, to))]
    },
  }
}

const estimateOf = ({ year }: Setting): Period => ({ when: year, phase: 'estimate' })

/** The day that a year ends and the day before it begins: between them posts come and go. */
const postsOver = ({ year, startMonth }: Setting): { period: Period; base: Period } => ({
  period: { when: periodOf(year, startMonth).end, phase: 'asAt' },
  base: { when: periodOf(yearAfter(year, -1), startMonth).end, phase: 'asAt' },
})

const readers: Record<SentenceKind, (reader: Reader) => CellDraft[]> = {
  estimate: ({ setting, cell, amount }) =>
    cell({ measure: 'provision', period: estimateOf(setting) }, 'amount', amount('amount')),
  subhead: ({ setting, groups, cell, amount }) =>
    cell(
      { subject: `subhead:${groups.code}`, measure: 'provision', period: estimateOf(setting) },
      'amount',
      amount('amount'),
    ),
  change: ({ setting, groups, sign, cell, amount, rate }) => {
    const when = readYear(groups.baseYear ?? '')
    if (when === undefined) return []
    const coordinates = { period: estimateOf(setting), base: { when, phase: phaseOf(groups.phase!, setting.words) } }
    return [
      ...cell({ measure: 'provision-change', ...coordinates }, 'amount', amount('amount', sign)),
      ...cell({ measure: 'provision-rate', ...coordinates }, 'rate', rate(sign)),
    ]
  },
  'all-posts': ({ groups, cell, count }) => {
    const when = readDay(groups.day ?? '')
    return when === undefined
      ? []
      : cell({ measure: 'all-posts', period: { when, phase: 'asAt' } }, 'count', count('count'))
  },
  'posts-change': ({ setting, sign, cell, count }) =>
    cell({ measure: 'all-posts-change', ...postsOver(setting) }, 'count', count('count', sign)),
  ceiling: ({ setting, cell, amount }) =>
    cell({ measure: 'salary-ceiling', period: estimateOf(setting) }, 'amount', amount('amount')),
  supplement: ({ setting, cell, amount }) =>
    (setting.noted ?? []).flatMap((subject) => [
      ...cell({ subject, measure: 'approved-before', period: estimateOf(setting) }, 'before', amount('before')),
      ...cell({ subject, measure: 'approved-increase', period: estimateOf(setting) }, 'increase', amount('increase')),
    ]),
}

function phaseOf(text: string, words: Vocabulary): Phase {
  return words.phases.find(([, pattern]) => pattern.test(text))?.[0] ?? 'estimate'
}

/** The counts of posts in the summary at the top: both days, and the change between them. */
export function readCoverPosts(span: Span, setting: Setting, report: Report): CellDraft[] {
  for (const pattern of setting.words.coverPosts) {
    const [match] = matches(span.text, pattern)
    if (!match) continue
    const { groups, sign, cell, count } = reader(span, match, match.groups, setting)
    const [first, last] = [readDay(groups.fromDay!), readDay(groups.toDay!)]
    if (first === undefined || last === undefined) return []
    const over = postsOver(setting)
    if (first !== over.base.when || last !== over.period.when)
      report.doubt('days-differ', span.lines, { first, last, year: setting.year })
    const isDirectorate = setting.words.directorate.test(groups.kind!)
    const measure: Measure = isDirectorate ? 'directorate-posts' : 'posts'
    const [base, period]: Period[] = [
      { when: first, phase: 'asAt' },
      { when: last, phase: 'asAt' },
    ]
    const lastGroup = groups.to === undefined ? 'from' : 'to'
    const change = isDirectorate
      ? []
      : cell({ measure: 'posts-change', period: period!, base: base! }, 'change', count('change', sign))
    return [
      ...cell({ measure, period: base! }, 'from', count('from')),
      ...cell({ measure, period: period! }, lastGroup, count(lastGroup)),
      ...change,
    ]
  }
  return []
}
