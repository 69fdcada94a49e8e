import { checkShape, type Mistake, type Places, readYaml } from '#platform'
import { limits } from './limits.ts'
import { type ColumnName, languagesOf, Mapping, moneyPhases, usual } from './mapping.ts'

/** Reads a mapping file; all mistakes at once, in the order of its lines. Never throws, whatever the bytes. */
export function readMapping(bytes: Uint8Array, file: string): { mapping: Mapping } | { mistakes: Mistake[] } {
  if (bytes.length > limits.mappingBytes)
    return {
      mistakes: [
        { file, line: 1, sentence: `A mapping has at most ${limits.mappingBytes / 1000} kB. Is this the right file?` },
      ],
    }
  const places: Places = new WeakMap()
  const { value, mistakes } = readYaml(file, bytes, places)
  if (mistakes.length > 0) return { mistakes }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return {
      mistakes: [{ file, line: 1, sentence: 'A mapping is a list of keys with values, as in “unit: million”.' }],
    }
  const lineOf = (at: object, key?: string) => {
    const place = places.get(at)!
    return (key !== undefined && place.parts.get(key)?.line) || place.line
  }
  const found = [...checkShape(Mapping, value, (at, key) => places.get(at)?.parts.get(key)?.written)].map(
    ({ at, key, sentence }) => ({ file, line: lineOf(at, key), sentence }),
  )
  // What belongs together is judged only when every part has its shape.
  if (found.length === 0)
    for (const { path, sentence } of meaningMistakes(value as Mapping)) {
      const owner = path.slice(0, -1).reduce<object>((at, name) => (at as Record<string, object>)[name] ?? at, value)
      found.push({ file, line: lineOf(owner, path.at(-1)), sentence })
    }
  return found.length === 0
    ? { mapping: value as Mapping }
    : { mistakes: found.sort((one, other) => one.line - other.line) }
}

type Found = { path: readonly string[]; sentence: string }

/** What no shape can say: which keys need, exclude or contradict each other. */
function* meaningMistakes(mapping: Mapping): Generator<Found> {
  const { columns, constants = {}, file = {}, phases } = mapping
  const wide = moneyPhases.filter((phase) => columns[phase] !== undefined)
  const long = columns.amount !== undefined
  const say = (path: readonly string[], sentence: string): Found => ({ path, sentence })
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
    if (use) yield { path: ['ignore', String(index)], sentence: `Column ${name} cannot be ignored: it is “${use}”.` }
  }
}

/** `2023-24`, where the second half follows the first; `1999-00` too. */
const isFinancialYear = (year: string): boolean => (Number(year.slice(0, 4)) + 1) % 100 === Number(year.slice(5))
