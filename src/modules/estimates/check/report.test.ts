import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Value } from 'typebox/value'
import { aDocument, aTable, commitments, inMillions, notes, subheads, withoutLastColumn } from '../testing/documents.ts'
import { checkDocument, DocumentCheck, type ExplainedException, Report, toReport } from './check.ts'

const wrongCover = () => aDocument([aTable(subheads)], [inMillions(18131)])
const anException = (shape: Partial<ExplainedException> = {}): ExplainedException => ({
  identity: 'same/head/provision/2023-24.estimate/cover~subheads',
  difference: '0.033',
  reason: 'transfer',
  explanation: 'A post moved from another Head after printing.',
  source: 'Reply ITB001',
  signedBy: 'The controlling officer',
  signedAt: '2023-03-01T00:00:00.000Z',
  ...shape,
})

test('a signed explanation of exactly this difference turns a failure into an explained one', () => {
  const check = checkDocument(wrongCover(), { exceptions: [anException()] })
  assert.equal(check.identities.find(({ id }) => id === anException().identity)?.outcome, 'explained')
  const report = toReport(wrongCover(), check, 'en')
  assert.equal(report.fails.length, 0)
  assert.equal(report.holds, 21)
  assert.match(
    report.warnings[0]!.sentence,
    /Explained: A post moved .* \(Reply ITB001; signed by The controlling officer\)/,
  )
})

test('an explanation of another difference, or of an identity that holds, does not apply and says so', () => {
  for (const exception of [
    anException({ difference: '0.032' }),
    anException({ identity: 'sum/subheads/head/2021-22.actual' }),
  ]) {
    const check = checkDocument(wrongCover(), { exceptions: [exception] })
    assert.deepEqual([check.explained, check.stale], [[], [exception]])
    const report = toReport(wrongCover(), check, 'en')
    assert.equal(report.fails.length, 1)
    assert.deepEqual(
      report.warnings.map(({ kind }) => kind),
      ['exception'],
    )
  }
})

test('the report counts, says each thing in the language asked for, and fits its schema', () => {
  const document = aDocument([aTable(withoutLastColumn), commitments()], [...notes, inMillions(18099)])
  const check = checkDocument(document)
  assert.ok(Value.Check(DocumentCheck, check))
  for (const language of ['en', 'zh-Hant', 'zh-Hans'] as const) {
    const report = toReport(document, check, language)
    assert.ok(Value.Check(Report, report))
    const counted = report.holds + report.fails.length + report.cannotBeChecked.length
    assert.equal(counted, check.identities.length)
    assert.equal(report.derived.length, 8)
  }
  const [fails] = toReport(document, check, 'zh-Hant').fails
  assert.equal(
    fails!.sentence,
    '總目 47 的撥款，2023-24 年度（預算），見於總目開首和按分目列出的開支詳情：第 1 行刊印為 18.099 億元，第 51 行刊印為 1,809,824,000 元，四捨五入為 18.098 億元；兩者應為同一數字。',
  )
  assert.equal(
    toReport(document, check, 'en').fails[0]!.sentence,
    'Head 47, provision, 2023-24 (estimate), in the head of the document and in the notes on subheads: printed as $1,809.9 million at line 1, as $1,809,824,000 at line 51, which rounds to $1,809.8 million: they should be the same figure.',
  )
  assert.deepEqual(fails!.values, { stated: '18.099', computed: '18.098', difference: '0.001' })
  assert.deepEqual(fails!.suspects?.[0], {
    cell: 'cover/head/provision/2023-24.estimate',
    printed: '18.099',
    value: '18.098',
    sentence: '總目 47 的撥款，2023-24 年度（預算），第 1 行：刊印 18.099；如為 18.098，所有等式均會相符。',
    lines: { from: 1, to: 1 },
  })
})
