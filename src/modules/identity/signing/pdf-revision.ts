import {
  afterGap,
  type Dictionary,
  numberIn,
  type Place,
  type Read,
  readObject,
  readObjectStream,
  readSection,
  type Section,
  Unclear,
} from './pdf-syntax.ts'

/** Sections of one file that were read already, by where they begin. */
export type Sections = Map<number, Section>

const ending = /startxref[\0\t\n\f\r ]+(\d{1,10})[\0\t\n\f\r ]+%%EOF[\0\t\n\f\r ]*/y
const endingAtEnd = /startxref[\0\t\n\f\r ]+(\d{1,10})[\0\t\n\f\r ]+%%EOF[\0\t\n\f\r ]*$/
const sectionsMax = 500

/** A version: where it ends, which objects of before have others in their place, which there were, and what its trailer calls them. */
export type Revision = {
  end: number
  replaced: ReadonlySet<number>
  before: ReadonlyMap<number, number>
  root: number
  /** The object of the document information; undefined where there is none. */
  info: number | undefined
}

/**
 * The version that was added at `from` (ISO 32000-2, §7.5.6), if every octet of it has its place: objects, each
 * named once by the cross-reference that follows them, which goes on from the one before and takes nothing away. It may
 * put another object in the place of one that is no stream, if there is one reading of that, too. Throws `Unclear`.
 *
 * So whatever a program shows of it, it shows what the objects say; whether they may say that is another question.
 */
export function readRevision(text: string, from: number, sections: Sections): Revision {
  if (!text.startsWith('%PDF-')) throw new Unclear('offsets that are counted from somewhere else')
  const objects: Read[] = []
  let at = afterGap(text, from)
  while (/\d/.test(text[at] ?? '')) {
    const object = readObject(text, at)
    objects.push(object)
    at = afterGap(text, object.end)
  }
  const start = text.startsWith('xref', at) ? at : (objects.at(-1)?.at ?? at)
  const section = readSection(text, start)
  ending.lastIndex = afterGap(text, section.end)
  const end = ending.exec(text)
  if (!end || Number(end[1]) !== start) throw new Unclear('an end that points elsewhere')
  refuseHidden(text.slice(from, ending.lastIndex), objects.length, start === at)
  refuseOtherPlaces(text, objects, section)
  const ended = endingAtEnd.exec(text.slice(Math.max(0, from - 1024), from))
  if (!ended || numberIn(section.trailer, 'Prev') !== Number(ended[1])) throw new Unclear('another version before it')
  const earlier = earlierPlaces(text, Number(ended[1]), sections)
  if (rootOf(section.trailer) !== rootOf(earlier.trailer)) throw new Unclear('another root')
  if ((numberIn(section.trailer, 'Size') ?? 0) < (numberIn(earlier.trailer, 'Size') ?? 0))
    throw new Unclear('fewer objects')
  const info = infoOf(section.trailer) ?? infoOf(earlier.trailer)
  if (info !== infoOf(earlier.trailer)) throw new Unclear('another information')
  refuseUnclearBefore(text, section, earlier, new Map(objects.map((object) => [object.number, object])))
  const inUse = [...earlier.places].flatMap(([number, place]) =>
    place === 'free' ? [] : [[number, isInFile(place) ? place.generation : 0] as const],
  )
  const before = new Map(inUse)
  const replaced = new Set([...section.places.keys()].filter((number) => before.has(number)))
  return { end: ending.lastIndex, replaced, before, root: rootOf(section.trailer), info }
}

const isInFile = (place: Place | undefined) => typeof place === 'object' && 'at' in place
const isInside = (place: Place | undefined) => typeof place === 'object' && 'stream' in place

/** What a program finds that searches a damaged file for objects, inside a stream or a comment. */
function refuseHidden(added: string, objects: number, table: boolean): void {
  const found = added.match(/\d[\0\t\n\f\r ]+\d+[\0\t\n\f\r ]+obj/g)?.length ?? 0
  const trailers = added.match(/trailer/g)?.length ?? 0
  if (found !== objects || trailers !== (table ? 1 : 0)) throw new Unclear('an object inside another one')
}

