import type { Cell } from '../types.ts'
import { columnName, type Facts, factorOf, finestUnit, type Name, valueIn } from './fiscal-facts.ts'

/*
 * Resources of a fiscal package are data: each field with its type in Table Schema, its meaning in the budget taxonomy of
 * Fiscal Data Package 1.0-rc.1 (`columnType`), and how it is read. Schemas and CSV files both come from here, so they
 * cannot disagree.
 */

export type Value = string | number | boolean | null
type Constraints = {
  required?: boolean
  unique?: boolean
  enum?: readonly string[]
  pattern?: string
  minimum?: number
}
export type Field<Item> = {
  name: string
  type: 'string' | 'integer' | 'number' | 'boolean'
  title: string
  columnType?: string
  constraints?: Constraints
  of: (item: Item) => Value
}
export type Resource<Item> = {
  name: string
  title: string
  description: string
  items: readonly Item[]
  fields: readonly Field<Item>[]
  primaryKey: readonly string[]
  foreignKeys?: readonly { fields: string; resource: string; reference: string }[]
}

/** A resource once its items no longer matter: its description and its rows. */
export type FilledResource = Omit<Resource<never>, 'items' | 'fields'> & {
  fields: readonly Omit<Field<never>, 'of'>[]
  rows: readonly (readonly Value[])[]
}

export const fill = <Item>({ items, fields, ...rest }: Resource<Item>): FilledResource => ({
  ...rest,
  fields: fields.map(({ of: _, ...field }) => field),
  rows: items.map((item) => fields.map(({ of }) => of(item))),
})

type More = { columnType?: string } & Constraints

const field =
  (type: Field<never>['type']) =>
  <Item>(
    name: string,
    title: string,
    of: (item: Item) => Value,
    { columnType, ...constraints }: More = {},
  ): Field<Item> => ({
    name,
    type,
    title,
    ...(columnType && { columnType }),
    ...(Object.keys(constraints).length > 0 && { constraints }),
    of,
  })
export const text = field('string')
export const integer = field('integer')
const number = field('number')
const yesOrNo = field('boolean')

export const required = { required: true }
export const after = (subject: string) => subject.slice(subject.indexOf(':') + 1)
export const toNumbers = { fields: 'cell', resource: 'numbers', reference: 'cell' }

const statuses = ['printed', 'derived', 'inferred', 'ambiguous', 'missing']

export const linesFields = <Item>(
  of: (item: Item) => { from: number; to: number } | undefined,
  more: More = {},
): readonly Field<Item>[] => [
  integer('line_from', 'First line of the source', (item: Item) => of(item)?.from ?? null, { ...more, minimum: 1 }),
  integer('line_to', 'Last line of the source', (item: Item) => of(item)?.to ?? null, { ...more, minimum: 1 }),
]

/** Whether a number was printed, and where: the last columns of every resource of numbers. */
export const originFields: readonly Field<Cell>[] = [
  yesOrNo('nil', 'Printed as “—”: nothing, which is a statement', ({ nil }: Cell) => nil, required),
  text('status', 'Printed, or lost in the source and recovered or not', ({ status }: Cell) => status, {
    required: true,
    enum: statuses,
  }),
  text('printed', 'The characters in the source', ({ printed }: Cell) => printed),
  ...linesFields(({ lines }: Cell) => lines, required),
  text('cell', 'The number in the resource “numbers”', ({ id }: Cell) => id, { required: true, unique: true }),
]

export const headField = ({ document }: Facts): Field<unknown> =>
  text('head', 'Head', () => document.head, {
    columnType: 'administrative-classification:generic:level1:code',
    required: true,
  })

const fiscalPhases = ['proposed', 'approved', 'adjusted', 'executed']

/** The year of money, the Head, and the phase of the budget that a column of the Estimates is. */
export const budgetFields = (facts: Facts): readonly Field<Cell>[] => [
  text(
    'budget_line',
    'The same line in every year and phase',
    ({ subject }: Cell) => `${facts.document.head}/${subject}`,
    { columnType: 'budget-line-id', required: true },
  ),
  integer(
    'fiscal_year',
    'The calendar year in which the financial year begins',
    ({ period }: Cell) => Number(period.when.slice(0, 4)),
    { columnType: 'date:fiscal-year', required: true },
  ),
  text('financial_year', 'The financial year', ({ period }: Cell) => period.when, {
    required: true,
    pattern: '[0-9]{4}-[0-9]{2}',
  }),
  headField(facts),
  ...nameFields<Cell>(
    'head_name',
    'Name of the Head',
    () => facts.headName,
    'administrative-classification:generic:level1:label',
  ),
  text('direction', 'Expenditure or revenue', () => 'expenditure', { columnType: 'direction', required: true }),
  text('phase', 'Phase of the budget', ({ period }: Cell) => facts.phaseOf(period.phase), {
    columnType: 'phase:id',
    required: true,
    enum: fiscalPhases,
  }),
  text('phase_name', 'The column of the Estimates', ({ period }: Cell) => columnName(period.phase), {
    columnType: 'phase:label',
    required: true,
  }),
]

/** An amount in a unit that all amounts of the resource share, so that the factor is one number. */
export function moneyFields(cells: readonly Cell[], currency: string): readonly Field<Cell>[] {
  const unit = finestUnit(cells)
  const factor = factorOf(unit)
  return [
    number(
      'value',
      `Amount in units of ${factor} ${currency}; empty where it is not known`,
      (cell: Cell) => valueIn(unit, cell),
      { columnType: 'value' },
    ),
    text('currency', 'ISO 4217 code', () => currency, { columnType: 'value-currency:code', required: true }),
    integer('factor', 'What one unit of the amount is worth in the currency', () => factor, {
      required: true,
      minimum: 1,
    }),
  ]
}

/** A name as printed, and in the languages in which it is known. 1.0-rc.1 lets a type be extended by a suffix. */
export const nameFields = <Item>(
  name: string,
  title: string,
  of: (item: Item) => Name,
  columnType?: string,
): readonly Field<Item>[] => {
  const typed = (suffix: string) => (columnType ? { columnType: `${columnType}${suffix}` } : {})
  return [
    text(name, title, (item: Item) => of(item).printed, typed('')),
    text(`${name}_en`, `${title}, in English`, (item: Item) => of(item).en, typed(':en')),
    text(`${name}_zh_hant`, `${title}, in Traditional Chinese`, (item: Item) => of(item).zhHant, typed(':zh-hant')),
  ]
}

export const whenFields: readonly Field<Cell>[] = [
  text('when', 'Financial year, calendar year or day', ({ period }: Cell) => period.when, {
    required: true,
    pattern: '[0-9]{4}(-[0-9]{2}){0,2}',
  }),
  text('column', 'Column of the Estimates', ({ period }: Cell) => period.phase, required),
]

export const baseFields: readonly Field<Cell>[] = [
  text('base_when', 'What it is compared with: when', ({ base }: Cell) => base?.when ?? null),
  text('base_column', 'What it is compared with: column', ({ base }: Cell) => base?.phase ?? null),
]

export const plainFields: readonly Field<Cell>[] = [
  text('unit', 'Unit as printed', ({ unit }: Cell) => unit, required),
  number('value', 'The number in its unit; empty where it is not known', (cell: Cell) => valueIn(cell.unit, cell)),
]
