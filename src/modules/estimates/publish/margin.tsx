import type { ComponentChildren } from 'preact'
import { type MarkKind, texts, usePage, writeFigure } from '#platform'
import type { Cell, Identity, Lines, Row } from '../types.ts'
import { Note, type NoteLinks } from './components/document.tsx'
import { markOf, markOrder } from './figure.tsx'
import { type HeadData, indexOf, type LineInitiative } from './head-data.ts'
import { identityPath } from './ledger.rules.ts'

const words = texts({
  holds: { en: 'Holds, {n} checks', 'zh-Hant': '相符：核對 {n} 項' },
  holdsOne: { en: 'Holds, 1 check', 'zh-Hant': '相符：核對 1 項' },
  derived: { en: '{when} derived', 'zh-Hant': '{when} 由其他數字推算' },
  inferred: { en: '{when} inferred, not proved', 'zh-Hant': '{when} 屬推斷，未能證明' },
  fails: { en: 'Fails, {n} of {all} checks', 'zh-Hant': '不符：核對 {all} 項，{n} 項有誤' },
  explained: { en: 'Differs, and is explained', 'zh-Hant': '有差異，已解釋' },
  lost: { en: '{when} lost', 'zh-Hant': '{when} 缺失' },
  unknown: { en: 'Cannot be checked', 'zh-Hant': '無法核對' },
  alone: { en: 'Nothing to check it against', 'zh-Hant': '文件內沒有數字可供核對' },
  noneRuns: { en: 'none runs yet', 'zh-Hant': '均尚未運行' },
  runs: { en: 'running', 'zh-Hant': '運行中' },
  waits: { en: 'not running yet', 'zh-Hant': '尚未運行' },
  initiative: { en: 'For', 'zh-Hant': '計劃項目' },
  more: { en: '{n} more', 'zh-Hant': '另外 {n} 個' },
})

/** How a line stands to a system: money pays for it, a target or indicator measures it, a sentence speaks of it. */
const relations = texts({
  pays: { en: 'Pays for', 'zh-Hant': '用於' },
  measures: { en: 'Measures', 'zh-Hant': '量度' },
  serves: { en: 'System', 'zh-Hant': '系統' },
  servesMany: { en: 'Systems', 'zh-Hant': '系統' },
})
export type Relation = Exclude<keyof typeof relations, 'servesMany'>
const systemsMax = 3

type NoteProps = {
  data: HeadData
  cells: readonly Cell[]
  initiatives?: readonly LineInitiative[]
  relation?: Relation
  children?: ComponentChildren
}

const units = texts({
  seconds: { en: '{number} s', 'zh-Hant': '{number} 秒' },
  milliseconds: { en: '{number} ms', 'zh-Hant': '{number} 毫秒' },
  // In English the sign stands in the number already.
  dollars: { en: '{number}', 'zh-Hant': '{number} 元' },
  millions: { en: '{number} million', 'zh-Hant': '{number} 百萬元' },
  hundredMillions: { en: '{number} hundred million', 'zh-Hant': '{number} 億元' },
})

const isUnit = (unit: string): unit is keyof typeof units => unit in units

/** What the margin says at a line: how its numbers check, the systems that it pays for, and one figure of theirs now. */
export function CheckNote({ data, cells, initiatives = [], relation = 'serves', children }: NoteProps) {
  const page = usePage()
  if (cells.length === 0 && initiatives.length === 0 && !children) return null
  const kind: MarkKind | undefined = markOrder.find((each) => cells.some((cell) => markOf(data, cell) === each))
  const figure = liveFigure(initiatives, page)
  return (
    <Note
      {...(kind && { mark: kind, says: <Verdict data={data} cells={cells} kind={kind} /> })}
      systems={linksOf(data, initiatives, relation, page)}
      {...(figure && { figure })}
    >
      {children}
    </Note>
  )
}

