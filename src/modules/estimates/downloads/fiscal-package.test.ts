import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { Compile } from 'typebox/schema'
import { exactOf } from '../check/amounts.ts'
import { checkDocument } from '../check/check.ts'
import { importTables } from '../mapping/import-tables.ts'
import { aHead, headNames } from '../testing/head.ts'
import { imported, realBytes, withoutRealText } from '../testing/texts.ts'
import type { EstimatesDocument } from '../types.ts'
import { factorOf, valueIn } from './fiscal-facts.ts'
import { type FiscalPackageOptions, fiscalPackage } from './fiscal-package.ts'

const published = Compile(
  JSON.parse(
    readFileSync(createRequire(import.meta.url).resolve('datapackage/lib/profiles/fiscal-data-package.json'), 'utf8'),
  ),
)

type FieldDescriptor = {
  name: string
  type: string
  columnType?: string
  constraints?: { required?: boolean; unique?: boolean; enum?: string[]; pattern?: string; minimum?: number }
}
type Descriptor = {
  name: string
  model: {
    measures: Record<string, { source: string; resource: string; factor: number }>
    dimensions: Record<string, { primaryKey: string; attributes: Record<string, { source: string; resource: string }> }>
  }
  resources: {
    name: string
    path: string
    bytes: number
    schema: {
      fields: FieldDescriptor[]
      missingValues: string[]
      primaryKey: string[]
      foreignKeys?: { fields: string; reference: { resource: string; fields: string } }[]
    }
  }[]
}
type Read = { files: Record<string, string>; descriptor: Descriptor; rows: Record<string, Record<string, string>[]> }

const options: FiscalPackageOptions = {
  currency: 'TLD',
  startMonth: 7,
  names: headNames,
  homepage: 'https://x.example/estimates/2023-24/7',
}

function read(document: EstimatesDocument, changes: Partial<FiscalPackageOptions> = {}): Read {
  const files = fiscalPackage(document, { ...options, ...changes })
  const descriptor: Descriptor = JSON.parse(files['datapackage.json']!)
  const rows = Object.fromEntries(
    descriptor.resources.map(({ name, path }) => [
      name,
      parse<Record<string, string>>(files[path]!, { columns: true }),
    ]),
  )
  return { files, descriptor, rows }
}

const checked = (document: EstimatesDocument = aHead()): EstimatesDocument => ({
  ...document,
  cells: checkDocument(document).cells,
})

/** What the Table Schema of each resource promises (specs.frictionlessdata.io/table-schema), held against every row. */
function checkRows({ descriptor, files, rows }: Read): void {
  for (const { name, path, bytes, schema } of descriptor.resources) {
    const table = rows[name]!
    assert.equal(Buffer.byteLength(files[path]!), bytes)
    assert.deepEqual(files[path]!.split('\r\n', 1)[0], schema.fields.map((field) => field.name).join(','))
    for (const { name: field, type, constraints = {} } of schema.fields) {
      const values = table.map((row) => row[field]!)
      const known = values.filter((value) => !schema.missingValues.includes(value))
      const form = { string: /^/, integer: /^-?\d+$/, number: /^-?\d+(\.\d+)?$/, boolean: /^(true|false)$/ }[type]
      assert.ok(form, type)
      for (const value of known) {
        assert.match(value, form, `${name}.${field}`)
        if (constraints.enum) assert.ok(constraints.enum.includes(value), `${name}.${field} ${value}`)
        if (constraints.pattern) assert.match(value, new RegExp(`^(?:${constraints.pattern})$`), `${name}.${field}`)
        if (constraints.minimum !== undefined)
          assert.ok(Number(value) >= constraints.minimum, `${name}.${field} ${value}`)
      }
      if (constraints.required) assert.equal(known.length, values.length, `${name}.${field} is empty somewhere`)
      if (constraints.unique) assert.equal(new Set(known).size, known.length, `${name}.${field} is not unique`)
    }
    const keys = table.map((row) => JSON.stringify(schema.primaryKey.map((field) => row[field])))
    assert.equal(new Set(keys).size, keys.length, `the primary key of ${name}`)
    for (const { fields, reference } of schema.foreignKeys ?? []) {
      const there = new Set(rows[reference.resource]!.map((row) => row[reference.fields]))
      for (const row of table) assert.ok(there.has(row[fields]), `${name}.${fields} ${row[fields]}`)
    }
  }
}

