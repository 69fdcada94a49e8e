/*
 * Pictures, read only as far as it takes to know where they end and how large they are: a picture with something behind its end is
 * two files, of which another program may see the other one.
 */
import { crc32 } from 'node:zlib'
import { type Found, refuse } from './refusals.ts'

const pixelsMax = 50_000_000

const sized = (type: 'image/jpeg' | 'image/png' | 'image/webp', width: number, height: number): Found => {
  if (width < 1 || height < 1) return refuse('damaged')
  return width * height > pixelsMax ? refuse('pixels') : { type }
}

const pngStart = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

/** Undefined where it is no picture of a kind that is taken. */
export function inspectImage(bytes: Buffer): Found | undefined {
  if (bytes.subarray(0, 8).equals(pngStart)) return inspectPng(bytes)
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return inspectJpeg(bytes)
  if (bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP') return inspectWebp(bytes)
  return undefined
}

/** ISO/IEC 15948: chunks with checksums, from IHDR to IEND. */
function inspectPng(bytes: Buffer): Found {
  let size: [number, number] | undefined
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    const end = at + 12 + length
    const name = bytes.toString('latin1', at + 4, at + 8)
    if (end > bytes.length || crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) break
    if (!size) {
      if (name !== 'IHDR' || length !== 13) break
      size = [bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12)]
    }
    if (name === 'IEND') return end === bytes.length ? sized('image/png', ...size) : refuse('more-inside')
    at = end
  }
  return refuse('damaged')
}

/**
 * ISO/IEC 10918-1, annex B. Behind the end another JPEG may stand, and another: cameras put the same picture in other brightness
 * there (CIPA DC-007).
 */
function inspectJpeg(bytes: Buffer): Found {
  let size: [number, number] | undefined
  for (let at = 0; at < bytes.length; ) {
    const one = readJpeg(bytes, at)
    if (!one) return size ? refuse('more-inside') : refuse('damaged')
    size ??= one.size
    at = one.end
    while (bytes[at] === 0) at++
  }
  return size ? sized('image/jpeg', ...size) : refuse('damaged')
}

function readJpeg(bytes: Buffer, start: number): { size: [number, number]; end: number } | undefined {
  if (bytes[start] !== 0xff || bytes[start + 1] !== 0xd8) return undefined
  let size: [number, number] | undefined
  let at = start + 2
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1]!
    if (marker === 0xff) {
      at++
      continue
    }
    if (marker === 0xd9) return size && { size, end: at + 2 }
    if (at + 4 > bytes.length) return undefined
    const length = bytes.readUInt16BE(at + 2)
    // SOF0 to SOF15, without the tables that stand between them.
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame && at + 9 <= bytes.length) size = [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)]
    at += 2 + Math.max(2, length)
    if (marker === 0xda) at = endOfScan(bytes, at)
  }
  return undefined
}

/** Where the next marker stands: not a stuffed octet, and not a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1]!
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  return bytes.length
}

/** RFC 9649: a RIFF file that is as long as it says, with a frame whose size stands in its first chunk. */
function inspectWebp(bytes: Buffer): Found {
  if (bytes.length < 30) return refuse('damaged')
  const end = 8 + bytes.readUInt32LE(4)
  if (end > bytes.length) return refuse('damaged')
  if (end < bytes.length) return refuse('more-inside')
  let size: [number, number] | undefined
  for (let at = 12; at < end; ) {
    if (at + 8 > end) return refuse('damaged')
    const [name, length, data] = [bytes.toString('latin1', at, at + 4), bytes.readUInt32LE(at + 4), at + 8]
    if (data + length > end) return refuse('damaged')
    if (!size) {
      const first = bytes.subarray(data, data + length)
      if (name === 'VP8X' && length >= 10) size = [first.readUIntLE(4, 3) + 1, first.readUIntLE(7, 3) + 1]
      else if (name === 'VP8 ' && length >= 10) size = [first.readUInt16LE(6) & 0x3fff, first.readUInt16LE(8) & 0x3fff]
      else if (name === 'VP8L' && length >= 5 && first[0] === 0x2f) {
        const bits = first.readUInt32LE(1)
        size = [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1]
      } else return refuse('damaged')
    }
    at = data + length + (length % 2)
  }
  return size ? sized('image/webp', ...size) : refuse('damaged')
}
