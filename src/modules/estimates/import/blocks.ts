import type { Chart, Lines } from '../types.ts'
import type { Line } from './decode.ts'
import { isCaption, isHeader, joinHan } from './headers.ts'
import { bare, findHead, headTitleOf } from './heads.ts'
import { markCharacters, readValue } from './numbers.ts'
import type { Report } from './report.ts'
import { type Span, span } from './spans.ts'
import type { HeadingKind, Vocabulary } from './vocabulary.ts'

export type Block =
  | { kind: 'cover'; span: Span; value: { text: string; shown: string; line: number } | undefined; lines: Lines }
  | { kind: 'heading'; heading: HeadingKind; text: string; lines: Lines }
  | { kind: 'programme'; number: number; name: string; lines: Lines }
  | { kind: 'chart'; chart: Chart['kind']; caption: string; lines: Lines }
  | { kind: 'paragraph'; number?: number; span: Span; lines: Lines }
  | { kind: 'item'; span: Span; lines: Lines }
  | { kind: 'note'; mark: string; span: Span; lines: Lines }
  | { kind: 'rate'; text: string; lines: Lines }
  | { kind: 'table'; lines: Lines; rows: Line[] }

export interface Outline {
  head: { number: string; title: string }
  blocks: Block[]
}

/** What the walk over the lines remembers. The Markdown of the source is accidental: only words decide. */
interface Walk {
  lines: Line[]
  at: number
  words: Vocabulary
  report: Report
  blocks: Block[]
  head: Outline['head']
  hasTitle: boolean
  inCover: boolean
  /** The last printed paragraph number of the running sequence; it begins again with the notes on subheads. */
  paragraph: number
  marks: Set<string>
  styles: Map<string, { style: string; text: string }>
  /** What stood between the last list item and here. */
  gap: { header: boolean; blank: boolean; depth: number; line: number } | undefined
}

/** Stage 2: lines to blocks, recognised by their words. */
export function outline(lines: Line[], words: Vocabulary, report: Report): Outline {
  const walk: Walk = {
    lines,
    at: 0,
    words,
    report,
    blocks: [],
    head: findHead(lines, words),
    hasTitle: false,
    inCover: true,
    paragraph: 0,
    marks: new Set(),
    styles: new Map(),
    gap: undefined,
  }
  while (walk.at < lines.length) {
    const line = lines[walk.at]!
    if (line.blank) {
      if (walk.gap) walk.gap.blank = true
      walk.at += 1
    } else if (!readHeadTitle(walk, line)) readLine(walk, line)
  }
  return { head: walk.head, blocks: walk.blocks }
}

function readHeadTitle(walk: Walk, line: Line): boolean {
  const found = headTitleOf(line, walk.words)
  if (!found) return false
  if (found.number !== walk.head.number)
    walk.report.doubt('head-differs', at(line), { one: found.number, other: walk.head.number })
  if (!walk.hasTitle) walk.hasTitle = true
  else {
    walk.report.repair('page-header-removed', at(line), { title: found.title })
    if (walk.gap) walk.gap.header = true
  }
  walk.at += 1
  return true
}

/** One block, begun by `line`; each reader moves `walk.at` past what it took. */
function readLine(walk: Walk, line: Line) {
  if (readHeading(walk, line) || readChart(walk, line) || readRate(walk, line) || readNote(walk, line)) return
  if (walk.inCover && walk.hasTitle) return readCover(walk)
  if (isTabular(line)) return readTable(walk)
  readProse(walk, line)
}

const at = (line: Line): Lines => ({ from: line.number, to: line.number })
const isTabular = (line: Line) => line.cells.length > 1

function readHeading(walk: Walk, line: Line): boolean {
  const { text, shown, style } = bare(line)
  if (text.length > 320) return false
  const lines = at(line)
  const programme = walk.words.programme.exec(text)
  if (programme && line.cells.filter(Boolean).length === 1) {
    const start = shown.slice(text.length - programme.groups!.name!.length).trim()
    const name = start === '' || style ? start : joinProgramme(walk, line, start)
    const to = walk.lines[walk.at]!.number
    walk.blocks.push({
      kind: 'programme',
      number: Number(programme.groups!.number),
      name,
      lines: { from: line.number, to },
    })
    if (style) noteStyle(walk, name ? 'programme' : 'explanation', style, shown, lines)
    return leave(walk)
  }
  const heading = walk.words.headings.find(([, pattern]) => pattern.test(text.replace(/ ?:$/, '')))?.[0]
  if (!heading || line.cells.filter(Boolean).length !== 1) return false
  // A row of a table may have a heading's words; what follows it tells.
  if (isTabular(line) && !isCaption(walk.lines, walk.at, walk.words)) return false
  walk.blocks.push({ kind: 'heading', heading, text: shown, lines })
  if (style) noteStyle(walk, heading, style, shown, lines)
  if (heading === 'notes') walk.paragraph = 0
  return leave(walk)
}

