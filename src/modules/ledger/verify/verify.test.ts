// What a proof shows of a document: as the server says it, and as the same rules say it in a browser.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { cosign } from '../notes/cosignature.rules.ts'
import { holds, kinds, makeVerifierKey, parseVerifierKey, printVerifierKey, type Signer } from '../notes/keys.rules.ts'
import { signText } from '../notes/note.rules.ts'
import { openCheckpoint } from '../notes/open.rules.ts'
import { canonicalOf } from '../proofs/commitment.rules.ts'
import { printExtra } from '../proofs/extra.rules.ts'
import { aSigner, missingLattice } from '../testing/keys.ts'
import { aProof, aSalt, notarised } from '../testing/proofs.ts'
import { tessera, vectors } from '../testing/vectors.ts'
import { isIncluded } from '../tree/proofs.rules.ts'
import { bundle } from './bundle.ts'
import type { Verdict } from './types.ts'
import { type Given, verifyFiles } from './verify.rules.ts'

type Rules = typeof import('./browser/rules.ts')
/** The bundle that a page runs, with what it rests on in a browser: no Node.js is in it. */
const inBrowser = (await import(
  `data:text/javascript;base64,${Buffer.from(await bundle('rules')).toString('base64')}`
)) as Rules

const log = aSigner('log.example/one')
const witness = aSigner('witness.example', 'ed25519-cosignature')
const stranger = aSigner('log.example/other')
const lattice = missingLattice() ? undefined : aSigner('log.example/one', 'ml-dsa-44-cosignature')
const vkey = ({ key }: Signer) => printVerifierKey(key)
const policyOf = (...lines: string[]) => Buffer.from(`${[...lines, ''].join('\n')}`)
const trusting = policyOf(`log ${vkey(log)}`, ...(lattice ? [`log ${vkey(lattice)}`] : []), 'quorum none')
const asking = policyOf(`log ${vkey(log)}`, `witness w ${vkey(witness)}`, 'quorum w')

/** What both say of the same files: one answer, as they are to agree to the letter. */
function verdictOf(given: Given, policy: Uint8Array = trusting): Verdict {
  const verdict = verifyFiles(given, policy)
  assert.deepEqual(inBrowser.verifyFiles(given, policy), verdict)
  return verdict
}

const salt = aSalt()
const document = Buffer.from('I owe you one lamp.\n')
const entry = notarised(document, salt)
const signers = [log, ...(lattice ? [lattice] : [])]
const proof = aProof({ entry, signers, salt })

const json = Buffer.from('{ "name": "Lamp",\n  "price": 12.50, "tags": ["b", "a"] }\n')
const ofJson = aProof({ entry: notarised('{"name":"Lamp","price":12.5,"tags":["b","a"]}', salt), signers, salt })
const hashOf = createHash('sha256').update(document).digest('hex')
const ofHash = aProof({ entry: notarised(hashOf, salt, { schema: 'urn:praya:sha256-hex' }), signers, salt })
const changed = (bytes: Uint8Array, from: string, to: string) =>
  Buffer.from(Buffer.from(bytes).toString().replace(from, to))
const otherForm = Buffer.from('{"commitment":["x"],"kind":{},"org":"a","time":"b","v":1}')

