import {
  PDF,
  PdfArray,
  PdfBool,
  PdfDict,
  PdfName,
  PdfNumber,
  type PdfObject,
  PdfRef,
  PdfStream,
  PdfString,
} from '@libpdf/core'
import { type Revision, readRevision, type Sections } from './pdf-revision.ts'
import { Unclear } from './pdf-syntax.ts'

/** What was added to a signed document: nothing, more signatures and what proves them, or something else. */
export type PdfChange = 'nothing' | 'signatures' | 'content'

const objectsMax = 200_000
const revisionsMax = 50

/**
 * Answers what was added to a file after an octet at which a version of it ends. Version by version, each is compared with
 * the one before it. Whatever differs counts as content, unless it is in its proper place and one of these: a further
 * signature that shows nothing, or the data to prove one (DSS, EN 319 142-1, §5.4.2). A later version may otherwise draw
 * over what was signed.
 */
export function openChanges(bytes: Uint8Array): (from: number) => Promise<PdfChange> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  const sections: Sections = new Map()
  const steps = new Map<number, number | undefined>()
  // One version is kept for the next step: a file may have many, each with all its objects.
  let last: { end: number; pdf: PDF | undefined } | undefined

  async function versionAt(end: number): Promise<PDF | undefined> {
    if (last?.end !== end) last = { end, pdf: await PDF.load(bytes.subarray(0, end)).catch(() => undefined) }
    return last.pdf
  }

  /** Where the next version ends; undefined where it brings something else than signatures. */
  async function step(from: number): Promise<number | undefined> {
    const revision = revisionAt(text, from, sections)
    if (!revision) return undefined
    const [before, after] = [await versionAt(from), await versionAt(revision.end)]
    return before && after && onlySignatures(before, after, revision) ? revision.end : undefined
  }

  return async (from) => {
    if (/^[\0\t\n\f\r ]*$/.test(text.slice(from))) return 'nothing'
    let at: number | undefined = from
    for (let count = 0; at !== undefined && at < text.length; count++) {
      if (count > revisionsMax) return 'content'
      if (!steps.has(at)) steps.set(at, await step(at))
      at = steps.get(at)
    }
    return at === undefined ? 'content' : 'signatures'
  }
}

function revisionAt(text: string, from: number, sections: Sections): Revision | undefined {
  try {
    return readRevision(text, from, sections)
  } catch (error) {
    if (error instanceof Unclear) return undefined
    throw error
  }
}

/** Objects of which something may change, wherever they are met. All others are the same, but for rules of their place. */
type Role = 'page' | 'pages' | 'field'

type Entry = PdfObject | undefined
type Rules = Readonly<Record<string, (one: Entry, other: Entry) => boolean>>

/**
 * Whether two versions show the same, one beside the other from the catalogue on. What is not understood here may be understood
 * by another program: every object of before must be readable, and every one that has another in its place must be met and judged.
 */
