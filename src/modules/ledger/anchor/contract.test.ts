// The contract by itself, on a chain: who may write, and that nothing is written twice.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { type BaseError, ContractFunctionRevertedError, type Hex, zeroHash } from 'viem'
import { compileContract } from '../../../../scripts/contract.mjs'
import { aChain, missingChain } from '../testing/chain.ts'
import { abi } from './contract.ts'

test('contract.ts is what its source compiles to', () => {
  assert.equal(readFileSync(new URL('contract.ts', import.meta.url), 'utf8'), compileContract(), 'npm run contract')
})

const [log, other] = [`0x${'11'.repeat(32)}`, `0x${'22'.repeat(32)}`] as const
const rootOf = (size: bigint): Hex => `0x${size.toString(16).padStart(64, 'a')}`

test('only the publisher writes, a log only grows, and who takes over goes on', { skip: missingChain }, async () => {
  const { client, deploy, landed, told, fund } = await aChain()
  const [one, two] = [`0x${'01'.repeat(20)}`, `0x${'02'.repeat(20)}`] as const
  for (const address of [one, two]) {
    await client.impersonateAccount({ address })
    await fund(address)
  }
  const address = await deploy(one)
  type Call = { functionName: 'anchor'; args: [Hex, bigint, Hex] } | { functionName: 'handOver'; args: [Hex] }
  const act = async (account: Hex, call: Call): Promise<string> => {
    try {
      await client.simulateContract({ address, abi, account, ...call } as Parameters<typeof client.simulateContract>[0])
    } catch (error) {
      const reverted = (error as BaseError).walk((each) => each instanceof ContractFunctionRevertedError)
      return (reverted as ContractFunctionRevertedError).data!.errorName
    }
    const write = { chain: null, address, abi, account, ...call } as Parameters<typeof client.writeContract>[0]
    await landed(await client.writeContract(write))
    return 'done'
  }
  const anchor = (account: Hex, size: bigint, of: Hex = log, root = rootOf(size)) =>
    act(account, { functionName: 'anchor', args: [of, size, root] })
  // biome-ignore format: a table
  const acts: [() => Promise<string>, outcome: string][] = [
    [() => anchor(two, 5n),                                         'NotPublisher'],
    [() => anchor(one, 0n),                                         'NotLarger'],
    [() => anchor(one, 5n),                                         'done'],
    [() => anchor(one, 5n),                                         'NotLarger'],
    [() => anchor(one, 5n, log, rootOf(6n)),                        'NotLarger'],
    [() => anchor(one, 4n),                                         'NotLarger'],
    [() => anchor(one, 4n, other),                                  'done'],
    [() => anchor(one, 2n ** 64n - 1n, other),                      'done'],
    [() => anchor(one, 9n),                                         'done'],
    [() => act(two, { functionName: 'handOver', args: [two] }),     'NotPublisher'],
    [() => act(one, { functionName: 'handOver', args: [two] }),     'done'],
    [() => anchor(one, 12n),                                        'NotPublisher'],
    [() => anchor(two, 12n),                                        'done'],
  ]
  for (const [at, [run, outcome]] of acts.entries()) assert.equal(await run(), outcome, `act ${at + 1}`)

  const kept = (size: bigint) => client.readContract({ address, abi, functionName: 'kept', args: [log, size] })
  const { timestamp } = await client.getBlock()
  for (const size of [5n, 9n, 12n]) {
    const [root, time] = await kept(size)
    assert.equal(root, rootOf(size))
    assert.ok(time > 0n && time <= timestamp)
  }
  assert.deepEqual(await kept(6n), [zeroHash, 0n])
  assert.equal(await client.readContract({ address, abi, functionName: 'newest', args: [log] }), 12n)
  assert.deepEqual(
    (await told(address)).map(({ log: of, size }) => [of, size]),
    [
      [log, 5n],
      [other, 4n],
      [other, 2n ** 64n - 1n],
      [log, 9n],
      [log, 12n],
    ],
  )
})
