import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Static, TSchema } from 'typebox'
import { type Complaint, checkShape, type JsonSchema, walk, withNear } from './check.ts'
import {
  audiences,
  type Government,
  governments,
  lifeEvents,
  type Organisation,
  organisations,
  type PackPerson,
  people,
  platformDefinitions,
  type Topic,
} from './definitions.ts'
import { fileBytesMax, type Mistake, type Places, readYaml, type Sentence } from './read.ts'
import { mistakes as sentences, shown } from './words.ts'

export type { Complaint, Government, Mistake, Organisation, PackPerson }

/** One kind of thing that a pack may hold. The platform has some; a module brings its own in its manifest. */
export type Definition<Shape extends TSchema = TSchema> = {
  /** One word in the singular, by which shapes refer to it: `reference('organisation')`. */
  kind: string
  /** What it is for, in one sentence. */
  summary: string
  /** Where it stands in a pack, as `organisations.yaml`; a `*` is any one name of a folder or file. */
  file: string
  /** Whether each such file holds one value or a list of them. */
  holds: 'one' | 'list'
  shape: Shape
  /** The field that no two values share; several are joined by `/`. */
  identifier: string | readonly string[]
  /** Whether a pack without it is wrong. */
  required?: boolean
  /** What no shape can say. A pure function, called once, with all values, when each of them fits the shape. */
  check?(values: readonly Static<Shape>[], pack: Pack): Iterable<Complaint>
}

/** What the folder of a government says. Values are frozen: a pack is read, never changed. */
export type Pack = {
  folder: string
  government: Government
  organisations: readonly Organisation[]
  people: readonly PackPerson[]
  audiences: readonly Topic[]
  lifeEvents: readonly Topic[]
  /** Every value of this definition, in the order of files and lines. */
  list<Shape extends TSchema>(of: Definition<Shape>): readonly Static<Shape>[]
  find<Shape extends TSchema>(of: Definition<Shape>, id: string): Static<Shape> | undefined
  /** Every value of a kind that has an id, by it: for whoever chooses among them. */
  byKind(kind: string): ReadonlyMap<string, object>
  /** For an id that the pack itself refers to; one that is not there is a bug. */
  get<Shape extends TSchema>(of: Definition<Shape>, id: string): Static<Shape>
}

type Held = { id: string | undefined; value: object; definition: Definition; fits: boolean }

const filesMax = 5000
const mistakesMax = 1000

/**
 * Reads a pack and finds every mistake in it at once, in the order of files and lines. A pack with mistakes holds what
 * is right in it, for `praya check`; the program does not start with it. `definitions` are those of the modules; where
 * only some modules run, as in tests, `strangers: 'ignore'` passes over the files of the others.
 */
export async function loadPack(
  folder: string,
  definitions: readonly Definition[],
  { strangers = 'refuse' }: { strangers?: 'refuse' | 'ignore' } = {},
): Promise<{ pack: Pack; mistakes: Mistake[] }> {
  const all = [...platformDefinitions, ...definitions]
  const names = all.map(({ file }) => file)
  const places: Places = new WeakMap()
  const mistakes: Mistake[] = []
  const held: Held[] = []
  /** Kinds of which not everything could be read: that something is not among them means nothing. */
  const unread = new Set<string>()
  const files = await readFolder(folder, all)
  if ('text' in files) return { pack: packOf(folder, []), mistakes: [{ file: folder, line: 1, ...files }] }
  for (const { file, path, bytes, refused } of files) {
    const definition = all.find((each) => fits(each, file))
    if (!definition && !refused) {
      const stranger = withNear(sentences.stranger, sentences.strangerNear, file, names, {})
      if (strangers === 'refuse') mistakes.push({ file: path, line: 1, ...stranger })
      continue
    }
    const read = refused ? { mistakes: [{ file: path, line: 1, ...refused }] } : readYaml(path, bytes, places)
    const found = definition && read.mistakes.length === 0 ? hold(definition, read.value, path, places) : undefined
    mistakes.push(...read.mistakes, ...(found?.mistakes ?? []))
    held.push(...(found?.held ?? []))
    if (definition && (!found || (found.mistakes.length > 0 && found.held.length === 0))) unread.add(definition.kind)
  }
  for (const { kind, required, file } of all) {
    if (!required || files.some((each) => each.file === file)) continue
    mistakes.push({ file: join(folder, file), line: 1, text: sentences.fileMissing })
    unread.add(kind)
  }
  const pack = packOf(folder, held)
  mistakes.push(...crossChecks({ held, unread, all, pack, places }))
  mistakes.sort((one, other) => (one.file < other.file ? -1 : one.file > other.file ? 1 : one.line - other.line))
  return { pack, mistakes: mistakes.slice(0, mistakesMax) }
}

/** The values of one file, each with whether it fits its shape. */
function hold(
  definition: Definition,
  value: unknown,
  path: string,
  places: Places,
): { held: Held[]; mistakes: Mistake[] } {
  const list = definition.holds === 'list' ? value : [value]
  const startsAt = { file: path, line: 1 }
  if (!Array.isArray(list)) return { held: [], mistakes: [{ ...startsAt, text: sentences.entriesWanted }] }
  const held: Held[] = []
  const mistakes: Mistake[] = []
  for (const [index, each] of list.entries()) {
    if (typeof each !== 'object' || each === null || Array.isArray(each)) {
      const line = places.get(list)?.parts.get(String(index))?.line ?? 1
      mistakes.push({ ...startsAt, line, text: sentences.keysWanted })
      continue
    }
    const wrong = [...checkShape(definition.shape, each, (at, key) => places.get(at)?.parts.get(key))]
    mistakes.push(...wrong.map((complaint) => place(complaint, places)))
    const id = [definition.identifier].flat().map((key) => each[key])
    held.push({
      id: id.every((part) => typeof part === 'string') ? id.join('/') : undefined,
      value: each,
      definition,
      fits: wrong.length === 0,
    })
  }
  return { held, mistakes }
}

