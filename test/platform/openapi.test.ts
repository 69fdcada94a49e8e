import assert from 'node:assert/strict'
import { test } from 'node:test'
import ValidatorsOf from '@fastify/ajv-compiler'
import SerializersOf from '@fastify/fast-json-stringify-compiler'
import { start } from '#test'
import { modules } from '../../src/modules.ts'

const { app } = await start()

type Parameter = { name: string; in: string; required?: boolean; schema?: object }
type Operation = {
  summary?: string
  tags?: string[]
  parameters?: Parameter[]
  responses: Record<string, { description?: string; content?: Record<string, { schema?: object }> }>
}
const response = await app.inject('/developers/openapi.json')
const document = response.json() as {
  openapi: string
  info: { title: string; version: string }
  tags: { name: string }[]
  paths: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, object> }
}
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    path,
    method,
    operation,
    name: `${method.toUpperCase()} ${path}`,
  })),
)

test('the document is OpenAPI 3.1 with a name and a version', () => {
  assert.equal(document.openapi, '3.1.0')
  assert.ok(document.info.title && document.info.version)
  assert.deepEqual(
    document.tags.map(({ name }) => name),
    ['platform', ...modules.map(({ name }) => name)],
  )
})

test('every public route that answers with data is in it, and nothing else', () => {
  const registered = app.routeTable
    .filter(({ method, schema }) => method !== 'HEAD' && !(schema as { hide?: boolean } | undefined)?.hide)
    .map(({ method, url }) => `${method} ${url.replaceAll(/:(\w+)/g, '{$1}').replace('*', '{*}')}`)
  assert.deepEqual(operations.map(({ name }) => name).sort(), registered.sort())
  assert.ok(registered.length > 5)
})

test('what writes the answers of a route, which is made when it is first asked for, can be made for every route', () => {
  const make = SerializersOf()({})
  let made = 0
  for (const { method, url, schema } of app.routeTable)
    for (const [httpStatus, of] of Object.entries((schema?.response ?? {}) as Record<string, object>)) {
      assert.doesNotThrow(() => make({ method: String(method), url, httpStatus, schema: of }), `${method} ${url}`)
      made++
    }
  assert.ok(made > 50, `${made}`)
})

test('what checks the parts of a request, which is made with the first one, can be made for every route', () => {
  const make = ValidatorsOf()({}, { customOptions: {} }) as never as (route: { schema: object }) => unknown
  let made = 0
  for (const { method, url, schema = {} } of app.routeTable)
    for (const part of ['body', 'querystring', 'params', 'headers'] as const) {
      const of = schema[part] as { properties?: object } | undefined
      if (!of) continue
      assert.doesNotThrow(() => make({ schema: of }), `${method} ${url} ${part}`)
      // Names of headers come in lower case.
      if (part === 'headers') for (const name of Object.keys(of.properties!)) assert.equal(name, name.toLowerCase())
      made++
    }
  assert.ok(made > 200, `${made}`)
})

test('every operation says what it does, belongs to a module, and describes its answer', () => {
  for (const { name, operation } of operations) {
    assert.ok((operation.summary ?? '').length > 5, `${name} has no summary`)
    assert.equal(operation.tags?.length, 1, `${name} belongs to no module`)
    assert.ok(
      document.tags.some((tag) => tag.name === operation.tags![0]),
      name,
    )
    const good = Object.entries(operation.responses).filter(([status]) => /^[23]/.test(status))
    assert.ok(good.length > 0, `${name} describes no good answer`)
    for (const [, { description }] of good) assert.equal(typeof description, 'string', name)
  }
})

test('every place in an address is a required parameter, and every parameter has a shape', () => {
  for (const { name, path, operation } of operations) {
    const places = [...path.matchAll(/\{([^}]+)\}/g)].map(([, place]) => place!)
    const inPath = (operation.parameters ?? []).filter((each) => each.in === 'path')
    assert.deepEqual(inPath.map((each) => each.name).sort(), places.sort(), name)
    for (const each of operation.parameters ?? []) {
      assert.ok(each.schema && Object.keys(each.schema).length > 0, `${name} ${each.name}`)
      if (each.in === 'path') assert.equal(each.required, true, `${name} ${each.name}`)
    }
  }
})

test('every reference inside the document leads somewhere', () => {
  for (const [, pointer] of response.body.matchAll(/"\$ref":"([^"]+)"/g)) {
    const found = pointer!
      .replace(/^#\//, '')
      .split('/')
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document)
    assert.ok(found, pointer)
  }
})

test('people can read it as a page in every language', async () => {
  for (const prefix of ['eng', 'han', 'jian']) {
    const page = await app.inject({ url: `/${prefix}/developers`, headers: { accept: 'text/html' } })
    assert.equal(page.statusCode, 200)
    const text = page.body.replaceAll('<wbr/>', '')
    for (const { name } of operations) assert.ok(text.includes(`<code>${name}</code>`), name)
  }
})
