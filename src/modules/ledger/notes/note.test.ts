// C2SP signed-note, tlog-checkpoint and tlog-cosignature: what is read, what is refused, and that others can check ours.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { Fault } from '../faults.ts'
import { faultOf } from '../testing/faults.ts'
import { aSigner, missingLattice } from '../testing/keys.ts'
import { tessera } from '../testing/vectors.ts'
import { emptyRoot, rootOfLeaves } from '../tree/tree.rules.ts'
import { parseCheckpoint, printCheckpoint } from './checkpoint.rules.ts'
import { cosign, messageOfSubtree } from './cosignature.rules.ts'
import { encodeUtf8, uint64 } from './encoding.rules.ts'
import { type KeyKind, kinds, makeVerifierKey, parseVerifierKey, printVerifierKey, signBytes } from './keys.rules.ts'
import { noteBytesMax, parseNote, printNote, signaturesMax, signText } from './note.rules.ts'
import { openCheckpoint, openNote } from './open.rules.ts'

// C2SP signed-note and golang.org/x/mod: a key and a signature that were made elsewhere.
const example = {
  vkey: 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
  note: 'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n',
}
const text = printCheckpoint({ origin: 'example.com/log', size: 7n, root: emptyRoot, extensions: [] })
const log = aSigner()
const noLattice = missingLattice()

test('a note that was signed elsewhere opens, and the key is printed as it was read', () => {
  const key = parseVerifierKey(example.vkey)
  assert.equal(printVerifierKey(key), example.vkey)
  assert.equal(openNote(encodeUtf8(example.note), [key]).text, 'This is an example message.\n')
  assert.equal(Buffer.from(printNote(parseNote(encodeUtf8(example.note)))).toString(), example.note)
})

test('the key of a note is refused unless it is spelled as it was published', () => {
  const [name, id, key] = example.vkey.split(/\+(?=530d903a|Aeky)/) as [string, string, string]
  // biome-ignore format: a table
  const cases = [
    ['',                                     'vkey-form'],
    [`${name}+${id}`,                        'vkey-form'],
    [`${name}+${id}+${key}\n`,               'vkey-form'],
    [`${name}+${id}+${key.slice(0, -1)}`,    'vkey-form'],
    [`${name}+${id}+${key}=`,                'vkey-form'],
    [`a b+${id}+${key}`,                     'vkey-form'],
    [`+${id}+${key}`,                        'vkey-form'],
    [`${name}+530d903b+${key}`,              'vkey-id'],
    [`example.com/bar+${id}+${key}`,         'vkey-id'],
    [`${name}+${id}+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k`, 'vkey-type'],
    [`${name}+${id}+AekyeRrm`,               'key-length'],
  ] as const
  for (const [vkey, code] of cases) faultOf(code, () => parseVerifierKey(vkey), vkey)
  faultOf('vkey-form', () => parseVerifierKey(printVerifierKey(aSigner('a'.repeat(4096)).key)))
})

test('what is no note is refused before anything in it is believed', () => {
  const key = parseVerifierKey(example.vkey)
  const line = example.note.split('\n')[2]!
  const [, encoded = ''] = line.split('foo ')
  // biome-ignore format: a table
  const cases = [
    ['',                                                    'note-form'],
    ['\n',                                                  'note-form'],
    ['text\n\n',                                            'note-form'],
    ['text\n',                                              'note-form'],
    [`text\n${line}\n`,                                     'note-form'],
    [`text\n\n${line}`,                                     'note-form'],
    [`text\n\n${line}\nmore\n`,                             'note-line'],
    [`text\n\n-${line.slice(1)}\n`,                         'note-line'],
    [`text\n\n— example.com/foo  ${encoded}\n`,             'note-line'],
    [`text\n\n— example.com/foo ${encoded} \n`,             'note-line'],
    [`text\n\n— example.com/foo ${encoded.slice(0, -1)}\n`, 'note-line'],
    ['text\n\n— example.com/foo AAAA\n',                    'note-line'],
    ['text\n\n— example.com/foo AAAAAA==\n',                'note-line'],
    [`text\n\n— a+b ${encoded}\n`,                          'note-line'],
    [`text\n\n— a\u00a0b ${encoded}\n`,                     'note-line'],
    [`te\rxt\n\n${line}\n`,                                 'note-controls'],
    [`te\0xt\n\n${line}\n`,                                 'note-controls'],
    [`te\txt\n\n${line}\n`,                                 'note-controls'],
    [`text\n\n${line}\n\n`,                                 'note-form'],
  ] as const
  for (const [note, code] of cases) faultOf(code, () => openNote(encodeUtf8(note), [key]), JSON.stringify(note))
  for (const odd of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x80]])
    faultOf('note-utf8', () => parseNote(Buffer.concat([Buffer.from(odd), encodeUtf8(example.note)])))
  faultOf('note-large', () => parseNote(Buffer.alloc(noteBytesMax + 1, 'a')))
  faultOf('note-signatures', () => parseNote(encodeUtf8(`text\n\n${`${line}\n`.repeat(signaturesMax + 1)}`)))
  assert.ok(signaturesMax >= 16)
})

