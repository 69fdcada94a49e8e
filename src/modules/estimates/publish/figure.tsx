import { Mark, type MarkKind, simplify, type Text, texts, usePage } from '#platform'
import { formatPercent, formatSteps } from '../check/amounts.ts'
import type { Cell, Identity } from '../types.ts'
import { Provenance } from './components/provenance.tsx'
import { DerivationEquation, IdentityEquation } from './equation.tsx'
import { type HeadData, indexOf } from './head-data.ts'
import { cellPath, cellText, nameOf, withMinus, writeAmount } from './labels.rules.ts'

const words = texts({
  all: { en: 'All about this number', 'zh-Hant': '這個數字的詳情' },
  within: { en: 'Takes part in {n} identities', 'zh-Hant': '參與 {n} 條等式' },
  one: { en: 'Takes part in 1 identity', 'zh-Hant': '參與 1 條等式' },
  none: { en: 'No identity speaks of it', 'zh-Hant': '沒有等式涉及這個數字' },
  lost: { en: 'lost', 'zh-Hant': '缺失' },
})

const statusWords = texts({
  printed: { en: 'printed', 'zh-Hant': '刊印' },
  derived: { en: 'derived', 'zh-Hant': '推算得出' },
  inferred: { en: 'inferred', 'zh-Hant': '推斷' },
  ambiguous: { en: 'ambiguous', 'zh-Hant': '未能確定' },
  missing: { en: 'missing', 'zh-Hant': '缺失' },
} satisfies Record<Cell['status'], Text>)

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
  const translated = data.names[subject] !== undefined || name.en !== name['zh-Hant']
  return translated ? say(name) : <Prose data={data} text={name['zh-Hant']} />
}

/** A number as a table writes it: without its unit, which the table's head says. */
export function bare(cell: Cell): string {
  if (cell.steps === null) return '?'
  if (cell.nil) return '—'
  return cell.unit === 'rate'
    ? formatPercent(cell.steps, cell.decimals)
    : withMinus(formatSteps(cell.steps, cell.decimals))
}

/** Marks from the one that a reader must see first. */
// biome-ignore format: one line
export const markOrder: readonly MarkKind[] = ['fails', 'explained', 'ambiguous', 'missing', 'inferred', 'derived', 'unchecked', 'rounding', 'holds']

/** The mark of a number: what became of it, else the worst that an identity with it says. */
export function markOf(data: HeadData, cell: Cell): MarkKind {
  const { identitiesOf } = indexOf(data)
  const outcomes = new Set((identitiesOf.get(cell.id) ?? []).map(({ outcome }) => outcome))
  if (outcomes.has('fails')) return 'fails'
  if (cell.status !== 'printed') return cell.status
  return (['explained', 'rounding', 'holds'] as const).find((outcome) => outcomes.has(outcome)) ?? 'unchecked'
}

/** A number that opens where it comes from and how it checks. `unit` writes it with its unit, as outside a table. */
export function Figure({ data, cell, unit = false }: { data: HeadData; cell: Cell; unit?: boolean }) {
  const { say, href, language } = usePage()
  const identities = indexOf(data).identitiesOf.get(cell.id) ?? []
  const shown = cell.steps === null ? say(words.lost) : unit ? writeAmount(cell, language) : bare(cell)
  const value = (
    <>
      {shown}
      {cell.marks.map((mark) => (
        <sup key={mark}>{mark}</sup>
      ))}
      {cell.status !== 'printed' && <span class="visually-hidden"> ({say(statusWords[cell.status])})</span>}
    </>
  )
  // Nothing opens on paper.
  if (data.onPaper) return value
  const telling = tellingIdentity(cell, identities)
  const count = identities.length
  return (
    <Provenance
      value={value}
      label={say(cellText(data, cell))}
      source={{ name: data.source.name, ...cell.lines, lost: cell.status !== 'printed' }}
    >
      <Evidence data={data} cell={cell} identity={telling} />
      <p>
        {say(count === 0 ? words.none : count === 1 ? words.one : words.within, { n: count })}
        {' · '}
        <a href={href(cellPath(data, cell.id))}>{say(words.all)}</a>
      </p>
    </Provenance>
  )
}

/** In a small panel: how a lost number follows from others, else the identity that tells most, else that none does. */
function Evidence({ data, cell, identity }: { data: HeadData; cell: Cell; identity: Identity | undefined }) {
  if (indexOf(data).derivation.has(cell.id)) return <DerivationEquation data={data} cell={cell} brief />
  if (identity) return <IdentityEquation data={data} identity={identity} focus={cell} brief marked />
  return (
    <p>
      <Mark kind={markOf(data, cell)} />
    </p>
  )
}

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
