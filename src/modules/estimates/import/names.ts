import type { Lines } from '../types.ts'
import type { Report } from './report.ts'
import { linesAt, type Span } from './spans.ts'

const namesMax = 100
const proseMax = 200_000

export interface Name {
  name: string
  lines: Lines
}

/**
 * Names of one thing that differ a little, found by rule: a name's long end stands in the prose behind another
 * beginning of the same length (two other Han characters, or another first word). Two things may truly have such names, so
 * this is only ever a doubt.
 */
export function reportNearNames(names: readonly Name[], prose: readonly Span[], joiner: string, report: Report) {
  const distinct = new Map(names.map((one) => [one.name, one]))
  const seen = new Set<string>()
  let budget = proseMax
  for (const span of prose) {
    budget -= span.text.length
    if (budget < 0) return
    for (const { name } of [...distinct.values()].slice(0, namesMax)) {
      const split = splitName(name, joiner)
      if (!split) continue
      for (
        let at = span.shown.indexOf(split.end);
        at !== -1;
        at = span.shown.indexOf(split.end, at + split.end.length)
      ) {
        const other = beginningBefore(span.shown, at, split.start, joiner)
        if (other === undefined || distinct.has(other + split.end) || seen.has(other + name)) continue
        seen.add(other + name)
        report.doubt('names-nearly-equal', linesAt(span, at, at + split.end.length), {
          one: name,
          other: other + split.end,
        })
      }
    }
  }
}

/** A name's distinguishing beginning and its long, telling end. Short names would match by chance. */
function splitName(name: string, joiner: string): { start: string; end: string } | undefined {
  if (joiner === '') {
    if (name.length < 9 || !/^[\u4e00-\u9fff]{2}/.test(name)) return undefined
    return { start: name.slice(0, 2), end: name.slice(2) }
  }
  const words = name.split(' ')
  if (words.length < 4) return undefined
  return { start: words[0]!, end: ` ${words.slice(1).join(' ')}` }
}

function beginningBefore(text: string, at: number, start: string, joiner: string): string | undefined {
  const before =
    joiner === ''
      ? text.slice(Math.max(0, at - 2), at)
      : (/\S{1,40}$/.exec(text.slice(Math.max(0, at - 40), at))?.[0] ?? '')
  if (before.toLowerCase() === start.toLowerCase()) return undefined
  if (joiner === '') return /^[\u4e00-\u9fff]{2}$/.test(before) ? before : undefined
  // A lower-case word before it is part of the sentence, not of a name.
  return /^[A-Z]/.test(before) ? before : undefined
}
