import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after as atEnd } from 'node:test'
import { createTestClient, getAddress, type Hex, http, publicActions, walletActions } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { abi, bytecode } from '../anchor/contract.ts'
import { findAnvil, startAnvil } from './anvil.ts'

/** Why tests on a chain are left out; false where there is one. */
export const missingChain: string | false =
  findAnvil() === undefined && `@foundry-rs/anvil has no program for ${process.platform} on ${process.arch}`

const fundsWei = 10n ** 20n

/** A chain of this test alone, on a free port of this machine, which ends with the file. */
export async function aChain(...more: string[]) {
  const { url, child } = await startAnvil(...more)
  atEnd(() => child.kill('SIGKILL'))
  const options = { mode: 'anvil', cacheTime: 0, pollingInterval: 20 } as const
  const client = createTestClient({ ...options, transport: http(url, { retryCount: 0 }) })
    .extend(publicActions)
    .extend(walletActions)
  const id = await client.getChainId()
  const chain = {
    id,
    name: 'test',
    nativeCurrency: { name: 'test', symbol: 'T', decimals: 18 },
    rpcUrls: { default: { http: [url] } },
  }
  const fund = (address: Hex, value = fundsWei) => client.setBalance({ address, value })
  /** The chain answers a transaction before the block that holds it, so that what is read next may not know of it. */
  async function landed(hash: Hex) {
    await client.mine({ blocks: 1 })
    return client.waitForTransactionReceipt({ hash })
  }
  return {
    ...{ url, id, client, child, fund },
    /** A contract that takes checkpoints from this account. */
    async deploy(publisher: Hex): Promise<Hex> {
      const account = privateKeyToAccount(generatePrivateKey())
      await fund(account.address)
      const hash = await client.deployContract({
        account,
        chain,
        abi,
        bytecode,
        args: [publisher],
        gasPrice: await client.getGasPrice(),
      })
      return getAddress((await landed(hash)).contractAddress!)
    },
    landed,
    /** What the contract says was anchored, the oldest first. */
    async told(contract: Hex): Promise<{ size: bigint; root: Hex; log: Hex }[]> {
      const logs = await client.getContractEvents({ abi, address: contract, eventName: 'Anchored', fromBlock: 0n })
      return logs.map(({ args }) => args as { size: bigint; root: Hex; log: Hex })
    },
  }
}

/** What a node is asked. */
export type Asked = { method: string; params: unknown[] }

/**
 * A way to a node on which things go wrong. `before` may throw, so that the node never hears the question, or answer in its place;
 * `after` may throw, so that it has heard it and who asked never hears the answer.
 */
export async function aWayTo(url: string) {
  type Answer = { result?: unknown; error?: { code: number; message: string } }
  const way = {
    url: '',
    asked: [] as string[],
    isDown: false,
    before: undefined as ((asked: Asked) => Answer | undefined | Promise<Answer | undefined>) | undefined,
    after: undefined as
      | ((asked: Asked, answer: Answer) => Answer | undefined | Promise<Answer | undefined>)
      | undefined,
  }
  const server = createServer(async (request, response) => {
    try {
      const pieces: Buffer[] = []
      for await (const piece of request) pieces.push(piece as Buffer)
      assert.equal(way.isDown, false)
      const question = JSON.parse(Buffer.concat(pieces).toString()) as Asked & { id: number }
      way.asked.push(question.method)
      const given = await way.before?.(question)
      const sent = given ?? (await ask(question))
      const answer = (await way.after?.(question, sent)) ?? sent
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ jsonrpc: '2.0', id: question.id, ...answer }))
    } catch {
      request.socket.destroy()
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  atEnd(() => server.close())
  way.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  async function ask(question: object): Promise<Answer> {
    const body = JSON.stringify(question)
    const headers = { 'content-type': 'application/json' }
    const answered = await fetch(url, { method: 'POST', headers, body })
    const { result, error } = (await answered.json()) as Answer
    return error ? { error } : { result }
  }
  return way
}
