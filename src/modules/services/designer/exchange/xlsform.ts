import { sayEverywhere, type Text } from '#platform'
import type { Form } from '../../definitions/form.ts'
import { typeOfKind } from '../../definitions/names.rules.ts'
import { limits, type Type } from '../../rules/types.rules.ts'
import { calculationOf } from './feel.rules.ts'
import {
  type At,
  dropRefused,
  type Imported,
  type ImportedDefinition,
  importWords,
  openNames,
  openNotes,
  Refused,
  serviceIdOf,
} from './imported.ts'
import { readWorkbook, type Sheet } from './workbook.ts'
import { readLists } from './xlsform-lists.rules.ts'
import { layPages } from './xlsform-pages.rules.ts'
import { nameOf, type Reading, remember } from './xlsform-questions.rules.ts'
import { type Calculation, readSurvey } from './xlsform-survey.rules.ts'
import { cellOf, languageOf, readTable, rowText, type Table } from './xlsform-table.rules.ts'
import { words } from './xlsform-words.ts'
import { NotTaken, sentences } from './xpath.rules.ts'

/** Far more than people answer; what is longer is another file, or several forms. */
const linesMax = 3000
const sheetNames = ['settings', 'survey', 'choices']

/**
 * What an XLSForm (https://xlsform.org/en/ref-table) says of a service: its pages, questions, conditions and calculated values, with
 * a note for each line that could not be taken over as it was. `bytes` is a workbook of Excel; what is none, or is larger than a form
 * can be, is refused with why.
 */
export async function importXlsForm(bytes: Uint8Array): Promise<Imported> {
  try {
    return importSheets(await readWorkbook(bytes))
  } catch (error) {
    if (error instanceof Refused) return { refused: error.text }
    throw error
  }
}

/** The same of sheets that were read. Throws `Refused`. */
export function importSheets(sheets: readonly Sheet[]): Imported {
  const notes = openNotes()
  const find = (name: string) => sheets.find((each) => each.name.trim().toLowerCase() === name)
  const survey = find('survey')
  if (!survey) throw new Refused(words.noSurvey)
  for (const sheet of sheets)
    if (!sheetNames.includes(sheet.name.trim().toLowerCase()) && sheet.lines.some((line) => line.some(Boolean)))
      notes.add({ sheet: sheet.name, line: 1 }, words.sheet, { sheet: sheet.name })
  const settings = readTable(find('settings') ?? { name: 'settings', lines: [] }, undefined)
  const spoken = settings.rows[0] ? languageOf(cellOf(settings, settings.rows[0], 'default_language')) : undefined
  const table = readTable(survey, spoken)
  if (table.rows.length > linesMax) throw new Refused(words.tooManyLines, { max: linesMax })
  if (!table.columns.some(({ base }) => base === 'type'))
    throw new Refused(words.noColumn, { sheet: survey.name, column: 'type' })
  const lists = readLists(readTable(find('choices') ?? { name: 'choices', lines: [] }, spoken), notes)
  const reading: Reading = { table, lists, notes, names: openNames(), answers: new Map(), asked: new Set() }
  const { items, calculations } = readSurvey(reading)
  for (const [list, { row }] of lists) if (!reading.asked.has(list)) notes.add(row, words.listUnused, { list })
  const { values, lines: ofValues } = calculate(reading, calculations)
  const { pages, lines } = layPages(reading, items)
  if (pages.length === 0) throw new Refused(importWords.nothing)
  const form = { pages, ...(values.length > 0 && { values }) }
  dropRefused(form, notes, (part): At => lines.get(part) ?? ofValues.get(part) ?? { sheet: survey.name, line: 0 })
  const definition: ImportedDefinition = { ...readSettings(settings, notes), apply: { form } }
  return { definition, notes: notes.list(sheets.map(({ name }) => name)) }
}

type Values = NonNullable<Form['values']>
const kinds: Partial<Record<Type['kind'], Values[number]['kind']>> = {
  text: 'text',
  choice: 'text',
  number: 'number',
  boolean: 'yes-no',
  date: 'date',
}
const valuesMax = 100

/** What is calculated, each behind what it reads: a form may calculate in any order. */
function calculate(reading: Reading, calculations: readonly Calculation[]) {
  const { notes } = reading
  const values: Values = []
  const lines = new Map<object, At>()
  const why = new Map<Calculation, Text>()
  let left = calculations
  for (let before = -1; before !== values.length; ) {
    before = values.length
    left = left.filter((each) => {
      const { row, name, title, expression } = each
      try {
        const { kind, gives } = worthOf(expression, reading, values.length)
        const id = nameOf(reading, row, title ?? { en: name, 'zh-Hant': name })
        const value = { id, ...(title && { title }), kind, gives }
        remember(reading, row, name, { id, type: typeOfKind(kind) })
        values.push(value)
        lines.set(value, row)
        return false
      } catch (error) {
        if (!(error instanceof NotTaken)) throw error
        why.set(each, sayEverywhere(error.text, error.values))
        return true
      }
    })
  }
  for (const each of left) notes.add(each.row, words.calculate, { why: why.get(each)!, expression: each.expression })
  return { values, lines }
}

function worthOf(
  expression: string,
  { answers }: Reading,
  count: number,
): { kind: Values[number]['kind']; gives: string } {
  const { text, type } = calculationOf(expression, answers)
  const kind = kinds[type.kind]
  if (!kind) throw new NotTaken(words.calculateKind)
  if (count >= valuesMax) throw new NotTaken(words.calculateMax, { max: valuesMax })
  if (text.length > limits.expression) throw new NotTaken(sentences.tooLong, { max: limits.expression })
  return { kind, gives: text }
}

function readSettings(table: Table, notes: ReturnType<typeof openNotes>): Pick<ImportedDefinition, 'id' | 'title'> {
  const [row] = table.rows
  if (!row) return {}
  for (const { base, header, at } of table.columns)
    if (row.cells[at] && !['form_title', 'form_id', 'default_language'].includes(base))
      notes.add(row, words.setting, { setting: header, value: row.cells[at].slice(0, 300) })
  const title = rowText(table, row, 'form_title', 100, notes)
  const id = cellOf(table, row, 'form_id') || title?.en
  return { ...(id && { id: serviceIdOf(id) }), ...(title && { title }) }
}
