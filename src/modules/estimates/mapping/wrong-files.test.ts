import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32, deflateRawSync, gzipSync } from 'node:zlib'
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js'
import fc from 'fast-check'
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'
import { say, type Text, type Values } from '#platform'
import { importBytesMax } from '../import/refusals.ts'
import { tableFindings } from './findings.ts'
import { importTables } from './import-tables.ts'
import { limits } from './limits.ts'
import type { Mapping } from './mapping.ts'
import { refusals } from './refusals.ts'
import { type Part, store, unpack } from './zip.ts'

const mapping: Mapping = {
  rows: 'programmes',
  language: 'en',
  columns: { year: 'Year', head: 'Head', code: 'Code', actual: 'Actual' },
  unit: 'million',
  decimals: 1,
}
const table = 'Year,Head,Code,Actual\n2031-32,7,1,10.5\n'
const book = async () =>
  new Uint8Array(
    await writeXlsxFile([
      ['Year', 'Head', 'Code', 'Actual'],
      ['2031-32', 7, 1, 10.5],
    ]).toBuffer(),
  )

/** Sentences in the three languages have their values, and the Chinese ones are Chinese. */
function inEnglish(text: Text, values: Values): string {
  for (const language of ['zh-Hant', 'zh-Hans'] as const) {
    assert.match(say(text, language, values), /\p{Script=Han}/u)
    assert.doesNotMatch(say(text, language, values), /\{\w+\}|\b(the|is|must|or|and|binary)\b/)
  }
  return say(text, 'en', values)
}

const importOf = (bytes: Uint8Array | string, changes: Partial<Mapping>) =>
  importTables(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, 'file', { ...mapping, ...changes })

/** The code of the refusal, and its sentence. */
async function refusal(bytes: Uint8Array | string, changes: Partial<Mapping> = {}) {
  const result = await importOf(bytes, changes)
  assert.ok('refusal' in result, 'was not refused')
  const { code, values } = result.refusal
  return `${code} ${inEnglish(refusals[code], values)}`
}

test('a file that is no table gets one clear refusal', async () => {
  // biome-ignore format: matrix
  const cases: [bytes: Uint8Array | string, refused: RegExp][] = [
    ['', /^file-empty/],
    [' \r\n\r\n', /^file-empty/],
    [',,,\n,,,\n', /^file-empty/],
    ['\ufeff', /^file-empty/],
    [Buffer.from([1, 2, 3, 4, 5, 0, 7, 8]), /^file-kind This is a binary file, not CSV, XLSX\./],
    ['%PDF-1.7\n', /^file-kind This is PDF/],
    [Buffer.from('d0cf11e0a1b11ae1', 'hex'), /^file-kind This is XLS /],
    [gzipSync(table), /^file-kind This is GZIP/],
    [Buffer.from(`\ufeff${table}`, 'utf16le'), /^file-utf16 .* choose “Save as” and “CSV UTF-8”/],
    ['<!doctype html><table>', /^file-kind This is HTML or XML/],
    ['<?xml version="1.0"?>', /^file-kind This is HTML or XML/],
    [Buffer.concat([Buffer.from(`${table}2031-32,7,2,`), Buffer.from([0xff])]), /^file-not-utf8 Line 3 is not UTF-8 .*choose “Save as” and “CSV UTF-8”/],
    [await store([{ name: 'letter.txt', bytes: Buffer.from('x') }]), /^file-kind This is ZIP/],
    ['{"year": "2031-32"}', /^file-kind This is JSON/],
    ['Dear Madam, a table follows.', /^column-not-found/],
    [`${table}2031-32,7,"2,3.5\n`, /^csv-broken On line 3 /],
    [`${table}2031-32,7,"2"x,3.5\n`, /^csv-broken On line 3 /],
    [`${table}${'x'.repeat(1_100_000)}\n`, /^record-too-long The row that begins near line 3 has more than 1 MB/],
    ['Year,Head,Code,Actual\n', /^no-rows/],
    ['Year,Head,Code,Actual\nx,y,z,w\n', /^no-readable-rows .*Row 2 is the first, and has no financial year, as 2023-24: x \| y \| z \| w$/],
    ['Year,Head,Code,Actual\n2031-32,7,1,many\n', /^no-readable-rows .*Row 2 is the first, and has no amount that it can read \(.*\): many$/],
    ['Year,Head,Code,Actual\n2031-32,seven,1,1\n', /^no-readable-rows .*Row 2 is the first, and has no Head, as 47: /],
    ['Year,Head,Code,Spent\n2031-32,7,1,1\n', /^column-not-found .*does not have: Actual\. It has: Year, Head, Code, Spent\./],
    ['Year,Head,Code,Actual,Actual\n2031-32,7,1,1,1\n', /^column-twice .*“Actual”/],
    ['Year,Head,Code,Actual\n2031,7,1,1\n', /^year-unclear Row 2 says “2031”/],
    [`Year,Head,Code,Actual${','.repeat(300)}\n`, /^too-many-columns/],
    [`${table}${'\n'.repeat(limits.rows)}`, /^too-many-rows/],
  ]
  for (const [bytes, refused] of cases) assert.match(await refusal(bytes), refused, String(bytes).slice(0, 60))
})

