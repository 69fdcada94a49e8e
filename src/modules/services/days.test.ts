// The day where a government is.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Installation } from '#platform'
import { dayBefore, todayOf } from './days.ts'

const at = (instant: string, timeZone: string) =>
  ({ now: () => new Date(instant), pack: { government: { timeZone } } }) as unknown as Installation

test('a day begins at midnight of the government, to the second, whatever was asked before', () => {
  const hongKong = 'Asia/Hong_Kong'
  assert.equal(todayOf(at('2027-03-01T15:59:59Z', hongKong)), '2027-03-01')
  assert.equal(todayOf(at('2027-03-01T16:00:00Z', hongKong)), '2027-03-02')
  assert.equal(todayOf(at('2027-03-01T16:00:00Z', 'Atlantic/Azores')), '2027-03-01')
  assert.equal(todayOf(at('2027-03-01T15:59:59Z', hongKong)), '2027-03-01')
  assert.equal(dayBefore(at('2027-03-01T16:00:00Z', hongKong), 2), '2027-02-28')
})
