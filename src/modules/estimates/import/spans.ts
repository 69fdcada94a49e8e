import type { Lines, Passage } from '../types.ts'
import type { Line } from './decode.ts'
import { Refused } from './refusals.ts'

/** Running text over one or more lines; an offset in it leads back to the line. */
export interface Span {
  /** As printed. */
  shown: string
  /** For reading: the same characters, normalised. */
  text: string
  lines: Lines
  starts: { offset: number; line: number }[]
}

const lengthMax = 10_000

export function span(pieces: readonly { line: Line; from: number; to?: number }[], joiner: string): Span {
  let shown = ''
  let text = ''
  const starts: Span['starts'] = []
  for (const { line, from, to } of pieces) {
    const part = line.shown.slice(from, to).trimEnd()
    const glue = shown !== '' && needsGlue(shown.at(-1)!, part[0] ?? '', joiner) ? ' ' : ''
    starts.push({ offset: shown.length + glue.length, line: line.number })
    shown += glue + part
    text += glue + line.text.slice(from, to).slice(0, part.length)
  }
  const last = pieces.at(-1)!.line.number
  if (shown.length > lengthMax) throw new Refused('beyond-limits', { what: `> ${lengthMax} characters`, line: last })
  const end = withoutLeaders(text)
  shown = shown.slice(0, end)
  text = text.slice(0, end)
  return { shown, text, lines: { from: pieces[0]!.line.number, to: last }, starts }
}

const han = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]/

const needsGlue = (before: string, after: string, joiner: string) =>
  joiner !== '' || !(han.test(before) || han.test(after))

const leaderCharacters = '.…· \t'

/** Where the text before its dot leaders ends. Scanned by hand: a pattern would look at a long row of dots once per dot. */
export function withoutLeaders(text: string): number {
  let end = text.length
  while (end > 0 && leaderCharacters.includes(text[end - 1]!)) end -= 1
  const tail = text.slice(end).replace(/\s/g, '')
  return tail.length >= 3 || tail.includes('…') ? end : text.length
}

/** The lines that a stretch of a span stands on. */
export function linesAt(span: Span, from: number, to: number): Lines {
  const lineOf = (offset: number) => span.starts.findLast((start) => start.offset <= offset)?.line ?? span.lines.from
  return { from: lineOf(from), to: lineOf(Math.max(from, to - 1)) }
}

export const passage = (span: Span, number?: number): Passage =>
  number === undefined
    ? { text: span.shown.trim(), lines: span.lines }
    : { number, text: span.shown.trim(), lines: span.lines }
