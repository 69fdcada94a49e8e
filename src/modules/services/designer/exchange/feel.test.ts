// Conditions and constraints of XLSForm, in our own language and with the same meaning.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { say } from '#platform'
import type { Question } from '../../definitions/form.ts'
import { compile, compileCondition } from '../../rules/compile.rules.ts'
import type { Names, Values } from '../../rules/types.rules.ts'
import { limitsOf } from './constraint.rules.ts'
import { type Answers, calculationOf, conditionOf } from './feel.rules.ts'
import { NotTaken, readXPath } from './xpath.rules.ts'

/** Answers as XLSForm writes them; with @ in the tables, as templates of JavaScript begin with $. */
const x = (text: string): string => text.replaceAll('@', '$')

const options = new Map([
  ['1', 'option-1'],
  ['Other', 'other'],
])
const choice = { kind: 'choice', values: [...options.values()] } as const
const names = {
  age: { kind: 'number', whole: true },
  weight: { kind: 'number' },
  full_name: { kind: 'text' },
  born: { kind: 'date' },
  kind: choice,
  topics: { kind: 'list', of: choice },
  agreed: { kind: 'boolean' },
  children: { kind: 'list', of: { kind: 'group', fields: { cost: { kind: 'number' } } } },
  today: { kind: 'date' },
} as const satisfies Names
const answers: Answers = new Map([
  ['Age', { id: 'age', type: names.age }],
  ['weight', { id: 'weight', type: names.weight }],
  ['full-name', { id: 'full_name', type: names.full_name }],
  ['born', { id: 'born', type: names.born }],
  ['kind', { id: 'kind', type: names.kind, options }],
  ['topics', { id: 'topics', type: names.topics, options }],
  ['agreed', { id: 'agreed', type: names.agreed }],
  ['children', { id: 'children', type: names.children }],
  ['cost', { id: 'cost', type: { kind: 'number' }, list: 'children' }],
])

// biome-ignore format: a table
const conditions: readonly [xpath: string, feel: string][] = [
  ["@{Age} >= 18",                                  'age >= 18'],
  ["18 <= @{Age} and @{Age}<65",                    'age >= 18 and age < 65'],
  ["@{Age} > 1 or @{Age} = '5' and @{weight} < .5", 'age > 1 or age = 5 and weight < 0.5'],
  ["(@{Age} > 1 or @{Age} = 5) and @{weight} < 2.", '(age > 1 or age = 5) and weight < 2'],
  ["@{kind} = 'Other'",                             'kind = "other"'],
  ["@{ kind } = 1",                                 'kind = "option-1"'],
  ["'Other' != @{kind}",                            'kind != "other"'],
  ["selected(@{kind}, 'Other')",                    'kind = "other"'],
  ["selected(@{topics}, '1')",                      'list contains(topics, "option-1")'],
  ["not(selected(@{topics}, '1'))",                 'not(topics != null and list contains(topics, "option-1"))'],
  ["not(@{Age} > 17)",                              'not(age != null and age > 17)'],
  ["not(@{Age} > 17 or @{kind} = 'Other')",         'not(age != null and age > 17 or kind = "other")'],
  ["count-selected(@{topics}) >= 2",                'count(topics) >= 2'],
  ["count-selected(@{topics}) < 2",                 'topics = null or count(topics) < 2'],
  ["count-selected(@{topics}) > 0",                 'topics != null'],
  ["string-length(@{full-name}) = 0",               'full_name = null'],
  ["string-length(@{full-name}) > 10",              'string length(full_name) > 10'],
  ["@{full-name} != ''",                            'full_name != null'],
  ["@{full-name} = \"O'Neill\"",                    'full_name = "O\'Neill"'],
  ["@{full-name} = 5",                              'full_name = "5"'],
  ["@{agreed} = 'OK'",                              'agreed = true'],
  ["@{agreed}",                                     'agreed'],
  ["@{full-name}",                                  'full_name != null'],
  ["@{born} <= today()",                            'born <= today'],
  ["@{born} > '2000-01-31'",                        'born > date("2000-01-31")'],
  ["@{born} < today() - 30",                        'born < today - duration("P30D")'],
  ["(today() - @{born}) div 365.25 >= 18",          '(today - born).days / 365.25 >= 18'],
  ["sum(@{cost}) > 100",                            'sum(children.cost) > 100'],
  ["count(@{children}) > 1",                        'count(children) > 1'],
  ["@{Age} - 1 - (2 - @{weight}) > -3",             'age - 1 - (2 - weight) > 0 - 3'],
  ["if(@{Age} > 17, @{kind} = 1, true())",          'if age > 17 then kind = "option-1" else true'],
]

