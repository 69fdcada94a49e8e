import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import readXlsxFile from 'read-excel-file/node'
import { checkDocument } from '../check/check.ts'
import { unpack } from '../mapping/zip.ts'
import { aHead, headNames } from '../testing/head.ts'
import { documentTable, documentTables, provenanceOf, sourceTitle } from './document-tables.ts'
import { type DownloadTable, decimalText, tableAsCsv, tablesAsCsv, tablesAsXlsx } from './tables.ts'

const table = (rows: DownloadTable['rows'], name = 'table', title = 'A table'): DownloadTable => ({
  name,
  title,
  columns: [
    { label: 'Name', kind: 'text' },
    { label: 'Amount', kind: 'number' },
  ],
  rows,
})
const records = (csv: string): string[][] => parse(csv, { bom: true })

test('CSV is UTF-8 with a byte order mark, and quotes what needs it', () => {
  assert.equal(
    tableAsCsv(
      table([
        ['燈塔, "north"', { steps: 12401, decimals: 1 }],
        ['a\nb', null],
      ]),
    ),
    '\ufeffName,Amount\r\n"燈塔, ""north""",1240.1\r\n"a\nb",\r\n',
  )
})

test('amounts stay exact decimals, and a negative one is not taken for a formula', () => {
  for (const [steps, decimals, written] of [
    [12401, 1, '1240.1'],
    [-5, 1, '-0.5'],
    [0, 2, '0.00'],
    [7, 0, '7'],
    [Number.MAX_SAFE_INTEGER, 3, '9007199254740.991'],
  ] as const) {
    assert.equal(decimalText({ steps, decimals }), written)
    assert.equal(records(tableAsCsv(table([['x', { steps, decimals }]])))[1]![1], written)
  }
})

test('text that a spreadsheet would run as a formula says that it is text', () => {
  for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '＋1', '－1', '＠x'])
    assert.equal(records(tableAsCsv(table([[text, null]])))[1]![0], `'${text}`)
  for (const text of ['—', '1-2', 'a=b', '', "'x"])
    assert.equal(records(tableAsCsv(table([[text, null]])))[1]![0], text)
})

test('any text and any amount come back from CSV', () => {
  const cell = fc.tuple(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.integer({ min: -(10 ** 14), max: 10 ** 14 }),
    fc.integer({ min: 0, max: 6 }),
  )
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 20 }), (cells) => {
      const read = records(
        tableAsCsv(table(cells.map(([text, steps, decimals]) => [text, { steps, decimals }]))),
      ).slice(1)
      for (const [index, [text, steps, decimals]] of cells.entries()) {
        assert.equal(read[index]![0]!.replace(/^'(?=[=+\-@＝＋－＠\t\r])/, ''), text)
        assert.equal(Number(read[index]![1]!.replace('.', '')), steps)
        assert.equal(read[index]![1]!.split('.')[1]?.length ?? 0, decimals)
      }
    }),
  )
})

async function sheetXml(bytes: Uint8Array, number: number): Promise<string> {
  const unpacked = await unpack(bytes, () => true, 10_000_000, 100)
  assert.ok('parts' in unpacked)
  return Buffer.from(unpacked.parts.find(({ name }) => name === `xl/worksheets/sheet${number}.xml`)!.bytes).toString()
}

test('a workbook holds real numbers, one sheet for each table, frozen headings, and its source last', async () => {
  const bytes = await tablesAsXlsx(
    [
      table([
        ['Lamps', { steps: 12401, decimals: 1 }],
        ['Nil', { steps: 0, decimals: 1, nil: true }],
        ['Lost', null],
      ]),
      table([['x', { steps: 5, decimals: 0 }]], 'two', 'Another: [table]'),
    ],
    [['Source', 'harbour.txt']],
  )
  const sheets = await readXlsxFile(Buffer.from(bytes))
  assert.deepEqual(
    sheets.map(({ sheet }) => sheet),
    ['A table', 'Another table', 'Source'],
  )
  assert.deepEqual(sheets[0]!.data, [
    ['Name', 'Amount'],
    ['Lamps', 1240.1],
    ['Nil', 0],
    ['Lost', null],
  ])
  assert.deepEqual(sheets[2]!.data, [
    ['A table', 'A table'],
    ['Another table', 'Another: [table]'],
    ['Source', 'harbour.txt'],
  ])
  assert.match(await sheetXml(bytes, 1), /<pane ySplit="1"[^>]*state="frozen"/)
})

