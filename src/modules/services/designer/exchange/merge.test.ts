// A draft and a newer version of what it began from, joined.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mergeDefinitions, type Side } from './merge.rules.ts'

const base = {
  title: 'Grant',
  keywords: ['flood', 'money'],
  pages: [
    { id: 'a', title: 'A', questions: [{ id: 'name', max: 80 }] },
    { id: 'b', title: 'B' },
    { id: 'c', title: 'C' },
  ],
  rows: [{ when: ['1', '2'] }],
}
const changed = (change: (of: typeof base & Record<string, unknown>) => void) => {
  const copy = structuredClone(base) as typeof base & Record<string, unknown>
  change(copy)
  return copy
}
const merge = (mine: unknown, newer: unknown, choices: Record<string, Side> = {}) =>
  mergeDefinitions(base, mine, newer, new Map(Object.entries(choices)))

test('what only one side changed is taken, wherever it stands', () => {
  const mine = changed((of) => {
    of.title = 'Grant now'
    of.pages[0]!.questions![0]!.max = 60
    of.pages.splice(1, 0, { id: 'mine', title: 'M' })
    of.keywords.push('tide')
  })
  const newer = changed((of) => {
    of.pages[0]!.title = 'First'
    of.pages.splice(1, 1)
    of.pages.push({ id: 'new', title: 'N' })
    of.keywords.shift()
    of.rows = [{ when: ['1', '3'] }]
    of.fee = 0
  })
  assert.deepEqual(merge(mine, newer), {
    conflicts: [],
    merged: {
      title: 'Grant now',
      keywords: ['money', 'tide'],
      pages: [
        { id: 'a', title: 'First', questions: [{ id: 'name', max: 60 }] },
        { id: 'mine', title: 'M' },
        { id: 'c', title: 'C' },
        { id: 'new', title: 'N' },
      ],
      rows: [{ when: ['1', '3'] }],
      fee: 0,
    },
  })
})

test('what both changed is told side by side, and taken as chosen', () => {
  const mine = changed((of) => {
    of.title = 'Mine'
    of.pages[1]!.title = 'Changed'
    of.pages.push({ id: 'both', title: 'M' })
    of.rows[0]!.when[1] = '4'
  })
  const newer = changed((of) => {
    of.title = 'Newer'
    of.pages.splice(1, 1)
    of.pages.push({ id: 'both', title: 'N' })
    of.rows[0]!.when[1] = '5'
  })
  const { conflicts } = merge(mine, newer)
  assert.deepEqual(
    conflicts.map(({ path, mine, newer }) => [path, mine, newer]),
    [
      ['/title', 'Mine', 'Newer'],
      ['/pages/1', { id: 'b', title: 'Changed' }, undefined],
      ['/pages/both/title', 'M', 'N'],
      ['/rows', [{ when: ['1', '4'] }], [{ when: ['1', '5'] }]],
    ],
  )
  const chosen = merge(mine, newer, {
    ...{ '/title': 'newer', '/pages/1': 'newer', '/pages/both/title': 'mine', '/rows': 'newer' },
  } as Record<string, Side>)
  assert.deepEqual(chosen.conflicts, [])
  assert.deepEqual(chosen.merged, {
    ...{ title: 'Newer', keywords: base.keywords, rows: [{ when: ['1', '5'] }] },
    pages: [base.pages[0], base.pages[2], { id: 'both', title: 'M' }],
  })
})

test('a version merged with itself, or with what it began from, is the other side', () => {
  const mine = changed((of) => of.pages.reverse())
  for (const [one, other, outcome] of [
    [mine, base, mine],
    [base, mine, mine],
    [mine, mine, mine],
  ])
    assert.deepEqual(merge(one, other), { merged: outcome, conflicts: [] })
})
