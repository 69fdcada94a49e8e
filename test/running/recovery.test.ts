// The drills of docs/guides/recover-a-ledger.md with programs as people run them: a department with a log, a witness, and a
// mirror that any web server serves.
import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { parseVerifierKey } from '../../src/modules/ledger/notes/keys.rules.ts'
import { openCheckpoint } from '../../src/modules/ledger/notes/open.rules.ts'
import { aDataFolder, postmasterOf, run, startPraya, temporaryFolder } from './praya.ts'

const folder = await aDataFolder()
const home = temporaryFolder()
const place = (name: string) => join(home, name)
const [mirror, indexMirror, backup, proof, entry] = [
  place('mirror'),
  place('index-mirror'),
  place('backup'),
  place('proof'),
  place('entry'),
]
const settings = { PRAYA_PUBLIC_URL: 'http://harbour.example' }
const own = { PRAYA_DATA: folder, ...settings }
const watching = { PRAYA_DATA: await aDataFolder(), PRAYA_ALONE: 'witness', PRAYA_PUBLIC_URL: 'http://one.example' }
/** A verb that must end with this code. */
async function verb(words: string[], at: Record<string, string> = own, code = 0): Promise<string> {
  const ended = await run(['ledger', ...words], at)
  assert.equal(ended.code, code, `${words.join(' ')}: ${ended.out}${ended.err}`)
  return ended.out + ended.err
}
const start = () => startPraya(folder, settings)
type Praya = Awaited<ReturnType<typeof start>>
async function stop({ child, ended }: Praya): Promise<void> {
  child.kill('SIGTERM')
  await ended
}

let praya = await start()
const witness = await startPraya(watching.PRAYA_DATA, watching)
const vkeys = async (at: Praya) =>
  ((await (await fetch(`${at.address}/ledger/logs/harbour.json`)).json()) as { log: { keys: string[] } }).log.keys
const [vkey] = (await vkeys(praya)) as [string]
const checkpointOf = (note: Uint8Array) => openCheckpoint(note, [parseVerifierKey(vkey)]).checkpoint
const sizeOf = async ({ address }: Praya) => {
  const answer = await fetch(`${address}/ledger/logs/harbour/checkpoint`)
  return answer.ok ? Number((await answer.text()).split('\n')[1]) : 0
}
const secret = (await verb(['key', 'issue', 'tide-station', 'Tide tables', '--register', 'berth-licences']))
  .trim()
  .split('\n')
  .at(-1)!
/** So many entries, and how many the log has with them. */
async function append(count: number): Promise<number> {
  const entries = Array.from({ length: count }, () => ({
    kind: 'table-issued',
    commitment: randomBytes(32).toString('hex'),
  }))
  const answer = await fetch(`${praya.address}/ledger/logs/harbour/entries`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', prefer: 'wait=10' },
    body: JSON.stringify({ entries }),
  })
  assert.equal(answer.status, 201)
  return ((await answer.json()) as { entries: { index: number }[] }).entries.at(-1)!.index + 1
}
/** A step of a licence by a program of the harbour office, or the refusal. */
async function step(step: string, more: object): Promise<{ number: string; type?: string }> {
  const answer = await fetch(`${praya.address}/ledger/registers/berth-licences/steps`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${secret}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify({ step, party: 'registry', ...more }),
  })
  return (await answer.json()) as { number: string; type?: string }
}
const licence = async (berth: string) =>
  (await step('issue', { fields: { berth, licensee: 'Ada', until: '2040-01-01' } })).number
const untilServed = (size: number) => until(async () => (await sizeOf(praya)) === size)
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 30_000; !(await holds()); await pause(50))
    if (performance.now() > end) throw new Error(`It has ${await sizeOf(praya)}, not as waited for: ${holds}`)
}
const copy = (from: Praya, code = 0) =>
  verb(['mirror', `${from.address}/ledger/logs/harbour`, mirror, '--key', vkey], {}, code)
/** The roots of an index stand in a log of their own, which is lost and comes back like the others. */
const copyIndex = async ({ address }: Praya) => {
  const { log } = (await (await fetch(`${address}/ledger/logs/harbour-index.json`)).json()) as {
    log: { keys: string[] }
  }
  return verb(['mirror', `${address}/ledger/logs/harbour-index`, indexMirror, '--key', log.keys[0]!], {})
}
const seen = async () =>
  (await (await fetch(`${witness.address}/ledger/witness.json`)).json()) as {
    keys: { vkey: string }[]
    evidence: { id: string; kind: string }[]
  }
/** How many entries the log had in the backup, and at the end. */
let [kept, all] = [0, 0]

