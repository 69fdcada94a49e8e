// Checkpoints on a chain that is real, through a node that is not always there, or not always right.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Hex } from 'viem'
import { start } from '#test'
import { aPlace, confirmations, judge, modules, type Place } from '../../../../test/anchors.ts'
import { parseCheckpoint } from '../notes/checkpoint.rules.ts'
import { parseNote } from '../notes/note.rules.ts'
import { missingChain as skip } from '../testing/chain.ts'
import type { Means } from './anchor.ts'

test('the newest published checkpoint is on the chain, and final as deep as is asked for', { skip }, async () => {
  const place = await aPlace()
  const { grow, run, rounds, row, rows, later, way, told } = place
  assert.equal(await run(), 'nothing')
  const idle = way.asked.length
  assert.equal(idle, 0, 'nothing to anchor, nothing asked')
  await grow()
  const { size } = await grow()
  assert.equal(await run(), 'nothing')
  assert.deepEqual([(await row()).size, (await row()).state], [size, 'sent'])
  await rounds(1)
  assert.equal((await row()).state, 'mined')
  await rounds(confirmations - 2)
  assert.equal((await row()).state, 'mined', 'not as deep yet')
  await rounds(2)
  assert.equal((await row()).state, 'final')

  // A log that has not grown costs nothing, one that has is anchored when its minutes are over.
  later(60)
  await run()
  assert.equal((await rows()).length, 1)
  await grow()
  await run()
  await grow()
  await rounds(confirmations + 2)
  assert.deepEqual(
    (await rows()).map((each) => [each.size, each.state]),
    [
      [size, 'final'],
      [size + 1, 'final'],
    ],
  )
  await run()
  assert.equal((await rows()).length, 2, 'ten minutes are not over')
  later(10)
  await run()
  assert.equal((await row()).size, size + 2)
  await rounds(confirmations + 2)
  await judge(place, [size, size + 1, size + 2])
  assert.deepEqual(await told(), [size, size + 1, size + 2])
})

test('several logs go by one account, each its own checkpoint', { skip }, async () => {
  const place = await aPlace()
  for (const name of ['harbour', 'land', 'ships']) await place.grow(name)
  await place.run()
  assert.deepEqual(
    (await place.rows()).map(({ nonce }) => nonce),
    [0, 1, 2],
  )
  await place.rounds(confirmations + 2)
  await judge(place, [1, 1, 1])
})

test('after a reorganisation the same transaction is sent again', { skip }, async () => {
  const place = await aPlace()
  const { grow, run, rounds, row, signed, chain, later } = place
  await grow()
  const before = await chain.client.snapshot()
  await run()
  await rounds(2)
  const first = await row()
  assert.equal(first.state, 'mined')
  // Another history: the block of the anchor was never there.
  await chain.client.revert({ id: before })
  await chain.client.mine({ blocks: 5 })
  later()
  assert.equal(await run(), 'nothing')
  assert.equal((await row()).state, 'sent')
  await rounds(confirmations + 2)
  const last = await row()
  assert.equal(last.state, 'final')
  assert.notDeepEqual(last.blockHash, first.blockHash)
  assert.equal((await signed()).length, 1)
  await judge(place, [1])
})

test('a reorganisation that puts the transaction into another block is kept as it is', { skip }, async () => {
  const place = await aPlace()
  const { grow, run, rounds, row, chain, later } = place
  await grow()
  await run()
  await rounds(1)
  const first = await row()
  await chain.client.request({
    method: 'anvil_reorg' as never,
    params: [2, [[(await transactionOf(place)).raw, 1]]] as never,
  })
  later()
  await run()
  const second = await row()
  assert.notDeepEqual(second.blockHash, first.blockHash)
  assert.equal(second.state, 'mined')
  await rounds(confirmations + 1)
  await judge(place, [1])
})

const transactionOf = async ({ sql }: Place) => {
  const [row] = await sql<{ raw: Buffer }[]>`
    select raw
    from ledger.anchor_transaction
    order by anchor desc, number desc
    limit 1`
  return { raw: `0x${row!.raw.toString('hex')}` as Hex }
}

test('without funds it waits, says so once, and goes on with the same transaction when there are some', {
  skip,
}, async () => {
  const place = await aPlace()
  const { grow, run, rounds, row, chain, account, trail, alarms, signed, later } = place
  await chain.fund(account.address, 0n)
  await grow()
  assert.equal(await run(), 'no-funds')
  assert.deepEqual(await alarms(), [], 'not for what may be over in a minute')
  for (let at = 0; at < 5; at += 1) {
    later(30)
    assert.equal(await run(), 'nothing')
  }
  assert.equal((await row()).failure, 'no-funds')
  assert.equal((await row()).attempts, 6)
  assert.deepEqual(await trail(), ['log/harbour no-funds'])
  assert.deepEqual(await alarms(), ['anchor-fails no-funds'])
  await chain.fund(account.address)
  later(30)
  await run()
  assert.equal((await row()).failure, null)
  assert.deepEqual(await alarms(), [])
  await rounds(confirmations + 2)
  assert.ok((await signed()).every(({ nonce }) => nonce === 0))
  await judge(place, [1])
})

