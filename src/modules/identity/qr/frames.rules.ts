import { timingSafeEqual } from 'node:crypto'
import type { Vault } from '#platform'

/** For so long the code on a screen may be scanned; then the person asks for another. */
export const scanSeconds = 60
/** For so long after the scan the phone may approve, and after that the browser may go on. */
export const approveSeconds = 120
/** For so many seconds after it was first shown a frame counts. A photograph that is sent on comes later. */
export const frameSeconds = 3

export type Frame = { order: string; step: number }

/** 96 bits: cut from HMAC-SHA-256 (RFC 2104, §5, wants half of the hash at least, or 80 bits). */
const macBytes = 12
const pattern = /^([A-Za-z0-9_-]{16})\.(\d{1,2})\.([A-Za-z0-9_-]{16})$/

const macOf = (vault: Vault, { order, step }: Frame) =>
  vault.lookup('phone-frame', `${order}.${step}`).subarray(0, macBytes)

/** What the code says in one second: order, second, and a MAC over both by a key that never leaves the server. */
export const writeFrame = (vault: Vault, frame: Frame): string =>
  `${frame.order}.${frame.step}.${macOf(vault, frame).toString('base64url')}`

/** What a frame names, if this installation wrote it. Undefined for everything else. */
export function readFrame(vault: Vault, text: string): Frame | undefined {
  const [, order = '', second = '', mac = ''] = pattern.exec(text) ?? []
  if (!order || String(Number(second)) !== second) return undefined
  const frame = { order, step: Number(second) }
  return timingSafeEqual(Buffer.from(mac, 'base64url'), macOf(vault, frame)) ? frame : undefined
}

/** In which second of its life an order is. */
export const stepAt = (startedAt: string, now: Date): number =>
  Math.floor((now.getTime() - Date.parse(startedAt)) / 1000)

/** Whether a frame counts in second `current`. One second ahead is the clock of another process. */
export function isAlive({ step }: Frame, current: number): boolean {
  const age = current - step
  return age >= -1 && age < frameSeconds && step < scanSeconds
}
