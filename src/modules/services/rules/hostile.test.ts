import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { languages, say } from '#platform'
import { workedMs } from '../../../../test/time.ts'
import { compile } from './compile.rules.ts'
import { expressions, names } from './expressions.test.ts'
import { limits, RulesExceeded } from './types.rules.ts'

/* Whatever is written and whatever was kept: there is a result or a refusal, soon, and never anything else. */

const seed = Number(process.env.TEST_SEED ?? 20261128)

/** Words of the whole grammar, and of none. */
const word = fc.constantFrom(
  ...`if then else for in return some every satisfies and or not between instance of function external true false null date time duration
  ( ) [ ] { } , . .. : ; + - * / ** = != < <= > >= @ " \\ ? # & | ~ ^ \` ' // /* */ 1 -1 .5 1e9 99999999999999999999 "a" "2000-01-01" @"P1M" n m t
  a d numbers people g g.n people.age count( sum( min( string length( list contains( append( years and months duration( date( not( contains(
  item partial constructor __proto__ prototype toString age name 海旁 😀 ￥`.split(/\s+/),
  '\n',
  '\u2028',
  '\ud800',
  ' ',
)
const texts = fc.oneof(
  fc.array(word, { maxLength: 40 }).map((words) => words.join(' ')),
  fc.array(word, { maxLength: 40 }).map((words) => words.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .tuple(word, fc.integer({ min: 1, max: limits.expression }))
    .map(([each, times]) => each.repeat(times).slice(0, limits.expression + 1)),
)
const anything = fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true, withSparseArray: true })
const kept = fc.record(Object.fromEntries(Object.keys(names).map((name) => [name, anything])), { requiredKeys: [] })

function outcome(text: string, values: Record<string, unknown>): void {
  const made = compile(text, names)
  if ('complaints' in made) {
    assert.ok(made.complaints.length > 0 && made.complaints.length <= limits.complaints, text)
    for (const { from, to, text: sentence, values: words } of made.complaints) {
      assert.ok(from >= 0 && from <= to && to <= text.length, `${text} ${from} ${to}`)
      for (const language of languages) assert.ok(say(sentence, language, words).length > 0)
    }
    return
  }
  try {
    const value = made.compiled.evaluate(values)
    assert.ok(value === null || ['string', 'number', 'boolean', 'object'].includes(typeof value), text)
    assert.ok(typeof value !== 'number' || Number.isFinite(value), text)
  } catch (error) {
    assert.ok(error instanceof RulesExceeded, `${text}: ${error}`)
  }
}

test('whatever is written gives a result or complaints with their places', () => {
  fc.assert(fc.property(texts, kept, outcome), { numRuns: 3000, seed })
})

test('expressions of the subset give a result for whatever was kept', () => {
  fc.assert(fc.property(expressions({ wide: true }).truth!, kept, outcome), { numRuns: 1000, seed })
})

test('the longest text that may be written is read in a moment', () => {
  const worst = [
    '(',
    '[',
    'a.',
    'for x in ',
    'some x in l satisfies ',
    'if ',
    'not(',
    '-',
    'a in (',
    '"',
    'a\n',
    'a ',
    'date and time(',
    'years and months ',
    '{a:',
    'x[',
  ]
  for (const each of worst) {
    const text = each.repeat(limits.expression).slice(0, limits.expression)
    const began = workedMs()
    outcome(text, {})
    assert.ok(workedMs() - began < 1000, each)
  }
})
