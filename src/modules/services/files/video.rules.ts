/* Videos, read only as far as it takes to know where they end. What a player makes of them is not judged here. */
import { type Found, refuse } from './refusals.ts'

/** ISO/IEC 14496-12, §4.2: boxes, one after the other, up to the last octet. */
export function inspectMp4(bytes: Buffer): Found {
  const names: string[] = []
  for (let at = 0; at < bytes.length; ) {
    const name = bytes.toString('latin1', at + 4, at + 8)
    if (at + 8 > bytes.length || !/^[ -~\xa9]{4}$/.test(name))
      return refuse(names.includes('moov') ? 'more-inside' : 'damaged')
    const short = bytes.readUInt32BE(at)
    if (short === 1 && at + 16 > bytes.length) return refuse('damaged')
    const size = short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short === 0 ? bytes.length - at : short
    if (size < 8 || at + size > bytes.length) return refuse('damaged')
    names.push(name)
    at += size
  }
  return names.includes('moov') ? { type: 'video/mp4' } : refuse('damaged')
}

const [ebml, segment] = [0x1a45dfa3, 0x18538067]
/** Elements that a live recording, whose size was not known when it began, has at its level (RFC 9559, §5). */
const inSegment = new Set([0x114d9b74, 0x1549a966, 0x1654ae6b, 0x1f43b675, 0x1c53bb6b, 0x1254c367, 0xec])

/** RFC 8794 and RFC 9559: a head and one segment, which ends where the file ends. */
export function inspectWebm(bytes: Buffer): Found {
  const head = readElement(bytes, 0)
  const body = head?.end !== undefined ? readElement(bytes, head.end) : undefined
  if (head?.id !== ebml || body?.id !== segment) return refuse('damaged')
  if (body.end !== undefined) {
    if (body.end > bytes.length) return refuse('damaged')
    return body.end < bytes.length ? refuse('more-inside') : { type: 'video/webm' }
  }
  for (let at = body.data; at < bytes.length; ) {
    const each = readElement(bytes, at)
    if (!each || !inSegment.has(each.id)) return refuse('more-inside')
    if (each.end === undefined) return { type: 'video/webm' }
    at = each.end
    if (at > bytes.length) return refuse('damaged')
  }
  return { type: 'video/webm' }
}

/** An element: where its data begins, and where it ends if it says so. */
function readElement(bytes: Buffer, at: number): { id: number; data: number; end: number | undefined } | undefined {
  const idOctets = Math.clz32(bytes[at] ?? 0) - 23
  const sizeAt = at + idOctets
  const sizeOctets = Math.clz32(bytes[sizeAt] ?? 0) - 23
  if (idOctets > 4 || sizeOctets > 8 || sizeAt + sizeOctets > bytes.length) return undefined
  let size = BigInt(bytes[sizeAt]! & (0xff >> sizeOctets))
  for (let each = 1; each < sizeOctets; each++) size = (size << 8n) | BigInt(bytes[sizeAt + each]!)
  const data = sizeAt + sizeOctets
  const isUnknown = size === (1n << BigInt(7 * sizeOctets)) - 1n
  return { id: bytes.readUIntBE(at, idOctets), data, end: isUnknown ? undefined : data + Number(size) }
}
