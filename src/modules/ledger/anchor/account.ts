import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import type { Installation } from '#platform'
import { findAccount, insertAccount } from './account.sql.ts'

const purpose = 'chain-account'

/**
 * The account by which this installation writes to a chain, made when it is first asked for. Its key is made here and sealed by
 * the vault, as those of logs are: one that somebody else has made is known to somebody else. Of several processes that find
 * none, one makes it.
 */
export async function getAccount({ sql, vault }: Pick<Installation, 'sql' | 'vault'>): Promise<PrivateKeyAccount> {
  if (!(await findAccount(sql))) {
    const made = generatePrivateKey()
    const privateKey = vault.seal(purpose, Buffer.from(made.slice(2), 'hex'), purpose)
    await insertAccount(sql, { address: privateKeyToAccount(made).address, privateKey })
  }
  const { privateKey } = (await findAccount(sql))!
  const plain = vault.open(purpose, privateKey, purpose)
  try {
    return privateKeyToAccount(`0x${plain.toString('hex')}`)
  } finally {
    plain.fill(0)
  }
}
