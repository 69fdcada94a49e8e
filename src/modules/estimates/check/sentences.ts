import { type Language, say, simplify, type Text, texts } from '#platform'
import type { Cell, EstimatesDocument, Identity, Measure, Period, Phase, Place, Unit } from '../types.ts'
import { exactOf, formatAmount, formatSteps, stepOf } from './amounts.ts'
import { type Reason, reasons } from './reasons.ts'
import { isInference } from './recover.ts'

/** What sentences need to name things: cells by id, and the labels that the document prints for its rows. */
export type Named = {
  document: EstimatesDocument
  cells: ReadonlyMap<string, Cell>
  labels: ReadonlyMap<string, string>
  /** By id of a recovered cell: the printed numbers that it follows from. */
  derivations: ReadonlyMap<string, Identity['operands']>
}

export function named(
  document: EstimatesDocument,
  cells: readonly Cell[],
  derivations: readonly { cell: string; terms: Identity['operands'] }[] = [],
): Named {
  const labels = new Map<string, string>()
  for (const { rows } of document.tables)
    for (const { subject, label } of rows) if (label && !labels.has(subject)) labels.set(subject, label)
  return {
    document,
    cells: new Map(cells.map((cell) => [cell.id, cell])),
    labels,
    derivations: new Map(derivations.map(({ cell, terms }) => [cell, terms])),
  }
}

const subjects = texts({
  head: { en: 'Head {n}', 'zh-Hant': '總目 {n}' },
  programme: { en: 'Programme ({n})', 'zh-Hant': '綱領({n})' },
  subhead: { en: 'Subhead {n}', 'zh-Hant': '分目 {n}' },
  commitment: { en: 'Item {n}', 'zh-Hant': '項目 {n}' },
  commitments: { en: 'Commitments', 'zh-Hant': '各項承擔額' },
  operating: { en: 'Operating Account', 'zh-Hant': '經營帳目' },
  capital: { en: 'Capital Account', 'zh-Hant': '非經營帳目' },
  recurrent: { en: 'Recurrent expenditure', 'zh-Hant': '經常開支' },
  'non-recurrent': { en: 'Non-recurrent expenditure', 'zh-Hant': '非經常開支' },
  plant: { en: 'Plant, Equipment and Works', 'zh-Hant': '機器、設備及工程' },
  subventions: { en: 'Subventions', 'zh-Hant': '資助金' },
  label: { en: '“{n}”', 'zh-Hant': '「{n}」' },
})

const isNamed = (
  name: string,
): name is 'operating' | 'capital' | 'recurrent' | 'non-recurrent' | 'plant' | 'subventions' =>
  ['operating', 'capital', 'recurrent', 'non-recurrent', 'plant', 'subventions'].includes(name)

/** A subject in words; one that only the document names is quoted in the document's language. */
export function subjectName({ document, labels }: Named, subject: string, language: Language): string {
  if (subject === 'head') return say(subjects.head, language, { n: document.head })
  if (subject === 'commitments') return say(subjects.commitments, language)
  const [kind = '', n = ''] = subject.split(':')
  // A row without a printed number has a number of ours, which nobody should read.
  const numbered = (kind === 'programme' || kind === 'subhead' || kind === 'commitment') && /^\d+$/.test(n)
  if (numbered) return say(subjects[kind], language, { n })
  if ((kind === 'account' || kind === 'group') && isNamed(n)) return say(subjects[n], language)
  const label = labels.get(subject) ?? subject
  return say(subjects.label, language, { n: language === 'zh-Hans' ? simplify(label) : label })
}

