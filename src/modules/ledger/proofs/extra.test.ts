// What a proof carries beside what is signed: the entry, and the salt of its commitment.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { encodeUtf8 } from '../notes/encoding.rules.ts'
import { commitmentOf } from './commitment.rules.ts'
import { parseExtra, printExtra, saltBytes } from './extra.rules.ts'

const salt = Buffer.alloc(saltBytes, 7)
const entry = Buffer.from('{"v":1} “entry” \u{1f600}\n')
const read = (text: string) => {
  const extra = parseExtra(encodeUtf8(text))
  return extra && { entry: extra.entry && Buffer.from(extra.entry), salt: extra.salt && Buffer.from(extra.salt) }
}

test('what was written is read again, octet by octet', () => {
  for (const extra of [{ entry, salt }, { entry }, { salt }, {}])
    assert.deepEqual(read(Buffer.from(printExtra(extra)).toString()), { entry: undefined, salt: undefined, ...extra })
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.uint8Array({ minLength: saltBytes, maxLength: saltBytes }),
      (text, salt) => {
        const extra = { entry: encodeUtf8(text), salt: Buffer.from(salt) }
        assert.deepEqual(read(Buffer.from(printExtra(extra)).toString()), extra)
      },
    ),
  )
})

test('an entry that is no text, and a salt of another length, are not written', () => {
  assert.throws(() => printExtra({ entry: Buffer.of(0xff) }), RangeError)
  for (const length of [0, 31, 33, 64]) assert.throws(() => printExtra({ salt: Buffer.alloc(length) }), RangeError)
})

test('a salt that HMAC would take for another one is refused', () => {
  // RFC 2104, §2: shorter keys are padded with zeros, so these two make the same commitment.
  const [long, short] = [Buffer.alloc(saltBytes), Buffer.alloc(saltBytes - 1)]
  assert.equal(commitmentOf(entry, long), commitmentOf(entry, short))
  assert.ok(read(JSON.stringify({ v: 1, salt: long.toString('base64url') })))
  assert.equal(read(JSON.stringify({ v: 1, salt: short.toString('base64url') })), undefined)
})

test('what is none of it is passed over as a whole', () => {
  const good = salt.toString('base64url')
  // biome-ignore format: a list
  const bad = [
    '', 'null', '1', '[]', '"v"', '{}', '{"v":2}', '{"v":"1"}', '{"v":1,"entry":1}', '{"v":1,"entry":null}',
    '{"v":1,"entry":"\\ud800"}', '{"v":1,"salt":1}', '{"v":1,"salt":""}', `{"v":1,"salt":"${good}="}`,
    `{"v":1,"salt":"${good.slice(0, -1)}"}`, `{"v":1,"salt":"${good.slice(0, -1)}d"}`, `{"v":1,"salt":"${good}AAAA"}`,
    `{"v":1,"salt":"${'+'.repeat(43)}"}`, `{"v":1,"entry":"${'a'.repeat(65_536)}"}`,
  ]
  for (const text of bad) assert.equal(read(text), undefined, text.slice(0, 60))
  assert.equal(parseExtra(Buffer.of(0xff)), undefined)
  assert.deepEqual(read(` {"other":true,"salt":"${good}","v":1} `)?.salt, salt)
})
