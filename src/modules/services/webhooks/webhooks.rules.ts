import { createHmac, randomBytes } from 'node:crypto'
import { BlockList, isIP } from 'node:net'
import { isPublicAddress } from '#identity'
import type { CaseEvent } from '../cases/events.ts'
import { type Kind, triedForHours } from './types.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

const triedForMs = triedForHours * hourMs
const pauseMsMax = 24 * hourMs
/** How long the secret before a rotation signs as well. */
export const overlapMs = 24 * hourMs
/** Of a random secret: as long as the hash by which it signs. */
const secretBytes = 32

/** The messages that an event of a case may be, the most telling first: a webhook gets the first one that it takes. */
export function kindsOf(event: CaseEvent): Kind[] {
  switch (event.kind) {
    case 'begun':
      return event.data.reviewOf === null ? ['application.sent'] : []
    case 'step-taken':
      return [
        ...(event.data.decides ? ['decision.taken' as const] : []),
        ...(event.data.state === event.data.from ? [] : ['case.state-changed' as const]),
      ]
    case 'redecided':
    case 'redecision-undone':
      return ['decision.taken', ...(event.data.state === event.data.from ? [] : ['case.state-changed' as const])]
    case 'information-asked':
      return ['reply.asked']
    case 'information-given':
      return ['reply.given']
    case 'withdrawn':
      return ['case.withdrawn']
    default:
      return []
  }
}

/** A secret as Standard Webhooks writes it: `whsec_` and base64. */
export const newSecret = (): string => `whsec_${randomBytes(secretBytes).toString('base64')}`

type Signed = { id: string; seconds: number; body: string }

/**
 * The three headers of a message (Standard Webhooks 1.0, “Webhook headers” and “Signature scheme”). `webhook-signature` holds one
 * signature for each secret that counts, so that a receiver may hold either.
 */
export function headersOf({ id, seconds, body }: Signed, secrets: readonly string[]): Record<string, string> {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': signatures.join(' ') }
}

/**
 * When a message that failed `tries` times is sent again: after 1, 4, 16 … minutes, a day at most, a fifth more or less by `chance` (0
 * to 1), so that what failed together does not come back together. The last try is at the end of 72 hours; after it, undefined.
 */
export function nextTry(tries: number, sinceAt: Date, now: Date, chance: number): Date | undefined {
  const end = sinceAt.getTime() + triedForMs
  if (now.getTime() >= end) return undefined
  const pause = Math.min(minuteMs * 4 ** (tries - 1) * (0.8 + 0.4 * chance), pauseMsMax)
  return new Date(Math.min(now.getTime() + pause, end))
}

/** Where messages may go beside the public internet: to this machine in a demonstration, inside where the settings say so. */
export type Reach = { demonstration: boolean; inside: boolean }

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')
// RFC 1918 and RFC 4193. Not link-local: there, clouds hand out keys to whoever asks.
const inside = new BlockList()
inside.addSubnet('10.0.0.0', 8, 'ipv4')
inside.addSubnet('172.16.0.0', 12, 'ipv4')
inside.addSubnet('192.168.0.0', 16, 'ipv4')
inside.addSubnet('fc00::', 7, 'ipv6')

const isIn = (list: BlockList, address: string) => {
  const family = isIP(address)
  return family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6')
}

/** Whether a connection to a network address is made. What goes in clear goes to this machine alone. */
export function mayReach(address: string, protocol: string, reach: Reach): boolean {
  // An address of IPv4 in the clothes of IPv6 would be looked at as neither.
  if (/^::ffff:/i.test(address)) return false
  if (isIn(loopback, address)) return reach.demonstration
  if (protocol !== 'https:') return false
  return isPublicAddress(address) || (reach.inside && isIn(inside, address))
}

/** The host of a URL as a network address, where it is written as one. */
export const literalOf = ({ hostname }: URL): string | undefined => {
  const bare = hostname.replace(/^\[|\]$/g, '')
  return isIP(bare) ? bare : undefined
}

/**
 * The address of a webhook as it is kept, or undefined where it is none: HTTPS without a login or a fragment; HTTP to this machine in a
 * demonstration. To which machine a name leads is looked at when the connection is made, as it may lead elsewhere by then.
 */
export function readAddress(text: string, reach: Reach): string | undefined {
  const trimmed = text.trim()
  if (!URL.canParse(trimmed)) return undefined
  const url = new URL(trimmed)
  const literal = literalOf(url)
  if (url.username || url.password || url.hash || !/^https?:$/.test(url.protocol)) return undefined
  if (literal && !mayReach(literal, url.protocol, reach)) return undefined
  if (!literal && url.protocol === 'http:' && !(reach.demonstration && url.hostname === 'localhost')) return undefined
  return url.href
}
