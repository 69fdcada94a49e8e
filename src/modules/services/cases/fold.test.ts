// What an event does to a case, and that a list of events which is not what was written is refused.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kindsOf } from '../webhooks/webhooks.rules.ts'
import type { Case, CaseEvent } from './events.ts'
import { fold, foldAll } from './fold.rules.ts'

const reference = 'TG-AAAA-AAAA'
const at = '2027-02-01T10:00:00.000Z'
const head = (number: number, by = 'one') => ({ number, at, by, organisation: 'tide-station' })
const placed = { state: 'received', organisation: 'tide-station', queue: 'work', ends: null } as const
const begun: CaseEvent = {
  ...head(1),
  kind: 'begun',
  data: {
    ...placed,
    due: { on: '2027-02-08', at: '2027-02-09T01:00:00.000Z', count: 'working' },
    ...{ application: 'a', service: 's', version: 'v', person: null, language: 'en', listed: [] },
    ...{ forOrganisation: null, once: false, reviewOf: null, excluded: [] },
  },
}
const claimed = (number: number, by?: string): CaseEvent => ({ ...head(number, by), kind: 'claimed', data: {} })
const taken: CaseEvent = {
  ...head(3, 'two'),
  kind: 'step-taken',
  data: {
    ...{ ...placed, state: 'refused', ends: 'refused', due: null, step: 'refuse', from: 'received' },
    ...{ decides: 'refused', reasons: [], proposal: null, proposedBy: 'one', keeps: true },
    ...{ workedDays: 4, appealUntilOn: '2027-03-01' },
  },
}

test('an event that is not the next one is refused', () => {
  assert.throws(() => foldAll(reference, [claimed(1)]), /begins a case/)
  assert.throws(() => foldAll(reference, [begun, claimed(3)]), /not the next/)
  assert.throws(() => foldAll(reference, [begun, begun]), /not the next/)
  assert.throws(() => foldAll(reference, [begun, { ...begun, number: 2 }]), /begins twice/)
})

test('a decision ends a case, frees it, and keeps away from its review whoever took part', () => {
  const now = foldAll(reference, [begun, claimed(2, 'two'), taken])!
  assert.deepEqual(
    [now.outcome, now.wait, now.claimedBy, now.dueAt, now.excluded, now.workedDays],
    ['refused', 'nobody', null, null, ['two', 'one'], 4],
  )
})

test('the clock stands while a question waits, and remembers how it counted', () => {
  const asked: CaseEvent = {
    ...head(2),
    kind: 'information-asked',
    data: { left: 5, remindAt: at, untilOn: '2027-02-15', untilAt: at },
  }
  const standing = foldAll(reference, [begun, asked])!
  assert.deepEqual([standing.dueAt, standing.leftDays, standing.dueCount], [null, 5, 'working'])
  const given: CaseEvent = {
    ...head(3),
    kind: 'information-given',
    data: { due: { on: '2027-02-20', at, count: 'working' }, stoodDays: 3 },
  }
  const going = fold(standing, reference, given)
  assert.deepEqual([going.dueOn, going.leftDays, going.stoodDays, going.replyUntilAt], ['2027-02-20', null, 3, null])
})

const anew: CaseEvent = {
  ...head(4, 'three'),
  kind: 'redecided',
  data: {
    ...{ of: 3, version: 'w', fromVersion: 'v', state: 'granted', from: 'refused', outcome: 'granted', cohort: 'c' },
    ...{ step: 'grant', decides: 'granted', reasons: [], proposedBy: 'four', asOn: '2027-02-01' },
    appealUntilOn: '2027-04-01',
  },
}

test('a decision that is made anew replaces the first, and taken back leaves the first with days of its own', () => {
  const first = foldAll(reference, [begun, claimed(2, 'two'), taken])!
  const now = fold(first, reference, anew)
  assert.deepEqual(
    [now.version, now.state, now.outcome, now.appealUntilOn, now.workedDays, now.excluded],
    ['w', 'granted', 'granted', '2027-04-01', 4, ['two', 'one', 'three', 'four']],
  )
  const data = {
    ...({ of: 4, version: 'v', fromVersion: 'w', state: 'refused', from: 'granted', cohort: 'c' } as const),
    ...({ outcome: 'refused', appealUntilOn: '2027-05-01' } as const),
  }
  const kind = 'redecision-undone' as const
  const back = fold(now, reference, { ...head(5, 'three'), kind, data })
  const { excluded, ...rest } = back
  const { excluded: before, ...as } = { ...first, number: 5, appealUntilOn: '2027-05-01' }
  assert.deepEqual(rest, as)
  assert.deepEqual(
    [before, excluded],
    [
      ['two', 'one'],
      ['two', 'one', 'three', 'four'],
    ],
  )
  // Where two undid it, neither looks at it again in a review.
  const byTwo = { ...head(5, 'five'), kind, data: { ...data, proposedBy: 'six' } }
  assert.deepEqual(fold(now, reference, byTwo).excluded, ['two', 'one', 'three', 'four', 'five', 'six'])
})

test('whoever hears of decisions hears of one that is made anew, and of its state where that is another', () => {
  assert.deepEqual(kindsOf(anew), ['decision.taken', 'case.state-changed'])
  assert.deepEqual(kindsOf({ ...anew, data: { ...anew.data, from: 'granted' } } as CaseEvent), ['decision.taken'])
})

test('a case that is moved keeps everything but version and queue, and goes back to both', () => {
  const open = foldAll(reference, [begun, claimed(2, 'two')])!
  const of = { cohort: 'c', queue: 'decide' as const }
  const moved = fold(open, reference, {
    ...{ ...head(3), kind: 'moved' },
    data: { ...of, version: 'w', fromVersion: 'v', proposedBy: 'one' },
  })
  assert.deepEqual(moved, { ...open, number: 3, version: 'w', queue: 'decide' })
  const back = fold(moved, reference, {
    ...{ ...head(4), kind: 'move-undone' },
    data: { ...of, of: 3, queue: 'work', version: 'v', fromVersion: 'w' },
  })
  assert.deepEqual(back, { ...open, number: 4 })
})

test('folding changes nothing of the case that it begins from', () => {
  const before = Object.freeze(foldAll(reference, [begun]) as Case)
  fold(before, reference, claimed(2))
  assert.equal(before.claimedBy, null)
})
