import { hash } from 'node:crypto'
import { hashOfText, textsOf } from '../definitions/checks/texts.rules.ts'
import {
  type Control,
  controlsOf,
  emptyOf,
  isPaged,
  type Known,
  pageOf,
  readControls,
  type Sent,
  shapeAt,
} from './controls.rules.ts'
import { changeColumn, type Grid, gridOf, readGrid } from './grid.rules.ts'
import { moveAt, namesOf, type Pointer, valueAt, writeAt } from './pointers.rules.ts'

/** What a page of the designer shows of a definition. */
export type Edited = { controls: Control[]; grid: Grid | undefined; seen: string }

const gridKeys = new Set(['inputs', 'outputs', 'rows'])

export function editedOf(definition: object, page: Pointer, known: Known): Edited {
  const grid = gridOf(definition, page)
  const controls = controlsOf(definition, page, known).filter(({ key }) => !grid || !gridKeys.has(key))
  return { controls, grid, seen: digestOf(controls, grid) }
}

/** Of all that a page can change: names of what has a page of its own, and what may be chosen, change elsewhere. */
function digestOf(controls: readonly Control[], grid: Grid | undefined): string {
  const content = JSON.stringify([controls, grid], (key, value) =>
    key === 'name' || key === 'choices' ? undefined : value,
  )
  return hash('sha256', content).slice(0, 16)
}

/** Writes into a definition, which is the caller’s own, what a page sent. */
export function readEdited(definition: object, { controls, grid }: Edited, sent: Sent): void {
  readControls(definition, controls, sent)
  if (grid) readGrid(definition, grid, sent)
}

/** What a button of a page does, as `add /apply/form/pages`; returns the place to go on at. */
export function act(definition: object, page: Pointer, button: string): Pointer {
  const [does, pointer = ''] = button.split(' ')
  if (does === 'confirm') confirm(definition, pointer)
  const shape = shapeAt(pointer)
  const within = pageOf(pointer) === page || pointer.startsWith(`${page}/`)
  if (!shape || !within) return page
  const grid = gridOf(definition, page)
  if (grid && pointer.startsWith(`${page}/inputs`)) {
    if (does === 'add') changeColumn(definition, grid, { add: true })
    if (does === 'remove') changeColumn(definition, grid, { remove: Number(namesOf(pointer).at(-1)) })
    return page
  }
  if (does === 'add') return add(definition, page, pointer)
  if (does === 'up' || does === 'down') moveAt(definition, pointer, does === 'up' ? -1 : 1)
  if (does === 'remove') writeAt(definition, pointer, undefined)
  return page
}

/** Says of a text, by the hash of its content, that it still says the same in every language. */
function confirm(definition: object, hash: string): void {
  const confirmed = valueAt(definition, '/confirmed')
  writeAt(definition, '/confirmed', [...new Set([...(Array.isArray(confirmed) ? confirmed : []), hash])])
}

/** Takes away what was confirmed of texts that are others now. */
export function dropConfirmed(definition: object): void {
  const confirmed = valueAt(definition, '/confirmed')
  if (!Array.isArray(confirmed)) return
  const hashes = new Set([...textsOf(definition)].map(({ text }) => hashOfText(text)))
  const left = confirmed.filter((each) => hashes.has(each))
  writeAt(definition, '/confirmed', left.length > 0 ? left : undefined)
}

function add(definition: object, page: Pointer, pointer: Pointer): Pointer {
  const shape = shapeAt(pointer)!
  const { items } = shape
  if (!items) {
    if (valueAt(definition, pointer) === undefined) writeAt(definition, pointer, emptyOf(shape))
    return isPaged(pointer) ? pointer : page
  }
  if (!Array.isArray(valueAt(definition, pointer))) writeAt(definition, pointer, [])
  const list = valueAt(definition, pointer) as unknown[]
  if (list.length >= Number(shape.maxItems ?? 1000)) return page
  const made = emptyOf(items)
  const inputs = valueAt(definition, `${page}/inputs`)
  list.push(pointer.endsWith('/rows') && Array.isArray(inputs) ? { when: inputs.map(() => '-') } : (made ?? {}))
  const place = `${pointer}/${list.length - 1}`
  return isPaged(place) ? place : page
}
