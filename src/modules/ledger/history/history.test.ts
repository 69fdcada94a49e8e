// The history of an item: complete, provable, and the same however the index grew.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import type { Installation } from '#platform'
import { start } from '#test'
import postgres from '../../../platform/driver.ts'
import { readEntries } from '../explorer/entries.ts'
import { Fault } from '../faults.ts'
import { append } from '../log/append.ts'
import { findLog, listLogKeys } from '../log/logs.sql.ts'
import { ensureLog } from '../log/logs.ts'
import { openSequencer } from '../log/sequencer.ts'
import { printCheckpoint } from '../notes/checkpoint.rules.ts'
import { parseVerifierKey, printVerifierKey } from '../notes/keys.rules.ts'
import { printNote, signText } from '../notes/note.rules.ts'
import { parsePolicy, policyOfKey } from '../notes/policy.rules.ts'
import { printProof } from '../proofs/proof.rules.ts'
import { newNumber } from '../registers/numbers.rules.ts'
import { printStep, type StepEntry } from '../registers/step-entry.rules.ts'
import { call } from '../testing/calls.ts'
import { aSigner } from '../testing/keys.ts'
import { hashLeaf, rootOfLeaves } from '../tree/tree.rules.ts'
import { history, index } from './command.ts'
import { growIndex } from './grow.ts'
import { parseHistory, printHistory, verifyHistory } from './history.rules.ts'
import { ensureIndex, openIndexer } from './index-log.ts'
import { keyOfEntry } from './key.rules.ts'

const folder = mkdtempSync(join(tmpdir(), 'praya-history-'))
after(() => rmSync(folder, { recursive: true, force: true }))

let count = 0
const random = (below: number) => {
  count = (count * 48_271 + 11) % 2_147_483_647
  return count % below
}
const numbers = Array.from({ length: 30 }, () => newNumber('BT', random))
const zeros = '0'.repeat(64)
/** A step of an item: its place is judged by `replay` and by nobody here. */
const anEntry = (item: string, at: number) =>
  printStep({
    ...{ kind: 'step-proposed', register: 'boats', item, step: 'rename', org: 'tide-station', party: 'registry' },
    ...{ who: zeros, rules: zeros, commitment: at.toString(16).padStart(64, '0'), time: '2031-03-01T08:00:00Z', v: 1 },
  } satisfies StepEntry)

async function anInstallation() {
  const one = await start()
  const { sql, installation, app } = one
  const sequencer = openSequencer(installation, pino({ level: 'silent' }))
  const log = async (name: string) => (await findLog(sql, name))!
  const keyOf = async (name: string) =>
    (await listLogKeys(sql, (await log(name)).id)).find(({ kind }) => kind === 'ed25519')!.vkey
  /** Until the index has all that is published, and its root is too. */
  async function settle(): Promise<void> {
    for (let round = 0; round < 20; round += 1) {
      await sequencer.tick()
      await growIndex(installation, 'harbour')
      await sequencer.tick()
      const [row] = await sql<{ done: boolean }[]>`
        select map_root.size = log.published_size or indexed_log.scanned = log.published_size as done
        from ledger.indexed_log
        join ledger.log on log.id = indexed_log.log
        left join ledger.map_root on map_root.log = log.id
        order by map_root.version desc nulls last
        limit 1`
      if (row!.done) return
    }
    throw new Error('The index does not catch up')
  }
  const add = (entries: readonly Uint8Array[]) => append(sql, 'harbour', entries)
  const proofOf = async (item: string) => {
    const answer = await app.inject({ url: `/ledger/logs/harbour/history/boats/${item}/proof` })
    assert.equal(answer.statusCode, 200, answer.body)
    return answer.rawPayload
  }
  const withInstallation = <Result>(work: (installation: Installation) => Promise<Result>) => work(installation)
  const rebuild = () => call(index, ['harbour'], {}, 'en', withInstallation)
  return { ...one, sequencer, log, keyOf, settle, add, proofOf, rebuild }
}

/** Which entries of a log are of an item, by looking at each. */
async function bySearch({ sql, log }: Awaited<ReturnType<typeof anInstallation>>, item: string, below: number) {
  const found: bigint[] = []
  const size = Math.min(below, (await log('harbour')).size)
  const entries = await readEntries(sql, await log('harbour'), 0, size)
  for (const [at, octets] of entries.entries())
    if (keyOfEntry(octets) && JSON.parse(Buffer.from(octets).toString()).item === item) found.push(BigInt(at))
  return found
}

