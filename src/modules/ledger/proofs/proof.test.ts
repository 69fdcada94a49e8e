// C2SP tlog-proof: the file that proves, without a network, that an entry is in a log.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Fault } from '../faults.ts'
import { printCheckpoint } from '../notes/checkpoint.rules.ts'
import { encodeUtf8 } from '../notes/encoding.rules.ts'
import { printNote, signText } from '../notes/note.rules.ts'
import { policyOfKey } from '../notes/policy.rules.ts'
import { faultOf } from '../testing/faults.ts'
import { aSigner } from '../testing/keys.ts'
import { makeInclusion } from '../tree/proofs.rules.ts'
import { hashLeaf, rootOfLeaves } from '../tree/tree.rules.ts'
import { type Proof, parseProof, printProof, proofBytesMax, verifyProof } from './proof.rules.ts'

const log = aSigner()
const leaves = Array.from({ length: 11 }, (_, at) => hashLeaf(Buffer.of(at)))
const text = printCheckpoint({ origin: log.key.name, size: 11n, root: rootOfLeaves(leaves), extensions: [] })
const checkpoint = printNote({ text, signatures: [signText(text, log)] })
const proofOf = (index: bigint): Proof => ({ index, hashes: makeInclusion(leaves, index), checkpoint })
const policy = policyOfKey(log.key)
const printed = (proof: Proof) => Buffer.from(printProof(proof)).toString()

test('a proof that was printed and read again vouches for its entry and no other', () => {
  for (let index = 0n; index < 11n; index += 1n) {
    const read = parseProof(printProof({ ...proofOf(index), ...(index === 3n && { extra: Buffer.from('extra') }) }))
    assert.equal(verifyProof(read, leaves[Number(index)]!, policy).checkpoint.size, 11n)
    faultOf('proof-not-included', () => verifyProof(read, leaves[Number((index + 1n) % 11n)]!, policy))
    assert.equal(read.extra && Buffer.from(read.extra).toString(), index === 3n ? 'extra' : undefined)
  }
  const only = rootOfLeaves(leaves.slice(0, 1))
  const alone = printCheckpoint({ origin: log.key.name, size: 1n, root: only, extensions: [] })
  const proof = parseProof(
    printProof({ index: 0n, hashes: [], checkpoint: printNote({ text: alone, signatures: [signText(alone, log)] }) }),
  )
  assert.equal(verifyProof(proof, leaves[0]!, policy).checkpoint.size, 1n)
})

test('a proof is nothing without the signature of the log, and for no other place', () => {
  faultOf('note-unsigned', () => verifyProof(proofOf(2n), leaves[2]!, policyOfKey(aSigner().key)))
  faultOf('proof-not-included', () => verifyProof({ ...proofOf(2n), index: 3n }, leaves[2]!, policy))
  faultOf('proof-index', () => verifyProof({ ...proofOf(2n), index: 11n }, leaves[2]!, policy))
  const forged = Buffer.from(Buffer.from(checkpoint).toString().replace('\n11\n', '\n12\n'))
  faultOf('note-broken', () => verifyProof({ ...proofOf(2n), checkpoint: forged }, leaves[2]!, policy))
})

test('what is no proof is refused, with its line', () => {
  const good = printed(proofOf(5n))
  const hash = good.split('\n')[2]!
  // biome-ignore format: a table
  const cases: [string, number][] = [
    ['',                                                     1],
    [good.replace('@v1', '@v2'),                             1],
    [good.replace('\n', '\r\n'),                             1],
    [`\n${good}`,                                            1],
    [good.replace('\nindex', '\nextra !!\nindex'),           2],
    [good.replace('\nindex', '\nextra YQ\nindex'),           2],
    [good.replace('\nindex', '\nindex 5\nindex'),            3],
    [good.replace('index 5', 'index 05'),                    2],
    [good.replace('index 5', 'index  5'),                    2],
    [good.replace('index 5', 'index -5'),                    2],
    [good.replace('index 5', 'index 18446744073709551616'),  2],
    [good.replace('index 5\n', ''),                          2],
    [good.replace(hash, hash.slice(4)),                      3],
    [good.replace(hash, `${hash} `),                         3],
    [good.replace(hash, `${hash}\n`.repeat(61).trimEnd()),   0],
    [good.replace(hash, `${hash}\n`.repeat(62).trimEnd()),   67],
  ]
  for (const [text, line] of cases)
    if (line === 0) assert.ok(parseProof(encodeUtf8(text)))
    else assert.equal(faultOf('proof-form', () => parseProof(encodeUtf8(text)), text).values.line, line, text)
  faultOf('proof-form', () => parseProof(Buffer.concat([encodeUtf8(good), Buffer.of(0xff)])))
  faultOf('proof-large', () => parseProof(Buffer.alloc(proofBytesMax + 1)))
})

test('whatever octets come as a proof are read or refused', () => {
  const parts = fc.constantFrom('c2sp.org/tlog-proof@v1\n', 'index ', 'extra ', '\n', '\n\n', '7', printed(proofOf(1n)))
  fc.assert(
    fc.property(fc.array(fc.oneof(parts, parts, fc.string()), { maxLength: 10 }), (pieces) => {
      const bytes = encodeUtf8(pieces.join('').toWellFormed())
      try {
        assert.deepEqual(Buffer.from(printProof(parseProof(bytes))), bytes)
      } catch (error) {
        if (!(error instanceof Fault)) throw error
      }
    }),
    { numRuns: 2000 },
  )
})
