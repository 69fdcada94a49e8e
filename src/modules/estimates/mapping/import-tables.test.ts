import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Value } from 'typebox/value'
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'
import { findings as textFindings } from '../import/findings.ts'
import { EstimatesDocument } from '../types.ts'
import { tableFindings } from './findings.ts'
import { importTables } from './import-tables.ts'
import type { Mapping } from './mapping.ts'

const mapping: Mapping = {
  rows: 'programmes',
  language: 'en',
  columns: {
    year: 'Year',
    head: 'Head',
    title: 'Head name',
    code: 'Code',
    name: 'Programme',
    aim: 'Aim',
    actual: 'Actual',
    original: 'Original',
    revised: 'Revised',
    estimate: 'Estimate',
  },
  unit: 'million',
  decimals: 1,
  total: ['', 'Total'],
}
const headings = ['Year', 'Head', 'Head name', 'Code', 'Programme', 'Aim', 'Actual', 'Original', 'Revised', 'Estimate']
const sound = [
  ['2031-32', '7', 'Harbour Office', '1', 'Lighthouses', 'To keep the lamps lit.', '10.5', '12.0', '11.8', '1,240.1'],
  ['2031-32', '7', 'Harbour Office', '2', 'Pilotage', '', '3.5', '4.0', '4.2', '5.0'],
  ['2031-32', '7', 'Harbour Office', '', 'Total', '', '14.0', '16.0', '16.0', '1,245.1'],
]
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
const csv = (rows: string[][], between = ',') =>
  Buffer.from(rows.map((row) => row.map(quoted).join(between)).join('\n'))

async function read(bytes: Uint8Array, changes: Partial<Mapping> = {}) {
  const result = await importTables(bytes, 'table.csv', { ...mapping, ...changes })
  if ('refusal' in result) assert.fail(JSON.stringify(result.refusal))
  for (const document of result.documents)
    assert.ok(
      Value.Check(EstimatesDocument, document),
      JSON.stringify(Value.Errors(EstimatesDocument, document).slice(0, 3)),
    )
  for (const finding of [...result.findings, ...result.documents.flatMap(({ findings }) => findings)]) {
    const { en } = tableFindings[finding.code as keyof typeof tableFindings]
    for (const [, name = ''] of en.matchAll(/\{(\w+)\}/g))
      assert.ok(name in finding.values, `${finding.code} lacks ${name}`)
  }
  return result
}
async function only(bytes: Uint8Array, changes: Partial<Mapping> = {}) {
  const { documents, findings } = await read(bytes, changes)
  assert.equal(documents.length, 1)
  return { ...documents[0]!, outside: findings }
}
const amounts = ({ cells }: EstimatesDocument) =>
  Object.fromEntries(cells.map(({ id, steps }) => [id.replace('analysis/', ''), steps]))
const told = (findings: EstimatesDocument['findings']) =>
  findings.map(({ kind, code, lines }) => `${kind} ${code} ${lines.from}`)

test('a table becomes a document with the coordinates of a printed one', async () => {
  const document = await only(csv([headings, ...sound]))
  assert.deepEqual(
    [document.year, document.head, document.title, document.language, document.source.lines],
    ['2031-32', '7', 'Harbour Office', 'en', 4],
  )
  assert.deepEqual(document.findings, [])
  assert.deepEqual(document.outside, [])
  assert.equal(amounts(document)['programme:1/provision/2031-32.estimate'], 12401)
  assert.equal(amounts(document)['programme:1/provision/2029-30.actual'], 105)
  const [table] = document.tables
  assert.deepEqual([table!.id, table!.place, table!.lines], ['analysis', 'analysis', { from: 2, to: 4 }])
  assert.deepEqual(
    table!.columns.map(({ period, unit, label }) => `${label} ${period.when} ${period.phase} ${unit}`),
    [
      'Actual 2029-30 actual million',
      'Original 2030-31 original million',
      'Revised 2030-31 revised million',
      'Estimate 2031-32 estimate million',
    ],
  )
  assert.deepEqual(
    table!.rows.map(({ subject, role, sumOf, label }) => [subject, role, sumOf, label]),
    [
      ['programme:1', 'line', [], 'Lighthouses'],
      ['programme:2', 'line', [], 'Pilotage'],
      ['head', 'total', ['programme:1', 'programme:2'], 'Total'],
    ],
  )
  assert.deepEqual(
    document.programmes.map(({ number, name, aim }) => [number, name, aim?.text ?? null]),
    [
      [1, 'Lighthouses', 'To keep the lamps lit.'],
      [2, 'Pilotage', null],
    ],
  )
  assert.deepEqual(document.cells.find(({ id }) => id === 'analysis/programme:2/provision/2030-31.revised')?.lines, {
    from: 3,
    to: 3,
  })
})

