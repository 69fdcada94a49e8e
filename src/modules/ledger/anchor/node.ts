import {
  AbiDecodingZeroDataError,
  type Account,
  BaseError,
  createPublicClient,
  encodeFunctionData,
  FeeCapTooLowError,
  type Hex,
  HttpRequestError,
  http,
  InsufficientFundsError,
  isAddressEqual,
  keccak256,
  NonceTooLowError,
  type PrivateKeyAccount,
  type PublicClient,
  parseEventLogs,
  TimeoutError,
  type TransactionReceipt,
  TransactionReceiptNotFoundError,
  WaitForTransactionReceiptTimeoutError,
  zeroHash,
} from 'viem'
import { type Fees, withinLimit } from './anchor.rules.ts'
import { abi } from './contract.ts'
import { ChainFailure, type FailureCode } from './failures.ts'

const timeoutMs = 10_000
const answerBytesMax = 4_000_000

/** A node of any network that speaks Ethereum’s JSON-RPC. Nothing is remembered between two questions, and nothing asked twice. */
export const openNode = (url: string): PublicClient =>
  createPublicClient({
    cacheTime: 0,
    transport: http(url, { retryCount: 0, timeout: timeoutMs, fetchFn: fetchWithin }),
  })

/** A node that says more than any answer of those asked for here is not listened to. */
async function fetchWithin(...asked: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(asked[0], { ...asked[1], redirect: 'error' })
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of response.body ?? []) {
    bytes += piece.length
    if (bytes > answerBytesMax) throw new Error('more than a node says')
    pieces.push(piece)
  }
  return new Response(Buffer.concat(pieces), response)
}

/** Where a contract is, on which chain, reached through which node. */
export type Target = { url: string; id: number; contract: Hex }

/** What the node says of the chain at one time. `deep` is the newest block that is as deep as asked for. */
export type Sight = { head: bigint; deep: bigint; used: number; usedDeep: number; offered: Fees }

/** Looks before anything is signed: that it is the chain and the contract that are meant, and that this account may write. */
export async function look(
  node: PublicClient,
  { id, contract }: Target,
  { account, confirmations }: { account: Account; confirmations: number },
): Promise<Sight> {
  if ((await node.getChainId()) !== id) throw new ChainFailure('wrong-chain')
  const head = await node.getBlock({ blockTag: 'latest' })
  const publisher = await node
    .readContract({ address: contract, abi, functionName: 'publisher' })
    .catch((error: unknown) => {
      throw explain(error) === 'node-down' ? error : new ChainFailure('no-contract', { cause: error })
    })
  if (!isAddressEqual(publisher, account.address)) throw new ChainFailure('not-publisher')
  const deep = head.number > BigInt(confirmations) ? head.number - BigInt(confirmations) : 0n
  // Before the receipts, which are asked for later: what was counted then has a receipt by now.
  const [used, usedDeep, offered] = await Promise.all([
    node.getTransactionCount({ address: account.address, blockTag: 'latest' }),
    node.getTransactionCount({ address: account.address, blockNumber: deep }),
    offeredIn(node, head.baseFeePerGas),
  ])
  return { head: head.number, deep, used, usedDeep, offered }
}

/** EIP-1559: the base fee may double, in six blocks at least, before a transaction waits; else what the node asks for. */
async function offeredIn(node: PublicClient, base: bigint | null): Promise<Fees> {
  if (base === null) return { max: await node.getGasPrice(), tip: null, least: await node.getGasPrice() }
  const tip = await node.estimateMaxPriorityFeePerGas()
  return { max: 2n * base + tip, tip, least: base + tip }
}

/** What the contract holds of a log, at a block: the root for this size (zeros where none), when, and the largest size. */
export async function readKept(
  node: PublicClient,
  { contract, log, size, at }: { contract: Hex; log: Hex; size: number | bigint; at?: bigint },
) {
  const given = { address: contract, abi, ...(at === undefined ? {} : { blockNumber: at }) } as const
  try {
    const [[root, time], newest] = await Promise.all([
      node.readContract({ ...given, functionName: 'kept', args: [log, BigInt(size)] }),
      node.readContract({ ...given, functionName: 'newest', args: [log] }),
    ])
    return { root, at: dateOf(time), newest, isKept: time > 0n }
  } catch (error) {
    const isNothingThere = error instanceof BaseError && error.walk((each) => each instanceof AbiDecodingZeroDataError)
    if (!isNothingThere) throw error
    if (at === undefined) throw new ChainFailure('no-contract', { cause: error })
    // The contract is younger than that block.
    return { root: zeroHash, at: dateOf(0n), newest: 0n, isKept: false }
  }
}

/** The last second that ISO 8601 writes with four digits of the year. A chain that is at a later one is none. */
const secondsMax = 253_402_300_799n

function dateOf(seconds: bigint): Date {
  if (seconds > secondsMax) throw new ChainFailure('contradiction')
  return new Date(Number(seconds) * 1000)
}

export type Anchoring = { log: Hex; size: number; root: Hex }

const gasMax = 500_000n