test('a mapping for another kind of file, sheet, heading row or delimiter is told so', async () => {
  assert.match(await refusal(table, { file: { kind: 'xlsx' } }), /^file-kind This is CSV, not XLSX/)
  assert.match(await refusal(await book(), { file: { kind: 'csv' } }), /^file-kind This is XLSX, not CSV/)
  assert.match(await refusal(await book(), { file: { sheet: 'Totals' } }), /^sheet-not-found .*“Totals”.*Sheet1/)
  assert.match(await refusal(await book(), { file: { sheet: 2 } }), /^sheet-not-found/)
  const two = await writeXlsxFile([
    { sheet: 'A & B', data: [['x']] },
    { sheet: 'C', data: [['x']] },
  ]).toBuffer()
  assert.match(await refusal(two), /^sheet-unsaid .*: A & B, C\./)
  assert.match(await refusal(table, { file: { header: 9 } }), /^header-not-found .*row 9/)
  assert.match(await refusal(table.replaceAll(',', ';'), { file: { delimiter: ',' } }), /^column-not-found/)
  const columns = { year: 1, head: 2, code: 3, actual: 4 }
  assert.match(await refusal('2031-32,7,1,1;7;1;1\n', { columns, file: { header: 'none' } }), /^delimiter-unclear/)
})

test('200 MB are refused by their size', async () => {
  assert.match(await refusal(Buffer.alloc(200_000_000, 'a,b\n')), /^too-large The file is larger than 20 MB/)
  assert.match(await refusal(Buffer.alloc(importBytesMax + 1, 'a,b\n')), /^too-large/)
  assert.doesNotMatch(await refusal(Buffer.alloc(importBytesMax, 'a\0')), /^too-large/)
})

const partsOf = async (): Promise<Part[]> => {
  const unpacked = await unpack(await book(), () => true, limits.unpackedBytes, limits.parts)
  assert.ok('parts' in unpacked)
  return unpacked.parts
}
const withSheet = async (change: (xml: string) => string) =>
  store(
    (await partsOf()).map(({ name, bytes }) => ({
      name,
      bytes:
        name.includes('sheet1.xml') && !name.includes('rels')
          ? Buffer.from(change(Buffer.from(bytes).toString()))
          : bytes,
    })),
  )

test('an archive is unpacked as it was stored', async () => {
  const parts = await partsOf()
  const again = await unpack(await store(parts), () => true, limits.unpackedBytes, limits.parts)
  assert.ok('parts' in again)
  assert.deepEqual(
    again.parts.map(({ name, bytes }) => [name, crc32(bytes)]),
    parts.map(({ name, bytes }) => [name, crc32(bytes)]),
  )
  assert.ok('documents' in (await importTables(await withSheet((xml) => xml), 'book.xlsx', mapping)))
})

/** An archive of one compressed part whose sizes in the table of contents say what `claimed` says. */
async function bomb(bytes: Uint8Array, claimed: number): Promise<Uint8Array> {
  const packed = deflateRawSync(bytes)
  const archive = Buffer.from(await store([{ name: 'xl/workbook.xml', bytes: packed }]))
  const central = archive.indexOf(Buffer.from('504b0102', 'hex'))
  archive.writeUInt16LE(8, central + 10)
  archive.writeUInt32LE(claimed, central + 24)
  return archive
}

