import { type Envelope, parseEnvelope } from '../entries/envelope.rules.ts'
import { Fault } from '../faults.ts'
import { parseNote } from '../notes/note.rules.ts'
import type { Signed } from '../notes/open.rules.ts'
import { type Accepted, type Policy, parsePolicy } from '../notes/policy.rules.ts'
import { commitmentOf, contentsOf, hashContentOf, hashSchema } from '../proofs/commitment.rules.ts'
import { parseExtra } from '../proofs/extra.rules.ts'
import { type Proof, parseProof, verifyProof } from '../proofs/proof.rules.ts'
import { type Hash, hashLeaf, isSame } from '../tree/tree.rules.ts'
import type { Outcome, Verdict } from './types.ts'

/** Files as a person gave them, in whichever place. */
export type Given = { proof?: Uint8Array | undefined; document?: Uint8Array | undefined }

const beginning = [...'c2sp.org/tlog-proof@'].map((each) => each.charCodeAt(0))
export const looksLikeProof = (bytes: Uint8Array): boolean => beginning.every((each, at) => bytes[at] === each)

/** Puts two files in their places by what they are: people drop them as they come. */
export function placed({ proof, document }: Given): Given {
  const isSwapped = document && looksLikeProof(document) && !(proof && looksLikeProof(proof))
  if (isSwapped) return { proof: document, document: proof }
  // A single file that is no proof is the document, wherever it was put.
  return proof && !document && !looksLikeProof(proof) && !isText(proof) ? { document: proof } : { proof, document }
}

/** A proof is a text of few lines: what holds octet 0 is none, however damaged. */
const isText = (bytes: Uint8Array) => !bytes.subarray(0, 1000).includes(0)

/**
 * C2SP tlog-proof, Verification: what a proof shows of a document to somebody who trusts this policy. Never throws for what
 * the files hold: whatever is wrong with them is an outcome.
 */
export function verifyFiles(given: Given, policyText: Uint8Array): Verdict {
  const { proof: proofFile, document } = placed(given)
  if (!proofFile) return { outcome: document ? 'proof-missing' : 'file-missing' }
  let policy: Policy
  try {
    policy = parsePolicy(policyText)
  } catch (error) {
    return refused('policy-wrong', error)
  }
  if (!looksLikeProof(proofFile)) return { outcome: 'not-a-proof' }
  let proof: Proof
  try {
    proof = parseProof(proofFile)
  } catch (error) {
    return refused('proof-damaged', error)
  }
  return verdictOn(proof, document, policy)
}

function verdictOn(proof: Proof, document: Uint8Array | undefined, policy: Policy): Verdict {
  const { entry, salt } = (proof.extra && parseExtra(proof.extra)) ?? {}
  const entries = [entry, document].filter((each) => each !== undefined)
  let refusal: Verdict = { outcome: 'file-missing' }
  for (const each of entries) {
    try {
      const proved = provedBy(proof, verifyProof(proof, hashLeaf(each), policy), each)
      return { ...judge(document, { entry: each, salt }), ...proved }
    } catch (error) {
      refusal = refused(outcomeOf(error), error)
      if (refusal.outcome !== 'not-included') break
    }
  }
  return refusal
}

/** What the entry, which is in the log, says of the document. */
function judge(
  document: Uint8Array | undefined,
  { entry, salt }: { entry: Uint8Array; salt: Uint8Array | undefined },
): Pick<Verdict, 'outcome' | 'rewritten'> {
  if (!document) return { outcome: 'alone' }
  if (isSame(document, entry)) return { outcome: 'entry' }
  const { commitment, schema } = parseEnvelope(entry) ?? {}
  if (!commitment || !salt) return { outcome: commitment ? 'salt-missing' : 'other-document' }
  const contents = schema === hashSchema ? [hashContentOf(document)] : contentsOf(document)
  const at = contents.findIndex((each) => commitmentOf(each, salt) === commitment)
  if (at < 0) return { outcome: 'other-document' }
  return { outcome: 'document', ...(at > 0 && { rewritten: true }) }
}

function provedBy(proof: Proof, { checkpoint, logs, witnesses }: Accepted, entry: Uint8Array): Partial<Verdict> {
  const counted = new Set([...logs, ...witnesses].map(({ key }) => nameAndId(key)))
  const lines = parseNote(proof.checkpoint).signatures
  const envelope = parseEnvelope(entry)
  return {
    log: { origin: checkpoint.origin, size: `${checkpoint.size}`, index: `${proof.index}` },
    signers: { logs: logs.map(signerOf), witnesses: witnesses.map(signerOf) },
    unknown: lines.filter((line) => !counted.has(nameAndId(line))).length,
    ...(envelope && { said: saidBy(envelope) }),
  }
}

const nameAndId = ({ name, id }: { name: string; id: Hash }) => [name, ...id].join(' ')

const signerOf = ({ key, time }: Signed) => ({
  name: key.name,
  kind: key.kind,
  // C2SP tlog-cosignature, Format: 0 says nothing of the time.
  ...(time && { time: `${time}` }),
})

const saidBy = ({ org, kind, time, schema }: Envelope) => ({
  organisation: org,
  kind,
  time,
  ...(schema && { schema }),
})

/** The earliest second of which somebody said that the log was as large; by a witness, if one did. */
export function earliestOf({ signers }: Verdict): { time: bigint; name: string; byWitness: boolean } | undefined {
  const told = (of: readonly { name: string; time?: string }[], byWitness: boolean) =>
    of.flatMap(({ name, time }) => (time === undefined ? [] : [{ name, time: BigInt(time), byWitness }]))
  const all = told(signers?.witnesses ?? [], true)
  const [first] = (all.length > 0 ? all : told(signers?.logs ?? [], false)).sort((one, other) =>
    one.time < other.time ? -1 : 1,
  )
  return first
}

/** What came from outside is a fault; anything else is a bug, and is thrown on. */
function refused(outcome: Outcome, error: unknown): Verdict {
  if (!(error instanceof Fault)) throw error
  return { outcome, fault: { code: error.code, values: plain(error.values) } }
}

const plain = (values: Fault['values']) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'number' ? value : String(value)]),
  )

function outcomeOf(error: unknown): Outcome {
  const code = error instanceof Fault ? error.code : ''
  if (code === 'proof-not-included' || code === 'proof-index') return 'not-included'
  if (code === 'note-broken') return 'signature-broken'
  if (code === 'note-unsigned' || code === 'policy-other-log') return 'log-unknown'
  if (code === 'policy-few') return 'witnesses-few'
  if (code === 'key-unusable' || code === 'note-ambiguous') return 'cannot-check'
  return 'proof-damaged'
}
