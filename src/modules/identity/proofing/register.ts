import { createHash, randomUUID } from 'node:crypto'
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'

/** What a register may be asked: whether all of this stands in one entry of it. */
export type Question = Static<typeof Question>
export const Question = Type.Object({
  kind: Type.String({ maxLength: 60 }),
  number: Type.String({ maxLength: 30 }),
  born: Type.String({ format: 'date' }),
  family: Type.String({ maxLength: 80 }),
  given: Type.String({ maxLength: 80 }),
})

/** Yes or no and what matched; never what the register holds. `not-current` is cancelled, or of somebody who died. */
const Reply = Type.Object({
  answer: Type.Union([Type.Literal('match'), Type.Literal('no-match'), Type.Literal('not-current')]),
  matched: Type.Optional(
    Type.Array(Type.Enum(['number', 'born', 'family', 'given']), { maxItems: 4, uniqueItems: true }),
  ),
  /** A register of made-up people says so, and counts in a demonstration alone. */
  madeUp: Type.Optional(Type.Boolean()),
})
export type Reply = Static<typeof Reply>
const checkReply = Compile(Reply)

export type Answer = { outcome: Reply['answer'] } | { outcome: 'unavailable'; detail: string }

export type Register = {
  url: string
  token?: string | undefined
  /** For one try. */
  timeoutMs?: number | undefined
  /** Whether a register that says it is made up may be believed. */
  madeUp: boolean
  /** Adds what proves who asks to the headers, as HTTP Message Signatures (RFC 9421) do. */
  sign?: (request: { url: string; headers: Record<string, string>; body: string }) => Promise<Record<string, string>>
}

const timeoutMs = 4000
const triesMax = 2
const replyBytesMax = 4096
const again = new Set([502, 503, 504])

/**
 * Asks the population register over HTTP. One failed connection, or one answer that says to come back, is tried a second
 * time, which is safe: asking changes nothing, and both carry one `idempotency-key`. Never throws, and tells nothing of
 * the question in `detail`.
 */
export async function askRegister(register: Register, question: Question): Promise<Answer> {
  const body = JSON.stringify(question)
  const digest = createHash('sha256').update(body).digest('base64')
  const plain = {
    accept: 'application/json',
    'content-type': 'application/json',
    // RFC 9530: what a signature over the headers covers of the body.
    'content-digest': `sha-256=:${digest}:`,
    'idempotency-key': randomUUID(),
    ...(register.token && { authorization: `Bearer ${register.token}` }),
  }
  let failure = ''
  for (let tries = 0; tries < triesMax; tries++) {
    try {
      const headers = { ...plain, ...(await register.sign?.({ url: register.url, headers: plain, body })) }
      const signal = AbortSignal.timeout(register.timeoutMs ?? timeoutMs)
      const response = await fetch(register.url, { method: 'POST', headers, body, signal, redirect: 'error' })
      const text = await readUpTo(response, replyBytesMax)
      if (response.status === 200) return answerOf(text, register.madeUp)
      failure = `status ${response.status}`
      if (!again.has(response.status)) break
    } catch (error) {
      failure = (error as Error).name
    }
  }
  return { outcome: 'unavailable', detail: failure }
}

function answerOf(text: string | undefined, madeUp: boolean): Answer {
  if (text === undefined) return { outcome: 'unavailable', detail: 'answer too large' }
  let reply: unknown
  try {
    reply = JSON.parse(text)
  } catch {
    return { outcome: 'unavailable', detail: 'answer is no JSON' }
  }
  if (!checkReply.Check(reply)) return { outcome: 'unavailable', detail: 'answer has another shape' }
  if (reply.madeUp && !madeUp) return { outcome: 'unavailable', detail: 'the register is made up' }
  // Whoever says “match” without having compared everything has not answered the question.
  if (reply.answer === 'match' && reply.matched?.length !== 4)
    return { outcome: 'unavailable', detail: 'answer leaves out what was asked' }
  return { outcome: reply.answer }
}

/** The body as text, or undefined where it is longer than `max` bytes; no more is read than that. */
async function readUpTo(response: Response, max: number): Promise<string | undefined> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    size += part.length
    if (size > max) {
      await response.body?.cancel().catch(() => {})
      return undefined
    }
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