test('a workbook that unpacks to more than the limit is refused, whatever sizes it claims', async () => {
  const zeros = new Uint8Array(limits.unpackedBytes + 1)
  const honest = new ZipWriter(new Uint8ArrayWriter())
  await honest.add('xl/workbook.xml', new Uint8ArrayReader(zeros))
  assert.match(await refusal(await honest.close()), /^xlsx-too-large/)
  for (const claimed of [zeros.length, 1])
    assert.match(await refusal(await bomb(zeros, claimed)), /^xlsx-(too-large|damaged)/)
  const many = await store(
    Array.from({ length: limits.parts + 1 }, (_, index) => ({
      name: `xl/workbook${index}.xml`,
      bytes: new Uint8Array(),
    })),
  )
  assert.match(await refusal(many), /^xlsx-too-large/)
})

const years = 'Year,Head,Code,Actual\n'
const line = '2031-32,7,1,10.5\n'
const named = (changes: Mapping['columns']): Partial<Mapping> => ({ columns: changes })
const cell = (xml: string) => withSheet((sheet) => sheet.replace(/<c r="D2"[^>]*>.*?<\/c>/, xml))
const inBook = async (rows: SheetData) => new Uint8Array(await writeXlsxFile(rows).toBuffer())
const heading = ['Year', 'Head', 'Code', 'Actual']