/** The column types that we use, from the text of the budget taxonomy 1.0-rc.1; `n` stands for the numbers of levels. */
const taxonomy: Record<string, { dataType: string; labelOf?: string }> = {
  value: { dataType: 'number' },
  'value-kind:code': { dataType: 'string' },
  'value-kind:label': { dataType: 'string', labelOf: 'value-kind:code' },
  'value-currency:code': { dataType: 'string' },
  'date:fiscal-year': { dataType: 'integer' },
  'administrative-classification:generic:leveln:code': { dataType: 'string' },
  'administrative-classification:generic:leveln:label': {
    dataType: 'string',
    labelOf: 'administrative-classification:generic:leveln:code',
  },
  'economic-classification:generic:leveln:code': { dataType: 'string' },
  'economic-classification:generic:leveln:label': {
    dataType: 'string',
    labelOf: 'economic-classification:generic:leveln:code',
  },
  'activity:generic:program:code': { dataType: 'string' },
  'activity:generic:program:label': { dataType: 'string', labelOf: 'activity:generic:program:code' },
  'activity:generic:project:code': { dataType: 'string' },
  'activity:generic:project:label': { dataType: 'string', labelOf: 'activity:generic:project:code' },
  'budget-line-id': { dataType: 'string' },
  direction: { dataType: 'string' },
  'phase:id': { dataType: 'string' },
  'phase:label': { dataType: 'string', labelOf: 'phase:id' },
}

function checkColumnTypes({ descriptor }: Read): void {
  for (const { name, schema } of descriptor.resources) {
    const used = new Set(schema.fields.map(({ columnType = '' }) => columnType))
    assert.equal(
      used.size,
      schema.fields.filter(({ columnType }) => columnType).length + (used.has('') ? 1 : 0),
      `a type twice in ${name}`,
    )
    for (const { columnType, type } of schema.fields) {
      if (columnType === undefined) continue
      const general = columnType.replace(/level[1-8]/, 'leveln')
      // A type that the taxonomy does not have takes its properties from the longest one that it begins with.
      const known = Object.keys(taxonomy)
        .filter((each) => general === each || general.startsWith(`${each}:`))
        .sort((one, other) => other.length - one.length)[0]
      assert.ok(known, columnType)
      const { dataType, labelOf } = taxonomy[known]!
      assert.equal(type, dataType, columnType)
      if (labelOf)
        assert.ok(
          used.has(labelOf.replace('leveln', /level[1-8]/.exec(columnType)?.[0] ?? '')),
          `${name}: ${columnType} labels nothing`,
        )
    }
  }
}

function checkModel({ descriptor }: Read): void {
  const fieldsOf = new Map(
    descriptor.resources.map(({ name, schema }) => [name, new Set(schema.fields.map((field) => field.name))]),
  )
  const { measures, dimensions } = descriptor.model
  for (const { source, resource } of [
    ...Object.values(measures),
    ...Object.values(dimensions).flatMap(({ attributes }) => Object.values(attributes)),
  ])
    assert.ok(fieldsOf.get(resource)?.has(source), `${resource}.${source}`)
  for (const { primaryKey, attributes } of Object.values(dimensions)) assert.ok(primaryKey in attributes)
}

function checkPackage(document: EstimatesDocument): Read {
  const made = read(document)
  assert.deepEqual(published.Errors(made.descriptor)[1], [])
  checkRows(made)
  checkColumnTypes(made)
  checkModel(made)
  assert.equal(made.rows.numbers!.length, document.cells.length)
  return made
}

test('the package of a Head fits the published schema, and every row fits its own', () => {
  const { descriptor } = checkPackage(checked())
  assert.equal(descriptor.name, 'estimates-2023-24-head-7')
  assert.deepEqual(
    descriptor.resources.map(({ name }) => name),
    [
      'provision-by-programme',
      'provision-by-subhead',
      'provision-by-item',
      'commitments',
      'establishment',
      'performance',
      'programmes',
      'rows',
      'numbers',
    ],
  )
})

