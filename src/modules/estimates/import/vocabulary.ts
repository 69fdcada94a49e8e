import type { Chart, Measure, Phase, Unit } from '../types.ts'
import { countPattern, dayPattern, yearPattern } from './periods.ts'

/*
 * The words of the printed Estimates, in each language: the only place that knows them. Patterns are matched against
 * normalised text (ordinary brackets, colons and commas). None may backtrack over a whole line: every gap is bounded.
 */

export type HeadingKind =
  | 'report'
  | 'programmes'
  | 'detail'
  | 'aim'
  | 'description'
  | 'targets'
  | 'indicators'
  | 'attention'
  | 'analysis'
  | 'explanations'
  | 'subheads'
  | 'notes'
  | 'commitments'
  | 'account'

export type SentenceKind = 'estimate' | 'subhead' | 'change' | 'all-posts' | 'posts-change' | 'ceiling' | 'supplement'

export interface Vocabulary {
  language: 'zh-Hant' | 'en'
  /** `number`, `title`. */
  headTitle: RegExp
  headings: readonly (readonly [HeadingKind, RegExp])[]
  /** `number`, `name`. */
  programme: RegExp
  controllingOfficer: RegExp
  /** `all` when it speaks of these programmes, `number`, `name`, `secretary`. */
  policyArea: RegExp
  /** Labels of the cover's amounts. The first has `year`. */
  coverEstimate: RegExp
  coverCeiling: RegExp
  coverBalance: RegExp
  /** `from`, `to`, `change`, `verb`, `fromDay`, `toDay`, `kind`; one count for both days has no `to`. */
  coverPosts: readonly RegExp[]
  directorate: RegExp
  provisionLabel: RegExp
  /** Begins the percentage on the original estimate, which the print sets below its column. */
  originalRateStart: RegExp
  /** The same, whole, without spaces: `year`, `rate`, and `sign` or `verb`. */
  originalRate: RegExp
  phases: readonly (readonly [Phase, RegExp])[]
  commitmentColumns: readonly (readonly [Measure, RegExp])[]
  /** Begins the header of a table of subheads or commitments. */
  subheadHeader: RegExp
  commitmentHeader: RegExp
  targetHeader: RegExp
  units: readonly (readonly [Unit, RegExp])[]
  total: RegExp
  grandTotal: RegExp
  /** Forms of a total's label, each without the words that make it a total. */
  totalOf: (label: string) => string[]
  accounts: readonly (readonly [string, RegExp])[]
  groups: readonly (readonly [string, RegExp])[]
  charts: readonly (readonly [Chart['kind'], RegExp])[]
  /** An amount of money in prose: `number` and one of the words in `amountUnits`. */
  amount: RegExp
  amountUnits: Readonly<Record<string, Unit>>
  /** Sentences with figures, by what they state. Named groups are what `sentences.ts` reads. */
  sentences: readonly (readonly [SentenceKind, RegExp])[]
  decrease: RegExp
  /** Announces the breakdown of a subhead: `code`. */
  breakdownOf: RegExp
  /** Two parts of a name set apart by a wrapped line are joined with this. */
  joiner: string
}

const year = (name: string) => `(?<${name}>${yearPattern})`
const day = (name: string) => `(?<${name}>${dayPattern})`
/** What stands where a number belongs, well formed or not: `readNumber` decides, and a sentence keeps what it cannot read. */
const figure = '[.,]?\\d[\\d.,]{0,24}'
const count = (name: string) => `(?<${name}>${countPattern})`
const rate = `(?<rate>${figure})%`
const pattern = (source: string, flags = '') => new RegExp(source, flags)

const hanAmountText = `${figure} ?(?:億元|百萬元|萬元|千元|元)`
const hanAmount = (name: string) => `(?<${name}>${hanAmountText})`

