import type { Pack } from '#pack'
import { languages, say, type Text } from '#platform'
import type { Service } from '../definitions/service.ts'
import { nameOf } from './catalogue.ts'

/** Names of the vocabularies that CPSV-AP 3.2 takes its terms from. */
const context = {
  adms: 'http://www.w3.org/ns/adms#',
  cpsv: 'http://purl.org/vocab/cpsv#',
  cv: 'http://data.europa.eu/m8g/',
  dct: 'http://purl.org/dc/terms/',
  eli: 'http://data.europa.eu/eli/ontology#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
}

type Node = Record<string, unknown>

const languageAddress = 'http://publications.europa.eu/resource/authority/language/'

/**
 * The catalogue in the Core Public Service Vocabulary Application Profile (CPSV-AP) 3.2, as JSON-LD 1.1. `address` is that of
 * the installation, without a slash at the end: what a service is called there for ever.
 */
export function catalogueGraph(pack: Pack, services: readonly Service[], address: string): Node {
  const nodes = services.flatMap((service) => serviceNodes(pack, service, address))
  // An organisation or a moment of life that several services name is described once.
  const once = new Map(nodes.map((node) => [node['@id'], node]))
  return { '@context': context, '@graph': [...once.values()] }
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
  const links = (nodes: readonly Node[]) => nodes.map((node) => ({ '@id': node['@id'] }))
  return [
    {
      ...{ '@id': id, '@type': 'cpsv:PublicService', 'dct:identifier': service.id },
      ...{ 'dct:title': written(service.title), 'dct:description': written(service.about) },
      'dct:language': ['ENG', 'ZHO'].map((language) => ({ '@id': languageAddress + language })),
      'cv:keyword': (service.keywords ?? []).flatMap(written),
      'cv:hasCompetentAuthority': { '@id': organisation },
      'cv:isGroupedBy': service.lifeEvents.map((each) => ({ '@id': event(each) })),
      'cv:hasChannel': links(channels),
      'cv:hasCost': { '@id': `${id}#cost` },
      'cv:hasInputType': links(evidence),
      'cv:hasLegalResource': links(laws),
      'cv:hasContactPoint': { '@id': `${id}#contact` },
      'dct:relation': (service.related ?? []).map((each) => ({ '@id': `${address}/services/${each}` })),
    },
    {
      ...{ '@id': organisation, '@type': 'cv:PublicOrganisation', 'dct:identifier': service.organisation },
      'skos:prefLabel': written(nameOf(pack.organisations, service.organisation).name),
    },
    ...service.lifeEvents.map((each) => ({
      ...{ '@id': event(each), '@type': 'cv:LifeEvent', 'dct:identifier': each },
      'dct:title': written(nameOf(pack.lifeEvents, each).name),
    })),
    ...channels,
    {
      ...{ '@id': `${id}#cost`, '@type': 'cv:Cost', 'dct:identifier': `${service.id}/cost` },
      // Text, so that no reader makes a binary fraction of an amount of money.
      'cv:value': (service.fee.cents / 100).toFixed(2),
      ...(service.fee.text && { 'dct:description': written(service.fee.text) }),
    },
    ...evidence,
    ...laws,
    { '@id': `${id}#contact`, '@type': 'cv:ContactPoint', 'dct:description': written(service.contact) },
  ]
}

/** A text in each language; where nobody wrote it in simplified characters, as it is drafted for pages. */
const written = (text: Text) => languages.map((language) => ({ '@language': language, '@value': say(text, language) }))
