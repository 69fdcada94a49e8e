// The drill of docs/guides/recover-a-ledger.md: a log is put back to an older state, the witness refuses it, and a mirror gives
// back what was lost.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { pino } from 'pino'
import { start } from '#test'
import postgres from '../../../platform/driver.ts'
import { lookForAlarms } from '../alarms/look.ts'
import { checkLog } from '../fsck/fsck.ts'
import { readFolder } from '../fsck/read.ts'
import { append } from '../log/append.ts'
import { findLog, listLogKeys } from '../log/logs.sql.ts'
import { ensureLog } from '../log/logs.ts'
import { rotateKeys } from '../log/rotate.ts'
import { openSequencer } from '../log/sequencer.ts'
import { readOwn } from '../log/served.ts'
import { parseVerifierKey } from '../notes/keys.rules.ts'
import { policyOfKey } from '../notes/policy.rules.ts'
import { policyCommand } from '../publication/command.ts'
import { openPublisher } from '../publication/publish.ts'
import { call } from '../testing/calls.ts'
import { witnessCommands } from '../witness/command.ts'
import { restore } from './command.ts'
import { copyLog } from './copy.ts'

const silent = pino({ level: 'silent' })
const { sql, urls, installation, folder } = await start()
const owner = postgres(urls.owner, { max: 1, onnotice: () => {} })
after(() => owner.end())
const sequencer = openSequencer(installation, silent)
const name = 'drilled'
await ensureLog(installation, name)
const { id } = (await findLog(sql, name))!
const [key] = await listLogKeys(sql, id)
const policy = policyOfKey(parseVerifierKey(key!.vkey))
const verb = (...given: string[]) => call(restore, given, {}, 'en', (work) => work(installation))

const other = await start({ address: 'http://one.example' })
const url = `${await other.app.listen({ port: 0, host: '127.0.0.1' })}/ledger/witness`
const { keys } = (await other.app.inject('/ledger/witness.json')).json() as { keys: { vkey: string }[] }
const add = witnessCommands.find((each) => each.name === 'ledger witness add')!
await call(add, [key!.vkey], {}, 'en', (work) => work(other.installation))
const path = join(folder, 'policy')
writeFileSync(path, `log ${key!.vkey}\nwitness one ${keys[0]!.vkey} ${url}\nquorum one\n`)
await call(policyCommand, [name, path], {}, 'en', (work) => work(installation))

async function grow(count: number, text: string) {
  const entries = Array.from({ length: count }, (_, at) => Buffer.from(`${text} ${at}`))
  for (let at = 0; at < count; at += 200) await append(sql, name, entries.slice(at, at + 200))
  await sequencer.tick()
  await openPublisher(installation, silent).publish(name)
}
const mirror = join(folder, 'mirror')
const copy = () => copyLog(readOwn(sql, name), mirror, { policy, where: name })
const tables = ['bundle', 'tile', 'leaf'] as const
async function keepState() {
  for (const each of tables)
    await owner.unsafe(`create table public.kept_${each} as select * from ledger.${each} where log = ${id}`)
  await owner`create table public.kept_log as select * from ledger.log where id = ${id}`
}
/** As a backup of before puts a database back. */
async function putBack() {
  await owner.begin(async (transaction) => {
    for (const each of tables) {
      await transaction.unsafe(`delete from ledger.${each} where log = ${id}`)
      await transaction.unsafe(`insert into ledger.${each} select * from public.kept_${each}`)
    }
    await transaction`
      update ledger.log set (size, peaks, sequenced, published, sequenced_at, published_size, behind_at) =
        (select size, peaks, sequenced, published, sequenced_at, published_size, behind_at from public.kept_log)
      where id = ${id}`
  })
}

test('a log that was put back to an older state is refused by its witness, and an alarm says so', async () => {
  await grow(300, 'before')
  await keepState()
  await grow(500, 'after')
  await copy()
  await putBack()
  await grow(3, 'another way')
  const [contact] = await sql<{ failure: string }[]>`select failure from ledger.contact where log = ${id}`
  assert.equal(contact!.failure, 'knows 800')
  await lookForAlarms(installation)
  const alarms = await sql<{ kind: string }[]>`select kind from ledger.alarm where closed_at is null`
  assert.deepEqual(
    alarms.map(({ kind }) => kind),
    ['witness-refuses'],
  )
  assert.equal(Number((await findLog(sql, name))!.published!.toString().split('\n')[1]), 300, 'nothing of it is served')
  assert.equal((await verb(name, mirror)).code, 1, 'what went another way cannot be joined')
})

test('a mirror gives back what was published, the witness cosigns again, and the alarm is closed', async () => {
  await putBack()
  const { code, out, errors } = await verb(name, mirror)
  assert.equal(code, 0, errors)
  assert.match(out, /had 300 entries and has 800 now/)
  const { findings } = await checkLog(readOwn(sql, name), { policy, where: name })
  assert.deepEqual(findings, [])
  await grow(2, 'later')
  const [contact] = await sql<{ failure: string | null; size: number }[]>`
    select failure, size::int as size from ledger.contact where log = ${id}`
  assert.deepEqual({ ...contact }, { failure: null, size: 802 })
  await lookForAlarms(installation)
  assert.equal((await sql`select 1 from ledger.alarm where closed_at is null`).length, 0)
  // And the mirror of before goes on.
  assert.equal((await copy()).checkpoint.size, 802n)
  assert.deepEqual((await checkLog(readFolder(mirror), { policy, where: mirror })).findings, [])
})

test('a mirror that is not what the log signed gives nothing back', async () => {
  await putBack()
  const bundle = join(mirror, 'tile/entries/001')
  const bytes = readFileSync(bundle)
  bytes[bytes.length - 1]! ^= 1
  writeFileSync(bundle, bytes)
  assert.equal((await verb(name, mirror)).code, 1)
  assert.equal((await findLog(sql, name))!.size, 300)
  assert.equal((await verb(name, join(folder, 'nowhere'))).code, 2)
  assert.equal((await verb('nowhere', mirror)).code, 2)
})

test('a mirror that only a key signed which was lost since gives nothing back', async () => {
  await putBack()
  const stolen = join(folder, 'stolen')
  await grow(5, 'by a thief')
  await copyLog(readLogOf(), stolen, { policy, where: name })
  await putBack()
  await sql.begin((transaction) =>
    rotateKeys(transaction, installation, 'system', { name, lost: true, overlapDays: 0 }),
  )
  const { code, errors } = await verb(name, stolen)
  assert.equal(code, 1)
  assert.match(errors, /No given key signed this note/)
  assert.equal((await findLog(sql, name))!.size, 300)
  assert.match((await verb('nowhere', mirror)).errors, /There is no log “nowhere” here\. There are: .*drilled/)
})
/** As the log signed it, whether or not witnesses have cosigned that. */
const readLogOf = () => async (path: string) =>
  path === 'checkpoint' ? (await findLog(sql, name))!.sequenced! : readOwn(sql, name)(path)
