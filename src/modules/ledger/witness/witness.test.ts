// C2SP tlog-witness, add-checkpoint: what is cosigned, and with which status everything else is refused.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { start } from '#test'
import { encodeUtf8 } from '../notes/encoding.rules.ts'
import { kinds, parseVerifierKey, type Signer } from '../notes/keys.rules.ts'
import { parseNote, printNote } from '../notes/note.rules.ts'
import { openCheckpoint } from '../notes/open.rules.ts'
import { aSigner, missingLattice } from '../testing/keys.ts'
import { aLog } from '../testing/logs.ts'
import { tessera } from '../testing/vectors.ts'
import { makeConsistency } from '../tree/proofs.rules.ts'
import { consistencyByTiles, tileOf, tilePath } from '../tree/tiles.rules.ts'
import { emptyRoot, rootOfLeaves } from '../tree/tree.rules.ts'
import { bodyOf, forkAt, growth, idOf, leavesOf, send, signedBy, textOf, watch } from './testing/asking.ts'
import { evidenceAbout, keptOf } from './testing/kept.sql.ts'
import { addKey } from './witness.sql.ts'

let now = new Date('2026-11-27T08:00:00.900Z')
const { app, sql } = await start({ now: () => now })
const second = 1_795_766_400n
const keys = ((await app.inject('/ledger/witness.json')).json() as { keys: { vkey: string }[] }).keys.map(({ vkey }) =>
  parseVerifierKey(vkey),
)
let made = 0
/** A log that is watched and has cosigned its first `size` entries, and no other test’s. */
async function watched(size?: number, ...more: Signer[]): Promise<Signer> {
  made += 1
  const log = aSigner(`example.com/log-${made}`)
  await watch(sql, log, ...more)
  if (size !== undefined) assert.equal((await send(app, growth(log, 0, leavesOf(size)))).statusCode, 200)
  return log
}
const noLattice = missingLattice()

test('a log that grows is cosigned each time by both keys, and anybody can check it', async () => {
  const log = await watched()
  let old = 0
  for (const size of [1, 2, 5, 256, 256, 300, 70_000]) {
    const leaves = leavesOf(size)
    const text = textOf(log, leaves)
    const answer = await send(app, growth(log, old, leaves))
    assert.equal(answer.statusCode, 200, answer.body)
    assert.equal(answer.headers['content-type'], 'text/plain; charset=utf-8')
    const { signed, checkpoint } = openCheckpoint(encodeUtf8(`${text}\n${answer.body}`), keys)
    assert.deepEqual(
      signed.map(({ key, time }) => [key.kind, time]),
      [['ed25519-cosignature', second], ...(noLattice ? [] : [['ml-dsa-44-cosignature', second]])],
    )
    assert.equal(checkpoint.size, BigInt(size))
    const published = await app.inject(`/ledger/witness/${idOf(log.key.name)}/checkpoint`)
    assert.equal(published.statusCode, 200)
    assert.equal(published.headers['cache-control'], 'no-store')
    assert.equal(openCheckpoint(published.rawPayload, [log.key, ...keys]).signed.length, keys.length + 1)
    old = size
  }
})

test('a log that serves tiles is followed by proofs that are made of its tiles', async () => {
  const log = await watched()
  const tilesIn = (files: ReturnType<typeof aLog>) => async (tile: Parameters<typeof tilePath>[0]) =>
    tileOf(files.get(tilePath(tile))!, tile)
  let old = 0
  for (const size of [3, 257, 513, 66_000]) {
    const files = aLog(log, size)
    const proof = await consistencyByTiles(BigInt(old), BigInt(size), tilesIn(files))
    const answer = await send(app, bodyOf(old, proof, files.get('checkpoint')!))
    assert.equal(answer.statusCode, 200, answer.body)
    old = size
  }
  assert.equal((await keptOf(sql, log.key.name))?.size, '66000')
})

