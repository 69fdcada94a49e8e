// Whatever breaks, and wherever: a checkpoint gets to the chain, and once.
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { openDatabase } from '#platform'
import { byPort, sessionSecret, start } from '#test'
import type { Anchoring } from '../../../../test/running/anchoring.ts'
import { endWithFile, project } from '../../../../test/running/praya.ts'
import { append } from '../log/append.ts'
import { ensureLog } from '../log/logs.ts'
import { openSequencer } from '../log/sequencer.ts'
import module from '../module.ts'
import { aChain, aWayTo, missingChain } from '../testing/chain.ts'
import { aFaultyWire } from '../testing/faulty.ts'
import { killBackend } from '../testing/history.sql.ts'
import { getAccount } from './account.ts'
import { anchorLogs, type Means } from './anchor.ts'

const skip = missingChain
const minuteMs = 60_000
let time = Date.parse('2026-11-27T08:00:00Z')

async function aPlace() {
  const { sql, installation, urls } = await start({ modules: [module] })
  // The rules of registers wait for their places, too; here stands only what these tests enter.
  await sql`delete from ledger.pending`
  const chain = await aChain()
  const way = await aWayTo(chain.url)
  const account = await getAccount(installation)
  const contract = await chain.deploy(account.address)
  await chain.fund(account.address)
  const settings = { url: way.url, id: chain.id, contract, everyMinutes: 1, confirmations: 0, gweiMax: 1000 }
  const means: Means = { ...installation, now: () => new Date(time), chain: settings }
  const sequencer = openSequencer(installation, pino({ level: 'silent' }))
  const log = 'harbour'
  await ensureLog(installation, log)
  let size = 0
  return {
    ...{ sql, urls, chain, way, means },
    async grow() {
      size += 1
      await append(sql, log, [Buffer.from(`${log} ${size}`)])
      await sequencer.tick()
      time += 40 * minuteMs
    },
    /** As a process that is started anew does, until everything is final. */
    async recover() {
      // The database lets go of a process that was killed when it notices, which takes a moment on a busy machine.
      for (const until = performance.now() + 30_000; performance.now() < until; await pause(20)) {
        await chain.client.mine({ blocks: 1 })
        time += 40 * minuteMs
        await anchorLogs(means).catch(() => {})
        const open = await sql`select 1 from ledger.anchor where state in ('queued', 'sent', 'mined')`
        if (open.length === 0) return
      }
      assert.fail('it never becomes final')
    },
    /** Each size once, in order, every one of them final, and no number of the account spent on nothing. */
    async judge() {
      const wanted = Array.from({ length: size }, (_, at) => at + 1)
      const told = (await chain.told(contract)).map((each) => Number(each.size))
      assert.deepEqual(told, [...new Set(told)], 'twice on the chain')
      assert.deepEqual(
        told,
        [...told].sort((one, other) => one - other),
      )
      assert.equal(told.at(-1), size, 'the newest is lost')
      const rows = await sql<{ size: number; state: string }[]>`
        select size, state
        from ledger.anchor
        order by id
        limit 500`
      assert.deepEqual(
        [...rows].map((row) => row.state),
        rows.map(() => 'final'),
      )
      assert.deepEqual(
        [...rows].map((row) => row.size),
        told,
        'what is kept is what is there',
      )
      assert.equal(
        await chain.client.getTransactionCount({ address: (await getAccount(installation)).address }),
        told.length,
      )
      return wanted.length
    },
  }
}

for (const when of ['unheard', 'done'] as const)
  test(`a node that is lost at any question, ${when}, loses and doubles nothing`, { skip }, async () => {
    const { way, grow, recover, judge, means, chain } = await aPlace()
    let questions = 0
    for (let at = 1; ; at += 1) {
      await grow()
      let left = at
      const breaks = () => {
        left -= 1
        if (left === 0) throw new Error('lost')
        return undefined
      }
      if (when === 'unheard') way.before = breaks
      else way.after = breaks
      // Signed and sent, and then followed into its block.
      for (let round = 0; round < 2 && left > 0; round += 1) {
        await anchorLogs(means).catch(() => {})
        await chain.client.mine({ blocks: 1 })
        time += minuteMs
      }
      way.before = way.after = undefined
      const isWhole = left > 0
      await recover()
      if (isWhole) break
      questions += 1
    }
    assert.ok((await judge()) > 15, 'it was broken at many questions')
    assert.ok(questions > 15)
  })

for (const when of ['unheard', 'done'] as const)
  for (const how of ['cut', 'killed'] as const)
    test(`a database that is lost at any statement, ${when} and ${how}, loses and doubles nothing`, {
      skip,
    }, async () => {
      const { grow, recover, judge, means, chain, sql, urls } = await aPlace()
      const wire = await aFaultyWire(byPort(urls.app), (backend) => killBackend(sql, backend))
      const database = openDatabase({ ...urls, app: wire.url }, { connectionsMax: 2 })
      after(() => database.close())
      await database.sql`select 1`
      let statements = 0
      for (let at = 1; ; at += 1) {
        await grow()
        const before = wire.fired()
        wire.arm({ at, when, how })
        for (let round = 0; round < 2 && wire.fired() === before; round += 1) {
          await anchorLogs({ ...means, sql: database.sql }).catch(() => {})
          await chain.client.mine({ blocks: 1 })
          time += minuteMs
        }
        wire.disarm()
        const isWhole = wire.fired() === before
        await recover()
        if (isWhole) break
        statements += 1
      }
      assert.ok(statements > 12, `${statements} statements were broken`)
      await judge()
    })

test('a process that is killed before and after the node hears of a transaction leaves it to the next', {
  skip,
}, async () => {
  const { way, grow, recover, judge, means, sql, urls } = await aPlace()
  for (const where of ['before', 'after', 'before', 'after'] as const) {
    await grow()
    const given: Anchoring = { urls, secret: sessionSecret, chain: means.chain, time }
    const child = endWithFile(
      fork(new URL('../../../../test/running/anchoring.ts', import.meta.url), [JSON.stringify(given)], {
        cwd: project,
        execArgv: ['--conditions=source', '--import', new URL('../../../../scripts/sources.mjs', import.meta.url).href],
      }),
    )
    way[where] = async ({ method }) => {
      if (method !== 'eth_sendRawTransaction') return undefined
      child.kill('SIGKILL')
      await once(child, 'exit')
      throw new Error('it is gone')
    }
    await once(child, 'exit')
    way[where] = undefined
    const kept = await sql`select 1 from ledger.anchor where state = 'sent'`
    assert.equal(kept.length, 1, 'what was signed is kept')
    await recover()
  }
  assert.equal(await judge(), 4)
})