test('a fee that has become too low is raised under the same number, up to the limit', { skip }, async () => {
  const place = await aPlace({ gweiMax: 1000 })
  const { grow, run, rounds, row, chain, signed, later, trail } = place
  const nonces = async () => (await signed()).map(({ nonce }) => nonce)
  await chain.client.setAutomine(false)
  await grow()
  await run()
  later(2)
  await run()
  assert.deepEqual([(await row()).state, await nonces()], ['sent', [0]], 'it waits for a while')
  later(1)
  assert.equal(await run(), 'nothing')
  assert.deepEqual(await nonces(), [0, 0], 'nobody took it')

  await chain.client.setNextBlockBaseFeePerGas({ baseFeePerGas: 100_000_000_000n })
  await chain.client.mine({ blocks: 1 })
  later(1)
  assert.equal(await run(), 'nothing')
  assert.deepEqual(await nonces(), [0, 0, 0], 'the node says that it is too low')

  await chain.client.setNextBlockBaseFeePerGas({ baseFeePerGas: 2_000_000_000_000n })
  await chain.client.mine({ blocks: 1 })
  later(4)
  assert.equal(await run(), 'fee-limit')
  assert.equal((await nonces()).length, 3)
  assert.deepEqual(await trail(), ['log/harbour fee-limit'])
  await chain.client.setNextBlockBaseFeePerGas({ baseFeePerGas: 1_000_000_000n })
  await chain.client.setAutomine(true)
  later(30)
  await rounds(confirmations + 3)
  assert.equal((await row()).state, 'final')
  await judge(place, [1])
})

test('more than the limit is never signed for', { skip }, async () => {
  const place = await aPlace({ gweiMax: 1 })
  await place.chain.client.setNextBlockBaseFeePerGas({ baseFeePerGas: 5_000_000_000n })
  await place.chain.client.mine({ blocks: 1 })
  await place.grow()
  assert.equal(await place.run(), 'fee-limit')
  assert.deepEqual(await place.signed(), [])
  assert.equal((await place.row()).state, 'queued')
})

test('while the node is down all waits, and nothing is lost or doubled when it is back', { skip }, async () => {
  const place = await aPlace()
  const { grow, run, rounds, way, row, trail, later } = place
  way.isDown = true
  await grow()
  await grow('land')
  assert.equal(await run(), 'node-down')
  for (let at = 0; at < 8; at += 1) {
    await grow()
    later()
    assert.equal(await run(), 'nothing')
  }
  assert.deepEqual(await trail(), [`chain/${place.chain.id} node-down`])
  assert.ok((await row()).attempts < 8, 'it rests')
  way.isDown = false
  later(30)
  await run()
  await rounds(confirmations + 2)
  later(10)
  await run()
  await rounds(confirmations + 2)
  await judge(place, [1, 1, 9])
})

test('to another chain, another contract, or under another account nothing is sent', { skip }, async () => {
  const place = await aPlace()
  const { means, grow, run, chain, way, account, rounds, later } = place
  await grow()
  const nobody = `0x${'99'.repeat(20)}` as const
  const others: [Partial<NonNullable<Means['chain']>>, says: string][] = [
    [{ id: chain.id + 1 }, 'wrong-chain'],
    [{ contract: nobody }, 'no-contract'],
    [{ contract: await chain.deploy(nobody) }, 'not-publisher'],
  ]
  for (const [other, says] of others) assert.equal(await run({ ...means, chain: { ...means.chain!, ...other } }), says)
  assert.ok(!way.asked.includes('eth_sendRawTransaction'))
  assert.equal(await chain.client.getTransactionCount({ address: account.address }), 0)
  // And where it is meant to be it goes, whatever waits elsewhere.
  assert.equal(await run(), 'nothing')
  await rounds(confirmations + 2)
  later()
  assert.deepEqual(await place.told(), [1])
})

