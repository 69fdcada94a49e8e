import type { ComponentChildren } from 'preact'
import { texts, Unbroken, usePage } from '#platform'

const words = texts({
  printed: { en: 'Printed', 'zh-Hant': '刊印於' },
  row: { en: 'Its row', 'zh-Hant': '所在行' },
  line: { en: '{name}, line {from}', 'zh-Hant': '{name}，第 {from} 行' },
  lines: { en: '{name}, lines {from}–{to}', 'zh-Hant': '{name}，第 {from} 至 {to} 行' },
})

type ProvenanceProps = {
  /** The number as the page writes it. */
  value: ComponentChildren
  /** What is counted, of when, in what unit: names the panel. */
  label: string
  /** Where it was printed, or where its row is, if the number itself is lost. */
  source?: { name: string; from: number; to: number; path?: string; lost?: boolean }
  /** How it checks and what it is made of: marks and equations. */
  children?: ComponentChildren
  id?: string
}

/** A number that opens where it comes from, in place; a `details`, so it needs no script, and may not stand in a `p`. */
export function Provenance({ value, label, source, children, id }: ProvenanceProps) {
  const { say, href } = usePage()
  const lines =
    source &&
    say(source.from === source.to ? words.line : words.lines, { name: source.name, from: source.from, to: source.to })
  return (
    <details class="provenance" id={id}>
      <summary>{value}</summary>
      <div class="provenance__panel">
        <p>
          <strong>
            <Unbroken text={label} />
          </strong>
        </p>
        {source && (
          <dl>
            <dt>{say(source.lost ? words.row : words.printed)}</dt>
            <dd>{source.path ? <a href={href(source.path)}>{lines}</a> : lines}</dd>
          </dl>
        )}
        {children}
      </div>
    </details>
  )
}