test('lines by unknown keys are passed over, one by a known key that fails refuses the note', () => {
  const [other, namesake] = [aSigner('example.com/other'), aSigner()]
  const [ours, theirs] = [signText(text, log), signText(text, other)]
  const broken = { ...ours, signature: Buffer.from(ours.signature).fill(0, 3, 4) }
  const open = (...signatures: (typeof ours)[]) => openNote(printNote({ text, signatures }), [log.key])
  assert.deepEqual(open(theirs, ours, signText(text, namesake)).signed, [{ key: log.key }])
  assert.equal(open(ours, ours).signed.length, 1, 'twice is once')
  faultOf('note-unsigned', () => open(theirs))
  faultOf('note-unsigned', () => open({ ...ours, name: 'example.com/other' }))
  faultOf('note-broken', () => open(ours, { ...ours, signature: Buffer.alloc(64) }))
  faultOf('note-broken', () => open(ours, ours, ours, { ...ours, signature: broken.signature }))
  faultOf('note-broken', () => open({ ...ours, signature: broken.signature.subarray(1) }))
  faultOf('note-broken', () => openNote(printNote({ text: `${text}more\n`, signatures: [ours] }), [log.key]))
  faultOf('note-unsigned', () => openNote(printNote({ text, signatures: [ours] }), []))
  faultOf('note-ambiguous', () =>
    openNote(printNote({ text, signatures: [ours] }), [log.key, { ...log.key, publicKey: Buffer.alloc(32) }]),
  )
  assert.equal(openNote(printNote({ text, signatures: [ours] }), [log.key, { ...log.key }]).signed.length, 1)
})

test('a mark of byte order is part of the text', () => {
  const marked = `\ufeff${text}`
  assert.equal(openNote(printNote({ text: marked, signatures: [signText(marked, log)] }), [log.key]).text, marked)
  faultOf('note-broken', () => openNote(printNote({ text: marked, signatures: [signText(text, log)] }), [log.key]))
})

test('the text goes up to the last empty line', () => {
  const odd = 'one\n\n— nobody AAAAAAAA\n\nthree\n'
  assert.equal(openNote(printNote({ text: odd, signatures: [signText(odd, log)] }), [log.key]).text, odd)
})

test('whatever octets come as a note, a checkpoint or a key are read or refused, never more', () => {
  const pieces = fc.constantFrom(
    '\n',
    '\n\n',
    '— ',
    'example.com/foo',
    ' ',
    'AAAAAAAA',
    '12',
    '\u2028',
    '+',
    '=',
    example.note,
  )
  const texts = fc
    .array(fc.oneof(pieces, fc.string({ unit: 'binary' })), { maxLength: 12 })
    .map((each) => each.join(''))
  const octets = fc.oneof(fc.uint8Array({ maxLength: 200 }), texts.map(encodeUtf8))
  fc.assert(
    fc.property(octets, texts, (bytes, string) => {
      const readings = [
        () => assert.deepEqual(Buffer.from(printNote(parseNote(bytes))), Buffer.from(bytes)),
        () => assert.equal(printCheckpoint(parseCheckpoint(string)), string),
        () => parseVerifierKey(string),
      ]
      for (const reading of readings)
        try {
          reading()
        } catch (error) {
          if (!(error instanceof Fault)) throw error
        }
    }),
    { numRuns: 2000 },
  )
})

test('one changed bit anywhere in a signed note leaves nothing that opens to another text', () => {
  const note = Buffer.from(printNote({ text, signatures: [signText(text, log)] }))
  for (let bit = 0; bit < note.length * 8; bit += 1) {
    const changed = Buffer.from(note)
    changed[bit >> 3]! ^= 1 << (bit & 7)
    try {
      assert.equal(openNote(changed, [log.key]).text, text, `bit ${bit}`)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
    }
  }
})

