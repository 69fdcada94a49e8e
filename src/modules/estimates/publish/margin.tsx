import type { ComponentChildren } from 'preact'
import { type MarkKind, Note, texts, usePage, writeFigure } from '#platform'
import type { Cell, Identity, Lines, Row } from '../types.ts'
import { markOf, markOrder } from './figure.tsx'
import { type HeadData, indexOf, type LineInitiative } from './head-data.ts'
import { identityAnchor } from './labels.rules.ts'

const words = texts({
  holds: { en: 'Holds, {n} checks', 'zh-Hant': '相符，核對 {n} 項' },
  holdsOne: { en: 'Holds, 1 check', 'zh-Hant': '相符，核對 1 項' },
  derived: { en: '{when} derived', 'zh-Hant': '{when} 由其他數字推算' },
  inferred: { en: '{when} inferred, not proved', 'zh-Hant': '{when} 屬推斷，未能證明' },
  fails: { en: 'Fails, {n} of {all} checks', 'zh-Hant': '不符，核對 {all} 項，{n} 項有誤' },
  explained: { en: 'Differs, and is explained', 'zh-Hant': '有差異，已說明' },
  lost: { en: '{when} lost', 'zh-Hant': '{when} 缺失' },
  unknown: { en: 'Cannot be checked', 'zh-Hant': '無法核對' },
  unspoken: { en: 'Nothing to check it against', 'zh-Hant': '沒有可供核對的數字' },
})

type NoteProps = {
  data: HeadData
  cells: readonly Cell[]
  initiatives?: readonly LineInitiative[]
  children?: ComponentChildren
}

const units = texts({
  none: { en: '{number}', 'zh-Hant': '{number}' },
  title: { en: '{number}', 'zh-Hant': '{number}' },
  failed: { en: '{number}', 'zh-Hant': '{number}' },
  seconds: { en: '{number} s', 'zh-Hant': '{number} 秒' },
  milliseconds: { en: '{number} ms', 'zh-Hant': '{number} 毫秒' },
  dollars: { en: '${number}', 'zh-Hant': '{number} 元' },
})

/** What the margin says at a line: how its numbers check, the systems that it pays for, and their figure now. */
export function CheckNote({ data, cells, initiatives = [], children }: NoteProps) {
  if (cells.length === 0 && initiatives.length === 0 && !children) return null
  const kind: MarkKind | undefined = markOrder.find((each) => cells.some((cell) => markOf(data, cell) === each))
  return (
    <Note {...(kind && { mark: kind, says: <Verdict data={data} cells={cells} kind={kind} /> })}>
      {(children || initiatives.length > 0) && (
        <>
          {children}
          <InitiativeLinks initiatives={initiatives} />
        </>
      )}
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
    return identities.length === 0 ? say(words.unspoken) : undefined
  }
  const verdict = text() ?? say(words.unknown)
  if (!first) return <>{verdict}</>
  return <a href={href(`/estimates/${data.year}/${data.head}/checks#${identityAnchor(first.id)}`)}>{verdict}</a>
}

/**
 * The way from a line to the systems that it pays for, each once, then to the initiative where it has a name of its own,
 * and the first figure that measures it.
 */
function InitiativeLinks({ initiatives }: { initiatives: readonly LineInitiative[] }) {
  const { say, href } = usePage()
  const systems = new Map(
    initiatives.flatMap((initiative) => initiative.systems.map((system) => [system.id, system] as const)),
  )
  const names = [...systems.values()].map(({ name }) => say(name))
  const [only] = initiatives.length === 1 ? initiatives : []
  const figures = new Map(initiatives.flatMap(({ figure }) => (figure ? [[figure.id, figure] as const] : [])))
  return (
    <>
      {[...systems.values()].map((system) => (
        <a key={system.id} class="note__link" href={href(`/systems/${system.id}`)}>
          {say(system.name)}
        </a>
      ))}
      {only && !names.includes(say(only.name)) && (
        <small class="note__link">
          <a href={href(only.path)}>{say(only.name)}</a>
        </small>
      )}
      {[...figures.values()].map((figure) => (
        <LiveFigure key={figure.id} figure={figure} />
      ))}
    </>
  )
}

/** A figure of this installation, now; nothing where there is none yet. */
function LiveFigure({ figure }: { figure: NonNullable<LineInitiative['figure']> }) {
  const { say, href, language } = usePage()
  if (figure.failed || figure.value === null) return null
  const { number, unit } = writeFigure(figure, language)
  const text = unit ? say(units[unit], { number }) : number
  return (
    <span class="note__figure">
      <a href={href(figure.evidence)}>{say(figure.title)}</a>
      <strong>{text}</strong>
    </span>
  )
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
