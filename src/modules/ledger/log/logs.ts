import type { Installation, Sql, Vault } from '#platform'
import { recordCeremony } from '../ceremonies/record.ts'
import { printCheckpoint } from '../notes/checkpoint.rules.ts'
import { cosign } from '../notes/cosignature.rules.ts'
import { newSigner, openSigner, sealSigner } from '../notes/custody.ts'
import { type KeyKind, printVerifierKey, type Signer } from '../notes/keys.rules.ts'
import { printNote, signText } from '../notes/note.rules.ts'
import { emptyRoot, type Hash } from '../tree/tree.rules.ts'
import { findLog, insertLog, insertLogKey, type LogRow, listLogKeys, updateLog } from './logs.sql.ts'

/** With each of these a log signs: what everybody checks today, and what a quantum computer does not forge. */
export const logKinds: readonly KeyKind[] = ['ed25519', 'ml-dsa-44-cosignature']

export const keyPurpose = 'ledger-key'

/** C2SP tlog-tiles, Parameters: a log is called as it is reached, without `https://`. */
export const originOf = (address: string, name: string): string =>
  `${address.replace(/^[a-z]+:\/\//, '')}${pathOf(name)}`

/** Where a log is served. */
export const pathOf = (name: string): string => `/ledger/logs/${name}`

/**
 * Makes a log with keys of its own and the checkpoint of an empty tree, unless it is there. Of several processes that call
 * this at once, one makes it.
 */
export async function ensureLog(installation: Pick<Installation, 'sql' | 'vault' | 'address' | 'now'>, name: string) {
  const { sql, vault, address, now } = installation
  const before = await findLog(sql, name)
  if (before) return
  await sql.begin(async (transaction) => {
    const origin = originOf(address, name)
    const log = await insertLog(transaction, { name, origin })
    if (log === undefined) return
    const signers = logKinds.map((kind) => newSigner(origin, kind))
    for (const signer of signers) {
      const { key } = signer
      const privateKey = sealSigner(vault, keyPurpose, signer)
      await insertLogKey(transaction, log, { kind: key.kind, number: 1, vkey: printVerifierKey(key), privateKey })
    }
    const at = now()
    const sequenced = signCheckpoint(signers, { origin, size: 0n, root: emptyRoot, at })
    await updateLog(transaction, log, 0, { size: 0, peaks: Buffer.alloc(0), sequenced, sequencedAt: at })
    const keys = signers.map(({ key }) => printVerifierKey(key))
    await recordCeremony(transaction, 'system', {
      ...{ event: 'ledger.log-keys-made', subject: `log/${name}`, holder: name, keys },
    })
  })
}

/** The keys by which a log signs, opened. */
export async function openSigners(sql: Sql, vault: Vault, { id, origin }: Pick<LogRow, 'id' | 'origin'>) {
  const rows = await listLogKeys(sql, id)
  return rows.map(({ kind, privateKey }) => openSigner(vault, keyPurpose, { name: origin, kind, sealed: privateKey }))
}

type Head = { origin: string; size: bigint; root: Hash; at: Date }

/** C2SP tlog-checkpoint, signed by Ed25519 over the text and by ML-DSA-44 as a cosignature of the log itself. */
export function signCheckpoint(signers: readonly Signer[], { at, ...head }: Head): Uint8Array {
  const text = printCheckpoint({ ...head, extensions: [] })
  const seconds = BigInt(Math.floor(at.getTime() / 1000))
  const signatures = signers.map((signer) =>
    signer.key.kind === 'ed25519' ? signText(text, signer) : cosign(text, signer, seconds),
  )
  return printNote({ text, signatures })
}
