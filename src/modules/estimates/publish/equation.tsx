import { Mark, type MarkKind, texts, Unbroken, usePage } from '#platform'
import type { Cell, Identity } from '../types.ts'
import { Equation, type Result, type Term } from './components/equation.tsx'
import { bare } from './figure.tsx'
import { type HeadData, indexOf } from './head-data.ts'
import { amountText, cellPath, cellText, placeText, subjectText, writeAmount } from './labels.rules.ts'

const words = texts({
  computed: { en: 'as computed', 'zh-Hant': '計算所得' },
  lost: { en: 'lost', 'zh-Hant': '缺失' },
  more: { en: 'and {n} more', 'zh-Hant': '另有 {n} 項' },
  atMost: { en: '{amount}, at most {limit}', 'zh-Hant': '{amount}，不多於 {limit}' },
  printed: { en: 'Printed: “{amount}”', 'zh-Hant': '刊印：「{amount}」' },
  whole: { en: 'A whole number of thousands: {amount}', 'zh-Hant': '為千元的整數：{amount}' },
})

type Props = {
  data: HeadData
  identity: Identity
  title?: string
  /** Says the outcome below the sum. */
  marked?: boolean
  /** For a small panel that names its number: fewer terms, without links, with places where they tell two numbers apart. */
  brief?: boolean
  /** The number that is spoken of: of a long sum, it is shown in any case. */
  focus?: Cell
}

/** So many terms tell what a sum is made of; all of them stand on the page of what they make. */
export const termsMax = 12
const termsOfPanel = 6

/** An identity as a small sum. Values carry their units where two units meet. */
export function IdentityEquation({ data, identity, title, marked = false, brief = false, focus }: Props) {
  const { cell } = indexOf(data)
  const claimed = cell.get(identity.claimed)
  if (!claimed) return null
  const operands = identity.operands.flatMap((operand) => {
    const found = cell.get(operand.cell)
    return found ? [{ cell: found, sign: operand.sign }] : []
  })
  const { outcome, computed, kind } = identity
  if (kind === 'bound' || operands.length === 0)
    return (
      <Statement
        data={data}
        identity={identity}
        claimed={claimed}
        limits={operands.map((each) => each.cell)}
        {...(title !== undefined && { title })}
      />
    )
  const wrong = outcome === 'fails' || outcome === 'explained'
  return (
    <Sum
      data={data}
      claimed={claimed}
      operands={operands}
      rate={kind === 'rate'}
      sign={wrong ? 'differs' : outcome === 'rounding' ? 'near' : 'equals'}
      computed={wrong ? computed : null}
      brief={brief}
      {...(focus && { focus })}
      {...(title !== undefined && { title })}
      {...(marked && { mark: outcome === 'unknown' ? ('unchecked' as const) : outcome })}
    />
  )
}

/** How a lost number follows from printed ones. */
export function DerivationEquation({ data, cell, brief = false }: { data: HeadData; cell: Cell; brief?: boolean }) {
  const { cell: cells, derivation } = indexOf(data)
  const operands = (derivation.get(cell.id)?.terms ?? []).flatMap((term) => {
    const found = cells.get(term.cell)
    return found ? [{ cell: found, sign: term.sign }] : []
  })
  const { status } = cell
  if (operands.length === 0 || (status !== 'derived' && status !== 'inferred')) return null
  return <Sum data={data} claimed={cell} operands={operands} sign="equals" mark={status} brief={brief} />
}

type SumProps = {
  data: HeadData
  claimed: Cell
  operands: readonly { cell: Cell; sign: 1 | -1 }[]
  sign: Result['sign']
  /** What the terms make, where that is not what is claimed. */
  computed?: string | null
  /** The operands are a change and its base. */
  rate?: boolean
  mark?: MarkKind
  title?: string
  brief: boolean
  focus?: Cell
}

function Sum({ operands: all, brief, focus, ...props }: SumProps) {
  const max = brief ? termsOfPanel : termsMax
  const first = all.slice(0, all.length > max + 1 ? max : undefined)
  const own = focus && all.slice(first.length).find(({ cell }) => cell === focus)
  return <ShortSum {...props} brief={brief} operands={own ? [...first, own] : first} count={all.length} />
}