test('a history has every entry of its item and no other, and shows so, also that there is none', async () => {
  const all = await anInstallation()
  const { add, settle, keyOf, proofOf, rebuild } = all
  const policy = policyOfKey(parseVerifierKey(await keyOf('harbour-index')))
  for (let round = 0; round < 6; round += 1) {
    await add(Array.from({ length: 40 }, (_, at) => anEntry(numbers[random(20)]!, round * 40 + at)))
    await settle()
    for (const item of [numbers[round]!, numbers[19]!, numbers[25]!]) {
      const found = parseHistory(await proofOf(item))
      const shown = verifyHistory(found, policy)
      assert.deepEqual(found.entries, await bySearch(all, item, shown.size))
      assert.equal(shown.log, (await all.log('harbour')).origin)
    }
  }
  const rebuilt = await rebuild()
  assert.equal(rebuilt.code, 0, rebuilt.out)
  assert.match(rebuilt.out, /is what its entries make of it: \d+ roots, 20 keys/)
})

test('a history that was changed in any member is refused, and one of another log proves nothing', async () => {
  const { add, settle, keyOf, proofOf } = await anInstallation()
  await add(Array.from({ length: 60 }, (_, at) => anEntry(numbers[at % 15]!, at)))
  await settle()
  const policy = policyOfKey(parseVerifierKey(await keyOf('harbour-index')))
  const right = parseHistory(await proofOf(numbers[3]!))
  const none = parseHistory(await proofOf(numbers[29]!))
  assert.ok(verifyHistory(right, policy) && verifyHistory(none, policy))
  assert.deepEqual(none.entries, [])
  const other = (bytes: Uint8Array) => Buffer.from(bytes).map((each, at) => (at === 7 ? each ^ 1 : each))
  const rootOf = (change: (read: Record<string, unknown>) => object) =>
    Buffer.from(JSON.stringify(change(JSON.parse(Buffer.from(right.rootEntry).toString()))))
  // biome-ignore format: a table
  const changed: [string, typeof right][] = [
    ['an entry is missing',     { ...right, entries: right.entries.slice(1) }],
    ['the last one is missing', { ...right, entries: right.entries.slice(0, -1) }],
    ['all are missing',         { ...right, entries: [] }],
    ['one more',                { ...right, entries: [...right.entries, right.entries.at(-1)! + 1n] }],
    ['out of order',            { ...right, entries: [...right.entries].reverse() }],
    ['beyond the log',          { ...right, entries: [...right.entries, 10_000n] }],
    ['another item',            { ...right, item: numbers[4]! }],
    ['another register',        { ...right, register: 'storms' }],
    ['a node',                  { ...right, beside: right.beside.with(0, other(right.beside[0]!)) }],
    ['a node less',             { ...right, beside: right.beside.slice(0, -1) }],
    ['another size',            { ...right, rootEntry: rootOf((read) => ({ ...read, size: 61 })) }],
    ['another map',             { ...right, rootEntry: rootOf((read) => ({ ...read, map: zeros })) }],
    ['no root',                 { ...right, rootEntry: Buffer.from('{}') }],
    ['another proof',           { ...right, proof: Buffer.from(Buffer.from(right.proof).toString().replace(/index \d+/, 'index 9')) }],
    ['one that is not there',   { ...none, entries: [1n] }],
    ['nothing where one is',    { ...right, entries: [], other: { key: Buffer.alloc(32), value: Buffer.alloc(32) } }],
  ]
  for (const [name, each] of changed) assert.throws(() => verifyHistory(each, policy), Fault, name)
  assert.throws(() => verifyHistory(right, policyOfKey(parseVerifierKey(parseInput))), Fault)
  const printed = printHistory(right)
  assert.deepEqual(parseHistory(printed), right)
  for (const text of [
    '',
    '[]',
    '{}',
    'null',
    '{"kind":"item-history"}',
    printed.toString().replace('"v": 1', '"v": 2'),
  ])
    assert.throws(() => parseHistory(Buffer.from(text)), Fault, text)
  assert.throws(
    () => parseHistory(Buffer.from(printed.toString().replace(/"entries": \[[^\]]*\]/, '"entries": [-1]'))),
    Fault,
  )
})
const parseInput = 'example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx'

