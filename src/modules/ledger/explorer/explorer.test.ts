// What anybody can look at in a log, and what they take away to check it elsewhere.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { brotliDecompressSync } from 'node:zlib'
import { pino } from 'pino'
import { start } from '#test'
import { append } from '../log/append.ts'
import { openSequencer } from '../log/sequencer.ts'
import { printVerifierKey } from '../notes/keys.rules.ts'
import { parseNote, printNote, signText } from '../notes/note.rules.ts'
import { verify } from '../proofs/command.ts'
import { parseExtra } from '../proofs/extra.rules.ts'
import { parseProof } from '../proofs/proof.rules.ts'
import { call } from '../testing/calls.ts'
import { aSigner } from '../testing/keys.ts'
import { aForm, aProof, aSalt, notarised } from '../testing/proofs.ts'
import { hashLeaf } from '../tree/tree.rules.ts'
import { isLattice } from './key-lines.tsx'
import type { EntryData, LogData, LogsData } from './types.ts'

const { app, sql, installation, database } = await start()
const { tick } = openSequencer(installation, pino({ level: 'silent' }))
const folder = await mkdtemp(join(tmpdir(), 'praya-explorer-'))
after(() => rm(folder, { recursive: true, force: true }))

// The rules of registers wait for their places, too; here stands only what these tests enter.
await sql`delete from ledger.pending`

const at = '/ledger/logs/harbour'
const get = (url: string, accept = 'application/json') => app.inject({ url, headers: { accept } })
const page = (url: string) => get(`/eng${url}`, 'text/html')
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
/** As it is this instant: what everybody asks for is kept for a quarter of a second. */
const logData = async (query = '?before=1000') => (await get(`${at}${query}`)).json() as LogData

const salt = aSalt()
const first = notarised('I owe you one lamp.\n', salt)
const second = notarised('Paid.\n', salt, {
  kind: 'debt-paid',
  schema: 'https://example.gov/debt/1',
  prev: hex(hashLeaf(first)),
})
const hostile = Buffer.from('<script>alert(1)</script>\u202etxt.exe\u0000')
const binary = Buffer.of(0, 1, 254, 255)

test('a log without entries says so, and that it is empty is signed', async () => {
  const { entries, checkpoint, log } = await logData()
  assert.deepEqual([entries, checkpoint.size, log.size], [[], 0, 0])
  assert.match((await page(at)).body, /Nothing has been entered yet/)
  assert.equal((await get(`${at}/entries/0`)).statusCode, 404)
  const { body } = await get('/figures')
  const figures = (JSON.parse(body) as { figures: { id: string; value: unknown }[] }).figures
  assert.equal(figures.find(({ id }) => id === 'ledger.entries')?.value, 0)
})

test('an entry is found by its leaf when it is in order, and not before', async () => {
  const [leaf] = await append(sql, 'harbour', [first])
  const waiting = await get(`${at}/leaves/${hex(leaf!)}`)
  assert.deepEqual([waiting.statusCode, waiting.json().type], [404, '/problems/ledger.entry-not-found'])
  await append(sql, 'harbour', [second, hostile, binary])
  await tick()
  const found = await get(`${at}/leaves/${hex(leaf!)}`)
  assert.deepEqual([found.statusCode, found.headers.location], [303, `${at}/entries/0`])
  for (const wrong of ['00'.repeat(32), 'ab', hex(leaf!).toUpperCase()])
    assert.equal((await get(`${at}/leaves/${wrong}`)).statusCode, 404, wrong)
  assert.equal((await get(`/ledger/logs/nowhere/leaves/${hex(leaf!)}`)).json().type, '/problems/ledger.log-not-found')
})

test('the list of logs holds each with its size, its keys, and the command that checks it', async () => {
  const { logs } = (await get('/ledger')).json() as LogsData
  assert.deepEqual(
    logs.map(({ name }) => name),
    ['audit', 'harbour', 'harbour-index'],
  )
  const log = logs[1]
  assert.deepEqual(
    [log!.name, log!.size, log!.origin, log!.keys.length],
    ['harbour', 4, 'localhost:8080/ledger/logs/harbour', 2],
  )
  const { body } = await page('/ledger')
  for (const key of log!.keys) assert.ok(body.includes(key))
  assert.match(body, /href="\/eng\/ledger\/witness"/)
  assert.match(body, /docs\/guides\/run-a-witness\.md/)
  const above = await get('/eng/ledger/logs')
  assert.deepEqual([above.statusCode, above.headers.location], [303, '/eng/ledger'])
  assert.match(body, /\.\/praya ledger fsck http:\/\/localhost:8080\/ledger\/logs\/harbour --key/)
})