test('the same table reads the same with every delimiter, line ending and byte order mark', async () => {
  const expected = amounts(await only(csv([headings, ...sound])))
  for (const between of [',', ';', '\t', '|'])
    assert.deepEqual(amounts(await only(csv([headings, ...sound], between))), expected, between)
  const text = csv([headings, ...sound]).toString()
  for (const form of [
    `\ufeff${text}`,
    text.replaceAll('\n', '\r\n'),
    text.replaceAll('\n', '\r'),
    `${text}\n`,
    text.replace('\n', '\r\n'),
  ])
    assert.deepEqual(amounts(await only(Buffer.from(form))), expected)
})

test('columns may be named by position, with headings or without', async () => {
  const columns = {
    year: 1,
    head: 2,
    title: 3,
    code: 4,
    name: 5,
    aim: 6,
    actual: 7,
    original: 8,
    revised: 9,
    estimate: 10,
  }
  const expected = amounts(await only(csv([headings, ...sound])))
  assert.deepEqual(amounts(await only(csv([headings, ...sound]), { columns })), expected)
  assert.deepEqual(amounts(await only(csv(sound), { columns, file: { header: 'none' } })), expected)
})

test('a table in long form reads the same as one in wide form', async () => {
  const rows = [['Year', 'Head', 'Code', 'Programme', 'Phase', 'Of', 'Amount']]
  for (const [year = '', head = '', , code = '', name = '', , ...four] of sound)
    for (const [index, amount] of four.entries())
      rows.push([
        year,
        head,
        code,
        name,
        ['Spent', 'Voted', 'Forecast', 'Asked'][index]!,
        ['2029-30', '2030-31', '2030-31', '2031-32'][index]!,
        amount,
      ])
  const columns = {
    year: 'Year',
    head: 'Head',
    code: 'Code',
    name: 'Programme',
    amount: 'Amount',
    phase: 'Phase',
    period: 'Of',
  }
  const phases = { Spent: 'actual', Voted: 'original', Forecast: 'revised', Asked: 'estimate' } as const
  const document = await only(csv(rows), { columns, phases })
  assert.deepEqual(amounts(document), amounts(await only(csv([headings, ...sound]))))
  assert.deepEqual(document.findings, [])
  assert.equal(document.tables[0]!.rows.length, 3)

  const { year: _, ...withoutYear } = columns
  assert.deepEqual(amounts(await only(csv(rows), { columns: withoutYear, phases })), amounts(document))
  const { period: __, ...withoutPeriod } = columns
  assert.deepEqual(
    amounts(await only(csv(rows), { columns: withoutPeriod, phases, ignore: ['Of'] })),
    amounts(document),
  )

  const odd = [
    ...rows,
    ['2031-32', '7', '1', 'Lamps', 'Guessed', '2031-32', '1'],
    ['2031-32', '7', '1', 'Lighthouses', 'Spent', 'long ago', '1'],
    ['2031-32', '7', '2', 'Pilotage', 'Spent', '2028-29', '1'],
    ['2031-32', '7', '2', 'Pilotage', 'Asked', '2031-32', '9'],
  ]
  const doubtful = await only(csv(odd), { columns, phases })
  assert.deepEqual(told(doubtful.findings), [
    'unknown phase-unknown 14',
    'doubt name-differs 14',
    'unknown period-unreadable 15',
    'doubt period-unexpected 16',
    'doubt amount-twice 17',
  ])
  assert.equal(amounts(doubtful)['programme:2.2/provision/2031-32.estimate'], 90)
})

test('names in two languages make one document for each, with the same numbers', async () => {
  const rows = [[...headings, '名稱'], ...sound.map((row, index) => [...row, ['燈塔', '領航', '總計'][index]!])]
  const columns = { ...mapping.columns, name: { en: 'Programme', 'zh-Hant': '名稱' } }
  const { documents } = await read(csv(rows), { columns, language: ['en', 'zh-Hant'] })
  assert.deepEqual(
    documents.map(({ language, programmes }) => [language, programmes[0]!.name]),
    [
      ['en', 'Lighthouses'],
      ['zh-Hant', '燈塔'],
    ],
  )
  assert.deepEqual(documents[0]!.cells, documents[1]!.cells)
})

