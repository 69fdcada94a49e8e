import { sizeMax } from '../tree/tree.rules.ts'

/** RFC 4648, §4, in the one spelling that an encoder writes: with its padding, and without stray bits. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}

export const encodeBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** A uint64 in decimal, without zeros before it. */
export function parseSize(text: string): bigint | undefined {
  if (!/^(0|[1-9]\d{0,19})$/.test(text)) return undefined
  const size = BigInt(text)
  return size <= sizeMax ? size : undefined
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Undefined for octets that are no UTF-8: nothing is put in their place. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}

/** C2SP signed-note, Format: control characters of ASCII, of which a note has line feeds alone. */
export function hasControls(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code < 0x20 && code !== 0x0a) return true
  }
  return false
}

export const encodeUtf8 = (text: string): Buffer => Buffer.from(text, 'utf8')

export function uint64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(value)
  return bytes
}