test('a root that another log of the policy signed proves nothing, however well it fits', async () => {
  const { add, settle, keyOf, proofOf } = await anInstallation()
  await add([anEntry(numbers[3]!, 0)])
  await settle()
  const right = parseHistory(await proofOf(numbers[3]!))
  const [evil, own] = [aSigner('evil.example/log'), await keyOf('harbour-index')]
  const leaves = [hashLeaf(right.rootEntry)]
  const text = printCheckpoint({ origin: evil.key.name, size: 1n, root: rootOfLeaves(leaves), extensions: [] })
  const checkpoint = printNote({ text, signatures: [signText(text, evil)] })
  const forged = { ...right, proof: printProof({ index: 0n, hashes: [], checkpoint }) }
  const policy = parsePolicy(Buffer.from(`log ${own}\nlog ${printVerifierKey(evil.key)}\nquorum none\n`))
  assert.ok(verifyHistory(right, policy))
  assert.throws(() => verifyHistory(forged, policy), { code: 'history-other-log' })
})

test('the verb says so without a network: 0, or 1 where it is not shown, or 2 where nothing can be said', async () => {
  const { add, settle, keyOf, proofOf } = await anInstallation()
  await add([anEntry(numbers[0]!, 1), anEntry(numbers[1]!, 2), anEntry(numbers[0]!, 3)])
  await settle()
  const key = await keyOf('harbour-index')
  const file = join(folder, 'proof.json')
  writeFileSync(file, await proofOf(numbers[0]!))
  const broken = join(folder, 'broken.json')
  writeFileSync(broken, (await proofOf(numbers[0]!)).toString().replace(/"entries": \[\s*\d+,/, '"entries": ['))
  const item = `boats/${numbers[0]}`
  // biome-ignore format: a table
  const cases: [given: string[], options: Record<string, string>, code: number, says: RegExp][] = [
    [[file, item],              { key },             0, /boats\/BT-\S+: entries \d+, \d+, and no other among the first \d+ of localhost:8080\/ledger\/logs\/harbour\./],
    [[file, 'boats/BT-2'],      { key },             1, /is about boats\/BT-\S+, not about boats\/BT-2/],
    [[broken, item],            { key },             1, /entries are missing, were added, or the file was changed/],
    [[file, item],              { key: parseInput }, 1, /No given key signed/],
    [[file, item],              {},                  2, /either --policy POLICY or --key VKEY/],
    [[join(folder, 'no'), item], { key },            2, /There is no file/],
  ]
  for (const [given, options, code, says] of cases) {
    const ended = await call(history, given, options)
    assert.equal(ended.code, code, ended.out + ended.errors)
    assert.match(code === 0 ? ended.out : ended.errors, says)
  }
})

test('two processes that let one index grow make one history, and each root waits for the one before', async () => {
  const all = await anInstallation()
  const { installation, urls, sequencer, add, rebuild } = all
  const other = await start({ beside: { urls } })
  for (let round = 0; round < 10; round += 1) {
    await add(Array.from({ length: 20 }, (_, at) => anEntry(numbers[random(30)]!, round * 20 + at)))
    await Promise.all([
      sequencer.tick(),
      growIndex(installation, 'harbour'),
      growIndex(other.installation, 'harbour'),
      growIndex(installation, 'harbour'),
    ])
    const answers = await Promise.all(numbers.slice(0, 5).map((item) => app(all, item)))
    for (const answer of answers) assert.ok(round < 2 || answer.statusCode === 200, answer.body)
    const policy = policyOfKey(parseVerifierKey(await all.keyOf('harbour-index')))
    for (const answer of answers.filter(({ statusCode }) => statusCode === 200))
      verifyHistory(parseHistory(answer.rawPayload), policy)
  }
  const rebuilt = await rebuild()
  assert.equal(rebuilt.code, 0, rebuilt.out)
})
const app = ({ app }: { app: Awaited<ReturnType<typeof start>>['app'] }, item: string) =>
  app.inject({ url: `/ledger/logs/harbour/history/boats/${item}/proof` })

test('whatever of an index was changed in the tables is found', async () => {
  const { add, settle, rebuild, urls } = await anInstallation()
  await add(Array.from({ length: 50 }, (_, at) => anEntry(numbers[at % 25]!, at)))
  await settle()
  assert.equal((await rebuild()).code, 0)
  const owner = postgres(urls.owner, { max: 1, onnotice: () => {} })
  after(() => owner.end())
  for (const table of ['index_node', 'indexed_key', 'indexed_entry', 'map_root'])
    await owner.unsafe(`create table public.saved_${table} as table ledger.${table}`)
  const newest = 'version = (select max(version) from ledger.map_root)'
  const [{ depth }] = await owner<[{ depth: number }]>`select depth from ledger.indexed_log`
  // biome-ignore format: a table
  const changes = [
    ["update ledger.index_node set pair = decode(repeat('00', 64), 'hex') where path = '\\x00'",           /0 keys and 1 nodes differ/],
    ['delete from ledger.index_node where path = (select max(path) from ledger.index_node)',                 /0 keys and 1 nodes differ/],
    ["update ledger.indexed_key set count = 9 where key = (select min(key) from ledger.indexed_key)",        /1 keys and 0 nodes differ/],
    ['delete from ledger.indexed_entry where (key, index) = (select key, index from ledger.indexed_entry limit 1)', /1 keys and 0 nodes differ/],
    ['insert into ledger.indexed_entry select log, key, 7777 from ledger.indexed_key limit 1',               /1 keys and 0 nodes differ/],
    ['update ledger.indexed_entry set index = 7777 where (key, index) = (select key, index from ledger.indexed_entry limit 1)', /1 keys and 0 nodes differ/],
    ["update ledger.index_node set before = decode(repeat('11', 64), 'hex') where path = '\\x00'",         /0 keys and 1 nodes differ/],
    ['update ledger.index_node set since = since + 1 where path = (select max(path) from ledger.index_node)', /0 keys and 1 nodes differ/],
    ['update ledger.indexed_log set depth = depth - 1',                                                      /0 keys and 1 nodes differ/],
    [`update ledger.map_root set root = decode(repeat('22', 32), 'hex') where ${newest}`,                    /^Root \d+, at \d+ entries, is not/],
    [`update ledger.map_root set size = size - 1 where ${newest}`,                                           /^Root \d+, at \d+ entries, is not/],
    [`update ledger.map_root set entry = '\\x00' where ${newest}`,                                         /^Root \d+, at \d+ entries, is not/],
  ] as const
  for (const [change, says] of changes) {
    await owner.unsafe(change)
    const told = await rebuild()
    assert.equal(told.code, 1, change)
    assert.match(told.out, says, change)
    await owner.unsafe(`
      truncate ledger.index_node, ledger.map_root, ledger.indexed_entry;
      insert into ledger.index_node table public.saved_index_node;
      insert into ledger.indexed_entry table public.saved_indexed_entry;
      update ledger.indexed_log set depth = ${depth};
      insert into ledger.map_root table public.saved_map_root;
      update ledger.indexed_key set count = saved.count from public.saved_indexed_key as saved where saved.key = indexed_key.key`)
    assert.equal((await rebuild()).code, 0, change)
  }
})

test('an index that cannot grow is named once, and keeps no other waiting', async () => {
  const { add, settle, sequencer, installation, sql, urls, app } = await anInstallation()
  await app.close()
  await add([anEntry(numbers[0]!, 1)])
  await settle()
  const owner = postgres(urls.owner, { max: 1, onnotice: () => {} })
  after(() => owner.end())
  // Its name comes before that of the other.
  await ensureLog(installation, 'broken')
  await ensureIndex(installation, 'broken')
  await append(sql, 'broken', [Buffer.from('gone')])
  await sequencer.tick()
  await owner`delete from ledger.bundle where log = (select id from ledger.log where name = 'broken')`
  const said: unknown[] = []
  const indexer = openIndexer(installation, { error: ({ log }: { log: string }) => said.push(log) } as never)
  const roots = async () => Number((await sql`select count(*) from ledger.map_root`)[0]!.count)
  const before = await roots()
  indexer.start()
  try {
    await add([anEntry(numbers[0]!, 2)])
    for (const end = performance.now() + 10_000; (await roots()) === before; await pause(100)) {
      assert.ok(performance.now() < end, 'the index of the other log grows')
      await sequencer.tick()
    }
    await pause(1500)
  } finally {
    await indexer.stop()
  }
  assert.deepEqual(said, ['broken'])
})

test('a page lists the history, and a log without an index says so', async () => {
  const { app, add, settle } = await anInstallation()
  await add([anEntry(numbers[0]!, 1)])
  await settle()
  const page = await app.inject({
    url: `/eng/ledger/logs/harbour/history/boats/${numbers[0]}`,
    headers: { accept: 'text/html' },
  })
  assert.equal(page.statusCode, 200, page.body)
  assert.match(page.body, /nothing was left out and nothing added/)
  const missing = await app.inject({ url: '/ledger/logs/audit/history/boats/BT-22222-22222' })
  assert.deepEqual([missing.statusCode, missing.json().type], [404, '/problems/ledger.index-not-found'])
})
