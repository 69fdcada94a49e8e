import { createHash } from 'node:crypto'
import type { Cell, EstimatesDocument, Lines, Programme, Row } from '../types.ts'
import { type Outline, outline } from './blocks.ts'
import type { CellDraft } from './cells.ts'
import { type Decoded, decode, type Line } from './decode.ts'
import { type Draft, readDocument } from './document.ts'
import { Facts } from './evidence.ts'
import { repairGlyphs } from './glyphs.ts'
import { isHeader } from './headers.ts'
import { type Name, reportNearNames } from './names.ts'
import { type Refusal, Refused } from './refusals.ts'
import { Report } from './report.ts'
import { settle, spendingBySubhead } from './settle.ts'
import { withoutLeaders } from './spans.ts'
import { stretch } from './structure.ts'
import { type Vocabulary, vocabularies } from './vocabulary.ts'

export type ImportResult = { document: EstimatesDocument } | { refusal: Refusal }

/**
 * The text of one Head, as extracted from the printed Estimates, as a document: the same bytes always give the same
 * document, whose findings list everything that was repaired, doubted, lost or not understood. A file that is something
 * else is refused with one reason. Never throws for what is in the file. `startMonth` begins the financial year.
 */
export function importText(bytes: Uint8Array, name: string, startMonth: number): ImportResult {
  try {
    return { document: readText(bytes, name, startMonth) }
  } catch (error) {
    if (error instanceof Refused) return { refusal: error.refusal }
    throw error
  }
}

function readText(bytes: Uint8Array, name: string, startMonth: number): EstimatesDocument {
  const report = new Report()
  const decoded = decode(bytes)
  const words = recognise(decoded.lines)
  if (words.language === 'zh-Hant') repairGlyphs(decoded.lines, report)
  const { head, blocks } = outline(decoded.lines, words, report)
  if (!blocks.some(({ kind }) => kind === 'table')) throw new Refused('no-tables', { head: head.number })
  const draft = readDocument(blocks, words, startMonth, report)
  if (draft.tables.length === 0) throw new Refused('no-tables', { head: head.number })
  refuseTruncated(blocks, draft, decoded.lines)
  settleTables(draft)
  reportWhole(draft, blocks, decoded)
  return assemble({ draft, head, bytes, name, lines: decoded.lines.length })
}

