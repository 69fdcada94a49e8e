import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { importText } from '../import/text.ts'
import type { Cell, EstimatesDocument, Finding } from '../types.ts'

/* The texts that tests start from, and how they look at what was imported. For tests only. */

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const real = resolve(root, process.env.TEST_SHARED ?? '../shared', 'input/head-047-2023-24.zh-Hant.txt')

/** The printed Estimates stay outside the project (CONTRIBUTING.md); where they are absent, tests on them say so and are skipped. */
export const withoutRealText = existsSync(real)
  ? false
  : `the real text is not at ${real}: set TEST_SHARED to the folder that holds input/`
export const realBytes = (): Uint8Array => readFileSync(real)

export const chinese = () =>
  readFileSync(new URL('../import/documents/head-071-2025-26.zh-Hant.txt', import.meta.url), 'utf8')
export const english = () =>
  readFileSync(new URL('../import/documents/head-033-2025-26.en.txt', import.meta.url), 'utf8')

export function imported(source: string | Uint8Array): EstimatesDocument {
  const result = importText(typeof source === 'string' ? Buffer.from(source) : source, 'given.txt', 4)
  if ('refusal' in result) throw new Error(`refused: ${JSON.stringify(result.refusal)}`)
  return result.document
}

export function refused(source: string | Uint8Array): string {
  const result = importText(typeof source === 'string' ? Buffer.from(source) : source, 'given.txt', 4)
  return 'refusal' in result ? result.refusal.code : 'imported'
}

/** `line place/subject/measure/period printed` of one cell, or what its hole is. */
export function show(cell: Cell): string {
  const value =
    cell.steps === null ? cell.status : `${cell.steps}/${cell.decimals} ${cell.unit}${cell.nil ? ' nil' : ''}`
  return `${cell.lines.from} ${cell.printed ?? '∅'} = ${value}`
}

export function cellAt(document: EstimatesDocument, id: string): Cell {
  const cell = document.cells.find((one) => one.id === id)
  if (!cell) throw new Error(`no cell ${id}`)
  return cell
}

/** `code from-to` of the findings, of one code or all. */
export const found = (document: EstimatesDocument, code?: string): string[] =>
  document.findings.filter((one) => !code || one.code === code).map((one) => `${one.code} ${span(one)}`)

const span = ({ lines }: Finding) => (lines.from === lines.to ? `${lines.from}` : `${lines.from}-${lines.to}`)

/** A table's rows as text: `role subject: cells ← parts`. */
export function rowsOf(document: EstimatesDocument, id: string): string[] {
  const table = document.tables.find((one) => one.id === id)
  if (!table) throw new Error(`no table ${id}`)
  const cells = new Map(document.cells.map((cell) => [cell.id, cell]))
  return table.rows.map(({ role, subject, cells: ids, sumOf }) => {
    const printed = ids.map((one) => (one === null ? '·' : (cells.get(one)!.printed ?? '∅')))
    return `${role} ${subject}: ${printed.join(' | ')}${sumOf.length > 0 ? ` ← ${sumOf.join(' + ')}` : ''}`
  })
}
