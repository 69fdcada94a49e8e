import type { Chart, Footnote, Matters, Passage, PolicyArea, Programme } from '../types.ts'
import type { Block } from './blocks.ts'
import { type CellDraft, figureCell } from './cells.ts'
import type { Line } from './decode.ts'
import { isHeader, readPeriod } from './headers.ts'
import { mostCommon } from './heads.ts'
import { readFigure } from './numbers.ts'
import { readYear } from './periods.ts'
import { Refused } from './refusals.ts'
import type { Report } from './report.ts'
import { matches, readCoverPosts, readSentences, type Setting } from './sentences.ts'
import { passage, type Span } from './spans.ts'
import type { TableContext, TableKind } from './structure.ts'
import { type ReadTable, readTable } from './tables.ts'
import type { HeadingKind, Vocabulary } from './vocabulary.ts'

/** Refused when met, as every note is searched for figures. */
const notesMax = 200

/** The document as it grows, block by block. */
export interface Draft {
  words: Vocabulary
  report: Report
  year: string
  /** The first month of the financial year. */
  startMonth: number
  controllingOfficer: Passage | null
  policyAreas: PolicyArea[]
  programmes: Programme[]
  notes: Passage[]
  charts: Chart[]
  footnotes: Footnote[]
  tables: ReadTable[]
  /** Cells that stand in sentences, and percentages that stand outside their tables. */
  cells: CellDraft[]
  /** All running text, to look names up in. */
  prose: Span[]

  section: HeadingKind | undefined
  programme: Programme | undefined
  explained: number | undefined
  list: Matters | undefined
  listed: Map<number, { name: string; line: number }>
  brokenDown: string | undefined
  lastTable: ReadTable | undefined
  shared: { area: PolicyArea; lines: PolicyArea['lines'] }[]
}

/** Stage 7: blocks to the parts of the document. */
export function readDocument(blocks: readonly Block[], words: Vocabulary, startMonth: number, report: Report): Draft {
  const draft: Draft = {
    words,
    report,
    year: findYear(blocks, words, report),
    startMonth,
    controllingOfficer: null,
    policyAreas: [],
    programmes: [],
    notes: [],
    charts: [],
    footnotes: [],
    tables: [],
    cells: [],
    prose: [],
    section: undefined,
    programme: undefined,
    explained: undefined,
    list: undefined,
    listed: new Map(),
    brokenDown: undefined,
    lastTable: undefined,
    shared: [],
  }
  for (const [index, block] of blocks.entries()) readBlock(draft, block, blocks[index + 1])
  finishPolicyAreas(draft)
  return draft
}

/** The year that the summary and the headers of most tables speak of: a misprint in one of them must not move the rest. */
function findYear(blocks: readonly Block[], words: Vocabulary, report: Report): string {
  let cover: { year: string; block: Block } | undefined
  const years: string[] = []
  for (const block of blocks) {
    if (block.kind === 'cover' && !cover) {
      const year = readYear(words.coverEstimate.exec(block.span.text.trim())?.groups?.year ?? '')
      if (year !== undefined) cover = { year, block }
    } else if (block.kind === 'table') {
      for (const line of block.rows) {
        if (!isHeader(line, words)) continue
        const periods = line.cells.map((cell) => readPeriod(cell, words))
        years.push(...periods.flatMap((one) => (one?.phase === 'estimate' && one.when.length === 7 ? [one.when] : [])))
      }
    }
  }
  if (cover) years.unshift(cover.year)
  if (years.length === 0) throw new Refused('no-year')
  const year = mostCommon(years)
  if (cover && cover.year !== year) report.doubt('year-differs', cover.block.lines, { cover: cover.year, tables: year })
  return year
}

const setting = (draft: Draft, place: Setting['place'], subject = 'head'): Setting => ({
  words: draft.words,
  year: draft.year,
  startMonth: draft.startMonth,
  place,
  subject,
})

