// The catalogue as linked data: what it says of a service, and that nothing it points at within itself is missing.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'

const { app, installation } = await start()
type Node = Record<string, unknown> & { '@id': string; '@type'?: string }

async function graphAt(url: string): Promise<Node[]> {
  const answer = await app.inject({ url })
  assert.match(String(answer.headers['content-type']), /^application\/ld\+json/)
  return answer.json()['@graph']
}

test('a service says its title in each language, its department, its fee and its documents', async () => {
  const nodes = await graphAt('/services/catalogue.jsonld')
  const id = `${installation.address}/services/tide-grant`
  const service = nodes.find((node) => node['@id'] === id)!
  assert.equal(service['@type'], 'cpsv:PublicService')
  assert.deepEqual(
    (service['dct:title'] as { '@language': string }[]).map((each) => each['@language']),
    ['zh-Hant', 'en', 'zh-Hans'],
  )
  assert.deepEqual(service['cv:hasCompetentAuthority'], {
    '@id': `${installation.address}/services/departments/tide-station`,
  })
  const cost = nodes.find((node) => node['@id'] === `${id}#cost`)!
  assert.deepEqual(cost['cv:hasValue'], { '@type': 'xsd:double', '@value': '0.0E0' })
  assert.deepEqual(service['cv:hasInputType'], [{ '@id': `${id}#evidence-1` }])
})

test('whatever a service has is described in the same graph, once', async () => {
  for (const url of ['/services/catalogue.jsonld', '/services/tide-grant/service.jsonld']) {
    const nodes = await graphAt(url)
    const ids = nodes.map((node) => node['@id'])
    assert.equal(new Set(ids).size, ids.length)
    const pointedAt = nodes.flatMap((node) =>
      Object.entries(node)
        .filter(([key]) => /^(cv:|dct:(spatial|language|type))/.test(key))
        .flatMap(([, value]) => [value].flat() as { '@id'?: string }[])
        .flatMap((value) => value?.['@id'] ?? []),
    )
    assert.ok(pointedAt.length > 5)
    for (const id of pointedAt) assert.ok(ids.includes(id), `${id} is not described in ${url}`)
  }
})

test('the same is there in Turtle, with the same services', async () => {
  for (const path of ['/services/catalogue', '/services/tide-grant/service']) {
    const answer = await app.inject({ url: `${path}.ttl` })
    assert.equal(answer.headers['content-type'], 'text/turtle; charset=utf-8')
    assert.match(
      answer.body,
      new RegExp(
        `<${installation.address}/services/tide-grant> dct:identifier "tide-grant"|<${installation.address}/services/tide-grant> a cpsv:PublicService`,
      ),
    )
  }
})

test('a service that is not there has no linked data', async () => {
  for (const end of ['jsonld', 'ttl'])
    assert.equal((await app.inject({ url: `/services/nothing/service.${end}` })).statusCode, 404)
})
