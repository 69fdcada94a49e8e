import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languages, say } from '#platform'
import { workedMs } from '../../../../test/time.ts'
import { compile, compileCondition } from './compile.rules.ts'
import { sentences } from './complaints.rules.ts'
import { limits, type Names, RulesExceeded, type Value } from './types.rules.ts'

const names = {
  applicant: {
    kind: 'group',
    fields: {
      age: { kind: 'number', whole: true, min: 0, max: 150 },
      name: { kind: 'text' },
      born: { kind: 'date' },
      status: { kind: 'choice', values: ['single', 'married'] },
      home: { kind: 'group', fields: { district: { kind: 'choice', values: ['east', 'west'] } } },
    },
  },
  children: { kind: 'list', of: { kind: 'group', fields: { age: { kind: 'number' }, name: { kind: 'text' } } } },
  tags: { kind: 'list', of: { kind: 'text' } },
  today: { kind: 'date' },
  fee: { kind: 'number' },
  ready: { kind: 'boolean' },
} as const satisfies Names

const answers = {
  applicant: { age: 66, name: 'Mei', born: '1960-02-29', status: 'single', home: { district: 'east' } },
  children: [
    { age: 3, name: 'An' },
    { age: 9, name: 'Bo' },
  ],
  tags: ['old', 'new'],
  today: '2026-11-28',
  fee: 0.1,
  ready: null,
}

function compiled(text: string) {
  const made = compile(text, names)
  assert.ok('compiled' in made, `${text}: ${'complaints' in made && JSON.stringify(made.complaints)}`)
  return made.compiled
}

// biome-ignore format: a table
const meanings: readonly [text: string, value: Value, reads: string][] = [
  ['applicant.age >= 65 and count(children) > 0',              true,         'applicant.age children'],
  ['years and months duration(applicant.born, today).years',   66,           'applicant.born today'],
  ['children[age > 5].name',                                   ['Bo'],       'children.age children.name'],
  ['for child in children return child.age * 2',               [6, 18],      'children.age'],
  ['some child in children satisfies child.name = "An"',       true,         'children.name'],
  ['every c in children, t in tags satisfies c.name != t',     true,         'children.name tags'],
  ['sum(children.age) / count(children)',                      6,            'children.age'],
  ['fee + 0.2',                                                0.3,          'fee'],
  ['fee / 0',                                                  null,         'fee'],
  ['today + @"P1M" - @"P1D"',                                  '2026-12-27', 'today'],
  ['(today - applicant.born).days',                            24379,        'applicant.born today'],
  ['ready and false',                                          false,        'ready'],
  ['ready or true',                                            true,         'ready'],
  ['ready and true',                                           null,         'ready'],
  ['not(ready)',                                               null,         'ready'],
  ['if ready then "yes" else "no"',                            'no',         'ready'],
  ['applicant.status in ("single", "married")',                true,         'applicant.status'],
  ['applicant.home.district = "west"',                         false,        'applicant.home.district'],
  ['fee in [0..0.5)',                                          true,         'fee'],
  ['fee in (> 5)',                                             false,        'fee'],
  ['applicant.age between 60 and 70',                          true,         'applicant.age'],
  ['starts with(upper case(applicant.name), "ME")',            true,         'applicant.name'],
  ['append(tags, "x")[-1]',                                    'x',          'tags'],
  ['applicant.age >= 65\nand (\n fee > 0\n or ready\n)',     true,         'applicant.age fee ready'],
  ['/* the fee */ fee // in dollars',                          0.1,          'fee'],
]

for (const [text, value, reads] of meanings)
  test(`${text} gives ${JSON.stringify(value)}`, () => {
    const made = compiled(text)
    assert.deepEqual(made.evaluate(answers), value)
    assert.equal(made.reads.join(' '), reads)
  })

test('what is not of the type of its name is read as null, and never as something else', () => {
  const strange = [undefined, null, '66', Number.NaN, Number.POSITIVE_INFINITY, 1.5, -1, 151, [66], {}, () => 66]
  for (const age of strange) assert.equal(compiled('applicant.age').evaluate({ applicant: { age } }), null, String(age))
  for (const born of ['2023-02-29', '2023-2-1', '2023-01-01T00:00', 20230101, '００００-01-01'])
    assert.equal(compiled('applicant.born').evaluate({ applicant: { born } }), null, String(born))
  for (const status of ['other', 'toString', 1])
    assert.equal(compiled('applicant.status').evaluate({ applicant: { status } }), null)
  for (const applicant of [undefined, null, 'x', 1])
    assert.equal(compiled('applicant.age').evaluate({ applicant }), null)
  assert.equal(compiled('applicant.age').evaluate({}), null)
  assert.deepEqual(compiled('tags').evaluate({ tags: ['a', 1, null] }), ['a', null, null])
  assert.equal(compiled('count(tags)').evaluate({ tags: { length: 5 } }), null)
})

