import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { Installation } from '#platform'
import { type KeyKind, makeSigner, type Signer } from '../notes/keys.rules.ts'
import { insertKey, type KeyRow, listKeys, lockKeys } from './keys.sql.ts'

type Means = Pick<Installation, 'sql' | 'vault' | 'address'>

const purpose = 'witness-key'
const contextOf = (name: string, kind: KeyKind) => `witness-key/${name}/${kind}`

/**
 * C2SP tlog-cosignature, Format: a URL without its scheme. An installation that moves to another address is another witness
 * with keys of its own, as a cosignature by Ed25519 does not say whose it is.
 */
export const witnessName = ({ address }: Pick<Means, 'address'>): string => `${new URL(address).host}/ledger/witness`

/** Where logs send their checkpoints, and where others read what was cosigned: one address for both. */
export const witnessAddress = ({ address }: Pick<Means, 'address'>): string => `${address}/ledger/witness`

/** What this witness signs with, made when it is first asked for. Of several processes that find nothing, one makes it. */
export async function getSigners(means: Means): Promise<Signer[]> {
  const name = witnessName(means)
  const open = ({ kind, sealedKey }: KeyRow) => {
    const plain = means.vault.open(purpose, sealedKey, contextOf(name, kind))
    try {
      return makeSigner(name, kind, createPrivateKey({ key: plain, type: 'pkcs8', format: 'der' }))
    } finally {
      plain.fill(0)
    }
  }
  const rows = await listKeys(means.sql, name)
  if (rows.length > 0) return rows.map(open)
  return means.sql.begin(async (sql) => {
    await lockKeys(sql)
    const others = await listKeys(sql, name)
    if (others.length > 0) return others.map(open)
    const made = newKeys().map(({ kind, key }) => {
      const plain = key.export({ type: 'pkcs8', format: 'der' })
      return { kind, sealedKey: means.vault.seal(purpose, plain, contextOf(name, kind)) }
    })
    for (const row of made) await insertKey(sql, name, row)
    return made.map(open)
  })
}

function newKeys(): { kind: KeyRow['kind']; key: KeyObject }[] {
  const keys = [{ kind: 'ed25519-cosignature' as const, key: generateKeyPairSync('ed25519').privateKey }]
  try {
    return [...keys, { kind: 'ml-dsa-44-cosignature', key: generateKeyPairSync('ml-dsa-44').privateKey }]
  } catch {
    // A Node.js before 24.7 has no ML-DSA.
    return keys
  }
}
