import { type ChartData, type Language, say, type Text, texts } from '#platform'
import { changeSentence, formatPercent, formatSteps, fromDollars, rateOf, toDollars } from '../check/amounts.ts'
import type { Cell, Period } from '../types.ts'
import { type HeadData, indexOf } from './head-data.ts'
import { nameOf, periodText, whenText, withMinus } from './labels.rules.ts'

const words = texts({
  share: {
    en: 'Programme ({number}) takes {share} of the provision for {year}',
    'zh-Hant': '綱領({number})佔 {year} 年度撥款的 {share}',
  },
  provision: {
    en: 'Provision by programme, {year} (Estimate), $ million',
    'zh-Hant': '各綱領的撥款，{year} 年度預算，百萬元',
  },
  change: {
    en: 'From the original estimate {before} to the estimate {year}: {sentence}',
    'zh-Hant': '由 {before} 年度原來預算至 {year} 年度預算，{sentence}',
  },
  changeSub: { en: 'Change of provision by programme, $ million', 'zh-Hant': '各綱領撥款的增減，百萬元' },
  posts: {
    en: 'Non-directorate posts: {from} on {before}, {to} on {after}',
    'zh-Hant': '非首長級職位由 {before} 的 {from} 個，變為 {after} 的 {to} 個',
  },
  postsSub: { en: 'Net change of posts by programme', 'zh-Hant': '各綱領職位的淨增減' },
  programme: { en: '({number}) {name}', 'zh-Hant': '({number}) {name}' },
  programmes: { en: 'Programme', 'zh-Hant': '綱領' },
})

export const chartKinds = ['provision', 'change', 'establishment'] as const
export type ChartKind = (typeof chartKinds)[number]

/** A chart of a Head with the words around it, or undefined where its numbers are not in the source. */
export type HeadChart = { kind: ChartKind; chart: ChartData; title: string; subtitle: string; corner: string }

export function chartOf(data: HeadData, kind: ChartKind, language: Language): HeadChart | undefined {
  return { provision, change, establishment }[kind](data, language)
}

const amountOf = ({ steps, decimals }: Cell) => (steps ?? 0) / 10 ** decimals
const writeWith = (decimals: number) => (value: number) =>
  withMinus(formatSteps(Math.round(value * 10 ** decimals), decimals))

/** A programme's numbers of the analysis, with the Head's as `total`. */
function analysisOf(data: HeadData) {
  const table = data.document.tables.find(({ place }) => place === 'analysis')
  if (!table) return undefined
  const { cell } = indexOf(data)
  const column = (phase: Period['phase']) => table.columns.findIndex(({ period }) => period.phase === phase)
  const read = (phase: Period['phase']) =>
    table.rows.map(({ subject, cells, role }) => ({ subject, role, cell: cell.get(cells[column(phase)] ?? '') }))
  return {
    read,
    year: table.columns[column('estimate')]?.period.when,
    before: table.columns[column('original')]?.period.when,
  }
}

const known = <Row extends { cell: Cell | undefined }>(row: Row): row is Row & { cell: Cell & { steps: number } } =>
  row.cell !== undefined && row.cell.steps !== null

const nameIn = (data: HeadData, subject: string, language: Language) =>
  say(words.programme, language, { number: subject.split(':')[1] ?? '', name: say(nameOf(data, subject), language) })