const chinese: Vocabulary = {
  language: 'zh-Hant',
  headTitle: pattern('^總目 ?(?<number>[1-9]\\d{0,2}) ?[-\\u2010-\\u2015\\u2212:] ?(?<title>\\S.*)$'),
  headings: [
    ['report', /^管制人員報告$/],
    ['programmes', /^綱領$/],
    ['detail', /^詳情$/],
    ['aim', /^宗旨$/],
    ['description', /^簡介$/],
    ['targets', /^目標$/],
    ['indicators', /^指標$/],
    ['attention', pattern(`^(?:${yearPattern} ?(?:年度)?)?需要特別留意的事項$`)],
    ['analysis', /^財政撥款分析$/],
    ['explanations', /^財政撥款及人手編制分析$/],
    ['subheads', /^(?:按分目列出的開支|分目開支)$/],
    ['notes', /^按分目列出的開支詳情$/],
    ['commitments', /^承擔額$/],
    ['account', /^(?:非?經營帳目|非?經常開支|機器、設備及工程|資助金)$/],
  ],
  programme: /^綱領 ?\((?<number>\d{1,2})\) ?:? ?(?<name>.{0,300})$/,
  controllingOfficer: /^管制人員 ?:/,
  policyArea:
    /^(?:(?<all>這些|上述|以上)|這個?|本|此)綱領納入政策範圍 ?(?<number>\d{1,2}) ?: ?(?<name>[^()]{1,200})\((?<secretary>.{1,200})\)/,
  coverEstimate: pattern(`^${year('year')} ?(?:年度)?預算$`),
  coverCeiling: /編制上限/,
  coverBalance: /^承擔額結餘$/,
  coverPosts: [
    pattern(
      `由 ?${day('fromDay')} ?(?:止|的)?(?:預算)?設有的? ?${count('from')} ?個(?<kind>非首長級|首長級)職位,?(?<verb>增|減)(?:至|少至|加至) ?${day('toDay')} ?(?:止|的)* ?${count('to')} ?個,?(?:增幅|減幅)為 ?${count('change')} ?個`,
    ),
    pattern(
      `${day('fromDay')} ?[及和] ?${day('toDay')} ?(?:預算)?均?(?:預算)?設有的? ?${count('from')} ?個(?<kind>非首長級|首長級)職位`,
    ),
  ],
  directorate: /^首長級/,
  provisionLabel: /^財政撥款/,
  originalRateStart: /^\(或較/,
  originalRate: pattern(`^\\(或較${year('year')}(?:年度)?(?:的)?(?:原來預算|核准預算)(?<verb>增加|減少)${rate}\\)$`),
  phases: [
    ['original', /原來 ?預算|核准 ?預算/],
    ['revised', /修訂/],
    ['actual', /實際/],
    ['plan', /計劃/],
    ['estimate', /預算/],
  ],
  commitmentColumns: [
    ['approved', /核准 ?承擔額/],
    ['accumulated', /累積 ?開支/],
    ['revised-spending', /修訂 ?預算/],
    ['balance', /結餘/],
  ],
  subheadHeader: /^分目/,
  commitmentHeader: /承擔額/,
  targetHeader: /^目標$/,
  units: [
    ['million', /百萬元/],
    ['thousand', /\$'000|千元/],
    ['hundred-million', /億元/],
    ['ten-thousand', /萬元/],
    ['share', /\(%\)|百分比|百分率/],
    ['dollar', /\(元\)|\(\$\)/],
  ],
  total: /(?:總額|總計|合計|總數)$/,
  grandTotal: /^開支總額$/,
  totalOf: (label) => {
    const name = label.replace(/(?:總額|總計|合計|總數)$/, '').trim()
    return [name, name.replace(/開支$/, '')]
  },
  accounts: [
    ['operating', /^經營帳目$/],
    ['capital', /^非經營帳目$/],
  ],
  groups: [
    ['recurrent', /^經常開支$/],
    ['non-recurrent', /^非經常開支$/],
    ['plant', /^機器、設備及工程$/],
    ['subventions', /^資助金$/],
  ],
  charts: [
    ['provision', /^各?綱領的?撥款分配情況/],
    ['staff', /^各?綱領的?員工人數/],
    ['establishment', /^編制的?變動/],
  ],
  amount: pattern(`(?<number>${figure}) ?(?<unit>億元|百萬元|萬元|千元|元)`, 'g'),
  amountUnits: { 億元: 'hundred-million', 百萬元: 'million', 萬元: 'ten-thousand', 千元: 'thousand', 元: 'dollar' },
  sentences: [
    ['estimate', pattern(`開支預算為 ?${hanAmount('amount')}`, 'g')],
    ['subhead', pattern(`分目 ?(?<code>\\d{3})[^,。]{0,60}?撥款 ?(?:為 ?)?${hanAmount('amount')}`, 'g')],
    [
      'change',
      pattern(
        `較 ?${year('baseYear')} ?年度的?(?<phase>修訂預算|原來預算|核准預算|實際開支)(?:撥款)?(?<verb>增加|減少) ?${hanAmount('amount')} ?(?:\\(${rate}\\))?`,
        'g',
      ),
    ],
    ['all-posts', pattern(`截至 ?${day('day')} ?止?,[^。]{0,80}?有 ?${count('count')} ?個職位`, 'g')],
    ['posts-change', pattern(`淨?(?<verb>增加|減少|刪減) ?${count('count')} ?個職位`, 'g')],
    ['ceiling', pattern(`不能超過 ?${hanAmount('amount')}`, 'g')],
    ['supplement', pattern(`核准承擔額為 ?${hanAmount('before')},現?把?增加 ?${hanAmount('increase')}`, 'g')],
  ],
  decrease: /減/,
  breakdownOf: /分目 ?(?<code>\d{3}).{0,60}分析/,
  joiner: '',
}

/** A full stop behind a number in dollars ends the sentence. */
const dollarAmountText = `\\$${figure}(?: million|m\\b|(?<=\\d))`
const dollarAmount = (name: string) => `(?<${name}>${dollarAmountText})`
const basePhase = '(?<phase>revised estimate|original estimate|approved estimate|actual expenditure)'

const english: Vocabulary = {
  language: 'en',
  headTitle: pattern('^head ?(?<number>[1-9]\\d{0,2}) ?[-\\u2010-\\u2015\\u2212:] ?(?<title>\\S.*)$', 'i'),
  headings: [
    ['report', /^controlling officer's report$/i],
    ['programmes', /^programmes?$/i],
    ['detail', /^details?$/i],
    ['aim', /^aims?$/i],
    ['description', /^brief description$/i],
    ['targets', /^targets?$/i],
    ['indicators', /^indicators?$/i],
    ['attention', pattern(`^matters requiring special attention(?: in ${yearPattern})?$`, 'i')],
    ['analysis', /^analysis of financial provision$/i],
    ['explanations', /^analysis of financial and staffing provision$/i],
    ['subheads', /^expenditure by subhead$/i],
    ['notes', /^details of expenditure by subhead$/i],
    ['commitments', /^commitments?$/i],
    ['account', /^(?:operating account|capital account|(?:non-)?recurrent|plant, equipment and works|subventions)$/i],
  ],
  programme: /^programme ?\((?<number>\d{1,2})\) ?[-:\u2010-\u2015]? ?(?<name>.{0,300})$/i,
  controllingOfficer: /^controlling officer ?:/i,
  policyArea:
    /^(?:(?<all>these programmes contribute)|(?:this|the) programme contributes) to policy area (?<number>\d{1,2}) ?: ?(?<name>[^()]{1,200})\((?<secretary>.{1,200})\)/i,
  coverEstimate: pattern(`^estimate,? ${year('year')}$`, 'i'),
  coverCeiling: /^establishment ceiling/i,
  coverBalance: /^commitment balance$/i,
  coverPosts: [
    pattern(
      `${count('from')} (?<kind>non-directorate|directorate) posts? as at ${day('fromDay')},? (?<verb>rising|increasing|reducing|falling|decreasing) by ${count('change')} posts? to ${count('to')} posts? as at ${day('toDay')}`,
      'i',
    ),
    pattern(
      `${count('from')} (?<kind>non-directorate|directorate) posts? as at ${day('fromDay')} and (?:as at )?${day('toDay')}`,
      'i',
    ),
  ],
  directorate: /^directorate/i,
  provisionLabel: /^financial provision/i,
  originalRateStart: /^\(or ?[-+\u2010-\u2015\u2212\d]/i,
  originalRate: pattern(
    `^\\(or(?<sign>[-+\\u2010-\\u2015\\u2212])${rate}on${year('year')}(?:original|approved)(?:estimate)?\\)$`,
    'i',
  ),
  phases: [
    ['original', /original|approved/i],
    ['revised', /revised/i],
    ['actual', /actual/i],
    ['plan', /plan/i],
    ['estimate', /estimate/i],
  ],
  commitmentColumns: [
    ['accumulated', /accumulated/i],
    ['revised-spending', /revised/i],
    ['balance', /balance/i],
    ['approved', /approved/i],
  ],
  subheadHeader: /^sub-?head/i,
  commitmentHeader: /commitment/i,
  targetHeader: /^target$/i,
  units: [
    ['million', /\$ ?m\b|\$ ?million/i],
    ['thousand', /\$'000/],
    ['share', /\(%\)|per ?cent/i],
    ['dollar', /\(\$\)/],
  ],
  total: /^total\b/i,
  grandTotal: /^total expenditure$/i,
  totalOf: (label) => [label.replace(/^total ?[,:-]? ?/i, '').trim()],
  accounts: [
    ['operating', /^operating account$/i],
    ['capital', /^capital account$/i],
  ],
  groups: [
    ['recurrent', /^recurrent$/i],
    ['non-recurrent', /^non-recurrent$/i],
    ['plant', /^plant, equipment and works$/i],
    ['subventions', /^subventions$/i],
  ],
  charts: [
    ['provision', /^allocation of provision/i],
    ['staff', /^staff by programme/i],
    ['establishment', /^changes in the size of the establishment/i],
  ],
  amount: pattern(`\\$(?<number>${figure})(?<unit> million|m\\b|(?<=\\d))`, 'g'),
  amountUnits: { ' million': 'million', m: 'million', '': 'dollar' },
  sentences: [
    ['estimate', pattern(`amount required in ${yearPattern} [^$]{0,400} is ${dollarAmount('amount')}`, 'gi')],
    ['subhead', pattern(`provision of ${dollarAmount('amount')} under subhead (?<code>\\d{3})`, 'gi')],
    [
      'change',
      pattern(
        `\\bis ${dollarAmount('amount')} ?(?:\\(${rate}\\) )?(?<verb>higher|lower) than the ${basePhase} (?:for|in|of) ${year('baseYear')}`,
        'gi',
      ),
    ],
    [
      'change',
      pattern(
        `(?:(?<verb>increase|decrease|reduction) |\\band )of ${dollarAmount('amount')} ?(?:\\(${rate}\\) )?(?:over|against|from|on) the ${basePhase} (?:for|in|of) ${year('baseYear')}`,
        'gi',
      ),
    ],
    [
      'all-posts',
      pattern(`establishment as at ${day('day')} (?:will be|is|was) ${count('count')} (?:permanent )?posts?`, 'gi'),
    ],
    [
      'posts-change',
      pattern(`\\b(?<verb>increase|decrease|reduction|deletion|creation) of ${count('count')} posts?`, 'gi'),
    ],
    ['ceiling', pattern(`must not exceed ${dollarAmount('amount')}`, 'gi')],
    [
      'supplement',
      pattern(
        `approved commitment for (?:the|this) item is ${dollarAmount('before')}[.;,][^$]{0,80}increase in commitment of ${dollarAmount('increase')}`,
        'gi',
      ),
    ],
  ],
  decrease: /lower|decreas|reduc|fall|delet/i,
  breakdownOf: /analysis .{0,60}subhead (?<code>\d{3})/i,
  joiner: ' ',
}

export const vocabularies: readonly Vocabulary[] = [chinese, english]
