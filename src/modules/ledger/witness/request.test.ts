// The body of add-checkpoint: whatever comes is read in one spelling, or refused with its line.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Fault } from '../faults.ts'
import { encodeUtf8 } from '../notes/encoding.rules.ts'
import { noteBytesMax } from '../notes/note.rules.ts'
import { faultOf } from '../testing/faults.ts'
import { aSigner } from '../testing/keys.ts'
import { emptyRoot, hashBytes } from '../tree/tree.rules.ts'
import { parseRequest, proofLinesMax, requestBytesMax } from './request.rules.ts'
import { bodyOf, leavesOf, signedBy, textOf } from './testing/asking.ts'

const log = aSigner()
const note = signedBy(textOf(log, leavesOf(3)), log)
const hashLine = `${Buffer.from(emptyRoot).toString('base64')}\n`

test('the largest request that the format allows is read whole', () => {
  const text = `${textOf(log, leavesOf(3)).slice(0, -1)}\n`
  const spare = noteBytesMax - signedBy(`${text}x\n`, log).length + 1
  const largest = signedBy(`${text}${'x'.repeat(spare)}\n`, log)
  assert.equal(largest.length, noteBytesMax)
  const body = bodyOf(2n ** 64n - 1n, Array(proofLinesMax).fill(emptyRoot), largest)
  assert.equal(body.length, requestBytesMax)
  const asked = parseRequest(body)
  assert.deepEqual([asked.old, asked.proof.length, asked.bytes.length], [2n ** 64n - 1n, 63, noteBytesMax])
  faultOf('note-large', () => parseRequest(Buffer.concat([body, Buffer.from('\n')])))
})

test('a fault names the line that is wrong', () => {
  // biome-ignore format: a table
  const cases = [
    ['',                                  'witness-line', 1],
    ['new 0\n\n',                         'witness-line', 1],
    ['old 0',                             'witness-line', 2],
    ['old 0\n',                           'witness-line', 2],
    [`old 0\n${hashLine}x\n\n`,           'witness-line', 3],
    [`old 0\n${hashLine}`,                'witness-line', 3],
    [`old 0\n${hashLine.repeat(63)}`,     'witness-hashes', undefined],
    [`old 0\n${hashLine.repeat(64)}\n`,   'witness-hashes', undefined],
    [`old 0\n${hashLine.repeat(5000)}\n`, 'witness-hashes', undefined],
    ['old 0\n\n',                         'note-form', undefined],
  ] as const
  for (const [body, code, line] of cases) {
    const fault = faultOf(code, () => parseRequest(Buffer.from(body)), JSON.stringify(body.slice(0, 60)))
    if (line !== undefined) assert.equal(fault.values.line, line, body)
  }
})

test('whatever octets come are read or refused, and what was read is printed as it came', () => {
  const pieces = fc.constantFrom(
    'old ',
    'old 0\n',
    '0',
    '12',
    '\n',
    '\n\n',
    hashLine,
    '\r',
    '— ',
    Buffer.from(note).toString(),
  )
  const texts = fc
    .array(fc.oneof({ weight: 4, arbitrary: pieces }, { weight: 1, arbitrary: fc.string({ unit: 'binary' }) }), {
      maxLength: 9,
    })
    .map((each) => each.join(''))
  const right = fc
    .tuple(
      fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      fc.array(fc.uint8Array({ minLength: hashBytes, maxLength: hashBytes }), { maxLength: proofLinesMax + 2 }),
    )
    .map(([old, proof]) => bodyOf(old, proof, note))
  let read = 0
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), texts.map(encodeUtf8), right), (bytes) => {
      try {
        const { old, proof, bytes: rest } = parseRequest(bytes)
        assert.ok(bodyOf(old, proof, rest).equals(bytes))
        read += 1
      } catch (error) {
        if (!(error instanceof Fault)) throw error
      }
    }),
    { numRuns: 3000 },
  )
  assert.ok(read > 0, 'none was right, so that nothing was shown')
})

test('one octet that is changed in a request leaves one that is refused, or says what it says', () => {
  const body = bodyOf(7, [emptyRoot, emptyRoot], note)
  fc.assert(
    fc.property(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
      const changed = Buffer.from(body)
      changed[at]! ^= by
      try {
        const { old, proof, bytes } = parseRequest(changed)
        assert.ok(bodyOf(old, proof, bytes).equals(changed))
      } catch (error) {
        if (!(error instanceof Fault)) throw error
      }
    }),
    { numRuns: 3000 },
  )
})
