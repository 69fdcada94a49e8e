import type { Text } from '#platform'
import type { Question } from '../../definitions/form.ts'
import { Refused } from './imported.ts'
import { noteMarks } from './marks.rules.ts'
import { isLostByRow, isYes, nameOf, questionOf, type Reading, remember, titleOf } from './xlsform-questions.rules.ts'
import { cellOf, noteColumns, type Row, rowText } from './xlsform-table.rules.ts'
import { words } from './xlsform-words.ts'

type Asked = { readonly is: 'ask'; readonly row: Row; readonly question: Question; readonly when: string }
type Said = { readonly is: 'say'; readonly row: Row; readonly text: Text; readonly when: string }
type Group = {
  readonly is: 'group'
  readonly row: Row
  readonly name: string
  readonly title?: Text | undefined
  readonly when: string
  readonly items: Item[]
}
type Repeat = Omit<Group, 'is' | 'title'> & {
  readonly is: 'repeat'
  readonly id: string
  readonly title: Text
  readonly count: string
}
export type Item = Asked | Said | Group | Repeat
export type Ask = Asked
export type List = Repeat

/** A value that is calculated, as the form says it. */
export type Calculation = {
  readonly row: Row
  readonly name: string
  readonly title?: Text | undefined
  readonly expression: string
}

const depthMax = 10
const sayCharactersMax = 2000

type Frame = {
  readonly row?: Row
  readonly kind: 'group' | 'repeat' | undefined
  readonly items: Item[]
  /** The list of things that the lines are in. */
  readonly list?: string | undefined
  /** Why what is inside is not taken over. */
  readonly lost?: 'list' | 'disabled'
  readonly conditional: boolean
}

/** The lines of a survey as a tree, with what is calculated. What cannot be there is noted. */
export function readSurvey(reading: Reading): { items: Item[]; calculations: Calculation[] } {
  const { table, notes } = reading
  const items: Item[] = []
  const calculations: Calculation[] = []
  const open: Frame[] = [{ kind: undefined, items, conditional: false }]
  for (const row of table.rows) {
    const type = cellOf(table, row, 'type').replace(/\s+/g, ' ')
    const [, act, kind] =
      /^(begin|end)[ _](group|repeat)$/i.exec(type.replace(/ (?:looped group|lgroup)$/i, ' repeat')) ?? []
    const frame = open.at(-1)!
    if (act?.toLowerCase() === 'begin') {
      if (open.length > depthMax) throw new Refused(words.tooDeep, { max: depthMax, line: row.line })
      open.push(begin(reading, row, kind!.toLowerCase() as 'group' | 'repeat', frame))
    } else if (act) close(reading, row, kind!.toLowerCase(), open)
    else if (!frame.lost) readLine(reading, row, type, frame, calculations)
  }
  for (const frame of open.slice(1).reverse()) {
    notes.add(frame.row!, words.noEnd)
    noteLostList(reading, frame, table.rows.at(-1)!)
  }
  noteColumns(
    table,
    (base, cell) => read.has(base) || isLostByRow(base) || /^(?:field-list|multiline)$/.test(cell),
    notes,
  )
  return { items, calculations }
}

const read = new Set(
  'type,name,label,hint,relevant,constraint,required,required_message,calculation,repeat_count,disabled'.split(','),
)

function begin(reading: Reading, row: Row, kind: 'group' | 'repeat', outer: Frame): Frame {
  const { table, notes } = reading
  const when = cellOf(table, row, 'relevant')
  const conditional = outer.conditional || when !== ''
  const frame = { row, kind, items: [], list: outer.list, conditional }
  if (outer.lost) return { ...frame, lost: outer.lost }
  if (isYes(cellOf(table, row, 'disabled'))) {
    notes.add(row, words.disabled)
    return { ...frame, lost: 'disabled' }
  }
  const name = cellOf(table, row, 'name')
  if (kind === 'group') {
    const title = rowText(table, row, 'label', 200, notes)
    outer.items.push({ is: 'group', row, name: name || title?.en || 'group', title, when, items: frame.items })
    return frame
  }
  if (outer.list !== undefined) return { ...frame, lost: 'list' }
  const title = titleOf(reading, row)
  const id = nameOf(reading, row, title)
  remember(reading, row, name, { id, type: { kind: 'list', of: { kind: 'group', fields: {} } } })
  const count = cellOf(table, row, 'repeat_count')
  outer.items.push({ is: 'repeat', row, name: name || id, id, title, when, count, items: frame.items })
  return { ...frame, list: id }
}

function close(reading: Reading, row: Row, kind: string, open: Frame[]): void {
  const frame = open.at(-1)!
  if (frame.kind === undefined) {
    reading.notes.add(row, words.noBegin)
    return
  }
  if (frame.kind !== kind) reading.notes.add(row, words.wrongEnd, { line: frame.row!.line })
  open.pop()
  // Of what is lost together only the outermost is told.
  if (!open.at(-1)!.lost) noteLostList(reading, frame, row)
}

function noteLostList({ table, notes }: Reading, { row, lost }: Frame, last: Row): void {
  if (lost !== 'list') return
  notes.add(row!, words.listInList, { name: cellOf(table, row!, 'name'), until: last.line })
}

function readLine(reading: Reading, row: Row, type: string, frame: Frame, calculations: Calculation[]): void {
  const { table, notes } = reading
  const when = cellOf(table, row, 'relevant')
  if (type === '') notes.add(row, words.noType, { words: row.cells.filter(Boolean).join(' · ').slice(0, 200) })
  else if (isYes(cellOf(table, row, 'disabled'))) notes.add(row, words.disabled)
  else if (type === 'note') {
    const text = rowText(table, row, 'label', sayCharactersMax, notes)
    if (!text) return
    noteMarks(notes, row, text)
    frame.items.push({ is: 'say', row, text, when })
  } else if (type === 'calculate') {
    const calculation = calculationOf(reading, row, frame, when)
    if (calculation) calculations.push(calculation)
  } else {
    const question = questionOf(reading, row, type, frame.list)
    if (question) frame.items.push({ is: 'ask', row, question, when })
  }
}

function calculationOf(reading: Reading, row: Row, frame: Frame, when: string): Calculation | undefined {
  const { table, notes } = reading
  const name = cellOf(table, row, 'name')
  const expression = cellOf(table, row, 'calculation')
  if (frame.list !== undefined) {
    notes.add(row, words.calculate, { why: words.calculateInList, expression: `${name} = ${expression}` })
    return undefined
  }
  if (frame.conditional || when)
    notes.add(row, words.calculateAlways, { expression: when || cellOf(table, frame.row!, 'relevant') || '…' })
  return { row, name, title: rowText(table, row, 'label', 200, notes), expression }
}