test('Tessera’s log, which was not made here, is cosigned from each of its checkpoints to the next', {
  skip: tessera.skip,
}, async () => {
  const key = parseVerifierKey(tessera.vkey)
  await addKey(sql, { origin: key.name, id: idOf(key.name), vkey: tessera.vkey })
  const read = (path: string) => readFileSync(join(tessera.folder, path))
  for (let size = 0; size <= 15; size += 1) {
    const old = Math.max(0, size - 1)
    // Its tiles are partial ones of 15 leaves.
    const proof = await consistencyByTiles(BigInt(old), BigInt(size), async (tile) =>
      tileOf(read('tile/0/000.p/15').subarray(0, tile.width * 32), tile),
    )
    const answer = await send(app, bodyOf(old, proof, read(`checkpoint.${size}`)))
    assert.equal(answer.statusCode, 200, `${size}: ${answer.body}`)
  }
  assert.equal((await send(app, bodyOf(15, [], read('checkpoint.14')))).statusCode, 400)
})

test('openssl takes the Ed25519 cosignature of an answer, and at no other second', {
  skip: spawnSync('openssl', ['version']).status !== 0 && 'openssl is not there',
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'praya-witness-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  const log = await watched()
  const leaves = leavesOf(9)
  const answer = await send(app, growth(log, 0, leaves))
  const key = keys.find(({ kind }) => kind === 'ed25519-cosignature')!
  const [line] = parseNote(encodeUtf8(`${textOf(log, leaves)}\n${answer.body}`)).signatures.filter(({ id }) =>
    Buffer.from(id).equals(key.id),
  )
  const judge = (time: bigint) => {
    writeFileSync(join(folder, 'key.der'), Buffer.concat([Buffer.from(kinds.ed25519.spki, 'hex'), key.publicKey]))
    writeFileSync(join(folder, 'message'), `cosignature/v1\ntime ${time}\n${textOf(log, leaves)}`)
    writeFileSync(join(folder, 'signature'), line!.signature.subarray(8))
    const given = ['-verify', '-pubin', '-inkey', 'key.der', '-keyform', 'DER', '-rawin', '-in', 'message']
    return spawnSync('openssl', ['pkeyutl', ...given, '-sigfile', 'signature'], { cwd: folder }).status === 0
  }
  assert.ok(judge(second))
  assert.ok(!judge(second + 1n))
})