test('constants stand for what the file lacks, and empty cells repeat only where the mapping says so', async () => {
  const columns = { code: 1, actual: 2 }
  const document = await only(
    csv([
      ['1', '10.5'],
      ['2', '3.5'],
      ['', '14.0'],
    ]),
    { columns, constants: { year: '2031-32', head: 7, title: 'Harbour' }, file: { header: 'none' } },
  )
  assert.deepEqual(
    [document.title, document.year, document.head, amounts(document)['head/provision/2029-30.actual']],
    ['Harbour', '2031-32', '7', 140],
  )

  const merged = [headings, sound[0]!, ['', '', '', ...sound[1]!.slice(3)], ['', '', '', ...sound[2]!.slice(3)]]
  assert.deepEqual(
    amounts(await only(csv(merged), { repeat: ['year', 'head', 'title'] })),
    amounts(await only(csv([headings, ...sound]))),
  )
  assert.deepEqual(told((await only(csv(merged))).outside), [
    'unknown row-without-year 3',
    'unknown row-without-year 4',
  ])
})

test('offsets tell which year each column speaks of', async () => {
  const document = await only(csv([headings, ...sound]), { offsets: { actual: -1, original: 0, revised: 0 } })
  assert.deepEqual(
    document.tables[0]!.columns.map(({ period }) => `${period.phase} ${period.when}`),
    ['actual 2030-31', 'original 2031-32', 'revised 2031-32', 'estimate 2031-32'],
  )
})

test('subheads take their own coordinates, and a spreadsheet may give back lost zeros', async () => {
  const columns = { code: 1, name: 2, revised: 3, estimate: 4 }
  const changes: Partial<Mapping> = {
    rows: 'subheads',
    columns,
    constants: { year: '2031-32', head: 7 },
    file: { header: 'none' },
    unit: 'thousand',
    decimals: 0,
    total: ['Total'],
  }
  const document = await only(
    csv([
      ['000', 'Operational expenses ......', '1,000', '1,200'],
      ['700', 'General non-recurrent#', '—', '50'],
      ['Total', '', '1,000', '1,250'],
    ]),
    changes,
  )
  assert.deepEqual(
    document.tables[0]!.rows.map(({ subject, label, marks }) => [subject, label, marks]),
    [
      ['subhead:000', 'Operational expenses', []],
      ['subhead:700', 'General non-recurrent', ['#']],
      ['head', '', []],
    ],
  )
  assert.deepEqual(
    document.cells.find(({ subject }) => subject === 'subhead:700'),
    {
      id: 'subheads/subhead:700/provision/2030-31.revised',
      place: 'subheads',
      subject: 'subhead:700',
      measure: 'provision',
      period: { when: '2030-31', phase: 'revised' },
      unit: 'thousand',
      steps: 0,
      decimals: 0,
      nil: true,
      printed: '—',
      lines: { from: 2, to: 2 },
      status: 'printed',
      marks: [],
      because: [],
    },
  )
  const book = await xlsx([
    [0, 'Operational expenses', 1000, 1200],
    ['Total', '', 1000, 1200],
  ])
  assert.equal((await only(book, { ...changes, codeDigits: 3 })).tables[0]!.rows[0]!.subject, 'subhead:000')
})

test('a percentage beside an amount becomes a rate with its base', async () => {
  const rows = [
    headings,
    [...sound[0]!.slice(0, 8), '11.8 (-1.7%)', '1,240.1 (+10 409.3%)'],
    [...sound[1]!.slice(0, 6), '3.5 (1.0%)', '4.0', '4.2 (+5.0%)', '5.0 (+19.0%)'],
  ]
  const document = await only(csv(rows), { total: [] })
  assert.deepEqual(told(document.findings), ['doubt amount-unreadable 2', 'doubt rate-without-base 3'])
  const rates = document.cells.filter(({ measure }) => measure === 'provision-rate')
  assert.deepEqual(
    rates.map(({ id, steps, base, printed }) => [id, steps, base, printed]),
    [
      [
        'analysis/programme:1/provision-rate/2030-31.revised~2030-31.original',
        -17,
        { phase: 'original', when: '2030-31' },
        '-1.7%',
      ],
      [
        'analysis/programme:2/provision-rate/2030-31.revised~2030-31.original',
        50,
        { phase: 'original', when: '2030-31' },
        '+5.0%',
      ],
      [
        'analysis/programme:2/provision-rate/2031-32.estimate~2030-31.revised',
        190,
        { phase: 'revised', when: '2030-31' },
        '+19.0%',
      ],
    ],
  )
  assert.equal(document.cells.find(({ id }) => id.endsWith('programme:2/provision/2030-31.revised'))!.printed, '4.2')
})

