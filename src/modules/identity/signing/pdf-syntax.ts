import { PdfArray, PdfDict, PdfName, PdfNumber, PdfStream } from '@libpdf/core'

/*
 * The syntax of ISO 32000-2, §7.3 and §7.5, read so strictly that no two programs could understand it in two ways. For
 * what was added to a signed file: what one program passes over and another one shows would be a change that nobody sees.
 */

/** Something that programs may understand in more than one way. */
export class Unclear extends Error {
  override name = 'Unclear'
}

export type Dictionary = ReadonlyMap<string, Value>
export type Value =
  | { kind: 'number'; value: number }
  | { kind: 'name'; name: string }
  | { kind: 'reference'; number: number }
  | { kind: 'dictionary'; entries: Dictionary }
  | { kind: 'array'; items: readonly Value[] }
  | { kind: 'text' | 'word' }

export type Read = {
  number: number
  generation: number
  at: number
  end: number
  value: Value
  /** The octets of a stream, as they stand in the file. */
  data?: { at: number; end: number }
}

export type Place = { at: number; generation: number } | { stream: number; index: number } | 'free'
export type Section = {
  places: ReadonlyMap<number, Place>
  trailer: Dictionary
  end: number
  /** Of a cross-reference stream, which is an object itself. */
  number?: number
}

const depthMax = 40
const objectsMax = 200_000
const regular = String.raw`[^\0\t\n\f\r ()<>[\]{}/%]`
const white = String.raw`[\0\t\n\f\r ]`
const sticky = (pattern: string) => new RegExp(pattern, 'y')
const patterns = {
  reference: sticky(`(\\d{1,10})${white}{1,9}(\\d{1,5})${white}{1,9}R(?!${regular})`),
  number: sticky(`[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?!${regular})`),
  name: sticky(`/(${regular}*)`),
  hex: sticky(`<(?:[0-9A-Fa-f]|${white})*>`),
  word: sticky(`(?:true|false|null)(?!${regular})`),
  object: sticky(`(\\d{1,10})${white}{1,9}(\\d{1,5})${white}{1,9}obj(?!${regular})`),
  stream: sticky('stream\\r?\\n'),
  endstream: sticky(`(?:\\r\\n|\\r|\\n)?endstream${white}+endobj(?!${regular})`),
  endobj: sticky(`endobj(?!${regular})`),
  subsection: sticky('(\\d{1,10}) (\\d{1,7}) ?(?:\\r\\n|\\r|\\n)'),
  // Of twenty octets each (§7.5.4).
  entry: sticky('(\\d{10}) (\\d{5}) ([nf])(?: \\r| \\n|\\r\\n)'),
  pair: sticky(`${white}*(\\d{1,10})${white}+(\\d{1,10})`),
}

export function match(kind: keyof typeof patterns, text: string, at: number): RegExpExecArray | null {
  patterns[kind].lastIndex = at
  return patterns[kind].exec(text)
}

/** Past white space and comments. */
export function afterGap(text: string, at: number): number {
  for (;;) {
    const letter = text[at]
    if (letter === '%') while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++
    else if (letter !== undefined && '\0\t\n\f\r '.includes(letter)) at++
    else return at
  }
}

type Found = { value: Value; end: number }

/** One object, with all that it holds directly. */
export function readValue(text: string, start: number, depth = 0): Found {
  if (depth > depthMax) throw new Unclear('nested too deeply')
  const at = afterGap(text, start)
  if (text.startsWith('<<', at)) return readDictionary(text, at, depth)
  if (text[at] === '[') return readArray(text, at, depth)
  if (text[at] === '(') return { value: { kind: 'text' }, end: endOfText(text, at) }
  const reference = match('reference', text, at)
  if (reference) {
    if (reference[2] !== '0') throw new Unclear('a reference to a generation')
    return { value: { kind: 'reference', number: Number(reference[1]) }, end: at + reference[0].length }
  }
  for (const kind of ['number', 'name', 'hex', 'word'] as const) {
    const found = match(kind, text, at)
    if (!found) continue
    const end = at + found[0].length
    if (kind === 'number') return { value: { kind, value: Number(found[0]) }, end }
    if (kind === 'name') return { value: { kind, name: nameOf(found[1]!) }, end }
    return { value: { kind: kind === 'hex' ? 'text' : kind }, end }
  }
  throw new Unclear(`no object at ${at}`)
}

