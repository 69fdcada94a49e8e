import { createHmac, hash } from 'node:crypto'
import { decodeUtf8, encodeUtf8 } from '../notes/encoding.rules.ts'

/** HMAC-SHA-256 of a content, keyed by its salt, in hexadecimal: all that a log holds of it. */
export const commitmentOf = (content: Uint8Array, salt: Uint8Array): string =>
  createHmac('sha256', salt).update(content).digest('hex')

/** The `schema` of an entry that was committed to by whoever had only the hash of a document. */
export const hashSchema = 'urn:praya:sha256-hex'

/** What such an entry is committed to: the SHA-256 of the document, as 64 characters in lower case. */
export const hashContentOf = (document: Uint8Array): Uint8Array =>
  encodeUtf8(Buffer.from(hash('sha256', document, 'buffer')).toString('hex'))

/**
 * The octets that a file may stand for in a commitment: itself, and where it is JSON the data in it, by RFC 8785. So a
 * file that was only laid out anew is still the one that was let stand.
 */
export function contentsOf(file: Uint8Array): Uint8Array[] {
  const canonical = canonicalOf(file)
  return canonical ? [file, canonical] : [file]
}

/** What is larger, longer or deeper is no JSON here: whoever sends it to be checked would hold up everybody else. */
export const jsonBytesMax = 1_000_000
const tokensMax = 50_000
const depthMax = 100

/**
 * RFC 8785 of a file; undefined for one that is no JSON, is large, or holds what two programs may read differently: a name
 * twice in one object, a number that a double does not hold to its last digit, or half a character. Such a file could be
 * changed and still have the same canonical form.
 */
export function canonicalOf(file: Uint8Array): Uint8Array | undefined {
  const text = file.length <= jsonBytesMax ? decodeUtf8(file) : undefined
  if (text === undefined) return undefined
  try {
    return isUnambiguous(text) ? encodeUtf8(write(JSON.parse(text))) : undefined
  } catch {
    return undefined
  }
}

function write(data: unknown): string {
  if (Array.isArray(data)) return `[${data.map(write).join(',')}]`
  if (typeof data !== 'object' || data === null) return JSON.stringify(data)
  // RFC 8785, §3.2.3: in the order of UTF-16 code units, as JavaScript compares.
  const members = Object.entries(data).sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${members.map(([name, value]) => `${JSON.stringify(name)}:${write(value)}`).join(',')}}`
}

/** One token of JSON where it is due, and whether it is a name. Elsewhere it would look for one again and again. */
const token = /[\t\n\r ]*("(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|[{}[\],:]|true|false|null)([\t\n\r ]*:)?/y
const digitsOfDouble = 15

/** Of a text that is JSON: each name is once in its object, every number is one that a double holds, and it is short enough. */
function isUnambiguous(text: string): boolean {
  const open: Set<string>[] = []
  token.lastIndex = 0
  for (let count = 0; count < tokensMax; count += 1) {
    const at = token.lastIndex
    const [, each, colon] = token.exec(text) ?? []
    if (each === undefined) return text.slice(at).trim() === ''
    if (each === '{' || each === '[') {
      if (open.push(new Set()) > depthMax) return false
    } else if (each === '}' || each === ']') open.pop()
    else if (each.startsWith('"')) {
      const name = JSON.parse(each) as string
      if (!name.isWellFormed()) return false
      if (!colon) continue
      const names = open.at(-1)
      if (!names || names.has(name)) return false
      names.add(name)
    } else if (/^[-\d]/.test(each) && !isExact(each)) return false
  }
  return false
}

const isExact = (number: string) =>
  Number.isFinite(Number(number)) &&
  (Number.isSafeInteger(Number(number)) && !/[.eE]/.test(number)
    ? true
    : number
        .replace(/[eE].*$/, '')
        .replace(/[-.]/g, '')
        .replace(/^0+/, '').length <= digitsOfDouble)