// biome-ignore format: matrix
const cases: [name: string, file: string | Uint8Array | Promise<Uint8Array>, changes: Partial<Mapping>, outcome: string][] = [
  // Columns.
  ['a heading misspelt', `Year,Head,Code,Acutal\n${line}`, {}, 'The mapping names columns that this table does not have: Actual. It has: Year, Head, Code, Acutal. Did you mean Acutal?'],
  ['headings in another case', `year,HEAD,Code,Actual\n${line}`, {}, 'The mapping names columns that this table does not have: Year, Head. It has: year, HEAD, Code, Actual. Did you mean year, HEAD?'],
  ['headings with spaces around and within', ` Year , Head,"Co\nde",Actual\n${line}`, named({ year: 'Year', head: 'Head', code: 'Co de', actual: 'Actual' }), '1=10.5'],
  ['a position out of range', years + line, named({ year: 1, head: 2, code: 3, actual: 9 }), 'The mapping names column 9, and this table has 4. Positions are counted from 1.'],
  ['two meanings for one column', years + line, named({ year: 1, head: 'Head', code: 'Code', actual: 'Actual', name: 'Year' }), 'Column 1 is read as “year” and as “name”. One column has one meaning; change one of the two in the mapping.'],
  ['a column that is read and ignored', years + line, { ignore: [4] }, 'Column 4 is read as “actual” and as “ignore”. One column has one meaning; change one of the two in the mapping.'],
  ['no heading row', `${line}2031-32,7,2,1.5\n`, {}, 'The mapping names columns that this table does not have: Year, Head, Code, Actual. It has: 2031-32, 7, 1, 10.5. If that is no row of headings, write “header” under “file”.'],
  ['no heading row, and a mapping that says so', line, { file: { header: 'none' }, ...named({ year: 1, head: 2, code: 3, actual: 4 }) }, '1=10.5'],
  ['a heading row that the mapping denies', years + line, { file: { header: 'none' }, ...named({ year: 1, head: 2, code: 3, actual: 4 }) }, '1=10.5 | 1: This row has no financial year that can be read, so it belongs to no Head: “Year | Head | Code | Actual”. If the year above is meant (merged cells), add year to “repeat” in the mapping.'],
  ['columns of nothing', 'Year,Head,Code,Actual,,\n2031-32,7,1,10.5,,\n', {}, '1=10.5'],
  ['units below the headings', `${years},,,$ million\n${line}`, {}, '1=10.5 | 2: This row has no financial year that can be read, so it belongs to no Head: “ |  |  | $ million”. If the year above is meant (merged cells), add year to “repeat” in the mapping.'],
  // Years and Heads.
  ['a row without a year', `${years + line},7,2,1.0\n`, {}, '1=10.5 | 3: This row has no financial year that can be read, so it belongs to no Head: “ | 7 | 2 | 1.0”. If the year above is meant (merged cells), add year to “repeat” in the mapping.'],
  ['a year of dates', `${years}2031-04-01,7,1,10.5\n`, {}, 'No row of this table can be read with this mapping. Row 2 is the first, and has no financial year, as 2023-24: 2031-04-01 | 7 | 1 | 10.5'],
  ['a year that is none', `${years + line}2031-33,7,2,1.0\n`, {}, '1=10.5 | 3: This row has no financial year that can be read, so it belongs to no Head: “2031-33 | 7 | 2 | 1.0”. If the year above is meant (merged cells), add year to “repeat” in the mapping.'],
  ['a Head in words', `${years + line}2031-32,Harbour,2,1.0\n`, {}, '1=10.5 | 3: This row has no Head that can be read: “2031-32 | Harbour | 2 | 1.0”. If the Head above is meant (merged cells), add head to “repeat” in the mapping.'],
  // Characters between and around cells.
  ['semicolons', (years + line).replaceAll(',', ';'), {}, '1=10.5'],
  ['semicolons and a decimal comma', 'Year;Head;Code;Actual\n2031-32;7;1;1.010,5\n', { decimal: ',', thousands: ['.'] }, '1=1010.5'],
  ['a decimal comma that the mapping does not tell', 'Year;Head;Code;Actual\n2031-32;7;1;10,5\n', {}, 'No row of this table can be read with this mapping. Row 2 is the first, and has no amount that it can read (see “decimal”, “thousands” and “nil”): 10,5'],
  ['tabs', (years + line).replaceAll(',', '\t'), {}, '1=10.5'],
  ['a first line that says the delimiter', `sep=;\n${(years + line).replaceAll(',', ';')}`, {}, '1=10.5'],
  ['line ends of an old Macintosh', (years + line).replaceAll('\n', '\r'), {}, '1=10.5'],
  ['a quotation mark never closed', `${years}2031-32,7,"1,10.5\n${line.repeat(3)}`, {}, 'On line 2 a quotation mark is not paired, so that columns cannot be told apart. Pair it, or get the whole file.'],
  ['a quotation mark inside a cell', `${years}2031-32,7,1" pipe,10.5\n`, {}, 'On line 2 a quotation mark is not paired, so that columns cannot be told apart. Pair it, or get the whole file.'],
  ['curly quotation marks', `${years + line}2031-32,7,“2”,1.0\n`, {}, '1=10.5 row.3=1.0 | 3: ““2”” is no code that can be read. The row stands outside the sums.'],
  // Encodings.
  ['Big5', Buffer.concat([Buffer.from(`${years}2031-32,7,`), Buffer.from([0xa4, 0xd1]), Buffer.from(',1\n')]), {}, 'Line 2 is not UTF-8 (Big5, perhaps). In the spreadsheet program choose “Save as” and “CSV UTF-8”; in a text editor, the encoding UTF-8.'],
  ['UTF-16 of a spreadsheet program', Buffer.from(`\ufeff${(years + line).replaceAll(',', '\t')}`, 'utf16le'), {}, 'The file is UTF-16. In the spreadsheet program choose “Save as” and “CSV UTF-8”; in a text editor, the encoding UTF-8.'],
  ['UTF-16 without a mark', Buffer.from(years + line, 'utf16le'), {}, 'The file is UTF-16. In the spreadsheet program choose “Save as” and “CSV UTF-8”; in a text editor, the encoding UTF-8.'],
  ['UTF-8 with a mark', `\ufeff${years}${line}`, {}, '1=10.5'],
  // Amounts.
  ['brackets for a negative amount', `${years}2031-32,7,1,(10.5)\n`, {}, '1=-10.5'],
  ['thousands and full-width digits', `${years}2031-32,7,1,"１，２３４．５"\n`, {}, '1=1234.5'],
  ['nil', `${years}2031-32,7,1,—\n2031-32,7,2,1.0\n`, {}, '1=nil 2=1.0'],
  ['nothing at all', `${years}2031-32,7,1,\n2031-32,7,2,1.0\n`, {}, '1=lost 2=1.0 | 2: There is nothing under “Actual”. That is not nil unless the mapping says so.'],
  ['a space between thousands', `${years}2031-32,7,1,1 234.5\n2031-32,7,2,1.0\n`, {}, '1=lost 2=1.0 | 2: “1 234.5” under “Actual” is no amount that can be read. If it is one, say how it is written in “nil”, “thousands”, “decimal” or “negative”.'],
  ['another unit', `${years}2031-32,7,1,10.555\n`, {}, '1=10.555 | 2: “10.555” under “Actual” has more decimals than the 1 that the mapping declares. All are kept.'],
  ['words', `${years}2031-32,7,1,n/a\n2031-32,7,2,1.0\n`, {}, '1=lost 2=1.0 | 2: “n/a” under “Actual” is no amount that can be read. If it is one, say how it is written in “nil”, “thousands”, “decimal” or “negative”.'],
  ['characters that nobody sees', `${years}2031-32,7,1\u202e\x1b,10.5\u200b\n`, {}, '1=10.5 | 2: This row held characters that nobody sees, such as control characters. They were left out.'],
  // Workbooks.
  ['a formula with its result', cell('<c r="D2"><f>C2*2</f><v>10.5</v></c>'), {}, '1=10.5'],
  ['a formula without its result', cell('<c r="D2"><f>C2*2</f></c>'), {}, 'Cell D2 holds a formula without its result. Open the workbook in a spreadsheet program and save it, so that results are kept.'],
  ['a formula that failed', cell('<c r="D2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'), {}, 'No row of this table can be read with this mapping. Row 2 is the first, and has no amount that it can read (see “decimal”, “thousands” and “nil”): #DIV/0!'],
  ['an amount that became a date', inBook([heading, ['2031-32', 7, 1, { value: new Date('2031-01-10'), type: Date, format: 'yyyy-mm-dd' }]]), {}, 'No row of this table can be read with this mapping. Row 2 is the first, and has no amount that it can read (see “decimal”, “thousands” and “nil”): 2031-01-10'],
  ['a year that became a date', inBook([heading, [{ value: new Date('2031-04-01'), type: Date, format: 'yyyy-mm-dd' }, 7, 1, 1]]), {}, 'No row of this table can be read with this mapping. Row 2 is the first, and has no financial year, as 2023-24: 2031-04-01 | 7 | 1 | 1'],
  ['a year that became a number', inBook([heading, [2031, 7, 1, 1]]), {}, 'Row 2 says “2031”, which is a part of two financial years. Write “bareYear: first” or “bareYear: last” in the mapping.'],
  ['merged cells', inBook([heading, [{ value: '2031-32', rowSpan: 2 }, 7, 1, 1], [null, 7, 2, 3]]), {}, '1=1.0 | 3: This row has no financial year that can be read, so it belongs to no Head: “ | 7 | 2 | 3”. If the year above is meant (merged cells), add year to “repeat” in the mapping.'],
  ['merged cells, and a mapping that says so', inBook([heading, [{ value: '2031-32', rowSpan: 2 }, 7, 1, 1], [null, 7, 2, 3]]), { repeat: ['year'] }, '1=1.0 2=3.0'],
  ['text in brackets', inBook([heading, ['2031-32', 7, 1, '(1,000.5)']]), {}, '1=-1000.5'],
]

