import { crc32, inflateRawSync } from 'node:zlib'

/*
 * A workbook is a ZIP archive, and an archive can lie: about sizes, by parts that overlap, by parts that only some
 * readers see. So the parts are unpacked here with a limit, and the library that reads workbooks is given a new archive
 * of what was seen, stored as it is.
 */

export type Part = { name: string; bytes: Uint8Array }
export type Unpacked = { parts: Part[] } | { fault: 'damaged'; why: string } | { fault: 'too-large' }

const localSignature = 0x04034b50
const centralSignature = 0x02014b50
const endSignature = 0x06054b50
const endBytes = 22
const commentBytesMax = 65_535

/** The parts whose name `wanted` accepts, with at most `bytesMax` in all. APPNOTE 6.3.10 §4.3, without ZIP64. */
export function unpack(
  archive: Uint8Array,
  wanted: (name: string) => boolean,
  bytesMax: number,
  partsMax: number,
): Unpacked {
  const data = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength)
  const damaged = (why: string): Unpacked => ({ fault: 'damaged', why })
  const end = findEnd(data)
  if (end === undefined) return damaged('its table of contents is missing')
  const count = data.readUInt16LE(end + 10)
  const start = data.readUInt32LE(end + 16)
  if (count > partsMax || start === 0xffffffff) return { fault: 'too-large' }

  const parts: Part[] = []
  const names = new Set<string>()
  let left = bytesMax
  let at = start
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || data.readUInt32LE(at) !== centralSignature) return damaged('its table of contents is cut off')
    const flags = data.readUInt16LE(at + 8)
    const method = data.readUInt16LE(at + 10)
    const checksum = data.readUInt32LE(at + 16)
    const packedBytes = data.readUInt32LE(at + 20)
    const [nameBytes, extraBytes, commentBytes] = [
      data.readUInt16LE(at + 28),
      data.readUInt16LE(at + 30),
      data.readUInt16LE(at + 32),
    ]
    const offset = data.readUInt32LE(at + 42)
    const name = data.toString('utf8', at + 46, at + 46 + nameBytes)
    at += 46 + nameBytes + extraBytes + commentBytes
    if (names.has(name)) return damaged(`it has two parts named ${name}`)
    names.add(name)
    if (!wanted(name)) continue

    if (flags & 1) return damaged('it is encrypted')
    if (offset + 30 > start || data.readUInt32LE(offset) !== localSignature) return damaged(`${name} is missing`)
    const from = offset + 30 + data.readUInt16LE(offset + 26) + data.readUInt16LE(offset + 28)
    if (from + packedBytes > start) return damaged(`${name} is cut off`)
    const packed = data.subarray(from, from + packedBytes)
    const bytes = inflate(packed, method, left)
    if (bytes === 'too-large') return { fault: 'too-large' }
    if (bytes === undefined || crc32(bytes) !== checksum) return damaged(`${name} is not what it was`)
    left -= bytes.length
    parts.push({ name, bytes })
  }
  return { parts }
}

function findEnd(data: Buffer): number | undefined {
  for (let at = data.length - endBytes; at >= 0 && at >= data.length - endBytes - commentBytesMax; at--)
    if (data.readUInt32LE(at) === endSignature) return at
  return undefined
}

function inflate(packed: Buffer, method: number, bytesMax: number): Uint8Array | 'too-large' | undefined {
  if (method === 0) return packed.length > bytesMax ? 'too-large' : packed
  if (method !== 8) return undefined
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(bytesMax, 1) })
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : undefined
  }
}

/** An archive of `parts`, not compressed. */
export function store(parts: readonly Part[]): Uint8Array<ArrayBuffer> {
  const files: Buffer[] = []
  const contents: Buffer[] = []
  let offset = 0
  for (const { name, bytes } of parts) {
    const nameBytes = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x0800, 2) // Names are UTF-8.
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(bytes.length, 14)
    common.writeUInt32LE(bytes.length, 18)
    common.writeUInt16LE(nameBytes.length, 22)
    files.push(
      signature(localSignature),
      common,
      nameBytes,
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    )
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    contents.push(signature(centralSignature), Buffer.from([20, 0]), common, rest, nameBytes)
    offset += 30 + nameBytes.length + bytes.length
  }
  const table = Buffer.concat(contents)
  const end = Buffer.alloc(endBytes)
  end.writeUInt32LE(endSignature, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(table.length, 12)
  end.writeUInt32LE(offset, 16)
  return new Uint8Array(Buffer.concat([...files, table, end]))
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
