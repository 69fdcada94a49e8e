import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { simplify } from '#platform'
import {
  changeSentence,
  divideHalfUp,
  exactOf,
  type Figure,
  formatAmount,
  formatDollars,
  formatExact,
  formatPercent,
  formatSteps,
  rateOf,
  toDollars,
} from './amounts.ts'

const million = (steps: number): Figure => ({ unit: 'million', decimals: 1, steps })
const thousand = (steps: number): Figure => ({ unit: 'thousand', decimals: 0, steps })

// biome-ignore format: matrix
const sentences = [
  // from                to                  zh-Hant                        en
  [million(10312),      million(9601),      '減少 7,110 萬元(6.9%)',        'a decrease of $71.1 million (6.9%)'],
  [million(3670),       million(6097),      '增加 2.427 億元(66.1%)',       'an increase of $242.7 million (66.1%)'],
  [million(970),        million(2400),      '增加 1.430 億元(147.4%)',      'an increase of $143.0 million (147.4%)'],
  [thousand(1495183),   thousand(1809824),  '增加 314,641,000 元',          'an increase of $314,641,000'],
  [thousand(1208506),   thousand(1809824),  '增加 601,318,000 元',          'an increase of $601,318,000'],
  [thousand(1809824),   thousand(1495183),  '減少 314,641,000 元',          'a decrease of $314,641,000'],
  [million(970),        million(970),       '維持不變',                     'no change'],
  [million(0),          million(970),       '增加 9,700 萬元',              'an increase of $97.0 million'],
  [million(1),          million(1001),      '增加 1.000 億元(100,000.0%)',  'an increase of $100.0 million (100,000.0%)'],
] as const

for (const [from, to, chinese, english] of sentences)
  test(`a change is explained in the Estimates' own form: ${chinese}, ${english}`, () => {
    assert.equal(changeSentence({ from, to }, 'zh-Hant'), chinese)
    assert.equal(changeSentence({ from, to }, 'en'), english)
    assert.equal(changeSentence({ from, to }, 'zh-Hans'), simplify(chinese))
  })

// biome-ignore format: matrix
const amounts = [
  // figure                                             zh-Hant               en
  [million(10312),                                     '1,031.2 百萬元',      '$1,031.2 million'],
  [{ unit: 'ten-thousand', decimals: 0, steps: 7110 }, '7,110 萬元',          '$71.1 million'],
  [{ unit: 'hundred-million', decimals: 3, steps: 18098 }, '18.098 億元',     '$1,809.8 million'],
  [{ unit: 'hundred-million', decimals: 0, steps: 8 },  '8 億元',             '$800.0 million'],
  [thousand(-71),                                      '-71 千元',            '-$71 thousand'],
  [{ unit: 'dollar', decimals: 0, steps: 519066000 },  '519,066,000 元',      '$519,066,000'],
  [{ unit: 'rate', decimals: 1, steps: -69 },          '-6.9%',               '-6.9%'],
  [{ unit: 'rate', decimals: 1, steps: 1474 },         '+147.4%',             '+147.4%'],
  [{ unit: 'rate', decimals: 1, steps: 0, nil: true }, '—',                   '—'],
  [{ unit: 'share', decimals: 1, steps: 742 },         '74.2%',               '74.2%'],
  [{ unit: 'post', decimals: 0, steps: 709 },          '709 個職位',          '709 posts'],
  [{ unit: 'post', decimals: 0, steps: 1 },            '1 個職位',            '1 post'],
  [{ unit: 'number', decimals: 0, steps: 67 },         '67',                  '67'],
  [{ unit: 'thousand', decimals: 0, steps: null },     '?',                   '?'],
] as const satisfies readonly (readonly [Figure, string, string])[]

for (const [figure, chinese, english] of amounts)
  test(`an amount is written with its unit: ${chinese}, ${english}`, () => {
    assert.equal(formatAmount(figure, 'zh-Hant'), chinese)
    assert.equal(formatAmount(figure, 'en'), english)
  })

test('prose writes 萬元 below one 億 and 億元 with three decimals from there up, after rounding', () => {
  assert.equal(formatDollars(71_100_000n, 'zh-Hant'), '7,110 萬元')
  assert.equal(formatDollars(99_994_999n, 'zh-Hant'), '9,999 萬元')
  assert.equal(formatDollars(99_999_999n, 'zh-Hant'), '1.000 億元')
  assert.equal(formatDollars(242_700_000n, 'zh-Hant'), '2.427 億元')
  assert.equal(formatDollars(-242_700_000n, 'zh-Hant'), '-2.427 億元')
  assert.equal(formatDollars(71_100_000n, 'en'), '$71.1 million')
})

test('halves round away from zero on both sides', () => {
  assert.deepEqual(
    [24n, 25n, 26n, -24n, -25n, -26n].map((n) => divideHalfUp(n, 10n)),
    [2n, 3n, 3n, -2n, -3n, -3n],
  )
  assert.equal(divideHalfUp(25n, -10n), -3n)
  assert.equal(toDollars({ unit: 'dollar', decimals: 2, steps: -150 }), -2n)
})

test('the rates that the Estimates print come out of the printed amounts, and nothing has no rate', () => {
  assert.equal(rateOf(-711n, 10312n, 1), -69n)
  assert.equal(rateOf(2427n, 3670n, 1), 661n)
  assert.equal(rateOf(1n, 0n, 1), undefined)
  assert.equal(formatPercent(0, 1), '0.0%')
})

test('a computed value shows the decimals that its claim has not, rather than hide them', () => {
  assert.equal(formatExact(exactOf({ unit: 'ten-thousand', decimals: 0, steps: 7110 }), million(0)), '71.1')
  assert.equal(formatExact(exactOf({ unit: 'ten-thousand', decimals: 0, steps: 7111 }), million(0)), '71.11')
  assert.equal(formatExact(exactOf(million(-711)), { unit: 'ten-thousand', decimals: 0 }), '-7,110')
})

test('a printed number read back is the number', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.integer({ min: 0, max: 6 }), (steps, decimals) => {
      const text = formatSteps(steps, decimals)
      assert.match(text, /^-?\d{1,3}(,\d{3})*(\.\d+)?$/)
      assert.equal(BigInt(text.replace(/[,.]/g, '')), BigInt(steps))
    }),
  )
})