export const measures = texts({
  provision: { en: 'provision', 'zh-Hant': '撥款' },
  'provision-change': { en: 'change in provision', 'zh-Hant': '撥款的增減' },
  'provision-rate': { en: 'percentage change in provision', 'zh-Hant': '撥款增減的百分率' },
  approved: { en: 'approved commitment', 'zh-Hant': '核准承擔額' },
  accumulated: { en: 'accumulated expenditure', 'zh-Hant': '累積開支' },
  'revised-spending': { en: 'revised estimated expenditure', 'zh-Hant': '修訂預算開支' },
  balance: { en: 'balance of commitment', 'zh-Hant': '承擔額結餘' },
  'approved-before': { en: 'commitment approved before', 'zh-Hant': '原核准承擔額' },
  'approved-increase': { en: 'increase in commitment', 'zh-Hant': '承擔額的增加' },
  posts: { en: 'non-directorate posts', 'zh-Hant': '非首長級職位' },
  'directorate-posts': { en: 'directorate posts', 'zh-Hant': '首長級職位' },
  'all-posts': { en: 'all posts', 'zh-Hant': '全部職位' },
  'posts-change': { en: 'net change in non-directorate posts', 'zh-Hant': '非首長級職位的淨增減' },
  'all-posts-change': { en: 'net change in all posts', 'zh-Hant': '全部職位的淨增減' },
  'salary-ceiling': { en: 'ceiling of the annual mid-point salary value', 'zh-Hant': '按薪級中點估計的年薪值上限' },
  target: { en: 'target', 'zh-Hant': '目標' },
  indicator: { en: 'indicator', 'zh-Hant': '指標' },
} satisfies Record<Measure, Text>)

export const phases = texts({
  actual: { en: 'actual', 'zh-Hant': '實際' },
  original: { en: 'original', 'zh-Hant': '原來預算' },
  revised: { en: 'revised', 'zh-Hant': '修訂' },
  estimate: { en: 'estimate', 'zh-Hant': '預算' },
  plan: { en: 'plan', 'zh-Hant': '計劃' },
  accumulated: { en: 'to date', 'zh-Hant': '截至該日' },
  asAt: { en: 'on the day', 'zh-Hant': '當日' },
} satisfies Record<Phase, Text>)

export const places = texts({
  cover: { en: 'the head of the document', 'zh-Hant': '總目開首' },
  programme: { en: 'the programme’s table', 'zh-Hant': '綱領的撥款表' },
  targets: { en: 'the targets', 'zh-Hant': '目標表' },
  indicators: { en: 'the indicators', 'zh-Hant': '指標表' },
  analysis: { en: 'the analysis of provision', 'zh-Hant': '財政撥款分析' },
  prose: { en: 'the explanation', 'zh-Hant': '撥款說明' },
  subheads: { en: 'the table of subheads', 'zh-Hant': '分目表' },
  notes: { en: 'the notes on subheads', 'zh-Hant': '按分目列出的開支詳情' },
  breakdown: { en: 'the breakdown of the subhead', 'zh-Hant': '分目的開支分析' },
  commitments: { en: 'the table of commitments', 'zh-Hant': '承擔額表' },
  footnote: { en: 'a footnote', 'zh-Hant': '註釋' },
  table: { en: 'the table', 'zh-Hant': '表格' },
} satisfies Record<Place, Text>)

/** A unit as a table's head prints it. */
export const unitNames = texts({
  dollar: { en: '$', 'zh-Hant': '元' },
  thousand: { en: "$'000", 'zh-Hant': "$'000" },
  'ten-thousand': { en: '$ ten thousand', 'zh-Hant': '萬元' },
  million: { en: '$ million', 'zh-Hant': '百萬元' },
  'hundred-million': { en: '$ hundred million', 'zh-Hant': '億元' },
  rate: { en: '%', 'zh-Hant': '%' },
  share: { en: '%', 'zh-Hant': '%' },
  post: { en: 'posts', 'zh-Hant': '個職位' },
  number: { en: 'number', 'zh-Hant': '數目' },
} satisfies Record<Unit, Text>)

const days = texts({
  day: { en: '{day} {month} {year}', 'zh-Hant': '{year} 年 {n} 月 {day} 日' },
  financialYear: { en: '{when} ({phase})', 'zh-Hant': '{when} 年度（{phase}）' },
  calendarYear: { en: '{when} ({phase})', 'zh-Hant': '{when} 年（{phase}）' },
})
/** In English, January first. */
export const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

export function periodName({ when, phase }: Period, language: Language): string {
  const [year = '', month = '', day] = when.split('-')
  if (day === undefined)
    return say(month ? days.financialYear : days.calendarYear, language, { when, phase: say(phases[phase], language) })
  const n = Number(month)
  return say(days.day, language, { year, n, month: months[n - 1] ?? month, day: Number(day) })
}

