import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import type { TLocalizedValidationError } from 'typebox/error'
import { Settings } from 'typebox/system'
import { nearest } from '../platform/nearest.ts'

/** TypeBox's shapes are JSON Schema; this is the part of it that a pack reads. `reference` is ours. */
export type JsonSchema = {
  type?: string
  description?: string
  reference?: string
  properties?: Record<string, JsonSchema>
  items?: JsonSchema
  required?: string[]
  anyOf?: JsonSchema[]
  [keyword: string]: unknown
}

/** Something wrong: the map or list that holds it, the key or item in it, and what to do. */
export type Complaint = { at: object; key?: string | undefined; sentence: string }

const validators = new WeakMap<TSchema, ReturnType<typeof Compile>>()
const errorsMax = 200

/** What is wrong with `value` by its shape. Shapes need not forbid unknown keys: in a pack each is a slip. */
export function* checkShape(
  shape: TSchema,
  value: object,
  writtenAs: (at: object, key: string) => string | undefined,
): Generator<Complaint> {
  for (const { owner: at, key, schema, known } of walk(shape as JsonSchema, value))
    if (!schema) yield { at, key, sentence: `“${key}” is not known here.${didYouMean(key, known) || ' Remove it.'}` }
  const validator = validators.get(shape) ?? Compile(shape)
  validators.set(shape, validator)
  if (validator.Check(value)) return
  const errors = allErrors(validator, value)
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf')
  for (const error of errors) {
    // A branch of a choice that does not fit is no mistake in itself; the choice as a whole is.
    if (choices.some((choice) => error.schemaPath.startsWith(`${choice.schemaPath}/anyOf/`))) continue
    if (error.keyword === 'additionalProperties' || error.keyword === 'boolean') continue
    const path = namesOf(error.instancePath)
    const key = path.at(-1)
    const at = path.slice(0, -1).reduce<object>((owner, name) => (owner as Record<string, object>)[name]!, value)
    const found = key === undefined ? value : (at as Record<string, unknown>)[key]
    const schema = namesOf(error.schemaPath).reduce<unknown>(
      (each, name) => (each as JsonSchema)?.[name],
      shape,
    ) as JsonSchema
    const name = path.findLast((part) => !/^\d+$/.test(part))
    const sentence = sentenceOf(error, {
      what: name ? `“${name}”` : 'This',
      found,
      schema,
      written: key && writtenAs(at, key),
    })
    yield error.keyword === 'required' && isObject(found) ? { at: found, sentence } : { at, key, sentence }
  }
}

type Context = { what: string; found: unknown; schema: JsonSchema | undefined; written: string | undefined }

function sentenceOf(error: TLocalizedValidationError, { what, found, schema, written }: Context): string {
  const shown = isObject(found)
    ? Array.isArray(found)
      ? 'a list'
      : 'a group of keys'
    : `“${String(found).slice(0, 80)}”`
  const needs = schema?.description?.replace(/^./, (first) => first.toLowerCase())
  switch (error.keyword) {
    case 'required': {
      const missing = error.params.requiredProperties.map((key) => `“${key}”`).join(', ')
      return `${missing} ${error.params.requiredProperties.length > 1 ? 'are' : 'is'} missing here. Add what is missing.`
    }
    case 'type': {
      const type = String(error.params.type)
      if (found === null) return `${what} has no value. Write one, or remove the line.`
      if (type === 'string' && !isObject(found))
        return `${what} must be text. Put it in quotation marks: '${written ?? found}'.`
      return `${what} must be ${typeWords[type] ?? type}, not ${shown}.`
    }
    case 'enum':
    case 'const':
    case 'anyOf': {
      const words = (schema?.enum as unknown[] | undefined) ?? (schema?.anyOf ?? [schema]).map((each) => each?.const)
      if (words.includes(undefined))
        return `${what} fits none of the forms that it may have${needs ? `: ${needs}` : ''}.`
      return `${what} is ${shown}. Write ${words.length > 1 ? 'one of ' : ''}${words.join(', ')}.${didYouMean(String(found), words.map(String))}`
    }
    case 'pattern':
      return `${what} is ${shown}, which does not fit: ${needs ?? `it must match ${error.params.pattern}`}.`
    default:
      return `${what} ${error.message}.`
  }
}

const typeWords: Record<string, string> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of keys',
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
    const schema = Array.isArray(owner)
      ? items
      : properties && Object.hasOwn(properties, key)
        ? properties[key]
        : undefined
    if (schema) yield { owner, key, value, schema, known }
    else if (properties && !patternProperties && !additionalProperties && !Array.isArray(owner))
      yield { owner, key, value, known }
    if (schema) yield* walk(schema, value)
  }
}

/** The end of a sentence about a word that is not known. */
export function didYouMean(word: string, words: readonly string[]): string {
  const near = nearest(word, words)
  return near ? ` Did you mean “${near}”?` : ''
}
