import { texts } from '#platform'
import { Fault } from '../faults.ts'
import { parseVerifierKey } from '../notes/keys.rules.ts'
import { type Policy, parsePolicy, policyBytesMax, policyOfKey } from '../notes/policy.rules.ts'
import { type Read, readAddress, readFolder, readWhole } from './read.ts'

const words = texts({
  key: { en: 'The verifier key of the log', 'zh-Hant': '日誌的查核密鑰' },
  policy: {
    en: 'A policy (C2SP tlog-policy) in the place of a key',
    'zh-Hant': '以信任政策（C2SP tlog-policy）代替密鑰',
  },
})

/** The options by which a verb is told whose log counts. */
export const trustOptions = {
  key: { about: words.key, value: 'VKEY' },
  policy: { about: words.policy, value: 'POLICY' },
}

/** Whose log counts, by a key or by the file of a policy. Throws the fault where not exactly one of them is given. */
export async function readTrust({ key, policy }: Readonly<Record<string, unknown>>): Promise<Policy> {
  if (typeof key === 'string' && typeof policy !== 'string') return policyOfKey(parseVerifierKey(key))
  if (typeof policy === 'string' && typeof key !== 'string') return parsePolicy(await readWhole(policy, policyBytesMax))
  throw new Fault('key-or-policy')
}

/** A log at an address, or as a folder holds it. */
export const readAt = (where: string): Read => (/^https?:\/\//i.test(where) ? readAddress(where) : readFolder(where))
