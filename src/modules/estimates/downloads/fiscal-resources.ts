import { measures } from '../check/sentences.ts'
import type { Cell, Lines } from '../types.ts'
import { type Facts, isCommitmentMoney } from './fiscal-facts.ts'
import {
  after,
  baseFields,
  budgetFields,
  headField,
  integer,
  linesFields,
  moneyFields,
  nameFields,
  originFields,
  plainFields,
  type Resource,
  required,
  text,
  toNumbers,
  whenFields,
} from './fiscal-fields.ts'

const yearPattern = /^\d{4}-\d{2}$/
const provisionOf = ({ cells }: Facts, kind: string) =>
  cells.filter(
    ({ subject, measure, period }) =>
      measure === 'provision' && subject.startsWith(`${kind}:`) && yearPattern.test(period.when),
  )

const economic = (level: number, what: 'code' | 'label') => `economic-classification:generic:level${level}:${what}`
const nameOf =
  (facts: Facts) =>
  ({ subject }: { subject: string }) =>
    facts.nameOf(subject)

export function provisionByProgramme(facts: Facts, currency: string): Resource<Cell> {
  const items = provisionOf(facts, 'programme')
  return {
    name: 'provision-by-programme',
    title: 'Financial provision by programme',
    description:
      'Money by programme, year and phase. The same money as in provision-by-subhead, cut another way: do not add the two.',
    items,
    primaryKey: ['fiscal_year', 'head', 'programme', 'phase_name'],
    foreignKeys: [toNumbers, { fields: 'programme', resource: 'programmes', reference: 'programme' }],
    fields: [
      ...budgetFields(facts),
      text('programme', 'Programme', ({ subject }: Cell) => after(subject), {
        columnType: 'activity:generic:program:code',
        required: true,
      }),
      ...nameFields<Cell>('programme_name', 'Name of the programme', nameOf(facts), 'activity:generic:program:label'),
      ...moneyFields(items, currency),
      ...originFields,
    ],
  }
}

export function provisionBySubhead(facts: Facts, currency: string): Resource<Cell> {
  const items = provisionOf(facts, 'subhead')
  const accountOf = ({ subject }: Cell) => facts.accountOf(subject)
  return {
    name: 'provision-by-subhead',
    title: 'Financial provision by subhead',
    description:
      'Money by subhead, year and phase: what the legislature votes. The same money as in provision-by-programme.',
    items,
    primaryKey: ['fiscal_year', 'head', 'subhead', 'phase_name'],
    foreignKeys: [toNumbers],
    fields: [
      ...budgetFields(facts),
      text('account', 'Account', accountOf, { columnType: economic(1, 'code') }),
      text('account_name', 'Name of the account', (cell: Cell) => facts.nameOf(`account:${accountOf(cell)}`).printed, {
        columnType: economic(1, 'label'),
      }),
      text('subhead', 'Subhead', ({ subject }: Cell) => after(subject), {
        columnType: economic(2, 'code'),
        required: true,
      }),
      ...nameFields<Cell>('subhead_name', 'Name of the subhead', nameOf(facts), economic(2, 'label')),
      ...moneyFields(items, currency),
      ...originFields,
    ],
  }
}

export function provisionByItem(facts: Facts, currency: string): Resource<Cell> {
  const items = provisionOf(facts, 'line')
  return {
    name: 'provision-by-item',
    title: 'Breakdown of subheads',
    description: 'What the money of a subhead is for, by year and phase. Its items add up to the subhead.',
    items,
    primaryKey: ['fiscal_year', 'head', 'item', 'phase_name'],
    foreignKeys: [toNumbers],
    fields: [
      ...budgetFields(facts),
      text('subhead', 'Subhead', ({ subject }: Cell) => after(subject).split('.')[0]!, {
        columnType: economic(2, 'code'),
        required: true,
      }),
      text('item', 'Item of the subhead', ({ subject }: Cell) => after(subject), {
        columnType: economic(3, 'code'),
        required: true,
      }),
      ...nameFields<Cell>('item_name', 'Name of the item', nameOf(facts), economic(3, 'label')),
      ...moneyFields(items, currency),
      ...originFields,
    ],
  }
}

export function commitments(facts: Facts, currency: string): Resource<Cell> {
  const items = facts.cells.filter(isCommitmentMoney)
  return {
    name: 'commitments',
    title: 'Commitments',
    description:
      'Spending over several years: approved, spent to a date, forecast for the current year, and left. Approved is the sum of the other three.',
    items,
    primaryKey: ['commitment', 'kind', 'when', 'column'],
    foreignKeys: [toNumbers],
    fields: [
      headField(facts),
      text('subhead', 'Subhead that pays', ({ subject }: Cell) => facts.subheadOf(subject), {
        columnType: economic(2, 'code'),
      }),
      text('commitment', 'Item', ({ subject }: Cell) => after(subject), {
        columnType: 'activity:generic:project:code',
        required: true,
      }),
      ...nameFields<Cell>('commitment_name', 'Name of the item', nameOf(facts), 'activity:generic:project:label'),
      text('kind', 'What the amount is', ({ measure }: Cell) => measure, {
        columnType: 'value-kind:code',
        required: true,
      }),
      text('kind_name', 'What the amount is, in words', ({ measure }: Cell) => measures[measure].en, {
        columnType: 'value-kind:label',
        required: true,
      }),
      ...whenFields,
      ...moneyFields(items, currency),
      ...originFields,
    ],
  }
}

const establishmentMeasures = [
  'posts',
  'directorate-posts',
  'all-posts',
  'posts-change',
  'all-posts-change',
  'salary-ceiling',
]

