import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  addDays,
  addMonths,
  dateOfDay,
  dayNumber,
  isDate,
  monthsBetween,
  readDuration,
  weekdayOf,
} from './dates.rules.ts'

const seed = Number(process.env.TEST_SEED ?? 20261128)
const day = fc.integer({ min: -719_162, max: 2_932_896 }).map((number) => dateOfDay(number)!)

test('days are those of the calendar, each once, from the year 1 to 9999', () => {
  let [year, month, date] = [1, 1, 1]
  const leap = () => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  for (let number = -719_162; number <= 2_932_896; number += 1) {
    const written = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
    if (dateOfDay(number) !== written || dayNumber(written) !== number || !isDate(written))
      assert.fail(`${number} ${written}`)
    date += 1
    const length = month === 2 ? (leap() ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
    if (date > length) [month, date] = [month + 1, 1]
    if (month > 12) [year, month] = [year + 1, 1]
  }
  assert.equal(dateOfDay(-719_163), null)
  assert.equal(dateOfDay(2_932_897), null)
  assert.equal(weekdayOf('2026-11-28'), 6)
  assert.equal(weekdayOf('0001-01-01'), 1)
})

test('what is no day is none', () => {
  for (const text of [
    '2023-02-29',
    '1900-02-29',
    '2023-00-01',
    '2023-13-01',
    '2023-04-31',
    '0000-01-01',
    '2023-1-01',
    '2023/01/01',
    '',
    '2023-01-0x',
    ' 023-01-01',
  ])
    assert.equal(isDate(text), false, text)
})

test('months between two days are as many as can be added without passing the later one', () => {
  fc.assert(
    fc.property(day, day, (one, other) => {
      const [from, to] = [one, other].sort() as [string, string]
      const months = monthsBetween(from, to)
      // A day of the month that does not come is passed by its last day only where that day itself has come.
      const [fromDay, toDay] = [Number(from.slice(8)), Number(to.slice(8))]
      assert.ok(months >= 0 && addMonths(from, months)! <= to)
      const next = addMonths(from, months + 1)
      assert.ok(next === null || next > to || (Number(next.slice(8)) < fromDay && toDay < fromDay))
      assert.equal(months % 12, (Number(to.slice(5, 7)) - Number(from.slice(5, 7)) + (toDay < fromDay ? 23 : 24)) % 12)
    }),
    { numRuns: 5000, seed },
  )
})

// biome-ignore format: a table
const ages: readonly [born: string, today: string, years: number][] = [
  ['2008-11-28', '2026-11-27', 17], ['2008-11-28', '2026-11-28', 18], ['2008-02-29', '2026-02-28', 17], ['2008-02-29', '2026-03-01', 18],
  ['2008-12-31', '2026-12-30', 17], ['2008-10-31', '2026-10-30', 17], ['2026-11-28', '2026-11-28', 0], ['2026-11-28', '2026-11-29', 0],
]
for (const [born, today, years] of ages)
  test(`whoever was born on ${born} is ${years} on ${today}`, () => {
    assert.equal(Math.trunc(monthsBetween(born, today) / 12), years)
  })

test('days are added and taken away again', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: -100_000, max: 100_000 }), (from, days) => {
      const to = addDays(from, days)
      assert.ok(to === null || (isDate(to) && addDays(to, -days) === from && dayNumber(to) - dayNumber(from) === days))
    }),
    { numRuns: 2000, seed },
  )
  assert.equal(addMonths('2024-01-31', 1), '2024-02-29')
  assert.equal(addMonths('2024-03-31', -13), '2023-02-28')
  assert.equal(addMonths('0001-01-31', -1), null)
  assert.equal(addMonths('9999-12-01', 1), null)
})

test('durations are whole months or whole days', () => {
  assert.deepEqual(readDuration('P1Y6M'), { kind: 'months', value: 18 })
  assert.deepEqual(readDuration('-P30D'), { kind: 'days', value: -30 })
  assert.deepEqual(readDuration('P0M'), { kind: 'months', value: 0 })
  assert.deepEqual(readDuration('-P0D'), { kind: 'days', value: 0 })
  for (const text of ['P', 'PT1H', 'P1DT1H', 'P1M1D', 'P1W', '1Y', 'P1.5Y', 'P-1Y', 'P99999999D', '+P1D', 'P1Y '])
    assert.equal(readDuration(text), undefined, text)
})
