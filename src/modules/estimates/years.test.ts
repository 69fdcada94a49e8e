import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { importText } from './import/text.ts'
import { chinese } from './testing/texts.ts'
import { periodOf, yearAfter } from './years.ts'

test('a financial year has the days that follow from its first month', () => {
  // biome-ignore format: matrix
  const cases = [
    ['2023-24', 4,  '2023-04-01', '2024-03-31'],
    ['2030-31', 7,  '2030-07-01', '2031-06-30'],
    ['2023-24', 1,  '2023-01-01', '2023-12-31'],
    ['2023-24', 3,  '2023-03-01', '2024-02-29'],
    ['2099-00', 12, '2099-12-01', '2100-11-30'],
  ] as const
  for (const [year, month, start, end] of cases) assert.deepEqual(periodOf(year, month), { start, end }, year)
  assert.deepEqual([yearAfter('2098-99', 1), yearAfter('2100-01', -1)], ['2099-00', '2099-00'])
})

test('the package of a Head of Testland speaks of the year and the money of Testland', async () => {
  const { app } = await start()
  const descriptor = (await app.inject('/estimates/2030-31/7/datapackage.json')).json()
  assert.deepEqual(descriptor.fiscalPeriod, { start: '2030-07-01', end: '2031-06-30' })
  const currencies = Object.values<{ currency: string }>(descriptor.model.measures).map(({ currency }) => currency)
  assert.deepEqual([...new Set(currencies)], ['XTS'])
})

test('a text whose posts stand on the last days of another year than the pack’s is doubted', () => {
  const doubts = (startMonth: number) => {
    const result = importText(Buffer.from(chinese()), 'head.txt', startMonth)
    assert.ok('document' in result)
    return result.document.findings.filter(({ code }) => code === 'days-differ').length
  }
  assert.deepEqual([doubts(4), doubts(7)], [0, 2])
})