type ShortProps = Omit<SumProps, 'focus'> & { count: number }

function ShortSum(props: ShortProps) {
  const { data, claimed, operands, count, sign, computed = null, rate = false, mark, title, brief } = props
  const { language, say } = usePage()
  const units = new Set([claimed, ...operands.map(({ cell }) => cell)].map(({ unit }) => unit))
  const write = (cell: Cell) =>
    cell.steps === null ? say(words.lost) : units.size > 1 ? writeAmount(cell, language) : bare(cell)
  const about = (cell: Cell) => say(cellText(data, cell))
  // One figure in two places: what it is stands above, and only the places tell them apart.
  const same = operands.every(({ cell }) => about(cell) === about(claimed))
  const places = !brief || same || sign === 'differs'
  const term = (cell: Cell) => ({
    value: write(cell),
    label: (
      <TermLabel
        data={data}
        cell={cell}
        {...(!(brief && same) && { beside: cell === claimed ? operands[0]?.cell : claimed, named: true })}
        placed={places}
      />
    ),
    ...(!brief && { path: cellPath(data, cell.id) }),
  })
  const terms: Term[] = operands.map(({ cell, sign: each }, at) => ({
    ...term(cell),
    ...((at > 0 || each === -1) && { sign: each === 1 ? ('plus' as const) : ('minus' as const) }),
  }))
  // A rate is a change over its base: the base stands twice.
  const base = operands.at(-1)
  if (rate && base?.sign === -1) terms.push({ ...term(base.cell), sign: 'over' })
  // What one number makes by itself is that number.
  const repeats = operands.length === 1 && operands[0]!.sign === 1 && units.size === 1
  const results: Result[] = [
    ...(computed !== null && !repeats
      ? [
          {
            sign: 'equals' as const,
            value: units.size > 1 ? amountText(computed, claimed, language) : computed,
            label: say(words.computed),
          },
        ]
      : []),
    { ...term(claimed), sign },
  ]
  const left = count - operands.length
  return (
    <Equation
      {...(title !== undefined && { title })}
      terms={terms}
      {...(left > 0 && { more: { text: say(words.more, { n: left }), path: cellPath(data, claimed.id) } })}
      results={results}
      {...(mark && { mark })}
    />
  )
}

/** “At most” and “a whole number of thousands” are no sums. */
function Statement({
  data,
  identity,
  claimed,
  limits,
  title,
}: {
  data: HeadData
  identity: Identity
  claimed: Cell
  limits: readonly Cell[]
  title?: string
}) {
  const { say, language } = usePage()
  // What is wrong with how a number is printed is told by the reason beside it.
  const { reason, stated } = identity
  const amount = limits.length === 0 && reason ? (stated ?? '') : writeAmount(claimed, language)
  const form = limits.length > 0 ? words.atMost : reason ? words.printed : words.whole
  const limit = limits.map((each) => writeAmount(each, language)).join(' + ')
  const names = limits.map((each) => say(subjectText(data, each.subject))).join(' + ')
  return (
    <div class="equation">
      {title && (
        <p>
          <strong>
            <Unbroken text={title} />
          </strong>
        </p>
      )}
      <p>{say(form, { amount, limit })}</p>
      {names && <p class="muted">{names}</p>}
      <Mark kind={identity.outcome === 'unknown' ? 'unchecked' : identity.outcome} />
    </div>
  )
}

/** What a term is, as short as the term beside it allows: the same subject needs its period, another only its name. */
function TermLabel(props: { data: HeadData; cell: Cell; beside?: Cell | undefined; named?: boolean; placed: boolean }) {
  const { data, cell, beside, named = false, placed } = props
  const { say } = usePage()
  const place = <Unbroken text={say(placeText(cell))} />
  if (!named) return place
  const text = say(cell.subject === beside?.subject ? cellText(data, cell) : subjectText(data, cell.subject))
  return (
    <>
      <Unbroken text={text} />
      {placed && <small class="muted"> · {place}</small>}
    </>
  )
}
