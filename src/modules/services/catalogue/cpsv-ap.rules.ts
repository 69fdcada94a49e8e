import type { Pack } from '#pack'
import { languages, say, type Text } from '#platform'
import type { Service } from '../definitions/service.ts'
import { nameOf } from './catalogue.ts'
import { words } from './words.ts'

/** Names of the vocabularies that CPSV-AP 3.2 takes its terms from. */
const context = {
  adms: 'http://www.w3.org/ns/adms#',
  cpsv: 'http://purl.org/vocab/cpsv#',
  cv: 'http://data.europa.eu/m8g/',
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  eli: 'http://data.europa.eu/eli/ontology#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
}

export type Node = Record<string, unknown>
export type Graph = { '@context': typeof context; '@graph': Node[] }

const authority = 'http://publications.europa.eu/resource/authority'
const taught = ['ENG', 'ZHO'].map((language) => `${authority}/language/${language}`)
/** The class of areas, by the address that the shapes of CPSV-AP 3.2 have for it. */
const areaClass = 'http://data.europa.eu/88u/dataset/atu-type'

/**
 * The catalogue in the Core Public Service Vocabulary Application Profile (CPSV-AP) 3.2, as JSON-LD 1.1. `address` is that of
 * the installation, without a slash at the end: what a service is called there for ever.
 */
export function catalogueGraph(pack: Pack, services: readonly Service[], address: string): Graph {
  const nodes = [
    ...services.flatMap((service) => serviceNodes(pack, service, address)),
    ...(services.length > 0 ? sharedNodes(pack, address) : []),
  ]
  // An organisation or a moment of life that several services name is described once.
  const once = new Map(nodes.map((node) => [node['@id'], node]))
  return { '@context': context, '@graph': [...once.values()] }
}

const areaOf = (address: string) => `${address}/services/departments#area`
const currencyOf = ({ government }: Pack) => `${authority}/currency/${government.currency.code}`

/** What all services point at. Each says what it is, as whoever reads the graph need not look it up elsewhere. */
function sharedNodes(pack: Pack, address: string): Node[] {
  return [
    ...taught.map((language) => ({ '@id': language, '@type': 'dct:LinguisticSystem' })),
    { '@id': currencyOf(pack), '@type': 'skos:Concept', 'skos:notation': pack.government.currency.code },
    { '@id': areaOf(address), '@type': areaClass, 'skos:prefLabel': written(pack.government.name) },
  ]
}

function serviceNodes(pack: Pack, service: Service, address: string): Node[] {
  const id = `${address}/services/${service.id}`
  const organisation = `${address}/services/departments/${service.organisation}`
  const event = (lifeEvent: string) => `${address}/services/when/${lifeEvent}`
  const channels = service.channels.map(({ kind, text }, at) => ({
    ...{ '@id': `${id}#channel-${at + 1}`, '@type': 'cv:Channel', 'dct:identifier': `${service.id}/channel-${at + 1}` },
    'dct:type': { '@id': `${address}/services#channel-${kind}` },
    ...(text && { 'dct:description': written(text) }),
  }))
  const evidence = service.evidence.map(({ title, text }, at) => ({
    ...{ '@id': `${id}#evidence-${at + 1}`, '@type': 'cv:EvidenceType' },
    ...{ 'dct:identifier': `${service.id}/evidence-${at + 1}`, 'dct:title': written(title) },
    ...(text && { 'dct:description': written(text) }),
  }))
  const laws = service.legalBasis.map(({ title, url }, at) => ({
    ...{ '@id': `${id}#law-${at + 1}`, '@type': 'eli:LegalResource', 'dct:title': written(title) },
    ...(url && { 'rdfs:seeAlso': { '@id': url } }),
  }))
  const types = service.channels.map(({ kind }) => ({
    ...{ '@id': `${address}/services#channel-${kind}`, '@type': 'skos:Concept' },
    'skos:prefLabel': written(words[kind]),
  }))
  const links = (nodes: readonly Node[]) => nodes.map((node) => ({ '@id': node['@id'] }))
  return [
    {
      ...{ '@id': id, '@type': 'cpsv:PublicService', 'dct:identifier': service.id },
      ...{ 'dct:title': written(service.title), 'dct:description': written(service.about) },
      'dct:language': taught.map((language) => ({ '@id': language })),
      'dcat:keyword': (service.keywords ?? []).flatMap(written),
      'cv:hasCompetentAuthority': { '@id': organisation },
      'cv:isGroupedBy': service.lifeEvents.map((each) => ({ '@id': event(each) })),
      'cv:hasChannel': links(channels),
      'cv:hasCost': { '@id': `${id}#cost` },
      'cv:hasInputType': links(evidence),
      'cv:hasLegalResource': links(laws),
      'cv:contactPoint': { '@id': `${id}#contact` },
      'cv:relatedService': (service.related ?? []).map((each) => ({ '@id': `${address}/services/${each}` })),
    },
    {
      ...{ '@id': organisation, '@type': 'cv:PublicOrganisation', 'dct:identifier': service.organisation },
      'skos:prefLabel': written(nameOf(pack.organisations, service.organisation).name),
      'dct:spatial': { '@id': areaOf(address) },
    },
    ...service.lifeEvents.map((each) => ({
      ...{ '@id': event(each), '@type': ['cv:LifeEvent', 'cv:Event'], 'dct:identifier': each },
      'dct:title': written(nameOf(pack.lifeEvents, each).name),
    })),
    ...channels,
    ...types,
    {
      ...{ '@id': `${id}#cost`, '@type': 'cv:Cost', 'dct:identifier': `${service.id}/cost` },
      'cv:hasValue': { '@type': 'xsd:double', '@value': doubleOf(service.fee.cents / 100) },
      'cv:currency': { '@id': currencyOf(pack) },
      ...(service.fee.text && { 'dct:description': written(service.fee.text) }),
    },
    ...evidence,
    ...laws,
    { '@id': `${id}#contact`, '@type': 'cv:ContactPoint', 'dct:description': written(service.contact) },
  ]
}

/** A number as XML Schema 1.1 writes a double in its canonical form (part 2, §3.3.5): 420 is 4.2E2. */
function doubleOf(value: number): string {
  const [mantissa = '', exponent] = value.toExponential().split('e')
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`
}

/** A text in each language; where nobody wrote it in simplified characters, as it is drafted for pages. */
const written = (text: Text) => languages.map((language) => ({ '@language': language, '@value': say(text, language) }))