test('every doubtful row is kept and told with its number', async () => {
  const rows = [
    ['Estimates of the harbour', '', '', '', '', '', '', '', '', ''],
    headings,
    sound[0]!,
    ['2031-32', '7', 'Harbour Office', '1', 'Lighthouses again', '', '1.0', '1.0', '1.0', '1.0'],
    ['2031-32', '7', 'Harbor Office', 'B', 'Buoys', '', '1.0', 'n/a', '', '1.25'],
    headings,
    ['', '', '', '', '', '', '', '', '', ''],
    ['2031-32', '7', '', '3', '', '', '1.0', '1.0', '1.0', '1.0', 'see below'],
    ['2031-32', '7', '', '4', 'Docks', '', '1.0'],
    ['20xx', '7', '', '5', 'Cranes', '', '1.0', '1.0', '1.0', '1.0'],
    ['2031-32', 'seven', '', '5', 'Cranes', '', '1.0', '1.0', '1.0', '1.0'],
    sound[2]!,
    sound[2]!,
  ]
  const document = await only(csv(rows), { file: { header: 2 } })
  assert.deepEqual(told(document.findings), [
    'doubt code-twice 4',
    'doubt code-unreadable 5',
    'doubt amount-unreadable 5',
    'loss amount-missing 5',
    'doubt amount-too-precise 5',
    'doubt title-differs 5',
    'unknown row-too-long 8',
    'doubt name-missing 8',
    'doubt row-too-short 9',
    'loss amount-missing 9',
    'loss amount-missing 9',
    'loss amount-missing 9',
    'doubt total-twice 13',
  ])
  assert.deepEqual(told(document.outside), [
    'unknown row-above-headings 1',
    'repair headings-repeated 6',
    'unknown row-without-year 10',
    'unknown row-without-head 11',
  ])
  assert.deepEqual(
    document.tables[0]!.rows.map(({ subject }) => subject),
    ['programme:1', 'programme:1.2', 'group:row.5', 'programme:3', 'programme:4', 'head', 'head'],
  )
  assert.deepEqual(document.tables[0]!.rows.at(-1)!.sumOf, [
    'programme:1',
    'programme:1.2',
    'programme:3',
    'programme:4',
  ])
  const lost = document.cells.find(({ id }) => id === 'analysis/group:row.5/provision/2030-31.original')
  assert.deepEqual([lost?.steps, lost?.printed, lost?.status, lost?.nil], [null, null, 'missing', false])
})

test('a total row whose code the mapping does not name is a doubt, and a Head without a total is told', async () => {
  assert.deepEqual(told((await only(csv([headings, ...sound]), { total: ['Total'] })).findings), [
    'doubt total-missing 2',
    'doubt code-missing 4',
  ])
  assert.deepEqual(told((await only(csv([headings, ...sound.slice(0, 2)]))).findings), ['doubt total-missing 2'])
})

test('columns that nothing reads are told, unless the mapping leaves them out on purpose', async () => {
  const rows = [[...headings, 'Remarks'], ...sound.map((row) => [...row, 'x'])]
  assert.deepEqual(told((await only(csv(rows))).outside), ['unknown column-unread 1'])
  assert.deepEqual((await only(csv(rows), { ignore: ['Remarks'] })).outside, [])
  assert.deepEqual((await only(csv(rows), { ignore: 'others' })).outside, [])
})

test('rows that the mapping skips and comments leave no trace', async () => {
  const rows = [headings, ['# figures of March'], sound[0]!, ['units: $ million'], sound[1]!, sound[2]!]
  const document = await only(csv(rows), { file: { comment: '#', skip: [4] } })
  assert.deepEqual([document.findings, document.outside], [[], []])
})

const xlsx = (rows: SheetData) => writeXlsxFile(rows).toBuffer()

test('a workbook reads as the CSV of the same table does, and its floats are exact', async () => {
  const rows = sound.map((row) => row.map((cell, column) => (column > 5 ? Number(cell.replace(',', '')) : cell)))
  assert.deepEqual(amounts(await only(await xlsx([headings, ...rows]))), amounts(await only(csv([headings, ...sound]))))
  const noisy = await only(
    await xlsx([headings, ['2031-32', 7, 'Harbour Office', 1, 'Lamps', '', 0.1 + 0.2, 1.15, 4.35 * 100, 1.1 + 2.2]]),
    { total: [] },
  )
  assert.deepEqual(Object.values(amounts(noisy)), [3, 115, 4350, 33])
  assert.deepEqual(told(noisy.findings), [
    'repair amount-binary-noise 2',
    'doubt amount-too-precise 2',
    'repair amount-binary-noise 2',
    'repair amount-binary-noise 2',
  ])
})

test('codes of findings are not those of the text importer, as both are shown together', () => {
  assert.deepEqual(
    Object.keys(tableFindings).filter((code) => code in textFindings),
    [],
  )
})
