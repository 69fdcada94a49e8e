import type { Option } from '../../definitions/form.ts'
import { type Notes, optionIds } from './imported.ts'
import { cellOf, noteColumns, type Row, rowText, type Table } from './xlsform-table.rules.ts'
import { words } from './xlsform-words.ts'

/** The choices of one list: `ids` are their names here, by those there. */
type ChoiceList = {
  readonly row: Row
  readonly options: readonly Option[]
  readonly ids: ReadonlyMap<string, string>
}
export type ChoiceLists = ReadonlyMap<string, ChoiceList>

const read = new Set(['list_name', 'name', 'value', 'label'])
const renamedMax = 20

/** The lists of the sheet choices. */
export function readLists(table: Table, notes: Notes): ChoiceLists {
  const rows = new Map<string, { row: Row; name: string }[]>()
  for (const row of table.rows) {
    const list = cellOf(table, row, 'list_name')
    const name = cellOf(table, row, 'name') || cellOf(table, row, 'value')
    if (list && name) {
      if (!rows.has(list)) rows.set(list, [])
      rows.get(list)!.push({ row, name })
    } else notes.add(row, words.optionNowhere)
  }
  noteColumns(table, (base) => read.has(base), notes)
  return new Map([...rows].map(([list, choices]) => [list, listOf(table, list, choices, notes)]))
}

function listOf(table: Table, list: string, choices: readonly { row: Row; name: string }[], notes: Notes): ChoiceList {
  const ids = optionIds(choices.map(({ name }) => name))
  const seen = new Set<string>()
  const options = choices.flatMap(({ row, name }): Option[] => {
    if (seen.has(name)) {
      notes.add(row, words.optionTwice, { list, name })
      return []
    }
    seen.add(name)
    return [{ id: ids.get(name)!, title: rowText(table, row, 'label', 200, notes) ?? { en: name, 'zh-Hant': name } }]
  })
  const renamed = [...ids].filter(([name, id]) => name !== id).map(([name, id]) => `${name} → ${id}`)
  if (renamed.length > 0) {
    const names = `${renamed.slice(0, renamedMax).join(', ')}${renamed.length > renamedMax ? ' …' : ''}`
    notes.add(choices[0]!.row, words.optionIds, { list, names })
  }
  return { row: choices[0]!.row, options, ids }
}
