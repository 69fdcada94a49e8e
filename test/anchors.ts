// Checkpoints on their way to a chain: an installation, a chain that is real, and a way between them on which things go wrong.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import type { Hex } from 'viem'
import { start } from '#test'
import { lookForAlarms } from '../src/modules/ledger/alarms/look.ts'
import { getAccount } from '../src/modules/ledger/anchor/account.ts'
import { logIdOf } from '../src/modules/ledger/anchor/anchor.rules.ts'
import { anchorLogs, type Means } from '../src/modules/ledger/anchor/anchor.ts'
import { abi } from '../src/modules/ledger/anchor/contract.ts'
import { append } from '../src/modules/ledger/log/append.ts'
import { findLog } from '../src/modules/ledger/log/logs.sql.ts'
import { ensureLog } from '../src/modules/ledger/log/logs.ts'
import { openSequencer } from '../src/modules/ledger/log/sequencer.ts'
import module from '../src/modules/ledger/module.ts'
import { parseCheckpoint } from '../src/modules/ledger/notes/checkpoint.rules.ts'
import { parseNote } from '../src/modules/ledger/notes/note.rules.ts'
import { aChain, aWayTo } from '../src/modules/ledger/testing/chain.ts'

export const modules = [module]
const minuteMs = 60_000
export const confirmations = 3

/** An installation with one log, a chain with a contract for it, and a way between the two. */
export async function aPlace({ gweiMax = 1000, anvil = [] as string[] } = {}) {
  const { sql, installation, app, urls } = await start({ modules })
  // The rules of registers wait for their places, too; here stands only what these tests enter.
  await sql`delete from ledger.pending`
  const chain = await aChain(...anvil)
  const way = await aWayTo(chain.url)
  let time = Date.parse('2026-11-27T08:00:00Z')
  const account = await getAccount(installation)
  const contract = await chain.deploy(account.address)
  await chain.fund(account.address)
  const settings = { url: way.url, id: chain.id, contract, everyMinutes: 10, confirmations, gweiMax }
  const means: Means = { ...installation, now: () => new Date(time), chain: settings }
  const sequencer = openSequencer(installation, pino({ level: 'silent' }))
  const grow = async (name = 'harbour', text = randomUUID()) => {
    await ensureLog(installation, name)
    await append(sql, name, [Buffer.from(text)])
    await sequencer.tick()
    return (await findLog(sql, name))!
  }
  const later = (minutes = 1) => (time += minutes * minuteMs)
  /** What the job says to the log, where it says something. */
  const run = async (given: Means = means): Promise<string> =>
    anchorLogs(given).then(
      () => 'nothing',
      ({ message }: Error) => message.replace('Anchors do not get to the chain: ', ''),
    )
  /** A round of the job each minute, with a block before each. */
  const rounds = async (count: number) => {
    for (let at = 0; at < count; at += 1) {
      await chain.client.mine({ blocks: 1 })
      later()
      await run()
    }
  }
  const rows = () =>
    sql<
      {
        size: number
        state: string
        failure: string | null
        nonce: number | null
        attempts: number
        blockHash: Buffer | null
      }[]
    >`
      select size, state, failure, nonce, attempts, block_hash
      from ledger.anchor
      order by id
      limit 100`
  const row = async () => (await rows()).at(-1)!
  const signed = async () =>
    (
      await sql<{ hash: Buffer; nonce: number }[]>`
      select hash, nonce
      from ledger.anchor_transaction
      order by anchor, number
      limit 100`
    ).map(({ hash, nonce }) => ({ hash: hash.toString('hex'), nonce }))
  /** What stands in the audit trail. */
  const trail = async () =>
    (
      await sql<{ subject: string; detail: { failure: string } }[]>`
      select subject, detail
      from platform.audit_event
      where event = 'ledger.anchor-failed'
      order by id
      limit 100`
    ).map(({ subject, detail }) => `${subject} ${detail.failure}`)
  /** What officers are told of. */
  const alarms = async (given: Means = means) => {
    await lookForAlarms(given)
    const open = await sql<{ kind: string; detail: string }[]>`
      select kind, detail
      from ledger.alarm
      where closed_at is null and kind like 'anchor-%'
      order by kind
      limit 100`
    return open.map(({ kind, detail }) => `${kind} ${detail}`)
  }
  const told = async () => (await chain.told(contract)).map(({ size }) => Number(size))
  /** Past this program, by the same account. */
  const write = async (size: bigint, root: Hex) => {
    await chain.client.impersonateAccount({ address: account.address })
    const { origin } = (await findLog(sql, 'harbour'))!
    const call = { address: contract, abi, functionName: 'anchor', args: [logIdOf(origin), size, root] } as const
    await chain.landed(await chain.client.writeContract({ ...call, chain: null, account: account.address }))
  }
  return {
    app,
    sql,
    urls,
    chain,
    way,
    account,
    contract,
    means,
    grow,
    later,
    run,
    rounds,
    rows,
    row,
    signed,
    trail,
    alarms,
    told,
    write,
  }
}

export type Place = Awaited<ReturnType<typeof aPlace>>

/** What must stand whatever happened: the chain has each checkpoint once, as the log published it, and a log only grew. */
export async function judge({ chain, contract, sql, told }: Place, sizes: number[]) {
  assert.deepEqual(await told(), sizes)
  const published = await sql<{ checkpoint: Buffer; origin: string }[]>`
    select anchor.checkpoint, log.origin
    from ledger.anchor
    join ledger.log on log.id = anchor.log
    where state = 'final'
    order by anchor.id
    limit 100`
  const events = await chain.told(contract)
  for (const { checkpoint, origin } of published) {
    const { size, root } = parseCheckpoint(parseNote(checkpoint).text)
    const event = events.find((each) => each.log === logIdOf(origin) && each.size === size)
    assert.equal(event?.root, `0x${Buffer.from(root).toString('hex')}`)
  }
  assert.equal(published.length, sizes.length, 'what the chain has is final here')
}