for (const [xpath, feel] of conditions)
  test(`${xpath} is ${feel}`, () => {
    assert.equal(conditionOf(x(xpath), answers), feel)
    const outcome = compileCondition(feel, names)
    assert.ok('compiled' in outcome, JSON.stringify(outcome))
  })

// biome-ignore format: a table
const refused: readonly [xpath: string, why: string][] = [
  ['regex(@{full-name}, "^A")',     '“regex()” has nothing that matches here'],
  ['@{nobody} = 1',                 'the answer “nobody” was not taken over'],
  ['@{cost} > 1',                   '“cost” is asked several times, in a list'],
  ["@{kind} = 'Third'",             '“kind” has no choice “Third”'],
  ["selected(@{topics}, @{kind})",  '“@{kind}” is no condition'],
  ["@{topics} = '1'",               '“@{topics}” and “\'1\'” are compared'],
  ['@{full-name} > 5',              '“@{full-name}” and “5” are compared'],
  ['@{Age} mod 2 = 0',              'it cannot be read from “mod 2 = 0” on'],
  ['../Age > 1',                    'it cannot be read from “/Age > 1” on'],
  ['/data/Age > 1',                 'it cannot be read from “/data/Age > 1” on'],
  ['@{Age} >',                      'it ends too early'],
  ['(@{Age} > 1',                   'it ends too early'],
  ['@{Age} > 1)',                   'it cannot be read from “)” on'],
  ['Age > 1',                       '“Age” has nothing that matches here'],
  ['@{Age} + 1',                    '“@{Age} + 1” is no condition'],
  ['. > 1',                         '“.” is used outside a constraint'],
  ['',                              'it ends too early'],
  ['('.repeat(90),                  'too much is nested in it'],
  ['- '.repeat(90),                 'too much is nested in it'],
  ['1'.repeat(2001),                'it is longer than 2000 characters'],
]

for (const [xpath, why] of refused)
  test(`${xpath.slice(0, 40)} is not taken: ${why}`, () => {
    assert.throws(
      () => conditionOf(x(xpath), answers),
      (error) => error instanceof NotTaken && say(error.text, 'en', error.values) === x(why),
    )
  })

test('where answers are missing, it means what XPath means by empty text', () => {
  // biome-ignore format: a table
  const cases: readonly [xpath: string, values: Values, meant: boolean][] = [
    ["not(@{Age} > 17)",                   {},             true],
    ["not(@{Age} > 17)",                   { age: 20 },    false],
    ["not(not(@{Age} > 17))",              {},             false],
    ["not(selected(@{topics}, '1'))",      {},             true],
    ["not(selected(@{topics}, '1'))",      { topics: ['option-1'] }, false],
    ["@{kind} != 'Other'",                 {},             true],
    ["count-selected(@{topics}) < 2",      {},             true],
    ["not(count-selected(@{topics}) >= 2)", {},            true],
    ["not(string-length(@{full-name}) < 5)", {},           false],
    ["string-length(@{full-name}) + 1 = 1", {},            true],
    ["not(@{agreed})",                     {},             true],
    ["not(if(@{Age} > 17, @{weight} > 1, @{weight} > 2))", {}, true],
  ]
  for (const [xpath, values, meant] of cases) {
    const outcome = compileCondition(conditionOf(x(xpath), answers), names)
    assert.ok('compiled' in outcome, xpath)
    assert.equal(outcome.compiled.evaluate(values) ?? false, meant, xpath)
  }
})