test('each kind of files has its own answer, and the browser gives the same', () => {
  const noSalt = aProof({ entry, signers })
  const alone = aProof({ entry, signers, extra: null })
  // biome-ignore format: a table
  const cases: [string, Given, Uint8Array, Verdict['outcome'], fault?: string][] = [
    ['document and proof',            { proof, document },                                  trusting, 'document'],
    ['in each other’s places',        { proof: document, document: proof },                 trusting, 'document'],
    ['JSON laid out anew',            { proof: ofJson, document: json },                    trusting, 'document'],
    ['JSON with another number',      { proof: ofJson, document: changed(json, '50', '51') }, trusting, 'other-document'],
    ['a document of which the hash was entered', { proof: ofHash, document },               trusting, 'document'],
    ['that hash itself',              { proof: ofHash, document: Buffer.from(hashOf) },     trusting, 'other-document'],
    ['another than that of the hash', { proof: ofHash, document: changed(document, 'one', 'two') }, trusting, 'other-document'],
    ['a hash that was entered as content', { proof: aProof({ entry: notarised(hashOf, salt), signers, salt }), document }, trusting, 'other-document'],
    ['a changed document',            { proof, document: changed(document, 'one', 'two') }, trusting, 'other-document'],
    ['an empty line more',            { proof, document: Buffer.concat([document, Buffer.from('\n')]) }, trusting, 'other-document'],
    ['another salt',                  { proof: aProof({ entry, signers, salt: aSalt() }), document }, trusting, 'other-document'],
    ['no salt',                       { proof: noSalt, document },                          trusting, 'salt-missing'],
    ['the entry itself',              { proof: alone, document: entry },                    trusting, 'entry'],
    ['the entry, carried too',        { proof, document: entry },                           trusting, 'entry'],
    ['no document',                   { proof },                                            trusting, 'alone'],
    ['nothing but hashes',            { proof: alone },                                     trusting, 'file-missing'],
    ['an entry that is no envelope',  { proof: aProof({ entry: otherForm, signers }), document }, trusting, 'other-document'],
    ['no proof',                      { document },                                         trusting, 'proof-missing'],
    ['a picture in the place of it',  { proof: Buffer.of(137, 80, 78, 71, 0, 1) },          trusting, 'proof-missing'],
    ['two documents',                 { proof: document, document },                        trusting, 'not-a-proof'],
    ['of another file',               { proof: alone, document },                           trusting, 'not-included', 'proof-not-included'],
    ['an entry that was exchanged',   { proof: aProof({ entry, signers, extra: printExtra({ entry: notarised(document, salt, { org: 'dpo' }), salt }) }), document }, trusting, 'not-included', 'proof-not-included'],
    ['another place',                 { proof: changed(proof, 'index 5', 'index 6'), document }, trusting, 'not-included', 'proof-not-included'],
    ['a place that is none',          { proof: changed(proof, 'index 5', 'index 11'), document }, trusting, 'not-included', 'proof-index'],
    ['a size that was changed',       { proof: changed(proof, '\n11\n', '\n12\n'), document }, trusting, 'signature-broken', 'note-broken'],
    ['another log',                   { proof: aProof({ entry, signers: [stranger], salt }), document }, trusting, 'log-unknown', 'note-unsigned'],
    ['another log by a known key',    { proof: aProof({ entry, signers: [stranger, log], salt }), document }, trusting, 'log-unknown', 'policy-other-log'],
    ['cut off',                       { proof: proof.subarray(0, 60), document },           trusting, 'proof-damaged', 'proof-form'],
    ['its checkpoint cut off',        { proof: proof.subarray(0, -40), document },          trusting, 'proof-damaged'],
    ['no witness',                    { proof, document },                                  asking,   'witnesses-few', 'policy-few'],
    ['a witness',                     { proof: aProof({ entry, signers: [log, witness], salt }), document }, asking, 'document'],
    ['a policy that is none',         { proof, document },                                  policyOf('trust me'), 'policy-wrong', 'policy-word'],
    ['a policy without end',          { proof, document },                                  policyOf(`log ${vkey(log)}`), 'policy-wrong', 'policy-no-quorum'],
    ['an extra of others',            { proof: aProof({ entry, signers, extra: Buffer.from('hello') }), document: entry }, trusting, 'entry'],
  ]
  for (const [name, given, policy, outcome, fault] of cases) {
    const verdict = verdictOf(given, policy)
    assert.equal(verdict.outcome, outcome, name)
    if (fault) assert.equal(verdict.fault?.code, fault, name)
    const isProved = ['document', 'entry', 'alone', 'other-document', 'salt-missing'].includes(outcome)
    assert.equal(verdict.log !== undefined, isProved, `${name}: a log is named only where it vouches`)
  }
})

