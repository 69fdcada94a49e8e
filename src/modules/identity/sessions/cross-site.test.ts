// Every address that changes something, found from the routes, so that a new one cannot be forgotten.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { cookieOf, start } from '#test'
import identity from '../module.ts'
import { insertPerson } from '../people/people.sql.ts'
import { insertSession } from './sessions.sql.ts'

const first = await start({ modules: [identity] })
const { app, sql } = first

const safe = ['GET', 'HEAD', 'OPTIONS']
const unsafe = app.routeTable
  .flatMap(({ method, url, config }) => [method].flat().map((each) => ({ method: each as 'POST', url, config })))
  .filter(({ method }) => !safe.includes(method))
const guarded = unsafe.filter(({ config }) => !config?.anySite)
const personal = guarded.filter(({ config }) => config?.access !== 'public')

/** An address of the route; what stands in its places is looked at only by whoever got past the guard. */
const addressOf = (url: string) => url.replace(/:[a-z]+/gi, () => randomUUID())
const routeName = ({ method, url }: { method: string; url: string }) => `${method} ${url}`

const traces = async () => {
  const [row] = await sql<[{ acts: number; sessions: number; messages: number }]>`
    select (select count(*) from platform.audit_event)::int as acts,
      (select count(*) from identity.session)::int as sessions,
      (select count(*) from identity.message)::int as messages`
  return { ...row }
}

/** Somebody of the tables, with a session of their own. */
async function somebody() {
  const id = `somebody-${randomUUID()}`
  await insertPerson(sql, id, { en: 'Somebody', 'zh-Hant': '某人' })
  return insertSession(sql, { personId: id, levelMax: 3, methods: ['test'] })
}

test('the routes that any site may post to are protocols, and none of them is of a signed-in person', () => {
  const open = unsafe.filter(({ config }) => config?.anySite)
  assert.deepEqual(
    open.filter(({ config }) => config?.access !== 'public').map(routeName),
    [],
    'what another site may send is nobody’s',
  )
  for (const { url } of open) assert.doesNotMatch(url, /^\/(account|sign|sign-in|sign-out|office)(\/|$)/)
  for (const prefix of ['/account/', '/sign-in', '/sign/', '/office/'])
    assert.ok(
      guarded.some(({ url }) => url.startsWith(prefix)),
      `${prefix} was found`,
    )
  assert.ok(personal.length > 40, `${personal.length} routes of people were found`)
})

// biome-ignore format: matrix
const foreign: [string, Record<string, string>][] = [
  ['another site',                   { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
  ['a neighbour on the same domain', { origin: 'http://other.localhost:8080', 'sec-fetch-site': 'same-site' }],
  ['another site, by Origin alone',  { origin: 'https://evil.example' }],
  ['a frame without an origin',      { origin: 'null' }],
  ['a look-alike',                   { origin: 'http://localhost:80.evil.example' }],
]
for (const [what, headers] of foreign)
  test(`nothing that changes anything is done for ${what}, whoever is signed in`, async () => {
    const everything = await first.as(...Object.keys(identity.permissions ?? {}))
    const real = cookieOf(await somebody())
    const before = await traces()
    for (const route of guarded)
      for (const who of [everything, real]) {
        const response = await app.inject({
          method: route.method,
          url: addressOf(route.url),
          headers: { ...who, ...headers },
          payload: {},
        })
        assert.equal(response.statusCode, 403, routeName(route))
        assert.equal(response.json().type, '/problems/platform.cross-site', routeName(route))
        assert.deepEqual(response.cookies, [], routeName(route))
      }
    assert.deepEqual(await traces(), before)
  })

test('nothing of a person is done without their session, nor with one that ended or that somebody made', async () => {
  const ended = await somebody()
  await sql`update identity.session set expires_at = now() - interval '1 second'`
  // biome-ignore format: matrix
  const nobodies: [string, Record<string, string>][] = [
    ['no cookie',               {}],
    ['an empty cookie',         { cookie: 'praya_session=' }],
    ['a cookie of nobody',      cookieOf(randomUUID())],
    ['a cookie without a sign', { cookie: `praya_session=${await somebody()}` }],
    ['a sign of another',       cookieOf(await somebody(), 'x'.repeat(64))],
    ['a session that ended',    cookieOf(ended)],
  ]
  const before = await traces()
  for (const [what, headers] of nobodies)
    for (const route of personal) {
      const request = { method: route.method, url: addressOf(route.url), payload: {} }
      const response = await app.inject({ ...request, headers })
      assert.equal(response.statusCode, 401, `${what}: ${routeName(route)}`)
      assert.equal(response.json().type, '/problems/platform.not-signed-in', `${what}: ${routeName(route)}`)
    }
  assert.deepEqual(await traces(), before)
})

test('what needs a permission is done for nobody who lacks it', async () => {
  const nobody = cookieOf(await somebody())
  const before = await traces()
  const official = personal.filter(({ config }) => config?.access !== 'signed-in')
  assert.ok(official.length > 10)
  for (const route of official) {
    const response = await app.inject({ method: route.method, url: addressOf(route.url), headers: nobody, payload: {} })
    assert.equal(response.json().type, '/problems/platform.not-allowed', routeName(route))
  }
  assert.deepEqual(await traces(), before)
})