/** §7.3.5: two spellings of one name are one key. */
const nameOf = (written: string): string =>
  written.replace(/#([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))

function readDictionary(text: string, start: number, depth: number): Found {
  const entries = new Map<string, Value>()
  let at = afterGap(text, start + 2)
  while (!text.startsWith('>>', at)) {
    const key = readValue(text, at, depth + 1)
    const { value, end } = readValue(text, key.end, depth + 1)
    // Some programs take the first of two, and some the last.
    if (key.value.kind !== 'name' || entries.has(key.value.name)) throw new Unclear(`no new key at ${at}`)
    entries.set(key.value.name, value)
    at = afterGap(text, end)
  }
  return { value: { kind: 'dictionary', entries }, end: at + 2 }
}

function readArray(text: string, start: number, depth: number): Found {
  const items: Value[] = []
  let at = afterGap(text, start + 1)
  while (text[at] !== ']') {
    const { value, end } = readValue(text, at, depth + 1)
    items.push(value)
    at = afterGap(text, end)
  }
  return { value: { kind: 'array', items }, end: at + 1 }
}

function endOfText(text: string, start: number): number {
  let open = 0
  for (let at = start; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '(') open++
    else if (text[at] === ')' && --open === 0) return at + 1
  }
  throw new Unclear('a text without an end')
}

export const numberIn = (dictionary: Dictionary, key: string): number | undefined => {
  const value = dictionary.get(key)
  return value?.kind === 'number' && Number.isSafeInteger(value.value) && value.value >= 0 ? value.value : undefined
}
export const nameIn = (dictionary: Dictionary, key: string): string | undefined => {
  const value = dictionary.get(key)
  return value?.kind === 'name' ? value.name : undefined
}

/** An object with its number, from the first digit to `endobj`. */
export function readObject(text: string, at: number): Read {
  const header = match('object', text, at)
  if (!header) throw new Unclear(`no object at ${at}`)
  const { value, end: valueEnd } = readValue(text, at + header[0].length)
  const object = { number: Number(header[1]), generation: Number(header[2]), at, value }
  const next = afterGap(text, valueEnd)
  const opening = match('stream', text, next)
  if (!opening) {
    if (!match('endobj', text, next)) throw new Unclear(`the object at ${at} does not end`)
    return { ...object, end: next + 'endobj'.length }
  }
  const length = value.kind === 'dictionary' ? numberIn(value.entries, 'Length') : undefined
  if (length === undefined) throw new Unclear(`the stream at ${at} does not say how long it is`)
  const data = { at: next + opening[0].length, end: next + opening[0].length + length }
  const closing = match('endstream', text, data.end)
  if (!closing) throw new Unclear(`the stream at ${at} is of another length`)
  return { ...object, data, end: data.end + closing[0].length }
}

/** What a stream holds, unpacked: as it is, or by FlateDecode alone. */
function unpack(text: string, { value, data }: Read): Buffer {
  if (value.kind !== 'dictionary' || !data) throw new Unclear('no stream')
  const octets = Buffer.from(text.slice(data.at, data.end), 'latin1')
  const filter = value.entries.get('Filter')
  if (!filter) return octets
  const only = filter.kind === 'array' && filter.items.length === 1 ? filter.items[0]! : filter
  if (only.kind !== 'name' || only.name !== 'FlateDecode') throw new Unclear('another filter')
  const given = value.entries.get('DecodeParms')
  const parameters = given?.kind === 'array' && given.items.length === 1 ? given.items[0] : given
  const stream = new PdfStream(PdfDict.of({ Filter: new PdfArray([PdfName.of('FlateDecode')]) }), octets)
  if (parameters?.kind === 'dictionary') {
    const numbers = [...parameters.entries.keys()].map(
      (key) => [key, PdfNumber.of(numberIn(parameters.entries, key) ?? 0)] as const,
    )
    stream.set('DecodeParms', new PdfArray([PdfDict.of(Object.fromEntries(numbers))]))
  } else if (parameters) throw new Unclear('other parameters')
  return Buffer.from(stream.getDecodedData())
}

/** One section of the cross-reference, a table (§7.5.4) or a stream (§7.5.8), with its trailer. */
export function readSection(text: string, at: number): Section {
  return text.startsWith('xref', at) ? readTable(text, at) : readCrossReferences(text, at)
}