function readBlock(draft: Draft, block: Block, next: Block | undefined) {
  if (block.kind !== 'item' && block.kind !== 'paragraph') draft.list = undefined
  if ('span' in block && block.kind !== 'cover') draft.prose.push(block.span)
  switch (block.kind) {
    case 'cover':
      return readCoverBlock(draft, block)
    case 'heading':
      return enter(draft, block.heading)
    case 'programme':
      return readProgramme(draft, block)
    case 'chart':
      draft.section = undefined
      draft.charts.push({ kind: block.chart, caption: block.caption, lines: block.lines })
      return draft.report.loss(`chart-${block.chart}-lost`, block.lines, { caption: block.caption })
    case 'paragraph':
      return readParagraph(draft, block, next)
    case 'item':
      if (draft.list) {
        draft.list.items.push(passage(block.span))
        draft.list.lines = { from: draft.list.lines.from, to: block.lines.to }
        if (draft.programme) draft.programme.lines = { from: draft.programme.lines.from, to: block.lines.to }
      } else unknown(draft, block.span)
      return
    case 'note':
      return readFootnote(draft, block)
    case 'rate':
      return readOriginalRate(draft, block)
    case 'table':
      return readTableBlock(draft, block.rows)
  }
}

function unknown(draft: Draft, span: Span) {
  draft.report.unknown('line-unknown', span.lines, { text: span.shown })
}

function enter(draft: Draft, heading: HeadingKind) {
  const { section } = draft
  // The accounts are headings inside the notes; the words also head the table of subheads.
  if (heading === 'account') return
  draft.section = heading
  if (heading === 'analysis' || heading === 'explanations' || heading === 'notes' || heading === 'commitments')
    draft.programme = undefined
  if (heading === 'programmes' && section !== undefined && section !== 'report') draft.section = section
}

/** An amount in the summary: `18.098 億元`, `$1,809.8m`. */
function coverCell(draft: Draft, block: Block & { kind: 'cover' }, of: Pick<CellDraft, 'subject' | 'measure'>) {
  const { value } = block
  const found = value && matches(value.text, draft.words.amount)[0]
  const unit = found && draft.words.amountUnits[found.groups.unit ?? '']
  if (!value || !found || !unit)
    return draft.report.unknown('figure-unknown', block.lines, {
      printed: value?.shown ?? '—',
      text: block.span.shown.slice(0, 80),
    })
  const [from, to] = found.indices.groups.number!
  const lines = { from: value.line, to: value.line }
  draft.cells.push(
    figureCell(
      { place: 'cover', ...of, period: { when: draft.year, phase: 'estimate' }, unit, lines },
      readFigure(found.groups.number!),
      value.shown.slice(from, to),
    ),
  )
}

function readCoverBlock(draft: Draft, block: Block & { kind: 'cover' }) {
  const { words } = draft
  const text = block.span.text.trim()
  const posts = readCoverPosts(block.span, setting(draft, 'cover'), draft.report)
  draft.cells.push(...posts)
  if (words.controllingOfficer.test(text)) draft.controllingOfficer = passage(block.span)
  else if (words.coverEstimate.test(text)) coverCell(draft, block, { subject: 'head', measure: 'provision' })
  else if (words.coverCeiling.test(text)) coverCell(draft, block, { subject: 'head', measure: 'salary-ceiling' })
  else if (words.coverBalance.test(text)) coverCell(draft, block, { subject: 'commitments', measure: 'balance' })
  else if (posts.length === 0) unknown(draft, block.span)
}

function readProgramme(draft: Draft, block: Block & { kind: 'programme' }) {
  const { number, name, lines } = block
  if (draft.section === 'explanations') {
    draft.explained = number
    return
  }
  if (number < 1) return draft.report.unknown('line-unknown', lines, { text: name })
  const listed = draft.listed.get(number)
  if (draft.section === 'programmes' && !listed) {
    draft.listed.set(number, { name, line: lines.from })
    return
  }
  if (listed && listed.name !== name && name !== '')
    draft.report.doubt('names-differ', lines, { one: listed.name, other: name })
  draft.section = 'detail'
  draft.programme = draft.programmes.find((one) => one.number === number)
  if (draft.programme) return
  draft.programme = {
    number,
    name: listed?.name || name,
    aim: null,
    description: [],
    done: null,
    attention: null,
    explanation: null,
    lines,
  }
  draft.programmes.push(draft.programme)
}

