// What a case is decided on: the form as it was answered on the day it was sent, and the day of the decision for everything else.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadPackOrThrow } from '../../../../test/pack.ts'
import { modules } from '../../../modules.ts'
import { compileService } from '../definitions/compile.rules.ts'
import { type Service, services } from '../definitions/service.ts'
import { evaluate, type Known } from './decide.rules.ts'
import { explain } from './decisions.ts'

const pack = await loadPackOrThrow('testland', modules)
const definition = structuredClone(pack.get(services, 'tide-grant')) as Service
definition.apply!.form.values = [
  ...(definition.apply!.form.values ?? []),
  { id: 'season', kind: 'number', gives: 'if today < date("2027-02-01") then 1 else 2' },
]
definition.apply!.case.rules!.push({
  ...{ id: 'breadth', title: { en: 'How broad it is', 'zh-Hant': '範圍' }, hit: 'first' as const },
  inputs: ['count(topics)', 'count(topics) > 1'],
  outputs: [],
  rows: [{ when: ['-', '-'] }],
})
const { compiled } = compileService(definition)

const known = (today: string, more: Partial<Known['answers']> = {}): Known => ({
  answers: { kind: 'association', members: 5, ...more } as Known['answers'],
  ...{ sources: {}, noted: {}, notedBy: {}, sentOn: '2027-01-04', today },
})

// The receipt shows what was calculated when it was sent. Calculated anew on each day, the case would show another figure than the
// receipt, and a decision of March would read another one than its replay in April.
test('what was calculated on the day of sending stays so, and only the tables see the day of the decision', () => {
  const [early, late] = [evaluate(compiled, known('2027-01-20')), evaluate(compiled, known('2027-03-20'))]
  assert.deepEqual([early.values.season, late.values.season], [1, 1])
  assert.deepEqual([early.values.today, late.values.today], ['2027-01-20', '2027-03-20'])
})

// As the form itself has it while it is filled in, so that one condition never comes out in two ways.
test('a list that nobody filled is empty, and a question that was not answered is null', () => {
  const { values } = evaluate(compiled, known('2027-01-20'))
  assert.deepEqual([values.activities, values.group_name], [[], null])
})

test('an answer of a page that was not asked is not decided on', () => {
  const { values } = evaluate(compiled, known('2027-01-20', { school_code: 'TS-1234' }))
  assert.equal(values.school_code, null)
})

// Its page once failed on a number, as no question says how the result of an expression is written.
test('what an expression came to is told in words, as an answer is', () => {
  const { tables } = evaluate(compiled, known('2027-01-20', { topics: ['warning', 'boats'] }))
  const table = tables.find(({ id }) => id === 'breadth')!
  const said = (language: 'en' | 'zh-Hant') =>
    explain(compiled, table, { language, currency: 'XTS' }).looked.map(({ value }) => value)
  assert.deepEqual(
    [said('en'), said('zh-Hant')],
    [
      ['2', 'Yes'],
      ['2', '是'],
    ],
  )
})