test('every request has the status that the protocol gives it, and what is refused changes nothing', async () => {
  const log = await watched(4)
  const stranger = aSigner(log.key.name)
  const nobody = aSigner('example.com/nobody')
  const [four, seven] = [leavesOf(4), leavesOf(7)]
  const fork = leavesOf(4, forkAt(2))
  const grown = leavesOf(7, forkAt(2))
  const proof = makeConsistency(seven, 4n)
  const note = signedBy(textOf(log, seven), log)
  const { text: said, signatures: lines } = parseNote(note)
  const signature = Buffer.from(lines[0]!.signature)
  signature[40]! ^= 1
  const broken = printNote({ text: said, signatures: [{ ...lines[0]!, signature }] })
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString()
  // biome-ignore format: a table
  const cases: [what: string, body: Uint8Array, status: number, code: string][] = [
    ['an origin that nobody watches',      growth(nobody, 0, four),                                   404, 'log-not-watched'],
    ['an origin of another spelling',      bodyOf(0, [], signedBy(textOf(log, four, { origin: `${log.key.name}/` }), log)), 404, 'log-not-watched'],
    ['no signature by a known key',        bodyOf(4, proof, signedBy(textOf(log, seven), stranger)),  403, 'witness-unsigned'],
    ['a known key over another text',      bodyOf(4, proof, encodeUtf8(text(note).replace('\n7\n', '\n8\n'))), 403, 'witness-unsigned'],
    ['a signature that was changed',       bodyOf(4, proof, broken),                                  403, 'witness-unsigned'],
    ['no key, and old beyond',             bodyOf(9, [], signedBy(textOf(log, seven), stranger)),     403, 'witness-unsigned'],
    ['old beyond the checkpoint',          bodyOf(8, [], note),                                       400, 'witness-old-beyond'],
    ['old beyond, and what was cosigned',  bodyOf(4, [], signedBy(textOf(log, leavesOf(3)), log)),    400, 'witness-old-beyond'],
    ['another old',                        bodyOf(5, makeConsistency(seven, 5n), note),               409, 'size'],
    ['old 0 once something was cosigned',  bodyOf(0, [], note),                                       409, 'size'],
    ['an old of before',                   bodyOf(2, makeConsistency(leavesOf(3), 2n), signedBy(textOf(log, leavesOf(3)), log)), 409, 'size'],
    ['one size, another root',             bodyOf(4, [], signedBy(textOf(log, fork), log)),           422, 'witness-not-grown'],
    ['one size, another root, old 0',      bodyOf(0, [], signedBy(textOf(log, leavesOf(4, forkAt(1))), log)), 409, 'size'],
    ['one size, a proof',                  bodyOf(4, proof, signedBy(textOf(log, four), log)),        422, 'witness-not-grown'],
    ['no proof',                           bodyOf(4, [], note),                                       422, 'witness-not-grown'],
    ['a proof too long',                   bodyOf(4, [...proof, emptyRoot], note),                    422, 'witness-not-grown'],
    ['a proof too short',                  bodyOf(4, proof.slice(1), note),                           422, 'witness-not-grown'],
    ['a proof of another size',            bodyOf(4, makeConsistency(seven, 3n), note),               422, 'witness-not-grown'],
    ['a history that forked before',       bodyOf(4, makeConsistency(grown, 4n), signedBy(textOf(log, grown), log)), 422, 'witness-not-grown'],
    ['a larger size with one’s root',      bodyOf(4, proof, signedBy(textOf(log, seven, { root: rootOfLeaves(four) }), log)), 422, 'witness-not-grown'],
    ['63 hashes',                          bodyOf(4, Array(63).fill(emptyRoot), note),                422, 'witness-not-grown'],
    ['64 hashes',                          bodyOf(4, Array(64).fill(emptyRoot), note),                400, 'witness-request-unreadable'],
  ]
  const before = await keptOf(sql, log.key.name)
  for (const [what, body, status, code] of cases) {
    const answer = await send(app, body)
    assert.equal(answer.statusCode, status, `${what}: ${answer.body}`)
    if (code === 'size') {
      assert.equal(answer.headers['content-type'], 'text/x.tlog.size', what)
      assert.equal(answer.body, '4\n', what)
    } else assert.equal(answer.json().type, `/problems/ledger.${code}`, what)
    assert.deepEqual(await keptOf(sql, log.key.name), before, what)
  }
  assert.equal((await send(app, bodyOf(4, proof, note))).statusCode, 200)
})

test('a log of which nothing was cosigned begins with any tree, without a proof, and an empty one has the root of one', async () => {
  const log = await watched()
  const origin = log.key.name
  assert.equal((await app.inject(`/ledger/witness/${idOf(origin)}/checkpoint`)).statusCode, 404)
  const wrongRoot = signedBy(textOf(log, [], { root: rootOfLeaves(leavesOf(1)) }), log)
  for (const [body, status] of [
    [bodyOf(0, [], wrongRoot), 422],
    [bodyOf(0, [emptyRoot], signedBy(textOf(log, leavesOf(3)), log)), 422],
    [growth(log, 2, leavesOf(3)), 409],
    [growth(log, 0, []), 200],
    [bodyOf(0, [], wrongRoot), 422],
    [bodyOf(0, [emptyRoot], signedBy(textOf(log, leavesOf(3)), log)), 422],
    [growth(log, 0, leavesOf(3)), 200],
  ] as const)
    assert.equal((await send(app, body)).statusCode, status)
})