test('a key is called by its kind, also where its base64 holds a plus', () => {
  for (let each = 0; each < 20; each += 1) {
    assert.equal(isLattice(printVerifierKey(aSigner('a.example', 'ml-dsa-44-cosignature').key)), true)
    assert.equal(isLattice(printVerifierKey(aSigner('a.example').key)), false)
  }
})

test('a log shows its checkpoint as it is served, and who signed it', async () => {
  const { checkpoint } = await logData()
  assert.equal(checkpoint.text, (await get(`${at}/checkpoint`)).body)
  const lines = checkpoint.signatures.map(({ kind, state, at }) => [kind, state, at !== null])
  assert.deepEqual(lines, [
    ['ed25519', 'holds', false],
    ['ml-dsa-44-cosignature', 'holds', true],
  ])
})

test('a signature by a key that is not known is named as unknown, and one that fails as failing', async () => {
  const { text } = (await logData()).checkpoint
  const note = parseNote(Buffer.from(text))
  const [own, ...rest] = note.signatures
  const stranger = aSigner('witness.elsewhere')
  const lines = [{ ...own!, signature: Buffer.alloc(64) }, ...rest, signText(note.text, stranger)]
  await database.sql`update ledger.log set published = ${printNote({ ...note, signatures: lines })} where name = 'harbour'`
  const { signatures } = (await logData()).checkpoint
  assert.deepEqual(
    signatures.map(({ name, state }) => [name, state]),
    [
      ['localhost:8080/ledger/logs/harbour', 'fails'],
      ['localhost:8080/ledger/logs/harbour', 'holds'],
      ['witness.elsewhere', 'unknown'],
    ],
  )
  const { body } = await page(`${at}?before=4`)
  assert.match(body, /The key is not known here/)
  await database.sql`update ledger.log set published = ${text} where name = 'harbour'`
})

test('entries are listed the newest first, by their numbers, and found by number or leaf', async () => {
  const { entries } = await logData()
  assert.deepEqual(
    entries.map(({ index, said }) => [index, said?.kind]),
    [
      [3, undefined],
      [2, undefined],
      [1, 'debt-paid'],
      [0, 'document-notarised'],
    ],
  )
  assert.deepEqual(
    (await logData('?before=2')).entries.map(({ index }) => index),
    [1, 0],
  )
  assert.deepEqual((await logData('?before=0')).entries, [])
  assert.equal((await logData('?before=99999')).before, 4)
  // biome-ignore format: a table
  const cases: [string, number, string | undefined][] = [
    ['3',                     303, `${at}/entries/3`],
    [' 003 ',                 303, `${at}/entries/3`],
    [hex(hashLeaf(first)),    303, `${at}/leaves/${hex(hashLeaf(first))}`],
    ['lamp',                  200, undefined],
    ['-1',                    200, undefined],
    ['9'.repeat(16),          200, undefined],
  ]
  for (const [asked, status, location] of cases) {
    const answer = await get(`${at}?find=${encodeURIComponent(asked)}`)
    assert.deepEqual([answer.statusCode, answer.headers.location], [status, location], asked)
  }
  assert.match((await page(`${at}?find=lamp`)).body, /Write the number of an entry/)
  for (const bad of ['?before=-1', '?before=x', `?find=${'a'.repeat(201)}`])
    assert.equal((await get(`${at}${bad}`)).statusCode, 400, bad)
})

