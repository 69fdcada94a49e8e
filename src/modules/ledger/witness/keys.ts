import type { Installation, Job, Sql } from '#platform'
import { recordCeremony } from '../ceremonies/record.ts'
import { Fault } from '../faults.ts'
import { newSigner, openSigner, sealSigner } from '../notes/custody.ts'
import { printKeyIds, printVerifierKey, type Signer } from '../notes/keys.rules.ts'
import { endKeys, findLastNumber, insertKey, type KeyRow, keysMax, letKeysEnd, listKeys, lockKeys } from './keys.sql.ts'

type Means = Pick<Installation, 'sql' | 'vault' | 'address' | 'now'>

const purpose = 'witness-key'
/** One of each, so that whoever knows neither lattices nor their signatures has the other. */
const kinds: readonly KeyRow['kind'][] = ['ed25519-cosignature', 'ml-dsa-44-cosignature']

/**
 * C2SP tlog-cosignature, Format: a URL without its scheme. An installation that moves to another address is another witness
 * with keys of its own, as a cosignature by Ed25519 does not say whose it is.
 */
export const witnessName = ({ address }: Pick<Means, 'address'>): string => `${new URL(address).host}/ledger/witness`

/** Where logs send their checkpoints, and where others read what was cosigned: one address for both. */
export const witnessAddress = ({ address }: Pick<Means, 'address'>): string => `${address}/ledger/witness`

/** A key by which the witness cosigns now, opened. */
export type WitnessKey = Pick<KeyRow, 'kind' | 'number' | 'endsAt'> & { signer: Signer; vkey: string }

/**
 * What this witness cosigns with, the newest keys first; made when it is first asked for. Of several processes that find
 * nothing, one makes them.
 */
export async function getKeys(means: Means): Promise<WitnessKey[]> {
  const name = witnessName(means)
  const rows = await listKeys(means.sql, name)
  if (rows.length > 0) return openAll(means, rows)
  return means.sql.begin(async (sql) => {
    await lockKeys(sql)
    const others = await listKeys(sql, name)
    if (others.length > 0) return openAll(means, others)
    const number = (await findLastNumber(sql, name)) + 1
    const made = await makeKeys(sql, means, number)
    const keys = made.map(({ vkey }) => vkey)
    await recordCeremony(sql, 'system', { event: 'ledger.witness-keys-made', subject: name, holder: name, keys })
    return made
  })
}

/**
 * Gives the witness new keys of each kind. The old ones cosign beside them until the overlap ends (C2SP signed-note: who does not
 * know a key passes over its line), or retire at once where they are lost. Returns the verifier keys that were made; a fault
 * where so many cosign already that logs would not read the answer.
 */
export async function rotateKeys(
  means: Means,
  { lost, overlapDays }: { lost: boolean; overlapDays: number },
): Promise<string[]> {
  const name = witnessName(means)
  await getKeys(means)
  return means.sql.begin(async (sql) => {
    await lockKeys(sql)
    const rows = await listKeys(sql, name)
    if (!lost && rows.length + kinds.length > keysMax) {
      const at = rows.flatMap(({ endsAt }) => endsAt ?? []).sort()[0] ?? ''
      throw new Fault('witness-keys-many', { witness: name, keys: rows.length, at })
    }
    const old = openAll(means, rows)
    const number = (await findLastNumber(sql, name)) + 1
    const made = (await makeKeys(sql, means, number)).map(({ vkey }) => vkey)
    const at = means.now()
    if (lost) await endKeys(sql, name, { keys: old, lost, at })
    else await letKeysEnd(sql, name, { before: number, at: new Date(at.getTime() + overlapDays * 86_400_000) })
    const former = old.map(({ vkey }) => vkey)
    await recordCeremony(sql, 'system', {
      event: lost ? 'ledger.witness-keys-lost' : 'ledger.witness-keys-rotated',
      ...{ subject: name, holder: name, keys: made, former },
      detail: { keys: printKeyIds(made), former: printKeyIds(former), ...(!lost && { overlapDays }) },
    })
    return made
  })
}

/** The keys whose overlap is over cosign no more, and their private halves are deleted. */
async function retireKeys(means: Means): Promise<void> {
  const name = witnessName(means)
  await means.sql.begin(async (sql) => {
    await lockKeys(sql)
    const at = means.now()
    const rows = await listKeys(sql, name)
    const over = rows.filter(({ endsAt }) => endsAt !== null && Date.parse(endsAt) <= at.getTime())
    if (over.length === 0) return
    const ended = openAll(means, over)
    await endKeys(sql, name, { keys: ended, lost: false, at })
    const keys = ended.map(({ vkey }) => vkey)
    await recordCeremony(sql, 'system', {
      ...{ event: 'ledger.witness-keys-retired', subject: name, holder: name, keys },
      detail: { keys: printKeyIds(keys) },
    })
  })
}

export const witnessJobs: Readonly<Record<string, Job>> = {
  'ledger.retire-witness-keys': { every: '* * * * *', run: retireKeys },
}

const openAll = (means: Means, rows: readonly KeyRow[]): WitnessKey[] => {
  const name = witnessName(means)
  return rows.map(({ kind, number, endsAt, sealedKey: sealed }) => {
    const signer = openSigner(means.vault, purpose, { name, kind, sealed })
    return { kind, number, endsAt, signer, vkey: printVerifierKey(signer.key) }
  })
}

async function makeKeys(sql: Sql, means: Means, number: number): Promise<WitnessKey[]> {
  const name = witnessName(means)
  const made = kinds.map((kind) => ({ kind, number, endsAt: null, signer: newSigner(name, kind) }))
  for (const { kind, signer } of made)
    await insertKey(sql, name, { kind, number, sealedKey: sealSigner(means.vault, purpose, signer) })
  return made.map((each) => ({ ...each, vkey: printVerifierKey(each.signer.key) }))
}
