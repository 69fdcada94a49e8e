import { lstat, readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { Static, TSchema } from 'typebox'
import { type Complaint, checkShape, didYouMean, type JsonSchema, walk } from './check.ts'
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
import { fileBytesMax, type Mistake, type Places, readYaml } from './read.ts'

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
  /** For an id that the pack itself refers to; one that is not there is a bug. */
  get<Shape extends TSchema>(of: Definition<Shape>, id: string): Static<Shape>
}

type Held = { id: string; value: object; definition: Definition; fits: boolean }

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
  for (const { file, path, bytes, refused } of await readFolder(folder, all)) {
    const definition = all.find((each) => fits(each, file))
    const sentence = refused ?? `No definition reads this file. Rename it or delete it.${didYouMean(file, names)}`
    if (refused || (!definition && strangers === 'refuse')) mistakes.push({ file: path, line: 1, sentence })
    if (refused || !definition) continue
    const read = readYaml(path, bytes, places)
    mistakes.push(...read.mistakes)
    if (read.mistakes.length > 0) continue
    const found = hold(definition, read.value, path, places)
    mistakes.push(...found.mistakes)
    held.push(...found.held)
  }
  const missing = all
    .filter(({ required, file }) => required && !held.some(({ definition }) => definition.file === file))
    .map(({ file, summary }) => ({
      file: join(folder, file),
      line: 1,
      sentence: `This file is missing. Write it: ${summary}`,
    }))
  mistakes.push(...missing.filter(({ file }) => !mistakes.some((each) => each.file === file)))

  const pack = packOf(folder, held)
  mistakes.push(...crossChecks(held, all, pack, places))
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
  if (!Array.isArray(list))
    return { held: [], mistakes: [{ ...startsAt, sentence: 'This file must be a list. Begin each entry with “- ”.' }] }
  const held: Held[] = []
  const mistakes: Mistake[] = []
  for (const [index, each] of list.entries()) {
    if (typeof each !== 'object' || each === null || Array.isArray(each)) {
      const line = places.get(list)?.parts.get(String(index))?.line ?? 1
      mistakes.push({ ...startsAt, line, sentence: 'Write keys with their values here, as “id: …”.' })
      continue
    }
    const wrong = [...checkShape(definition.shape, each, (at, key) => places.get(at)?.parts.get(key)?.written)]
    mistakes.push(...wrong.map((complaint) => place(complaint, places)))
    const id = [definition.identifier].flat().map((key) => each[key])
    held.push({ id: id.join('/'), value: each, definition, fits: wrong.length === 0 })
  }
  return { held, mistakes }
}

function place({ at, key, sentence }: Complaint, places: Places): Mistake {
  const { file, line, parts } = places.get(at)!
  return { file, line: (key !== undefined && parts.get(key)?.line) || line, sentence }
}

const fits = ({ file: pattern }: Definition, file: string) =>
  new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]+')}$`).test(file)

type PackFile = { file: string; path: string; bytes: Uint8Array; refused?: string }

/** Every file of a pack but README.md and those that begin with a dot, in order. */
async function readFolder(folder: string, definitions: readonly Definition[]): Promise<PackFile[]> {
  const refuse = (refused: string): PackFile[] => [{ file: '', path: folder, bytes: new Uint8Array(), refused }]
  const found = await lstat(folder).catch(() => undefined)
  if (!found?.isDirectory()) return refuse('There is no such folder. Check PRAYA_PACK.')
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => ({ entry, path: join(entry.parentPath, entry.name), bytes: new Uint8Array() }))
    .map((each) => ({ ...each, file: relative(folder, each.path).split(sep).join('/') }))
    .filter(({ file }) => !/(^|\/)(\.|README\.md$)/.test(file))
    .sort((one, other) => (one.file < other.file ? -1 : 1))
  if (files.length > filesMax)
    return refuse(`A pack holds ${filesMax} files at most, and here are ${files.length}. Check PRAYA_PACK.`)
  return Promise.all(
    files.map(async ({ entry, ...each }) => {
      // A link would let a pack read what is not its own.
      if (!entry.isFile()) return { ...each, refused: 'This is no plain file. Put the file itself here.' }
      if (!definitions.some((definition) => fits(definition, each.file))) return each
      const { size } = await lstat(each.path)
      return { ...each, bytes: size > fileBytesMax ? new Uint8Array(fileBytesMax + 1) : await readFile(each.path) }
    }),
  )
}

/** What only shows when every file is read: ids used twice, references to nothing, and the definitions' own checks. */
function crossChecks(held: readonly Held[], all: readonly Definition[], pack: Pack, places: Places): Mistake[] {
  const ids = new Map(all.map(({ kind }) => [kind, new Map<string, Mistake>()]))
  const complaints: Complaint[] = []
  for (const { definition, id, value } of held) {
    const complaint = { at: value, key: [definition.identifier].flat().at(-1), sentence: '' }
    const before = ids.get(definition.kind)!.get(id)
    const sentence = `There is a ${definition.kind} “${id}” already, at ${before?.file}:${before?.line}. Choose another id.`
    if (before) complaints.push({ ...complaint, sentence })
    else ids.get(definition.kind)!.set(id, place(complaint, places))
  }
  for (const { definition, value } of held)
    for (const { owner, key, value: id, schema } of walk(definition.shape as JsonSchema, value)) {
      if (!schema?.reference || typeof id !== 'string') continue
      const known = ids.get(schema.reference)
      if (!known)
        throw new Error(
          `The definition of ${definition.kind} refers to ${schema.reference}, which no definition declares`,
        )
      const hint = didYouMean(id, [...known.keys()]) || ' Write it in its file, or name another.'
      if (!known.has(id))
        complaints.push({ at: owner, key, sentence: `There is no ${schema.reference} “${id}”.${hint}` })
    }
  for (const definition of all) {
    const own = held.filter((each) => each.definition === definition)
    const values = own.map(({ value }) => value)
    if (definition.check && own.every(({ fits }) => fits)) complaints.push(...definition.check(values, pack))
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
    get,
  }
}