test('the published schema refuses what is no fiscal package', () => {
  const { descriptor } = read(checked())
  const [resource] = descriptor.resources
  for (const wrong of [
    { ...descriptor, model: undefined },
    { ...descriptor, profile: 'data-package' },
    { ...descriptor, name: 'Not a name' },
    { ...descriptor, resources: [] },
    { ...descriptor, resources: [{ ...resource, schema: { fields: [] } }] },
    { ...descriptor, resources: [{ ...resource, dialect: { delimiter: 5 } }] },
    { ...descriptor, model: { ...descriptor.model, measures: { value: { source: 'value' } } } },
  ])
    assert.equal(published.Check(JSON.parse(JSON.stringify(wrong))), false)
})

test('phases of the budget are those of the format: spent, voted, revised, and proposed until it is voted', () => {
  const phasesOf = ({ rows }: Read) =>
    rows['provision-by-programme']!.filter(({ programme }) => programme === '1').map(
      ({ financial_year, phase, phase_name }) => `${financial_year} ${phase} ${phase_name}`,
    )
  assert.deepEqual(phasesOf(read(checked())), [
    '2021-22 executed actual',
    '2022-23 approved original',
    '2022-23 adjusted revised',
    '2023-24 proposed estimate',
  ])
  assert.equal(phasesOf(read(checked(), { appropriated: true })).at(-1), '2023-24 approved estimate')
})

test('each fact stands once with its unit, its origin and its names, however often it is printed', () => {
  const { rows } = read(checked())
  const [fact, ...others] = rows['provision-by-programme']!.filter(
    ({ programme, fiscal_year }) => programme === '1' && fiscal_year === '2023',
  )
  assert.deepEqual(others, [])
  assert.deepEqual(fact, {
    budget_line: '7/programme:1',
    fiscal_year: '2023',
    financial_year: '2023-24',
    head: '7',
    head_name: 'Harbour Office',
    head_name_en: 'Harbour Office',
    head_name_zh_hant: '海港辦事處',
    direction: 'expenditure',
    phase: 'proposed',
    phase_name: 'estimate',
    programme: '1',
    programme_name: 'Lighthouses',
    programme_name_en: 'Lighthouses',
    programme_name_zh_hant: '燈塔',
    value: '1240.1',
    currency: 'TLD',
    factor: '1000000',
    nil: 'false',
    status: 'printed',
    printed: '1,240.1',
    line_from: '20',
    line_to: '20',
    cell: 'analysis/programme:1/provision/2023-24.estimate',
  })
  assert.equal(rows.numbers!.filter(({ subject, when }) => subject === 'programme:1' && when === '2023-24').length, 3)
})

test('nil is nought and says so; a lost number is empty until it is derived', () => {
  const second = ({ rows }: Read) =>
    rows['provision-by-programme']!.filter(({ programme }) => programme === '2').map(
      ({ value, nil, status, printed }) => [value, nil, status, printed],
    )
  const nil = ['0.0', 'true', 'printed', '—']
  assert.deepEqual(second(read(aHead())).slice(2), [['', 'false', 'missing', ''], nil])
  assert.deepEqual(second(read(checked())).slice(2), [['4.2', 'false', 'derived', ''], nil])
})