test('an answer says who signed, when at the latest, and whose signatures do not count', () => {
  const both = aProof({
    entry,
    signers: [log, witness, aSigner('witness.elsewhere', 'ed25519-cosignature')],
    salt,
    time: 1_700_000_000n,
  })
  const { log: of, signers, unknown, said } = verdictOf({ proof: both, document }, asking)
  assert.deepEqual(of, { origin: 'log.example/one', size: '11', index: '5' })
  assert.deepEqual(signers, {
    logs: [{ name: 'log.example/one', kind: 'ed25519' }],
    witnesses: [{ name: 'witness.example', kind: 'ed25519-cosignature', time: '1700000000' }],
  })
  assert.equal(unknown, 1)
  assert.deepEqual(said, { organisation: 'tide-station', kind: 'document-notarised', time: '2026-11-27T07:00:00Z' })
  assert.equal(verdictOf({ proof: ofJson, document: json }).rewritten, true)
  assert.equal(verdictOf({ proof, document }).rewritten, undefined)
})

test('whatever octet of a proof is changed, it proves nothing of another document, and no more of this one', () => {
  const plain = aProof({ entry, signers: [log], salt })
  const honest = verdictOf({ proof: plain, document })
  const other = Buffer.from('I owe you two lamps.\n')
  for (let at = 0; at < plain.length; at += 1) {
    const bad = Uint8Array.from(plain)
    bad[at]! ^= 1
    assert.notEqual(verifyFiles({ proof: bad, document: other }, trusting).outcome, 'document', `octet ${at}`)
    const verdict = verifyFiles({ proof: bad, document }, trusting)
    // Only what nobody signs may differ: and that is no part of what is said.
    if (verdict.outcome === 'document') assert.deepEqual(verdict, honest, `octet ${at}`)
    if (at % 9 === 0)
      assert.deepEqual(inBrowser.verifyFiles({ proof: bad, document }, trusting), verdict, `octet ${at}`)
  }
})

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

test('JSON is one with what was let stand only where no two programs could read it differently', () => {
  // biome-ignore format: a table
  const cases: [string, string | undefined][] = [
    ['{"b":1,"a":2}',                   '{"a":2,"b":1}'],
    ['[1.0, 1e2, 0.1, -0]',             '[1,100,0.1,0]'],
    [' "a\\u00e9/\\/" ',                '"aé//"'],
    ['{"\\ud83d\\ude00":1,"\\ufb33":2}', '{"\u{1f600}":1,"\ufb33":2}'],
    ['{"__proto__":1,"a":{"1":2,"0":3}}', '{"__proto__":1,"a":{"0":3,"1":2}}'],
    ['{"a":1,"a":1}',                   undefined],
    ['{"a":1,"\\u0061":2}',             undefined],
    ['{"a":{"b":1},"c":{"b":2}}',       '{"a":{"b":1},"c":{"b":2}}'],
    ['["a:","a:"]',                     '["a:","a:"]'],
    ['9007199254740992',                undefined],
    ['9007199254740991',                '9007199254740991'],
    ['0.1234567890123456789',           undefined],
    ['1e999',                           undefined],
    ['"\\ud800"',                       undefined],
    ['{"a":1,}',                        undefined],
    ['',                                undefined],
    ['['.repeat(100_000),               undefined],
    [nested(100),                       nested(100)],
    [nested(101),                       undefined],
    [`[${'1, '.repeat(24_000)}1]`,      `[${'1,'.repeat(24_000)}1]`],
    [`[${'1, '.repeat(25_000)}1]`,      undefined],
    ['{"a":1} {"a":2}',                 undefined],
    ['{"a" : {"b" :\n1}, "b":"\\":"}',  '{"a":{"b":1},"b":"\\":"}'],
    [`"${'\\"'.repeat(400_000)}`,       undefined],
  ]
  for (const [text, canonical] of cases) {
    const made = canonicalOf(Buffer.from(text))
    assert.equal(made && Buffer.from(made).toString(), canonical, text.slice(0, 40))
    const theirs = inBrowser.canonicalOf(Buffer.from(text))
    assert.equal(theirs && Buffer.from(theirs).toString(), canonical, text.slice(0, 40))
  }
})