test('what is not published is not shown, even where it is in order', async () => {
  const before = await logData()
  await append(sql, 'harbour', [Buffer.from('later')])
  await tick()
  await database.sql`update ledger.log set published = ${before.checkpoint.text} where name = 'harbour'`
  const { entries, log } = await logData()
  assert.deepEqual([entries.length, log.size], [4, 4])
  for (const path of [
    'entries/4',
    'entries/4/proof',
    'entries/4/octets',
    `leaves/${hex(hashLeaf(Buffer.from('later')))}`,
  ])
    assert.equal((await get(`${at}/${path}`)).json().type, '/problems/ledger.entry-not-found', path)
  await database.sql`update ledger.log set published = sequenced where name = 'harbour'`
  assert.equal((await logData()).entries.length, 5)
})

test('an entry says who, what and when, and leads to the one that it goes on from', async () => {
  const { entry, text, log } = (await get(`${at}/entries/1`)).json() as EntryData
  assert.equal(text, second.toString())
  assert.equal(entry.leaf, hex(hashLeaf(second)))
  assert.deepEqual([entry.said?.organisationName?.en, log.name], ['Tide Station', 'harbour'])
  const { body } = await page(`${at}/entries/1`)
  assert.match(body, /27 November 2026/)
  assert.match(body, /<code>debt-paid<\/code>/)
  const [, prev] = /href="([^"]*\/leaves\/[0-9a-f]{64})"/.exec(body)!
  assert.equal((await get(prev!)).headers.location, `${at}/entries/0`)
})

test('what happened is said in words, with the kind as it is written beside it, and of no act that it is a document', async () => {
  const [act] = await append(sql, 'audit', [notarised('[1]', salt, { kind: 'act-recorded', org: 'platform' })])
  await tick()
  const { location } = (await get(`/ledger/logs/audit/leaves/${hex(act!)}`)).headers
  // biome-ignore format: a table
  const cases: [language: string, path: string, says: RegExp][] = [
    ['eng',  at,                 /<td[^>]*>\s*A document was notarised\s*<\/td>/],
    ['han',  at,                 /文件已存證/],
    ['eng',  `${at}/entries/0`,  /A document was notarised <code>document-notarised<\/code>/],
    ['han',  `${at}/entries/0`,  /文件已存證 <code>document-notarised<\/code>/],
    ['jian', `${at}/entries/0`,  /文件已存证 <code>document-notarised<\/code>/],
    ['eng',  String(location),   /An act on this platform was recorded <code>act-recorded<\/code>/],
    ['han',  String(location),   /平台的一項操作已記錄/],
  ]
  for (const [language, path, says] of cases)
    assert.match((await get(`/${language}${path}?before=4`, 'text/html')).body, says, path)
  assert.doesNotMatch((await page(String(location))).body, /What the document says/)
})

test('an entry that is no envelope is shown as it is, and does nothing', async () => {
  const { body } = await page(`${at}/entries/2`)
  assert.doesNotMatch(body, /<script>alert/)
  assert.match(body, /&lt;script>alert\(1\)&lt;\/script>\\u\{202e\}txt\.exe\\u\{0\}/)
  const { text, hex: shown } = (await get(`${at}/entries/3`)).json() as EntryData
  assert.deepEqual([text, shown], [null, '0001feff'])
  const raw = await get(`${at}/entries/3/octets`)
  assert.deepEqual(raw.rawPayload, binary)
  assert.equal(raw.headers['content-disposition'], 'attachment; filename="harbour-3.entry"')
  for (const wrong of ['-1', 'x', '1.5', '99999999999999999999'])
    assert.equal((await get(`${at}/entries/${wrong}`)).statusCode, 404, wrong)
})

test('a proof that is taken away vouches for its entry at the command line, which knows nothing of this site', async () => {
  const [key] = (await logData()).log.keys
  for (const [index, entry] of [first, second, hostile, binary].entries()) {
    const answer = await get(`${at}/entries/${index}/proof`)
    assert.equal(answer.headers['content-disposition'], `attachment; filename="harbour-${index}.tlog-proof"`)
    assert.match(String(answer.headers['content-type']), /^text\/plain/)
    const { extra } = parseProof(answer.rawPayload)
    assert.deepEqual(extra && parseExtra(extra)!.entry, index === 3 ? undefined : entry)
    const [proof, file, other] = ['proof', 'entry', 'other'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ]
    await Promise.all([writeFile(proof, answer.rawPayload), writeFile(file, entry), writeFile(other, 'other')])
    assert.equal((await call(verify, [proof, file], { key: key! })).code, 0)
    assert.equal((await call(verify, [proof, other], { key: key! })).code, 1)
  }
})

