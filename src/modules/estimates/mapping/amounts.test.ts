import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { amountReader, readHead, readProgramme, readSubhead, readYear } from './amounts.rules.ts'
import type { Mapping } from './mapping.ts'

const mapping: Mapping = { rows: 'programmes', language: 'en', columns: { code: 1 }, unit: 'million', decimals: 1 }
const text = (written: string, changes: Partial<Mapping> = {}) =>
  amountReader({ ...mapping, ...changes })({ text: written, numeric: false })
const number = (written: string, changes: Partial<Mapping> = {}) =>
  amountReader({ ...mapping, ...changes })({ text: written, numeric: true })

test('an amount is read in every form that the Estimates print', () => {
  // biome-ignore format: matrix
  const cases: [written: string, steps: number][] = [
    ['816.2', 8162], ['1,037.8', 10378], [' 1,031.2 ', 10312], ['1037.8', 10378], ['960', 9600], ['0', 0], ['0.0', 0], ['.5', 5],
    ['-71.1', -711], ['−71.1', -711], ['–71.1', -711], ['(71.1)', -711], ['(1,071.1)', -10711], ['+71.1', 711], ['-0.0', 0], ['(0)', 0],
    ['$5.0', 50], ['HK$5', 50], ['-$5.0', -50], ['$-5.0', -50], ['€ 5.0', 50],
    ['１，０３７．８', 10378], ['（７１．１）', -711], ['1,037.80', 10378],
  ]
  for (const [written, steps] of cases)
    assert.deepEqual(text(written), { kind: 'number', steps, decimals: 1, marks: [] }, written)
})

test('what is not wholly an amount is unreadable, never half read', () => {
  const cases = [
    '1,23.4',
    '1,2345',
    '12,34,567',
    '1 037.8',
    '1.037,8',
    '960²',
    'n/a',
    '(71.1',
    '71.1)',
    '(-71.1)',
    '--5',
    '5 to 6',
    '12.9%',
    '(12.9%)',
    '1e3',
    '٣',
    '5?',
    '9'.repeat(17),
    '0.1234567',
    `1${' '.repeat(200)}`,
  ]
  for (const written of cases) assert.equal(text(written).kind, 'unreadable', written)
  assert.equal(text('(71.1)', { negative: ['minus'] }).kind, 'unreadable')
  assert.equal(text('-71.1', { negative: ['brackets'] }).kind, 'unreadable')
})

test('separators are those of the mapping', () => {
  assert.deepEqual(text('1.037,8', { thousands: ['.'], decimal: ',' }), {
    kind: 'number',
    steps: 10378,
    decimals: 1,
    marks: [],
  })
  for (const space of [' ', '\u00a0', '\u2009', '\u202f'])
    assert.deepEqual(text(`1${space}037.8`, { thousands: [' '] }), {
      kind: 'number',
      steps: 10378,
      decimals: 1,
      marks: [],
    })
  assert.equal(text('1,037 800', { thousands: [',', ' '] }).kind, 'unreadable')
})

test('nil is what the mapping calls so; an empty cell is not nil unless it says so', () => {
  for (const written of ['—', '–', '-', ' — ']) assert.deepEqual(text(written), { kind: 'nil', marks: [] }, written)
  assert.deepEqual(text('—#'), { kind: 'nil', marks: ['#'] })
  assert.deepEqual(text(''), { kind: 'empty' })
  assert.deepEqual(text('', { nil: [''] }), { kind: 'nil', marks: [] })
  assert.equal(text('—', { nil: ['nil'] }).kind, 'unreadable')
})

test('a percentage glued to an amount is a number of its own, and footnote marks are kept', () => {
  const rate = (steps: number, printed: string) => ({ steps, decimals: 1, nil: false, printed })
  assert.deepEqual(text('1,495.2 (-12.9%)'), {
    kind: 'number',
    steps: 14952,
    decimals: 1,
    marks: [],
    rate: rate(-129, '-12.9%'),
  })
  assert.deepEqual(text('1,809.8(+21.0%)'), {
    kind: 'number',
    steps: 18098,
    decimals: 1,
    marks: [],
    rate: rate(210, '+21.0%'),
  })
  assert.deepEqual(text('97.0（−0.6％）'), {
    kind: 'number',
    steps: 970,
    decimals: 1,
    marks: [],
    rate: rate(-6, '−0.6%'),
  })
  assert.deepEqual(text('97.0 (—)'), {
    kind: 'number',
    steps: 970,
    decimals: 1,
    marks: [],
    rate: { steps: 0, decimals: 1, nil: true, printed: '—' },
  })
  assert.deepEqual(text('50,000#', { decimals: 0 }), { kind: 'number', steps: 50000, decimals: 0, marks: ['#'] })
  assert.deepEqual(text('1,100 ¶#'), { kind: 'number', steps: 11000, decimals: 1, marks: ['¶', '#'] })
})

