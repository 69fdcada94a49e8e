import { isUtf8 } from 'node:buffer'
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'

/** Something wrong in a file that people write, where it stands, and what to do about it. */
export type Mistake = { file: string; line: number; sentence: string }

/**
 * Where each map and list of a pack stands, and each key or item in it, with a plain value as its author wrote it. Kept
 * by object, so that a check speaks of values and needs to know no paths.
 */
export type Places = WeakMap<object, { file: string; line: number; parts: Map<string, Part> }>
type Part = { line: number; written: string | undefined }

export const fileBytesMax = 1_000_000
const depthMax = 20
const mistakesMax = 100

/** The frozen value of a YAML file, undefined after a mistake. Whatever the bytes, it does not throw. */
export function readYaml(file: string, bytes: Uint8Array, places: Places): { value?: unknown; mistakes: Mistake[] } {
  const refuse = (line: number, sentence: string) => ({ mistakes: [{ file, line, sentence }] })
  if (bytes.length > fileBytesMax)
    return refuse(1, `This file is larger than ${fileBytesMax / 1e6} MB. Split it or shorten it.`)
  if (!isUtf8(bytes)) return refuse(firstLineNotUtf8(bytes), 'This line is not UTF-8. Save the file again as UTF-8.')

  const text = new TextDecoder().decode(bytes)
  const lines = text.trimEnd().split('\n')
  const lineCounter = new LineCounter()
  const lineOf = (offset = 0) => Math.min(Math.max(lineCounter.linePos(offset).line, 1), lines.length)
  const tooDeep = refuse(1, 'This file nests too deeply to be read. Flatten it.')
  try {
    // The library's own search for duplicate keys takes quadratic time on a hostile map; ours is below.
    const options = { lineCounter, prettyErrors: false, uniqueKeys: false } as const
    const { errors, warnings, contents } = parseDocument(text, options)
    const faults = new Map<number, Mistake>()
    for (const { code, message, pos } of [...errors, ...warnings].reverse()) {
      if (code === 'RESOURCE_EXHAUSTION') return tooDeep
      const line = lineOf(pos[0])
      // The first fault of a line; what follows on it is mostly its consequence.
      faults.set(line, {
        file,
        line,
        sentence: explain(/^ *\t/.test(lines[line - 1]!) ? 'TAB_AS_INDENT' : code, message),
      })
    }
    if (faults.size > 0) return { mistakes: [...faults.values()].slice(-mistakesMax) }
    if (!contents) return refuse(1, 'This file is empty. Write its content, or delete it.')
    const mistakes: Mistake[] = []
    const value = toValue(contents, {
      depth: 0,
      places,
      place: (node) => ({ file, line: lineOf(node?.range?.[0]) }),
      mistakes,
    })
    return mistakes.length > 0 ? { mistakes: mistakes.slice(0, mistakesMax) } : { value, mistakes }
  } catch (error) {
    // The parser and the walk call themselves: a file of ten thousand brackets ends the stack, but not the program.
    if (error instanceof RangeError) return tooDeep
    throw error
  }
}

type Reading = {
  depth: number
  places: Places
  place: (node: Node | null | undefined) => { file: string; line: number }
  mistakes: Mistake[]
}

function toValue(node: Node | null, reading: Reading): unknown {
  const { depth, places, place, mistakes } = reading
  if (depth > depthMax) throw new RangeError()
  const inner = { ...reading, depth: depth + 1 }
  const partOf = (at: Node | null, value: Node | null) => ({
    line: place(at).line,
    written: isScalar(value) ? value.source : undefined,
  })
  // Without aliases a file is as large as it looks (no “billion laughs”), and each value has one place.
  if (isAlias(node))
    return void mistakes.push({
      ...place(node),
      sentence: `“*${node.source}” repeats another part. Write it out: aliases are not read.`,
    })
  if (isScalar(node)) return node.value
  const parts = new Map<string, Part>()
  let value: object = []
  if (isSeq<Node>(node)) {
    for (const [index, item] of node.items.entries()) parts.set(String(index), partOf(item, item))
    value = node.items.map((item) => toValue(item, inner))
  } else if (isMap<Node, Node | null>(node)) {
    const entries: [string, unknown][] = []
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? (key.source ?? String(key.value)) : '?'
      const before = parts.get(name)
      if (before)
        mistakes.push({
          ...place(key),
          sentence: `“${name}” is already written on line ${before.line}. Keep one of the two.`,
        })
      parts.set(name, partOf(key, value))
      entries.push([name, toValue(value, inner)])
    }
    // fromEntries makes “__proto__” a key like any other, where an assignment would change the object.
    value = Object.fromEntries(entries)
  } else return null
  places.set(value, { ...place(node), parts })
  return Object.freeze(value)
}

const advice: Record<string, string> = {
  TAB_AS_INDENT: 'Indent with spaces, not with a tab.',
  BAD_INDENT: 'Indent this line like the lines around it.',
  TAG_RESOLVE_FAILED: 'Remove the word that begins with “!”: only plain values are read.',
  MULTIPLE_DOCS: 'Remove the line “---”: a file is one document.',
  MISSING_CHAR: 'Close the quotation mark or the bracket that opens here or above.',
}

function explain(code: string, message: string): string {
  return `YAML cannot read this: ${message.replace(/[.:]?$/, '.')} ${advice[code] ?? 'Check indentation, colons and quotation marks.'}`
}

function firstLineNotUtf8(bytes: Uint8Array): number {
  let line = 1
  for (let start = 0, end = 0; end >= 0; start = end + 1, line++) {
    end = bytes.indexOf(10, start)
    if (!isUtf8(bytes.subarray(start, end < 0 ? undefined : end))) break
  }
  return line
}
