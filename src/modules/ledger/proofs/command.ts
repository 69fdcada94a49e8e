import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type Command, type Invocation, texts } from '#platform'
import { Fault } from '../faults.ts'
import { readWhole, reasonOf } from '../fsck/read.ts'
import { readTrust } from '../fsck/trust.ts'
import type { Accepted } from '../notes/policy.rules.ts'
import { endBy, plainly, signersOf, signerWords } from '../told.ts'
import { type Hash, leafMark } from '../tree/tree.rules.ts'
import { parseProof, proofBytesMax, verifyProof } from './proof.rules.ts'

export const words = texts({
  summary: {
    en: 'Says whether a file is an entry of a log, by its .tlog-proof, without a network.',
    'zh-Hant': '無須連線，以 .tlog-proof 查核檔案是否日誌內的條目。',
  },
  proof: { en: 'The proof (C2SP tlog-proof)', 'zh-Hant': '收錄證明（C2SP tlog-proof）' },
  file: { en: 'The file, which is the entry octet by octet', 'zh-Hant': '檔案，須與條目逐字元組相同' },
  policy: {
    en: 'Which logs count, and how many witnesses (C2SP tlog-policy)',
    'zh-Hant': '信任政策：接受哪些日誌及所需見證者數目（C2SP tlog-policy）',
  },
  key: {
    en: 'The verifier key of the log, in the place of a policy: no witness is asked for',
    'zh-Hant': '日誌的查核密鑰，代替信任政策：不要求見證者',
  },
  reading: { en: 'Reading {path}', 'zh-Hant': '正在讀取 {path}' },
  proved: {
    en: '{path} is entry {index} of {origin}, which had {size} entries then.',
    'zh-Hant': '{path} 是 {origin} 的條目 {index}；日誌當時有 {size} 個條目。',
  },
})

/** `./praya ledger verify PROOF FILE`: 0 when the file is in the log, 1 when that is not proved, 2 when it cannot be checked. */
export const verify: Command = {
  name: 'ledger verify',
  summary: words.summary,
  arguments: [
    { name: 'PROOF', about: words.proof },
    { name: 'FILE', about: words.file },
  ],
  options: { policy: { about: words.policy, value: 'POLICY' }, key: { about: words.key, value: 'VKEY' } },
  async run({ arguments: [proofPath = '', path = ''], options: { policy, key }, progress, say, ...out }) {
    const print = plainly(out.print)
    progress(say(words.reading, { path }))
    try {
      const proved = await verifyFile(proofPath, path, { policy, key })
      progress(undefined)
      tellProved(proved, { path, print, say })
      return 0
    } catch (error) {
      return endBy(error, { say, progress, warn: out.warn })
    }
  },
}

type Trust = Parameters<typeof readTrust>[0]
type Proved = Accepted & { index: bigint }

/** That a file is an entry of a log, by its proof and either a policy or a key. Throws the fault where it is not proved. */
export async function verifyFile(proofPath: string, path: string, trust: Trust): Promise<Proved> {
  const trusted = await readTrust(trust)
  const leaf = await hashFile(path)
  const read = parseProof(await readWhole(proofPath, proofBytesMax))
  return { index: read.index, ...verifyProof(read, leaf, trusted) }
}

/** Says what was proved, and by whom it was signed. */
export function tellProved(
  { index, checkpoint: { origin, size }, logs, witnesses }: Proved,
  { path, print, say }: Pick<Invocation, 'print' | 'say'> & { path: string },
): void {
  print(say(words.proved, { path, index: `${index}`, origin, size: `${size}` }))
  print(say(signerWords.signed, { names: signersOf(logs) }))
  if (witnesses.length > 0) print(say(signerWords.cosigned, { names: signersOf(witnesses) }))
}

/** RFC 9162, §2.1.1: the hash of the leaf that a file is, read in pieces: it may be of any size. */
async function hashFile(path: string): Promise<Hash> {
  const hash = createHash('sha256').update(leafMark)
  try {
    for await (const piece of createReadStream(path)) hash.update(piece)
  } catch (error) {
    const { code = 'EIO' } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new Fault('no-file', { path })
    throw new Fault('read-failed', { path, why: reasonOf(code) })
  }
  return hash.digest()
}