test('a calculation says what it gives', () => {
  // biome-ignore format: a table
  const cases: readonly [xpath: string, feel: string, kind: string][] = [
    ["@{Age} * 2 + @{weight}",                        'age * 2 + weight',                              'number'],
    ["@{Age} div (@{weight} + 1)",                    'age / (weight + 1)',                            'number'],
    ["if(@{Age} > 17, 'adult', 'child')",             'if age > 17 then "adult" else "child"',         'text'],
    ["int((today() - @{born}) div 365.25)",           'if (today - born).days / 365.25 < 0 then ceiling((today - born).days / 365.25) else floor((today - born).days / 365.25)', 'number'],
    ["sum(@{cost})",                                  'sum(children.cost)',                            'number'],
    ["@{born} + 7",                                   'born + duration("P7D")',                        'date'],
    ["coalesce(@{Age}, 0)",                           'if age != null then age else 0',                'number'],
    ["count-selected(@{topics})",                     'if topics = null then 0 else count(topics)',    'number'],
    ["@{Age} > 17",                                   'age > 17',                                      'boolean'],
  ]
  for (const [xpath, feel, kind] of cases) {
    const made = calculationOf(x(xpath), answers)
    assert.deepEqual([made.text, made.type.kind], [feel, kind])
    const outcome = compile(feel, names)
    assert.ok('compiled' in outcome && outcome.compiled.type.kind === (kind === 'text' ? 'choice' : kind), feel)
  }
})

test('a constraint sets the limits of its question, and says what it could not set', () => {
  const of = (kind: Question['kind'], more: Partial<Question> = {}): Question => ({
    id: 'q',
    title: { en: 'Q', 'zh-Hant': '問' },
    kind,
    ...more,
  })
  // biome-ignore format: a table
  const cases: readonly [xpath: string, question: Question, limits: object, left: string[]][] = [
    ['. >= 0 and . <= 120',               of('number', { whole: true }), { min: 0, max: 120 }, []],
    ['. > 0 and 120 > .',                 of('number', { whole: true }), { min: 1, max: 119 }, []],
    ['. > 0 and . <= 1.5',                of('number'),                  { max: 1.5 },         ['. > 0']],
    ['. >= -5',                           of('number'),                  { min: -5 },          []],
    ['. = 5',                             of('number', { whole: true }), { min: 5, max: 5 },   []],
    ['. != 5 and . < 9 and . < 7',        of('number', { whole: true }), { max: 6 },           ['. != 5']],
    ['. <= today()',                      of('date'),                    { max: 0 },           []],
    ['. > today() - 30 and . < today()',  of('date'),                    { min: -29, max: -1 }, []],
    [". >= '2020-01-01'",                 of('date'),                    {},                   [". >= '2020-01-01'"]],
    ['string-length(.) <= 100',           of('text'),                    { max: 100 },         []],
    ['string-length(.) < 100',            of('long-text'),               { max: 99 },          []],
    ['count-selected(.) <= 3',            of('choices'),                 { max: 3 },           []],
    ["regex(., '[A-Z]+')",                of('text'),                    {},                   ["regex(., '[A-Z]+')"]],
    ['. > @{Age} or . = 1',               of('number'),                  {},                   ['. > @{Age} or . = 1']],
    ['. > 5',                             of('text'),                    {},                   ['. > 5']],
  ]
  for (const [xpath, question, limits, left] of cases)
    assert.deepEqual(limitsOf(x(xpath), question), { limits, left: left.map(x) }, xpath)
})

test('no text is too odd to be read or refused', () => {
  const parts = fc.constantFrom(
    '@{Age}',
    '@{kind}',
    '@{topics}',
    "'Other'",
    '1',
    '.',
    '(',
    ')',
    ' and ',
    ' or ',
    'not(',
    'selected(',
    ',',
    '=',
    '<',
    '-',
    ' div ',
    'today()',
    '$',
    '“',
    'string-length(',
    '\u0000',
  )
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 14 }), (words) => {
      const text = x(words.join(''))
      try {
        readXPath(text)
        const feel = conditionOf(text, answers)
        const outcome = compileCondition(feel, names)
        // What our rules refuse is told where it is taken over; it is never something that cannot be read.
        assert.ok(
          'compiled' in outcome || outcome.complaints.every(({ text }) => !/cannot be read/.test(text.en)),
          feel,
        )
      } catch (error) {
        if (!(error instanceof NotTaken)) throw error
      }
    }),
    { numRuns: 3000 },
  )
})