/** The language whose words name a Head; a file in which none does is another document. */
function recognise(lines: readonly Line[]): Vocabulary {
  for (const line of lines) {
    if (line.blank || line.text.length > 400) continue
    const text = line.text.trim().replace(/^(?:#{1,6} |\*{1,3})/, '')
    const words = vocabularies.find(({ headTitle }) => headTitle.test(text))
    if (words) return words
  }
  throw new Refused('another-document')
}

const endsWithTotal = new Set(['analysis', 'subheads', 'breakdown', 'commitments'])

/** A file that stops inside a table: in the middle of a row, or before what every Head prints after such a table. */
function refuseTruncated(blocks: Outline['blocks'], draft: Draft, lines: readonly Line[]) {
  // Behind a table that is cut inside a wrapped name stands the first half of that name.
  const isHalfName = blocks.at(-1)?.kind === 'paragraph' && isUnfinished(blocks.at(-1)!)
  const last = blocks.at(isHalfName ? -2 : -1)
  if (!last || (last.kind !== 'table' && last.kind !== 'rate')) return
  const cut = () => new Refused('truncated', { from: last.lines.from, line: lines.length })
  if (last.kind === 'rate') {
    if (!last.text.includes(')')) throw cut()
    return
  }
  const table = draft.tables.find(({ draft: { lines } }) => lines.from === last.lines.from)
  // A header without any row, or without any below it.
  if (!table || isHeader(last.rows.at(-1)!, draft.words)) throw cut()
  const rows = table.draft.rows
  const row = rows.at(-1)!
  if (endsWithTotal.has(table.kind)) {
    if (row.role !== 'total' && !(isHalfName && rows.some(({ role }) => role === 'total'))) throw cut()
  } else if (!draft.tables.some(({ kind }) => kind === 'subheads')) throw cut()
  if (isHalfName) return
  const open = new Map(table.open.flatMap((part) => part.rows.map((one) => [one.row, part.found] as const)))
  const widths = rows.map((one) => open.get(one) ?? one.cells.filter((cell) => cell?.printed != null).length)
  // A row that stands alone has nothing but its header to be held against.
  const isShort = widths.at(-1)! < Math.max(...widths) || (widths.length === 1 && open.has(row))
  if (row.role === 'group' || isShort) throw cut()
}

const isUnfinished = (block: Outline['blocks'][number]) =>
  'span' in block && block.kind !== 'cover' && !/[。.;:!?)」』"]\s*$/.test(block.span.text)

/** Damaged tables are read last, each against everything that is certain by then. */
function settleTables(draft: Draft) {
  const facts = new Facts()
  facts.add(draft.cells)
  const cellsOf = (table: Draft['tables'][number]) => [
    ...table.draft.rows.flatMap((row) => row.cells.filter((cell) => cell !== null)),
    ...table.draft.rates,
    ...spendingBySubhead(table.draft),
  ]
  for (const table of draft.tables) facts.add(cellsOf(table))
  for (const table of draft.tables) {
    if (table.open.length === 0) continue
    const before = new Set(cellsOf(table))
    settle(table, facts, draft.report)
    facts.add(cellsOf(table).filter((cell) => !before.has(cell)))
  }
}

/** Findings about the document as a whole. */
function reportWhole(draft: Draft, blocks: Outline['blocks'], { lines, noise }: Decoded) {
  const { report, tables } = draft
  const at = (line: number): Lines => ({ from: line, to: line })
  const leaders = lines.filter(({ cells }) => cells.some((cell) => withoutLeaders(cell) < cell.length))
  if (leaders.length > 0) report.repair('leaders-stripped', at(leaders[0]!.number), { count: leaders.length })
  const codes = {
    tags: 'tags-stripped',
    escapes: 'escapes-stripped',
    digits: 'digits-normalised',
    tabs: 'tabs-stripped',
  } as const
  for (const [kind, { count, line }] of noise) report.repair(codes[kind], at(line), { count })

  for (const { draft: table } of tables) {
    if (table.rates.length > 0)
      report.repair('percentages-detached', stretch(table.rates), { count: table.rates.length })
    const marked = table.rows.filter(({ marks }) => marks.length > 0)
    if (marked.length > 0)
      report.repair('marks-detached', stretch(marked), {
        marks: [...new Set(marked.flatMap(({ marks }) => marks))].join(' '),
      })
  }
  reportNames(draft)
  reportMissing(draft, lines.length)
  const last = blocks.at(-1)
  if (last && 'span' in last && isUnfinished(last))
    report.loss('text-cut', last.lines, { text: last.span.shown.slice(-60) })
}

function reportNames(draft: Draft) {
  const names: Name[] = []
  const bySubject = new Map<string, Name>()
  for (const { number, name, lines } of draft.programmes) {
    bySubject.set(`programme:${number}`, { name, lines })
    names.push({ name, lines })
  }
  for (const { draft: table, kind } of draft.tables) {
    if (kind === 'targets' || kind === 'indicators' || kind === 'programme') continue
    for (const { subject, label, role, lines } of table.rows) {
      if (role === 'total' || role === 'subtotal' || label === '') continue
      if (role === 'line') names.push({ name: label, lines })
      const known = bySubject.get(subject)
      if (!known) bySubject.set(subject, { name: label, lines })
      else if (known.name !== label) draft.report.doubt('names-differ', lines, { one: label, other: known.name })
    }
  }
  reportNearNames(names, draft.prose, draft.words.joiner, draft.report)
}

function reportMissing(draft: Draft, lines: number) {
  const { report } = draft
  const at = (line: number): Lines => ({ from: line, to: line })
  const end = at(lines)
  const has = (kind: string) => draft.tables.some((table) => table.kind === kind)
  const states = (measure: Cell['measure']) =>
    draft.cells.some((cell) => cell.place === 'cover' && cell.measure === measure)
  if (!states('provision')) report.loss('estimate-missing', { from: 1, to: 1 })
  if (draft.programmes.length === 0) report.loss('programmes-missing', end)
  for (const [number, { name, line }] of draft.listed)
    if (!draft.programmes.some((one) => one.number === number))
      report.loss('programme-missing', at(line), { number, name })
  for (const { number, lines } of draft.programmes)
    if (!draft.tables.some(({ draft: { id } }) => id === `programme.${number}`))
      report.loss('provision-missing', lines, { number })
  if (!has('analysis')) report.loss('analysis-missing', end)
  if (!has('subheads')) report.loss('subheads-missing', end)
  if (!has('breakdown')) report.loss('breakdown-missing', end)
  if (states('balance') && !has('commitments')) report.loss('commitments-missing', end)
  const explained = new Set(draft.footnotes.map(({ mark }) => mark))
  for (const { draft: table } of draft.tables)
    for (const mark of new Set(table.rows.flatMap(({ marks }) => marks)))
      if (!explained.has(mark)) report.loss('note-missing', table.lines, { mark })
}

interface Made {
  draft: Draft
  head: Outline['head']
  bytes: Uint8Array
  name: string
  lines: number
}

/** Stage 8: cells get their names, in the order in which they are printed. */
function assemble({ draft, head, bytes, name, lines }: Made): EstimatesDocument {
  const tables = draft.tables.map(({ draft: table }) => table)
  const drafts = [
    ...draft.cells,
    ...tables.flatMap(({ rows, rates }) => [
      ...rows.flatMap(({ cells }) => cells.filter((cell) => cell !== null)),
      ...rates,
    ]),
  ]
  drafts.sort((one, other) => one.lines.from - other.lines.from)
  const ids = nameCells(drafts)
  refuseBeyond(draft, drafts.length, lines)
  return {
    year: draft.year,
    head: head.number,
    title: head.title,
    language: draft.words.language,
    source: { kind: 'text', name: name.slice(0, 255), sha256: createHash('sha256').update(bytes).digest('hex'), lines },
    controllingOfficer: draft.controllingOfficer,
    policyAreas: draft.policyAreas,
    programmes: draft.programmes.sort((one, other) => one.number - other.number),
    tables: tables.map(({ kind: _, rates: __, rows, ...table }) => ({
      ...table,
      rows: rows.map((row): Row => ({ ...row, cells: row.cells.map((cell) => (cell ? ids.get(cell)! : null)) })),
    })),
    cells: drafts.map((cell): Cell => ({ id: ids.get(cell)!, ...cell })),
    notes: draft.notes,
    charts: draft.charts,
    footnotes: draft.footnotes,
    findings: draft.report.findings.sort((one, other) => one.lines.from - other.lines.from),
  }
}

function nameCells(cells: readonly CellDraft[]): Map<CellDraft, string> {
  const ids = new Map<CellDraft, string>()
  const used = new Map<string, number>()
  for (const cell of cells) {
    const { place, subject, measure, period, base } = cell
    const own = `${place}/${subject}/${measure}/${period.when}.${period.phase}${base ? `~${base.when}.${base.phase}` : ''}`
    const count = (used.get(own) ?? 0) + 1
    used.set(own, count)
    ids.set(cell, count === 1 ? own : `${own}#${count}`)
  }
  return ids
}

/** The schema's limits on how many of each thing a document has. */
function refuseBeyond(draft: Draft, cells: number, line: number) {
  const tooMany = (what: string, length: number, max: number) => {
    if (length > max) throw new Refused('beyond-limits', { what: `${what}: ${length} > ${max}`, line })
  }
  tooMany('cells', cells, 100_000)
  tooMany('tables', draft.tables.length, 200)
  tooMany('programmes', draft.programmes.length, 99)
  tooMany('policy areas', draft.policyAreas.length, 50)
  tooMany('charts', draft.charts.length, 20)
  tooMany('footnotes', draft.footnotes.length, 100)
  for (const { description, done, attention } of draft.programmes as Programme[]) {
    tooMany('paragraphs', description.length, 50)
    tooMany('matters', Math.max(done?.items.length ?? 0, attention?.items.length ?? 0), 100)
  }
}