test('a database that was lost comes back from a backup, and what is newer from a mirror', async () => {
  await verb(['witness', 'add', vkey], watching)
  const policy = join(home, 'policy')
  const key = (await seen()).keys[0]!.vkey
  writeFileSync(policy, `log ${vkey}\nwitness one ${key} ${witness.address}/ledger/witness\nquorum one\n`)
  await verb(['policy', 'harbour', policy])
  const [whole, changed] = [await licence('A 1'), await licence('A 2')]
  kept = await append(5)
  await untilServed(kept)

  await stop(praya)
  cpSync(folder, backup, { recursive: true })
  praya = await start()
  await step('suspend', { number: changed, reason: 'A storm' })
  const begun = await licence('A 3')
  await untilServed(await append(7))
  const history = (item: string) => fetch(`${praya.address}/ledger/logs/harbour/history/berth-licences/${item}/proof`)
  await until(async () => ((await (await history(begun)).json()) as { entries?: number[] }).entries?.length === 1)
  await copy(praya)
  await copyIndex(praya)
  for (const [name, path] of [
    ['proof', proof],
    ['octets', entry],
  ] as const) {
    const answer = await fetch(`${praya.address}/ledger/logs/harbour/entries/${kept + 3}/${name}`)
    writeFileSync(path, Buffer.from(await answer.arrayBuffer()))
  }

  const server = postmasterOf(folder)
  praya.child.kill('SIGKILL')
  await praya.ended
  process.kill(server, 'SIGKILL')
  rmSync(folder, { recursive: true })
  cpSync(backup, folder, { recursive: true })
  assert.match(await verb(['restore', 'harbour', mirror]), new RegExp(`had ${kept} entries and has ${kept + 9} now`))
  await verb(['restore', 'harbour-index', indexMirror])
  praya = await start()
  assert.equal((await vkeys(praya))[0], vkey)
  // The witness goes on with it: without it nothing newer is published.
  // Its registers are where the log is: of a licence with entries that came back nobody knows any more what it holds.
  assert.match(await verb(['replay', 'harbour']), /The tables hold exactly what the entries say/)
  for (const [number, state, isLost] of [
    [whole, 'Valid', false],
    [changed, 'Suspended', true],
    [begun, 'Valid', true],
  ] as const) {
    const page = await fetch(`${praya.address}/ledger/registers/berth-licences/items/${number}.json`)
    const { standing } = (await page.json()) as { standing: { title: { en: string }; lost: boolean } }
    assert.deepEqual([standing.title.en, standing.lost], [state, isLost])
  }
  assert.equal((await step('reinstate', { number: changed, reason: 'x' })).type, '/problems/ledger.item-lost')
  await step('suspend', { number: whole, reason: 'Another storm' })
  await licence('A 2')
  all = await append(1)
  await untilServed(all)
  await copy(praya)
  await verb(['fsck', mirror, '--key', vkey])
  assert.match(await verb(['replay', 'harbour']), /The tables hold exactly what the entries say/)
  await until(async () => ((await (await history(whole)).json()) as { entries?: number[] }).entries?.length === 2)
  await copyIndex(praya)
  assert.match(await verb(['index', 'harbour']), /The index of harbour is what its entries make of it/)
  assert.deepEqual((await seen()).evidence, [])
})

test('a backup that wrote on is a fork: witness and mirror keep what proves it, and readers stay with what all have', async () => {
  await stop(praya)
  rmSync(folder, { recursive: true })
  cpSync(backup, folder, { recursive: true })
  praya = await start()
  // As many as the witness knows, and other ones: they are acknowledged, and not served.
  assert.equal(await append(all - kept), all)
  await until(async () => (await seen()).evidence.some(({ kind }) => kind === 'split-view'))
  assert.equal(await sizeOf(praya), kept)
  const { id } = (await seen()).evidence.find(({ kind }) => kind === 'split-view')!
  const file = join(home, 'evidence')
  await verb(['witness', 'evidence', id, file], watching)
  const [cosigned, refused] = readFileSync(file, 'latin1')
    .split(/^=== \d \w+, \d+ bytes ===\n/m)
    .slice(1)
    .map((note) => checkpointOf(Buffer.from(`${note.trimEnd()}\n`, 'latin1')))
  assert.deepEqual([cosigned!.size, refused!.size], [BigInt(all), BigInt(all)])
  assert.notDeepEqual(cosigned!.root, refused!.root)

  // Without its witness it would show the other history. A mirror takes none of it, and keeps what the log signed.
  const alone = join(home, 'alone')
  writeFileSync(alone, `log ${vkey}\nquorum none\n`)
  await verb(['policy', 'harbour', alone])
  await untilServed(all)
  assert.match(await copy(praya, 1), /./)
  const [held, offered] = ['checkpoint', 'checkpoint.refused'].map((name) =>
    checkpointOf(readFileSync(join(mirror, name))),
  )
  assert.deepEqual([held!.size, offered!.size], [BigInt(all), BigInt(all)])
  assert.deepEqual(held!.root, cosigned!.root)
  assert.deepEqual(offered!.root, refused!.root)
  await verb(['fsck', mirror, '--key', vkey])
})

test('another department takes over: a folder on any web server, checked and copied by whoever has the key', async () => {
  await stop(praya)
  rmSync(folder, { recursive: true })
  const server = createServer(({ url = '/' }, response) => {
    const path = join(mirror, url)
    if (!existsSync(path)) return response.writeHead(404).end()
    response.end(readFileSync(path))
  }).listen(0, '127.0.0.1')
  after(() => server.close())
  await once(server, 'listening')
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  assert.match(await verb(['fsck', address, '--key', vkey], {}), new RegExp(`${all}`))
  // A proof that somebody took long before.
  assert.match(await verb(['verify', proof, entry, '--key', vkey], {}), new RegExp(`is entry ${kept + 3} `))
  await verb(['mirror', address, join(home, 'second'), '--key', vkey], {})
  await verb(['fsck', join(home, 'second'), '--key', vkey], {})

  // Nobody goes on with it in another database: a verb that restores makes no log, with other keys, in the place of one that is gone.
  const elsewhere = { PRAYA_DATA: await aDataFolder(), ...settings }
  assert.match(await verb(['restore', 'harbour', mirror], elsewhere, 2), /There is no log “harbour” here/)

  // Whoever goes on writing does so under a name and with keys of their own, and the same witness watches that log too.
  const successor = await startPraya(await aDataFolder(), { PRAYA_PUBLIC_URL: 'http://successor.example' })
  const [next] = (await vkeys(successor)) as [string]
  assert.match(next, /^successor\.example/)
  assert.notEqual(next.split('+')[1], vkey.split('+')[1])
  await verb(['witness', 'add', next], watching)
})