test('a subhead names its account, a commitment the subhead that pays, and names stay as they are', () => {
  const { rows } = read(checked())
  assert.deepEqual(rows['provision-by-subhead']!.find(({ subhead }) => subhead === '700')!.account, 'operating')
  assert.deepEqual(
    rows['provision-by-subhead']!.find(({ subhead }) => subhead === '700')!.account_name,
    'Operating Account',
  )
  assert.deepEqual(
    rows.commitments!.map(({ subhead, commitment, kind, when, value, commitment_name }) => [
      subhead,
      commitment,
      kind,
      when,
      value,
      commitment_name,
    ]),
    [
      ['700', '801', 'approved', '2023-24', '25300', '-Lamps'],
      ['700', '801', 'accumulated', '2022-03-31', '12201', '-Lamps'],
      ['700', '801', 'revised-spending', '2022-23', '0', '-Lamps'],
      ['700', '801', 'balance', '2023-24', '13099', '-Lamps'],
    ],
  )
  assert.deepEqual(
    rows['provision-by-item']!.slice(0, 1).map(({ subhead, item, item_name }) => [subhead, item, item_name]),
    [['000', '000.1', '+Salaries']],
  )
  assert.deepEqual(
    rows.establishment!.map(({ measure, value, base_when }) => [measure, value, base_when]),
    [
      ['posts', '735', ''],
      ['posts-change', '-26', '2023-03-31'],
    ],
  )
  assert.equal(rows.programmes![0]!.aim, 'To keep the lamps lit, always.\n"Always."')
})

test('a resource that the document has nothing for is left out, and nothing points to it', async () => {
  const columns = { code: 1, name: 2, estimate: 3 }
  const mapping = {
    rows: 'subheads',
    language: 'en',
    columns,
    constants: { year: '2031-32', head: 7 },
    file: { header: 'none' },
    unit: 'thousand',
    decimals: 0,
    total: ['Total'],
  } as const
  const result = await importTables(
    Buffer.from('000,Operational expenses,"1,200"\n700,=1+1,50\nTotal,,"1,250"\n'),
    'subheads.csv',
    { ...mapping, total: ['Total'] },
  )
  assert.ok('documents' in result)
  const { descriptor, rows } = checkPackage(result.documents[0]!)
  assert.deepEqual(
    descriptor.resources.map(({ name }) => name),
    ['provision-by-subhead', 'rows', 'numbers'],
  )
  assert.equal(rows['provision-by-subhead']![1]!.subhead_name, '=1+1')
})

test('the same document always gives the same files', () => {
  assert.deepEqual(fiscalPackage(checked(), options), fiscalPackage(checked(), options))
})

test('an amount times its factor is exactly what was printed, whatever the units', () => {
  const unit = fc.constantFrom('dollar', 'thousand', 'ten-thousand', 'million', 'hundred-million' as const)
  fc.assert(
    fc.property(
      fc.integer({ min: -(10 ** 12), max: 10 ** 12 }),
      fc.integer({ min: 0, max: 6 }),
      unit,
      unit,
      (steps, decimals, own, other) => {
        const cell = { ...aHead().cells[0]!, steps, decimals, unit: own }
        const [whole, fraction = ''] = valueIn(other, cell)!.split('.')
        const written = BigInt(whole! + fraction) * 1_000_000n * BigInt(factorOf(other))
        assert.equal(written, exactOf(cell) * 10n ** BigInt(fraction.length))
      },
    ),
    { numRuns: 300 },
  )
})

test('the package of the real Head 47 fits the published schema, and its sums hold', { skip: withoutRealText }, () => {
  const { rows } = checkPackage(checked(imported(realBytes())))
  const of = (resource: string, year: string, phase: string) =>
    rows[resource]!.filter((row) => row.fiscal_year === year && row.phase_name === phase)
  const tenths = (values: string[]) => values.reduce((sum, value) => sum + Math.round(Number(value) * 10), 0)
  assert.equal(tenths(of('provision-by-programme', '2023', 'estimate').map(({ value }) => value!)), 18098)
  assert.equal(
    of('provision-by-subhead', '2023', 'estimate').reduce((sum, { value }) => sum + Number(value), 0),
    1_809_824,
  )
  assert.equal(
    of('provision-by-item', '2023', 'estimate').reduce((sum, { value }) => sum + Number(value), 0),
    1_357_294,
  )
  assert.deepEqual(
    of('provision-by-subhead', '2023', 'estimate').map(({ status }) => status),
    ['printed', 'inferred', 'inferred'],
  )
  assert.deepEqual(
    rows.commitments!.filter(({ kind }) => kind === 'balance').map(({ commitment, value }) => [commitment, value]),
    [
      ['801', '9899'],
      ['802', '50000'],
      ['894', '691907'],
    ],
  )
})