function readParagraph(draft: Draft, block: Block & { kind: 'paragraph' }, next: Block | undefined) {
  const { section, programme } = draft
  const whole = passage(block.span, block.number)
  draft.list = undefined
  if (programme) programme.lines = { from: programme.lines.from, to: block.lines.to }
  if (section === 'programmes' || section === 'detail') {
    if (readPolicyArea(draft, block)) return
    return unknown(draft, block.span)
  }
  if (section === 'explanations') return readExplanation(draft, block, whole)
  if (section === 'notes' || section === 'commitments') {
    draft.brokenDown = draft.words.breakdownOf.exec(block.span.text)?.groups?.code ?? draft.brokenDown
    if (draft.notes.length >= notesMax)
      throw new Refused('beyond-limits', { what: `> ${notesMax} paragraphs`, line: block.lines.from })
    draft.notes.push(whole)
    draft.cells.push(...readSentences(block.span, setting(draft, 'notes'), draft.report))
    return
  }
  if (!programme) return unknown(draft, block.span)
  if (next?.kind === 'item') {
    const list: Matters = {
      ...(block.number !== undefined && { number: block.number }),
      lead: whole.text.slice(0, 500),
      items: [],
      lines: { ...block.lines },
    }
    const slot = section === 'attention' ? 'attention' : 'done'
    if (programme[slot]) programme.description.push(whole)
    else programme[slot] = list
    draft.list = programme[slot] ?? list
  } else if (section === 'aim' && !programme.aim) programme.aim = whole
  else programme.description.push(whole)
}

function readExplanation(draft: Draft, block: Block & { kind: 'paragraph' }, whole: Passage) {
  const programme = draft.programmes.find(({ number }) => number === draft.explained)
  if (!programme) return unknown(draft, block.span)
  const before = programme.explanation
  programme.explanation = before
    ? { text: `${before.text}\n${whole.text}`.slice(0, 10_000), lines: { from: before.lines.from, to: whole.lines.to } }
    : whole
  draft.cells.push(...readSentences(block.span, setting(draft, 'prose', `programme:${programme.number}`), draft.report))
}

function readPolicyArea(draft: Draft, block: Block & { kind: 'paragraph' }): boolean {
  const groups = draft.words.policyArea.exec(block.span.text.trim())?.groups
  if (!groups) return false
  const offset = block.span.text.length - block.span.text.trimStart().length
  const shownOf = (part: string) => {
    const at = block.span.text.indexOf(part, offset)
    return block.span.shown
      .slice(at, at + part.length)
      .trim()
      .slice(0, 200)
  }
  const area: PolicyArea = {
    number: Number(groups.number),
    name: shownOf(groups.name!),
    secretary: shownOf(groups.secretary!),
    programmes: [],
    lines: block.lines,
  }
  draft.policyAreas.push(area)
  const last = draft.programme?.number ?? [...draft.listed.keys()].at(-1)
  if (groups.all !== undefined) draft.shared.push({ area, lines: block.lines })
  else if (last !== undefined) area.programmes = [last]
  return true
}

/** “These programmes” are all that have no sentence of their own, wherever the brace of the printed page let it fall. */
function finishPolicyAreas(draft: Draft) {
  const listed = [...draft.listed]
  const numbers = listed.length > 0 ? listed.map(([number]) => number) : draft.programmes.map(({ number }) => number)
  const own = new Set(draft.policyAreas.flatMap(({ programmes }) => programmes))
  for (const { area, lines } of draft.shared) {
    area.programmes = numbers.filter((number) => !own.has(number))
    if (!listed.some(([, { line }]) => line > lines.to)) continue
    draft.report.doubt('policy-area-placed', lines, { number: area.number, programmes: area.programmes.join(', ') })
  }
}

