// What every address promises. That each declares its access, the application itself insists on.
import { test } from 'node:test'
import { allScopes } from '#platform'
import { modules } from '../../src/modules.ts'
import { type Route, readRoutes, type Shape } from './program.ts'
import { none } from './project.ts'

test('every address that the API document holds says what it does and what it answers', async () => {
  const routes = await readRoutes()
  const wrong = routes
    .filter(({ schema }) => !schema.hide)
    .flatMap(({ name, method, schema }) => {
      const found: string[] = []
      if (!schema.summary) found.push(`${name} has no schema.summary`)
      const answers = Object.keys(schema.response ?? {}).filter((status) => /^[23]/.test(status))
      // A file in a format of its own is described by the name of the format.
      if (answers.length === 0 && method === 'GET' && !schema.produces)
        found.push(`${name} has neither schema.response[200] nor schema.produces`)
      return found
    })
  none(wrong, 'A shape of the answer filters it and documents it; give the route one:')
})

test('everything that a request may hold has a limit', async () => {
  const routes = await readRoutes()
  const wrong = routes.flatMap(({ name, schema }) =>
    (['params', 'querystring', 'headers', 'body'] as const).flatMap((part) => {
      const shape = schema[part]
      return shape ? unlimited(shape, `${name} ${part}`) : []
    }),
  )
  none(wrong, 'Give texts maxLength, lists maxItems, and numbers a maximum:')
})

test('every place in an address has a shape', async () => {
  const routes = await readRoutes()
  const wrong = routes.flatMap(({ name, url, schema }) =>
    [...url.matchAll(/:(\w+)|\*/g)]
      .map(([whole, place]) => place ?? whole)
      .filter((place) => !Object.hasOwn((schema.params?.properties ?? {}) as object, place))
      .map((place) => `${name} ${place}`),
  )
  none(wrong, 'Declare it in schema.params:')
})

test('addresses are plain words in lower case, each person’s word for the thing', async () => {
  const routes = await readRoutes()
  const wrong = routes
    // GovStack’s own addresses are written as GovStack writes them.
    .filter(({ url }) => !url.startsWith('/govstack/'))
    .filter(({ url }) => !/^\/$|^(\/\.well-known)?(\/(:\w+(\.:\w+)?|\*|[a-z0-9]+([-.][a-z0-9]+)*))+$/.test(url))
    .map(({ name }) => name)
  none(wrong, 'Write addresses in lower case with hyphens:')
})

test('an act names its event: the module that it belongs to, and what was done', async () => {
  const routes = await readRoutes()
  const names = modules.map(({ name }) => name)
  const wrong = routes
    .flatMap(({ name, events }) => events.map((event) => ({ name, event })))
    .filter(({ event }) => event !== 'none')
    .filter(({ event }) => !/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/.test(event) || !names.includes(event.split('.')[0]!))
    .map(({ name, event }) => `${name} ${event}`)
  none(wrong, 'Call it <module>.<what-was-done>:')
  none(doubles(routes), 'Two routes of one address:')
})

test('every permission is asked for by a route, and only permissions that exist are given to a role', async () => {
  const routes = await readRoutes()
  const declared = new Set(modules.flatMap((module) => Object.keys(module.permissions ?? {})))
  const asked = new Set(routes.map(({ access }) => access))
  none(
    [...declared].filter((each) => !asked.has(each)),
    'No route asks for this permission; take it out:',
  )
  const given = modules.flatMap(({ roles = {} }) => Object.values(roles).flat())
  none(
    given.filter((each) => !declared.has(each)),
    'No module declares this permission of a role:',
  )
  none(
    [...declared].filter((each) => !given.includes(each)),
    'No role has this permission, so nobody could use it:',
  )
})

test('a token of a route’s scope can carry the permission that the route asks for', async () => {
  const routes = await readRoutes()
  const declared = new Set(modules.flatMap((module) => Object.keys(module.permissions ?? {})))
  const wrong = routes
    .flatMap(({ name, access, scopes }) => scopes.map((scope) => ({ name, access, scope })))
    .filter(({ access, scope }) => scope !== 'own' && declared.has(access))
    .filter(({ access, scope }) => !allScopes.get(scope)?.permissions?.includes(access))
    .map(({ name, access, scope }) => `${name} asks for ${access} of ${scope}`)
  none(wrong, 'No program could ever use it; name another scope:')
})

function doubles(all: readonly Route[]): string[] {
  const names = all.map(({ name }) => name)
  return names.filter((name, at) => names.indexOf(name) !== at)
}

/** Places of `shape` in which a request could put as much as it likes. */
function unlimited(shape: Shape, at: string): string[] {
  const each = (key: string) => Object.entries((shape[key] ?? {}) as Record<string, Shape>)
  const inside = [
    ...each('properties').flatMap(([name, part]) => unlimited(part, `${at}.${name}`)),
    ...['anyOf', 'oneOf', 'allOf'].flatMap((key) =>
      ((shape[key] ?? []) as Shape[]).flatMap((part) => unlimited(part, at)),
    ),
  ]
  const type = shape.type
  if (type === 'string') return isBounded(shape) ? inside : [at, ...inside]
  if (type === 'array') {
    const items = shape.items ? unlimited(shape.items as Shape, `${at}[]`) : []
    return shape.maxItems === undefined ? [at, ...items, ...inside] : [...items, ...inside]
  }
  if ((type === 'integer' || type === 'number') && shape.maximum === undefined && shape.enum === undefined)
    return [at, ...inside]
  return inside
}

/** A text with a limit, of a closed list, or of a pattern that cannot go on. */
function isBounded({ maxLength, enum: choices, const: constant, format, pattern }: Shape): boolean {
  if (maxLength !== undefined || choices !== undefined || constant !== undefined) return true
  if (format === 'uuid' || format === 'date') return true
  return typeof pattern === 'string' && /^\^.*\$$/.test(pattern) && !/[*+]|\{\d+,\}/.test(pattern.replace(/\\./g, ''))
}
