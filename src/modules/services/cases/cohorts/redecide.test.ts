// Decided cases under another version of the rules: what comes out otherwise, what stays, and what is left to an officer.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { loadPackOrThrow } from '../../../../../test/pack.ts'
import { modules } from '../../../../modules.ts'
import { compileService } from '../../definitions/compile.rules.ts'
import { type Service, services } from '../../definitions/service.ts'
import type { Known } from '../decide.rules.ts'
import type { Case } from '../events.ts'
import { planMove } from './fit.rules.ts'
import { type Decided, redecide } from './redecide.rules.ts'

const pack = await loadPackOrThrow('testland', modules)
const definition = pack.get(services, 'tide-grant')

type Apply = NonNullable<Service['apply']>
/** The grant with something changed, ready to be used. */
function changed(change: (apply: Apply) => void = () => {}) {
  const other = structuredClone(definition) as Service
  change(other.apply!)
  const { compiled, complaints } = compileService(other)
  assert.deepEqual(complaints, [])
  return compiled
}
const withCeiling = (ceiling: number) =>
  changed(({ case: of }) => {
    of.rules![0]!.rows[1]!.when[1] = `<= ${ceiling}`
    of.rules![0]!.rows[3]!.gives = { amount: `${ceiling}` }
  })
const asIs = changed()

const answersOf = (kind: string, cents: number) => ({
  ...{ kind, group_name: 'Ebb', members: 5, founded_on: '2019-05-01', topics: ['warning'], insured: true },
  activities: [{ activity_title: 'Rowing', held_on: '2027-03-01', cost: cents }],
  plan_file: [{ id: 'a', name: 'plan.pdf', type: 'application/pdf', octets: 1 }],
  ...{ contact_name: 'Ada', email: 'ada@tide.example' },
  ...(kind === 'school' && { school_code: 'TS-1234', school_name: 'Ebb', principal_name: 'Bea', supports: true }),
})
const knownOf = (kind: string, cents: number, amount?: number): Known => ({
  answers: answersOf(kind, cents),
  noted: { assessment: 'Sound.', ...(amount !== undefined && { amount_granted: amount }) },
  ...{ sources: {}, notedBy: {}, sentOn: '2027-01-04', today: '2027-02-01' },
})
/** A grant of so much to an application that asks for so much. */
const granted = (cents: number, amount: number, reason = 'above-limit', kind = 'association'): Decided => ({
  ...{ step: 'grant', from: 'assessed', reasons: [reason], known: knownOf(kind, cents, amount) },
})

test('a grant at the ceiling follows the ceiling, with the reason that the table then gives', () => {
  const done = redecide(asIs, withCeiling(30_000), granted(2_500_000, 2_000_000), 'cora')
  assert.ok('after' in done, JSON.stringify(done))
  assert.deepEqual(
    [done.before.noted, done.after.noted],
    [{ amount_granted: 2_000_000 }, { amount_granted: 2_500_000 }],
  )
  assert.deepEqual([done.before.reasons, done.after.reasons], [['above-limit'], ['within-limit']])
  assert.deepEqual([done.changed, done.rests.noted], [true, { amount_granted: 2_500_000 }])
})

test('what was within the old limit and the new, or of another kind, comes out the same', () => {
  for (const [decided, more] of [
    [granted(1_000_000, 1_000_000, 'within-limit'), 30_000],
    [granted(2_500_000, 2_500_000, 'within-limit', 'school'), 30_000],
  ] as const) {
    const done = redecide(asIs, withCeiling(more), decided, 'cora')
    assert.ok('changed' in done && !done.changed, JSON.stringify(done))
  }
})

test('where the officer granted otherwise than the table, the case is left to an officer', () => {
  const done = redecide(asIs, withCeiling(30_000), granted(2_500_000, 1_800_000), 'cora')
  assert.deepEqual(done, { misfits: [{ code: 'officer-differed', what: 'amount_granted' }] })
  // Unless the table says the same as before: what was granted then stays.
  const same = redecide(asIs, withCeiling(30_000), granted(1_000_000, 900_000, 'within-limit'), 'cora')
  assert.ok('changed' in same && !same.changed)
})