/** The outcome in words, leading to the identities behind it. */
function Verdict({ data, cells, kind }: { data: HeadData; cells: readonly Cell[]; kind: MarkKind }) {
  const { say, href } = usePage()
  const { identitiesOf } = indexOf(data)
  const identities = [...new Set(cells.flatMap(({ id }) => identitiesOf.get(id) ?? []))]
  const of = (...outcomes: Identity['outcome'][]) => identities.filter(({ outcome }) => outcomes.includes(outcome))
  const [failing, held] = [of('fails'), of('holds', 'rounding')]
  const recovered = cells.find(({ status }) => status === kind)
  const first =
    failing[0] ??
    (recovered ? identities.find(({ id }) => recovered.because.includes(id)) : of('explained')[0]) ??
    held[0] ??
    identities[0]
  const text = () => {
    if (kind === 'fails') return say(words.fails, { n: failing.length, all: failing.length + held.length })
    if (kind === 'derived' || kind === 'inferred') return say(words[kind], { when: recovered?.period.when ?? '' })
    if (kind === 'explained') return say(words.explained)
    if (kind === 'holds' || kind === 'rounding')
      return say(held.length === 1 ? words.holdsOne : words.holds, { n: held.length })
    if (recovered && recovered.status !== 'printed') return say(words.lost, { when: recovered.period.when })
    return undefined
  }
  const verdict = text() ?? say(first ? words.unknown : words.alone)
  if (!first) return <>{verdict}</>
  return <a href={href(identityPath(data, first.id))}>{verdict}</a>
}

type Page = ReturnType<typeof usePage>

/**
 * The way from a line to its systems, each once, and below them to the initiative of a sentence where that has a name of
 * its own. More than a few systems are left to the page of the initiative.
 */
function linksOf(
  data: HeadData,
  initiatives: readonly LineInitiative[],
  relation: Relation,
  { say }: Page,
): NoteLinks[] {
  const systems = [
    ...new Map(initiatives.flatMap((each) => each.systems.map((system) => [system.id, system]))).values(),
  ]
  if (systems.length === 0) return []
  const [only] = initiatives.length === 1 ? initiatives : []
  const shown = systems.slice(0, only ? systemsMax : undefined)
  const noneRuns = shown.length > 1 && shown.every(({ running }) => !running)
  const links: NoteLinks['links'] = shown.map(({ id, name, running }, at) => {
    const state = noneRuns ? at === shown.length - 1 && words.noneRuns : running ? words.runs : words.waits
    return { text: say(name), path: `/systems/${id}`, ...(state && { state: say(state) }) }
  })
  const left = systems.length - shown.length
  const more = only && left > 0 ? [{ text: say(words.more, { n: left }), path: only.path }] : []
  const label = say(relations[relation === 'serves' && systems.length > 1 ? 'servesMany' : relation])
  const lines = [{ label, links: [...links, ...more] }]
  // Without the text of the document the sentence itself is the initiative's name.
  const named = relation !== 'serves' || data.source.kind !== 'pack'
  if (only && named && more.length === 0 && !systems.some(({ name }) => sameName(say(name), say(only.name))))
    lines.push({ label: say(words.initiative), links: [{ text: say(only.name), path: only.path }] })
  return lines
}

/** Whether two names say the same in other words: more than a third of their pairs of letters are in both. */
function sameName(one: string, other: string): boolean {
  const pairsOf = (name: string) => {
    const letters = name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
    return new Set([...letters].slice(1).map((letter, at) => letters[at]! + letter))
  }
  const [some, others] = [pairsOf(one), pairsOf(other)]
  return one === other || (3 * 2 * some.intersection(others).size) / (some.size + others.size) > 1
}

/** The first figure that these initiatives are measured by and that is known; nothing where there is none yet. */
function liveFigure(initiatives: readonly LineInitiative[], { say, language }: Page) {
  const figure = initiatives.flatMap((each) => each.figure ?? []).find(({ failed, value }) => !failed && value !== null)
  if (!figure) return undefined
  const { number, unit } = writeFigure(figure, language)
  const value = unit && isUnit(unit) ? say(units[unit], { number }) : number
  return { label: say(figure.title), value, path: figure.evidence }
}

/** Initiatives that the lines of a passage speak of. */
export const initiativesAt = (data: HeadData, { from, to }: Lines): LineInitiative[] =>
  data.initiatives.filter(({ lines }) => lines.some((line) => from <= line && line <= to))

/** Initiatives that a row names: a commitment, a target or indicator, or its printed line. */
export function initiativesOfRow(data: HeadData, row: Row): LineInitiative[] {
  const item = /^commitment:(\d+)$/.exec(row.subject)?.[1]
  return data.initiatives.filter(
    ({ item: own, indicators, lines }) =>
      (item !== undefined && own === item) ||
      indicators.includes(row.subject) ||
      (row.role === 'line' && lines.some((line) => row.lines.from <= line && line <= row.lines.to)),
  )
}
