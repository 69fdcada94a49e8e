import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import type { TLocalizedValidationError } from 'typebox/error'
import { Settings } from 'typebox/system'
import type { Text } from '../platform/languages.ts'
import { nearest } from '../platform/nearest.ts'
import type { Part, Sentence } from './read.ts'
import { inSentence, mistakes, shown } from './words.ts'

/** TypeBox's shapes are JSON Schema; this is the part of it that a pack reads. `reference` and `expects` are ours. */
export type JsonSchema = {
  type?: string
  description?: string
  reference?: string
  expects?: Text
  properties?: Record<string, JsonSchema>
  patternProperties?: Record<string, JsonSchema>
  items?: JsonSchema
  required?: string[]
  anyOf?: JsonSchema[]
  [keyword: string]: unknown
}

/** Something wrong: the map or list that holds it, the key or item in it, and what to do. */
export type Complaint = Sentence & { at: object; key?: string | undefined }

const validators = new WeakMap<TSchema, ReturnType<typeof Compile>>()
const errorsMax = 200

/** What is wrong with `value` by its shape. Shapes need not forbid unknown keys: in a pack each is a slip. */
export function* checkShape(
  shape: TSchema,
  value: object,
  partOf: (at: object, key: string) => Part | undefined,
): Generator<Complaint> {
  for (const { owner: at, key, schema, known } of walk(shape as JsonSchema, value)) {
    if (schema) continue
    yield { at, key, ...withNear(mistakes.unknown, mistakes.unknownNear, key, known, { key: shown(key) }) }
  }
  const validator = validators.get(shape) ?? Compile(shape)
  validators.set(shape, validator)
  if (validator.Check(value)) return
  const errors = allErrors(validator, value)
  const told = new Set<string>()
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf')
  for (const error of errors) {
    // A branch of a choice that does not fit is no mistake in itself; the choice as a whole is.
    if (choices.some((choice) => error.schemaPath.startsWith(`${choice.schemaPath}/anyOf/`))) continue
    if (error.keyword === 'additionalProperties' || error.keyword === 'boolean') continue
    const path = namesOf(error.instancePath)
    const key = path.at(-1)
    const at = path.slice(0, -1).reduce<object>((owner, name) => (owner as Record<string, object>)[name]!, value)
    const found = key === undefined ? value : (at as Record<string, unknown>)[key]
    if (error.keyword === 'required') {
      for (const missing of error.params.requiredProperties)
        yield { at: found as object, text: mistakes.missing, values: { key: missing } }
      continue
    }
    const schema = namesOf(error.schemaPath).reduce<unknown>((each, name) => (each as JsonSchema)?.[name], shape)
    // An item of a list is called by the name of the list.
    const name = shown(path.findLast((part) => !/^\d+$/.test(part)) ?? '…')
    const part = key === undefined ? undefined : partOf(at, key)
    // Empty text is also too short, and 1,031 without quotation marks two items: one sentence for a name on a line.
    if (told.has(`${part?.line} ${name}`)) continue
    told.add(`${part?.line} ${name}`)
    yield { at, key, ...sentenceOf(error, name, found, (schema ?? {}) as JsonSchema, part?.written) }
  }
}

function sentenceOf(
  error: TLocalizedValidationError,
  key: string,
  value: unknown,
  schema: JsonSchema,
  written: string | undefined,
): Sentence {
  const found = Array.isArray(value) ? '[…]' : isObject(value) ? '{…}' : shown(written ?? value)
  const { keyword, params } = error as { keyword: string; params: Readonly<Record<string, unknown>> }
  // In quotation marks it would be text, and still not fit.
  const unfit = typeof value === 'number' && schema.expects && !new RegExp(String(schema.pattern ?? '')).test(found)
  if (keyword === 'type' && !unfit) return wrongType(String(params.type), key, value, found)
  const beyond = limits[keyword]
  if (beyond) return { text: beyond, values: { key, found, limit: Number(params.limit ?? 0) } }
  if (keyword === 'uniqueItems') return { text: mistakes.repeated, values: { key } }
  const words = wordsOf(schema)
  if (value === null && !words) return { text: mistakes.noValue, values: { key } }
  if (words?.length === 1) return { text: mistakes.only, values: { key, found, word: words[0]! } }
  if (words) return withNear(mistakes.oneOf, mistakes.oneOfNear, found, words, { key, found, words: words.join(', ') })
  const { expects } = schema
  // A shape that says a pattern and not in words what it means is a mistake of ours; a test finds it.
  return {
    text: mistakes.unfit,
    values: { key, found, expects: expects ? inSentence(expects) : String(params.pattern) },
  }
}

