import type { Lines } from '../types.ts'
import type { Line } from './decode.ts'
import { isHeader, joinHan } from './headers.ts'
import { looksLikeNumber, markCharacters, readValue, type Value } from './numbers.ts'
import type { Report } from './report.ts'
import { withoutLeaders } from './spans.ts'
import type { Vocabulary } from './vocabulary.ts'

export interface RawCell {
  position: number
  shown: string
  text: string
  line: number
  value: Value | undefined
}

/** One row of a table as it stands, with its name joined and its cells found, but not yet assigned to columns. */
export interface RawRow {
  label: string
  code?: string
  /** Begins with a dash, a number in brackets or a code: a row of its own, never the rest of a wrapped name. */
  itemNumber?: number
  marks: string[]
  /** The cells after the name, empty ones included. */
  cells: RawCell[]
  /** How many cells the name takes, with empty ones before the numbers not counted. */
  labelEnd: number
  lines: Lines
}

/** A run of rows under one header. */
export interface Segment {
  headers: Line[]
  rows: RawRow[]
}

interface Piece {
  cells: { text: string; shown: string }[]
  line: number
}

/** Stage 3: the lines of a table to segments of rows. */
export function readSegments(lines: readonly Line[], words: Vocabulary, report: Report): Segment[] {
  const segments: Segment[] = []
  let pending: Piece[] = []
  for (const [index, line] of lines.entries()) {
    const last = segments.at(-1)
    if (isHeader(line, words)) {
      if (last && last.rows.length === 0) last.headers.push(line)
      else if (!last || !sameHeader(last.headers[0], line)) segments.push({ headers: [line], rows: [] })
      continue
    }
    if (line.cells.every((cell) => cell === '')) continue
    if (!last) segments.push({ headers: [], rows: [] })
    const rows = segments.at(-1)!.rows
    const piece = { cells: splitCells(line), line: line.number }
    const next = lines[index + 1]
    if (!piece.cells.some(({ text }, at) => at > 0 && readValue(text)) && next && joinsNext(piece, next, words)) {
      pending.push(piece)
      continue
    }
    rows.push(readRow([...pending, piece], report))
    pending = []
  }
  return segments
}

const sameHeader = (one: Line | undefined, other: Line) =>
  one !== undefined && one.text.replace(/\s/g, '') === other.text.replace(/\s/g, '')

/** A leader run inside a cell parts the name from a number that slipped into its cell. */
function splitCells(line: Line): Piece['cells'] {
  return line.cells.flatMap((text, index) => {
    const shown = line.shownCells[index]!
    const leader = text.lastIndexOf('...')
    if (leader === -1 || leader + 3 === text.length) return [{ text, shown }]
    const after = text.slice(leader + 3).trim()
    if (!readValue(after) && !looksLikeNumber(after)) return [{ text, shown }]
    return [
      { text: text.slice(0, leader + 3), shown: shown.slice(0, leader + 3) },
      { text: after, shown: shown.slice(leader + 3).trim() },
    ]
  })
}

const startsItem = (label: string) => /^(?:[-\u2010-\u2015] ?\S|\(\d{1,2}\)|\d{3}(?!\d))/.test(label)

/** Whether a line without numbers is the first part of the name of the row below it. */
function joinsNext(piece: Piece, next: Line, words: Vocabulary): boolean {
  const label = joinHan(
    piece.cells
      .map(({ text }) => text)
      .filter(Boolean)
      .join(' '),
  )
  const nextLabel = next.cells.find(Boolean) ?? ''
  const nextHasValues = next.cells.some((cell, at) => at > 0 && readValue(cell))
  if (isHeader(next, words) || readValue(nextLabel) || startsItem(nextLabel)) return false
  const isGroup = [...words.accounts, ...words.groups].some(([, pattern]) => pattern.test(label))
  const nextName = nextLabel.slice(0, withoutLeaders(nextLabel)).trim()
  const completesTotal = words.total.test(nextName) && words.totalOf(nextName)[0] === ''
  if (isGroup) return completesTotal && nextHasValues
  if (piece.cells.length === 1) return true
  return nextHasValues && (completesTotal || startsItem(label) || (words.total.test(label) && words.joiner === ' '))
}

function readRow(pieces: Piece[], report: Report): RawRow {
  const last = pieces.at(-1)!
  const cells = last.cells.map(({ text, shown }, position) => ({
    position,
    text,
    shown,
    line: last.line,
    value: readValue(text),
  }))
  // A code looks like a number; it is one only where a name follows it.
  const isNumber = ({ text, value }: RawCell) => value !== undefined || looksLikeNumber(text)
  const lastName = cells.findLastIndex((cell) => cell.text !== '' && !isNumber(cell))
  let codes = 0
  while (codes < lastName && (/^\d{3}$/.test(cells[codes]!.text) || cells[codes]!.text === '')) codes += 1
  let labelEnd = cells.findIndex((cell, at) => at >= codes && isNumber(cell))
  if (labelEnd === -1) labelEnd = lastName + 1
  const parts = [...pieces.slice(0, -1).flatMap((piece) => piece.cells), ...cells.slice(0, labelEnd)].filter(
    ({ text }) => text !== '',
  )
  const lines = { from: pieces[0]!.line, to: last.line }
  const named = readName(parts)
  if (named.joined || pieces.length > 1) report.repair('name-joined', lines, { name: named.label })
  while (labelEnd > 0 && cells[labelEnd - 1]!.text === '') labelEnd -= 1
  const { joined: _, ...name } = named
  return { ...name, cells: cells.slice(labelEnd), labelEnd, lines }
}

/** A name as printed, told apart from its codes, marks and number in brackets by its normalised characters. */
function readName(parts: Piece['cells']) {
  const text = parts.map((part) => part.text).join(' ')
  const shown = parts.map((part) => part.shown).join(' ')
  let [from, to] = [0, withoutLeaders(text)]
  const take = (pattern: RegExp) => {
    const match = pattern.exec(text.slice(from, to))
    from += match?.[0].length ?? 0
    return match?.[1]
  }
  let code: string | undefined
  for (let next = take(codeStart); next !== undefined; next = take(codeStart)) code = next
  const marks: string[] = []
  while (to - from > 1 && markCharacters.includes(text[to - 1]!)) {
    marks.unshift(text[to - 1]!)
    to = from + text.slice(from, to - 1).trimEnd().length
  }
  const itemNumber = take(/^\((\d{1,2})\) ?/)
  take(/^[-\u2010-\u2015] ?/)
  const own = shown
    .slice(from, to)
    .replace(/^\*\*|\*\*$/g, '')
    .trim()
  const label = joinHan(own)
  return {
    label: label.slice(0, 300),
    joined: label !== own,
    marks: marks.slice(0, 4),
    ...(code !== undefined && { code }),
    ...(itemNumber !== undefined && { itemNumber: Number(itemNumber) }),
  }
}

const codeStart = /^(\d{3})(?: +|$)/
