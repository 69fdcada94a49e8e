import type { Installation } from '#platform'
import { newSigner, openSigner, sealSigner } from '../notes/custody.ts'
import type { Signer } from '../notes/keys.rules.ts'
import { insertKey, type KeyRow, listKeys, lockKeys } from './keys.sql.ts'

type Means = Pick<Installation, 'sql' | 'vault' | 'address'>

const purpose = 'witness-key'

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
  const open = ({ kind, sealedKey: sealed }: KeyRow) => openSigner(means.vault, purpose, { name, kind, sealed })
  const rows = await listKeys(means.sql, name)
  if (rows.length > 0) return rows.map(open)
  return means.sql.begin(async (sql) => {
    await lockKeys(sql)
    const others = await listKeys(sql, name)
    if (others.length > 0) return others.map(open)
    const made = newSigners(name)
    for (const signer of made)
      await insertKey(sql, name, {
        kind: signer.key.kind as KeyRow['kind'],
        sealedKey: sealSigner(means.vault, purpose, signer),
      })
    return made
  })
}

function newSigners(name: string): Signer[] {
  const first = newSigner(name, 'ed25519-cosignature')
  try {
    return [first, newSigner(name, 'ml-dsa-44-cosignature')]
  } catch {
    // A Node.js before 24.7 has no ML-DSA.
    return [first]
  }
}