test('a size of 64 bits is kept as it is, and cosigned', async () => {
  const log = await watched()
  const text = `${log.key.name}\n18446744073709551615\n${Buffer.from(emptyRoot).toString('base64')}\n`
  assert.equal((await send(app, bodyOf(0, [], signedBy(text, log)))).statusCode, 200)
  assert.equal((await send(app, bodyOf(2n ** 64n - 1n, [], signedBy(text, log)))).statusCode, 200)
  const stale = await send(app, bodyOf(2n ** 64n - 2n, [], signedBy(text, log)))
  assert.deepEqual([stale.statusCode, stale.body], [409, '18446744073709551615\n'])
})

test('what cannot be read is refused before anything in it is looked for', async () => {
  const log = await watched()
  const right = growth(log, 0, leavesOf(3)).toString()
  const cases: (string | Uint8Array)[] = [
    '',
    '\n',
    'old 0',
    'old 0\n',
    'old 0\n\n',
    right.replace('old 0', 'old 00'),
    right.replace('old 0', 'old  0'),
    right.replace('old 0', 'old -0'),
    right.replace('old 0', 'old +0'),
    right.replace('old 0', 'old 0 '),
    right.replace('old 0', 'Old 0'),
    right.replace('old 0', 'old\t0'),
    right.replace('old 0', 'old 18446744073709551616'),
    right.replace('old 0', 'old ٠'),
    right.replaceAll('\n', '\r\n'),
    right.replace('old 0\n', 'old 0\r\n'),
    right.replace('old 0\n\n', 'old 0\n'),
    right.replace('old 0\n\n', 'old 0\n\n\n'),
    right.replace('old 0\n', 'old 0\n=\n'),
    right.replace('old 0\n', `old 0\n${Buffer.alloc(31).toString('base64')}\n`),
    right.replace('old 0\n', `old 0\n${Buffer.alloc(32).toString('base64').slice(0, -1)}\n`),
    right.replace('old 0\n', `old 0\n ${Buffer.alloc(32).toString('base64')}\n`),
    right.replace('old 0\n', `old 0\n${Buffer.alloc(32, 255).toString('base64url')}\n`),
    `\ufeff${right}`,
    right.slice(0, -1),
    `${right}\n`,
    right.replace('\n3\n', '\n03\n'),
    right.replace('\n3\n', '\n3\n\0\n'),
    Buffer.concat([Buffer.from(right.slice(0, -1)), Buffer.of(0xff, 0x0a)]),
    Buffer.from(right.replace('example', 'ex\ud800mple'), 'utf16le'),
  ]
  for (const each of cases) {
    const answer = await send(app, Buffer.from(each))
    assert.equal(answer.statusCode, 400, JSON.stringify(Buffer.from(each).toString('latin1')))
    assert.equal(answer.json().type, '/problems/ledger.witness-request-unreadable')
  }
  assert.equal((await keptOf(sql, log.key.name))?.note, null)
})

test('any type of content is read, none too, and what is larger than the largest note with its proof is not', async () => {
  const log = await watched()
  for (const type of ['text/plain', 'application/octet-stream', 'application/json', 'multipart/form-data', 'x/y', '']) {
    const headers: Record<string, string> = type === '' ? {} : { 'content-type': type }
    const answer = await app.inject({
      method: 'POST',
      url: '/ledger/witness/add-checkpoint',
      payload: growth(log, 0, leavesOf(0)),
      headers: { 'sec-fetch-site': 'cross-site', ...headers },
    })
    assert.equal(answer.statusCode, 200, `${type}: ${answer.body}`)
  }
  const head = 'old 18446744073709551615\n'.length + 63 * 45 + 1
  const atMost = Buffer.alloc(head + 1_048_576, 'a')
  assert.equal((await send(app, atMost)).statusCode, 400)
  assert.equal((await send(app, Buffer.concat([atMost, Buffer.of(97)]))).statusCode, 413)
  const other = await app.inject({
    method: 'POST',
    url: '/signing/ocsp',
    payload: '{',
    headers: { 'content-type': 'x/y' },
  })
  assert.equal(other.statusCode, 415, 'no other address reads any content')
})