function onlySignatures(before: PDF, after: PDF, revision: Revision): boolean {
  if (before.recoveredViaBruteForce || after.recoveredViaBruteForce) return false
  if (revision.before.size > objectsMax) return false
  for (const [number, generation] of revision.before)
    if (before.context.resolve(PdfRef.of(number, generation)) === null) return false
  const roles = rolesOf(before)
  if (!roles) return false
  const earlier = (ref: PdfRef) => before.context.resolve(ref)
  const later = (ref: PdfRef) => after.context.resolve(ref)
  const [was, is] = [resolved(earlier), resolved(later)]
  const { isNew, isNewSignature, isSignatureValue } = signaturesIn(before, after, roles)
  const { same, sameEntries, sameItem, begin, judge, judged, queue } = openComparison(revision, roles)

  const sameCatalog = (one: PdfDict, other: PdfDict) =>
    sameEntries(one, other, {
      // Nothing of these is ever shown; but the proofs of a signature are not taken away.
      DSS: (was, is) => !was || is !== undefined,
      Extensions: () => true,
      Version: (was, is) => same(was, is) || (is instanceof PdfName && /^\d\.\d$/.test(is.value)),
      AcroForm: (one, other) => {
        const [form, now] = [was(one), is(other)]
        if (!(form instanceof PdfDict) || !(now instanceof PdfDict)) return false
        judge(one)
        return sameEntries(form, now, {
          Fields: sameItems,
          SigFlags: (_, flags) => flags instanceof PdfNumber,
          NeedAppearances: (one, other) => same(one, other) || (!one && other instanceof PdfBool && !other.value),
          // Fonts, for nothing that is there: `pdfsig` brings one for signatures that show.
          DR: (one, other) => !roles.writing || same(one, other),
        })
      },
    })

  /** A list to which nothing was added but signatures. */
  const sameItems = (one: Entry, other: Entry): boolean => {
    const [list, now] = [was(one) ?? new PdfArray(), is(other) ?? new PdfArray()]
    if (!(list instanceof PdfArray) || !(now instanceof PdfArray)) return false
    judge(one)
    const [kept, added] = [itemsOf(now).slice(0, list.length), itemsOf(now).slice(list.length)]
    return (
      kept.length === list.length &&
      kept.every((item, at) => sameItem(list.at(at), item)) &&
      added.every((item) => isNew(item) && isNewSignature(is(item)))
    )
  }

  /** A field without a place that waited for its signature may have got it. */
  const sameField = (one: PdfObject | null, other: PdfObject | null): boolean => {
    const signed = one instanceof PdfDict && other instanceof PdfDict && !one.has('V') && other.has('V')
    if (!signed || !isNowhere(was(one.get('Rect')))) return same(one, other)
    return sameEntries(one, other, { V: (_, value) => isSignatureValue(value) })
  }

  const sameObject = ({ ref, role }: { ref: PdfRef; role: Role | undefined }): boolean => {
    const [one, other] = [earlier(ref), later(ref)]
    begin(ref.objectNumber)
    // What one program reads as nothing may be something to another.
    if (one === null || other === null) return one === other && !revision.before.has(ref.objectNumber)
    if (role === 'field') return sameField(one, other)
    if (role !== 'page' || !(one instanceof PdfDict) || !(other instanceof PdfDict)) return same(one, other)
    return sameEntries(one, other, { Annots: sameItems })
  }

  /** Who wrote a file and when may be said anew; its title and its author not. */
  const sameInformation = (ref: PdfRef): boolean => {
    const [one, other] = [earlier(ref), later(ref)]
    begin(ref.objectNumber)
    const isFree = (_: Entry, value: Entry) => value === undefined || is(value) instanceof PdfString
    return (
      one instanceof PdfDict &&
      other instanceof PdfDict &&
      sameEntries(one, other, { ModDate: isFree, Producer: isFree, Creator: isFree })
    )
  }

  begin(revision.root)
  if (!sameCatalog(before.getCatalog(), after.getCatalog())) return false
  if (revision.info !== undefined && revision.replaced.has(revision.info))
    if (!sameInformation(PdfRef.of(revision.info, 0))) return false
  for (let at = 0; at < queue.length; at++) if (at > objectsMax || !sameObject(queue[at]!)) return false
  // Of these nothing is ever shown, so that they may be others; what else has another object in its place was judged.
  const proofs = new Set(['DSS', 'Extensions'].flatMap((key) => numbersUnder(before.getCatalog().get(key), earlier)))
  return [...revision.replaced].every((number) => judged.has(number) || proofs.has(number))
}

/** Compares what stands in two versions, piece by piece, and keeps what is to be compared next. */
function openComparison(revision: Revision, roles: Roles) {
  const seen = new Set<string>()
  /** Those that were judged by a rule of their place. */
  const judged = new Set<number>()
  const queue: { ref: PdfRef; role: Role | undefined }[] = []
  /** Whether what is compared now has another object in its place. */
  let isReplaced = false
  /** What is compared from now on is this object, and what stands in it. */
  const begin = (number: number): void => {
    isReplaced = revision.replaced.has(number)
    judged.add(number)
  }

  /** What a reference names is compared once for each role in which it is met. */
  const meet = (ref: PdfRef, role: Role | undefined): true => {
    const name = `${ref.objectNumber} ${role}`
    if (!seen.has(name)) queue.push({ ref, role })
    seen.add(name)
    return true
  }
  /** A field is one in the lists of fields alone: met elsewhere, as a dictionary of resources, it is what it was. */
  const roleElsewhere = (ref: PdfRef): Role | undefined => {
    const role = roles.of.get(ref.objectNumber)
    return role === 'field' ? undefined : role
  }
  /** What a list or dictionary names, judged by the rules of its place. */
  const judge = (entry: Entry): void => {
    if (entry instanceof PdfRef) judged.add(entry.objectNumber)
  }

  const same = (one: Entry | null, other: Entry | null): boolean => {
    if (one instanceof PdfRef) return isSameRef(one, other) && meet(one, roleElsewhere(one))
    if (one instanceof PdfStream)
      return other instanceof PdfStream && sameEntries(one, other, {}) && Buffer.compare(one.data, other.data) === 0
    if (one instanceof PdfDict)
      return other instanceof PdfDict && !(other instanceof PdfStream) && sameEntries(one, other, {})
    if (one instanceof PdfArray)
      return (
        other instanceof PdfArray &&
        one.length === other.length &&
        itemsOf(one).every((item, at) => same(item, other.at(at)))
      )
    if (one instanceof PdfString) return other instanceof PdfString && Buffer.compare(one.bytes, other.bytes) === 0
    if (!one || !other) return !one && !other
    if (isReplaced && one instanceof PdfName && isUnclear(one.value)) return false
    return one.type === other.type && plain(one) === plain(other)
  }

  const sameEntries = (one: PdfDict, other: PdfDict, rules: Rules): boolean => {
    const keys = new Set([...one, ...other].map(([key]) => key.value))
    return [...keys].every((key) => {
      const rule = Object.hasOwn(rules, key) ? rules[key]! : same
      return !isUnclear(key) && rule(one.get(key), other.get(key))
    })
  }

  const sameItem = (one: Entry, other: Entry): boolean =>
    one instanceof PdfRef ? isSameRef(one, other) && meet(one, roles.of.get(one.objectNumber)) : same(one, other)

  return { same, sameEntries, sameItem, begin, judge, judged, queue }
}

