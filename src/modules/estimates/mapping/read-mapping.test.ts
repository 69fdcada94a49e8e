import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { say } from '#platform'
import { readMapping } from './read-mapping.ts'

const read = (yaml: string) => readMapping(Buffer.from(yaml), 'm.yaml')
/** Every mistake as `file:line sentence`. In Chinese there are as many, with the same values. */
const mistakes = (yaml: string | Uint8Array) => {
  const result = readMapping(Buffer.from(yaml as string), 'm.yaml')
  assert.ok('mistakes' in result)
  for (const { text, values } of result.mistakes)
    for (const language of ['zh-Hant', 'zh-Hans'] as const) {
      assert.match(say(text, language, values), /\p{Script=Han}/u)
      assert.doesNotMatch(say(text, language, values), /\{\w+\}|\b(the|is|must|or|and)\b/)
    }
  return result.mistakes.map(({ file, line, text, values }) => `${file}:${line} ${say(text, 'en', values)}`)
}

test('a mapping is read with what it says', () => {
  const result = read(
    'rows: subheads\nlanguage: zh-Hant\ncolumns: { year: 1, head: 2, code: 3, actual: Actual }\nunit: thousand\ndecimals: 0\n',
  )
  assert.deepEqual(result, {
    mapping: {
      rows: 'subheads',
      language: 'zh-Hant',
      columns: { year: 1, head: 2, code: 3, actual: 'Actual' },
      unit: 'thousand',
      decimals: 0,
    },
  })
})

test('every mistake of shape is reported at once, with file and line', () => {
  const yaml = [
    'rows: programs',
    'langage: en',
    'columns:',
    '  year: 0',
    '  yaer: Year',
    '  head: Head',
    '  code: Code',
    'unit: millions',
    'decimals: 1.5',
    'constants:',
    '  year: 2023',
    'phases: { A: b }',
  ].join('\n')
  assert.deepEqual(mistakes(yaml), [
    'm.yaml:1 “language” is missing here. Add a line “language: …”.',
    'm.yaml:1 “rows” is “programs”. Write one of programmes, subheads. Did you mean “programmes”?',
    'm.yaml:2 “langage” is not known here. Did you mean “language”?',
    'm.yaml:4 “year” is “0”, which does not fit. Expected: the heading of a column, or its position counted from 1 to 256.',
    'm.yaml:5 “yaer” is not known here. Did you mean “year”?',
    'm.yaml:8 “unit” is “millions”. Write one of dollar, ten-thousand, thousand, million, hundred-million. Did you mean “million”?',
    'm.yaml:9 “decimals” must be a whole number, as 12, not “1.5”.',
    'm.yaml:11 “year” is “2023”, which does not fit. Expected: a financial year, as 2023-24.',
    'm.yaml:12 “A” is “b”. Write one of actual, original, revised, estimate.',
  ])
})

const sound = {
  rows: 'rows: programmes',
  language: 'language: en',
  columns: 'columns: { year: Y, head: H, code: C, actual: A }',
  unit: 'unit: million',
  decimals: 'decimals: 1',
}
const withChanges = (changes: Record<string, string>) => Object.values({ ...sound, ...changes }).join('\n')