/** What a cell measures, in words: `Programme (1), provision, 2023-24 (estimate)`. */
export function cellName(names: Named, { subject, measure, period, base }: Cell, language: Language): string {
  const when = periodName(period, language)
  const compared = base ? say(parts.compared, language, { when, base: periodName(base, language) }) : when
  const name = subjectName(names, subject, language)
  // A thin gap between Han and what is not Han: 總目 47 的撥款.
  const spaced = language !== 'en' && /\w$/.test(name) ? `${name} ` : name
  return say(parts.cell, language, { subject: spaced, measure: say(measures[measure], language), when: compared })
}

const parts = texts({
  cell: { en: '{subject}, {measure}, {when}', 'zh-Hant': '{subject}的{measure}，{when}' },
  compared: { en: '{when} against {base}', 'zh-Hant': '{when}與 {base}比較' },
  inUnit: { en: '{equation} ({unit})', 'zh-Hant': '{equation}（{unit}）' },
  many: { en: 'the sum of {n} numbers', 'zh-Hant': '{n} 個數字之和' },
  printed: { en: 'printed as {amount} at line {line}', 'zh-Hant': '第 {line} 行刊印為 {amount}' },
  'also-printed': { en: 'as {amount} at line {line}', 'zh-Hant': '第 {line} 行刊印為 {amount}' },
  'printed-in-year': {
    en: 'printed as {amount} for {year} (line {line})',
    'zh-Hant': '{year} 年度文件第 {line} 行刊印為 {amount}',
  },
  recovered: {
    en: 'lost at line {line} and recovered as {amount} ({equation})',
    'zh-Hant': '第 {line} 行已缺失，由其他數字得出 {amount}（{equation}）',
  },
  'also-printed-in-year': {
    en: 'as {amount} for {year} (line {line})',
    'zh-Hant': '{year} 年度文件第 {line} 行刊印為 {amount}',
  },
  'recovered-in-year': {
    en: 'lost for {year} (line {line}) and recovered as {amount}',
    'zh-Hant': '{year} 年度文件第 {line} 行已缺失，由其他數字得出 {amount}',
  },
  'which-rounds': { en: '{printed}, which rounds to {to}', 'zh-Hant': '{printed}，四捨五入為 {to}' },
  'same-amount': {
    en: '{place}, line {line}, prints it as {amount}',
    'zh-Hant': '{place}第 {line} 行刊印同一數額，為 {amount}',
  },
  identities: { en: 'see the identities named ({n})', 'zh-Hant': '見所列 {n} 條等式' },
  rounded: { en: '{from} rounds to {to}', 'zh-Hant': '{from}四捨五入為 {to}' },
  thousands: { en: '{amount} is a whole number of thousands', 'zh-Hant': '{amount}是千元的整數倍' },
  'not-thousands': { en: '{amount} is not a whole number of thousands', 'zh-Hant': '{amount}不是千元的整數倍' },
})

/** What an identity speaks of, by its kind: `name` is the claimed number, `one` its place, `other` the other place. */
const about = texts({
  sum: { en: '{name}, as the sum of its parts in {one}', 'zh-Hant': '{name}，{one}各部分之和' },
  same: { en: '{name}, in {one} and in {other}', 'zh-Hant': '{name}，見於{one}和{other}' },
  alone: { en: '{name}, in {one}', 'zh-Hant': '{name}，見於{one}' },
  change: { en: '{name}, in {one}', 'zh-Hant': '{name}，見於{one}' },
  rate: { en: '{name}, in {one}', 'zh-Hant': '{name}，見於{one}' },
  commitment: { en: '{name}, as spent, being spent and left', 'zh-Hant': '{name}，即累積開支、修訂預算開支與結餘之和' },
  supplement: { en: '{name}, as approved before and increased now', 'zh-Hant': '{name}，即原核准額與增加額之和' },
  posts: { en: '{name}, in {one}', 'zh-Hant': '{name}，見於{one}' },
  spending: { en: '{name}, as spent on its commitments', 'zh-Hant': '{name}，即其承擔額項目的開支' },
  bound: { en: '{name}, at most {limit}', 'zh-Hant': '{name}，不超過{limit}' },
  'across-years': { en: '{name}, in the documents of two years', 'zh-Hant': '{name}，見於兩個年度的文件' },
} satisfies Record<Identity['kind'] | 'alone', Text>)