function provision(data: HeadData, language: Language): HeadChart | undefined {
  const analysis = analysisOf(data)
  const rows = analysis?.read('estimate') ?? []
  const parts = rows.filter(({ role }) => role === 'line').filter(known)
  const total = rows.filter(({ role }) => role === 'total').filter(known)[0]
  if (parts.length < 2 || !total || !analysis?.year) return undefined
  const largest = parts.reduce((one, other) => (amountOf(other.cell) > amountOf(one.cell) ? other : one))
  const share = rateOf(toDollars(largest.cell), toDollars(total.cell), 1) ?? 0n
  const values = {
    number: largest.subject.split(':')[1] ?? '',
    share: formatPercent(share, 1, 'unsigned'),
    year: analysis.year,
  }
  return {
    kind: 'provision',
    title: say(words.share, language, values),
    subtitle: say(words.provision, language, { year: analysis.year }),
    corner: say(words.programmes, language),
    chart: {
      kind: 'bars',
      labels: parts.map(({ subject }) => nameIn(data, subject, language)),
      series: [{ name: say(periodText(total.cell.period), language), values: parts.map(({ cell }) => amountOf(cell)) }],
      write: writeWith(total.cell.decimals),
    },
  }
}

function change(data: HeadData, language: Language): HeadChart | undefined {
  const analysis = analysisOf(data)
  const originals = (analysis?.read('original') ?? []).filter(known)
  const estimates = (analysis?.read('estimate') ?? []).filter(known)
  const [from, to] = [originals, estimates].map((rows) => rows.find(({ role }) => role === 'total')?.cell)
  const parts = originals.filter(({ role }) => role === 'line')
  if (!analysis?.year || !analysis.before || !from || !to || parts.length < 2) return undefined
  const changeOf = (subject: string, original: Cell) => {
    const estimate = estimates.find((each) => each.subject === subject)?.cell
    // In whole steps, so that no fraction of a float shows.
    const dollars = estimate ? toDollars(estimate) - toDollars(original) : 0n
    return Number(fromDollars(dollars, from)) / 10 ** from.decimals
  }
  const sentence = changeSentence({ from, to }, language)
  return {
    kind: 'change',
    title: say(words.change, language, { before: analysis.before, year: analysis.year, sentence }),
    subtitle: say(words.changeSub, language),
    corner: say(words.programmes, language),
    chart: {
      kind: 'waterfall',
      labels: [
        say(periodText(from.period), language),
        ...parts.map(({ subject }) => nameIn(data, subject, language)),
        say(periodText(to.period), language),
      ],
      series: [
        {
          name: say(words.changeSub, language),
          values: [amountOf(from), ...parts.map(({ subject, cell }) => changeOf(subject, cell)), amountOf(to)],
        },
      ],
      write: writeWith(from.decimals),
    },
  }
}

function establishment(data: HeadData, language: Language): HeadChart | undefined {
  const posts = data.document.cells
    .filter(
      ({ place, subject, measure, steps }) =>
        place === 'cover' && subject === 'head' && measure === 'posts' && steps !== null,
    )
    .sort((one, other) => (one.period.when < other.period.when ? -1 : 1))
  const [from, to] = [posts[0], posts.at(-1)]
  if (!from || !to || from === to) return undefined
  const parts = data.document.programmes.flatMap(({ number }) => {
    const subject = `programme:${number}`
    const cell = data.document.cells.find(
      (each) =>
        each.subject === subject &&
        (each.measure === 'posts-change' || each.measure === 'all-posts-change') &&
        each.steps !== null,
    )
    return cell ? [{ subject, cell }] : []
  })
  const days = [from, to].map(({ period }) => say(whenText(period.when), language)) as [string, string]
  const values = { from: amountOf(from), to: amountOf(to), before: days[0], after: days[1] }
  return {
    kind: 'establishment',
    title: say(words.posts, language, values),
    subtitle: say(words.postsSub, language),
    corner: say(words.programmes, language),
    chart: {
      kind: 'waterfall',
      labels: [days[0], ...parts.map(({ subject }) => nameIn(data, subject, language)), days[1]],
      series: [
        {
          name: formatName(language),
          values: [amountOf(from), ...parts.map(({ cell }) => amountOf(cell)), amountOf(to)],
        },
      ],
      write: writeWith(0),
    },
  }
}

const seriesName: Text = { en: 'Non-directorate posts', 'zh-Hant': '非首長級職位' }
const formatName = (language: Language) => say(seriesName, language)
