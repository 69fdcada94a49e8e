// Ranking of a round: what makes a difference, and what must make none.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { assignJudges } from './assign.rules.ts'
import { type Ranking, rankRound, type Sheet } from './rank.rules.ts'

const both = { en: 'x', 'zh-Hant': '甲' }
const round: Ranking = {
  criteria: [
    { id: 'use', title: both, weight: 70 },
    { id: 'idea', title: both, weight: 30 },
  ],
  ...{ scale: { min: 0, max: 10 }, normalise: 'none', goesOn: 1, ties: 'chair' },
}
const sheet = (judge: string, reference: string, use: number, idea: number): Sheet => ({
  judge,
  reference,
  marks: { use, idea },
})
const entriesOf = (...references: string[]) => references.map((reference) => ({ reference, stream: 'all' }))
const none = { recused: [], castings: [] }

test('a score is the mean of weighted marks in percent of full marks', () => {
  const { entries } = rankRound(round, {
    ...none,
    entries: entriesOf('A'),
    sheets: [sheet('j', 'A', 10, 0), sheet('k', 'A', 5, 5)],
  })
  assert.deepEqual(
    entries.map(({ scoreMillionths, criteriaMillionths, rank, goesOn }) => [
      scoreMillionths,
      criteriaMillionths,
      rank,
      goesOn,
    ]),
    [[60_000_000, [7_500_000, 2_500_000], 1, true]],
  )
})

test('a judge with a conflict counts nowhere, and an entry without marks has no rank', () => {
  const sheets = [sheet('j', 'A', 10, 10), sheet('j', 'B', 1, 1), sheet('k', 'B', 9, 9)]
  const of = {
    entries: entriesOf('A', 'B'),
    sheets,
    castings: [],
    recused: [
      { judge: 'j', reference: 'A' },
      { judge: 'j', reference: 'B' },
    ],
  }
  assert.deepEqual(
    rankRound(round, of).entries.map(({ reference, rank, scoreMillionths }) => [reference, rank, scoreMillionths]),
    [
      ['B', 1, 90_000_000],
      ['A', null, null],
    ],
  )
})

test('a tie is parted by the first criterion that differs, then by the chair, or all go on', () => {
  // Both 70 percent: A by the first criterion alone, B by both.
  const parted = rankRound(round, {
    ...none,
    entries: entriesOf('B', 'A'),
    sheets: [sheet('j', 'A', 10, 0), sheet('j', 'B', 7, 7)],
  })
  assert.deepEqual(
    parted.entries.map(({ reference, rank }) => [reference, rank]),
    [
      ['A', 1],
      ['B', 2],
    ],
  )
  const tied = { ...none, entries: entriesOf('A', 'B'), sheets: [sheet('j', 'A', 7, 7), sheet('j', 'B', 7, 7)] }
  const open = rankRound(round, tied)
  assert.deepEqual([open.undecided, open.entries.some(({ goesOn }) => goesOn)], [[['A', 'B']], false])
  const cast = rankRound(round, {
    ...tied,
    castings: [
      ['A', 'B'],
      ['B', 'A'],
    ],
  })
  assert.deepEqual(
    cast.entries.map(({ reference, rank, goesOn }) => [reference, rank, goesOn]),
    [
      ['B', 1, true],
      ['A', 2, false],
    ],
  )
  const all = rankRound({ ...round, ties: 'all' }, tied)
  assert.deepEqual(
    all.entries.map(({ rank, goesOn }) => [rank, goesOn]),
    [
      [1, true],
      [1, true],
    ],
  )
})

test('z-scores take away how harsh a judge is, and one judge of one entry says nothing', () => {
  const harsh = [sheet('h', 'A', 2, 2), sheet('h', 'B', 1, 1)]
  const mild = [sheet('m', 'A', 9, 9), sheet('m', 'B', 8, 8)]
  const by = { ...round, normalise: 'z-score' as const }
  const { entries } = rankRound(by, { ...none, entries: entriesOf('A', 'B'), sheets: [...harsh, ...mild] })
  assert.deepEqual(
    entries.map(({ scoreMillionths }) => scoreMillionths),
    [1_000_000, -1_000_000],
  )
  const alone = rankRound(by, { ...none, entries: entriesOf('A'), sheets: [sheet('h', 'A', 2, 2)] })
  assert.equal(alone.entries[0]!.scoreMillionths, 0)
})

const references = ['A', 'B', 'C', 'D', 'E']
const judges = ['j', 'k', 'l']
const mark = fc.integer({ min: 0, max: 10 })
const sheets = fc
  .array(fc.tuple(fc.constantFrom(...judges), fc.constantFrom(...references), mark, mark), { maxLength: 15 })
  .map((all) => [...new Map(all.map((each) => [`${each[0]}${each[1]}`, sheet(...each)])).values()])

test('in which order things come makes no difference', () => {
  fc.assert(
    fc.property(
      sheets,
      fc.constantFrom('none' as const, 'z-score' as const),
      fc.infiniteStream(fc.nat()),
      (all, normalise, chance) => {
        const shuffle = <Each>(list: readonly Each[]) =>
          list
            .map((each) => ({ each, at: chance.next().value as number }))
            .sort((one, other) => one.at - other.at)
            .map(({ each }) => each)
        const of = (list: Sheet[], names: string[]) =>
          rankRound({ ...round, normalise, goesOn: 2 }, { ...none, entries: entriesOf(...names), sheets: list })
        assert.deepEqual(of(shuffle(all), shuffle(references)), of(all, references))
      },
    ),
  )
})

test('whoever has the better score has the better rank, and no more go on than may', () => {
  fc.assert(
    fc.property(sheets, fc.integer({ min: 1, max: 5 }), (all, goesOn) => {
      const { entries } = rankRound({ ...round, goesOn }, { ...none, entries: entriesOf(...references), sheets: all })
      assert.ok(entries.filter((each) => each.goesOn).length <= goesOn)
      const scored = entries.filter(({ rank }) => rank !== null)
      for (const [at, each] of scored.entries()) {
        const next = scored[at + 1]
        if (next) assert.ok(each.scoreMillionths! >= next.scoreMillionths! && each.rank! <= next.rank!)
      }
    }),
  )
})

test('entries are shared out evenly, never to a judge with a conflict, and the same by the same seed', () => {
  const entries = Array.from({ length: 12 }, (_, at) => `E${at}`)
  const of = { references: entries, judges: ['j', 'k', 'l', 'm'], recused: [{ judge: 'j', reference: 'E3' }], each: 2 }
  const { assigned, short } = assignJudges('seed', of)
  assert.deepEqual(short, [])
  assert.ok(!assigned.some(({ judge, reference }) => judge === 'j' && reference === 'E3'))
  assert.deepEqual(
    of.judges.map((judge) => assigned.filter((each) => each.judge === judge).length),
    [6, 6, 6, 6],
  )
  const again = assignJudges('seed', { ...of, references: entries.toReversed(), judges: of.judges.toReversed() })
  assert.deepEqual(again, { assigned, short })
  assert.notDeepEqual(assignJudges('other', of).assigned, assigned)
  assert.deepEqual(assignJudges('seed', { ...of, judges: ['j', 'k'] }).short, ['E3'])
})