/** The amounts as `1=10.5`, and every finding as `2: sentence`; or the one sentence of a refusal. */
async function outcomeOf(file: string | Uint8Array, changes: Partial<Mapping>): Promise<string> {
  const result = await importOf(file, changes)
  if ('refusal' in result) return inEnglish(refusals[result.refusal.code], result.refusal.values)
  const amounts = result.documents.flatMap(({ cells }) =>
    cells.map(({ subject, steps, decimals, nil }) => {
      const amount = nil ? 'nil' : steps === null ? 'lost' : (steps / 10 ** decimals).toFixed(decimals)
      return `${subject.replace(/^programme:|^group:/, '')}=${amount}`
    }),
  )
  const findings = [...result.findings, ...result.documents.flatMap((document) => document.findings)].map(
    ({ code, values, lines }) =>
      `${lines.from}: ${inEnglish(tableFindings[code as keyof typeof tableFindings], values)}`,
  )
  return [amounts.join(' '), ...findings].join(' | ')
}

for (const [name, file, changes, outcome] of cases)
  test(`a table with ${name} is imported rightly, or told of in one sentence`, async () => {
    assert.equal(await outcomeOf(await file, changes), outcome)
  })

test('a workbook with a hidden sheet says that it has one', async () => {
  const two = await writeXlsxFile([
    { sheet: 'Open', data: [heading, ['2031-32', 7, 1, 10.5]] },
    { sheet: 'Old', data: [['x']] },
  ]).toBuffer()
  const unpacked = await unpack(two, () => true, limits.unpackedBytes, limits.parts)
  assert.ok('parts' in unpacked)
  const hidden = await store(
    unpacked.parts.map(({ name, bytes }) => ({
      name,
      bytes:
        name === 'xl/workbook.xml'
          ? Buffer.from(Buffer.from(bytes).toString().replace('name="Old"', 'name="Old" state="hidden"'))
          : bytes,
    })),
  )
  assert.match(await refusal(hidden), /^sheet-unsaid .*hidden ones included: Open, Old\. Write one as “sheet”/)
  assert.equal(await outcomeOf(hidden, { file: { sheet: 'Open' } }), '1=10.5')
})