function readFootnote(draft: Draft, block: Block & { kind: 'note' }) {
  const { mark, span, lines } = block
  const rows = draft.tables.flatMap(({ draft: table }) => table.rows.filter((row) => row.marks.includes(mark)))
  const subjects = [...new Set(rows.map(({ subject }) => subject))]
  draft.footnotes.push({ mark, text: span.shown.trim().slice(0, 1000), subjects: subjects.slice(0, 50), lines })
  draft.report.repair('note-read', lines, { mark, names: rows.map(({ label, code }) => code ?? label).join(', ') })
  draft.cells.push(...readSentences(span, { ...setting(draft, 'footnote'), noted: subjects }, draft.report))
}

function readOriginalRate(draft: Draft, block: Block & { kind: 'rate' }) {
  const { words, lastTable: table } = draft
  const text = block.text.replace(/\s/g, '')
  const [match] = matches(text, words.originalRate)
  const baseYear = readYear(match?.groups.year ?? '')
  const column = table?.draft.columns.findLast(({ period }) => period.phase === 'estimate')
  const row = table?.draft.rows.findLast(({ role }) => role !== 'group')
  if (!match || baseYear === undefined || !table || !column || !row)
    return draft.report.unknown('line-unknown', block.lines, { text: block.text })
  draft.report.repair('percentage-joined', block.lines, { text: match[0] })
  const isDown =
    match.groups.sign === undefined ? words.decrease.test(match.groups.verb ?? '') : match.groups.sign !== '+'
  const { steps: size, decimals } = readFigure(match.groups.rate!)
  const steps = isDown && size !== null && size !== 0 ? -size : size
  const base = { when: baseYear, phase: 'original' as const }
  const at = {
    place: table.draft.place,
    subject: row.subject,
    measure: 'provision-rate' as const,
    period: column.period,
    base,
    unit: 'rate' as const,
    lines: block.lines,
  }
  draft.cells.push(figureCell(at, { steps, decimals }, match.groups.rate!))
}

function readTableBlock(draft: Draft, rows: readonly Line[]) {
  const kind = kindOf(draft, rows)
  const owner = kind === 'breakdown' ? draft.brokenDown! : String(draft.programme?.number ?? '')
  const context: TableContext | undefined = kind && {
    kind,
    owner,
    words: draft.words,
    year: draft.year,
    startMonth: draft.startMonth,
  }
  const table = context && readTable(rows, context, draft.report)
  if (!table) {
    for (const line of rows.slice(0, 100))
      draft.report.unknown('line-unknown', { from: line.number, to: line.number }, { text: line.shown })
    return
  }
  if (draft.programme && (kind === 'programme' || kind === 'targets' || kind === 'indicators')) {
    draft.programme.lines = { from: draft.programme.lines.from, to: table.draft.lines.to }
  }
  if (draft.tables.some(({ draft: { id } }) => id === table.draft.id))
    draft.report.doubt('table-again', table.draft.lines)
  while (draft.tables.some(({ draft: { id } }) => id === table.draft.id))
    table.draft.id = `${table.draft.id}.again`.slice(0, 40)
  draft.tables.push(table)
  draft.lastTable = table
}

/** Which table of the Estimates it is: by the words of its header, else by the section that it stands in. */
function kindOf(draft: Draft, rows: readonly Line[]): TableKind | undefined {
  const { words, section, programme } = draft
  const headers = rows.slice(0, 4).filter((line) => isHeader(line, words))
  const cells = headers.flatMap((line) => line.cells.filter(Boolean))
  if (cells.some((cell) => words.commitmentHeader.test(cell))) return 'commitments'
  if (cells[0] !== undefined && words.subheadHeader.test(cells[0])) return 'subheads'
  if (programme) {
    if (section === 'targets' || section === 'indicators') return section
    if (cells.some((cell) => words.targetHeader.test(cell))) return 'targets'
    const isProvision = rows.some((line) => words.provisionLabel.test(line.cells.find(Boolean) ?? ''))
    return isProvision ? 'programme' : undefined
  }
  if (section === 'analysis') return 'analysis'
  if ((section === 'notes' || section === 'commitments') && draft.brokenDown !== undefined) return 'breakdown'
  if (rows.some((line) => /^\(1\) ?\S/.test(line.cells[0] ?? ''))) return 'analysis'
  return undefined
}