test('no cell of a workbook is a formula, and text comes back as it was', async () => {
  const texts = ['=1+1', '+1', '-1', '@x', '=HYPERLINK("http://x")', '_x0041_', '<b>&"', '燈塔 🏮', '  two  ']
  const bytes = await tablesAsXlsx([table(texts.map((text) => [text, null]))], [['=cmd', '@x']])
  assert.doesNotMatch(`${await sheetXml(bytes, 1)}${await sheetXml(bytes, 2)}`, /<f[ >]/)
  const [sheet] = await readXlsxFile(Buffer.from(bytes), { trim: false })
  assert.deepEqual(
    sheet!.data.slice(1).map(([text]) => text),
    texts,
  )
})

test('an amount of more digits than a spreadsheet holds stays text, to its last digit', async () => {
  const [sheet] = await readXlsxFile(
    Buffer.from(
      await tablesAsXlsx(
        [
          table([
            ['x', { steps: Number.MAX_SAFE_INTEGER, decimals: 3 }],
            ['y', { steps: 999_999_999_999_999, decimals: 3 }],
          ]),
        ],
        [],
      ),
    ),
  )
  assert.deepEqual(
    sheet!.data.slice(1).map(([, amount]) => amount),
    ['9007199254740.991', 999_999_999_999.999],
  )
})

test('titles of any kind make names that a workbook accepts, each once', async () => {
  const titles = [
    'Same',
    'same',
    '',
    'x'.repeat(60),
    `${'x'.repeat(60)}y`,
    '[/\\:*?]',
    "'quoted'",
    'History',
    '總目 47 2023-24：按分目列出的開支詳情及其他很長的標題直到超過三十一個字',
  ]
  const sheets = await readXlsxFile(
    Buffer.from(
      await tablesAsXlsx(
        titles.map((title) => table([['x', null]], 'n', title)),
        [],
      ),
    ),
  )
  const names = sheets.map(({ sheet }) => sheet)
  assert.equal(new Set(names.map((name) => name.toLowerCase())).size, titles.length + 1)
  for (const name of names) assert.match(name, /^[^[\]/\\:*?']{1,31}$/)
})

const checked = () => {
  const document = aHead()
  return { ...document, cells: checkDocument(document).cells }
}

test('a table of a document tells nil, marks and recovered numbers beside the amounts, and the lines of each row', () => {
  const document = checked()
  const analysis = document.tables.find(({ id }) => id === 'analysis')!
  const { name, title, columns, rows } = documentTable(document, analysis, { language: 'en' })
  assert.deepEqual([name, title], ['analysis', 'Head 7 2023-24: the analysis of provision'])
  assert.deepEqual(
    columns.map(({ label }) => label),
    [
      'Code',
      'Name',
      '2021-22 (actual), $ million',
      '2022-23 (original), $ million',
      '2022-23 (revised), $ million',
      '2023-24 (estimate), $ million',
      'Notes',
      'Source lines',
    ],
  )
  assert.deepEqual(rows[1], [
    '',
    '=HYPERLINK("http://x","Pilotage")',
    { steps: 35, decimals: 1, nil: false },
    { steps: 40, decimals: 1, nil: false },
    { steps: 42, decimals: 1, nil: false },
    { steps: 0, decimals: 1, nil: true },
    '#; 2022-23 (revised), $ million: lost in the source, derived; 2023-24 (estimate), $ million: nil',
    '21',
  ])
})

test('tables carry the names of the pack in the language asked for, and printed ones where it knows none', () => {
  const tables = documentTables(checked(), { language: 'zh-Hant', names: headNames })
  assert.deepEqual(
    tables.map(({ name }) => name),
    ['programme.1', 'analysis', 'subheads', 'breakdown.000', 'commitments', 'targets.1'],
  )
  assert.deepEqual(
    tables[1]!.rows.map(([, label]) => label),
    ['燈塔', '=HYPERLINK("http://x","Pilotage")', '海港辦事處'],
  )
  assert.deepEqual(Object.keys(tablesAsCsv(tables)), [
    'programme.1.csv',
    'analysis.csv',
    'subheads.csv',
    'breakdown.000.csv',
    'commitments.csv',
    'targets.1.csv',
  ])
})

test('a whole Head becomes a workbook in every language, with its provenance', async () => {
  const document = checked()
  for (const language of ['en', 'zh-Hant', 'zh-Hans'] as const) {
    const bytes = await tablesAsXlsx(
      documentTables(document, { language, names: headNames }),
      provenanceOf(document, { language, address: 'https://x.example/estimates/2023-24/7' }),
      sourceTitle(language),
    )
    const sheets = await readXlsxFile(Buffer.from(bytes))
    assert.equal(sheets.length, 7)
    const written = sheets.at(-1)!.data.flat()
    for (const value of ['harbour.txt', 'a'.repeat(64), 'https://x.example/estimates/2023-24/7'])
      assert.ok(written.includes(value), value)
  }
})