function readTable(text: string, start: number): Section {
  const places = new Map<number, Place>()
  let at = afterGap(text, start + 'xref'.length)
  while (!text.startsWith('trailer', at)) {
    const subsection = match('subsection', text, at)
    if (!subsection) throw new Unclear(`no part of a table at ${at}`)
    at += subsection[0].length
    const first = Number(subsection[1])
    for (let number = first; number < first + Number(subsection[2]); number++) {
      const entry = match('entry', text, at)
      if (!entry) throw new Unclear(`no entry at ${at}`)
      add(places, number, entry[3] === 'f' ? 'free' : { at: Number(entry[1]), generation: Number(entry[2]) })
      at += entry[0].length
    }
    at = afterGap(text, at)
  }
  const { value, end } = readValue(text, at + 'trailer'.length)
  if (value.kind !== 'dictionary') throw new Unclear('a trailer that is no dictionary')
  return { places, trailer: value.entries, end }
}

function add(places: Map<number, Place>, number: number, place: Place): void {
  if (places.has(number) || places.size >= objectsMax) throw new Unclear(`object ${number} has two places`)
  places.set(number, place)
}

function readCrossReferences(text: string, at: number): Section {
  const object = readObject(text, at)
  if (object.value.kind !== 'dictionary' || nameIn(object.value.entries, 'Type') !== 'XRef')
    throw new Unclear(`no cross-reference at ${at}`)
  const trailer = object.value.entries
  const widths = integersIn(trailer, 'W')
  const wide = widths.reduce((sum, each) => sum + each, 0)
  if (widths.length !== 3 || wide === 0 || widths.some((each) => each > 6)) throw new Unclear('odd widths')
  const index = trailer.has('Index') ? integersIn(trailer, 'Index') : [0, numberIn(trailer, 'Size') ?? 0]
  const data = unpack(text, object)
  const places = new Map<number, Place>()
  let from = 0
  for (let pair = 0; pair < index.length; pair += 2)
    for (let count = 0; count < (index[pair + 1] ?? 0); count++) {
      if (from + wide > data.length) throw new Unclear('a cross-reference that is too short')
      const [kind, one, two] = widths.map((width) => {
        from += width
        return width === 0 ? undefined : data.readUIntBE(from - width, width)
      })
      add(places, index[pair]! + count, placeOf(kind ?? 1, one ?? 0, two ?? 0))
    }
  if (from !== data.length) throw new Unclear('a cross-reference that is too long')
  return { places, trailer, end: object.end, number: object.number }
}

function placeOf(kind: number, one: number, two: number): Place {
  if (kind === 0) return 'free'
  if (kind === 1) return { at: one, generation: two }
  if (kind === 2) return { stream: one, index: two }
  throw new Unclear(`an entry of kind ${kind}`)
}

function integersIn(dictionary: Dictionary, key: string): number[] {
  const array = dictionary.get(key)
  if (array?.kind !== 'array') throw new Unclear(`no ${key}`)
  return array.items.map((item) => {
    if (item.kind !== 'number' || !Number.isSafeInteger(item.value) || item.value < 0) throw new Unclear(`odd ${key}`)
    return item.value
  })
}

/** The objects inside an object stream (§7.5.7), in their order. */
export function readObjectStream(text: string, object: Read): { number: number; value: Value }[] {
  const entries = object.value.kind === 'dictionary' ? object.value.entries : new Map<string, Value>()
  const [count, first] = [numberIn(entries, 'N'), numberIn(entries, 'First')]
  if (nameIn(entries, 'Type') !== 'ObjStm' || entries.has('Extends') || !count || !first || count > objectsMax)
    throw new Unclear('an odd object stream')
  const inside = unpack(text, object).toString('latin1')
  const starts: { number: number; at: number }[] = []
  for (let at = 0; starts.length < count; ) {
    const pair = match('pair', inside, at)
    if (!pair) throw new Unclear('an object stream without its list')
    at += pair[0].length
    starts.push({ number: Number(pair[1]), at: first + Number(pair[2]) })
  }
  return starts.map(({ number, at }, index) => {
    const { value, end } = readValue(inside, at)
    const next = starts[index + 1]?.at ?? inside.length
    if (afterGap(inside, end) !== next) throw new Unclear(`object ${number} does not end where the next begins`)
    return { number, value }
  })
}
