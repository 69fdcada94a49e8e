// ./praya ledger verify: whether a file is in a log, by a file and what one trusts.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { printCheckpoint } from '../notes/checkpoint.rules.ts'
import { cosign } from '../notes/cosignature.rules.ts'
import { printVerifierKey } from '../notes/keys.rules.ts'
import { printNote, signText } from '../notes/note.rules.ts'
import { call } from '../testing/calls.ts'
import { aSigner } from '../testing/keys.ts'
import { aProof, aSalt, notarised } from '../testing/proofs.ts'
import { makeInclusion } from '../tree/proofs.rules.ts'
import { hashLeaf, rootOfLeaves } from '../tree/tree.rules.ts'
import { verify } from './command.ts'
import { printExtra } from './extra.rules.ts'
import { printProof } from './proof.rules.ts'

const folder = mkdtempSync(join(tmpdir(), 'praya-verify-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

const [log, witness] = [aSigner(), aSigner('witness.example/w1', 'ed25519-cosignature')]
const entries = ['one', 'two', 'three'].map((word) => Buffer.from(word))
const leaves = entries.map(hashLeaf)
const text = printCheckpoint({ origin: log.key.name, size: 3n, root: rootOfLeaves(leaves), extensions: [] })
const signatures = [signText(text, log), cosign(text, witness, 1_679_315_147n)]
const proof = file(
  'two.tlog-proof',
  printProof({ index: 1n, hashes: makeInclusion(leaves, 1n), checkpoint: printNote({ text, signatures }) }),
)
const [two, other] = [file('two', entries[1]!), file('other', 'other')]
const key = printVerifierKey(log.key)
const policyOf = (quorum: string, more = '') =>
  file(`policy-${quorum}`, `log ${key}\nwitness w ${printVerifierKey(witness.key)}\n${more}quorum ${quorum}\n`)
const stranger = printVerifierKey(aSigner('v', 'ed25519-cosignature').key)

test('the verb ends with 0 for an entry, 1 for what is not proved to be one, 2 when nothing can be said', async () => {
  const nowhere = join(folder, 'nowhere')
  // biome-ignore format: a table
  const cases: [proof: string, file: string, options: Record<string, string>, code: number, says: RegExp][] = [
    [proof,   two,     { key },                                           0, /two is entry 1 of example\.com\/log, which had 3 entries then\.\nSigned by: example\.com\/log$/],
    [proof,   two,     { policy: policyOf('none') },                      0, /Cosigned by: witness\.example\/w1 \(2023-03-20T12:25:47Z\)$/],
    [proof,   two,     { policy: policyOf('w') },                         0, /Cosigned by: witness\.example\/w1/],
    [proof,   two,     { policy: policyOf('v', `witness v ${stranger}\n`) }, 1, /Too few witnesses cosigned/],
    [proof,   other,   { key },                                           1, /the file is not entry 1, or the proof was changed/],
    [proof,   two,     { key: printVerifierKey(aSigner().key) },          1, /No given key signed/],
    [other,   two,     { key },                                           1, /Line 1 of the proof/],
    [proof,   two,     {},                                                2, /either --policy POLICY or --key VKEY/],
    [proof,   two,     { key, policy: policyOf('w') },                    2, /either --policy POLICY or --key VKEY/],
    [proof,   two,     { key: 'no-key' },                                 2, /no verifier key/],
    [proof,   two,     { policy: two },                                   2, /Line 1 of the policy begins with “two”/],
    [proof,   two,     { policy: nowhere },                               2, /There is no file .*nowhere/],
    [nowhere, two,     { key },                                           2, /There is no file .*nowhere/],
    [proof,   nowhere, { key },                                           2, /There is no file .*nowhere/],
    [proof,   folder,  { key },                                           2, /cannot be read: it is no file/],
    [folder,  two,     { key },                                           2, /cannot be read: it is no file/],
  ]
  for (const [given, path, options, code, says] of cases) {
    const ended = await call(verify, [given, path], options)
    assert.equal(ended.code, code, ended.out + ended.errors)
    assert.match(code === 0 ? ended.out : ended.errors, says)
    if (code !== 0) assert.equal(ended.out, '')
  }
})

test('a document is proved by the proof of its notarisation, and another one is told apart from a forged proof', async () => {
  const salt = aSalt()
  const octets = Buffer.from('I owe you one lamp.\n')
  const json = Buffer.from('{"lamps":1,"owes":"Ada"}')
  const sha256 = createHash('sha256').update(octets).digest('hex')
  const signers = [log]
  const proofOf = (name: string, entry: Uint8Array, more = {}) => file(name, aProof({ entry, signers, salt, ...more }))
  const entry = notarised(octets, salt)
  const [own, ownJson] = [proofOf('own', entry), proofOf('json', notarised(json, salt))]
  const byHash = proofOf('by-hash', notarised(sha256, salt, { schema: 'urn:praya:sha256-hex' }))
  const [document, entryFile] = [file('document', octets), file('entry', entry)]
  const bare = proofOf('bare', entry, { extra: printExtra({ entry }) })
  const others = proofOf('others', entry, { extra: printExtra({ entry: entries[0]!, salt }) })
  // biome-ignore format: a table
  const cases: [proof: string, file: string, code: number, says: RegExp][] = [
    [own,     document,                                       0, /document is the document that entry 5 of example\.com\/log speaks of\. The log had 11 entries then\.\nSigned by/],
    [own,     entryFile,                                      0, /entry is entry 5 of example\.com\/log/],
    [byHash,  document,                                       0, /is the document that entry 5/],
    [ownJson, file('laid-out', '{ "owes": "Ada", "lamps": 1 }\n'), 0, /is the document that entry 5/],
    [ownJson, file('changed', '{"lamps":2,"owes":"Ada"}'),    1, /neither entry 5 nor the document that it speaks of/],
    [own,     file('large', Buffer.alloc(3_000_000, 'x')),    1, /neither entry 5 nor the document/],
    [own,     file('empty', ''),                              1, /neither entry 5 nor the document/],
    [byHash,  file('digits', sha256),                         1, /neither entry 5 nor the document/],
    [bare,    document,                                       1, /does not carry the salt/],
    [others,  entryFile,                                      0, /is entry 5/],
    [others,  document,                                       1, /is not entry 5, or the proof was changed/],
  ]
  for (const [given, path, code, says] of cases) {
    const ended = await call(verify, [given, path], { key })
    assert.equal(ended.code, code, `${given} ${path}: ${ended.out}${ended.errors}`)
    assert.match(code === 0 ? ended.out : ended.errors, says)
  }
  const large = Buffer.alloc(3_000_000, 'y')
  const ofLarge = proofOf('of-large', notarised(large, salt))
  assert.equal((await call(verify, [ofLarge, file('large-one', large)], { key })).code, 0)
})

test('what it says is there in Chinese', async () => {
  assert.match((await call(verify, [proof, two], { key }, 'zh-Hant')).out, /的條目 1；日誌當時有 3 個條目。/)
  assert.match((await call(verify, [proof, other], { key }, 'zh-Hans')).errors, /收录证明/)
})