test('a node that lies about a receipt is not believed', { skip }, async () => {
  const place = await aPlace()
  const { grow, run, rounds, way, row, chain, later } = place
  await chain.client.setAutomine(false)
  await grow()
  await run()
  const block = await chain.client.getBlock()
  way.after = ({ method, params }) =>
    method === 'eth_getTransactionReceipt'
      ? {
          result: {
            transactionHash: params[0],
            ...{ status: '0x1', blockNumber: `0x${block.number.toString(16)}`, blockHash: block.hash, logs: [] },
            ...{
              transactionIndex: '0x0',
              gasUsed: '0x1',
              cumulativeGasUsed: '0x1',
              effectiveGasPrice: '0x1',
              type: '0x2',
            },
            ...{ from: place.account.address, to: place.contract, contractAddress: null, logsBloom: '0x' },
          },
        }
      : undefined
  later()
  assert.equal(await run(), 'contradiction')
  await rounds(0)
  assert.equal((await row()).state, 'sent')
  way.after = undefined
  await chain.client.setAutomine(true)
  later(30)
  await rounds(confirmations + 3)
  await judge(place, [1])
})

test('what the contract refuses is not paid for, and another history of the log raises an alarm', {
  skip,
}, async () => {
  const place = await aPlace()
  const { grow, run, write, row, rows, trail, alarms, means } = place
  await grow()
  await write(1n, `0x${'ab'.repeat(32)}`)
  assert.equal(await run(), 'other-root')
  assert.deepEqual(await trail(), ['log/harbour other-root'])
  const { chain: _, ...elsewhere } = means
  for (const each of [means, elsewhere]) assert.deepEqual(await alarms(each), ['anchor-contradicts other-root'])
  assert.equal((await row()).nonce, null, 'nothing was signed')
  assert.equal((await rows()).length, 1)
})

test('a larger checkpoint of the log on the chain stands for one that waits', { skip }, async () => {
  const place = await aPlace()
  const { grow, run, rounds, write, row, signed } = place
  await grow()
  await write(7n, `0x${'ab'.repeat(32)}`)
  assert.equal(await run(), 'nothing')
  assert.equal((await row()).state, 'queued', 'not as deep yet')
  await rounds(confirmations + 1)
  assert.equal((await row()).state, 'superseded')
  assert.deepEqual(await signed(), [])
})

test('a checkpoint that the chain has already, as after a backup was restored, is not sent twice', {
  skip,
}, async () => {
  const place = await aPlace()
  const { grow, run, rounds, write, row } = place
  const { published } = await grow()
  const { root } = parseCheckpoint(parseNote(published!).text)
  await write(1n, `0x${Buffer.from(root).toString('hex')}`)
  assert.equal(await run(), 'nothing')
  assert.equal((await row()).state, 'queued', 'not as deep yet')
  await rounds(confirmations + 1)
  assert.equal((await row()).state, 'final')
  assert.deepEqual(await place.signed(), [])
  await judge(place, [1])
})

test('a number of the account that somebody else took is given up once it is deep', { skip }, async () => {
  const place = await aPlace()
  const { grow, run, rounds, chain, account, row, rows, trail, later, signed } = place
  await chain.client.setAutomine(false)
  await grow()
  await run()
  await chain.client.dropTransaction({ hash: `0x${(await signed())[0]!.hash}` })
  await chain.client.impersonateAccount({ address: account.address })
  await chain.client.sendTransaction({
    to: account.address,
    value: 1n,
    nonce: 0,
    chain: null,
    account: account.address,
  })
  await chain.client.mine({ blocks: 1 })
  await chain.client.setAutomine(true)
  later()
  await run()
  assert.equal((await row()).nonce, 0, 'a reorganisation may bring it back')
  await chain.client.mine({ blocks: confirmations })
  later()
  assert.equal(await run(), 'nonce-taken')
  assert.deepEqual(await trail(), ['log/harbour nonce-taken'])
  await rounds(confirmations + 4)
  assert.equal((await rows()).length, 1)
  await judge(place, [1])
})

test('on a network without EIP-1559 it goes by a gas price', { skip }, async () => {
  const place = await aPlace({ anvil: ['--hardfork', 'berlin'] })
  await place.grow()
  assert.equal(await place.run(), 'nothing')
  await place.rounds(confirmations + 2)
  await judge(place, [1])
})

test('of two processes that anchor at once, one does', { skip }, async () => {
  const place = await aPlace()
  const beside = await start({ beside: { urls: place.urls }, modules })
  await place.grow()
  await place.grow('land')
  const other = { ...place.means, sql: beside.sql }
  await Promise.all([place.run(), place.run(other), place.run(), place.run(other)])
  assert.equal((await place.signed()).length, 2)
  for (let at = 0; at <= confirmations + 2; at += 1) {
    await place.chain.client.mine({ blocks: 1 })
    place.later()
    await Promise.all([place.run(), place.run(other)])
  }
  await judge(place, [1, 1])
})

test('without a setting nothing is queued and nobody is asked', { skip }, async () => {
  const place = await aPlace()
  await place.grow()
  const { contract: _, ...withoutContract } = place.means.chain!
  for (const chain of [undefined, withoutContract]) assert.equal(await place.run({ ...place.means, chain }), 'nothing')
  assert.deepEqual([(await place.rows()).length, place.way.asked], [0, []])
})