test('keys that need, exclude or contradict each other are mistakes', () => {
  assert.ok('mapping' in read(withChanges({})))
  // biome-ignore format: matrix
  const cases: [changes: Record<string, string>, sentence: RegExp][] = [
    [{ columns: 'columns: { year: Y, head: H, code: C }' }, /No column holds money/],
    [{ columns: 'columns: { year: Y, head: H, code: C, actual: A, amount: B, phase: P }', phases: 'phases: { A: actual }' }, /not both/],
    [{ columns: 'columns: { year: Y, head: H, code: C, amount: B }', phases: 'phases: { A: actual }' }, /needs the column “phase”/],
    [{ columns: 'columns: { year: Y, head: H, code: C, amount: B, phase: P }' }, /Say in “phases”/],
    [{ columns: 'columns: { year: Y, head: H, code: C, actual: A, period: P }' }, /“period” belongs to/],
    [{ phases: 'phases: { A: actual }' }, /“phases” belongs to/],
    [{ columns: 'columns: { head: H, code: C, actual: A }' }, /No column says the year/],
    [{ columns: 'columns: { year: Y, code: C, actual: A }' }, /No column says the Head/],
    [{ constants: 'constants: { head: 47 }' }, /“head” is a column already/],
    [{ columns: 'columns: { head: H, code: C, actual: A }', constants: 'constants: { year: 2023-25 }' }, /no financial year/],
    [{ columns: 'columns: { year: Y, head: H, code: C, actual: C }' }, /One column has one meaning/],
    [{ columns: 'columns: { year: Y, head: H, code: C, actual: A, name: { zh-Hant: N } }' }, /names no column for en/],
    [{ columns: 'columns: { year: Y, head: H, code: C, actual: A, name: { en: N, zh-Hant: M } }' }, /not among the languages/],
    [{ file: 'file: { header: none }' }, /Write its position/],
    [{ rows: 'rows: subheads', columns: 'columns: { year: Y, head: H, code: C, actual: A, aim: B }' }, /Subheads have no aim/],
    [{ codeDigits: 'codeDigits: 3' }, /“codeDigits” is for subheads/],
    [{ repeat: 'repeat: [name]' }, /not a column of this mapping/],
    [{ decimal: "decimal: ','" }, /cannot separate both/],
    [{ file: 'file: { kind: csv, sheet: A }' }, /has no sheets/],
    [{ file: "file: { kind: xlsx, delimiter: ';' }" }, /has no delimiter/],
    [{ constants: 'constants: { title: "a\\0b" }' }, /^\S+:6 .*“constants” holds a character that nobody sees/],
    [{ constants: 'constants: { title: "\\uD800" }' }, /“constants” holds a character that nobody sees/],
    [{ phases: 'phases: { "A\\u202e": actual }' }, /“phases” holds a character that nobody sees/],
    [{ ignore: 'ignore: [Y]' }, /cannot be ignored/],
  ]
  for (const [changes, sentence] of cases)
    assert.ok(
      mistakes(withChanges(changes)).some((mistake) => sentence.test(mistake)),
      `${sentence} in ${JSON.stringify(mistakes(withChanges(changes)))}`,
    )
})

test('what is no mapping gets one sentence, and nothing is executed or expanded', () => {
  for (const [yaml, sentence] of [
    ['', /is empty/],
    ['[1, 2]', /list of names/],
    ['a: [', /not closed/],
    ['a: 1\na: 2', /already written on line 1/],
    ['a: &x 1\nb: *x', /aliases are not read/],
    ['a: !!js/function x', /begins with an exclamation mark/],
    [`a: ${'['.repeat(5000)}`, /nests too deeply|not closed/],
    ['#'.repeat(60_000), /at most 50 kB/],
  ] as const)
    assert.match(mistakes(yaml)[0]!, sentence, yaml.slice(0, 40))
  assert.match(mistakes(Buffer.from('\ufeffrows: programmes', 'utf16le'))[0]!, /UTF-16/)
  assert.match(mistakes(Buffer.from([0x61, 0x3a, 0x20, 0xa4, 0xd1]))[0]!, /not UTF-8 \(Big5, perhaps\)/)
})

test('no bytes make the reader throw', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void readMapping(bytes, 'm.yaml')))
  const words = fc.constantFrom(
    'rows',
    'columns',
    ':',
    ' ',
    '\n',
    '- ',
    '{',
    '}',
    '[',
    ']',
    ',',
    "'",
    '"',
    '&a',
    '*a',
    '2023-24',
    '1',
    'null',
    '?',
    '__proto__',
  )
  fc.assert(
    fc.property(fc.array(words, { maxLength: 40 }), (parts) => void read(parts.join(''))),
    { numRuns: 500 },
  )
})
