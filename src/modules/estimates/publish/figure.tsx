import { Equation, Mark, type MarkKind, Note, Provenance, type Result, say as sayText, simplify, type Term, type Text, texts, usePage, writeFigure } from '#platform'
import type { ComponentChildren } from 'preact'
import { formatAmount, formatPercent, formatSteps } from '../check/amounts.ts'
import type { Cell, Identity, Lines, Row } from '../types.ts'
import { type HeadData, indexOf, type LineInitiative } from './head-data.ts'
import { cellPath, cellText, identityAnchor, linesText, nameOf, placeText, subjectText } from './labels.rules.ts'

const words = texts({
  all: { en: 'All about this number', 'zh-Hant': '這個數字的詳情' },
  within: { en: 'Takes part in {n} identities', 'zh-Hant': '參與 {n} 條等式' },
  one: { en: 'Takes part in 1 identity', 'zh-Hant': '參與 1 條等式' },
  none: { en: 'No identity speaks of it', 'zh-Hant': '沒有等式涉及這個數字' },
  holds: { en: 'Holds, {n} checks', 'zh-Hant': '相符，核對 {n} 項' },
  holdsOne: { en: 'Holds, 1 check', 'zh-Hant': '相符，核對 1 項' },
  derived: { en: '{when} derived', 'zh-Hant': '{when} 由其他數字推算' },
  inferred: { en: '{when} inferred, not proved', 'zh-Hant': '{when} 屬推斷，未能證明' },
  fails: { en: 'Fails', 'zh-Hant': '不符' },
  failsOf: { en: 'Fails, {n} of {all}', 'zh-Hant': '不符，{all} 項中有 {n} 項' },
  computed: { en: 'as computed', 'zh-Hant': '計算所得' },
  lost: { en: 'lost', 'zh-Hant': '缺失' },
  atMost: { en: 'at most {limit}', 'zh-Hant': '不多於 {limit}' },
})

/** Text of the document in the page's language as far as it can be: Chinese is simplified, else it keeps its own `lang`. */
export function Prose({ data, text }: { data: Pick<HeadData, 'document'>; text: string }) {
  const { language } = usePage()
  const own = data.document.language
  if (language === own) return <>{text}</>
  if (language === 'zh-Hans' && own === 'zh-Hant') return <>{simplify(text)}</>
  return <span lang={own}>{text}</span>
}

/** The name of a subject; one that only the document knows keeps its language. */
export function Name({ data, subject, text }: { data: HeadData; subject: string; text?: Text }) {
  const { say } = usePage()
  const name = text ?? nameOf(data, subject)
  return data.names[subject] ? <>{say(name)}</> : <Prose data={data} text={name['zh-Hant']} />
}

/** A number as a table writes it: without its unit, which the table's head says. */
export function bare(cell: Cell): string {
  if (cell.steps === null) return '?'
  if (cell.nil) return '—'
  return cell.unit === 'rate' ? formatPercent(cell.steps, cell.decimals) : formatSteps(cell.steps, cell.decimals)
}

const rank: readonly MarkKind[] = ['fails', 'explained', 'ambiguous', 'missing', 'inferred', 'derived', 'unchecked', 'rounding', 'holds']

/** The mark of a number: what became of it, else the worst that an identity which claims it says. */
export function markOf(data: HeadData, cell: Cell): MarkKind {
  const { identitiesOf } = indexOf(data)
  const outcomes = (identitiesOf.get(cell.id) ?? []).map(({ outcome }) => (outcome === 'unknown' ? 'unchecked' : outcome))
  if (outcomes.includes('fails')) return 'fails'
  if (cell.status !== 'printed') return cell.status
  const known = outcomes.filter((outcome) => outcome !== 'unchecked')
  return rank.find((kind) => (known as MarkKind[]).includes(kind)) ?? 'unchecked'
}

