import { createHash, createHmac } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type Command, type Invocation, texts } from '#platform'
import { parseEnvelope } from '../entries/envelope.rules.ts'
import { Fault } from '../faults.ts'
import { readWhole, reasonOf } from '../fsck/read.ts'
import { readTrust } from '../fsck/trust.ts'
import { encodeUtf8 } from '../notes/encoding.rules.ts'
import type { Accepted } from '../notes/policy.rules.ts'

import { endBy, plainly, signersOf, signerWords } from '../told.ts'
import { type Hash, hashLeaf, leafMark } from '../tree/tree.rules.ts'
import { canonicalOf, commitmentOf, hashSchema, jsonBytesMax } from './commitment.rules.ts'
import { parseExtra } from './extra.rules.ts'
import { parseProof, proofBytesMax, verifyProof } from './proof.rules.ts'

export const words = texts({
  summary: {
    en: 'Says whether a document is the one that an entry of a log speaks of, or a file the entry itself, by its .tlog-proof and without a network.',
    'zh-Hant': '無須連線，以 .tlog-proof 查核文件是否日誌條目所指的一份，或檔案是否條目本身。',
  },
  proof: { en: 'The proof (C2SP tlog-proof)', 'zh-Hant': '收錄證明（C2SP tlog-proof）' },
  file: {
    en: 'The document exactly as it was, or the entry octet by octet',
    'zh-Hant': '與登錄時完全相同的文件，或與條目逐位元組相同的檔案',
  },
  policy: {
    en: 'Which logs count, and how many witnesses (C2SP tlog-policy)',
    'zh-Hant': '信任政策：接受哪些日誌及所需見證者數目（C2SP tlog-policy）',
  },
  key: {
    en: 'The verifier key of the log, in the place of a policy: no witness is asked for',
    'zh-Hant': '日誌的查核密鑰，代替信任政策：不要求見證者',
  },
  reading: { en: 'Reading {path}', 'zh-Hant': '正在讀取 {path}' },
  document: {
    en: '{path} is the document that entry {index} of {origin} speaks of. The log had {size} entries then.',
    'zh-Hant': '{path} 正是 {origin} 的條目 {index} 所指的文件；日誌當時有 {size} 個條目。',
  },
  entry: {
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
type Proved = Accepted & { index: bigint; as: 'document' | 'entry' }

/**
 * That a file is an entry of a log, or the document that one speaks of, by its proof and either a policy or a key. Throws the
 * fault where it is not proved.
 */
export async function verifyFile(proofPath: string, path: string, trust: Trust): Promise<Proved> {
  const trusted = await readTrust(trust)
  const proof = parseProof(await readWhole(proofPath, proofBytesMax))
  const { entry, salt } = (proof.extra && parseExtra(proof.extra)) ?? {}
  const { index } = proof
  const { leaf, contents } = await digestFile(path, salt)
  try {
    return { index, as: 'entry', ...verifyProof(proof, leaf, trusted) }
  } catch (error) {
    if (!entry || !(error instanceof Fault) || error.code !== 'proof-not-included') throw error
  }
  const accepted = verifyProof(proof, hashLeaf(entry), trusted)
  const { commitment, schema } = parseEnvelope(entry) ?? {}
  if (commitment && !salt) throw new Fault('document-no-salt', { index: String(index) })
  if (!commitment || !contents[schema === hashSchema ? 'hash' : 'file'].includes(commitment))
    throw new Fault('document-other', { index: String(index) })
  return { index, as: 'document', ...accepted }
}

/** Says what was proved, and by whom it was signed. */
export function tellProved(
  { index, as, checkpoint: { origin, size }, logs, witnesses }: Proved,
  { path, print, say }: Pick<Invocation, 'print' | 'say'> & { path: string },
): void {
  print(say(words[as], { path, index: `${index}`, origin, size: `${size}` }))
  print(say(signerWords.signed, { names: signersOf(logs) }))
  if (witnesses.length > 0) print(say(signerWords.cosigned, { names: signersOf(witnesses) }))
}

/**
 * What a file is in a log, read in pieces, as it may be of any size: the hash of its leaf (RFC 9162, §2.1.1), and by this salt
 * the commitments to it and to its SHA-256.
 */
async function digestFile(path: string, salt: Uint8Array = new Uint8Array()) {
  const [leaf, plain, keyed] = [createHash('sha256').update(leafMark), createHash('sha256'), createHmac('sha256', salt)]
  const beginning: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
      for (const each of [leaf, plain, keyed]) each.update(piece)
      bytes += piece.length
      if (bytes <= jsonBytesMax) beginning.push(piece)
    }
  } catch (error) {
    const { code = 'EIO' } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new Fault('no-file', { path })
    throw new Fault('read-failed', { path, why: reasonOf(code) })
  }
  const canonical = bytes <= jsonBytesMax ? canonicalOf(Buffer.concat(beginning)) : undefined
  return {
    leaf: leaf.digest() as Hash,
    contents: {
      file: [keyed.digest('hex'), ...(canonical ? [commitmentOf(canonical, salt)] : [])],
      hash: [commitmentOf(encodeUtf8(plain.digest('hex')), salt)],
    },
  }
}
