// In the place of the `Buffer` of Node.js where the rules of this module run in a browser: the part of it that they use,
// with the same answers. A bundle puts this `Buffer` wherever they name that one.

type Encoding = 'utf8' | 'base64' | 'base64url' | 'hex' | 'latin1' | 'binary'

const methods = {
  toString(this: Uint8Array, encoding: Encoding = 'utf8'): string {
    if (encoding === 'utf8') return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this)
    if (encoding === 'hex') return [...this].map((each) => each.toString(16).padStart(2, '0')).join('')
    const characters = latin1Of(this)
    if (encoding === 'latin1' || encoding === 'binary') return characters
    const text = btoa(characters)
    return encoding === 'base64' ? text : text.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
  },
  write(this: Uint8Array, text: string, at: number, encoding: Encoding): number {
    const bytes = decode(text, encoding)
    this.set(bytes, at)
    return bytes.length
  },
  equals(this: Uint8Array, other: Uint8Array): boolean {
    return Buffer.compare(this, other) === 0
  },
  readBigUInt64BE(this: Uint8Array, at = 0): bigint {
    return viewOf(this).getBigUint64(at)
  },
  writeBigUInt64BE(this: Uint8Array, value: bigint, at = 0): number {
    viewOf(this).setBigUint64(at, value)
    return at + 8
  },
  readUInt16BE(this: Uint8Array, at = 0): number {
    return viewOf(this).getUint16(at)
  },
  writeUInt16BE(this: Uint8Array, value: number, at = 0): number {
    viewOf(this).setUint16(at, value)
    return at + 2
  },
}

type OwnBuffer = Uint8Array & typeof methods

const prototype = Object.create(
  Uint8Array.prototype,
  Object.fromEntries(Object.entries(methods).map(([name, value]) => [name, { value }])),
)

/** Gives octets the methods of a buffer, in place. */
export const asBuffer = (bytes: Uint8Array): OwnBuffer => Object.setPrototypeOf(bytes, prototype)

export const Buffer = {
  from(given: string | ArrayBuffer | Uint8Array | readonly number[], encoding: Encoding = 'utf8'): OwnBuffer {
    if (given instanceof ArrayBuffer) return asBuffer(new Uint8Array(given))
    return asBuffer(typeof given === 'string' ? decode(given, encoding) : Uint8Array.from(given))
  },
  of: (...octets: number[]): OwnBuffer => asBuffer(Uint8Array.of(...octets)),
  alloc: (length: number, fill = 0): OwnBuffer => asBuffer(new Uint8Array(length).fill(fill)),
  allocUnsafe: (length: number): OwnBuffer => asBuffer(new Uint8Array(length)),
  concat(pieces: readonly Uint8Array[]): OwnBuffer {
    const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
    let at = 0
    for (const piece of pieces) {
      whole.set(piece, at)
      at += piece.length
    }
    return asBuffer(whole)
  },
  compare(one: Uint8Array, other: Uint8Array): number {
    const length = Math.min(one.length, other.length)
    for (let at = 0; at < length; at += 1) if (one[at] !== other[at]) return one[at]! < other[at]! ? -1 : 1
    return Math.sign(one.length - other.length)
  },
}

function decode(text: string, encoding: Encoding): Uint8Array {
  if (encoding === 'utf8') return new TextEncoder().encode(text)
  if (encoding === 'latin1' || encoding === 'binary') return Uint8Array.from(text, (each) => each.charCodeAt(0))
  // As Node.js, what follows the first octet that cannot be read is left out.
  if (encoding === 'hex')
    return Uint8Array.from(text.match(/^(?:[0-9a-f]{2})*/i)![0].match(/../g) ?? [], (each) => Number.parseInt(each, 16))
  try {
    return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (each) => each.charCodeAt(0))
  } catch {
    // Whoever asks compares with what an encoder writes, so any answer that is not that is a refusal.
    return new Uint8Array(0)
  }
}

/** In pieces, as a function takes only so many arguments. */
function latin1Of(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return text
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
