import { checkShape, type Mistake, type Places, readYaml, type Sentence } from '#pack'
import { readYear } from '../import/periods.ts'
import { limits } from './limits.ts'
import { type ColumnName, languagesOf, Mapping, moneyPhases, usual } from './mapping.ts'
import { mistakes as sentences } from './mistakes.ts'
import { unseen } from './rows.ts'

/** Reads a mapping file; all mistakes at once, in the order of its lines. Never throws, whatever the bytes. */
export function readMapping(bytes: Uint8Array, file: string): { mapping: Mapping } | { mistakes: Mistake[] } {
  if (bytes.length > limits.mappingBytes)
    return { mistakes: [{ file, line: 1, text: sentences.tooLarge, values: { max: limits.mappingBytes / 1000 } }] }
  const places: Places = new WeakMap()
  const { value, mistakes } = readYaml(file, bytes, places)
  if (mistakes.length > 0) return { mistakes }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { mistakes: [{ file, line: 1, text: sentences.keysWanted }] }
  const lineOf = (at: object, key?: string) => {
    const place = places.get(at)!
    return (key !== undefined && place.parts.get(key)?.line) || place.line
  }
  const wrong = checkShape(Mapping, value, (at, key) => places.get(at)?.parts.get(key))
  const found: Mistake[] = [...wrong].map(({ at, key, ...sentence }) => ({ file, line: lineOf(at, key), ...sentence }))
  for (const { at, key, name } of unseenIn(value, ''))
    found.push({ file, line: lineOf(at, key), text: sentences.unseen, values: { key: name } })
  // What belongs together is judged only when every part has its shape.
  if (found.length === 0)
    for (const { path, ...sentence } of meaningMistakes(value as Mapping)) {
      const owner = path.slice(0, -1).reduce<object>((at, name) => (at as Record<string, object>)[name] ?? at, value)
      found.push({ file, line: lineOf(owner, path.at(-1)), ...sentence })
    }
  return found.length === 0
    ? { mapping: value as Mapping }
    : { mistakes: found.sort((one, other) => one.line - other.line) }
}

/** Keys and values that could not be kept, or that would be names which nobody can read. */
function* unseenIn(at: object, within: string): Generator<{ at: object; key: string; name: string }> {
  for (const [key, value] of Object.entries(at)) {
    const name = within || key.replace(unseen, '')
    if (key.search(unseen) >= 0 || (typeof value === 'string' && value.search(unseen) >= 0)) yield { at, key, name }
    else if (typeof value === 'object' && value !== null) yield* unseenIn(value, name)
  }
}

type Found = Sentence & { path: readonly string[] }

const at = (path: readonly string[], text: Sentence['text'], values: NonNullable<Sentence['values']> = {}): Found => ({
  path,
  text,
  values,
})

/** What no shape can say: which keys need, exclude or contradict each other. */
function* meaningMistakes(mapping: Mapping): Generator<Found> {
  const { columns, constants = {}, file = {}, phases } = mapping
  const wide = moneyPhases.filter((phase) => columns[phase] !== undefined)
  const long = columns.amount !== undefined
  if (wide.length === 0 && !long) yield at(['columns'], sentences.noMoney)
  if (wide.length > 0 && long) yield at(['columns', 'amount'], sentences.wideAndLong, { columns: wide.join(', ') })
  if (long && columns.phase === undefined) yield at(['columns', 'amount'], sentences.phaseNeeded)
  if (long && !phases) yield at(['columns', 'phase'], sentences.phasesNeeded)
  if (!long)
    for (const key of ['phase', 'period'] as const)
      if (columns[key] !== undefined) yield at(['columns', key], sentences.onlyLong, { key })
  if (!long && phases) yield at(['phases'], sentences.onlyLong, { key: 'phases' })

  const fromPeriod = long && columns.period !== undefined
  if (columns.year === undefined && constants.year === undefined && !fromPeriod) yield at(['columns'], sentences.noYear)
  if (columns.head === undefined && constants.head === undefined) yield at(['columns'], sentences.noHead)
  for (const key of ['year', 'head', 'title'] as const)
    if (columns[key] !== undefined && constants[key] !== undefined)
      yield at(['constants', key], sentences.columnAlready, { key })
  if (constants.year !== undefined && readYear(constants.year) === undefined)
    yield at(['constants', 'year'], sentences.year, { year: constants.year })

  yield* columnMistakes(mapping)
  if (mapping.rows === 'subheads' && columns.aim !== undefined) yield at(['columns', 'aim'], sentences.noAim)
  if (mapping.rows === 'programmes' && mapping.codeDigits !== undefined) yield at(['codeDigits'], sentences.codeDigits)
  for (const key of mapping.repeat ?? [])
    if (columns[key] === undefined) yield at(['repeat'], sentences.repeat, { key })
  const { thousands = usual.thousands, decimal = usual.decimal } = mapping
  if (thousands.includes(decimal))
    yield at([mapping.decimal === undefined ? 'thousands' : 'decimal'], sentences.separators, { decimal })
  if (file.kind === 'csv' && file.sheet !== undefined) yield at(['file', 'sheet'], sentences.noSheets)
  if (file.kind === 'xlsx' && file.delimiter !== undefined) yield at(['file', 'delimiter'], sentences.noDelimiter)
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
        if (!(language in column)) yield at(['columns', key], sentences.languageMissing, { key, language })
      for (const language of Object.keys(column))
        if (!languages.some((each) => each === language))
          yield at(['columns', key, language], sentences.languageUnknown, { language })
    }
    for (const [path, column] of parts) {
      const before = seen.get(column)
      if (before) yield at(['columns', ...path], sentences.columnTwice, { column, before })
      seen.set(column, path.join('.'))
      if (typeof column === 'string' && mapping.file?.header === 'none')
        yield at(['columns', ...path], sentences.noHeadings, { column })
    }
  }
  if (typeof mapping.ignore !== 'object') return
  for (const [index, column] of mapping.ignore.entries()) {
    const use = seen.get(column)
    if (use) yield at(['ignore', String(index)], sentences.ignored, { column, use })
  }
}
