import { DataFactory, type Quad_Object, Writer } from 'n3'
import type { Graph } from './cpsv-ap.rules.ts'

const { literal, namedNode } = DataFactory
const rdfType = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'

type Value = string | { '@id': string } | { '@value': string; '@language'?: string; '@type'?: string }

/**
 * The same graph in RDF 1.1 Turtle. Reads what `catalogueGraph` writes and no other JSON-LD: every node has an address, and every
 * value is text, text in a language, text of a type, or the address of a node.
 */
export function turtleOf({ '@context': context, '@graph': nodes }: Graph): Promise<string> {
  const prefixes: Record<string, string> = context
  const full = (name: string) => {
    const [prefix = '', ...rest] = name.split(':')
    return namedNode(Object.hasOwn(prefixes, prefix) ? prefixes[prefix] + rest.join(':') : name)
  }
  const objectOf = (key: string, value: Value): Quad_Object => {
    if (key === '@type') return full(value as string)
    if (typeof value === 'string') return literal(value)
    if ('@id' in value) return namedNode(value['@id'])
    return literal(value['@value'], value['@language'] ?? (value['@type'] ? full(value['@type']) : undefined))
  }
  const writer = new Writer({ prefixes })
  for (const { '@id': id, ...node } of nodes)
    for (const [key, values] of Object.entries(node))
      for (const value of [values].flat() as Value[])
        writer.addQuad(namedNode(id as string), key === '@type' ? namedNode(rdfType) : full(key), objectOf(key, value))
  return new Promise((resolve, reject) => {
    writer.end((error, text) => (error ? reject(error) : resolve(text)))
  })
}
