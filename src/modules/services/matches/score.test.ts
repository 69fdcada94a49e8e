// Which cases of another service fit: by what both chose, and by who names whom.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fitOf, rank } from './score.rules.ts'

const by = [
  { mine: 'wanted', theirs: 'offered', weight: 3 },
  { mine: 'place', theirs: 'where', weight: 1 },
]
const need = { reference: 'SN-22222-22222', answers: { wanted: ['ai', 'iot'], place: 'harbour' } }
const offer = (answers: object, reference = 'SO-22222-22222') => ({ reference, answers: answers as never })
const matches = { service: 'offer', by, named: 'need_reference' }

test('a case fits by the share of what is asked for that the other has, by weight', () => {
  const cases: [object, number | undefined, string[]][] = [
    [{ offered: ['ai', 'iot', 'robotics'], where: 'harbour' }, 100, ['ai', 'iot', 'harbour']],
    [{ offered: ['iot'], where: 'hill' }, 38, ['iot']],
    [{ offered: ['robotics'], where: 'harbour' }, 25, ['harbour']],
    [{ offered: [], where: 'hill' }, undefined, []],
    [{}, undefined, []],
  ]
  for (const [answers, percent, shared] of cases) {
    const fit = fitOf(matches, need, offer(answers))
    assert.equal(fit?.percent, percent)
    assert.deepEqual(fit?.shared ?? [], shared)
  }
})

test('what was not answered asks for nothing, and whoever names the case fits whatever they have', () => {
  const open = { ...need, answers: { wanted: [], place: 'harbour' } as never }
  assert.equal(fitOf(matches, open, offer({ offered: ['ai'], where: 'harbour' }))?.percent, 100)
  const named = fitOf(matches, need, offer({ need_reference: 'sn-22222-22222 please' }))
  assert.deepEqual(named, { names: true, percent: 0, shared: [] })
  const back = { ...matches, names: 'about' }
  assert.equal(fitOf(back, { ...need, answers: { about: 'SO-22222-22222' } as never }, offer({}))?.names, true)
})

test('who names comes first, then who has most, then by reference', () => {
  const all = [
    offer({ offered: ['iot'] }, 'SO-44444-44444'),
    offer({ offered: ['ai', 'iot'] }, 'SO-33333-33333'),
    offer({ offered: ['iot'] }, 'SO-22222-22222'),
    offer({ need_reference: need.reference }, 'SO-55555-55555'),
  ].map((each) => ({ reference: each.reference, fit: fitOf(matches, need, each)! }))
  const order = ['SO-55555-55555', 'SO-33333-33333', 'SO-22222-22222', 'SO-44444-44444']
  assert.deepEqual(
    rank(all).map(({ reference }) => reference),
    order,
  )
  assert.deepEqual(
    rank(all.toReversed()).map(({ reference }) => reference),
    order,
  )
})
