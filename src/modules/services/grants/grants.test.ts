// How a grant is divided, moved, paid in parts and settled: amounts alone, without a database.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Grant } from '../definitions/grant.ts'
import type { Answers } from '../types.ts'
import { nameOfRecipient, recipientOf } from './agree.ts'
import {
  aboveCategory,
  divide,
  instalmentsOf,
  leftAtEnd,
  type Move,
  payableOf,
  standingOf,
  virementOf,
} from './grants.rules.ts'

test('what was granted is divided to the last cent, whatever the lines asked', () => {
  assert.deepEqual(divide(100, [1, 1, 1]), [34, 33, 33])
  assert.deepEqual(divide(1_200_000, [800_000, 400_000]), [800_000, 400_000])
  assert.deepEqual(divide(7, [0, 0]), [0, 0])
  let seed = 7
  const next = (max: number) => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % max
  }
  for (let round = 0; round < 300; round++) {
    const asked = Array.from({ length: 1 + next(12) }, () => 1 + next(100_000_000_00))
    const total = 1 + next(2_000_000_000)
    const parts = divide(total, asked)
    assert.equal(
      parts.reduce((all, each) => all + each, 0),
      total,
    )
    assert.ok(parts.every((part) => Number.isInteger(part) && part >= 0))
    const instalments = instalmentsOf(total, [50, 33, 17])
    assert.equal(
      instalments.reduce((all, each) => all + each, 0),
      total,
    )
  }
})

const lines = [
  { line: 1, category: 'equipment', grantedCents: 10_000 },
  { line: 2, category: 'activity', grantedCents: 20_000 },
]
const free = (cents: number): Move => ({ fromLine: 2, toLine: 1, cents, state: 'free' })
const rules = { freePercent: 10, categories: [{ id: 'equipment', mostCents: 13_000 }] }

type Row = [name: string, moves: Move[], claimed: number, cents: number, outcome: string]
// biome-ignore format: a table
const virements: Row[] = [
  ['up to the share',                  [],                                    0,      2_000,  'free'],
  ['a cent beyond it',                 [],                                    0,      2_001,  'asked'],
  ['what went before counts',          [free(1_500)],                         0,      501,    'asked'],
  ['what was refused does not',        [{ ...free(1_500), state: 'refused' }], 0,     2_000,  'free'],
  ['to the ceiling of a category',     [],                                    0,      3_000,  'asked'],
  ['above it',                         [],                                    0,      3_001,  'above-category'],
  ['above it with what waits',         [{ ...free(2_000), state: 'asked' }],  0,      1_001,  'above-category'],
  ['what was claimed stays',           [],                                    19_000, 1_001,  'too-much'],
]
for (const [name, moves, claimed, cents, outcome] of virements)
  test(`money between lines: ${name}`, () => {
    const standing = standingOf(lines, moves, claimed > 0 ? [{ line: 2, cents: claimed, state: 'sent' }] : [])
    assert.equal(virementOf(standing, moves, { fromLine: 2, toLine: 1, cents }, rules), outcome)
  })

test('money between lines: what waits to leave a category makes no room in it, as it may be refused', () => {
  const three = [...lines, { line: 3, category: 'equipment', grantedCents: 3_000 }]
  const leaving: Move[] = [{ fromLine: 1, toLine: 2, cents: 2_000, state: 'asked' }]
  const wanted = { fromLine: 2, toLine: 3, cents: 2_000 }
  assert.equal(virementOf(standingOf(three, leaving, []), leaving, wanted, rules), 'above-category')
  // Within one category nothing comes in, whatever waits.
  const inside: Move[] = [{ fromLine: 1, toLine: 3, cents: 2_000, state: 'asked' }]
  const room = { ...rules, categories: [{ id: 'equipment', mostCents: 15_000 }] }
  assert.equal(virementOf(standingOf(three, inside, []), inside, wanted, room), 'free')
})

test('one recipient is one, however they are written and whatever cannot be seen', () => {
  const of = (name: string) => recipientOf({ recipient: { question: 'who', mostCents: 1 } } as never, { who: name })
  for (const name of [
    'friends of  the ebb',
    'Friends\u200b of the Ebb',
    'Friends of\u00adthe Ebb\u2060',
    'Ｆriends of the Ebb',
  ])
    assert.equal(of(name).replaceAll(' ', ''), 'FRIENDSOFTHEEBB', name)
  assert.equal(of('\u200bFriends of the Ebb \u200d'), of('Friends of the Ebb'))
})

test('a recipient that is known by a code is called by its name', () => {
  const of = (recipient: object, answers: Answers) => nameOfRecipient({ recipient } as Grant, answers)
  const answers = { code: ' TS-1 ', name: 'Harbour School' }
  assert.equal(of({ question: 'code', called: 'name' }, answers), 'Harbour School · TS-1')
  assert.equal(of({ question: 'code', called: 'name' }, { code: 'TS-1' }), 'TS-1')
  assert.equal(of({ question: 'name' }, answers), 'Harbour School')
})

test('a line stands at what it was granted, with what was moved and without what was claimed', () => {
  const moves: Move[] = [free(1_000), { ...free(500), state: 'asked' }]
  const claims = [
    { line: 2, cents: 4_000, state: 'accepted' as const },
    { line: 2, cents: 300, state: 'sent' as const },
    { line: 2, cents: 9_000, state: 'refused' as const },
  ]
  const [one, two] = standingOf(lines, moves, claims)
  assert.deepEqual([one!.budgetCents, one!.leftCents], [11_000, 11_000])
  assert.deepEqual([two!.budgetCents, two!.acceptedCents, two!.leftCents], [19_000, 4_000, 14_200])
  assert.equal(aboveCategory([{ category: 'equipment', cents: 13_001 }], rules.categories), 'equipment')
})

test('the last instalment covers what was spent, and what was payable beyond it goes back', () => {
  assert.equal(payableOf({ cents: 500, on: 'final', payableBeforeCents: 500, acceptedCents: 800 }), 300)
  assert.equal(payableOf({ cents: 500, on: 'final', payableBeforeCents: 500, acceptedCents: 200 }), 0)
  assert.equal(payableOf({ cents: 500, on: 'interim', payableBeforeCents: 0, acceptedCents: 0 }), 500)
  assert.deepEqual(leftAtEnd({ grantedCents: 1000, acceptedCents: 200, payableCents: 500 }), {
    unspentCents: 800,
    returnCents: 300,
  })
  assert.deepEqual(leftAtEnd({ grantedCents: 1000, acceptedCents: 800, payableCents: 800 }), {
    unspentCents: 200,
    returnCents: 0,
  })
})