/** A number that opens where it comes from and how it checks. `unit` writes it with its unit, as outside a table. */
export function Figure({ data, cell, unit = false, children }: { data: HeadData; cell: Cell; unit?: boolean; children?: ComponentChildren }) {
  const { say, href, language } = usePage()
  const identities = indexOf(data).identitiesOf.get(cell.id) ?? []
  const shown = cell.steps === null ? say(words.lost) : unit ? formatAmount(cell, language) : bare(cell)
  const best = tellingIdentity(cell, identities)
  const count = identities.length
  return (
    <Provenance
      value={
        <>
          {shown}
          {cell.marks.map((mark) => (
            <sup key={mark}>{mark}</sup>
          ))}
          {cell.status !== 'printed' && <span class="visually-hidden"> ({say(wordOf(cell))})</span>}
        </>
      }
      label={say(cellText(data, cell))}
      source={{ name: data.source.name, ...cell.lines }}
    >
      {children}
      <p>
        <Mark kind={markOf(data, cell)} />
      </p>
      {best && <IdentityEquation data={data} identity={best} />}
      <p>
        {say(count === 0 ? words.none : count === 1 ? words.one : words.within, { n: count })}
        {' · '}
        <a href={href(cellPath(data, cell.id))}>{say(words.all)}</a>
      </p>
    </Provenance>
  )
}

const statusWords = texts({
  printed: { en: 'printed', 'zh-Hant': '刊印' },
  derived: { en: 'derived', 'zh-Hant': '推算得出' },
  inferred: { en: 'inferred', 'zh-Hant': '推斷' },
  ambiguous: { en: 'ambiguous', 'zh-Hant': '未能確定' },
  missing: { en: 'missing', 'zh-Hant': '缺失' },
})
const wordOf = ({ status }: Cell): Text => statusWords[status]

/** The identity that tells most about a number: one that fails, else one from which it was derived, else what it sums. */
function tellingIdentity(cell: Cell, identities: readonly Identity[]): Identity | undefined {
  return (
    identities.find(({ outcome }) => outcome === 'fails') ??
    identities.find(({ id }) => cell.because.includes(id)) ??
    identities.find(({ claimed, outcome }) => claimed === cell.id && outcome !== 'unknown') ??
    identities.find(({ outcome }) => outcome !== 'unknown') ??
    identities[0]
  )
}

/** An identity as a small sum. Values carry their units where two units meet. */
export function IdentityEquation({ data, identity, title, marked = false }: { data: HeadData; identity: Identity; title?: string; marked?: boolean }) {
  const { language, say } = usePage()
  const { cell } = indexOf(data)
  const claimed = cell.get(identity.claimed)
  const operands = identity.operands.flatMap((operand) => {
    const found = cell.get(operand.cell)
    return found ? [{ cell: found, sign: operand.sign }] : []
  })
  if (!claimed) return null
  const mixed = new Set([claimed, ...operands.map((operand) => operand.cell)].map(({ unit }) => unit)).size > 1
  const write = (each: Cell) => (each.steps === null ? say(words.lost) : mixed ? formatAmount(each, language) : bare(each))
  const term = (each: Cell) => ({ value: write(each), label: <CellLabel data={data} cell={each} against={claimed} />, path: cellPath(data, each.id) })
  const terms: Term[] = operands.map(({ cell: each, sign }, at) => ({
    ...term(each),
    ...(at === 0 && sign === 1 ? {} : { sign: sign === 1 ? ('plus' as const) : ('minus' as const) }),
  }))
  // A rate is a change over its base: the base stands twice.
  const base = operands.at(-1)
  if (identity.kind === 'rate' && base?.sign === -1) terms.push({ ...term(base.cell), sign: 'over' })
  const results: Result[] = []
  const { outcome, computed } = identity
  const wrong = outcome === 'fails' || outcome === 'explained'
  if (wrong && computed !== null) results.push({ sign: 'equals', value: computed, label: say(words.computed) })
  const sign = wrong ? 'differs' : outcome === 'rounding' ? 'near' : 'equals'
  if (identity.kind === 'bound') terms.unshift({ ...term(claimed) })
  else results.push({ ...term(claimed), sign })
  if (identity.kind === 'bound') return <BoundLine data={data} identity={identity} claimed={claimed} limits={operands.map((each) => each.cell)} />
  return (
    <Equation
      {...(title !== undefined && { title })}
      terms={terms}
      results={results}
      {...(marked && { mark: outcome === 'unknown' ? ('unchecked' as const) : outcome })}
    />
  )
}

