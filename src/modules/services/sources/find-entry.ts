import type { Server } from 'node:http'
import { Compile } from 'typebox/compile'
import type { Installation } from '#platform'
import { foldKey, sources } from '../definitions/sources.ts'
import { problem } from '../problems.ts'
import { ownSources } from './made-up-sources.ts'
import { type Found, Reply, type Sources } from './types.ts'

const checkReply = Compile(Reply)

const timeoutMs = 3000
const triesMax = 2
const replyBytesMax = 16_384
const keyLettersMax = 100
const again = new Set([502, 503, 504])

/**
 * What the register `id` of the pack holds under a key, asked over HTTP; undefined where it holds nothing. A connection that failed, or
 * an answer that says to come back, is tried a second time: asking changes nothing. Throws `source-unavailable` where no answer came
 * that can be used, so that the person is told to type. The exchange takes this over.
 */
export async function findEntry(
  { installation, server }: { installation: Installation; server: Server },
  id: string,
  key: string,
): Promise<Found | undefined> {
  const source = installation.pack.get(sources, id)
  const at = sourcesOf(installation, server)
  if (!at) throw problem('source-unavailable', { detail: 'no register is set' })
  if (key.trim() === '' || key.length > keyLettersMax) return undefined
  const text = await ask(at, id, key)
  const reply = parse(text)
  if (!checkReply.Check(reply)) throw problem('source-unavailable', { detail: 'answer has another shape' })
  if (reply.madeUp && !at.madeUp) throw problem('source-unavailable', { detail: 'the register is made up' })
  const { entry, asOf } = reply
  if (entry === null) return undefined
  // Whoever answers with another entry has not answered the question.
  if (foldKey(entry[source.key] ?? '') !== foldKey(key))
    throw problem('source-unavailable', { detail: 'answer is about another key' })
  const declared = source.fields.flatMap(({ id }) => (entry[id] === undefined ? [] : [[id, entry[id]] as const]))
  return { entry: Object.fromEntries(declared), source, asOf }
}

/** The registers of the settings or, in a demonstration without them, the made-up ones on the own port. */
function sourcesOf(installation: Installation, server: Server): Sources | undefined {
  const { sources: set, demonstration: madeUp } = installation
  return set ? { ...set, madeUp } : ownSources(installation, server)
}

/** The body of the answer. The key travels in the body of the question, where no log of addresses keeps it. */
async function ask(at: Sources, id: string, key: string): Promise<string> {
  const url = `${at.url.replace(/\/$/, '')}/${encodeURIComponent(id)}`
  const headers = {
    ...{ accept: 'application/json', 'content-type': 'application/json' },
    ...(at.token && { authorization: `Bearer ${at.token}` }),
  }
  let failure = ''
  for (let tries = 0; tries < triesMax; tries++) {
    try {
      const signal = AbortSignal.timeout(at.timeoutMs ?? timeoutMs)
      const body = JSON.stringify({ key })
      const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'error' })
      if (response.status === 200) return await readUpTo(response, replyBytesMax)
      await response.body?.cancel().catch(() => {})
      failure = `status ${response.status}`
      if (!again.has(response.status)) break
    } catch (error) {
      failure = (error as Error).name
    }
  }
  throw problem('source-unavailable', { detail: failure })
}

/** The body as text, or nothing where it is longer than `max` bytes; no more is read than that. */
async function readUpTo(response: Response, max: number): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    size += part.length
    if (size > max) {
      await response.body?.cancel().catch(() => {})
      return ''
    }
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
