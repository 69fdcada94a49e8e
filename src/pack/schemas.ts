import type { JsonSchema } from './check.ts'
import type { Definition } from './pack.ts'

/**
 * Files made from the definitions, by path: a JSON Schema for each, with which an editor checks and completes a pack
 * while it is written, and the page that lists them. They are kept in the repository; a test says that they agree.
 */
export function packFiles(definitions: readonly Definition[]): Map<string, string> {
  const sorted = definitions.toSorted((one, other) => (one.kind < other.kind ? -1 : 1))
  const files = new Map(sorted.map((each) => [`governments/schemas/${each.kind}.schema.json`, schemaOf(each)]))
  return files.set('docs/reference/pack.md', referenceOf(sorted))
}

function schemaOf({ kind, summary, holds, shape }: Definition): string {
  const value = closed(shape as JsonSchema)
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: kind,
    description: summary,
    ...(holds === 'list' ? { type: 'array', items: value } : value),
  }
  return `${JSON.stringify(schema, null, 2)}\n`
}

/** The same shape, with the loader's rule that an unknown key is a mistake written out, and without our own keywords. */
function closed({ reference: _, expects: __, ...schema }: JsonSchema): JsonSchema {
  const each = (shapes: Record<string, JsonSchema>) =>
    Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, closed(shape)]))
  if (schema.properties) {
    schema.properties = each(schema.properties)
    schema.additionalProperties ??= false
  }
  if (schema.patternProperties) schema.patternProperties = each(schema.patternProperties)
  if (schema.items) schema.items = closed(schema.items)
  if (schema.anyOf) schema.anyOf = schema.anyOf.map(closed)
  return schema
}

function referenceOf(definitions: readonly Definition[]): string {
  const parts = definitions.map(({ kind, summary, file, holds, identifier, required, shape }) => {
    const { properties = {}, required: needed = [] } = shape as JsonSchema
    const keys = Object.entries(properties).map(
      ([name, schema]) => `| \`${name}\` | ${needed.includes(name) ? 'yes' : 'no'} | ${meaningOf(schema)} |`,
    )
    const facts = `${holds === 'one' ? 'one value' : 'a list'}, known by \`${[identifier].flat().join('/')}\``
    const place = `\`${file}\`: ${facts}${required ? '; every pack has it' : ''}.`
    return `## ${kind}\n\n${summary}\n\n${place}\n\n| key | needed | what it is |\n| --- | --- | --- |\n${keys.join('\n')}\n`
  })
  const lead =
    'Made by `./praya docs` from the definitions of the platform and the modules. Why it is so: [the pack](../concepts/pack.md).'
  return `# What a pack may hold\n\n${lead}\n\n${parts.join('\n')}`
}

function meaningOf({ reference, description, type, items, properties, enum: words }: JsonSchema): string {
  if (reference) return `id of another entry: ${reference}`
  if (Array.isArray(words)) return `${description ? `${description}: ` : ''}${words.join(', ')}`
  if (description) return description.replaceAll('|', '\\|')
  if (items) return `a list; each: ${meaningOf(items)}`
  return properties ? Object.keys(properties).join(', ') : (type ?? 'one of several forms')
}