/** A name that is no UTF-8, so that two of them may be read as one. */
const isUnclear = (name: string) => name.includes('\ufffd')

const isSameRef = (one: PdfRef, other: Entry | null): boolean =>
  other instanceof PdfRef && one.objectNumber === other.objectNumber && one.generation === other.generation

/** The objects to which an entry leads, at any depth. */
function numbersUnder(entry: Entry, resolve: (ref: PdfRef) => PdfObject | null): number[] {
  const numbers = new Set<number>()
  const queue: Entry[] = [entry]
  for (let at = 0; at < queue.length && at <= objectsMax; at++) {
    const each = queue[at]
    if (each instanceof PdfRef) {
      if (!numbers.has(each.objectNumber)) queue.push(resolve(each) ?? undefined)
      numbers.add(each.objectNumber)
    } else if (each instanceof PdfDict) queue.push(...[...each].map(([, value]) => value))
    else if (each instanceof PdfArray) queue.push(...itemsOf(each))
  }
  return [...numbers]
}

/** What a signature may be that was added to a version. */
function signaturesIn(before: PDF, after: PDF, roles: Roles) {
  const earlier = (ref: PdfRef) => before.context.resolve(ref)
  const [was, is] = [resolved(earlier), resolved((ref) => after.context.resolve(ref))]
  const names = new Set(fieldsOf(before).flatMap((field) => nameOf(was(field), was)))

  const isNew = (item: Entry): item is PdfRef =>
    item instanceof PdfRef && item.generation === 0 && earlier(item) === null

  /** A signed field that is a widget without a place (ISO 32000-2, §12.7.5.5) and has nothing that could be shown or done. */
  const isNewSignature = (field: Entry): boolean => {
    if (!(field instanceof PdfDict) || field instanceof PdfStream) return false
    const allowed: Rules = {
      Type: (_, type) => type instanceof PdfName && type.value === 'Annot',
      Subtype: (_, type) => type instanceof PdfName && type.value === 'Widget',
      FT: (_, type) => type instanceof PdfName && type.value === 'Sig',
      // Fields of one name are one field.
      T: (_, name) => name instanceof PdfString && !names.has(name.asString()),
      V: (_, value) => isSignatureValue(value),
      Rect: (_, box) => isNowhere(is(box)),
      F: (_, flags) => flags instanceof PdfNumber,
      Ff: (_, flags) => flags instanceof PdfNumber,
      P: (_, page) => page instanceof PdfRef && roles.of.get(page.objectNumber) === 'page',
      TU: (_, name) => name instanceof PdfString,
      Lock: (_, lock) => is(lock) instanceof PdfDict,
      M: (_, at) => at instanceof PdfString,
      // As `pdfsig` writes them: the look of nothing.
      AP: (_, looks) =>
        looks instanceof PdfDict && [...looks].every(([key, look]) => key.value === 'N' && isEmpty(look)),
      AS: (_, state) => state instanceof PdfName,
      DA: (_, font) => font instanceof PdfString,
      Border: (_, sides) => sides instanceof PdfArray && itemsOf(sides).every((side) => plain(side) === 0),
    }
    const required = ['Subtype', 'FT', 'T', 'V', 'Rect']
    return (
      required.every((key) => field.has(key)) &&
      [...field].every(([{ value: key }, value]) => Object.hasOwn(allowed, key) && allowed[key]!(undefined, value))
    )
  }

  const isEmpty = (look: Entry): boolean => {
    const form = is(look)
    return isNew(look) && form instanceof PdfStream && form.data.length === 0
  }

  const isSignatureValue = (value: Entry): boolean => {
    const signature = is(value)
    if (!(signature instanceof PdfDict) || signature instanceof PdfStream) return false
    if (value instanceof PdfRef && !isNew(value)) return false
    return is(signature.get('ByteRange')) instanceof PdfArray && is(signature.get('Contents')) instanceof PdfString
  }

  return { isNew, isNewSignature, isSignatureValue }
}

