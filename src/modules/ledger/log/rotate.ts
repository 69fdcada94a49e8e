import type { FastifyRequest } from 'fastify'
import type { Installation, Sql } from '#platform'
import { recordCeremony } from '../ceremonies/record.ts'
import { newSigner, openSigner, sealSigner } from '../notes/custody.ts'
import { printKeyIds, printVerifierKey, type Signer } from '../notes/keys.rules.ts'
import { renewPolicy } from '../publication/policies.sql.ts'
import { rootOf } from '../tree/tree.rules.ts'
import {
  endLogKeys,
  findLastKeyNumber,
  insertLogKey,
  type LogKeyRow,
  type LogRow,
  letKeysEnd,
  listEnding,
  listLogKeys,
  raiseEpoch,
  updateLog,
  waitForLog,
} from './logs.sql.ts'
import { keyPurpose, logKinds, signCheckpoint } from './logs.ts'
import { treeOf } from './sequence.ts'

type Means = Pick<Installation, 'vault' | 'now'>
export type Asked = {
  /** Others may have the old keys: they sign no more from this moment on. */
  lost: boolean
  overlapDays: number
  /** Who asked, where somebody else approves it. */
  askedBy?: string
}

/**
 * Gives a log new keys of each kind, in the caller’s transaction, and signs its checkpoint with them. The old ones go on signing
 * beside them until the overlap ends (C2SP signed-note: who does not know a key passes over its line), or retire at once where
 * they are lost. A process that holds the old ones learns of it before it signs again, as it reads the log’s row for that.
 * Undefined where there is no such log.
 */
export async function rotateKeys(
  sql: Sql,
  { vault, now }: Means,
  actor: FastifyRequest | 'system',
  { name, lost, overlapDays, askedBy }: Asked & { name: string },
): Promise<{ made: string[]; former: string[] } | undefined> {
  const log = await waitForLog(sql, name)
  if (!log) return undefined
  const old = await listLogKeys(sql, log.id)
  const number = (await findLastKeyNumber(sql, log.id)) + 1
  const signers = logKinds.map((kind) => newSigner(log.origin, kind))
  for (const signer of signers) {
    const { kind } = signer.key
    const privateKey = sealSigner(vault, keyPurpose, signer)
    await insertLogKey(sql, log.id, { kind, number, vkey: printVerifierKey(signer.key), privateKey })
  }
  const at = now()
  if (lost) await endLogKeys(sql, log.id, { keys: old, lost, at })
  else await letKeysEnd(sql, log.id, { before: number, at: new Date(at.getTime() + overlapDays * 86_400_000) })
  const made = signers.map(({ key }) => printVerifierKey(key))
  const former = old.map(({ vkey }) => vkey)
  await renewPolicy(sql, log.id, { added: made, dropped: lost ? former : [] })
  await signAnew(sql, log, at, [...signers, ...(lost ? [] : openAll(vault, log, old))])
  await recordCeremony(sql, actor, {
    event: lost ? 'ledger.log-keys-lost' : 'ledger.log-keys-rotated',
    subject: `log/${name}`,
    ...{ holder: name, keys: made, former, ...(askedBy && { askedBy }) },
    detail: { keys: printKeyIds(made), former: printKeyIds(former), ...(!lost && { overlapDays }) },
  })
  return { made, former }
}

/** A job: the keys whose overlap is over sign no more, and their private halves are deleted. */
export async function retireKeys({ sql, vault, now }: Installation): Promise<void> {
  for (const name of await listEnding(sql, now()))
    await sql.begin(async (transaction) => {
      const log = await waitForLog(transaction, name)
      const all = log ? await listLogKeys(transaction, log.id) : []
      const at = now()
      const over = all.filter(({ endsAt }) => endsAt !== null && Date.parse(endsAt) <= at.getTime())
      // Another process may have done it since.
      if (!log || over.length === 0) return
      await endLogKeys(transaction, log.id, { keys: over, lost: false, at })
      const left = all.filter((key) => !over.includes(key))
      await signAnew(transaction, log, at, openAll(vault, log, left))
      const keys = over.map(({ vkey }) => vkey)
      await recordCeremony(transaction, 'system', {
        ...{ event: 'ledger.log-keys-retired', subject: `log/${name}`, holder: name, keys },
        detail: { keys: printKeyIds(keys) },
      })
    })
}

/** The checkpoint as it stands, by the keys that sign from now on. */
async function signAnew(sql: Sql, log: LogRow, now: Date, signers: readonly Signer[]): Promise<void> {
  const tree = treeOf(log)
  const at = new Date(Math.max(now.getTime(), Date.parse(log.sequencedAt ?? '') || 0))
  const sequenced = signCheckpoint(signers, { origin: log.origin, size: tree.size, root: rootOf(tree), at })
  await raiseEpoch(sql, log.id)
  await updateLog(sql, log.id, log.size, { size: log.size, peaks: log.peaks, sequenced, sequencedAt: at })
}

const openAll = (vault: Installation['vault'], { origin }: LogRow, keys: readonly LogKeyRow[]): Signer[] =>
  keys.map(({ kind, privateKey }) => openSigner(vault, keyPurpose, { name: origin, kind, sealed: privateKey }))