test('without a script the server says of both files what a browser would, and keeps nothing', async () => {
  const { rawPayload } = await get(`${at}/entries/0/proof`)
  const send = (files: Record<string, Uint8Array>, fields = {}, accept = 'application/json') => {
    const { payload, headers } = aForm(files, fields)
    return app.inject({ method: 'POST', url: '/eng/verify', payload, headers: { ...headers, accept } })
  }
  const rows = async () => (await sql`select 1 from ledger.pending union all select 1 from platform.audit_event`).length
  const before = await rows()
  const document = Buffer.from('I owe you one lamp.\n')
  const stranger = aSigner('log.elsewhere')
  const theirs = aProof({ entry: first, signers: [stranger], salt })
  const policy = `log ${printVerifierKey(stranger.key)}\r\nquorum none\r\n`
  // biome-ignore format: a table
  const cases: [Record<string, Uint8Array>, Record<string, string>, number, string | undefined][] = [
    [{ proof: rawPayload },                     {},         200, 'alone'],
    [{ proof: rawPayload, document: first },    {},         200, 'entry'],
    [{ document: rawPayload },                  {},         200, 'alone'],
    [{ proof: rawPayload, document },           {},         200, 'salt-missing'],
    [{ proof: rawPayload, document: binary },   {},         200, 'salt-missing'],
    [{ proof: theirs, document },               {},         200, 'log-unknown'],
    [{ proof: theirs, document },               { policy }, 200, 'document'],
    [{ proof: rawPayload },                     { policy }, 200, 'log-unknown'],
    [{ proof: rawPayload },                     { policy: 'log x' }, 200, 'policy-wrong'],
    [{ document },                              {},         200, 'proof-missing'],
    [{},                                        {},         422, undefined],
    [{ proof: Buffer.alloc(0) },                {},         422, undefined],
    [{ document: Buffer.alloc(20_000_001) },    {},         422, undefined],
  ]
  for (const [files, fields, status, outcome] of cases) {
    const answer = await send(files, fields)
    assert.equal(answer.statusCode, status, answer.body.slice(0, 200))
    assert.equal(answer.json().verdict?.outcome, outcome)
  }
  assert.match(
    (await send({ proof: theirs, document }, { policy }, 'text/html')).body,
    /Proved: this document is the one that entry 5 of log\.elsewhere.*A document was notarised \(document-notarised\)/s,
  )
  assert.match((await send({}, {}, 'text/html')).body, /<title>Error: /)
  assert.equal(await rows(), before)
})

test('the script of the page is served once, and asked for again only where it changed', async () => {
  const answer = await get('/verify/page.js', '*/*')
  assert.match(String(answer.headers['content-type']), /^text\/javascript/)
  assert.doesNotMatch(answer.body, /node:|opencc/)
  const small = await app.inject({ url: '/verify/page.js', headers: { 'accept-encoding': 'br' } })
  assert.equal(brotliDecompressSync(small.rawPayload).toString(), answer.body)
  assert.ok(small.rawPayload.length < 30_000, `${small.rawPayload.length}`)
  const again = await app.inject({ url: '/verify/page.js', headers: { 'if-none-match': String(answer.headers.etag) } })
  assert.deepEqual([again.statusCode, again.body], [304, ''])
})

test('the search finds the logs and the page that checks proofs, in every language', async () => {
  const found = async (text: string) =>
    ((await get(`/search?q=${encodeURIComponent(text)}`)).json() as { results: { path: string }[] }).results.map(
      ({ path }) => path,
    )
  // biome-ignore format: a table
  const cases: [string, string][] = [
    ['blockchain', '/ledger'], ['區塊鏈', '/ledger'], ['区块链', '/ledger'],
    ['check a proof', '/verify'], ['查核證明', '/verify'], ['核对 文件', '/verify'], ['harbour log', at],
  ]
  for (const [text, path] of cases) assert.ok((await found(text)).includes(path), `${text}: ${await found(text)}`)
})