test('a checkpoint is read in one spelling', () => {
  const root = Buffer.from(emptyRoot).toString('base64')
  // biome-ignore format: a table
  const cases = [
    ['',                             'checkpoint-form'],
    ['\n',                           'checkpoint-form'],
    [`o\n1\n${root}`,                'checkpoint-form'],
    [`\n1\n${root}\n`,               'checkpoint-form'],
    ['o\n1\n',                       'checkpoint-root'],
    [`o\n1\n${root}\n\n`,            'checkpoint-form'],
    [`o\n1\n${root}\n\nmore\n`,      'checkpoint-form'],
    [`o\n1\n${root}\n${'x\n'.repeat(65)}`, 'checkpoint-form'],
    [`o\n\n${root}\n`,               'checkpoint-size'],
    [`o\n01\n${root}\n`,             'checkpoint-size'],
    [`o\n-1\n${root}\n`,             'checkpoint-size'],
    [`o\n+1\n${root}\n`,             'checkpoint-size'],
    [`o\n1e3\n${root}\n`,            'checkpoint-size'],
    [`o\n 1\n${root}\n`,             'checkpoint-size'],
    [`o\n٣\n${root}\n`,              'checkpoint-size'],
    [`o\n18446744073709551616\n${root}\n`, 'checkpoint-size'],
    [`o\n1\n${root.slice(0, -1)}\n`, 'checkpoint-root'],
    [`o\n1\n${root.slice(4)}\n`,     'checkpoint-root'],
    [`o\n1\n${root.replace('U=', 'V=')}\n`, 'checkpoint-root'],
    [`o\r\n1\n${root}\n`,            'checkpoint-form'],
  ] as const
  for (const [odd, code] of cases) faultOf(code, () => parseCheckpoint(odd), JSON.stringify(odd))
  const largest = `o\n18446744073709551615\n${root}\nextension\n`
  assert.equal(parseCheckpoint(largest).size, 2n ** 64n - 1n)
  assert.equal(printCheckpoint(parseCheckpoint(largest)), largest)
  assert.throws(() => printCheckpoint({ origin: 'o\n9', size: 1n, root: emptyRoot, extensions: [] }))
})

test('every checkpoint of Tessera’s log opens by its key, and by no other', { skip: tessera.skip }, () => {
  const key = parseVerifierKey(tessera.vkey)
  for (let size = 0; size <= 15; size += 1) {
    const bytes = readFileSync(join(tessera.folder, `checkpoint.${size}`))
    const { checkpoint } = openCheckpoint(bytes, [key])
    assert.deepEqual([checkpoint.origin, checkpoint.size], ['example.com/log/testdata', BigInt(size)])
    if (size === 0) assert.deepEqual(Buffer.from(checkpoint.root), Buffer.from(rootOfLeaves([])))
    faultOf('note-unsigned', () => openCheckpoint(bytes, [log.key]))
    const forged = makeVerifierKey(key.name, 'ed25519', log.key.publicKey)
    faultOf('note-broken', () => openCheckpoint(bytes, [{ ...forged, id: key.id }]))
  }
})

for (const kind of ['ed25519-cosignature', 'ml-dsa-44-cosignature'] as const satisfies KeyKind[])
  test(`a cosignature (${kind}) tells who saw the checkpoint and when`, {
    skip: kind.startsWith('ml') && noLattice,
  }, () => {
    const witness = aSigner('witness.example/w1', kind)
    assert.deepEqual(parseVerifierKey(printVerifierKey(witness.key)).publicKey, witness.key.publicKey)
    const line = cosign(text, witness, 1_679_315_147n)
    assert.equal(line.signature.length, 8 + kinds[kind].signatureBytes)
    const note = printNote({ text, signatures: [signText(text, log), line] })
    assert.deepEqual(openCheckpoint(note, [log.key, witness.key]).signed, [
      { key: log.key },
      { key: witness.key, time: 1_679_315_147n },
    ])
    const another = printCheckpoint({ origin: 'example.com/log', size: 8n, root: emptyRoot, extensions: [] })
    const later = Buffer.from(line.signature).fill(1, 7, 8)
    const beyond = Buffer.from(line.signature).fill(0xff, 0, 1)
    for (const odd of [later, beyond, line.signature.subarray(0, 8), line.signature.subarray(0, -1), Buffer.alloc(3)])
      faultOf('note-broken', () =>
        openNote(printNote({ text, signatures: [{ ...line, signature: odd }] }), [witness.key]),
      )
    faultOf('note-broken', () => openNote(printNote({ text: another, signatures: [line] }), [witness.key]))
    faultOf('checkpoint-size', () => cosign('no checkpoint\n', witness, 0n))
    assert.throws(() => cosign(text, witness, 2n ** 63n), RangeError)
    assert.throws(() => signText(text, witness))
  })