/** “At most” is no sum: one number, and the limit that it stays under. */
function BoundLine({ data, identity, claimed, limits }: { data: HeadData; identity: Identity; claimed: Cell; limits: Cell[] }) {
  const { say, language } = usePage()
  const limit = identity.computed ?? limits.map((each) => formatAmount(each, language)).join(' + ')
  return (
    <p>
      {say(subjectText(data, claimed.subject))} <span class="number">{formatAmount(claimed, language)}</span>, {say(words.atMost, { limit })}
      {identity.outcome !== 'fails' && ' '}
      <Mark kind={identity.outcome === 'unknown' ? 'unchecked' : identity.outcome} />
    </p>
  )
}

/** What a term is, as short as the other terms allow: the subject where it differs, the period where that does. */
function CellLabel({ data, cell, against }: { data: HeadData; cell: Cell; against: Cell }) {
  const { say } = usePage()
  return (
    <>
      {say(cell.subject === against.subject && cell.id !== against.id ? cellText(data, cell) : subjectText(data, cell.subject))}{' '}
      <small class="muted">{say(placeText(cell))}</small>
    </>
  )
}

/** What the margin says at a line with these numbers; nothing where there are none. */
export function CheckNote({ data, cells, initiatives = [], children }: { data: HeadData; cells: readonly Cell[]; initiatives?: readonly LineInitiative[]; children?: ComponentChildren }) {
  const { say } = usePage()
  if (cells.length === 0 && initiatives.length === 0 && !children) return null
  const { identitiesOf } = indexOf(data)
  const identities = [...new Set(cells.flatMap(({ id }) => identitiesOf.get(id) ?? []))]
  const of = (...outcomes: Identity['outcome'][]) => identities.filter(({ outcome }) => outcomes.includes(outcome))
  const failing = of('fails')
  const recovered = cells.find(({ status }) => status !== 'printed')
  const held = of('holds', 'rounding').length
  const kind = cells.length === 0 ? undefined : (rank.find((each) => cells.some((cell) => markOf(data, cell) === each)) ?? 'unchecked')
  const says = () => {
    if (failing.length > 0) return <ChecksLink data={data} identity={failing[0]!}>{say(words.failsOf, { n: failing.length, all: failing.length + held })}</ChecksLink>
    if (recovered && (recovered.status === 'derived' || recovered.status === 'inferred'))
      return <ChecksLink data={data} identity={identities[0]}>{say(words[recovered.status], { when: recovered.period.when })}</ChecksLink>
    if (held > 0) return <ChecksLink data={data} identity={identities[0]}>{say(held === 1 ? words.holdsOne : words.holds, { n: held })}</ChecksLink>
    return undefined
  }
  return (
    <Note {...(kind && { mark: kind, says: says() })}>
      {children}
      {initiatives.map((initiative) => (
        <InitiativeNote key={initiative.id} initiative={initiative} />
      ))}
    </Note>
  )
}

function ChecksLink({ data, identity, children }: { data: HeadData; identity: Identity | undefined; children: ComponentChildren }) {
  const { href } = usePage()
  if (!identity) return <>{children}</>
  return <a href={href(`/estimates/${data.year}/${data.head}/checks#${identityAnchor(identity.id)}`)}>{children}</a>
}

/** The way from a line to the system that it pays for, with its figure now. */
function InitiativeNote({ initiative: { systems, name, path, figure } }: { initiative: LineInitiative }) {
  const { say, href, language } = usePage()
  const number = figure && writeFigure(figure, language).number
  return (
    <>
      {systems.length === 0 && <a href={href(path)}>{say(name)}</a>}
      {systems.map((system) => (
        <span key={system.id} class="note__system">
          <a href={href(`/systems/${system.id}`)}>{say(system.name)}</a>
        </span>
      ))}
      {figure && !figure.failed && figure.value !== null && (
        <span class="note__figure">
          <a href={href(figure.evidence)}>{say(figure.title)}</a> <strong>{number}</strong>
        </span>
      )}
    </>
  )
}

/** Initiatives that the lines of a passage or a row speak of. */
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

/** `line 29` of the source, for where a reader may want to look. */
export const LinesOf = ({ lines }: { lines: Lines }) => {
  const { language } = usePage()
  return <>{sayText(linesText(lines), language)}</>
}
