// A log gets new keys: who knows only the old ones goes on, no process goes on with what it opened before, and what was signed
// stays proven. With a witness and a mirror that are programs of their own.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { pino } from 'pino'
import { start } from '#test'
import { exportLog } from '../copies/command.ts'
import { copyLog } from '../copies/copy.ts'
import { listKnownLogs, policyOfLogs } from '../explorer/known.ts'
import { getLog, makeProof } from '../explorer/read.ts'
import { checkLog } from '../fsck/fsck.ts'
import { readAddress, readFolder } from '../fsck/read.ts'
import { encodeUtf8 } from '../notes/encoding.rules.ts'
import { parseVerifierKey } from '../notes/keys.rules.ts'
import { openByPolicy, parsePolicy, policyOfKey } from '../notes/policy.rules.ts'
import { printExtra } from '../proofs/extra.rules.ts'
import { policyCommand } from '../publication/command.ts'
import { changeLogLines } from '../publication/policy-lines.rules.ts'
import { openPublisher } from '../publication/publish.ts'
import { call } from '../testing/calls.ts'
import { notarised } from '../testing/proofs.ts'
import { verifyFiles } from '../verify/verify.rules.ts'
import { witnessCommands } from '../witness/command.ts'
import { append } from './append.ts'
import { rotateCommand } from './command.ts'
import { findLog, listLogKeys } from './logs.sql.ts'
import { ensureLog } from './logs.ts'
import { retireKeys } from './rotate.ts'
import { openSequencer } from './sequencer.ts'
import { findIndexes } from './tiles.sql.ts'

const silent = pino({ level: 'silent' })
let days = 0
const now = () => new Date(Date.now() + days * 86_400_000)
const first = await start({ now })
const second = await start({ beside: first, now })
const { app, sql, installation, folder } = first
const site = await app.listen({ port: 0, host: '127.0.0.1' })
const on = (work: (each: typeof installation) => Promise<never>) => work(installation)
const verb = (command: Parameters<typeof call>[0], given: string[], options: Record<string, string | true> = {}) =>
  call(command, given, options as Record<string, string>, 'en', on as never)

/** Two processes that each hold a sequencer, and so the keys that they opened when they signed last. */
const processes = [first, second].map((each) => ({
  sequencer: openSequencer(each.installation, silent),
  sql: each.sql,
}))
let made = 0
async function aLog() {
  made += 1
  const name = `turned-${made}`
  await ensureLog(installation, name)
  const row = (await findLog(sql, name))!
  let texts = 0
  /** Appends one entry, which the process of this number puts in order, or the one that listens where that is faster. */
  const grow = async (which: number, entry?: Uint8Array) => {
    texts += 1
    const leaves = await append(processes[which]!.sql, name, [entry ?? Buffer.from(`${name} ${texts}`)])
    do await processes[which]!.sequencer.tick()
    while ((await findIndexes(sql, row.id, leaves)).size === 0)
  }
  const keys = async () =>
    (await listLogKeys(sql, row.id)).filter(({ kind }) => kind === 'ed25519').map(({ vkey }) => vkey)
  const published = async () => Buffer.from((await findLog(sql, name))!.published!)
  /** By how many of these keys what is served is signed. */
  const signedBy = async (...vkeys: string[]) => {
    const note = await published()
    return vkeys.map((vkey) => {
      try {
        return Number(openByPolicy(note, policyOfKey(parseVerifierKey(vkey))).checkpoint.size)
      } catch {
        return 'not'
      }
    })
  }
  return { name, row, grow, keys, published, signedBy }
}
const rotate = async (name: string, options: Record<string, string | true> = {}) => {
  const { code, out, errors } = await verb(rotateCommand, [name], options)
  assert.equal(code, 0, errors)
  return out.split('\n').slice(1)
}