// biome-ignore format: a table
const mistakes: readonly [text: string, sentence: keyof typeof sentences, at: string][] = [
  ['',                                       'empty',              ''],
  ['applicant.age >',                        'ends',               ''],
  ['(applicant.age > 1',                     'ends',               ''],
  ['applicant.age > 1)',                     'unreadable',         ')'],
  ['"abc',                                   'unreadable',         '"'],
  ['fee ＞ 1',                               'wrongSign',          '＞'],
  ['fee > 1 ≥ 2',                            'wrongSign',          '≥'],
  ['applicant.name = “Mei”',                 'wrongSign',          '“'],
  ['fee == 1',                               'refused',            '== 1'],
  ['fee <> 1',                               'refused',            '<> 1'],
  ['aplicant.age > 1',                       'nearName',           'aplicant'],
  ['whatever > 1',                           'unknownName',        'whatever'],
  ['applicant.agee > 1',                     'nearName',           'agee'],
  ['applicant.passport > 1',                 'noField',            'passport'],
  ['fee.amount > 1',                         'noParts',            'fee.amount'],
  ['not ready',                              'notWithoutBrackets', 'not ready'],
  ['count',                                  'isFunction',         'count'],
  ['string lengt(applicant.name)',           'nearFunction',       'string lengt'],
  ['frobnicate(1)',                          'unknownFunction',    'frobnicate'],
  ['contains("a")',                          'arguments',          'contains("a")'],
  ['contains("a", 1)',                       'expectedOf',         '1'],
  ['fee = "one"',                            'notComparable',      '"one"'],
  ['fee in (1, "one")',                      'notComparable',      '"one"'],
  ['list contains(tags, 1)',                 'notComparable',      '1'],
  ['applicant.name < "M"',                   'notOrdered',         '"M"'],
  ['fee > null',                             'nullOrder',          'null'],
  ['applicant.born < "2000-01-01"',          'dayAsText',          '"2000-01-01"'],
  ['applicant.status = "singel"',            'nearValue',          '"singel"'],
  ['applicant.status in ("gone", "single")', 'noSuchValue',        '"gone"'],
  ['applicant.status = applicant.home.district', 'neverEqual',     'applicant.home.district'],
  ['today + 1',                              'notArithmetic',      'today + 1'],
  ['"a" - "b"',                              'notArithmetic',      '"a" - "b"'],
  ['-applicant.name',                        'expected',           '-applicant.name'],
  ['if ready then 1 else "a"',               'branches',           '"a"'],
  ['[1, "a"]',                               'branches',           '"a"'],
  ['if fee then 1 else 2',                   'expected',           'fee'],
  ['ready and fee',                          'expected',           'fee'],
  ['some x in fee satisfies x > 1',          'notList',            'fee'],
  ['some fee in tags satisfies true',        'badLoopName',        'fee'],
  ['for the child in tags return 1',         'badLoopName',        'the child'],
  ['for i in 1..3 return i',                 'refused',            '1..3'],
  ['children',                               'resultIsGroup',      'children'],
  ['children[1]',                            'resultIsGroup',      'children[1]'],
  ['children["a"]',                          'expected',           '"a"'],
  ['date("2023-02-29")',                     'badDate',            '"2023-02-29"'],
  ['@"P1Y2D"',                               'badDuration',        '"P1Y2D"'],
  ['duration("PT5H")',                       'badDuration',        '"PT5H"'],
  ['date(today)',                            'needsLiteral',       'date(today)'],
  ['1234567890.123456',                      'badNumber',          '1234567890.123456'],
  ['1e999',                                  'badNumber',          '1e999'],
  ['"a\\q"',                                 'badText',            '"a\\q"'],
  ['round half up(fee, count(tags))',        'digitsNeeded',       'count(tags)'],
]

for (const [text, sentence, at] of mistakes)
  test(`“${text}” is complained of as ${sentence}`, () => {
    const made = compile(text, names)
    assert.ok('complaints' in made)
    const [first] = made.complaints
    assert.equal(first!.text, sentences[sentence], first!.text.en)
    assert.equal(text.slice(first!.from, first!.to), at)
    for (const language of languages) assert.doesNotMatch(say(first!.text, language, first!.values), /[{}]/)
  })