/** How each outcome is told: the subject, a small equation, and what is wrong or uncertain about it. */
const told = texts({
  holds: { en: '{what}: {equation}.', 'zh-Hant': '{what}：{equation}。' },
  fails: { en: '{what}: {equation}, but {stated} is printed.', 'zh-Hant': '{what}：{equation}，但刊印的是 {stated}。' },
  'fails-recovered': {
    en: '{what}: {equation}, but its place is lost, and {stated} follows from other numbers: {recovered}.',
    'zh-Hant': '{what}：{equation}，但該處的數字已缺失，由其他數字得出的是 {stated}：{recovered}。',
  },
  differ: {
    en: '{what}: {one}, {other}: they should be the same figure.',
    'zh-Hant': '{what}：{one}，{other}；兩者應為同一數字。',
  },
  'differ-explained': {
    en: '{what}: {one}, {other}. Explained: {explanation} ({source}; signed by {signedBy}).',
    'zh-Hant': '{what}：{one}，{other}。解釋：{explanation}（{source}；由 {signedBy} 簽署）。',
  },
  'differ-rounding': { en: '{what}: {one}, {other}, {reason}.', 'zh-Hant': '{what}：{one}，{other}；{reason}。' },
  unreadable: {
    en: '{what}: “{stated}” is printed at line {line}, and that is no number.',
    'zh-Hant': '{what}：第 {line} 行刊印「{stated}」，並非數字。',
  },
  'unreadable-known': {
    en: '{what}: “{stated}” is printed at line {line}, and that is no number; the other numbers make it {computed}.',
    'zh-Hant': '{what}：第 {line} 行刊印「{stated}」，並非數字；按其他數字應為 {computed}。',
  },
  uneven: {
    en: '{what}: {stated} is printed at line {line}, with other decimals than the numbers around it.',
    'zh-Hant': '{what}：第 {line} 行刊印 {stated}，小數位數與同處其他數字不同。',
  },
  impossible: { en: '{what}: {reason}.', 'zh-Hant': '{what}：{reason}。' },
  rounding: {
    en: '{what}: {equation}, and {stated} is printed, {reason}.',
    'zh-Hant': '{what}：{equation}，而刊印的是 {stated}；{reason}。',
  },
  unknown: { en: '{what}: cannot be checked, because {reason}.', 'zh-Hant': '{what}：無法核對，因為{reason}。' },
  explained: {
    en: '{what}: {equation}, but {stated} is printed. Explained: {explanation} ({source}; signed by {signedBy}).',
    'zh-Hant': '{what}：{equation}，但刊印的是 {stated}。解釋：{explanation}（{source}；由 {signedBy} 簽署）。',
  },
})

/** An identity as a sentence with its numbers. `exception` is the signed explanation, where it is explained. */
export function identitySentence(
  names: Named,
  identity: Identity,
  language: Language,
  exception?: { explanation: string; source: string; signedBy: string } | undefined,
): string {
  const { outcome, reason } = identity
  const claimed = names.cells.get(identity.claimed)!
  const other = names.cells.get(identity.operands[0]?.cell ?? '')
  const what = say(about[other || identity.kind !== 'same' ? identity.kind : 'alone'], language, {
    name: cellName(names, claimed, language),
    one: say(places[claimed.place], language),
    other: other ? say(places[other.place], language) : '',
    limit: other ? cellName(names, other, language) : '',
  })
  const why = reason ? say(reasons[reason as Reason], language) : ''
  if (reason === 'unreadable' || reason === 'uneven') return formSentence(identity, claimed, what, language)
  if (outcome === 'unknown') return say(told.unknown, language, { what, reason: why })
  if (reason === 'impossible') return say(told.impossible, language, { what, reason: why })
  const signed = exception ?? { explanation: '', source: '', signedBy: '' }
  if (outcome !== 'holds' && other && isSameFigure(identity)) {
    const one = printedAs(names, claimed, language)
    const two = printedAs(names, other, language, claimed)
    const rounds = other.unit !== claimed.unit && identity.computed !== null && exactOf(other) % stepOf(claimed) !== 0n
    const rounded = rounds
      ? say(parts['which-rounds'], language, { printed: two, to: withUnit(claimed, identity.computed, language) })
      : two
    const values = { what, one, other: rounded, reason: why, ...signed }
    if (outcome === 'rounding') return say(told['differ-rounding'], language, values)
    return say(told[outcome === 'explained' && exception ? 'differ-explained' : 'differ'], language, values)
  }
  const equation = equationOf(names, identity, claimed, language)
  const stated = withUnit(claimed, identity.stated, language)
  const values = { what, equation, stated, reason: why, recovered: '', ...signed }
  // Here the equation says already what is wrong.
  const complete = identity.kind === 'bound' || identity.operands.length === 0
  if (outcome === 'holds' || (outcome === 'fails' && complete)) return say(told.holds, language, values)
  if (outcome === 'fails' && claimed.status !== 'printed')
    return say(told['fails-recovered'], language, { ...values, recovered: recoveredFrom(names, claimed, language) })
  return say(outcome === 'explained' && !exception ? told.fails : told[outcome], language, values)
}

