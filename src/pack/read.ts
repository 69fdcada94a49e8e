import { isUtf8 } from 'node:buffer'
import { type ErrorCode, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml'
import type { Text, Values } from '../platform/languages.ts'
import { faults, mistakes as sentences, shown } from './words.ts'

/** A sentence on something wrong and on what to do about it, to be said in the language of the person. */
export type Sentence = { text: Text; values?: Values }

/** Something wrong in a file that people write, and where it stands. */
export type Mistake = Sentence & { file: string; line: number }

/**
 * Where each map and list of a pack stands, and each key or item in it, with a plain value as its author wrote it. Kept
 * by object, so that a check speaks of values and needs to know no paths.
 */
export type Places = WeakMap<object, { file: string; line: number; parts: Map<string, Part> }>
export type Part = { line: number; written: string | undefined }

export const fileBytesMax = 1_000_000
const depthMax = 20
const mistakesMax = 100

/** The frozen value of a YAML file, undefined after a mistake. Whatever the bytes, it does not throw. */
export function readYaml(file: string, bytes: Uint8Array, places: Places): { value?: unknown; mistakes: Mistake[] } {
  const refuse = (text: Text, line = 1, values?: Values) => ({
    mistakes: [{ file, line, text, ...(values && { values }) }],
  })
  if (bytes.length > fileBytesMax) return refuse(sentences.tooLarge, 1, { max: `${fileBytesMax / 1e6} MB` })
  // Zeros part the letters of UTF-16, and stand in no text.
  if (bytes.includes(0)) return refuse(sentences.utf16)
  if (!isUtf8(bytes)) return refuse(sentences.notUtf8, firstLineNotUtf8(bytes))

  const text = new TextDecoder().decode(bytes).replace(/\r\n?/g, '\n')
  const lines = text.trimEnd().split('\n')
  const lineCounter = new LineCounter()
  const lineOf = (offset = 0) => Math.min(Math.max(lineCounter.linePos(offset).line, 1), lines.length)
  const tooDeep = refuse(sentences.tooDeep)
  try {
    // The library's own search for duplicate keys takes quadratic time on a hostile map; ours is below.
    const options = { lineCounter, prettyErrors: false, uniqueKeys: false } as const
    const { errors, warnings, contents, directives } = parseDocument(text, options)
    const found = new Map<number, Mistake>()
    let lost = false
    for (const { code, message, pos } of [...errors, ...warnings].sort((one, other) => one.pos[0] - other.pos[0])) {
      if (code === 'RESOURCE_EXHAUSTION') return tooDeep
      const open = /closing|end with/i.test(message)
      const line = lineOf(open ? startOf(contents, pos[0]) : pos[0])
      const seen = slipOf(lines[line - 1]!)
      // What follows on a line is mostly a consequence; so is every line after one at which the parser lost its way.
      if (!found.has(line) && (seen || !lost))
        found.set(line, { file, line, text: seen ?? (open ? faults.open : faultOf(code, lines[line - 1]!)) })
      lost ||= code === 'UNEXPECTED_TOKEN'
    }
    if (found.size > 0) return { mistakes: [...found.values()].slice(0, mistakesMax) }
    // It would make other things of the same words: YAML 1.1 reads `no` as false.
    if (directives?.yaml.explicit) return refuse(faults.directive, lines.findIndex((line) => line.startsWith('%')) + 1)
    if (!contents) return refuse(sentences.empty)
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
  if (isAlias(node)) {
    const before = mistakes.at(-1)
    // Once on a line is enough.
    if (before?.text === sentences.alias && before.line === place(node).line) return
    return void mistakes.push({ ...place(node), text: sentences.alias, values: { name: shown(node.source) } })
  }
  if (node?.tag) mistakes.push({ ...place(node), text: faults.tag })
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
          text: sentences.keyTwice,
          values: { key: shown(name), line: before.line },
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

const codes: Partial<Record<ErrorCode, Text>> = {
  TAB_AS_INDENT: faults.tab,
  MULTIPLE_DOCS: faults.documents,
  TAG_RESOLVE_FAILED: faults.tag,
  BAD_DIRECTIVE: faults.directive,
  BAD_ALIAS: faults.anchor,
  BAD_SCALAR_START: faults.start,
  BAD_DQ_ESCAPE: faults.backslash,
  MULTIPLE_ANCHORS: faults.anchor,
  MULTILINE_IMPLICIT_KEY: faults.noColon,
  MISSING_CHAR: faults.noColon,
}

/** A slip that shows on the line itself, and tells more than what the parser missed. */
function slipOf(line: string): Text | undefined {
  if (/^ *\t/.test(line)) return faults.tab
  if (/^ *(?! )\p{Zs}/u.test(line)) return faults.wideSpace
  return /^ *(- )?[\w-]+：/.test(line) ? faults.wideColon : undefined
}

function faultOf(code: ErrorCode, line: string): Text {
  if (code === 'BLOCK_AS_IMPLICIT_KEY') return /: .*:( |$)/.test(line) ? faults.twoColons : faults.below
  const fault = codes[code] ?? faults.indentation
  // A line that has its colon was taken for a part of another, by its indentation.
  return fault === faults.noColon && /:( |$)/.test(line) ? faults.indentation : fault
}

/** Where the innermost thing begins that was still open at `offset`. */
function startOf(contents: Node | null, offset: number): number {
  let start = offset
  visit(contents, {
    Node(_, { range }) {
      if (range && range[0] <= offset && offset <= range[2]) start = range[0]
    },
  })
  return start
}

function firstLineNotUtf8(bytes: Uint8Array): number {
  let line = 1
  for (let start = 0, end = 0; end >= 0; start = end + 1, line++) {
    end = bytes.indexOf(10, start)
    if (!isUtf8(bytes.subarray(start, end < 0 ? undefined : end))) break
  }
  return line
}
