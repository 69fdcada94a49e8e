import type { FastifyInstance } from 'fastify'
import { problem } from './problem.ts'

/** What a process holds of bodies that are being sent, in octets, of all and of one address: enough for programs in a hurry. */
const heldMax = 256_000_000
const ofAddressMax = 64_000_000

/**
 * Bounds what slow senders make a process hold. A body counts by what it says of its length, or else by what it may have, from
 * when it begins until it was read; one that is too much is refused as `too-busy`. Uploads are bounded where they are received.
 */
export function addBodies(app: FastifyInstance, { each }: { each: number }): void {
  const ofAddress = new Map<string, number>()
  let held = 0
  app.addHook('preParsing', (request, reply, body, done) => {
    const { 'content-length': length, 'transfer-encoding': coding, 'content-type': type } = request.headers
    if ((length === undefined && coding === undefined) || type?.startsWith('multipart/')) return done(null, body)
    const { ip } = request
    const octets = Math.min(Number(length ?? each), each)
    const own = ofAddress.get(ip) ?? 0
    if (held + octets > heldMax || own + octets > ofAddressMax) return done(problem('too-busy'))
    held += octets
    ofAddress.set(ip, own + octets)
    let isHeld = true
    const release = () => {
      if (!isHeld) return
      isHeld = false
      held -= octets
      const left = ofAddress.get(ip)! - octets
      if (left > 0) ofAddress.set(ip, left)
      else ofAddress.delete(ip)
    }
    for (const event of ['end', 'error'] as const) body.once(event, release)
    // Also where nobody read it to its end.
    reply.raw.once('close', release)
    return done(null, body)
  })
}
