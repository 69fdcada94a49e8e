import { hash } from 'node:crypto'
import type { Hex } from 'viem'
import type { Found, Sight } from './node.ts'

/** What the contract calls a log: the SHA-256 of its origin. */
export const logIdOf = (origin: string): Hex => `0x${hash('sha256', origin)}`

/** What a transaction offers for a unit of gas, in wei: at most, and of that for who makes the block. No tip without EIP-1559. */
export type Fees = { max: bigint; tip: bigint | null; least?: bigint }

export type Anchored = { state: 'queued' | 'sent' | 'mined'; nonce: number | null; blockHash: string | null }

/** What is to be done with an anchor of which a transaction is kept. */
export type Step = 'keep-mined' | 'keep-final' | 'take-back' | 'send-again' | 'replace' | 'sign-anew' | 'wait'

/** A transaction that no block took for as long is sent with a higher fee. */
export const stuckMs = 180_000

/**
 * The next step, from what the node says of the chain and of the anchor’s transactions. A number of the account is given up only
 * when another transaction took it as deep as an anchor becomes final: before that a reorganisation may bring ours back.
 */
export function nextStep(
  anchor: Anchored,
  { head, deep, used, usedDeep }: Pick<Sight, 'head' | 'deep' | 'used' | 'usedDeep'>,
  { found, signedMsAgo }: { found: Found | undefined; signedMsAgo: number },
): Step {
  if (found) {
    const isDeep = found.blockNumber <= deep && found.blockNumber <= head
    if (isDeep) return found.status === 'success' ? 'keep-final' : 'sign-anew'
    const isKnown = anchor.state === 'mined' && anchor.blockHash === found.blockHash
    return isKnown || found.status === 'reverted' ? 'wait' : 'keep-mined'
  }
  const nonce = anchor.nonce ?? 0
  if (usedDeep > nonce) return 'sign-anew'
  if (anchor.state === 'mined') return 'take-back'
  if (used > nonce) return 'wait'
  return signedMsAgo >= stuckMs ? 'replace' : 'send-again'
}

const gwei = 1_000_000_000n

/** What is offered within the limit; undefined where the network asks for more than it at once. */
export function withinLimit({ max, tip, least = max }: Fees, gweiMax: number): Fees | undefined {
  const limit = BigInt(gweiMax) * gwei
  if (least > limit) return undefined
  return { max: max > limit ? limit : max, tip }
}

/** Nodes take a replacement for a tenth more; a quarter is offered, or what the network asks for now if that is more. */
export function raised(before: Fees, offered: Fees): Fees {
  const more = (value: bigint) => (value * 5n) / 4n + 1n
  const larger = (one: bigint, other: bigint) => (one > other ? one : other)
  const max = larger(more(before.max), offered.max)
  const tip = before.tip === null || offered.tip === null ? null : larger(more(before.tip), offered.tip)
  return { max, tip, least: tip === null ? max : larger(larger(more(before.max), offered.least ?? 0n), tip) }
}

const minuteMs = 60_000
const restMinutesMax = 30

/** How long an anchor rests after it failed for the n-th time in a row: 1, 2, 4 … 30 minutes. */
export const restMs = (failures: number): number =>
  Math.min(2 ** Math.min(Math.max(failures - 1, 0), 10), restMinutesMax) * minuteMs
