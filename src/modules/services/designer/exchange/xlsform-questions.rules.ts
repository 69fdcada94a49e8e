import { sayEverywhere, type Text } from '#platform'
import { fileKinds, type Question } from '../../definitions/form.ts'
import { typeOf } from '../../definitions/names.rules.ts'
import { limitsOf } from './constraint.rules.ts'
import type { Answer } from './feel.rules.ts'
import { fitting, importWords, type NamesGiven, type Notes } from './imported.ts'
import { noteMarks } from './marks.rules.ts'
import type { ChoiceLists } from './xlsform-lists.rules.ts'
import { cellOf, type Row, rowText, type Table } from './xlsform-table.rules.ts'
import { words } from './xlsform-words.ts'
import { NotTaken } from './xpath.rules.ts'

/** What an import has in hand while it reads the lines of a form. */
export type Reading = {
  readonly table: Table
  readonly lists: ChoiceLists
  readonly notes: Notes
  readonly names: NamesGiven
  /** What was taken over, by its name there. */
  readonly answers: Map<string, Answer>
  /** Lists of choices that a question asks for. */
  readonly asked: Set<string>
}

type Kind = Pick<Question, 'kind' | 'whole' | 'files' | 'options'>

const plainKinds: Readonly<Record<string, Kind>> = {
  text: { kind: 'text' },
  string: { kind: 'text' },
  integer: { kind: 'number', whole: true },
  int: { kind: 'number', whole: true },
  decimal: { kind: 'number' },
  date: { kind: 'date' },
  file: { kind: 'file', files: [...fileKinds] },
  image: { kind: 'file', files: ['image'] },
  photo: { kind: 'file', files: ['image'] },
  video: { kind: 'file', files: ['video'] },
  acknowledge: { kind: 'declaration' },
  trigger: { kind: 'declaration' },
  'phone number': { kind: 'phone' },
  'add image prompt': { kind: 'file', files: ['image'] },
  'add photo prompt': { kind: 'file', files: ['image'] },
  'add video prompt': { kind: 'file', files: ['video'] },
  'add file prompt': { kind: 'file', files: [...fileKinds] },
}

const byDevice = new Set(
  'start,end,today,deviceid,subscriberid,simserial,phonenumber,username,email,audit,start-geopoint,background-audio,background-geopoint'.split(
    ',',
  ),
)
const optionsMax = 300

/** The question of a line, with its limits; undefined, with a note, where there is no such question here. */
export function questionOf(reading: Reading, row: Row, type: string, list: string | undefined): Question | undefined {
  const { table, notes } = reading
  const kind = kindOf(reading, row, type)
  const name = cellOf(table, row, 'name')
  if (!kind) {
    notes.add(row, byDevice.has(type) ? words.device : words.kind, { type, name })
    return undefined
  }
  const title = titleOf(reading, row)
  const hint = rowText(table, row, 'hint', 400, notes)
  const missing = rowText(table, row, 'required_message', 200, notes)
  const id = nameOf(reading, row, title)
  const asked: Question = {
    id,
    title,
    ...(hint && { hint }),
    ...kind.of,
    ...(!isRequired(reading, row) && { optional: true }),
    ...(missing && { missing }),
  }
  const question = fitting(notes, row, { ...asked, ...limits(reading, row, asked) })
  for (const text of [title, hint]) if (text) noteMarks(notes, row, text)
  noteLost(reading, row)
  const answer = {
    id,
    type: typeOf(question),
    ...(list !== undefined && { list }),
    ...(kind.ids && { options: kind.ids }),
  }
  remember(reading, row, name, answer)
  return question
}

/** Keeps what a name of the form became. */
export function remember({ notes, answers }: Reading, row: Row, name: string, answer: Answer): void {
  if (!name) return
  if (answers.has(name)) notes.add(row, words.twice, { name })
  else answers.set(name, answer)
}

