import type { ComponentChildren } from 'preact'
import { Mark, type MarkKind, texts, Unbroken, usePage } from '#platform'

const words = texts({
  plus: { en: 'plus', 'zh-Hant': '加' },
  minus: { en: 'minus', 'zh-Hant': '減' },
  times: { en: 'times', 'zh-Hant': '乘以' },
  over: { en: 'divided by', 'zh-Hant': '除以' },
  equals: { en: 'equals', 'zh-Hant': '等於' },
  near: { en: 'is within rounding of', 'zh-Hant': '四捨五入後等於' },
  differs: { en: 'does not equal', 'zh-Hant': '不等於' },
})
const signs = { plus: '+', minus: '−', times: '×', over: '÷', equals: '=', near: '≈', differs: '≠' } as const

/** The first term has no sign. `path` leads to where the number is printed. */
export type Term = {
  sign?: 'plus' | 'minus' | 'times' | 'over'
  value: string
  label: ComponentChildren
  path?: string
}
export type Result = { sign: 'equals' | 'near' | 'differs'; value: string; label: ComponentChildren; path?: string }

type EquationProps = {
  title?: string
  terms: readonly Term[]
  /** Says that more terms follow than are shown, and leads to all of them. */
  more?: { text: string; path: string }
  results: readonly Result[]
  mark?: MarkKind
  children?: ComponentChildren
}

/** An identity, written as one writes a sum: a term on each line, the result under a rule. Signs are also words. */
export function Equation({ title, terms, more, results, mark, children }: EquationProps) {
  const { say, href } = usePage()
  const line = ({ sign, value, label, path }: Term | Result, kind?: string) => (
    <li class={kind}>
      <span class="equation__sign">
        {sign && (
          <>
            <span aria-hidden="true">{signs[sign]}</span>
            <span class="visually-hidden">{say(words[sign])} </span>
          </>
        )}
      </span>
      <span class="equation__value">{path ? <a href={href(path)}>{value}</a> : value}</span>
      <span class="equation__label">{label}</span>
    </li>
  )
  return (
    <figure class="equation">
      {title && (
        <figcaption>
          <Unbroken text={title} />
        </figcaption>
      )}
      <ul>
        {terms.map((term) => line(term))}
        {more && (
          <li>
            <span class="equation__sign" />
            <span class="equation__value">…</span>
            <span class="equation__label">
              <a href={href(more.path)}>{more.text}</a>
            </span>
          </li>
        )}
        {results.map((result) => line(result, 'equation__result'))}
      </ul>
      {mark && <Mark kind={mark}>{children}</Mark>}
    </figure>
  )
}