/** Each entry names an object of this version, and each object has its entry. */
function refuseOtherPlaces(text: string, objects: readonly Read[], { places, trailer, number: own }: Section): void {
  if (trailer.has('XRefStm') || trailer.has('Encrypt')) throw new Unclear('a trailer with a second reading')
  const named = new Set<number>()
  const streams = new Set([...places.values()].flatMap((place) => (isInside(place) ? [place.stream] : [])))
  const name = (number: number, place: Place | undefined, found: boolean) => {
    if (!found || named.has(number) || place === undefined) throw new Unclear(`object ${number} is elsewhere`)
    named.add(number)
  }
  for (const object of objects) {
    const place = places.get(object.number)
    if (object.number === own && !place) continue
    name(object.number, place, isInFile(place) && place.at === object.at && place.generation === object.generation)
    if (!streams.has(object.number)) continue
    for (const [index, inside] of readObjectStream(text, object).entries()) {
      const where = places.get(inside.number)
      name(inside.number, where, isInside(where) && where.stream === object.number && where.index === index)
    }
  }
  // The first entry of the list of free ones (§7.5.4) frees nothing.
  for (const number of places.keys()) if (number !== 0 && !named.has(number)) throw new Unclear(`${number} is not here`)
  if (places.has(0) && places.get(0) !== 'free') throw new Unclear('an object 0')
}

const rootOf = (trailer: Dictionary): number => {
  const root = trailer.get('Root')
  if (root?.kind !== 'reference') throw new Unclear('no root')
  return root.number
}

const infoOf = (trailer: Dictionary): number | undefined => {
  const info = trailer.get('Info')
  if (info !== undefined && info.kind !== 'reference') throw new Unclear('an information that is no object')
  return info?.number
}

type Earlier = { places: Map<number, Place>; trailer: Dictionary; hidden: Set<number> }

/** Where every object was before; `hidden` are those that only some programs see (§7.5.8.4). */
function earlierPlaces(text: string, start: number, sections: Sections): Earlier {
  const places = new Map<number, Place>()
  const hidden = new Set<number>()
  const read = (at: number): Section => {
    const section = sections.get(at) ?? readSection(text, at)
    sections.set(at, section)
    return section
  }
  const seen = new Set<number>()
  let at: number | undefined = start
  while (at !== undefined) {
    if (seen.has(at) || seen.size > sectionsMax) throw new Unclear('versions in a circle')
    seen.add(at)
    const section = read(at)
    if (section.trailer.has('Encrypt')) throw new Unclear('encrypted')
    const other = numberIn(section.trailer, 'XRefStm')
    // A newer version may have settled it.
    if (other !== undefined) for (const number of read(other).places.keys()) if (!places.has(number)) hidden.add(number)
    for (const [number, place] of section.places) if (!places.has(number)) places.set(number, place)
    at = numberIn(section.trailer, 'Prev')
  }
  return { places, trailer: read(start).trailer, hidden }
}

/** What takes the place of another object must not be clearer than that was, and is no stream. */
function refuseUnclearBefore(text: string, { places }: Section, earlier: Earlier, objects: Map<number, Read>): void {
  const streams = new Map<number, ReturnType<typeof readObjectStream>>()
  const streamAt = (number: number) => {
    const container = earlier.places.get(number)
    if (!isInFile(container)) throw new Unclear('an object stream in another one')
    const read = streams.get(number) ?? readObjectStream(text, readObject(text, container.at))
    streams.set(number, read)
    return read
  }
  for (const number of places.keys()) {
    if (earlier.hidden.has(number)) throw new Unclear(`object ${number} had two readings`)
    const place = earlier.places.get(number)
    if (place === undefined || place === 'free') continue
    if (isInside(place)) {
      if (streamAt(place.stream)[place.index]?.number !== number) throw new Unclear(`object ${number} was elsewhere`)
    } else {
      const before = readObject(text, place.at)
      if (before.number !== number || before.generation !== 0 || place.generation !== 0 || before.data)
        throw new Unclear(`object ${number} was no plain one`)
    }
    const now = objects.get(number)
    if (now?.data || (now && now.generation !== 0)) throw new Unclear('another stream, or another generation')
  }
}
