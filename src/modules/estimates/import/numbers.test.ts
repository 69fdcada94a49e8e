import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { normalise } from './decode.ts'
import { looksLikeNumber, readNumber, readValue } from './numbers.ts'
import { readCount, readDay, readYear } from './periods.ts'

describe('numbers as printed', () => {
  // biome-ignore format: matrix
  const values: [cell: string, shown: string][] = [
    ['1,031.2',              '10312/1'],
    ['1,031.2 (-0.6%)',      '10312/1 rate -6/1'],
    ['96.1 (＋150.0％)',     '961/1 rate 1500/1'],
    ['609.7 (—)',            '6097/1 rate 0/1'],
    ['1,031.2 (0.6%)',       '10312/1 rate 6/1'],
    ['1,031.2 (-.6%)',       '10312/1 rate null/1'],
    ['50,000#',              '50000/0 #'],
    ['1,100,000 ¶§',         '1100000/0 ¶§'],
    ['(1,234)',              '-1234/0'],
    ['−3,875',               '-3875/0'],
    ['—',                    '0/0 nil'],
    ['5\u2009007',           '5007/0'],
    ['５，００７',            '5007/0'],
    ['1 070 782',            '1070782/0'],
    ['98.5%',                '985/1'],
    ['1,0312',               'none'],
    ['2022-23',              'none'],
    ['000 運作開支',          'none'],
    ['1234567890123456',     'none'],
    ['',                     'none'],
  ]
  for (const [cell, shown] of values) {
    test(`${JSON.stringify(cell)} is ${shown}`, () => {
      const value = readValue(normalise(cell))
      const rate = value?.rate ? ` rate ${value.rate.steps}/${value.rate.decimals}` : ''
      const marks = value && value.marks.length > 0 ? ` ${value.marks.join('')}` : ''
      assert.equal(value ? `${value.steps}/${value.decimals}${value.nil ? ' nil' : ''}${marks}${rate}` : 'none', shown)
    })
  }

  test('a number too long to be exact is none', () => {
    assert.equal(readNumber('123,456,789,012,345,678'), undefined)
  })
})

describe('years, days and counts as printed', () => {
  // biome-ignore format: matrix
  const cases: [read: (text: string) => unknown, text: string, value: unknown][] = [
    [readYear,  '2023-24',                      '2023-24'],
    [readYear,  '2023–24',                      '2023-24'],
    [readYear,  '二零二三至二四',                 '2023-24'],
    [readYear,  '二○二三至二○二四',               '2023-24'],
    [readYear,  '1999-00',                      '1999-00'],
    [readYear,  '2023-25',                      undefined],
    [readDay,   '二零二三年三月三十一日',          '2023-03-31'],
    [readDay,   '二零二三年十二月一日',            '2023-12-01'],
    [readDay,   '2023 年 3 月 31 日',            '2023-03-31'],
    [readDay,   '31.3.2022',                    '2022-03-31'],
    [readDay,   '31 March 2024',                '2024-03-31'],
    [readDay,   '31.13.2022',                   undefined],
    [readCount, '1,234',                        1234],
    [readCount, 'two',                          2],
    [readCount, '兩',                            2],
    [readCount, '二十六',                         26],
    [readCount, '十',                            10],
    [readCount, '一二',                           undefined],
  ]
  for (const [read, text, value] of cases) {
    test(`${text} is ${value}`, () => assert.equal(read(text), value))
  }
})

describe('what is meant as a number and is none', () => {
  // biome-ignore format: matrix
  const texts: [text: string, isMeant: boolean][] = [
    ['1,37.8',          true],
    ['816.',            true],
    ['478,6l8',         true],
    ['B16.2',           true],
    ['1,31.2 (-0.6%)',  true],
    ['—',               false],
    ['N.A.',            false],
    ['5G',              false],
    ['note 2',          false],
    ['802 提速推動',      false],
    ['1'.repeat(61),    false],
  ]
  for (const [text, isMeant] of texts)
    test(`${JSON.stringify(text)}: ${isMeant}`, () => assert.equal(looksLikeNumber(text), isMeant))
})