test('more decimals than declared are kept and told', () => {
  assert.deepEqual(text('1,031.25'), { kind: 'number', steps: 103125, decimals: 2, marks: [], precise: true })
  assert.deepEqual(number('1031.25'), { kind: 'number', steps: 103125, decimals: 2, marks: [], precise: true })
})

test('a spreadsheet number is read by its shortest decimal, and binary noise is dropped and told', () => {
  assert.deepEqual(number('1031.2'), { kind: 'number', steps: 10312, decimals: 1, marks: [] })
  assert.deepEqual(number('1.0312E3'), { kind: 'number', steps: 10312, decimals: 1, marks: [] })
  assert.deepEqual(number('0.30000000000000004'), { kind: 'number', steps: 3, decimals: 1, marks: [], noise: true })
  assert.deepEqual(number('-1495.1999999999998'), {
    kind: 'number',
    steps: -14952,
    decimals: 1,
    marks: [],
    noise: true,
  })
  for (const written of ['NaN', '1e300', '1e-9', '0.333333333333333'])
    assert.equal(number(written).kind, 'unreadable', written)
})

test('every amount of ten digits survives a spreadsheet exactly, whatever its decimals', () => {
  const digits = fc.tuple(fc.integer({ min: -9_999_999_999, max: 9_999_999_999 }), fc.integer({ min: 0, max: 6 }))
  fc.assert(
    fc.property(digits, ([steps, decimals]) => {
      const read = number(String(steps / 10 ** decimals), { decimals })
      assert.ok(
        read.kind === 'number' && read.steps === (steps || 0) && read.decimals === decimals,
        `${steps} ${decimals}`,
      )
    }),
  )
})

test('no text makes the reader throw', () => {
  const letters = fc.constantFrom(...'0123456789,.()-−–—%#$¶ +（）％．，Aa')
  fc.assert(
    fc.property(fc.string({ unit: letters, maxLength: 120 }), (written) => void text(written)),
    { numRuns: 2000 },
  )
  for (const written of [' #'.repeat(50), '1,111'.repeat(20), '('.repeat(100), '—# '.repeat(33)]) text(written)
})

test('a financial year is read in its usual forms; a bare year only as the mapping says', () => {
  for (const written of ['2023-24', '2023/24', '2023–24', '2023-2024', '２０２３-２４', ' 2023 - 24 '])
    assert.deepEqual(readYear(written), { year: '2023-24' }, written)
  assert.deepEqual(readYear('1999-00'), { year: '1999-00' })
  assert.deepEqual(readYear('2023'), { bare: '2023' })
  assert.deepEqual(readYear('2023', 'first'), { year: '2023-24' })
  assert.deepEqual(readYear('2023', 'last'), { year: '2022-23' })
  for (const written of ['2023-25', '2023-2124', '23-24', '2023-24 Estimates', '', '1.4.2023'])
    assert.equal(readYear(written), undefined, written)
})

test('codes are read in their printed forms and no other', () => {
  for (const written of ['1', '01', '(1)', '（1）', 'Programme 1', 'Programme (1)', '綱領(1)', '綱領 1'])
    assert.equal(readProgramme(written), 1, written)
  for (const written of ['', '0', '100', '1.5', '1-2', '47-1', 'A1', '(1', '1)', 'Total'])
    assert.equal(readProgramme(written), undefined, written)
  for (const written of ['47', '047', 'Head 47', 'HEAD 047', '總目 47']) assert.equal(readHead(written), '47', written)
  for (const written of ['', '0', '1000', '47.0', 'S01']) assert.equal(readHead(written), undefined, written)
  assert.equal(readSubhead({ text: '000', numeric: false }, undefined), '000')
  assert.equal(readSubhead({ text: '0', numeric: true }, 3), '000')
  assert.equal(readSubhead({ text: '88A', numeric: false }, 3), '88A')
  assert.equal(readSubhead({ text: 'General', numeric: false }, 3), undefined)
})