test('old and new keys sign together on every process, until the old ones retire, and their secrets are gone', async () => {
  const { name, row, grow, keys, signedBy } = await aLog()
  for (const which of [0, 1]) await grow(which)
  const [old] = await keys()
  const [fresh] = await rotate(name, { days: '10' })
  assert.deepEqual(await signedBy(old!, fresh!), [2, 2], 'before anything grows')
  for (const which of [0, 1]) await grow(which)
  assert.deepEqual(await signedBy(old!, fresh!), [4, 4])
  await retireKeys(installation)
  assert.deepEqual(await keys(), [fresh, old], 'not before its day')
  days += 11
  await Promise.all([retireKeys(installation), retireKeys(second.installation)])
  assert.deepEqual(await signedBy(old!, fresh!), ['not', 4])
  for (const which of [0, 1]) await grow(which)
  assert.deepEqual(await signedBy(old!, fresh!), ['not', 6])
  const secrets = await sql`select 1 from ledger.log_secret where log = ${row.id}`
  assert.equal(secrets.length, 2)
  const events = await sql<{ event: string; act: number }[]>`
    select ceremony.event, ceremony.act::int as act from ledger.ceremony where holder = ${name} order by id`
  assert.deepEqual(
    events.map(({ event }) => event),
    ['ledger.log-keys-made', 'ledger.log-keys-rotated', 'ledger.log-keys-retired'],
  )
  const acts = await sql<{ event: string }[]>`
    select event from platform.audit_event where id = any (${events.map(({ act }) => act)}) order by id`
  assert.deepEqual(
    acts.map(({ event }) => event),
    events.map(({ event }) => event),
  )
})

test('lost keys sign nothing more on any process, from the moment on which it was said', async () => {
  const { name, grow, keys, signedBy } = await aLog()
  for (const which of [0, 1]) await grow(which)
  const [old] = await keys()
  const [fresh] = await rotate(name, { lost: true })
  assert.deepEqual(await signedBy(old!, fresh!), ['not', 2])
  for (const which of [0, 1]) await grow(which)
  assert.deepEqual(await signedBy(old!, fresh!), ['not', 4])
  const shown = (await app.inject({ url: '/ledger.json' }))
    .json()
    .logs.find((log: { name: string }) => log.name === name)
  assert.ok(!shown.keys.includes(old) && shown.keys.includes(fresh))
  assert.equal(shown.former.find(({ vkey }: { vkey: string }) => vkey === old).state, 'lost')
})

test('rotations while both processes sign leave one history, checked by the newest keys', async () => {
  const { name, grow, keys } = await aLog()
  await Promise.all([...Array.from({ length: 12 }, (_, at) => grow(at % 2)), ...[1, 2, 3].map(() => rotate(name))])
  for (const { sequencer } of processes) await sequencer.tick()
  await grow(0)
  for (const vkey of (await keys()).slice(0, 4)) {
    const policy = policyOfKey(parseVerifierKey(vkey))
    const { findings, checkpoint } = await checkLog(readAddress(`${site}/ledger/logs/${name}`), { policy, where: name })
    assert.deepEqual([findings, checkpoint.size], [[], 13n])
  }
})

test('a proof of before holds by the keys that the site names after, unless the key was lost', async () => {
  const { name, grow } = await aLog()
  const salt = Buffer.alloc(32, 7)
  const entry = notarised('a lamp', salt)
  await grow(0, entry)
  const proof = await makeProof(sql, await getLog(installation, name), 0, printExtra({ entry, salt }))
  const judged = async () =>
    verifyFiles({ proof, document: Buffer.from('a lamp') }, encodeUtf8(policyOfLogs(await listKnownLogs(installation))))
      .outcome
  assert.equal(await judged(), 'document')
  await rotate(name, { days: '1' })
  days += 2
  await retireKeys(installation)
  assert.equal(await judged(), 'document')
  const newest = await makeProof(sql, await getLog(installation, name), 0, printExtra({ entry, salt }))
  await rotate(name, { lost: true })
  const policy = encodeUtf8(policyOfLogs(await listKnownLogs(installation)))
  assert.notEqual(verifyFiles({ proof: newest, document: Buffer.from('a lamp') }, policy).outcome, 'document')
  const again = await makeProof(sql, await getLog(installation, name), 0, printExtra({ entry, salt }))
  assert.equal(verifyFiles({ proof: again, document: Buffer.from('a lamp') }, policy).outcome, 'document')
})

test('a mirror by the old key goes on through the overlap, and by the new one after it; an export goes on as well', async () => {
  const { name, grow, keys } = await aLog()
  await grow(0)
  const [old] = await keys()
  const [mirror, exported] = [join(folder, `mirror-${name}`), join(folder, `export-${name}`)]
  const copy = (vkey: string) =>
    copyLog(readAddress(`${site}/ledger/logs/${name}`), mirror, {
      policy: policyOfKey(parseVerifierKey(vkey)),
      where: name,
    })
  const writeOut = async () => assert.equal((await verb(exportLog, [name, exported])).code, 0)
  await copy(old!)
  await writeOut()
  const [fresh] = await rotate(name, { days: '1' })
  await grow(1)
  assert.equal((await copy(old!)).checkpoint.size, 2n)
  days += 2
  await retireKeys(installation)
  await grow(0)
  await assert.rejects(copy(old!))
  assert.equal((await copy(fresh!)).checkpoint.size, 3n)
  await writeOut()
  for (const where of [mirror, exported]) {
    const policy = policyOfKey(parseVerifierKey(fresh!))
    const { findings, checkpoint } = await checkLog(readFolder(where), { policy, where })
    assert.deepEqual([findings, checkpoint.size], [[], 3n])
  }
})

