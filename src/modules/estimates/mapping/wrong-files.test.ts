import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32, deflateRawSync, gzipSync } from 'node:zlib'
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js'
import fc from 'fast-check'
import writeXlsxFile from 'write-excel-file/node'
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

async function refusal(bytes: Uint8Array | string, changes: Partial<Mapping> = {}) {
  const result = await importTables(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, 'file', {
    ...mapping,
    ...changes,
  })
  assert.ok('refusal' in result, 'was not refused')
  const { code, values } = result.refusal
  for (const [, name = ''] of refusals[code].en.matchAll(/\{(\w+)\}/g))
    assert.ok(name in values, `${code} lacks ${name}`)
  return `${code} ${Object.values(values).join(' ')}`.trim()
}

test('a file that is no table gets one clear refusal', async () => {
  // biome-ignore format: matrix
  const cases: [bytes: Uint8Array | string, refused: RegExp][] = [
    ['', /^file-empty/],
    [' \r\n\r\n', /^file-empty/],
    [',,,\n,,,\n', /^file-empty/],
    ['\ufeff', /^file-empty/],
    [Buffer.from([1, 0, 2, 0]), /^file-kind a binary file/],
    ['%PDF-1.7\n', /^file-kind PDF/],
    [Buffer.from('d0cf11e0a1b11ae1', 'hex'), /^file-kind XLS /],
    [gzipSync(table), /^file-kind GZIP/],
    [Buffer.from(`\ufeff${table}`, 'utf16le'), /^file-kind UTF-16/],
    ['<!doctype html><table>', /^file-kind HTML/],
    ['<?xml version="1.0"?>', /^file-kind HTML/],
    [Buffer.concat([Buffer.from(`${table}2031-32,7,2,`), Buffer.from([0xff])]), /^file-not-utf8 3/],
    [await store([{ name: 'letter.txt', bytes: Buffer.from('x') }]), /^file-kind ZIP/],
    ['{"year": "2031-32"}', /^file-kind JSON/],
    ['Dear Sir or Madam, the table follows.', /^column-not-found/],
    [`${table}2031-32,7,"2,3.5\n`, /^csv-broken \d+ CSV_QUOTE_NOT_CLOSED/],
    [`${table}2031-32,7,"2"x,3.5\n`, /^csv-broken/],
    ['Year,Head,Code,Actual\n', /^no-rows/],
    ['Year,Head,Code,Actual\nx,y,z,w\n', /^no-rows/],
    ['Year,Head,Code,Actual\n2031-32,7,1,many\n', /^no-rows/],
    ['Year,Head,Code,Spent\n2031-32,7,1,1\n', /^column-not-found Actual Year, Head, Code, Spent$/],
    ['Year,Head,Code,Actual,Actual\n2031-32,7,1,1,1\n', /^column-twice Actual/],
    ['Year,Head,Code,Actual\n2031,7,1,1\n', /^year-unclear 2 2031/],
    [`Year,Head,Code,Actual${','.repeat(300)}\n`, /^too-many-columns/],
    [`${table}${'\n'.repeat(limits.rows)}`, /^too-many-rows/],
  ]
  for (const [bytes, refused] of cases) assert.match(await refusal(bytes), refused, String(bytes).slice(0, 60))
})

test('a mapping for another kind of file, sheet, heading row or delimiter is told so', async () => {
  assert.match(await refusal(table, { file: { kind: 'xlsx' } }), /^file-kind CSV XLSX/)
  assert.match(await refusal(await book(), { file: { kind: 'csv' } }), /^file-kind XLSX CSV/)
  assert.match(await refusal(await book(), { file: { sheet: 'Totals' } }), /^sheet-not-found Totals Sheet1/)
  assert.match(await refusal(await book(), { file: { sheet: 2 } }), /^sheet-not-found/)
  const two = await writeXlsxFile([
    { sheet: 'A & B', data: [['x']] },
    { sheet: 'C', data: [['x']] },
  ]).toBuffer()
  assert.match(await refusal(two), /^sheet-unsaid A & B, C/)
  assert.match(await refusal(table, { file: { header: 9 } }), /^header-not-found 9/)
  assert.match(await refusal(table.replaceAll(',', ';'), { file: { delimiter: ',' } }), /^column-not-found/)
  const columns = { year: 1, head: 2, code: 3, actual: 4 }
  assert.match(await refusal('2031-32,7,1,1;7;1;1\n', { columns, file: { header: 'none' } }), /^delimiter-unclear/)
})

test('200 MB are refused by their size', async () => {
  assert.match(await refusal(Buffer.alloc(200_000_000, 'a,b\n')), /^file-too-large/)
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

test('an error in a cell of a workbook is no number', async () => {
  const bytes = await withSheet((xml) =>
    xml.replace(/<c r="D2"[^>]*><v>[^<]*<\/v><\/c>/, '<c r="D2" t="e"><v>#REF!</v></c><c r="E2"><v>1</v></c>'),
  )
  assert.match(await refusal(bytes), /^(no-rows|xlsx-damaged)/)
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