test('a time that has more than 63 bits is none, though its cosigner signed it', () => {
  const witness = aSigner('witness.example/w1', 'ed25519-cosignature')
  const lineAt = (time: bigint) => {
    const signature = signBytes(witness, encodeUtf8(`cosignature/v1\ntime ${time}\n${text}`))
    return { name: witness.key.name, id: witness.key.id, signature: Buffer.concat([uint64(time), signature]) }
  }
  const open = (time: bigint) => openNote(printNote({ text, signatures: [lineAt(time)] }), [witness.key]).signed
  assert.equal(open(2n ** 63n - 1n)[0]!.time, 2n ** 63n - 1n)
  faultOf('note-broken', () => open(2n ** 63n))
})

test('extension lines are cosigned by Ed25519, and not by ML-DSA-44, which is why they are discouraged', {
  skip: noLattice,
}, () => {
  const extended = `${text}extension\n`
  for (const [kind, covers] of [
    ['ed25519-cosignature', true],
    ['ml-dsa-44-cosignature', false],
  ] as const) {
    const witness = aSigner('witness.example/w1', kind)
    const moved = printNote({ text: extended, signatures: [cosign(text, witness, 5n)] })
    if (covers) faultOf('note-broken', () => openNote(moved, [witness.key]))
    else assert.equal(openNote(moved, [witness.key]).signed.length, 1)
  }
})

test('what ML-DSA-44 signs is the structure of tlog-cosignature, octet by octet', () => {
  const message = messageOfSubtree('w', 258n, { origin: 'lo', start: 0n, end: 3n, hash: emptyRoot })
  const expected = [
    Buffer.from('subtree/v1\n\0').toString('hex'),
    '0177',
    '0000000000000102',
    '026c6f',
    '0000000000000000',
    '0000000000000003',
    Buffer.from(emptyRoot).toString('hex'),
  ]
  assert.equal(Buffer.from(message).toString('hex'), expected.join(''))
  const late = { origin: 'lo', start: 2n, end: 3n, hash: emptyRoot }
  assert.throws(() => messageOfSubtree('w', 1n, late), RangeError)
  assert.ok(messageOfSubtree('w', 0n, late))
  faultOf('cosignature-name', () => messageOfSubtree('w'.repeat(256), 0n, late))
})

const folder = mkdtempSync(join(tmpdir(), 'praya-note-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const hasOpenssl = spawnSync('openssl', ['version']).status === 0

test('openssl takes our Ed25519 signatures and cosignatures, and refuses them over anything else', {
  skip: !hasOpenssl && 'openssl is not there',
}, () => {
  const witness = aSigner('witness.example/w1', 'ed25519-cosignature')
  const judge = (key: typeof log.key, message: string, signature: Uint8Array) => {
    const spki = Buffer.concat([Buffer.from(kinds.ed25519.spki, 'hex'), key.publicKey])
    writeFileSync(join(folder, 'key.der'), spki)
    writeFileSync(join(folder, 'message'), message)
    writeFileSync(join(folder, 'signature'), signature)
    const given = ['-verify', '-pubin', '-inkey', 'key.der', '-keyform', 'DER', '-rawin', '-in', 'message']
    return spawnSync('openssl', ['pkeyutl', ...given, '-sigfile', 'signature'], { cwd: folder }).status === 0
  }
  const { signature } = signText(text, log)
  assert.ok(judge(log.key, text, signature))
  assert.ok(!judge(log.key, text.replace('7', '8'), signature))
  const cosignature = cosign(text, witness, 12n).signature.subarray(8)
  assert.ok(judge(witness.key, `cosignature/v1\ntime 12\n${text}`, cosignature))
  assert.ok(!judge(witness.key, `cosignature/v1\ntime 13\n${text}`, cosignature))
})