function place({ at, key, ...sentence }: Complaint, places: Places): Mistake {
  const { file, line, parts } = places.get(at)!
  return { file, line: (key !== undefined && parts.get(key)?.line) || line, ...sentence }
}

const fits = ({ file: pattern }: Definition, file: string) =>
  new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]+')}$`).test(file)

type PackFile = { file: string; path: string; bytes: Uint8Array; refused?: Sentence }

/** Every file of a pack but README.md and those that begin with a dot, in order; or why the folder cannot be read. */
async function readFolder(folder: string, definitions: readonly Definition[]): Promise<PackFile[] | Sentence> {
  const files: { file: string; plain: boolean }[] = []
  async function list(inside: string): Promise<void> {
    for (const entry of await readdir(join(folder, inside), { withFileTypes: true })) {
      const file = inside === '' ? entry.name : `${inside}/${entry.name}`
      if (entry.name.startsWith('.') || entry.name === 'README.md' || files.length > filesMax) continue
      if (entry.isDirectory()) await list(file)
      else files.push({ file, plain: entry.isFile() })
    }
  }
  try {
    await list('')
  } catch (error) {
    const { path = folder } = error as NodeJS.ErrnoException
    return { text: sentences.noFolder, values: { folder: path, why: whyOf(error) } }
  }
  if (files.length > filesMax) return { text: sentences.tooManyFiles, values: { max: filesMax } }
  files.sort((one, other) => (one.file < other.file ? -1 : 1))
  return Promise.all(
    files.map(async ({ file, plain }): Promise<PackFile> => {
      const found = { file, path: join(folder, file), bytes: new Uint8Array() }
      // A link would let a pack read what is not its own.
      if (!plain) return { ...found, refused: { text: sentences.noFile } }
      if (!definitions.some((definition) => fits(definition, file))) return found
      try {
        const { size } = await stat(found.path)
        return { ...found, bytes: size > fileBytesMax ? new Uint8Array(fileBytesMax + 1) : await readFile(found.path) }
      } catch (error) {
        return { ...found, refused: { text: sentences.noAccess, values: { why: whyOf(error) } } }
      }
    }),
  )
}

/** `EACCES: permission denied`, or whatever else the system says, without the path. */
const whyOf = (error: unknown) => (error as Error).message.split(',')[0]!

type Everything = {
  held: readonly Held[]
  unread: ReadonlySet<string>
  all: readonly Definition[]
  pack: Pack
  places: Places
}

/** What only shows when every file is read: ids used twice, references to nothing, and the definitions' own checks. */
function crossChecks({ held, unread, all, pack, places }: Everything): Mistake[] {
  const ids = new Map(all.map(({ kind }) => [kind, new Map<string, Mistake>()]))
  const complaints: Complaint[] = []
  const doubled = new Set<Definition>()
  for (const { definition, id, value } of held) {
    // Where the id itself is missing, that is told already.
    if (id === undefined) continue
    const complaint = { at: value, key: [definition.identifier].flat().at(-1), text: sentences.idTwice }
    const before = ids.get(definition.kind)!.get(id)
    if (before) {
      doubled.add(definition)
      complaints.push({ ...complaint, values: { id: shown(id), before: `${before.file}:${before.line}` } })
    } else ids.get(definition.kind)!.set(id, place(complaint, places))
  }
  for (const { definition, value } of held)
    for (const { owner, key, value: id, schema } of walk(definition.shape as JsonSchema, value)) {
      if (!schema?.reference || typeof id !== 'string') continue
      const known = ids.get(schema.reference)
      const file = all.find(({ kind }) => kind === schema.reference)?.file
      if (!known || !file)
        throw new Error(
          `The definition of ${definition.kind} refers to ${schema.reference}, which no definition declares`,
        )
      if (known.has(id) || unread.has(schema.reference)) continue
      const sentence = withNear(sentences.nowhere, sentences.nowhereNear, id, [...known.keys()], {
        id: shown(id),
        file,
      })
      complaints.push({ at: owner, key, ...sentence })
    }
  for (const definition of all) {
    const own = held.filter((each) => each.definition === definition)
    const values = own.map(({ value }) => value)
    if (definition.check && !doubled.has(definition) && own.every(({ fits }) => fits))
      complaints.push(...definition.check(values, pack))
  }
  return complaints.map((complaint) => place(complaint, places))
}

function packOf(folder: string, held: readonly Held[]): Pack {
  const right = held.filter(({ fits }) => fits)
  const byKind = Map.groupBy(right, ({ definition }) => definition.kind)
  const byId = new Map(right.map(({ id, value, definition }) => [`${definition.kind} ${id}`, value]))
  const list: Pack['list'] = ({ kind }) => (byKind.get(kind) ?? []).map(({ value }) => value) as never
  const find: Pack['find'] = ({ kind }, id) => byId.get(`${kind} ${id}`) as never
  const get: Pack['get'] = (of, id) => {
    const value = find(of, id)
    if (value === undefined) throw new Error(`The pack ${folder} has no ${of.kind} “${id}”`)
    return value
  }
  return {
    folder,
    get government() {
      return get(governments, list(governments)[0]?.id ?? '')
    },
    organisations: list(organisations),
    people: list(people),
    audiences: list(audiences),
    lifeEvents: list(lifeEvents),
    list,
    find,
    byKind: (kind) =>
      new Map((byKind.get(kind) ?? []).flatMap(({ id, value }) => (id === undefined ? [] : [[id, value]]))),
    get,
  }
}
