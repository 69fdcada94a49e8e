import type { FastifyInstance } from 'fastify'
import { problem } from './problem.ts'

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
