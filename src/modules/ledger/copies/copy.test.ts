import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { pino } from 'pino'
import { start } from '#test'
import { checkLog } from '../fsck/fsck.ts'
import { readFolder } from '../fsck/read.ts'
import { append } from '../log/append.ts'
import { findLog, listLogKeys } from '../log/logs.sql.ts'
import { ensureLog } from '../log/logs.ts'
import { openSequencer } from '../log/sequencer.ts'
import { parseVerifierKey, printVerifierKey } from '../notes/keys.rules.ts'
import { policyOfKey } from '../notes/policy.rules.ts'
import { call } from '../testing/calls.ts'
import { lateFaultOf } from '../testing/faults.ts'
import { aSigner } from '../testing/keys.ts'
import { aLog, entryAt, type Files, keepLog, readOf } from '../testing/logs.ts'
import { tessera } from '../testing/vectors.ts'
import { exportLog, mirror } from './command.ts'
import { copyLog } from './copy.ts'

const signer = aSigner()
const policy = policyOfKey(signer.key)
const folders: string[] = []
after(() => {
  for (const each of folders) rmSync(each, { recursive: true, force: true })
})
function aFolder(): string {
  folders.push(mkdtempSync(join(tmpdir(), 'praya-copy-')))
  return folders.at(-1)!
}

const copy = (files: Files, folder: string) => copyLog(readOf(files), folder, { policy, where: 'here' })
const isWhole = async (folder: string, size: bigint) => {
  const { findings, checkpoint } = await checkLog(readFolder(folder), { policy, where: folder })
  assert.deepEqual(findings, [])
  assert.equal(checkpoint.size, size)
}

test('a copy is the log, tile by tile, however it grew', async () => {
  const folder = aFolder()
  let before = 0n
  for (const size of [0, 1, 3, 255, 256, 257, 300, 512, 800]) {
    const files = aLog(signer, size)
    assert.equal((await copy(files, folder)).before, before)
    await isWhole(folder, BigInt(size))
    for (const [path, bytes] of files) assert.ok(Buffer.from(bytes).equals(readFileSync(join(folder, path))), path)
    before = BigInt(size)
  }
  assert.equal((await copy(aLog(signer, 800), folder)).before, 800n)
})

test('a log of three levels is copied', async () => {
  const folder = aFolder()
  await copy(aLog(signer, 65_536 + 300), folder)
  await isWhole(folder, 65_836n)
})

test('a log whose partial tiles are gone is copied by the full ones', async () => {
  const files = aLog(signer, 300)
  const older = new Map([...files, ['checkpoint', aLog(signer, 200).get('checkpoint')!]])
  const folder = aFolder()
  await copy(older, folder)
  await isWhole(folder, 200n)
})

test('a log that is not what it was, or not what it signs, leaves the copy as it is, and what it signed as evidence', async () => {
  const forked = aLog(signer, 400, (at) => (at === 7 ? Buffer.from('another') : entryAt(at)))
  const wrong = new Map([
    ...aLog(signer, 400),
    ['tile/entries/001.p/144', forked.get('tile/entries/000')!.subarray(0, 0)],
  ])
  const lied = new Map([...aLog(signer, 400), ['checkpoint', forked.get('checkpoint')!]])
  // biome-ignore format: a table
  const cases: [Files, Parameters<typeof lateFaultOf>[0], boolean][] = [
    [aLog(signer, 299),                  'rolled-back',     true],
    [forked,                             'history-differs', true],
    [lied,                               'history-differs', true],
    [wrong,                              'bundle-short',    false],
    [new Map(),                          'no-checkpoint',   false],
    [aLog(aSigner('other.example'), 400), 'note-unsigned',  false],
  ]
  for (const [files, code, evidence] of cases) {
    const folder = aFolder()
    await copy(aLog(signer, 300), folder)
    await lateFaultOf(code, copy(files, folder))
    await isWhole(folder, 300n)
    const kept = await readFolder(folder)('checkpoint.refused', 100_000)
    assert.equal(kept !== undefined, evidence, code)
    // And it goes on with the true one.
    await copy(aLog(signer, 400), folder)
    await isWhole(folder, 400n)
  }
})

test('another root for the same size is told, without anything new to read', async () => {
  const folder = aFolder()
  await copy(aLog(signer, 300), folder)
  await lateFaultOf(
    'history-differs',
    copy(
      aLog(signer, 300, (at) => Buffer.from(`x${at}`)),
      folder,
    ),
  )
})

test('a copy that was damaged is told apart from a log that lies', async () => {
  const folder = aFolder()
  await copy(aLog(signer, 300), folder)
  const path = join(folder, 'tile/1/000.p/1')
  const bytes = readFileSync(path)
  bytes[5]! ^= 1
  writeFileSync(path, bytes)
  await lateFaultOf('copy-damaged', copy(aLog(signer, 400), folder))
})

test('./praya ledger mirror copies a log of others', { skip: tessera.skip }, async () => {
  const folder = aFolder()
  const { code, out, errors } = await call(mirror, [tessera.folder, folder], { key: tessera.vkey })
  assert.deepEqual([code, errors], [0, ''])
  assert.match(out, /example\.com\/log\/testdata with 15 entries, 15 of them new/)
  const whole = policyOfKey(parseVerifierKey(tessera.vkey))
  assert.deepEqual((await checkLog(readFolder(folder), { policy: whole, where: folder })).findings, [])
})

test('./praya ledger mirror ends with 1 where the log lies, and with 2 where it cannot tell', async () => {
  const there = keepLog(aLog(signer, 20), aFolder())
  const folder = aFolder()
  const key = printVerifierKey(signer.key)
  assert.equal((await call(mirror, [there, folder], { key })).code, 0)
  keepLog(aLog(signer, 10), there)
  assert.equal((await call(mirror, [there, folder], { key })).code, 1)
  // biome-ignore format: a table
  const cases: [string[], Record<string, string>][] = [
    [[there, folder],                      {}],
    [[there, folder],                      { key, policy: 'x' }],
    [[there, folder],                      { key: 'no key' }],
    [[there, folder],                      { policy: '/nowhere' }],
    [[there, folder],                      { key, every: '0' }],
    [['/nowhere', folder],                 { key }],
    [['http://127.0.0.1:1/log', aFolder()], { key }],
  ]
  for (const [given, options] of cases) assert.equal((await call(mirror, given, options)).code, 2, given.join(' '))
})

test('a log of this installation is exported, and goes on where it was left', async () => {
  const { sql, installation } = await start()
  // The rules of registers wait for their places, too; here stands only what these tests enter.
  await sql`delete from ledger.pending`
  await ensureLog(installation, 'some-log')
  const folder = aFolder()
  const sequencer = openSequencer(installation, pino({ level: 'silent' }))
  const exported = (name: string) => call(exportLog, [name, folder], {}, 'en', (work) => work(installation))
  for (const count of [200, 200]) {
    await append(
      sql,
      'some-log',
      Array.from({ length: count }, () => randomBytes(20)),
    )
    await sequencer.tick()
    assert.equal((await exported('some-log')).code, 0)
  }
  const [key] = await listLogKeys(sql, (await findLog(sql, 'some-log'))!.id)
  const { findings, checkpoint } = await checkLog(readFolder(folder), {
    policy: policyOfKey(parseVerifierKey(key!.vkey)),
    where: folder,
  })
  assert.deepEqual([findings, checkpoint.size], [[], 400n])
  const { code, errors } = await exported('nowhere')
  assert.equal(code, 2)
  assert.match(errors, /There is no log “nowhere” here\. There are: audit, harbour, harbour-index, some-log\./)
})
