// Clocks in working days: over weekends, holidays, ends of months, and nights that are an hour shorter or longer.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { loadPackOrThrow } from '../../../../test/pack.ts'
import { modules } from '../../../modules.ts'
import { addDays, type Count, countDays, dayAt, endOfDay, isWorkingDay } from './clocks.rules.ts'
import { calendarOf } from './holidays.ts'

const hongkong = calendarOf(await loadPackOrThrow('hongkong', modules))
const testland = calendarOf(await loadPackOrThrow('testland', modules))

const days = fc
  .integer({ min: Date.UTC(2023, 0, 1), max: Date.UTC(2027, 11, 31) })
  .map((ms) => new Date(ms).toISOString().slice(0, 10))
const counting = fc.constantFrom<Count>('working', 'calendar')

test('working days leave out weekends and holidays', () => {
  const cases: [from: string, days: number, to: string][] = [
    ['2026-11-27', 1, '2026-11-30'],
    // Over Chinese New Year, which takes Tuesday to Thursday.
    ['2026-02-16', 1, '2026-02-20'],
    ['2026-02-13', 2, '2026-02-20'],
    // Over Easter and Ching Ming, from Thursday to Wednesday.
    ['2026-04-02', 1, '2026-04-08'],
    // Over the end of a month and of a year.
    ['2026-12-31', 1, '2027-01-04'],
    ['2024-02-28', 2, '2024-03-01'],
    ['2026-11-28', 0, '2026-11-28'],
  ]
  for (const [from, days, to] of cases) assert.equal(addDays(from, days, 'working', hongkong), to, `${from} + ${days}`)
  assert.equal(addDays('2026-12-31', 28, 'calendar', hongkong), '2027-01-28')
  assert.equal(isWorkingDay('2027-12-27', hongkong), false)
})

test('whatever is added is counted again', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: 0, max: 300 }), counting, (from, number, count) => {
      assert.equal(countDays(from, addDays(from, number, count, hongkong), count, hongkong), number)
    }),
  )
})

test('a later day is due no earlier, and more days are due later', () => {
  fc.assert(
    fc.property(days, days, fc.integer({ min: 1, max: 300 }), counting, (one, other, number, count) => {
      const [first, second] = [one, other].sort() as [string, string]
      assert.ok(addDays(first, number, count, hongkong) <= addDays(second, number, count, hongkong))
      assert.ok(addDays(one, number, count, hongkong) < addDays(one, number + 1, count, hongkong))
      if (number > 0) assert.ok(count === 'calendar' || isWorkingDay(addDays(one, number, count, hongkong), hongkong))
    }),
  )
})

test('a day ends where the next begins, also where midnight does not exist', () => {
  assert.equal(endOfDay('2026-11-28', 'Asia/Hong_Kong').toISOString(), '2026-11-28T16:00:00.000Z')
  // In the Azores clocks go from 24:00 to 01:00 at the end of Saturday, and the day after has 23 hours.
  assert.equal(endOfDay('2026-03-28', 'Atlantic/Azores').toISOString(), '2026-03-29T01:00:00.000Z')
  assert.equal(endOfDay('2026-03-29', 'Atlantic/Azores').toISOString(), '2026-03-30T00:00:00.000Z')
  assert.equal(endOfDay('2026-10-25', 'Atlantic/Azores').toISOString(), '2026-10-26T01:00:00.000Z')
  fc.assert(
    fc.property(days, fc.constantFrom(testland, hongkong), (day, { timeZone }) => {
      const end = endOfDay(day, timeZone)
      assert.equal(dayAt(new Date(end.getTime() - 1), timeZone), day)
      assert.ok(dayAt(end, timeZone) > day)
    }),
  )
})