/** The name of a listed programme may run on to the next line, which is then short and no sentence. */
function joinProgramme(walk: Walk, line: Line, start: string): string {
  const next = walk.lines[walk.at + 1]
  if (!next || next.blank || isTabular(next) || next.text.length > 80 || /[。.:;]\s*$/.test(next.text)) return start
  if (/^\s*[-*#\d]/.test(next.text) || walk.words.programme.test(next.text.trim())) return start
  if (walk.words.headings.some(([, pattern]) => pattern.test(next.text.trim()))) return start
  walk.at += 1
  const name = joinHan([start, next.shown.trim()].join(' '))
  walk.report.repair('name-joined', { from: line.number, to: next.number }, { name })
  return name.slice(0, 300)
}

function leave(walk: Walk): true {
  walk.inCover = false
  walk.gap = undefined
  walk.at += 1
  return true
}

function noteStyle(walk: Walk, kind: string, style: string, text: string, lines: Lines) {
  if (kind === 'account') return
  const usual = walk.styles.get(kind)
  if (!usual) walk.styles.set(kind, { style, text })
  else if (usual.style !== style) walk.report.repair('heading-styles', lines, { text, style, usual: usual.style })
}

function readChart(walk: Walk, line: Line): boolean {
  const { text, shown } = bare(line)
  const found = walk.words.charts.find(([, pattern]) => pattern.test(text))
  if (!found || isTabular(line)) return false
  const next = walk.lines[walk.at + 1]
  const hasDate = next !== undefined && /^\s*\(.*\)\s*$/.test(next.text)
  const caption = (hasDate ? `${shown} ${next.shown.trim()}` : shown).slice(0, 200)
  walk.blocks.push({
    kind: 'chart',
    chart: found[0],
    caption,
    lines: { from: line.number, to: line.number + Number(hasDate) },
  })
  walk.gap = undefined
  walk.at += hasDate ? 2 : 1
  return true
}

/** The percentage on the original estimate, below its column: over cells, over lines, or both. */
function readRate(walk: Walk, line: Line): boolean {
  const first = line.cells.filter(Boolean).join(' ')
  if (!walk.words.originalRateStart.test(first)) return false
  const parts = [first]
  let last = walk.at
  while (!parts.at(-1)!.includes(')') && last - walk.at < 3) {
    const next = walk.lines[last + 1]
    if (!next || next.blank) break
    parts.push(next.cells.filter(Boolean).join(' '))
    last += 1
  }
  const lines = { from: line.number, to: walk.lines[last]!.number }
  walk.blocks.push({ kind: 'rate', text: parts.join(' ').trim(), lines })
  walk.at = last + 1
  return true
}

/** A note begins with a mark that a table above carries; `#` would be a heading by its look alone. */
function readNote(walk: Walk, line: Line): boolean {
  const match = /^\s{0,3}(?<mark>\S) ?(?<text>\S.*)$/.exec(line.text)
  const mark = match?.groups?.mark
  if (!mark || isTabular(line) || !walk.marks.has(mark)) return false
  if (line.text.trim().startsWith(mark + mark)) return false
  const start = line.text.indexOf(mark) + 1
  const pieces = [{ line, from: start + (line.text[start] === ' ' ? 1 : 0) }]
  walk.at += 1
  const block: Block = { kind: 'note', mark, span: takeContinuation(walk, pieces), lines: at(line) }
  block.lines.to = block.span.lines.to
  walk.blocks.push(block)
  return true
}

/** The summary at the top: sentences with leaders and an amount, which are not yet tables. */
function readCover(walk: Walk) {
  const pieces: { line: Line; from: number; to: number }[] = []
  for (;;) {
    const line = walk.lines[walk.at]!
    const tab = line.text.indexOf('\t')
    const end = tab === -1 ? line.text.length : tab
    pieces.push({ line, from: 0, to: end })
    walk.at += 1
    const last = line.cells.findLastIndex(Boolean)
    const value = last > 0 ? { text: line.cells[last]!, shown: line.shownCells[last]!, line: line.number } : undefined
    const next = walk.lines[walk.at]
    const done =
      value ||
      tab !== -1 ||
      /[。.]\s*$/.test(line.text) ||
      !next ||
      next.blank ||
      next.cells.filter(Boolean).length === 0
    if (!done && pieces.length < 8 && !headTitleOf(next, walk.words)) continue
    const whole = span(pieces, walk.words.joiner)
    if (pieces.length > 1) walk.report.repair('sentence-joined', whole.lines, { text: whole.shown })
    walk.blocks.push({ kind: 'cover', span: whole, value, lines: whole.lines })
    return
  }
}

/** A table runs over blank lines and page headers, as long as what follows is a row and not a table of its own. */
function readTable(walk: Walk) {
  const rows: Line[] = []
  const isTableLine = (line: Line) =>
    isTabular(line) && !walk.words.originalRateStart.test(line.cells.filter(Boolean).join(' '))
  for (;;) {
    const line = walk.lines[walk.at]
    if (line && isTableLine(line)) {
      if (rows.length > 0 && isCaption(walk.lines, walk.at, walk.words)) break
      rows.push(line)
      for (const cell of line.cells) for (const mark of marksOf(cell)) walk.marks.add(mark)
      walk.at += 1
      continue
    }
    const bridge = bridgeLength(walk, rows)
    if (bridge === 0) break
    for (let step = 0; step < bridge; step++) {
      const between = walk.lines[walk.at]!
      if (between.blank) walk.at += 1
      else if (!readHeadTitle(walk, between)) {
        rows.push(between)
        walk.at += 1
      }
    }
  }
  walk.gap = undefined
  walk.blocks.push({ kind: 'table', rows, lines: { from: rows[0]!.number, to: rows.at(-1)!.number } })
}

/** How many lines lie between the table so far and its next row; 0 when it ends here. */
function bridgeLength(walk: Walk, rows: readonly Line[]): number {
  const { lines, words } = walk
  let ahead = walk.at
  let [blank, header] = [false, false]
  const skip = () => {
    for (let line = lines[ahead]; line && ahead - walk.at < 12; line = lines[++ahead]) {
      const isHeaderLine = !line.blank && headTitleOf(line, words) !== undefined
      if (!line.blank && !isHeaderLine) return
      blank ||= line.blank
      header ||= isHeaderLine
    }
  }
  skip()
  // The first part of a wrapped name has no tabs; only a page header may stand before or after it.
  const first = lines[ahead]
  const wrapped = first && !isTabular(first) && mayWrap(first, words) && (header || !blank)
  if (wrapped) {
    blank = header
    ahead += 1
    skip()
    if (blank && !header) return 0
  }
  const next = lines[ahead]
  if (!next || !isTabular(next) || isCaption(lines, ahead, words)) return 0
  if (words.originalRateStart.test(next.cells.filter(Boolean).join(' '))) return 0
  if (
    isHeader(next, words)
      ? wrapped || !goesOn(walk, rows, next)
      : wrapped && !next.cells.some((cell) => readValue(cell))
  )
    return 0
  if (blank || header)
    walk.report.repair(header ? 'table-over-header' : 'table-over-blank', {
      from: lines[walk.at]!.number,
      to: next.number - 1,
    })
  return ahead - walk.at
}

function mayWrap({ text }: Line, words: Vocabulary): boolean {
  return (
    text.length <= 200 &&
    !/[。;:]\s*$/.test(text) &&
    !/^\s*[-*#(]/.test(text) &&
    !words.headings.some(([, pattern]) => pattern.test(text.trim())) &&
    !words.programme.test(text.trim()) &&
    !words.charts.some(([, pattern]) => pattern.test(text.trim()))
  )
}

/** Whether a header goes on with the table above it: the rest of its header, the same one again, or other years of one list. */
function goesOn(walk: Walk, rows: readonly Line[], next: Line): boolean {
  if (rows.every((row) => isHeader(row, walk.words))) return true
  if (rows[0]!.text.replace(/\s/g, '') === next.text.replace(/\s/g, '')) return true
  const heading = walk.blocks.findLast(({ kind }) => kind === 'heading' || kind === 'programme')
  const isList = heading?.kind === 'heading' && (heading.heading === 'targets' || heading.heading === 'indicators')
  return isList && next.cells[0] === ''
}

const marked = new RegExp(`\\S([${markCharacters.replace('*', '')}]{1,4})\\s*$`)

/** Footnote marks at the end of a cell: glued to a name or a number, leaders aside. */
export function marksOf(cell: string): string[] {
  const match = marked.exec(cell.slice(-40).replace(/ ?[.…·]{3,}\s*$/, ''))
  return match ? [...match[1]!] : []
}

/** Numbered paragraphs, list items and plain sentences. */
function readProse(walk: Walk, line: Line) {
  const lead = /^(?<indent>\s*)(?<bullet>[-*•·‧] +)?(?<hashes>#{1,6} +)?(?:(?<number>\d{1,3})(?:\.|、)? +(?=\S))?/.exec(
    line.text,
  )!
  const { indent = '', bullet, hashes, number } = lead.groups as Record<string, string | undefined>
  const caught = Boolean(bullet || hashes)
  const isNumbered = number !== undefined && startsParagraph(walk, line, Number(number), caught)
  const from = isNumbered
    ? lead[0].length
    : lead[0].length - (number === undefined ? 0 : lead[0].length - `${indent}${bullet ?? ''}${hashes ?? ''}`.length)
  walk.at += 1
  const span = takeContinuation(walk, [{ line, from }])
  if (isNumbered) {
    noteNumber(walk, Number(number), caught, span.lines)
    walk.gap = undefined
    walk.blocks.push({ kind: 'paragraph', number: Number(number), span, lines: span.lines })
  } else if (bullet) {
    noteGap(walk, indent.length, line)
    walk.gap = { header: false, blank: false, depth: indent.length, line: span.lines.to }
    walk.blocks.push({ kind: 'item', span, lines: span.lines })
  } else {
    walk.gap = undefined
    walk.blocks.push({ kind: 'paragraph', span, lines: span.lines })
  }
}

/** A number at the start is a paragraph's when it goes on with the sequence; inside a bullet only when it also leads a list. */
function startsParagraph(walk: Walk, line: Line, number: number, caught: boolean): boolean {
  if (!caught) return number > walk.paragraph && number <= walk.paragraph + 5
  const leads = /:\s*$/.test(line.text)
  return number === walk.paragraph + 1 && leads
}

function noteNumber(walk: Walk, number: number, caught: boolean, lines: Lines) {
  if (caught) walk.report.repair('paragraph-detached', lines, { number })
  if (walk.paragraph === 0 && number === 2) walk.report.repair('paragraph-implied', lines, { first: number })
  else if (number > walk.paragraph + 1)
    walk.report.doubt('paragraph-skipped', lines, { number, previous: walk.paragraph })
  walk.paragraph = number
}

function noteGap(walk: Walk, depth: number, line: Line) {
  const { gap } = walk
  if (!gap) return
  const lines = { from: gap.line + 1, to: Math.max(gap.line + 1, line.number - 1) }
  if (gap.header) walk.report.repair('list-over-header', lines)
  else if (gap.blank) walk.report.repair('list-over-blank', lines)
  if (gap.depth !== depth) walk.report.repair('list-over-nesting', at(line))
}

/** Lines that go on with a sentence: directly below, nothing special at their start, and the sentence not yet ended. */
function takeContinuation(walk: Walk, pieces: { line: Line; from: number; to?: number }[]): Span {
  while (pieces.length < 200) {
    const previous = pieces.at(-1)!.line
    const next = walk.lines[walk.at]
    if (!next || next.blank || isTabular(next) || /[。;:.!?]\s*$/.test(previous.text)) break
    if (/^\s*(?:[-*•·‧#] |\*\*|#{2,}|\d{1,3} +\S)/.test(next.text) || headTitleOf(next, walk.words)) break
    const { text } = bare(next)
    if (walk.words.programme.test(text) || walk.words.headings.some(([, pattern]) => pattern.test(text))) break
    if (walk.words.charts.some(([, pattern]) => pattern.test(text))) break
    if (walk.marks.has(next.text.trim()[0]!) || walk.words.originalRateStart.test(text)) break
    pieces.push({ line: next, from: /^\s*/.exec(next.text)![0].length })
    walk.at += 1
  }
  const whole = span(pieces, walk.words.joiner)
  if (pieces.length > 1) walk.report.repair('sentence-joined', whole.lines, { text: whole.shown })
  return whole
}
