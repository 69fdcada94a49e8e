import { isUtf8 } from 'node:buffer'
import { Compile } from 'typebox/compile'
import type { TLocalizedValidationError } from 'typebox/error'
import { Settings } from 'typebox/system'
import { type Document, isAlias, isMap, isNode, LineCounter, type Pair, parseDocument, visit } from 'yaml'
import { type ColumnName, languagesOf, Mapping, moneyPhases, usual } from './mapping.ts'

/** Something wrong in a mapping, where it stands, and what to do about it. */
export type Mistake = { file: string; line: number; sentence: string }

const mappingBytesMax = 200_000
const errorsMax = 200
const validator = Compile(Mapping)

/** Reads a mapping file; all mistakes at once, in the order of its lines. Never throws, whatever the bytes. */
export function readMapping(bytes: Uint8Array, file: string): { mapping: Mapping } | { mistakes: Mistake[] } {
  const refuse = (sentence: string) => ({ mistakes: [{ file, line: 1, sentence }] })
  if (bytes.length > mappingBytesMax)
    return refuse(`A mapping has ${mappingBytesMax / 1000} kB at most. Is this the table itself?`)
  if (!isUtf8(bytes)) return refuse('This file is not UTF-8. Save it again as UTF-8.')
  const counter = new LineCounter()
  let document: Document
  try {
    document = parseDocument(new TextDecoder().decode(bytes), { lineCounter: counter, prettyErrors: false })
  } catch (error) {
    // The parser is recursive: a file of a thousand brackets ends the stack, not the program.
    if (error instanceof RangeError) return refuse('This file nests too deeply to be read.')
    throw error
  }
  const lineOf = (offset = 0) => Math.max(counter.linePos(offset).line, 1)
  const faults = [...document.errors, ...document.warnings]
  if (faults.length > 0)
    return {
      mistakes: faults
        .slice(0, 20)
        .map(({ message, pos }) => ({ file, line: lineOf(pos[0]), sentence: `YAML cannot read this: ${message}` })),
    }
  if (!isMap(document.contents)) return refuse('A mapping is a list of keys with values, as in “unit: million”.')
  const alias = findAlias(document)
  if (alias !== undefined)
    return { mistakes: [{ file, line: lineOf(alias), sentence: 'Write the value out: a mapping has no aliases.' }] }

  const value: unknown = document.toJS()
  const at = (path: readonly (string | number)[], key?: string): number => lineOf(offsetOf(document, path, key))
  const found = [...shapeMistakes(value)]
  // What belongs together is judged only when every part has its shape.
  if (found.length === 0) found.push(...meaningMistakes(value as Mapping))
  if (found.length === 0) return { mapping: value as Mapping }
  const mistakes = found.map(({ path, key, sentence }) => ({ file, line: at(path, key), sentence }))
  return { mistakes: mistakes.sort((one, other) => one.line - other.line) }
}

type Found = { path: readonly (string | number)[]; key?: string; sentence: string }

function findAlias(document: Document): number | undefined {
  let offset: number | undefined
  visit(document, {
    Alias(_, node) {
      offset = isAlias(node) ? node.range?.[0] : undefined
      return visit.BREAK
    },
  })
  return offset
}

/** Where the nearest written part of `path` begins; with `key`, where that key of it begins. */
function offsetOf(document: Document, path: readonly (string | number)[], key?: string): number | undefined {
  for (let length = path.length; length >= 0; length--) {
    const steps = path.slice(0, length)
    const owner = document.getIn(steps.slice(0, -1), true)
    const name = key !== undefined && length === path.length ? key : steps.at(-1)
    const node = key !== undefined && length === path.length ? document.getIn(steps, true) : owner
    const pair = isMap(node)
      ? (node.items as Pair[]).find((item) => isNode(item.key) && String(item.key) === String(name))
      : undefined
    if (pair && isNode(pair.key)) return pair.key.range?.[0]
    const part = document.getIn(steps, true)
    if (isNode(part)) return part.range?.[0]
  }
  return 0
}

const namesOf = (pointer: string) =>
  pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))

function* shapeMistakes(value: unknown): Generator<Found> {
  if (validator.Check(value)) return
  const errors = allErrors(value)
  for (const error of errors) {
    // A branch of a choice that does not fit is no mistake in itself; the choice as a whole is.
    if (errors.some((other) => other.keyword === 'anyOf' && error.schemaPath.startsWith(`${other.schemaPath}/anyOf/`)))
      continue
    const path = namesOf(error.instancePath)
    const what = path.length > 0 ? `“${path.join('.')}”` : 'The mapping'
    switch (error.keyword) {
      case 'additionalProperties':
        for (const key of error.params.additionalProperties)
          yield { path, key, sentence: `“${key}” is not a key that a mapping knows here.` }
        break
      case 'required':
        for (const key of error.params.requiredProperties)
          yield { path, sentence: `${what} lacks “${key}”${wants([...path, key])}.` }
        break
      case 'boolean':
        break
      default:
        yield { path, sentence: `${what} is ${shown(value, path)}${wants(path) || `, but it ${error.message}`}.` }
    }
  }
}

/** TypeBox stops at eight errors for requests from outside; a mapping's author wants them all. */
function allErrors(value: unknown): TLocalizedValidationError[] {
  const { maxErrors } = Settings.Get()
  Settings.Set({ maxErrors: errorsMax })
  try {
    return validator.Errors(value)
  } finally {
    Settings.Set({ maxErrors })
  }
}

type Schema = {
  description?: string
  enum?: unknown[]
  type?: string
  anyOf?: Schema[]
  properties?: Record<string, Schema>
  items?: Schema
  patternProperties?: Record<string, Schema>
}

