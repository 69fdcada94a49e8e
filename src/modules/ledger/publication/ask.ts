import type { Sql } from '#platform'
import type { LogRow } from '../log/logs.sql.ts'
import { hashesOf } from '../log/served.ts'
import { encodeBase64, encodeUtf8 } from '../notes/encoding.rules.ts'
import { consistencyByTiles } from '../tree/tiles.rules.ts'

/** What a witness answers to a checkpoint: lines of signatures, how much of the log it knows, or that it will not. */
export type Answer = { lines: string } | { knows: bigint } | { failure: string }

const answerBytesMax = 65_536
const timeoutMs = 3000

/**
 * C2SP tlog-witness, add-checkpoint: asks a witness to cosign `note`, of `size` entries, which knows `old` of them. The proof
 * is made from the tiles of the log.
 */
export async function askWitness(
  sql: Sql,
  { id, size }: Pick<LogRow, 'id' | 'size'>,
  { url, old, note, signal }: { url: string; old: bigint; note: Uint8Array; signal: AbortSignal },
): Promise<Answer> {
  const hashes = await consistencyByTiles(old, BigInt(size), (tile) => hashesOf(sql, { id, size }, tile))
  const head = [`old ${old}`, ...hashes.map(encodeBase64), '', ''].join('\n')
  const body = Buffer.concat([encodeUtf8(head), note])
  const answer = await postCheckpoint(url, body, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]))
  if ('failure' in answer) return answer
  const { status, text } = answer
  if (status === 200) return { lines: text }
  const known = /^(0|[1-9]\d{0,19})\n$/.exec(text)
  if (status === 409 && known) return { knows: BigInt(known[1]!) }
  return { failure: String(status) }
}

/** The body of add-checkpoint to a witness: what it answered, or why it did not. */
export async function postCheckpoint(
  url: string,
  body: Uint8Array,
  signal: AbortSignal,
): Promise<{ status: number; text: string; date: string | null } | { failure: string }> {
  try {
    const response = await fetch(`${url.replace(/\/$/, '')}/add-checkpoint`, {
      ...{ method: 'POST', body: new Uint8Array(body), redirect: 'error', signal },
    })
    return { status: response.status, text: await textOf(response), date: response.headers.get('date') }
  } catch (error) {
    const { name, cause } = error as Error & { cause?: { code?: string } }
    return { failure: (cause?.code ?? name).slice(0, 200) }
  }
}

async function textOf({ body }: Response): Promise<string> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of body ?? []) {
    bytes += piece.length
    if (bytes > answerBytesMax) throw new Error('more than a witness says')
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString()
}
