import { createHmac, randomBytes } from 'node:crypto'
import { printEnvelope } from '../entries/envelope.rules.ts'
import { printCheckpoint } from '../notes/checkpoint.rules.ts'
import { cosign } from '../notes/cosignature.rules.ts'
import type { Signer } from '../notes/keys.rules.ts'
import { printNote, signText } from '../notes/note.rules.ts'
import { printExtra } from '../proofs/extra.rules.ts'
import { printProof } from '../proofs/proof.rules.ts'
import { makeInclusion } from '../tree/proofs.rules.ts'
import { hashLeaf, rootOfLeaves } from '../tree/tree.rules.ts'

export const notarised = (content: string | Uint8Array, salt: Uint8Array, given = {}) =>
  printEnvelope({
    commitment: createHmac('sha256', salt).update(content).digest('hex'),
    kind: 'document-notarised',
    org: 'tide-station',
    time: '2026-11-27T07:00:00Z',
    v: 1,
    ...given,
  })

type Asked = {
  entry: Uint8Array
  signers: readonly Signer[]
  /** By default the entry; `salt` goes along. */
  extra?: Uint8Array | null
  salt?: Uint8Array
  /** Seconds at which those cosign who do. */
  time?: bigint
}

/** A proof that an entry is the sixth of a log of eleven, called as its first signer. */
export function aProof({
  entry,
  signers,
  salt,
  extra = printExtra({ entry, ...(salt && { salt }) }),
  time = 1_795_000_000n,
}: Asked) {
  const leaves = Array.from({ length: 11 }, (_, at) => hashLeaf(at === 5 ? entry : Buffer.of(at)))
  const origin = signers[0]!.key.name
  const text = printCheckpoint({ origin, size: 11n, root: rootOfLeaves(leaves), extensions: [] })
  const signatures = signers.map((signer) =>
    signer.key.kind === 'ed25519' ? signText(text, signer) : cosign(text, signer, time),
  )
  const checkpoint = printNote({ text, signatures })
  const proof = { index: 5n, hashes: makeInclusion(leaves, 5n), checkpoint }
  return printProof({ ...proof, ...(extra && { extra }) })
}

export const aSalt = () => randomBytes(32)

/** A form with files and fields, as a browser sends it. */
export function aForm(files: Readonly<Record<string, Uint8Array>>, fields: Readonly<Record<string, string>> = {}) {
  const boundary = 'a-boundary-that-no-file-here-holds'
  const head = (name: string, more = '') => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${more}\r\n`
  const parts = [
    ...Object.entries(fields).map(([name, value]) => Buffer.from(`${head(name)}\r\n${value}\r\n`)),
    ...Object.entries(files).flatMap(([name, bytes]) => [
      Buffer.from(`${head(name, `; filename="${name}"`)}content-type: application/octet-stream\r\n\r\n`),
      bytes,
      Buffer.from('\r\n'),
    ]),
  ]
  return {
    payload: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  }
}