test('a damaged workbook is refused', async () => {
  const whole = await book()
  for (const bytes of [whole.subarray(0, whole.length - 30), whole.subarray(0, whole.length / 2)])
    assert.match(await refusal(bytes), /^(xlsx-damaged|file-kind)/)
  const changed = Uint8Array.from(whole)
  changed[60]! ^= 0xff
  assert.match(await refusal(changed), /^xlsx-damaged/)
  const parts = await partsOf()
  assert.match(await refusal(await store(parts.filter(({ name }) => !name.includes('sheet1')))), /^xlsx-damaged/)
  for (const change of [
    (xml: string) => xml.slice(0, -40),
    (xml: string) => xml.replace('t="s"><v>0<', 't="s"><v>999<'),
  ])
    assert.match(await refusal(await withSheet(change)), /^(xlsx-damaged|column-not-found)/)
})

test('a sheet that claims a far cell, or hides one, is refused before it fills memory', async () => {
  const far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
  for (const change of [
    (xml: string) => xml.replace('</sheetData>', far),
    (xml: string) => xml.replace('</sheetData>', far.replace('"XFD1048576"', "'XFD1048576'")),
    (xml: string) => xml.replace('</sheetData>', far.replace('r="XFD', 'x=">" r="XFD')),
    (xml: string) =>
      xml.replace('</sheetData>', far.replace('XFD1048576', 'XF&#68;1048576').replace('r="1048576"', '')),
    (xml: string) => xml.replace('</sheetData>', `<!-- <c " -->${far}<!-- " -->`),
    (xml: string) => xml.replace('<?xml version="1.0" ?>', '<?xml version="1.0" ?><!DOCTYPE x [<!ENTITY a "b">]>'),
    (xml: string) => xml.replace('</sheetData>', '<row r="3"><c r="ZZ3"><v>1</v></c></row></sheetData>'),
  ]) {
    assert.match(await refusal(await withSheet(change)), /^(too-many-rows|too-many-columns|xlsx-damaged)/)
  }
})

const endless: Record<string, (length: number) => string> = {
  'tags that never end': (length) => '<'.repeat(length),
  'cells that never end': (length) => '<c '.repeat(length / 3),
  'a text of spaces': (length) => ' '.repeat(length),
  'texts that begin and never end': (length) => '<![CDATA['.repeat(length / 9),
  'comments that never end': (length) => '<!--'.repeat(length / 4),
  'entities that never end': (length) => '<!ENTITY '.repeat(length / 9),
  'an endless attribute': (length) => `<a b="${'&amp;'.repeat(length / 5)}"/>`,
  'a quotation mark in each tag': (length) => '<c r=">'.repeat(length / 7),
}
for (const [name, text] of Object.entries(endless))
  test(`a workbook with ${name} in its XML is refused at once`, async () => {
    for (const part of ['xl/worksheets/sheet1.xml', 'xl/sharedStrings.xml']) {
      const parts = (await partsOf()).map((each) => {
        const xml = Buffer.from(each.bytes).toString()
        const at = xml.indexOf('>', xml.indexOf('xmlns')) + 1
        const bytes = () => Buffer.from(xml.slice(0, at) + text(10_000_000) + xml.slice(at))
        return each.name === part ? { name: part, bytes: bytes() } : each
      })
      const file = new ZipWriter(new Uint8ArrayWriter(), { level: 1 })
      for (const each of parts) await file.add(each.name, new Uint8ArrayReader(each.bytes))
      const bytes = await file.close()
      const began = process.cpuUsage().user
      assert.match(await refusal(bytes), /^xlsx-damaged/, part)
      assert.ok(process.cpuUsage().user - began < 2_000_000, part)
    }
  })

test('an error in a cell of a workbook is no number', async () => {
  const bytes = await withSheet((xml) =>
    xml.replace(/<c r="D2"[^>]*><v>[^<]*<\/v><\/c>/, '<c r="D2" t="e"><v>#REF!</v></c><c r="E2"><v>1</v></c>'),
  )
  assert.match(await refusal(bytes), /^no-readable-rows .*#REF!/)
})

test('no bytes make the importer throw', async () => {
  const whole = await book()
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 400 }),
      async (bytes) => void (await importTables(bytes, 'x', mapping)),
    ),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 }),
      async (changes) => {
        const bytes = Uint8Array.from(whole)
        for (const [at, value] of changes) bytes[at] = value
        await importTables(bytes, 'x.xlsx', mapping)
      },
    ),
    { numRuns: 200 },
  )
})
