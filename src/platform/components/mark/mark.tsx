import type { ComponentChildren } from 'preact'
import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'

const words = texts({
  holds: { en: 'Holds', 'zh-Hant': '相符' },
  rounding: { en: 'Holds within rounding', 'zh-Hant': '四捨五入後相符' },
  derived: { en: 'Derived', 'zh-Hant': '推算得出' },
  inferred: { en: 'Inferred, not proved', 'zh-Hant': '推斷，未能證明' },
  fails: { en: 'Fails', 'zh-Hant': '不符' },
  explained: { en: 'Differs, explained', 'zh-Hant': '有差異，已解釋' },
  unchecked: { en: 'Cannot be checked', 'zh-Hant': '無法核對' },
  ambiguous: { en: 'Ambiguous', 'zh-Hant': '未能確定' },
  missing: { en: 'Missing', 'zh-Hant': '缺失' },
})

export type MarkKind = keyof typeof words
export const markKinds = Object.keys(words) as MarkKind[]

// Shape and word tell the state; colour only repeats it. Drawn, as the font would fetch four pieces for four signs.
const disc = <circle cx="5" cy="5" r="4.6" fill="currentColor" />
const diamond = 'M5 0L10 5L5 10L0 5Z'
const triangle = 'M5 0.4L10 9.4H0Z'
const ring = <circle cx="5" cy="5" r="4" fill="none" stroke="currentColor" stroke-width="1.4" />
// biome-ignore format: matrix
const shapes = {
  holds:     { tone: 'holds',     shape: disc },
  rounding:  { tone: 'holds',     shape: disc },
  derived:   { tone: 'derived',   shape: <path d={diamond} fill="currentColor" /> },
  inferred:  { tone: 'derived',   shape: <path d="M5 1L9 5L5 9L1 5Z" fill="none" stroke="currentColor" stroke-width="1.4" /> },
  fails:     { tone: 'fails',     shape: <path d={triangle} fill="currentColor" /> },
  explained: { tone: 'derived',   shape: <path d="M5 1.8L8.8 8.7H1.2Z" fill="none" stroke="currentColor" stroke-width="1.4" /> },
  unchecked: { tone: 'unchecked', shape: ring },
  ambiguous: { tone: 'unchecked', shape: ring },
  missing:   { tone: 'unchecked', shape: ring },
} as const

export const MarkShape = ({ kind }: { kind: MarkKind }) => (
  <svg viewBox="0 0 10 10" aria-hidden="true" focusable="false">
    {shapes[kind].shape}
  </svg>
)

/** What the checker says of a line. `children` replaces the word; it must then say the state in words itself. */
export function Mark({ kind, children }: { kind: MarkKind; children?: ComponentChildren }) {
  const { say } = usePage()
  return (
    <span class={`mark mark--${shapes[kind].tone}`}>
      <MarkShape kind={kind} />
      <span>{children ?? say(words[kind])}</span>
    </span>
  )
}

/** The state of a thing in words: `act` is for what waits for the reader. */
export const Tag = (props: { tone?: 'good' | 'warn' | 'bad' | 'act'; id?: string; children: ComponentChildren }) => (
  <span class={props.tone ? `tag tag--${props.tone}` : 'tag'} id={props.id}>
    {props.children}
  </span>
)