// biome-ignore format: a list
const refused = [
  'now()', 'today()', 'matches("a", "a")', 'replace("a", "a", "b")', 'split("a", "a")', 'function(x) x', '{ a: 1 }', 'fee instance of number',
  'time("10:00:00")', 'date and time("2020-01-01T00:00:00")', 'fee ** 2', '[1..2]', 'substring("abc", 1)', 'sort([1])', '?', 'count(list: tags)',
  'get value(applicant, "age")', 'before(1, 2)', 'string(1)', 'mean([1])', '(function(x) x)(1)', '> 1',
]

for (const text of refused)
  test(`${text} is FEEL, and refused by its name with what to do instead`, () => {
    const made = compile(text, names)
    assert.ok('complaints' in made)
    assert.equal(made.complaints[0]!.text, sentences.refused, made.complaints[0]!.text.en)
    for (const language of languages) {
      const { text, values } = made.complaints[0]!
      assert.doesNotMatch(say(text, language, values), /[{](?! )|undefined/)
    }
  })

test('an officer sees all mistakes of an expression at once', () => {
  const made = compile('aplicant.age > 1 and fee = "x" and today + 1 = today', names)
  assert.deepEqual('complaints' in made && made.complaints.map(({ text }) => text), [
    sentences.nearName,
    sentences.notComparable,
    sentences.notArithmetic,
  ])
})

test('a condition that gives no truth is refused', () => {
  const made = compileCondition('fee + 1', names)
  assert.equal('complaints' in made && made.complaints[0]!.text, sentences.wrongResult)
})

test('a name that is no name is a mistake of the program and throws', () => {
  for (const name of ['a-b', 'if', '1a', '__proto__', 'two words', ''])
    assert.throws(() => compile('1', { [name]: { kind: 'number' } }), /cannot be a name/)
})

test('too long, too deep and too wide are refused before anything is made of them', () => {
  const long = compile(`${'1 + '.repeat(limits.expression / 4)}1`, names)
  assert.equal('complaints' in long && long.complaints[0]!.text, sentences.tooLong)
  for (const text of [
    '('.repeat(900),
    `${'['.repeat(400)}1${']'.repeat(400)}`,
    `${'-'.repeat(800)}1`,
    `${'1+'.repeat(300)}1`,
  ]) {
    const deep = compile(text, names)
    assert.equal('complaints' in deep && deep.complaints[0]!.text, sentences.tooDeep, text.slice(0, 20))
  }
})

test('an evaluation that would be too much work is refused within its limit of steps', () => {
  const ages = Array.from({ length: 2000 }, (_, age) => ({ age, name: 'x' }))
  const began = workedMs()
  for (const text of [
    'every a in children, b in children, c in children satisfies a.age + b.age + c.age >= 0',
    'count(for a in children, b in children return a.age * b.age) > 0',
    'count(children[sum(children.age) > age]) > 0',
  ])
    assert.throws(() => compiled(text).evaluate({ children: ages }), RulesExceeded, text)
  assert.ok(workedMs() - began < 2000)
  const long = `every a in children satisfies ${new Array(12).fill('a.age >= 0').join(' and ')}`
  assert.equal(compiled(long).evaluate({ children: ages.slice(0, 1000) }), true)
  assert.throws(() => compiled(long).evaluate({ children: ages }), { limit: 'steps' })
  assert.throws(() => compiled('count(tags)').evaluate({ tags: new Array(limits.list + 1).fill('') }), RulesExceeded)
  assert.throws(
    () => compiled('applicant.name = "a"').evaluate({ applicant: { name: 'a'.repeat(limits.text + 1) } }),
    RulesExceeded,
  )
  const name = 'a'.repeat(limits.text)
  assert.throws(() => compiled('applicant.name + "b" = "c"').evaluate({ applicant: { name } }), RulesExceeded)
  assert.throws(
    () => compiled('upper case(applicant.name) = "c"').evaluate({ applicant: { name: 'ß'.repeat(limits.text) } }),
    RulesExceeded,
  )
  const half = 'a'.repeat(limits.text / 2)
  assert.throws(
    () =>
      compiled(
        'contains(applicant.name, tags[1] + "b") or contains(applicant.name, tags[1] + "c") or contains(applicant.name, tags[1] + "d")',
      ).evaluate({ applicant: { name }, tags: [half] }),
    {
      limit: 'steps',
    },
  )
})

test('one evaluation leaves nothing behind for the next', () => {
  const { evaluate } = compiled('for a in children[age > 1] return a.age')
  const before = structuredClone(answers)
  assert.deepEqual(evaluate(answers), evaluate(answers))
  assert.deepEqual(answers, before)
})
