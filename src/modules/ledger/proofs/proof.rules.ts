import { Fault } from '../faults.ts'
import { decodeBase64, decodeUtf8, encodeBase64, encodeUtf8, parseSize } from '../notes/encoding.rules.ts'
import { noteBytesMax } from '../notes/note.rules.ts'
import { type Accepted, openByPolicy, type Policy } from '../notes/policy.rules.ts'
import { isIncluded, proofHashesMax } from '../tree/proofs.rules.ts'
import { type Hash, hashBytes } from '../tree/tree.rules.ts'

/** C2SP tlog-proof: that an entry is in a log, for whoever is offline. `extra` is what nobody signed. */
export type Proof = { index: bigint; hashes: readonly Hash[]; checkpoint: Uint8Array; extra?: Uint8Array }

export const proofBytesMax = noteBytesMax + 1_048_576
const firstLine = 'c2sp.org/tlog-proof@v1'

/** C2SP tlog-proof, Format. What it says is not believed before `verifyProof`. */
export function parseProof(bytes: Uint8Array): Proof {
  if (bytes.length > proofBytesMax) throw new Fault('proof-large', { max: proofBytesMax })
  const text = decodeUtf8(bytes)
  if (text === undefined) throw new Fault('proof-form', { line: 1 })
  const end = text.indexOf('\n\n')
  const lines = text.slice(0, Math.max(end, 0)).split('\n')
  if (lines[0] !== firstLine) throw new Fault('proof-form', { line: 1 })
  const hasExtra = lines[1]?.startsWith('extra ') === true
  const extra = hasExtra ? decodeBase64(lines[1]!.slice('extra '.length)) : undefined
  if (hasExtra && !extra) throw new Fault('proof-form', { line: 2 })
  const at = hasExtra ? 2 : 1
  const index = lines[at]?.startsWith('index ') ? parseSize(lines[at].slice('index '.length)) : undefined
  if (index === undefined) throw new Fault('proof-form', { line: at + 1 })
  const rest = lines.slice(at + 1)
  if (rest.length > proofHashesMax) throw new Fault('proof-form', { line: at + 2 + proofHashesMax })
  const hashes = rest.map((line, place) => {
    const hash = decodeBase64(line)
    if (hash?.length !== hashBytes) throw new Fault('proof-form', { line: at + 2 + place })
    return hash
  })
  return { index, hashes, checkpoint: encodeUtf8(text.slice(end + 2)), ...(extra && { extra }) }
}

export function printProof({ index, hashes, checkpoint, extra }: Proof): Uint8Array {
  const lines = [
    firstLine,
    ...(extra ? [`extra ${encodeBase64(extra)}`] : []),
    `index ${index}`,
    ...hashes.map(encodeBase64),
    '',
    '',
  ]
  return Buffer.concat([encodeUtf8(lines.join('\n')), checkpoint])
}

/** Who vouches for the entry of this hash: the log and witnesses of a policy. Throws the fault where it is not proved. */
export function verifyProof({ index, hashes, checkpoint }: Proof, leaf: Hash, policy: Policy): Accepted {
  const accepted = openByPolicy(checkpoint, policy)
  const { size, root } = accepted.checkpoint
  if (index >= size) throw new Fault('proof-index', { index: String(index), size: String(size) })
  if (!isIncluded(index, size, leaf, hashes, root)) throw new Fault('proof-not-included', { index: String(index) })
  return accepted
}
