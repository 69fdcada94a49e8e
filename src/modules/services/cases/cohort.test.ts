// Decided cases under another version of the rules: what comes out otherwise, and that everything else stays.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { loadPackOrThrow } from '../../../../test/pack.ts'
import { modules } from '../../../modules.ts'
import { compileService } from '../definitions/compile.rules.ts'
import { type Service, services } from '../definitions/service.ts'
import { compareCohort, type Member } from './cohort.rules.ts'

const pack = await loadPackOrThrow('testland', modules)
const definition = pack.get(services, 'tide-grant')

/** The grant with another ceiling for associations. */
function withCeiling(ceiling: number): Service {
  const other = structuredClone(definition) as Service
  other.apply!.case.rules![0]!.rows[1]!.when[1] = `<= ${ceiling}`
  return other
}

const compiled = (service: Service) => {
  const { compiled, complaints } = compileService(service)
  assert.deepEqual(complaints, [])
  return compiled
}

/** An application that asks for so much. */
const member = (reference: string, kind: string, cents: number): Member => ({
  ...{ reference, step: 'grant' },
  known: {
    answers: { kind, members: 5, activities: [{ activity_title: 'Rowing', held_on: '2027-03-01', cost: cents }] },
    ...{ sources: {}, noted: {}, notedBy: {}, sentOn: '2027-01-04', today: '2027-02-01' },
  },
})

test('only cases between the old limit and the new come out otherwise', () => {
  const members = [
    member('TG-AAAA-AAAA', 'association', 1_000_000),
    member('TG-BBBB-BBBB', 'association', 2_500_000),
    member('TG-CCCC-CCCC', 'association', 4_000_000),
    member('TG-DDDD-DDDD', 'school', 2_500_000),
  ]
  const { same, changed, moves, exceeded } = compareCohort(compiled(definition), compiled(withCeiling(30_000)), members)
  assert.equal(same, 3)
  assert.deepEqual(exceeded, [])
  assert.deepEqual(
    changed.map(({ reference, tables }) => [reference, tables[0]!.before?.gives, tables[0]!.after?.gives]),
    [['TG-BBBB-BBBB', [{ amount: 20_000 }], [{ amount: 25_000 }]]],
  )
  assert.deepEqual(moves, [{ table: 'ceiling', from: 'above-limit', to: 'within-limit', count: 1 }])
})

test('a version against itself changes nothing, and against another as much forth as back', () => {
  const amounts = fc.array(fc.integer({ min: 100, max: 10_000_000 }), { maxLength: 40 })
  fc.assert(
    fc.property(amounts, fc.integer({ min: 1, max: 60_000 }), (cents, ceiling) => {
      const members = cents.map((each, at) => member(`TG-${at}`, at % 2 ? 'school' : 'association', each))
      const [one, other] = [compiled(definition), compiled(withCeiling(ceiling))]
      assert.equal(compareCohort(one, one, members).same, members.length)
      const [forth, back] = [compareCohort(one, other, members), compareCohort(other, one, members)]
      assert.equal(forth.same + forth.changed.length, members.length)
      assert.deepEqual(
        forth.changed.map(({ reference }) => reference),
        back.changed.map(({ reference }) => reference),
      )
    }),
    { numRuns: 50 },
  )
})
