import { type Choice, nameOf, readControls, type Sent } from './controls.rules.ts'
import { type Pointer, valueAt, writeAt } from './pointers.rules.ts'

type Cell = { pointer: Pointer; value: string }
/** A table of rules as it is edited: a column for each thing looked at and each that is given, a row for each rule. */
export type Grid = {
  pointer: Pointer
  inputs: Cell[]
  outputs: { pointer: Pointer; id: string; kind: string }[]
  rows: { pointer: Pointer; when: Cell[]; gives: Cell[]; reason: Cell }[]
  reasons: Choice[]
}

export const outputKinds = ['text', 'number', 'money', 'date', 'yes-no'] as const

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const word = (value: unknown): string =>
  value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)

/** The grid of a page that is a table of rules; undefined for any other page. */
export function gridOf(definition: object, page: Pointer): Grid | undefined {
  if (!/^\/apply\/case\/rules\/\d+$/.test(page)) return undefined
  const at = (pointer: Pointer) => valueAt(definition, pointer)
  const inputs = list(at(`${page}/inputs`)).map((value, index) => ({
    pointer: `${page}/inputs/${index}`,
    value: word(value),
  }))
  const outputs = list(at(`${page}/outputs`)).map((each, index) => {
    const { id, kind } = (each ?? {}) as { id?: unknown; kind?: unknown }
    return { pointer: `${page}/outputs/${index}`, id: word(id), kind: word(kind) }
  })
  const rows = list(at(`${page}/rows`)).map((_, index) => {
    const pointer = `${page}/rows/${index}`
    const cell = (place: Pointer) => ({ pointer: place, value: word(at(place)) })
    return {
      pointer,
      when: inputs.map((_, column) => cell(`${pointer}/when/${column}`)),
      gives: outputs.map(({ id }) => cell(`${pointer}/gives/${id}`)),
      reason: cell(`${pointer}/reason`),
    }
  })
  const reasons = list(at('/apply/case/reasons')).map((each) => ({
    value: word((each as { id?: unknown } | null)?.id),
    label: nameOf(each, '–'),
  }))
  return { pointer: page, inputs, outputs, rows, reasons }
}

/** Writes what the form of a grid sent. An output that is renamed takes the values of its rows along. */
export function readGrid(definition: object, grid: Grid, sent: Sent): void {
  const common = { key: '', needed: true }
  const words = (cells: readonly Cell[]) =>
    cells.map((cell) => ({ ...common, ...cell, kind: 'words' as const, long: false, max: 1000 }))
  for (const { pointer, when, gives, reason } of grid.rows) {
    if (!Array.isArray(valueAt(definition, `${pointer}/when`))) writeAt(definition, `${pointer}/when`, [])
    for (const { pointer: place } of when) {
      const given = sent[place]
      // An empty cell is one that takes anything.
      if (given !== undefined) writeAt(definition, place, String(given).trim() || '-')
    }
    readControls(definition, words([...gives, reason]), sent)
  }
  readControls(
    definition,
    words(grid.inputs).filter(({ pointer }) => String(sent[pointer] ?? '') !== ''),
    sent,
  )
  for (const { pointer, id } of grid.outputs) {
    readControls(
      definition,
      words([
        { pointer: `${pointer}/id`, value: '' },
        { pointer: `${pointer}/kind`, value: '' },
      ]),
      sent,
    )
    const renamed = word(valueAt(definition, `${pointer}/id`))
    if (renamed === id || renamed === '') continue
    for (const row of grid.rows) {
      const value = valueAt(definition, `${row.pointer}/gives/${id}`)
      writeAt(definition, `${row.pointer}/gives/${id}`, undefined)
      if (value !== undefined) writeAt(definition, `${row.pointer}/gives/${renamed}`, value)
    }
  }
}

/** Adds or takes away a column of what is looked at, with the cells of all rows. */
export function changeColumn(definition: object, grid: Grid, change: { add: true } | { remove: number }): void {
  const inputs = list(valueAt(definition, `${grid.pointer}/inputs`))
  const rows = grid.rows.map(({ pointer }) => list(valueAt(definition, `${pointer}/when`)))
  for (const [of, empty] of [[inputs, ''], ...rows.map((row) => [row, '-'] as const)] as const) {
    if ('add' in change) of.push(empty)
    else of.splice(change.remove, 1)
  }
}