const merkle = vectors('merkle/testdata')
test('98 proofs of inclusion are judged in a browser as here', { skip: merkle.skip }, () => {
  const files = globSync('inclusion/**/*.json', { cwd: merkle.folder })
  assert.equal(files.length, 98)
  type Vector = {
    leafIdx: number
    treeSize: number
    root: string
    leafHash: string
    proof: string[] | null
    wantErr: boolean
  }
  const bytes = (encoded: string | null) => Buffer.from(encoded ?? '', 'base64')
  for (const file of files) {
    const vector = JSON.parse(readFileSync(resolve(merkle.folder, file), 'utf8')) as Vector
    const place = [BigInt(vector.leafIdx), BigInt(vector.treeSize)] as const
    const given = [bytes(vector.leafHash), (vector.proof ?? []).map(bytes), bytes(vector.root)] as const
    assert.equal(inBrowser.isIncluded(...place, ...given), !vector.wantErr, file)
    assert.equal(isIncluded(...place, ...given), !vector.wantErr, file)
  }
})

test('Tessera’s checkpoints open in a browser by their key, and by no other', { skip: tessera.skip }, () => {
  for (const size of [1, 7, 15]) {
    const bytes = readFileSync(join(tessera.folder, `checkpoint.${size}`))
    const { checkpoint } = inBrowser.openCheckpoint(bytes, [inBrowser.parseVerifierKey(tessera.vkey)])
    const own = openCheckpoint(bytes, [parseVerifierKey(tessera.vkey)]).checkpoint
    assert.deepEqual({ ...checkpoint, root: Buffer.from(checkpoint.root) }, { ...own, root: Buffer.from(own.root) })
    assert.equal(checkpoint.size, BigInt(size))
    assert.throws(() => inBrowser.openCheckpoint(bytes, [stranger.key]), { code: 'note-unsigned' })
  }
})

const wycheproof = vectors('wycheproof/testvectors_v1')
test('Ed25519 is judged in a browser as Wycheproof says and as Node.js does', { skip: wycheproof.skip }, () => {
  type Group = { publicKey: { pk: string }; tests: { tcId: number; msg: string; sig: string; result: string }[] }
  const { testGroups } = JSON.parse(readFileSync(join(wycheproof.folder, 'ed25519_test.json'), 'utf8')) as {
    testGroups: Group[]
  }
  let judged = 0
  for (const { publicKey, tests } of testGroups)
    for (const { tcId, msg, sig, result } of tests) {
      const key = makeVerifierKey('wycheproof', 'ed25519', Buffer.from(publicKey.pk, 'hex'))
      const [message, signature] = [Buffer.from(msg, 'hex'), Buffer.from(sig, 'hex')]
      assert.equal(inBrowser.holds(key, message, signature), result === 'valid', `${tcId}`)
      assert.equal(holds(key, message, signature), result === 'valid', `${tcId}`)
      judged += 1
    }
  assert.ok(judged >= 100, `${judged}`)
})

test('a signature that Node.js makes holds in a browser, and one that was changed does not', () => {
  const text = 'log.example/one\n11\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n'
  for (const signer of [log, witness, ...(lattice ? [lattice] : [])]) {
    const { signature } = signer.key.kind === 'ed25519' ? signText(text, signer) : cosign(text, signer, 7n)
    const message = signer.key.kind === 'ed25519' ? Buffer.from(text) : undefined
    if (message) assert.equal(inBrowser.holds(signer.key, message, signature), true)
    const changed = Uint8Array.from(signature)
    changed[12]! ^= 1
    if (message) assert.equal(inBrowser.holds(signer.key, message, changed), false)
    assert.equal(inBrowser.holds(signer.key, Buffer.from('other'), signature), false)
    assert.equal(
      inBrowser.holds(signer.key, Buffer.from('other'), Buffer.alloc(kinds[signer.key.kind].signatureBytes)),
      false,
    )
    assert.equal(inBrowser.holds(signer.key, Buffer.from('other'), Buffer.of(1)), false)
  }
})
