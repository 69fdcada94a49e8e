import type { Hex, PrivateKeyAccount, PublicClient } from 'viem'
import { type Installation, recordAct, type Sql } from '#platform'
import { parseCheckpoint } from '../notes/checkpoint.rules.ts'
import { parseNote } from '../notes/note.rules.ts'
import { type Fees, logIdOf, nextStep, raised, restMs, withinLimit } from './anchor.rules.ts'
import {
  clearFailure,
  insertAnchor,
  insertTransaction,
  type KeptTransaction,
  keepBlock,
  keepFailure,
  keepSuperseded,
  listGrown,
  listOpen,
  listTransactions,
  nextNonce,
  type OpenAnchor,
  type Place,
  queueAgain,
  takeBack,
  transactionsMax,
  tryTurn,
} from './anchors.sql.ts'
import { ChainFailure, type FailureCode } from './failures.ts'
import type { Sight, Target } from './node.ts'

export type Means = Pick<Installation, 'sql' | 'vault' | 'now' | 'chain'>

/** Where this installation anchors; undefined where it does not. */
export function targetOf({ chain }: Pick<Installation, 'chain'>): (Place & { target: Target }) | undefined {
  if (!chain?.contract) return undefined
  const contract = chain.contract.toLowerCase()
  return { chain: chain.id, contract, target: { url: chain.url, id: chain.id, contract: contract as Hex } }
}

/**
 * Queues the newest published checkpoint of each log that has grown since its last anchor, and goes one step on with every anchor
 * that is under way. Any number of processes may call it: one at a time does something. Whatever it is interrupted in, the next
 * call goes on from what is kept. Throws once, after everything else was done, where something begins to fail: for the log.
 */
export async function anchorLogs(means: Means): Promise<void> {
  const place = targetOf(means)
  if (!place) return
  // The connection that holds the turn does nothing else: what is kept must stand before anything is sent.
  const begun = await means.sql.begin(async (turn) => ((await tryTurn(turn)) ? goOn(means, place) : []))
  if (begun.length > 0) throw new Error(`Anchors do not get to the chain: ${[...new Set(begun)].join(', ')}`)
}

async function goOn(means: Means, place: NonNullable<ReturnType<typeof targetOf>>): Promise<FailureCode[]> {
  const { sql, now, chain } = means
  const since = new Date(now().getTime() - chain!.everyMinutes * 60_000)
  for (const { log, published } of await listGrown(sql, place, since)) {
    const { size, root } = parseCheckpoint(parseNote(published).text)
    await insertAnchor(sql, { ...place, log, size: Number(size), root, checkpoint: published, queuedAt: now() })
  }
  const open = await listOpen(sql, place, now())
  // A program that speaks to no chain, or has nothing to say to it, need not know how.
  if (open.length === 0) return []
  const { explain, look, openNode } = await import('./node.ts')
  const { getAccount } = await import('./account.ts')
  const account = await getAccount(means)
  const node = openNode(place.target.url)
  const failureOf = (error: unknown) => {
    const failure = explain(error)
    if (!failure) throw error
    return failure
  }
  let sight: Sight
  try {
    sight = await look(node, place.target, { account, confirmations: chain!.confirmations })
  } catch (error) {
    const failure = failureOf(error)
    return (await fail(means, open, { failure, subject: `chain/${place.chain}` })) ? [failure] : []
  }
  const begun: FailureCode[] = []
  const working: Working = { ...means, node, account, sight, target: place.target }
  for (const anchor of open)
    try {
      if (anchor.nonce === null) await begin(working, anchor)
      else await follow(working, { ...anchor, nonce: anchor.nonce })
    } catch (error) {
      const failure = failureOf(error)
      if (await fail(means, [anchor], { failure, subject: `log/${anchor.log}` })) begun.push(failure)
    }
  return begun
}

type Working = Means & { node: PublicClient; account: PrivateKeyAccount; sight: Sight; target: Target }

const hexOf = (bytes: Uint8Array): Hex => `0x${Buffer.from(bytes).toString('hex')}`
const bytesOf = (hex: Hex): Buffer => Buffer.from(hex.slice(2), 'hex')

const subjectOf = ({ origin, size, root }: OpenAnchor) => ({ log: logIdOf(origin), size, root: hexOf(root) })

/** Signs, keeps and sends what is queued, unless the chain has it: after a backup was restored, or under another number. */
async function begin(means: Working, anchor: OpenAnchor): Promise<void> {
  const { sql, now, node, sight, target } = means
  const { readKept } = await import('./node.ts')
  const subject = subjectOf(anchor)
  const kept = await readKept(node, { contract: target.contract, ...subject })
  if (kept.isKept && kept.root !== subject.root) throw new ChainFailure('other-root')
  if (kept.newest >= BigInt(anchor.size)) {
    const deep = await readKept(node, { contract: target.contract, ...subject, at: sight.deep })
    const block = { transaction: null, number: null, hash: null, at: deep.at }
    if (deep.isKept) await keepBlock(sql, anchor.id, { block, state: 'final', now: now() })
    else if (deep.newest >= BigInt(anchor.size)) await keepSuperseded(sql, anchor.id, now())
    return
  }
  const nonce = Math.max(sight.used, await nextNonce(sql, target.id))
  await signAndSend(means, anchor, { nonce, fees: sight.offered })
}

