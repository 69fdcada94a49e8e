// ./praya ledger fsck: a whole log is whole, and each kind of damage is found where it is.
import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { say } from '#platform'
import type { FaultCode } from '../faults.ts'
import { parseVerifierKey, printVerifierKey } from '../notes/keys.rules.ts'
import { openByPolicy, policyOfKey } from '../notes/policy.rules.ts'
import { call } from '../testing/calls.ts'
import { lateFaultOf } from '../testing/faults.ts'
import { aSigner } from '../testing/keys.ts'
import { aLog, type Files, keepLog, readOf } from '../testing/logs.ts'
import { tessera } from '../testing/vectors.ts'
import { packBundle, unpackBundle } from '../tree/tiles.rules.ts'
import { fsck } from './command.ts'
import { checkLog, findingsMax } from './fsck.ts'
import { readFolder } from './read.ts'

const folder = mkdtempSync(join(tmpdir(), 'praya-fsck-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const signer = aSigner()
const policy = policyOfKey(signer.key)
const vkey = printVerifierKey(signer.key)
const size = 65_800
const good = aLog(signer, size)
const checkpointOf = (files: Files) => openByPolicy(files.get('checkpoint')!, policy).checkpoint
const check = (files: Files, more: { since?: ReturnType<typeof checkpointOf> } = {}) =>
  checkLog(readOf(files), { policy, where: 'a log', ...more })

test('Tessera’s log is whole, at each of its sizes', { skip: tessera.skip }, async () => {
  const theirs = policyOfKey(parseVerifierKey(tessera.vkey))
  const read = readFolder(tessera.folder)
  for (let at = 0; at <= 15; at += 1) {
    const report = await checkLog((path, max) => read(path === 'checkpoint' ? `checkpoint.${at}` : path, max), {
      policy: theirs,
      where: tessera.folder,
    })
    assert.deepEqual([report.checkpoint.size, report.findings, report.isWhole], [BigInt(at), [], true])
  }
})

test('each octet of Tessera’s log counts: one that is changed is found', { skip: tessera.skip }, async () => {
  const theirs = policyOfKey(parseVerifierKey(tessera.vkey))
  const read = readFolder(tessera.folder)
  for (const changed of ['tile/0/000.p/15', 'tile/entries/000.p/15']) {
    const bytes = readFileSync(join(tessera.folder, changed))
    for (let at = 0; at < bytes.length; at += 1) {
      const damaged = Buffer.from(bytes)
      damaged[at]! ^= 1
      const report = await checkLog(async (path, max) => (path === changed ? damaged : read(path, max)), {
        policy: theirs,
        where: tessera.folder,
      })
      assert.ok(report.findings.length > 0, `${changed} at ${at}`)
    }
  }
})

test('a log of three levels is whole, with progress up to its end', async () => {
  let done = 0n
  const report = await checkLog(readOf(good), { policy, where: 'a log', onProgress: (entries) => (done = entries) })
  assert.deepEqual([report.findings, report.isWhole, done], [[], true, BigInt(size)])
  for (const small of [0, 1, 255, 256, 257, 512])
    assert.deepEqual((await check(aLog(signer, small))).findings, [], `${small}`)
})

test('a smaller checkpoint is checked by the full tiles where its partial ones are gone', async () => {
  const files = new Map(good)
  for (const path of files.keys()) if (path.includes('.p/')) files.delete(path)
  files.set('checkpoint', aLog(signer, 300).get('checkpoint')!)
  assert.deepEqual((await check(files)).findings, [])
})

const flip = (files: Files, path: string, at: number) => {
  const bytes = Buffer.from(files.get(path)!)
  bytes[at]! ^= 1
  files.set(path, bytes)
}
const cut = (files: Files, path: string, bytes: number) => void files.set(path, files.get(path)!.subarray(0, bytes))
const append = (files: Files, path: string) => void files.set(path, Buffer.concat([files.get(path)!, Buffer.of(0)]))

// biome-ignore format: a table
const damages: [what: string, damage: (files: Files) => void, found: [FaultCode, string][]][] = [
  ['a changed entry', (files) => flip(files, 'tile/entries/200', 5),
    [['entry-differs', 'Entry 51200 in tile/entries/200']]],
  ['a changed entry at the end', (files) => flip(files, 'tile/entries/257.p/8', 5),
    [['entry-differs', 'Entry 65792 in tile/entries/257.p/8']]],
  ['two entries that changed places', (files) => {
    const entries = unpackBundle(files.get('tile/entries/003')!, { level: 'entries', index: 3n, width: 256 })
    files.set('tile/entries/003', packBundle([entries[1]!, entries[0]!, ...entries.slice(2)]))
  }, [['entry-differs', 'Entry 768 in tile/entries/003 is not what its hash in tile/0/003 says. In this bundle 2 entries differ.']]],
  ['a changed hash', (files) => flip(files, 'tile/0/007', 64),
    [['entry-differs', 'Entry 1794 in tile/entries/007'], ['tile-differs', 'Hash 8 in tile/1/000 is not that of the tile below it, tile/0/007']]],
  ['a changed hash of a partial tile', (files) => flip(files, 'tile/0/257.p/8', 0),
    [['entry-differs', 'Entry 65792'], ['root-differs', '65800']]],
  ['a changed hash on the middle level', (files) => flip(files, 'tile/1/000', 33),
    [['tile-differs', 'Hash 2 in tile/1/000'], ['tile-differs', 'Hash 1 in tile/2/000.p/1']]],
  ['a changed hash on the highest level', (files) => flip(files, 'tile/2/000.p/1', 1),
    [['tile-differs', 'Hash 1 in tile/2/000.p/1'], ['root-differs', '65800']]],
  ['a missing bundle', (files) => files.delete('tile/entries/009'), [['read-missing', 'tile/entries/009 ']]],
  ['a missing tile', (files) => files.delete('tile/0/009'), [['read-missing', 'tile/0/009 ']]],
  ['a tile and its bundle missing', (files) => { files.delete('tile/0/009'); files.delete('tile/entries/009') },
    [['read-missing', 'tile/entries/009 '], ['read-missing', 'tile/0/009 ']]],
  ['a missing tile above', (files) => files.delete('tile/1/001.p/1'), [['read-missing', 'tile/1/001.p/1 ']]],
  ['a truncated bundle', (files) => cut(files, 'tile/entries/001', 100),
    [['bundle-short', 'tile/entries/001 ends in the middle']]],
  ['an empty bundle', (files) => cut(files, 'tile/entries/001', 0), [['bundle-short', '0 of its 256 entries']]],
  ['a bundle that goes on', (files) => append(files, 'tile/entries/001'), [['bundle-long', 'tile/entries/001 goes on']]],
  ['a truncated tile', (files) => cut(files, 'tile/0/001', 8160), [['tile-length', 'tile/0/001 has 8160 bytes instead of 8192']]],
  ['a tile that goes on', (files) => append(files, 'tile/0/257.p/8'), [['tile-length', 'tile/0/257.p/8 has 257 bytes instead of 256']]],
  ['an entry that was changed with its hashes, all the way up', (files) => {
    for (const [path, bytes] of aLog(signer, size, (at) => Buffer.from(at === 9 ? 'other' : `entry ${at}`)))
      if (path !== 'checkpoint') files.set(path, bytes)
  }, [['root-differs', '65800']]],
]

for (const [what, damage, found] of damages)
  test(`${what} is found where it is`, async () => {
    const files = new Map(good)
    damage(files)
    const { findings, isWhole } = await check(files)
    const sentences = findings.map(({ text, values }) => say(text, 'en', values))
    assert.deepEqual(
      [findings.map(({ code }) => code), isWhole],
      [found.map(([kind]) => kind), true],
      sentences.join('\n'),
    )
    for (const [at, [, part]] of found.entries()) assert.ok(sentences[at]!.includes(part), sentences[at])
  })

test('what is wrong all over is not read to its end', async () => {
  const files = new Map(good)
  for (const path of files.keys()) if (path.startsWith('tile/entries/')) flip(files, path, 4)
  const asked: string[] = []
  const read = readOf(files)
  const counted: typeof read = (path, max) => {
    asked.push(path)
    return read(path, max)
  }
  const report = await checkLog(counted, { policy, where: 'a log' })
  assert.deepEqual([report.findings.length, report.isWhole], [findingsMax, false])
  assert.ok(asked.length < 100, `${asked.length} reads`)
})

test('nothing is read by a checkpoint that its log did not sign', async () => {
  const read = readOf(good)
  const only = (change: (note: string) => string) => async (path: string, max: number) => {
    assert.equal(path, 'checkpoint')
    return Buffer.from(change(Buffer.from((await read(path, max))!).toString()))
  }
  const ask = { policy, where: 'a log' }
  await lateFaultOf(
    'note-broken',
    checkLog(
      only((note) => note.replace('65800', '65799')),
      ask,
    ),
  )
  await lateFaultOf(
    'note-unsigned',
    checkLog(
      only((note) => note),
      { ...ask, policy: policyOfKey(aSigner().key) },
    ),
  )
  await lateFaultOf(
    'no-checkpoint',
    checkLog(async () => undefined, ask),
  )
})

test('a log that lost entries, or changed them, since a checkpoint of before is told apart from one that grew', async () => {
  const [before, now] = [aLog(signer, 700), aLog(signer, 1000)]
  const other = aLog(signer, 1000, (at) => Buffer.from(at === 650 ? 'other' : `entry ${at}`))
  // biome-ignore format: a table
  const cases: [Files, Files, FaultCode[]][] = [
    [now,    before, []],
    [now,    now,    []],
    [before, now,    ['rolled-back']],
    [other,  before, ['history-differs']],
    [other,  now,    ['history-differs']],
    [now,    aLog(signer, 0), []],
    [new Map(now).set('tile/0/002', Buffer.alloc(8192)), before, ['entry-differs', 'tile-differs', 'history-unknown']],
  ]
  for (const [files, earlier, found] of cases) {
    const { findings } = await check(files, { since: checkpointOf(earlier) })
    assert.deepEqual(
      findings.map(({ code }) => code),
      found,
    )
  }
})

test('the verb ends with 0 for a whole log, 1 for a wrong one, 2 when nothing can be said', async () => {
  const whole = keepLog(aLog(signer, 300), join(folder, 'whole'))
  const wrong = join(folder, 'wrong')
  cpSync(whole, wrong, { recursive: true })
  writeFileSync(join(wrong, 'tile/entries/000'), 'no bundle')
  const odd = join(folder, 'odd')
  mkdirSync(join(odd, 'checkpoint'), { recursive: true })
  const since = join(folder, 'since')
  writeFileSync(since, aLog(signer, 200).get('checkpoint')!)
  const later = join(folder, 'later')
  writeFileSync(later, aLog(signer, 301).get('checkpoint')!)
  // biome-ignore format: a table
  const cases: [where: string, options: Record<string, string>, code: number, says: RegExp][] = [
    [whole,                  { key: vkey },                             0, /^example\.com\/log: the log is whole\. Each of its 300 entries/],
    [whole,                  { key: vkey, since },                      0, /begins with the 200 entries that it had before/],
    [whole,                  { key: vkey, since: later },               1, /has 300 entries, and had 301/],
    [wrong,                  { key: vkey },                             1, /the log of 300 entries is wrong\. Found: 1\.\n {2}tile\/entries\/000/],
    [whole,                  { key: printVerifierKey(aSigner().key) },  1, /No given key signed this note/],
    [whole,                  {},                                        2, /--key VKEY/],
    [whole,                  { key: 'no-key' },                         2, /no verifier key/],
    [whole,                  { key: vkey, since: join(folder, 'no') },  2, /There is no file/],
    [join(folder, 'no'),     { key: vkey },                             2, /There is no log at .*no: it has no checkpoint/],
    [odd,                    { key: vkey },                             2, /checkpoint cannot be read: it is no file/],
    [whole,                  { key: vkey, since: join(wrong, 'tile/entries/000') }, 2, /000: This is no signed note/],
    ['http://[',             { key: vkey },                             2, /http:\/\/\[ is no address/],
  ]
  for (const [where, options, code, says] of cases) {
    const ended = await call(fsck, [where], options)
    assert.equal(ended.code, code, ended.out + ended.errors)
    assert.match(code === 2 ? ended.errors : ended.out || ended.errors, says)
    if (code === 2) assert.equal(ended.out, '')
  }
})

test('Tessera’s log is whole by the verb, and not once a tile is gone', { skip: tessera.skip }, async () => {
  const copy = join(folder, 'tessera')
  cpSync(tessera.folder, copy, { recursive: true })
  assert.equal((await call(fsck, [copy], { key: tessera.vkey })).code, 0)
  renameSync(join(copy, 'tile/0/000.p/15'), join(copy, 'tile/0/000.p/16'))
  const { code, out } = await call(fsck, [copy], { key: tessera.vkey })
  assert.equal(code, 1)
  assert.match(out, /tile\/0\/000\.p\/15 is missing/)
})

test('nothing that a log says commands the terminal', async () => {
  const hostile = aSigner('example.com/\u202elog')
  const where = keepLog(aLog(hostile, 1), join(folder, 'hostile'))
  const { code, out } = await call(fsck, [where], { key: printVerifierKey(hostile.key) })
  assert.equal(code, 0)
  assert.ok(!out.includes('\u202e') && out.includes('\ufffd'))
})
