import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { openDatabase } from '#platform'
import { migrate, migrationsOf } from '../../../../src/start/migrate.ts'
import { startPostgres } from '../../../../src/start/postgres/server.ts'
import type { Appending, Told } from '../../../../test/running/appending.ts'
import { aDataFolder, endWithFile, postmasterOf, project } from '../../../../test/running/praya.ts'
import { openVault } from '../../../platform/vault.ts'
import { watchHistory } from '../testing/history.sql.ts'
import { judgeHistory, keyOf, untilInOrder } from '../testing/history.ts'
import { ensureLog } from './logs.ts'
import { openSequencer } from './sequencer.ts'

/*
 * Three processes on one database, which are killed, and so is the database. Each tells what was acknowledged to it.
 * TEST_CAMPAIGN=1 goes on for longer.
 */
const rounds = process.env.TEST_CAMPAIGN === '1' ? 60 : 6
const roundMsMax = 900
const log = pino({ level: 'silent' })
const secret = 'a secret of these tests alone, as long as one is'
const name = 'shared'

const folder = await aDataFolder()
const server = await startPostgres({ folder, log })
after(() => server.stop())
const urls = { owner: server.ownerUrl, app: server.appUrl }
await migrate(urls.owner, migrationsOf([{ name: 'ledger' }]))
const owner = openDatabase({ ...urls, app: urls.owner }, { connectionsMax: 1 })
const { sql, close } = openDatabase(urls, { connectionsMax: 3 })
await watchHistory(owner.sql)
await owner.close()
const installation = { sql, vault: openVault(secret), address: 'http://localhost:8080', now: () => new Date() }
await ensureLog(installation, name)

const acknowledged = new Set<string>()
const places: [string, number][] = []
let started = 0

function aProcess() {
  started += 1
  const given: Appending = { urls, secret, log: name, who: String(started) }
  const child = endWithFile(
    fork(new URL('../../../../test/running/appending.ts', import.meta.url), [JSON.stringify(given)], {
      cwd: project,
      // Else undefined would come as null.
      serialization: 'advanced',
      execArgv: ['--conditions=source', '--import', new URL('../../../../scripts/sources.mjs', import.meta.url).href],
    }),
  )
  child.on('message', ({ texts, places: found }: Told) => {
    for (const text of texts) acknowledged.add(text)
    for (const [at, index] of found.entries()) if (index !== undefined) places.push([texts[at]!, index])
  })
  const speaks = Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => assert.fail('it ended by itself')),
  ])
  return { child, speaks }
}

/** Any process of the server that serves somebody: the others are ended with it, and their memory is made anew. */
async function killBackend(): Promise<void> {
  const [{ pid } = { pid: 0 }] = await sql<{ pid: number }[]>`
    select pid
    from pg_stat_activity
    where usename = 'app' and pid <> pg_backend_pid()
    order by random()
    limit 1`
  if (pid > 1) process.kill(pid, 'SIGKILL')
}

async function untilAnswers(): Promise<void> {
  for (let tries = 0; tries < 1000; tries += 1) {
    if (await sql`select 1`.catch(() => undefined)) return
    await pause(30)
  }
  assert.fail('the database does not come back')
}

test(`three processes of which one is killed each time, and the database too, make one history in ${rounds} rounds`, async (context) => {
  const processes = [aProcess(), aProcess(), aProcess()]
  await Promise.all(processes.map(({ speaks }) => speaks))
  for (let round = 0; round < rounds; round += 1) {
    await pause(Math.random() * roundMsMax)
    const which = Math.floor(Math.random() * processes.length)
    processes[which]!.child.kill('SIGKILL')
    await once(processes[which]!.child, 'exit')
    processes[which] = aProcess()
    if (round % 3 === 1) await killBackend()
    // The fewest times of all: a server that is killed often is given up.
    if (round % 20 === 2) process.kill(postmasterOf(folder), 'SIGKILL')
    await untilAnswers()
    const before = acknowledged.size
    await processes[which]!.speaks
    for (let tries = 0; acknowledged.size === before && tries < 500; tries += 1) await pause(20)
    assert.ok(acknowledged.size > before, 'the others go on')
  }
  for (const { child } of processes) child.send('stop')
  await Promise.all(processes.map(({ child }) => child.exitCode ?? once(child, 'exit')))

  await untilInOrder(sql, name, openSequencer(installation, log))
  const found = await judgeHistory(sql, name)
  for (const text of acknowledged)
    assert.ok(found.has(keyOf(Buffer.from(text))), `${text} was acknowledged, and is lost`)
  for (const [text, index] of places) assert.equal(found.get(keyOf(Buffer.from(text))), index)
  assert.ok(places.length > 0, 'somebody waited')
  context.diagnostic(
    `${found.size} entries, ${acknowledged.size} acknowledged, ${places.length} places told, ${started} processes`,
  )
  await close()
})