/** One figure in two places: neither is computed from the other, so neither is the wrong one. */
const isSameFigure = ({ kind, operands }: Identity) =>
  ['same', 'across-years', 'spending'].includes(kind) && operands.length === 1 && operands[0]!.sign === 1

function formSentence({ reason, stated, computed }: Identity, claimed: Cell, what: string, language: Language): string {
  const values = {
    what,
    line: claimed.lines.from,
    stated: stated ?? '',
    computed: withUnit(claimed, computed, language),
  }
  if (reason === 'uneven') return say(told.uneven, language, values)
  return say(told[computed === null ? 'unreadable' : 'unreadable-known'], language, values)
}

/** `printed as $198.1 million at line 5`; of two documents also in which; for a lost number how it was recovered. */
function printedAs(names: Named, cell: Cell, language: Language, after?: Cell): string {
  const year = /^(\d{4}-\d{2}):/.exec(cell.id)?.[1]
  const form = cell.status !== 'printed' ? 'recovered' : after?.status === 'printed' ? 'also-printed' : 'printed'
  return say(parts[year === undefined ? form : (`${form}-in-year` as const)], language, {
    amount: formatAmount(cell, language),
    line: cell.lines.from,
    year: year ?? '',
    equation: recoveredFrom(names, cell, language),
  })
}

/** `$198,094,000 − $24,612,000 = $173,482 thousand`, where it is printed again, or how many identities gave it. */
export function recoveredFrom(names: Named, cell: Cell, language: Language): string {
  const derivation = names.derivations.get(cell.id)
  const only = derivation?.length === 1 && derivation[0]!.sign === 1 ? names.cells.get(derivation[0]!.cell) : undefined
  if (only)
    return say(parts['same-amount'], language, {
      place: say(places[only.place], language),
      line: only.lines.from,
      amount: formatAmount(only, language),
    })
  return derivation && derivation.length <= termsMax
    ? `${sumOf(names, derivation, cell, language)} = ${formatAmount(cell, language)}`
    : say(parts.identities, language, { n: cell.because.filter((id) => !isInference(id)).length })
}

const termsMax = 12

/** `816.2 + 298.5 + 93.8 = 1,208.5 ($ million)`: the right side and what it makes. */
function equationOf(
  names: Named,
  { kind, operands, stated, computed, outcome }: Identity,
  claimed: Cell,
  language: Language,
): string {
  const cells = operands.map(({ cell }) => names.cells.get(cell)!)
  const oneUnit = cells.every(({ unit }) => unit === claimed.unit)
  if (operands.length === 0)
    return say(parts[outcome === 'fails' ? 'not-thousands' : 'thousands'], language, {
      amount: withUnit(claimed, stated, language),
    })
  if (kind === 'rate') {
    const [now, before] = cells.map(({ steps, decimals }) => formatSteps(steps ?? 0, decimals))
    return `(${now} − ${before}) ÷ ${before} = ${computed}`
  }
  const result = oneUnit ? (computed ?? '?') : withUnit(claimed, computed, language)
  const left =
    operands.length > termsMax
      ? say(parts.many, language, { n: operands.length })
      : sumOf(names, operands, claimed, language)
  if (kind === 'bound') {
    const sign = outcome === 'fails' ? '>' : '≤'
    return inUnit(
      `${oneUnit ? stated : withUnit(claimed, stated, language)} ${sign} ${left}`,
      claimed,
      oneUnit,
      language,
    )
  }
  if (kind === 'same' && exactOf(cells[0]!) % stepOf(claimed) !== 0n)
    return say(parts.rounded, language, { from: left, to: result })
  return inUnit(`${left} = ${result}`, claimed, oneUnit, language)
}

