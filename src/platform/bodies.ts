import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { type Problem, problem } from './problem.ts'

/** What a process holds of bodies that are being sent, in octets, of all and of one address: enough for programs in a hurry. */
const [heldMax, ofAddressMax] = [256_000_000, 64_000_000]

/**
 * Bounds what slow senders make a process hold. A body counts by what it says of its length, or else by what it may have, from
 * when it begins until it was read; one that is too much is refused as `too-busy`. Uploads are bounded where they are received.
 */
export function addBodies(app: FastifyInstance, { each }: { each: number }): void {
  const held = new Map<string, number>([['', 0]])
  const count = (key: string, octets: number) =>
    held.set(key, (held.get(key) ?? 0) + octets).get(key) || held.delete(key)
  app.addHook('preParsing', ({ headers, ip }, reply, body, done) => {
    const octets = headers['transfer-encoding'] ? each : Math.min(Number(headers['content-length'] ?? 0), each)
    if (octets === 0 || headers['content-type']?.startsWith('multipart/')) return done(null, body)
    if ((held.get('') ?? 0) + octets > heldMax || (held.get(ip) ?? 0) + octets > ofAddressMax)
      return done(problem('too-busy'))
    let left = octets
    const add = (sign: 1 | -1) => ['', ip].forEach((key) => void count(key, sign * left))
    add(1)
    const release = () => {
      add(-1)
      left = 0
    }
    for (const event of ['end', 'error'] as const) body.once(event, release)
    // Also where nobody read it to its end.
    reply.raw.once('close', release)
    return done(null, body)
  })
}

type ReadOnLimits = { octetsMax: number; ms: number }

/**
 * Answers at once who still sends, and then reads on and keeps nothing. Many look for an answer only when they have sent everything:
 * who is not read waits, and a connection that is closed with octets unread is reset, which takes the answer away (RFC 9112, §9.6).
 * The answer goes out whole; its end, after which Node takes the next request or closes, waits for that of the body, so that nothing of a body
 * is ever taken for a request. Who sends more than `octetsMax` after the answer, or for longer than `ms`, is cut off.
 */
export function addReadingOn(app: FastifyInstance, { octetsMax, ms }: ReadOnLimits = readOnLimits): void {
  const reading = new Set<Socket>()
  app.addHook('onSend', ({ raw, headers }, reply, payload, done) => {
    const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
    if (!hasBody || raw.readableEnded || raw.destroyed) return done(null, payload)
    const { socket } = raw
    const ended = Promise.withResolvers<void>()
    const cutOff = () => void socket.destroy()
    const timer = setTimeout(cutOff, ms).unref()
    reading.add(socket)
    let left = octetsMax
    raw.unpipe()
    raw.on('data', ({ length }: Buffer) => {
      left -= length
      if (left < 0) cutOff()
    })
    for (const event of ['end', 'close', 'error'] as const) raw.once(event, ended.resolve)
    raw.resume()
    const response = reply.raw
    const end = response.end.bind(response)
    response.end = ((chunk?: unknown) => {
      if (chunk) response.write(chunk)
      else response.flushHeaders()
      void ended.promise.then(() => {
        clearTimeout(timer)
        reading.delete(socket)
        end()
      })
      return response
    }) as typeof response.end
    // Fastify would close because more may come; that is read here.
    reply.removeHeader('connection')
    return done(null, payload)
  })
  // Who stops waits for nobody whose answer was sent.
  app.addHook('preClose', async () => {
    for (const socket of reading) socket.destroy()
  })
}
/** As much as browsers send before they look, in a minute at most together with what was read before. */
const readOnLimits: ReadOnLimits = { octetsMax: 40_000_000, ms: 30_000 }

/** Counts octets that are held from now on. */
export type Take = (octets: number) => void
type HoldLimits = { octetsMax: number; ofSenderMax: number; full: (held: number) => Problem; yours: () => Problem }

/**
 * Bounds what one process holds of files that are received, wait or are read: so many octets in all, and of one sender, an
 * address or a person, so many files at once. What is more is refused by `full` and `yours`. One for each place that takes files.
 */
export function openHold({ octetsMax, ofSenderMax, full, yours }: HoldLimits) {
  const ofSenders = new Map<string, number>()
  let held = 0
  return async <Result>(work: (take: Take) => Promise<Result>, sender?: string): Promise<Result> => {
    const before = ofSenders.get(sender ?? '') ?? 0
    if (before >= ofSenderMax) throw yours()
    if (sender !== undefined) ofSenders.set(sender, before + 1)
    let own = 0
    try {
      return await work((octets) => {
        if (held + octets > octetsMax) throw full(held)
        held += octets
        own += octets
      })
    } finally {
      held -= own
      const left = (ofSenders.get(sender ?? '') ?? 1) - 1
      if (left > 0) ofSenders.set(sender!, left)
      else ofSenders.delete(sender ?? '')
    }
  }
}