test('a witness that knows the old key cosigns through the overlap; after it, and after a loss, it wants the new one', async () => {
  const other = await start({ address: 'http://one.example' })
  const url = `${await other.app.listen({ port: 0, host: '127.0.0.1' })}/ledger/witness`
  const { keys: witnessKeys } = (await other.app.inject('/ledger/witness.json')).json() as { keys: { vkey: string }[] }
  const atWitness = async (name: 'add' | 'remove', vkey: string) => {
    const command = witnessCommands.find((each) => each.name === `ledger witness ${name}`)!
    return (await call(command, [vkey], {}, 'en', (work) => work(other.installation))).code
  }
  const { name, row, grow, keys, published } = await aLog()
  const [old] = await keys()
  await atWitness('add', old!)
  const path = join(folder, `policy-${name}`)
  writeFileSync(path, `# ours\nlog ${old}\nwitness one ${witnessKeys[0]!.vkey} ${url}\nquorum one\n`)
  assert.equal((await verb(policyCommand, [name, path])).code, 0)
  assert.match(readFileSync(path, 'utf8'), /quorum one/)
  const servedPolicy = async () => (await app.inject({ url: `/ledger/logs/${name}/policy` })).body
  /** The size of what is served by the policy that is served, after the publishers of new processes looked. */
  const served = async () => {
    const publisher = openPublisher(second.installation, silent)
    await publisher.catchUp()
    await publisher.publish(name)
    const accepted = openByPolicy(await published(), parsePolicy(encodeUtf8(await servedPolicy())))
    return [
      Number(accepted.checkpoint.size),
      accepted.logs.map(({ key }) => Buffer.from(key.id).toString('hex')).sort(),
    ]
  }
  const idOf = (vkey: string) => vkey.split('+')[1]!
  await grow(0)
  assert.deepEqual(await served(), [1, [idOf(old!)]])
  const fresh = await rotate(name, { days: '1' })
  // Nothing grew, and what is served is signed by the new keys all the same.
  assert.deepEqual(await served(), [1, [old!, ...fresh].map(idOf).sort()])
  assert.match(await servedPolicy(), new RegExp(`^# ours\nlog .*${idOf(old!)}.*\nlog .*${idOf(fresh[0]!)}`))
  await grow(1)
  assert.equal((await served())[0], 2)

  assert.equal(await atWitness('remove', old!), 1, 'the only key of a log stays')
  assert.equal(await atWitness('add', fresh[0]!), 0)
  assert.equal(await atWitness('remove', old!), 0)
  days += 2
  await retireKeys(installation)
  await grow(0)
  assert.deepEqual(await served(), [3, fresh.map(idOf).sort()])

  const last = await rotate(name, { lost: true })
  await grow(1)
  await openPublisher(second.installation, silent).publish(name)
  const [contact] = await sql<{ failure: string }[]>`select failure from ledger.contact where log = ${row.id}`
  assert.equal(contact!.failure, '403')
  assert.doesNotMatch(await servedPolicy(), new RegExp(idOf(fresh[0]!)))
  assert.equal(await atWitness('add', last[0]!), 0)
  assert.deepEqual(await served(), [4, last.map(idOf).sort()])
})

test('the verb refuses what it cannot do, and changes nothing then', async () => {
  const { name, keys } = await aLog()
  const before = await keys()
  assert.equal((await verb(rotateCommand, ['nowhere'])).code, 2)
  for (const given of ['0', '367', '1.5', 'x'])
    assert.equal((await verb(rotateCommand, [name], { days: given })).code, 2)
  assert.equal((await verb(rotateCommand, [name], { days: '5', lost: true })).code, 2, 'lost keys do not go on')
  assert.deepEqual(await keys(), before)
})

test('lines of a policy come and go, and the rest stays as it was written', () => {
  const text = '# a\nlog one\n\twitness w k\nlog  two https://x\nquorum none\n'
  assert.equal(
    changeLogLines(text, { added: ['three', 'one'], dropped: ['two'] }),
    '# a\nlog one\n\twitness w k\nlog three\nquorum none\n',
  )
})