/** `1,204,631 + 3,875`; with a unit at every number where they are not all in the unit of `like`. */
function sumOf(names: Named, terms: Readonly<Identity['operands']>, like: Cell, language: Language): string {
  const cells = terms.map(({ cell }) => names.cells.get(cell)!)
  const oneUnit = cells.every(({ unit }) => unit === like.unit)
  return terms
    .map(({ sign }, at) => {
      const cell = cells[at]!
      const less = sign < 0 !== (cell.steps ?? 0) < 0
      // A number below nil is taken away: 26 − 2 + 2, not 26 + -2 + 2. A percentage keeps its sign.
      const figure = at > 0 && cell.steps !== null ? { ...cell, steps: Math.abs(cell.steps) } : cell
      const plain = cell.nil
        ? '—'
        : oneUnit && cell.unit !== 'rate'
          ? formatSteps(figure.steps ?? 0, cell.decimals)
          : formatAmount(figure, language)
      return at === 0 ? `${sign < 0 ? '− ' : ''}${plain}` : `${less ? '−' : '+'} ${plain}`
    })
    .join(' ')
}

const inUnit = (equation: string, { unit }: Cell, oneUnit: boolean, language: Language) =>
  oneUnit && unit !== 'rate'
    ? say(parts.inUnit, language, { equation, unit: say(unitNames[unit], language) })
    : equation

/** A written value with the unit of its cell. */
function withUnit({ unit }: Cell, value: string | null, language: Language): string {
  if (value === null || value === '—' || unit === 'rate') return value ?? '?'
  const digits = value.replace(/,/g, '')
  const decimals = digits.includes('.') ? digits.length - digits.indexOf('.') - 1 : 0
  return formatAmount({ unit, decimals, steps: BigInt(digits.replace('.', '')) }, language)
}

const suspected = texts({
  value: {
    en: '{name}, line {line}: {printed} is printed; {value} would make everything hold.',
    'zh-Hant': '{name}，第 {line} 行：刊印 {printed}；如為 {value}，所有等式均會相符。',
  },
  sign: {
    en: '{name}, line {line}: {printed} is printed; a decrease in place of the increase, or the other way round, would make everything hold.',
    'zh-Hant': '{name}，第 {line} 行：刊印 {printed}；如增減互換，所有等式均會相符。',
  },
  none: {
    en: '{name}, line {line}: {printed} is printed, and most of what fails uses it.',
    'zh-Hant': '{name}，第 {line} 行：刊印 {printed}，不符的等式大多涉及此數。',
  },
})

export function suspectSentence(names: Named, cell: Cell, value: string | null, language: Language): string {
  const values = {
    name: cellName(names, cell, language),
    line: cell.lines.from,
    printed: cell.printed ?? '?',
    value: value ?? '',
  }
  const unsigned = (text: string) => text.replace(/^[-−–+]/, '')
  // Prose says the sign with a verb, so the printed number is right and the verb is not.
  const isVerb = value !== null && cell.printed !== null && unsigned(value) === cell.printed
  return say(value === null ? suspected.none : isVerb ? suspected.sign : suspected.value, language, values)
}

export const warnings = texts({
  stale: {
    en: 'The explanation of {id} that {signedBy} signed is for a difference of {difference}, which is not there any more. It does not apply.',
    'zh-Hant': '{signedBy} 就 {id} 簽署的解釋所指的差額是 {difference}，該差額已不存在，解釋不再適用。',
  },
})