test('a log with two keys is cosigned when one of them signed, and lines by anybody else are left out', {
  skip: noLattice,
}, async () => {
  const lattice = aSigner(`example.com/log-${made + 1}`, 'ml-dsa-44-cosignature')
  const log = await watched(undefined, lattice)
  const stranger = aSigner('example.com/stranger')
  let old = 0
  for (const signers of [[log], [lattice], [log, lattice], [stranger, log, log, lattice]]) {
    const leaves = leavesOf(old + 1)
    const body = bodyOf(old, makeConsistency(leaves, BigInt(old)), signedBy(textOf(log, leaves), ...signers))
    assert.equal((await send(app, body)).statusCode, 200)
    const { note } = (await keptOf(sql, log.key.name))!
    const names = parseNote(note!).signatures.map(({ name }) => name)
    assert.equal(names.length, new Set(signers.filter((each) => each !== stranger)).size + keys.length)
    assert.ok(!names.includes(stranger.key.name))
    old += 1
  }
})

test('extension lines are cosigned with the rest of the text', async () => {
  const log = await watched()
  const text = textOf(log, leavesOf(2), { extensions: ['of no meaning here'] })
  const answer = await send(app, bodyOf(0, [], signedBy(text, log)))
  assert.equal(openCheckpoint(encodeUtf8(`${text}\n${answer.body}`), keys).checkpoint.extensions.length, 1)
})

test('a log that was not watched for a while goes on from what was cosigned of it', async () => {
  const log = await watched(5)
  await sql`update ledger.watched_log set removed_at = now() where origin = ${log.key.name}`
  assert.equal((await send(app, growth(log, 5, leavesOf(6)))).statusCode, 404)
  await watch(sql, log)
  assert.equal((await send(app, growth(log, 0, leavesOf(3)))).body, '5\n')
  assert.equal((await send(app, growth(log, 5, leavesOf(6)))).statusCode, 200)
})

test('the time in a cosignature never goes back, though the clock does', async () => {
  const log = await watched(1)
  const timeOf = async (body: Uint8Array) => {
    const answer = await send(app, body)
    assert.equal(answer.statusCode, 200, answer.body)
    const { note } = (await keptOf(sql, log.key.name))!
    return openCheckpoint(note!, keys).signed[0]!.time
  }
  const right = now
  now = new Date('2020-01-01T00:00:00Z')
  assert.equal(await timeOf(growth(log, 1, leavesOf(2))), second)
  assert.equal(await timeOf(growth(log, 2, leavesOf(2))), second)
  now = new Date(right.getTime() + 1000)
  assert.equal(await timeOf(growth(log, 2, leavesOf(2))), second + 1n)
  now = right
})

test('not even the program can keep less, something else, or an earlier time than before', async () => {
  const { key } = await watched(5)
  const origin = key.name
  const refused = { code: '23514' }
  await assert.rejects(sql`update ledger.watched_log set size = 4 where origin = ${origin}`, refused)
  await assert.rejects(sql`update ledger.watched_log set root = ${emptyRoot} where origin = ${origin}`, refused)
  await assert.rejects(
    sql`update ledger.watched_log set cosigned_at = cosigned_at - interval '1 second' where origin = ${origin}`,
    refused,
  )
  await assert.rejects(
    sql`update ledger.watched_log set note = null, cosigned_at = null where origin = ${origin}`,
    refused,
  )
  await assert.rejects(sql`delete from ledger.watched_log where origin = ${origin}`, { code: '42501' })
  await assert.rejects(sql`update ledger.witness_key set sealed_key = ''`, { code: '42501' })
  await assert.rejects(sql`update ledger.evidence set kind = 'rollback'`, { code: '42501' })
  await assert.rejects(sql`delete from ledger.evidence`, { code: '42501' })
  assert.equal((await evidenceAbout(sql, origin)).length, 0)
})
