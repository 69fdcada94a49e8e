import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readMapping } from './read-mapping.ts'

const read = (yaml: string) => readMapping(Buffer.from(yaml), 'm.yaml')
const mistakes = (yaml: string) => {
  const result = read(yaml)
  assert.ok('mistakes' in result)
  return result.mistakes
}
const lines = (yaml: string) =>
  mistakes(yaml).map(({ line, sentence }) => `${line} ${sentence.split(/[”.]/)[0]!.replace('“', '')}`)

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
    "  year: '2023'",
    'phases: { A: b }',
  ].join('\n')
  assert.deepEqual(lines(yaml), [
    '1 language',
    '1 rows',
    '2 langage',
    '4 year',
    '5 yaer',
    '8 unit',
    '9 decimals',
    '11 year',
    '12 A',
  ])
  assert.ok(mistakes(yaml).every(({ file }) => file === 'm.yaml'))
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
    [{ columns: 'columns: { head: H, code: C, actual: A }', constants: 'constants: { year: 2023-25 }' }, /not a financial year/],
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
    [{ ignore: 'ignore: [Y]' }, /cannot be ignored/],
  ]
  for (const [changes, sentence] of cases)
    assert.ok(
      mistakes(withChanges(changes)).some((mistake) => sentence.test(mistake.sentence)),
      `${sentence} in ${JSON.stringify(mistakes(withChanges(changes)))}`,
    )
})

test('what is no mapping gets one sentence, and nothing is executed or expanded', () => {
  for (const [yaml, sentence] of [
    ['', /is empty/],
    ['[1, 2]', /list of keys/],
    ['a: [', /YAML cannot read/],
    ['a: 1\na: 2', /already written on line 1/],
    ['a: &x 1\nb: *x', /aliases are not read/],
    ['a: !!js/function x', /YAML cannot read/],
    [`a: ${'['.repeat(5000)}`, /nests too deeply|YAML cannot read/],
    ['#'.repeat(60_000), /at most 50 kB/],
  ] as const)
    assert.match(mistakes(yaml)[0]!.sentence, sentence, yaml.slice(0, 40))
  assert.match(
    (readMapping(Buffer.from([0xff, 0xfe, 0]), 'm.yaml') as { mistakes: { sentence: string }[] }).mistakes[0]!.sentence,
    /not UTF-8/,
  )
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