/** Goes on with what was signed. */
async function follow(means: Working, anchor: OpenAnchor & { nonce: number }): Promise<void> {
  const { sql, now, node, sight, target } = means
  const { findMined, readKept, send, explain } = await import('./node.ts')
  const subject = subjectOf(anchor)
  const transactions = await listTransactions(sql, anchor.id, anchor.nonce)
  const newest = transactions[0]!
  const hashes = transactions.map(({ hash }) => hexOf(hash))
  const found = await findMined(node, target.contract, { ...subject, hashes })
  const signedMsAgo = now().getTime() - Date.parse(newest.signedAt)
  const known = { ...anchor, blockHash: anchor.blockHash && hexOf(anchor.blockHash) }
  const step = nextStep(known, sight, { found, signedMsAgo })
  const block = found && {
    ...{ transaction: bytesOf(found.hash), number: Number(found.blockNumber) },
    ...{ hash: bytesOf(found.blockHash), at: found.at },
  }
  if (step === 'keep-final') {
    const { root } = await readKept(node, { contract: target.contract, ...subject })
    if (root !== subject.root) throw new ChainFailure('contradiction')
    return keepBlock(sql, anchor.id, { block: block!, state: 'final', now: now() })
  }
  if (step === 'keep-mined') return keepBlock(sql, anchor.id, { block: block!, state: 'mined', now: now() })
  if (step === 'sign-anew') {
    await queueAgain(sql, anchor.id)
    throw new ChainFailure(found ? 'reverted' : 'nonce-taken')
  }
  if (step === 'wait') return
  if (step === 'take-back') await takeBack(sql, anchor.id)
  if (step === 'replace') return replace(means, { ...anchor, state: 'sent' }, newest)
  try {
    await send(node, hexOf(newest.raw))
  } catch (error) {
    if (explain(error) !== 'fee-low') throw error
    return replace(means, { ...anchor, state: 'sent' }, newest)
  }
  await clearFailure(sql, anchor.id)
}

/** The same under the same number for a higher fee: of the two, one is mined. */
async function replace(means: Working, anchor: OpenAnchor & { nonce: number }, before: KeptTransaction): Promise<void> {
  const { explain, send } = await import('./node.ts')
  const fees = {
    max: BigInt(before.feeMax),
    tip: before.tipMax === null ? null : BigInt(before.tipMax),
  }
  const offered = raised(fees, means.sight.offered)
  if (before.number < transactionsMax && withinLimit(offered, means.chain!.gweiMax))
    return signAndSend(means, anchor, { nonce: anchor.nonce, fees: offered })
  // So that the node does not forget it meanwhile; that it is too cheap is known.
  await send(means.node, hexOf(before.raw)).catch((error: unknown) => {
    if (explain(error) !== 'fee-low') throw error
  })
  throw new ChainFailure('fee-limit')
}

async function signAndSend(means: Working, anchor: OpenAnchor, given: { nonce: number; fees: Fees }): Promise<void> {
  const { sql, now, node, account, target } = means
  const { send, signAnchor } = await import('./node.ts')
  const fees = withinLimit(given.fees, means.chain!.gweiMax)
  if (!fees) throw new ChainFailure('fee-limit')
  const signed = await signAnchor(node, target, account, { ...subjectOf(anchor), nonce: given.nonce, fees })
  await insertTransaction(sql, anchor.id, {
    ...{ nonce: given.nonce, hash: bytesOf(signed.hash), raw: bytesOf(signed.raw) },
    ...{ feeMax: Number(fees.max), tipMax: fees.tip === null ? null : Number(fees.tip), signedAt: now() },
  })
  // From here on these octets are sent until a block has them, whoever sends them.
  await send(node, signed.raw)
  await clearFailure(sql, anchor.id)
}

/** Keeps why anchors do not go on, and lets them rest. True, with a line in the audit trail, where it is not as it was before. */
async function fail(
  { sql, now }: Pick<Means, 'sql' | 'now'>,
  anchors: readonly OpenAnchor[],
  { failure, subject }: { failure: FailureCode; subject: string },
): Promise<boolean> {
  const isNew = anchors.some((anchor) => anchor.failure !== failure)
  await sql.begin(async (transaction: Sql) => {
    for (const { id, ...anchor } of anchors) {
      const attempts = anchor.attempts + 1
      const nextAt = new Date(now().getTime() + restMs(attempts))
      await keepFailure(transaction, id, { failure, attempts, nextAt })
    }
    const act = { event: 'ledger.anchor-failed', subject, detail: { failure, waiting: anchors.length } }
    if (isNew) await recordAct(transaction, 'system', act)
  })
  return isNew
}