export const establishment = (facts: Facts): Resource<Cell> => ({
  name: 'establishment',
  title: 'Establishment',
  description:
    'Posts on a day, their change over a year, and the ceiling of what they may cost. A change says what it is compared with.',
  items: facts.cells.filter(({ measure }) => establishmentMeasures.includes(measure)),
  primaryKey: ['cell'],
  foreignKeys: [toNumbers],
  fields: [
    headField(facts),
    text('subject', 'Of what: head, programme:1', ({ subject }: Cell) => subject, required),
    text('measure', 'What is counted', ({ measure }: Cell) => measure, { required: true, enum: establishmentMeasures }),
    ...whenFields,
    ...baseFields,
    ...plainFields,
    ...originFields,
  ],
})

export const performance = (facts: Facts): Resource<Cell> => ({
  name: 'performance',
  title: 'Targets and indicators',
  description:
    'What each programme set out to reach and what it reached. Some are of calendar years, some of financial years.',
  items: facts.cells.filter(({ measure }) => measure === 'target' || measure === 'indicator'),
  primaryKey: ['cell'],
  foreignKeys: [toNumbers],
  fields: [
    text('programme', 'Programme', ({ subject }: Cell) => after(subject).split('.')[0]!, {
      columnType: 'activity:generic:program:code',
      required: true,
    }),
    text('kind', 'Target or indicator', ({ measure }: Cell) => measure, {
      required: true,
      enum: ['target', 'indicator'],
    }),
    text('number', 'Its number in the programme', ({ subject }: Cell) => after(subject), required),
    ...nameFields<Cell>('name', 'What is measured', nameOf(facts)),
    ...whenFields,
    ...plainFields,
    ...originFields,
  ],
})

type ProgrammeItem = { subject: string; number: string; aim: string | null; lines: Lines | undefined }

/** Programmes that the document describes or has a number for. */
export function programmes(facts: Facts): Resource<ProgrammeItem> {
  const described = new Map(facts.document.programmes.map((programme) => [String(programme.number), programme]))
  const counted = provisionOf(facts, 'programme').map(({ subject }) => after(subject))
  return {
    name: 'programmes',
    title: 'Programmes',
    description: 'The programmes of the Head, with their aims in the words of the source.',
    items: [...new Set([...described.keys(), ...counted])].map((number) => ({
      subject: `programme:${number}`,
      number,
      aim: described.get(number)?.aim?.text ?? null,
      lines: described.get(number)?.lines,
    })),
    primaryKey: ['programme'],
    fields: [
      text('programme', 'Programme', ({ number }: ProgrammeItem) => number, {
        columnType: 'activity:generic:program:code',
        required: true,
        unique: true,
      }),
      ...nameFields<ProgrammeItem>(
        'programme_name',
        'Name of the programme',
        nameOf(facts),
        'activity:generic:program:label',
      ),
      text('aim', 'Aim', ({ aim }: ProgrammeItem) => aim),
      ...linesFields(({ lines }: ProgrammeItem) => lines),
    ],
  }
}

type RowItem = {
  table: string
  position: number
  subject: string
  code: string
  role: string
  sumOf: string
  marks: string
  lines: Lines
}

export const rows = (facts: Facts): Resource<RowItem> => ({
  name: 'rows',
  title: 'Rows of the tables',
  description: 'Every row of every table in its order, and which rows a total adds up, so that sums can be checked.',
  items: facts.document.tables.flatMap(({ id: table, rows: each }) =>
    each.map(({ subject, code, role, sumOf, marks, lines }, index) => ({
      table,
      position: index + 1,
      subject,
      code: code ?? '',
      role,
      sumOf: sumOf.join(' '),
      marks: marks.join(' '),
      lines,
    })),
  ),
  primaryKey: ['table', 'position'],
  fields: [
    text('table', 'Table', ({ table }: RowItem) => table, required),
    integer('position', 'Place in the table, from 1', ({ position }: RowItem) => position, {
      required: true,
      minimum: 1,
    }),
    text('subject', 'What the row speaks of', ({ subject }: RowItem) => subject, required),
    text('code', 'Printed number', ({ code }: RowItem) => code),
    ...nameFields<RowItem>('name', 'Name', nameOf(facts)),
    text('role', 'What the row is', ({ role }: RowItem) => role, {
      required: true,
      enum: ['line', 'subtotal', 'total', 'group'],
    }),
    text('sum_of', 'Subjects that it adds up, separated by spaces', ({ sumOf }: RowItem) => sumOf),
    text('marks', 'Footnote marks', ({ marks }: RowItem) => marks),
    ...linesFields(({ lines }: RowItem) => lines, required),
  ],
})

/** Every number, however often a fact is printed: what the other resources are chosen from. */
export const numbers = ({ document }: Facts): Resource<Cell> => ({
  name: 'numbers',
  title: 'Every number of the document',
  description:
    'Each number where it is printed: the sums, the percentages and what sentences restate too. Other resources hold each fact once and point here.',
  items: document.cells,
  primaryKey: ['cell'],
  fields: [
    text('place', 'Part of the document', ({ place }: Cell) => place, required),
    text('subject', 'What it speaks of', ({ subject }: Cell) => subject, required),
    text('measure', 'What is measured', ({ measure }: Cell) => measure, required),
    ...whenFields,
    ...baseFields,
    ...plainFields,
    text('marks', 'Footnote marks', ({ marks }: Cell) => marks.join(' ')),
    text('because', 'Identities from which a lost number follows, separated by spaces', ({ because }: Cell) =>
      because.join(' '),
    ),
    ...originFields,
  ],
})