/** What may stand at `path`, from the shape itself. */
function wants(path: readonly string[]): string {
  const schema = path.reduce<Schema | undefined>(
    (part, name) =>
      part?.properties?.[name] ??
      part?.patternProperties?.['^.*$'] ??
      part?.items ??
      part?.anyOf?.find((each) => each.items)?.items,
    Mapping as Schema,
  )
  if (schema?.description) return ` (${schema.description})`
  if (schema?.enum) return ` (one of ${schema.enum.join(', ')})`
  return path[0] === 'columns' ? ' (a heading, or a position counted from 1)' : ''
}

function shown(value: unknown, path: readonly string[]): string {
  const part = path.reduce<unknown>((each, name) => (each as Record<string, unknown>)[name], value)
  if (part === null) return 'empty'
  return typeof part === 'object'
    ? Array.isArray(part)
      ? 'a list'
      : 'a group of keys'
    : `“${String(part).slice(0, 80)}”`
}

/** What no shape can say: which keys need, exclude or contradict each other. */
function* meaningMistakes(mapping: Mapping): Generator<Found> {
  const { columns, constants = {}, file = {}, phases } = mapping
  const wide = moneyPhases.filter((phase) => columns[phase] !== undefined)
  const long = columns.amount !== undefined
  const say = (path: readonly (string | number)[], sentence: string): Found => ({ path, sentence })
  if (wide.length === 0 && !long)
    yield say(['columns'], 'No column holds money. Name actual, original, revised or estimate; or amount with phase.')
  if (wide.length > 0 && long)
    yield say(['columns', 'amount'], `Either a column for each phase (${wide.join(', ')}) or one “amount”, not both.`)
  if (long && columns.phase === undefined)
    yield say(['columns', 'amount'], 'One column of amounts needs the column “phase” beside it.')
  if (long && !phases) yield say(['columns', 'phase'], 'Say in “phases” what each word of the phase column means.')
  if (!long)
    for (const key of ['phase', 'period'] as const)
      if (columns[key] !== undefined)
        yield say(['columns', key], `“${key}” belongs to a file with one column of amounts; this mapping names none.`)
  if (!long && phases)
    yield say(['phases'], '“phases” belongs to a file with one column of amounts; this mapping names none.')

  const fromPeriod = long && columns.period !== undefined
  if (columns.year === undefined && constants.year === undefined && !fromPeriod)
    yield say(['columns'], 'No column says the year. Name it, or write it under constants.')
  if (columns.head === undefined && constants.head === undefined)
    yield say(['columns'], 'No column says the Head. Name it, or write it under constants.')
  for (const key of ['year', 'head', 'title'] as const)
    if (columns[key] !== undefined && constants[key] !== undefined)
      yield say(['constants', key], `“${key}” is a column already. Keep one of the two.`)
  if (constants.year !== undefined && !isFinancialYear(constants.year))
    yield say(['constants', 'year'], `“${constants.year}” is not a financial year: the second half follows the first.`)

  yield* columnMistakes(mapping)
  if (mapping.rows === 'subheads' && columns.aim !== undefined)
    yield say(['columns', 'aim'], 'Subheads have no aim; only programmes have.')
  if (mapping.rows === 'programmes' && mapping.codeDigits !== undefined)
    yield say(['codeDigits'], '“codeDigits” is for subheads; programmes are numbered 1, 2, 3.')
  for (const key of mapping.repeat ?? [])
    if (columns[key] === undefined) yield say(['repeat'], `“${key}” in “repeat” is not a column of this mapping.`)
  if ((mapping.thousands ?? usual.thousands).includes(mapping.decimal ?? usual.decimal))
    yield say(
      [mapping.decimal === undefined ? 'thousands' : 'decimal'],
      `“${mapping.decimal ?? usual.decimal}” cannot separate both thousands and decimals.`,
    )
  if (file.kind === 'csv' && file.sheet !== undefined) yield say(['file', 'sheet'], 'A CSV file has no sheets.')
  if (file.kind === 'xlsx' && file.delimiter !== undefined)
    yield say(['file', 'delimiter'], 'An XLSX file has no delimiter.')
}

function* columnMistakes(mapping: Mapping): Generator<Found> {
  const languages = languagesOf(mapping)
  const seen = new Map<ColumnName, string>()
  for (const [key, column] of Object.entries(mapping.columns)) {
    const parts: [string[], ColumnName][] =
      typeof column === 'object'
        ? Object.entries(column).map(([language, each]) => [[key, language], each])
        : [[[key], column]]
    if (typeof column === 'object') {
      for (const language of languages)
        if (!(language in column))
          yield { path: ['columns', key], sentence: `“${key}” names no column for ${language}.` }
      for (const language of Object.keys(column))
        if (!languages.some((each) => each === language))
          yield {
            path: ['columns', key, language],
            sentence: `“${language}” is not among the languages of this mapping.`,
          }
    }
    for (const [path, name] of parts) {
      const before = seen.get(name)
      if (before)
        yield {
          path: ['columns', ...path],
          sentence: `Column ${name} is already “${before}”. One column has one meaning.`,
        }
      seen.set(name, path.join('.'))
      if (typeof name === 'string' && mapping.file?.header === 'none')
        yield {
          path: ['columns', ...path],
          sentence: `A file without a heading row has no column “${name}”. Write its position, counted from 1.`,
        }
    }
  }
  if (typeof mapping.ignore !== 'object') return
  for (const [index, name] of mapping.ignore.entries()) {
    const use = seen.get(name)
    if (use) yield { path: ['ignore', index], sentence: `Column ${name} cannot be ignored: it is “${use}”.` }
  }
}

/** `2023-24`, where the second half follows the first; `1999-00` too. */
export const isFinancialYear = (year: string): boolean => (Number(year.slice(0, 4)) + 1) % 100 === Number(year.slice(5))