export function titleOf({ table, notes }: Reading, row: Row): Text {
  const title = rowText(table, row, 'label', 200, notes)
  if (title) return title
  const name = cellOf(table, row, 'name') || `${row.line}`
  notes.add(row, words.noLabel, { name })
  return { en: name, 'zh-Hant': name }
}

/** A name for conditions, with a note where it is another one than there. */
export function nameOf({ table, notes, names, answers }: Reading, row: Row, title: Text): string {
  const name = cellOf(table, row, 'name')
  const id = names.answer(name || title.en)
  if (!name) notes.add(row, words.noName)
  else if (name !== id && !answers.has(name)) notes.add(row, importWords.renamed, { name, id })
  return id
}

/** As it is written now, and as older forms still write it, in whole words. */
const selects =
  /^(?:add )?select[ _]?(one|1|multiple|all that apply)(?: from| prompt using)?\s+(\S+)(\s+or(?:_| | specify )other)?$/

function kindOf(reading: Reading, row: Row, type: string): { of: Kind; ids?: ReadonlyMap<string, string> } | undefined {
  const plain = Object.hasOwn(plainKinds, type) ? plainKinds[type]! : undefined
  if (plain)
    return {
      of:
        plain.kind === 'text' && /\bmultiline\b/.test(cellOf(reading.table, row, 'appearance'))
          ? { kind: 'long-text' }
          : plain,
    }
  const [, how, list = '', other] = selects.exec(type) ?? []
  return how === undefined
    ? undefined
    : choosing(reading, row, /^(?:one|1)$/.test(how) ? 'choice' : 'choices', list, other !== undefined)
}

function choosing(
  { lists, notes, asked }: Reading,
  row: Row,
  kind: 'choice' | 'choices',
  list: string,
  other: boolean,
) {
  const found = lists.get(list)
  asked.add(list)
  if (other) notes.add(row, words.orOther)
  const count = found?.options.length ?? 0
  if (found && count >= 2 && count <= optionsMax) return { of: { kind, options: [...found.options] }, ids: found.ids }
  if (!found) notes.add(row, words.noList, { list })
  else if (count < 2)
    notes.add(row, words.fewOptions, { list, options: found.options.map(({ title }) => title.en).join(', ') })
  else notes.add(row, words.manyOptions, { list, max: optionsMax })
  return { of: { kind: 'text' as const } }
}

const yes = /^(?:yes|true|true\(\)|1|1\.0)$/i
const no = /^(?:no|false|false\(\)|0|0\.0|)$/i
export const isYes = (cell: string): boolean => yes.test(cell)

function isRequired({ table, notes }: Reading, row: Row): boolean {
  const cell = cellOf(table, row, 'required')
  if (!yes.test(cell) && !no.test(cell)) notes.add(row, words.required, { expression: cell })
  return yes.test(cell)
}

function limits({ table, notes }: Reading, row: Row, question: Question): Pick<Question, 'min' | 'max'> {
  const expression = cellOf(table, row, 'constraint')
  if (!expression) return {}
  try {
    const { limits, left } = limitsOf(expression, question)
    for (const part of left) notes.add(row, words.constraint, { expression: part })
    return limits
  } catch (error) {
    if (!(error instanceof NotTaken)) throw error
    notes.add(row, words.constraintWhy, { expression, why: sayEverywhere(error.text, error.values) })
    return {}
  }
}

/** What a question has there and none has here, each with its words. */
const lost = ['default', 'choice_filter', 'constraint_message', 'guidance_hint', 'trigger']

function noteLost({ table, notes }: Reading, row: Row): void {
  for (const column of table.columns) {
    const value = row.cells[column.at]
    const isLost = lost.includes(column.base) || (column.base === 'read_only' && isYes(value ?? ''))
    if (value && isLost) notes.add(row, words.cell, { column: column.header, value })
  }
}
export const isLostByRow = (base: string): boolean => lost.includes(base) || base === 'read_only'