test('a step that may not be taken any more gives way to the only other one, and to an officer where there are two', () => {
  const onlyForLarge = changed(({ case: of }) => {
    for (const step of of.steps) if (step.decides === 'granted') step.when = 'members >= 10'
  })
  const refused = redecide(asIs, onlyForLarge, granted(1_000_000, 1_000_000, 'within-limit'), 'cora')
  // No table gives a reason for a refusal, and none is made up.
  assert.deepEqual(refused, { misfits: [{ code: 'no-reason', what: 'refuse' }] })
  const withReason = changed(({ case: of }) => {
    for (const step of of.steps) if (step.decides === 'granted') step.when = 'members >= 10'
    of.steps.find(({ id }) => id === 'refuse')!.reasons!.push('within-limit')
  })
  const turned = redecide(asIs, withReason, granted(1_000_000, 1_000_000, 'within-limit'), 'cora')
  assert.ok('after' in turned)
  assert.deepEqual([turned.after.outcome, turned.after.state, turned.after.noted], ['refused', 'refused', {}])
})

test('an amount beyond what a step takes, and rules that ask for more than was sent, are no decision', () => {
  const tooMuch = redecide(
    asIs,
    changed(({ case: of }) => {
      of.rules![0]!.rows[3]!.gives = { amount: '50000' }
    }),
    granted(6_000_000, 2_000_000),
    'cora',
  )
  assert.deepEqual(tooMuch, { misfits: [{ code: 'beyond-limits', what: 'amount_granted' }] })
  const asksMore = changed(({ form }) => {
    const [page] = form.pages
    form.pages.splice(1, 0, {
      ...structuredClone(page!),
      id: 'more',
      questions: [{ id: 'accounts', title: page!.questions![0]!.title, kind: 'file', files: ['pdf'] }],
    })
  })
  assert.deepEqual(redecide(asIs, asksMore, granted(2_500_000, 2_000_000), 'cora'), {
    misfits: [{ code: 'file-asked-newly', what: 'accounts' }],
  })
})

test('a version against itself changes nothing, whatever was granted, and another one changes as much back as forth', () => {
  const amounts = fc.integer({ min: 100, max: 4_000_000 })
  fc.assert(
    fc.property(amounts, fc.integer({ min: 1, max: 39_000 }), (cents, ceiling) => {
      const amount = Math.min(cents, 2_000_000)
      const decided = granted(cents, amount, cents > 2_000_000 ? 'above-limit' : 'within-limit')
      const itself = redecide(asIs, asIs, decided, 'cora')
      assert.ok('changed' in itself && !itself.changed)
      const other = withCeiling(ceiling)
      const forth = redecide(asIs, other, decided, 'cora')
      if (!('after' in forth)) return assert.fail(JSON.stringify(forth))
      const { noted, reasons } = forth.after
      const back = redecide(
        other,
        asIs,
        { ...decided, reasons, known: { ...decided.known, noted: { ...decided.known.noted, ...noted } } },
        'cora',
      )
      assert.ok('after' in back)
      assert.deepEqual(back.after, forth.before)
    }),
    { numRuns: 50 },
  )
})

const open = {
  state: 'received',
  wait: 'officer',
  organisation: 'tide-station',
  dueOn: '2027-02-08',
  leftDays: null,
} as Case
const calendar = { timeZone: 'Asia/Hong_Kong', holidays: new Set<string>() }
const moveTo = (target: typeof asIs, now = open) =>
  planMove(now, target, { ...knownOf('association', 100), noted: {} }, new Date('2027-02-02T00:00:00Z'), calendar)

test('an open case is moved where everything of it fits, and is told of everything that does not', () => {
  assert.deepEqual(moveTo(asIs), { queue: 'work' })
  const renamed = changed(({ case: of }) => {
    of.states[0]!.id = 'arrived'
    of.begins = 'arrived'
    for (const step of of.steps) step.from = step.from.map((each) => (each === 'received' ? 'arrived' : each))
  })
  assert.deepEqual(moveTo(renamed), { misfits: [{ code: 'state-missing', what: 'received' }] })
  const fewer = changed(({ case: of }) => {
    delete of.states[0]!.clock
    for (const role of of.roles) role.organisation = 'harbour-office'
  })
  assert.deepEqual(moveTo(fewer, { ...open, wait: 'approval' } as Case), {
    misfits: [
      { code: 'clock-missing', what: 'received' },
      { code: 'department-changes', what: 'harbour-office' },
      { code: 'waits-for-approval', what: '' },
    ],
  })
})