/** Signs the transaction that anchors. Throws where the contract would refuse it, before anything is spent. */
export async function signAnchor(
  node: PublicClient,
  { id, contract }: Target,
  account: PrivateKeyAccount,
  { log, size, root, nonce, fees }: Anchoring & { nonce: number; fees: Fees },
): Promise<{ hash: Hex; raw: Hex }> {
  const data = encodeFunctionData({ abi, functionName: 'anchor', args: [log, BigInt(size), root] })
  const needed = await node.estimateGas({ account: account.address, to: contract, data, blockTag: 'latest' })
  const gas = (needed * 5n) / 4n
  if (gas > gasMax) throw new ChainFailure('node-refuses')
  const common = { chainId: id, nonce, to: contract, data, gas }
  const raw = await account.signTransaction({ ...common, ...pricesOf(fees) })
  return { raw, hash: keccak256(raw) }
}

/** A transaction that is no anchor: signed, sent, and waited for. `receipt` is undefined where no block took it in time. */
export async function sendOnce(
  node: PublicClient,
  account: PrivateKeyAccount,
  { id, gweiMax, nonceMin, to, data }: { id: number; gweiMax: number; nonceMin: number; to?: Hex; data: Hex },
  timeout: number,
): Promise<{ hash: Hex; receipt: TransactionReceipt | undefined }> {
  if ((await node.getChainId()) !== id) throw new ChainFailure('wrong-chain')
  const { baseFeePerGas } = await node.getBlock({ blockTag: 'latest' })
  const fees = withinLimit(await offeredIn(node, baseFeePerGas), gweiMax)
  if (!fees) throw new ChainFailure('fee-limit')
  const used = await node.getTransactionCount({ address: account.address, blockTag: 'latest' })
  const needed = await node.estimateGas({ account: account.address, data, blockTag: 'latest', ...(to && { to }) })
  const common = { chainId: id, nonce: Math.max(used, nonceMin), data, gas: (needed * 5n) / 4n, ...(to && { to }) }
  const raw = await account.signTransaction({ ...common, ...pricesOf(fees) })
  const hash = keccak256(raw)
  await send(node, raw)
  const receipt = await node
    .waitForTransactionReceipt({ hash, timeout, pollingInterval: pollMs, checkReplacement: false })
    .catch((error: unknown) => {
      if (error instanceof WaitForTransactionReceiptTimeoutError) return undefined
      throw error
    })
  return { hash, receipt }
}
const pollMs = 500

const pricesOf = ({ max, tip }: Fees) =>
  tip === null
    ? ({ type: 'legacy', gasPrice: max } as const)
    : ({ type: 'eip1559', maxFeePerGas: max, maxPriorityFeePerGas: tip } as const)

/** Hands a transaction to the node. That it knows it, or has it in a block, is as good. */
export async function send(node: PublicClient, raw: Hex): Promise<void> {
  try {
    await node.sendRawTransaction({ serializedTransaction: raw })
  } catch (error) {
    const said = saidIn(error)
    if (knownAlready.test(said) || NonceTooLowError.nodeMessage.test(said)) return
    throw error
  }
}

/** As Geth, Besu, Nethermind, Erigon and anvil say it. */
const knownAlready = /already (known|imported)|known transaction|alreadyknown|existing tx/i

/** A transaction in a block that the chain has; undefined while it is in none. */
export type Found = { status: 'success' | 'reverted'; hash: Hex; blockNumber: bigint; blockHash: Hex; at: Date }

/** The first of these transactions that is in a block, held against that block and the contract’s own event. */
export async function findMined(
  node: PublicClient,
  contract: Hex,
  { hashes, log, size, root }: Anchoring & { hashes: readonly Hex[] },
): Promise<Found | undefined> {
  for (const hash of hashes) {
    const receipt = await node.getTransactionReceipt({ hash }).catch((error: unknown) => {
      if (error instanceof TransactionReceiptNotFoundError) return undefined
      throw error
    })
    if (!receipt) continue
    const block = await node.getBlock({ blockNumber: receipt.blockNumber })
    const isOurs = receipt.status === 'reverted' || tells(receipt, contract, { log, size, root })
    if (block.hash !== receipt.blockHash || !block.transactions.includes(hash) || !isOurs)
      throw new ChainFailure('contradiction')
    const { status, blockNumber, blockHash } = receipt
    return { status, hash, blockNumber, blockHash, at: dateOf(block.timestamp) }
  }
  return undefined
}

const tells = (receipt: TransactionReceipt, contract: Hex, { log, size, root }: Anchoring) =>
  parseEventLogs({ abi, logs: receipt.logs, eventName: 'Anchored' }).some(
    ({ address, args }) =>
      isAddressEqual(address, contract) && args.log === log && args.size === BigInt(size) && args.root === root,
  )

/** Which failure an error of a node is; undefined for one that no node causes. */
export function explain(error: unknown): FailureCode | undefined {
  if (error instanceof ChainFailure) return error.code
  if (!(error instanceof BaseError)) return undefined
  if (error.walk((each) => each instanceof HttpRequestError || each instanceof TimeoutError)) return 'node-down'
  const said = saidIn(error)
  if (InsufficientFundsError.nodeMessage.test(said)) return 'no-funds'
  if (feeLow.test(said) || FeeCapTooLowError.nodeMessage.test(said)) return 'fee-low'
  return /revert/i.test(said) ? 'reverted' : 'node-refuses'
}

const feeLow = /underpriced|fee too low|less than (the )?block base fee|gas price (is )?(too low|below)/i

/** What the node itself said, without what it was asked. */
const saidIn = (error: unknown): string => (error instanceof BaseError ? (error.details ?? '').toLowerCase() : '')