const resolved = (resolve: (ref: PdfRef) => PdfObject | null) => (value: Entry) =>
  value instanceof PdfRef ? (resolve(value) ?? undefined) : value

const itemsOf = (array: PdfArray): PdfObject[] => Array.from({ length: array.length }, (_, at) => array.at(at)!)

const plain = (object: PdfObject) => ('value' in object ? object.value : undefined)

/** Four numbers that leave no room between them. */
function isNowhere(box: Entry): boolean {
  if (!(box instanceof PdfArray) || box.length !== 4) return false
  const sides = itemsOf(box).map((side) => (side instanceof PdfNumber ? side.value : Number.NaN))
  return sides.every(Number.isFinite) && (sides[0] === sides[2] || sides[1] === sides[3])
}

function fieldsOf(pdf: PDF): PdfObject[] {
  const resolve = (ref: PdfRef) => pdf.context.resolve(ref)
  const fields = pdf.getCatalog().getDict('AcroForm', resolve)?.getArray('Fields', resolve)
  return fields ? itemsOf(fields) : []
}

const nameOf = (field: Entry, resolve: (value: Entry) => Entry): string[] => {
  const name = field instanceof PdfDict ? resolve(field.get('T')) : undefined
  return name instanceof PdfString ? [name.asString()] : []
}

/** Whether a field shows something, and may find the fonts for it in the form. */
function hasLook(field: PdfDict, resolve: (value: Entry) => Entry): boolean {
  const looks = resolve(field.get('AP'))
  const normal = looks instanceof PdfDict ? resolve(looks.get('N')) : undefined
  return normal instanceof PdfStream ? normal.data.length > 0 : looks !== undefined
}

type Roles = {
  of: ReadonlyMap<number, Role>
  /** Whether anything may need a font of the form. */
  writing: boolean
}

/** What the pages and the fields for signatures are, by number; undefined where one is to be two things. */
function rolesOf(pdf: PDF): Roles | undefined {
  const of = new Map<number, Role>()
  let writing = false
  let clear = true
  const resolve = (ref: PdfRef) => pdf.context.resolve(ref)
  const value = resolved(resolve)
  const give = (entry: Entry, role: Role): void => {
    if (!(entry instanceof PdfRef)) return
    if (of.has(entry.objectNumber) && (role !== 'field' || of.get(entry.objectNumber) !== role)) clear = false
    of.set(entry.objectNumber, role)
  }
  const giveFields = (array: Entry) => {
    for (const item of array instanceof PdfArray ? itemsOf(array) : []) {
      const field = value(item)
      const name = (key: string) => (field instanceof PdfDict ? field.getName(key, resolve)?.value : undefined)
      if (name('FT') === 'Sig') {
        give(item, 'field')
        if (field instanceof PdfDict && hasLook(field, value)) writing = true
      } else if (name('Subtype') !== 'Link') writing = true
    }
  }
  const catalog = pdf.getCatalog()
  giveFields(catalog.getDict('AcroForm', resolve)?.getArray('Fields', resolve))
  const queue: Entry[] = [catalog.get('Pages')]
  for (let at = 0; at < queue.length; at++) {
    const node = value(queue[at])
    if (at > objectsMax || !clear || !(node instanceof PdfDict)) return undefined
    const kids = value(node.get('Kids'))
    give(queue[at], kids ? 'pages' : 'page')
    for (const kid of kids instanceof PdfArray ? itemsOf(kids) : []) queue.push(kid)
    if (!kids) giveFields(value(node.get('Annots')))
  }
  return clear ? { of, writing } : undefined
}
