// The catalogue as linked data, held against what CPSV-AP 3.2 asks for, and the same graph in both of its forms.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import jsonld from 'jsonld'
import { Parser, Store } from 'n3'
import Validator from 'rdf-validate-shacl'
import { loadPackOrThrow } from '../../../../test/pack.ts'
import { modules } from '../../../modules.ts'
import { services } from '../definitions/service.ts'
import { catalogueGraph } from './cpsv-ap.rules.ts'
import { turtleOf } from './turtle.rules.ts'

/** Of a class: which properties it must have, of which class or kind their values are, and whether there is one at most. */
type Rule = { path: string; least?: 1; most?: 1; class?: string; datatype?: string }
const named: Rule[] = [{ path: 'dct:identifier', least: 1, most: 1 }]
const titled: Rule[] = [{ path: 'dct:title', least: 1, datatype: 'rdf:langString' }]
const described: Rule[] = [{ path: 'dct:description', datatype: 'rdf:langString' }]

/**
 * Written after the shapes of the release 3.2.0 (SEMICeu/CPSV-AP, releases/3.2.0/shacl/cpsv-ap-SHACL.ttl) for the classes that
 * the catalogue has. Properties that it has not are left out, unless they are mandatory.
 */
const shapes: Record<string, Rule[]> = {
  'cpsv:PublicService': [
    ...named,
    ...titled,
    { path: 'dct:description', least: 1, datatype: 'rdf:langString' },
    { path: 'dct:language', class: 'dct:LinguisticSystem' },
    { path: 'dcat:keyword', datatype: 'rdf:langString' },
    { path: 'cv:hasCompetentAuthority', least: 1, class: 'cv:PublicOrganisation' },
    { path: 'cv:isGroupedBy', class: 'cv:Event' },
    { path: 'cv:hasChannel', class: 'cv:Channel' },
    { path: 'cv:hasCost', class: 'cv:Cost' },
    { path: 'cv:hasInputType', class: 'cv:EvidenceType' },
    { path: 'cv:hasLegalResource', class: 'eli:LegalResource' },
    { path: 'cv:contactPoint', class: 'cv:ContactPoint' },
    { path: 'cv:relatedService', class: 'cpsv:PublicService' },
  ],
  'cv:PublicOrganisation': [
    { path: 'skos:prefLabel', least: 1, datatype: 'rdf:langString' },
    { path: 'dct:spatial', least: 1, class: '<http://data.europa.eu/88u/dataset/atu-type>' },
  ],
  'cv:Event': [...named, ...titled, ...described],
  'cv:Channel': [...named, ...described, { path: 'dct:type', most: 1, class: 'skos:Concept' }],
  'cv:Cost': [
    ...named,
    ...described,
    { path: 'cv:hasValue', most: 1, datatype: 'xsd:double' },
    { path: 'cv:currency', most: 1, class: 'skos:Concept' },
  ],
  'cv:EvidenceType': named,
}

function shapesGraph(prefixes: Readonly<Record<string, string>>): Store {
  const all = {
    ...prefixes,
    sh: 'http://www.w3.org/ns/shacl#',
    rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  }
  const heads = Object.entries(all).map(([prefix, address]) => `@prefix ${prefix}: <${address}> .`)
  const nodes = Object.entries(shapes).map(([target, rules]) => {
    const properties = rules.map(({ path, least, most, class: of, datatype }) =>
      [
        `sh:property [ sh:path ${path}`,
        ...(least ? ['sh:minCount 1'] : []),
        ...(most ? ['sh:maxCount 1'] : []),
        ...(of ? [`sh:class ${of}`] : []),
        ...(datatype ? [`sh:datatype ${datatype}`] : []),
      ].join(' ; '),
    )
    return `[] a sh:NodeShape ; sh:targetClass ${target} ; ${properties.map((each) => `${each} ]`).join(' ; ')} .`
  })
  return new Store(new Parser().parse([...heads, ...nodes].join('\n')))
}

const address = 'https://praya.example'
const graphs = await Promise.all(
  ['testland', 'hongkong'].map(async (name) => {
    const pack = await loadPackOrThrow(name, modules)
    return { name, pack, graph: catalogueGraph(pack, pack.list(services), address) }
  }),
)
const storeOf = async (graph: Parameters<typeof turtleOf>[0]) => new Store(new Parser().parse(await turtleOf(graph)))

const reportOf = async (graph: Parameters<typeof turtleOf>[0]) => {
  const validator = new Validator(shapesGraph(graph['@context']) as never)
  const { results } = await validator.validate((await storeOf(graph)) as never)
  return results.map(({ focusNode, path }) => `${focusNode?.value} ${(path as { value?: string } | null)?.value}`)
}

for (const { name, pack, graph } of graphs) {
  test(`the services of ${name} have what CPSV-AP 3.2 asks for, all of them and each alone`, async () => {
    assert.ok(graph['@graph'].length > 10)
    assert.deepEqual(await reportOf(graph), [])
    const [one] = pack.list(services)
    assert.deepEqual(await reportOf(catalogueGraph(pack, [{ ...one!, related: [] }], address)), [])
  })

  test(`JSON-LD and Turtle of ${name} are the same graph`, async () => {
    const canonical = (input: unknown, inputFormat?: string) =>
      jsonld.canonize(
        input as never,
        {
          ...{ algorithm: 'RDFC-1.0', format: 'application/n-quads' },
          ...(inputFormat && { inputFormat }),
        } as never,
      )
    const nquads = (await storeOf(graph))
      .getQuads(null, null, null, null)
      .map(({ subject, predicate, object }) => {
        const term = (each: typeof object): string => {
          if (each.termType === 'NamedNode') return `<${each.value}>`
          const text = JSON.stringify(each.value)
          if (each.termType === 'Literal' && each.language) return `${text}@${each.language}`
          return each.termType === 'Literal' ? `${text}^^<${each.datatype.value}>` : each.value
        }
        return `${term(subject as never)} ${term(predicate as never)} ${term(object)} .\n`
      })
      .join('')
    const [one, other] = [await canonical(graph), await canonical(nquads, 'application/n-quads')]
    assert.ok(String(one).split('\n').length > 40)
    assert.equal(one, other)
  })
}

test('a shape tells what is missing, and of which service', async () => {
  const { pack } = graphs[0]!
  const graph = catalogueGraph(pack, pack.list(services), address)
  const service = graph['@graph'].find((node) => node['@type'] === 'cpsv:PublicService')!
  delete service['dct:title']
  service['cv:contactPoint'] = { '@id': 'https://praya.example/nowhere' }
  assert.deepEqual((await reportOf(graph)).sort(), [
    `${service['@id']} http://data.europa.eu/m8g/contactPoint`,
    `${service['@id']} http://purl.org/dc/terms/title`,
  ])
})
