import assert from 'node:assert/strict'
import { test } from 'node:test'
import { algorithms, foldName, readBirthDate, readNumber } from './documents.rules.ts'

const text = { en: 'x', 'zh-Hant': 'x' }
const card = {
  kind: 'card',
  name: text,
  hint: text,
  pattern: '^[A-Z]{1,2}[0-9]{6}[0-9A]$',
  checkDigit: 'weighted-mod-11',
} as const
const pass = { ...card, pattern: '^T[0-9]{7}[0-9X]$', checkDigit: 'iso-7064-mod-11-2' } as const
const lamp = { ...card, pattern: '^L[0-9]{6}$', checkDigit: 'luhn' } as const

// biome-ignore format: matrix
const numbers = [
  ['one letter',                            card, 'A1234563',           'A1234563'],
  ['as printed',                            card, 'A123456(3)',         'A1234563'],
  ['with spaces',                           card, ' A 123 456 (3) ',    'A1234563'],
  ['with hyphens',                          card, 'A-123456-3',         'A1234563'],
  ['in lower case',                         card, 'a123456(3)',         'A1234563'],
  ['full width',                            card, 'Ａ１２３４５６（３）',   'A1234563'],
  ['full width, lower case',                card, 'ａ１２３４５６（３）',   'A1234563'],
  ['with an ideographic space',             card, 'A123456　(3)',        'A1234563'],
  ['two letters',                           card, 'AB987654(3)',        'AB9876543'],
  ['a check digit of ten',                  card, 'G123456(A)',         'G123456A'],
  ['a check digit of ten in lower case',    card, 'g123456(a)',         'G123456A'],
  ['wrong check digit',                     card, 'A123456(4)',         'check-digit'],
  ['two digits changed places',             card, 'A123465(3)',         'check-digit'],
  ['one digit wrong',                       card, 'A123457(3)',         'check-digit'],
  ['another letter',                        card, 'B123456(3)',         'check-digit'],
  ['a check digit of ten that is not',      card, 'A123456(A)',         'check-digit'],
  ['without a check digit',                 card, 'A123456',            'pattern'],
  ['with three letters',                    card, 'ABC123456(3)',       'pattern'],
  ['with a digit more',                     card, 'A1234567(3)',        'pattern'],
  ['brackets in the middle',                card, 'A12(3)4563',         'pattern'],
  ['an open bracket',                       card, 'A123456(3',          'pattern'],
  ['two characters in brackets',            card, 'A12345(63)',         'pattern'],
  ['X for ten',                             card, 'G123456(X)',         'pattern'],
  ['the letter O for zero',                 card, 'A12345O(3)',         'pattern'],
  ['digits of another script',              card, 'A١٢٣٤٥٦3',           'pattern'],
  ['a circled digit',                       card, 'A12345⑥3',           'pattern'],
  ['a letter that grows to two capitals',   card, 'ß1234563',           'pattern'],
  ['a Cyrillic A',                          card, 'А1234563',           'pattern'],
  ['a line after it',                       card, 'A1234563\nA1234563', 'pattern'],
  ['a NUL',                                 card, 'A1234563\u0000',     'pattern'],
  ['empty',                                 card, '',                   'missing'],
  ['spaces alone',                          card, ' 　 ',                'missing'],
  ['ISO 7064',                              pass, 'T00000116',          'T00000116'],
  ['ISO 7064, ten',                         pass, 't0000044x',          'T0000044X'],
  ['ISO 7064, wrong',                       pass, 'T00000117',          'check-digit'],
  ['ISO 7064, changed places',              pass, 'T00000161',          'check-digit'],
  ['Luhn',                                  lamp, 'L000018',            'L000018'],
  ['Luhn, wrong',                           lamp, 'L000019',            'check-digit'],
  ['Luhn, changed places',                  lamp, 'L000081',            'check-digit'],
] as const

for (const [what, document, written, outcome] of numbers)
  test(`a number ${what} reads as ${outcome}`, () => {
    const read = readNumber(written, document)
    assert.equal('number' in read ? read.number : read.mistake, outcome)
  })

test('each algorithm takes exactly one check digit for every number', () => {
  const cases = [
    ['weighted-mod-11', 'A123456', '0123456789A'],
    ['weighted-mod-11', 'ZZ000001', '0123456789A'],
    ['iso-7064-mod-11-2', '079', '0123456789X'],
    ['luhn', '7992739871', '0123456789'],
  ] as const
  for (const [name, number, digits] of cases)
    assert.equal([...digits].filter((each) => algorithms[name](number + each)).length, 1, `${name} ${number}`)
  // The examples of the standards themselves.
  assert.ok(algorithms['iso-7064-mod-11-2']('079X'))
  assert.ok(algorithms.luhn('79927398713'))
})

test('a birth date is a day of the calendar that has come', () => {
  // biome-ignore format: matrix
  const cases = [
    ['1992', '3',  '12', '1992-03-12'],
    ['1992', '03', '12', '1992-03-12'],
    ['１９９２', '３', '１２', '1992-03-12'],
    ['2000', '2',  '29', '2000-02-29'],
    ['2026', '11', '26', '2026-11-26'],
    ['1900', '2',  '29', undefined],
    ['2001', '2',  '29', undefined],
    ['2026', '11', '27', undefined],
    ['1895', '1',  '1',  undefined],
    ['92',   '3',  '12', undefined],
    ['1992', '13', '1',  undefined],
    ['1992', '0',  '1',  undefined],
    ['1992', '1',  '',   undefined],
    ['',     '',   '',   undefined],
    ['1e3 ', '1',  '1',  undefined],
  ] as const
  for (const [year, month, day, expected] of cases)
    assert.equal(readBirthDate({ year, month, day }, '2026-11-26'), expected, `${year}-${month}-${day}`)
})

test('one name written in several ways is one name, and another is another', () => {
  for (const each of ['O’Pier-Smith', "O'PIER SMITH", 'o pier‑smith', 'ＯＰｉｅｒＳｍｉｔｈ'])
    assert.equal(foldName(each), 'opiersmith')
  assert.equal(foldName('Dóra'), foldName('DORA'))
  assert.notEqual(foldName('陳'), foldName('陸'))
  assert.equal(foldName(' - . '), '')
})
