import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { Value } from 'typebox/value'
import { say } from '#platform'
import { chinese, english } from '../testing/texts.ts'
import { EstimatesDocument } from '../types.ts'
import { type FindingCode, findings } from './findings.ts'
import { refusals } from './refusals.ts'
import { importText } from './text.ts'

const sources = [chinese(), english()].map((text) => Buffer.from(text))
/** Imports and checks what holds for every file: a valid answer, with a sentence for all that it reports. */
function survives(bytes: Uint8Array) {
  const result = importText(bytes, 'any.txt', 4)
  if ('refusal' in result) {
    for (const language of ['en', 'zh-Hant'] as const)
      say(refusals[result.refusal.code], language, result.refusal.values)
    return
  }
  const { document } = result
  if (!Value.Check(EstimatesDocument, document))
    assert.fail(JSON.stringify([...Value.Errors(EstimatesDocument, document)][0]))
  for (const { code, values } of document.findings)
    for (const language of ['en', 'zh-Hant'] as const) say(findings[code as FindingCode], language, values)
  assert.equal(new Set(document.cells.map(({ id }) => id)).size, document.cells.length)
}

describe('any file', () => {
  const source = fc.constantFrom(...sources)

  test('of random bytes is answered', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 5000 }), survives), { numRuns: 150 })
  })

  test('that is a document cut anywhere is answered', () => {
    fc.assert(
      fc.property(source, fc.nat({ max: 20_000 }), (bytes, length) => survives(bytes.subarray(0, length))),
      { numRuns: 40 },
    )
  })

  test('that is a document with wrong bytes is answered', () => {
    const wrong = fc.array(fc.tuple(fc.nat({ max: 15_000 }), fc.nat({ max: 255 })), { maxLength: 12 })
    const spoil = (bytes: Buffer, faults: [number, number][]) => {
      const spoilt = Buffer.from(bytes)
      for (const [at, byte] of faults) spoilt[at % spoilt.length] = byte
      return spoilt
    }
    fc.assert(
      fc.property(source, wrong, (bytes, faults) => survives(spoil(bytes, faults))),
      { numRuns: 40 },
    )
  })

  test('that is a document with lines lost, repeated and moved is answered', () => {
    const move = fc.tuple(
      fc.nat({ max: 300 }),
      fc.nat({ max: 300 }),
      fc.constantFrom('lose', 'repeat', 'swap', 'untab'),
    )
    const shuffle = (bytes: Buffer, moves: [number, number, string][]) => {
      const lines = bytes.toString().split('\n')
      for (const [from, to, act] of moves) {
        const [one, other] = [from % lines.length, to % lines.length]
        if (act === 'lose') lines.splice(one, 1)
        else if (act === 'repeat') lines.splice(other, 0, lines[one]!)
        else if (act === 'untab') lines[one] = lines[one]!.replace('\t', ' ')
        else [lines[one], lines[other]] = [lines[other]!, lines[one]!]
      }
      return Buffer.from(lines.join('\n'))
    }
    fc.assert(
      fc.property(source, fc.array(move, { maxLength: 25 }), (bytes, moves) => survives(shuffle(bytes, moves))),
      { numRuns: 60 },
    )
  })

  for (const unit of [
    '.',
    '(',
    ')',
    '#',
    '*',
    '1',
    '1,000,',
    ' ',
    '—',
    '1\t',
    '項',
    '2022-23 ',
    '綱領(1)',
    '億元',
    '<b>',
    '\\$',
    '１',
    '(或較',
    '¶#',
    '較二零二四至二五年度的修訂預算增加 ',
  ]) {
    test(`of ${JSON.stringify(unit)} over and over is answered`, () => {
      const cover = chinese().split('\n').slice(0, 33).join('\n')
      const line = unit.repeat(Math.ceil((unit.includes('\t') ? 60 : 3000) / unit.length))
      for (const before of ['', '按分目列出的開支詳情\n\n', '財政撥款(百萬元)\t1\t2\t3\t4\n名稱\t']) {
        survives(Buffer.from(`${cover}\n${before}${`${line}\n`.repeat(120)}`))
      }
    })
  }
})