function wrongType(type: string, key: string, value: unknown, found: string): Sentence {
  if (value === null) return { text: mistakes.noValue, values: { key } }
  if (type === 'string') return { text: isObject(value) ? mistakes.line : mistakes.text, values: { key, found } }
  const digits = found.normalize('NFKC').replace(/[,_\s]/g, '')
  if (type === 'integer' && typeof value === 'string' && /^-?\d{1,15}$/.test(digits))
    return { text: mistakes.bareInteger, values: { key, number: digits } }
  return { text: typeTexts[type] ?? mistakes.group, values: { key, found } }
}

const typeTexts: Record<string, Text> = {
  integer: mistakes.integer,
  number: mistakes.number,
  boolean: mistakes.truth,
  array: mistakes.list,
  object: mistakes.group,
}

const limits: Record<string, Text> = {
  minimum: mistakes.atLeast,
  maximum: mistakes.atMost,
  minLength: mistakes.emptyText,
  maxLength: mistakes.tooLong,
  minItems: mistakes.tooFew,
  maxItems: mistakes.tooMany,
  maxProperties: mistakes.tooMany,
}

/** The words that a choice allows; undefined where it is one of forms. */
function wordsOf({ enum: listed, anyOf, const: only }: JsonSchema): string[] | undefined {
  const words = (listed as unknown[] | undefined) ?? anyOf?.map((each) => each.const) ?? [only]
  return words.includes(undefined) ? undefined : words.map(String)
}

/** TypeBox stops at eight errors, for requests from outside; the author of a pack wants them all. */
function allErrors(validator: ReturnType<typeof Compile>, value: unknown): TLocalizedValidationError[] {
  const { maxErrors } = Settings.Get()
  Settings.Set({ maxErrors: errorsMax })
  try {
    return validator.Errors(value)
  } finally {
    Settings.Set({ maxErrors })
  }
}

/** The names in a JSON Pointer (RFC 6901). */
const namesOf = (pointer: string) =>
  pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

type Visit = { owner: object; key: string; value: unknown; schema?: JsonSchema; known: string[] }

/** Every key and item in `owner` at any depth, with its shape; without one where no shape knows it. */
export function* walk(shape: JsonSchema, owner: unknown): Generator<Visit> {
  if (!isObject(owner)) return
  const { properties, items, patternProperties, additionalProperties } = shape
  const known = Object.keys(properties ?? {})
  for (const [key, value] of Object.entries(owner)) {
    const named = properties && Object.hasOwn(properties, key) ? properties[key] : undefined
    const matching = Object.entries(patternProperties ?? {}).find(([pattern]) => new RegExp(pattern).test(key))?.[1]
    const schema = Array.isArray(owner) ? items : (named ?? matching)
    if (schema) yield { owner, key, value, schema, known }
    else if (properties && !additionalProperties && !Array.isArray(owner)) yield { owner, key, value, known }
    if (schema) yield* walk(schema, value)
  }
}

/** `plain`, or `near` with the one of `words` that a slip would have made of `word`. */
export function withNear(
  plain: Text,
  near: Text,
  word: string,
  words: readonly string[],
  values: NonNullable<Sentence['values']>,
): Sentence {
  const found = nearest(word, words)
  return found === undefined ? { text: plain, values } : { text: near, values: { ...values, near: found } }
}
