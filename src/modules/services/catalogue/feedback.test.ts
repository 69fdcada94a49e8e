// What people say of a service and what they did not find: counted without who they are.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { deleteOldFeedback } from './misses.ts'

let day = '2026-11-28'
const started = await start({ now: () => new Date(`${day}T04:00:00Z`) })
const { app, sql, installation } = started
const path = '/services/tide-grant/feedback'
const editor = (organisation: string) =>
  started.asPerson({ id: `editor-of-${organisation}`, organisation, permissions: ['services:see-statistics'] })

const say = (payload: object, accept = 'application/json') =>
  app.inject({ method: 'POST', url: path, headers: { accept }, payload: { place: 'page', ...payload } })
const office = async (organisation = 'tide-station') =>
  (await app.inject({ url: '/office/services/feedback.json', headers: editor(organisation) })).json()

test('an answer counts once for its form, with what was written, and without who wrote it', async () => {
  const page = await app.inject({ url: `/eng${path}?place=page&useful=no`, headers: { accept: 'text/html' } })
  const token = /name="token" value="([0-9a-f-]{36})"/.exec(page.body)![1]
  for (const _ of [1, 2]) assert.equal((await say({ token, useful: 'no', comment: 'Too <long>' })).statusCode, 200)
  assert.equal((await say({ token: crypto.randomUUID(), useful: 'yes' })).statusCode, 200)
  const { services, comments } = await office()
  assert.deepEqual(
    services.map(({ id, useful, given }: { id: string; useful: number; given: number }) => [id, useful, given]),
    [['tide-grant', 1, 2]],
  )
  assert.deepEqual(
    comments.map(({ comment }: { comment: string }) => comment),
    ['Too <long>'],
  )
  const columns = await sql<{ name: string }[]>`
    select column_name as name from information_schema.columns
    where table_schema = 'services' and table_name = 'feedback' order by name`
  assert.deepEqual(
    columns.map(({ name }) => name),
    ['comment', 'given_on', 'place', 'service', 'token', 'useful'],
  )
  assert.equal((await app.figures.find('services.useful-percent'))?.value, 0.5)
})

test('a form without an answer comes back with what was written', async () => {
  const again = await say({ token: crypto.randomUUID(), comment: 'Nothing chosen' }, 'text/html')
  assert.equal(again.statusCode, 422)
  assert.match(again.body, /Nothing chosen/)
  const long = await say({ token: crypto.randomUUID(), useful: 'yes', comment: 'x'.repeat(1001) }, 'text/html')
  assert.equal(long.statusCode, 422)
})

test('officers read what was said of the services of their own organisation alone', async () => {
  const { services, comments } = await office('counting-house')
  assert.deepEqual([services, comments], [[], []])
  const stranger = started.asPerson({ id: 'ada-quay' })
  assert.equal((await app.inject({ url: '/office/services/feedback.json', headers: stranger })).statusCode, 403)
})

test('a search that finds nothing is told once it was made three times, and never what looks like a number or an address', async () => {
  const look = (text: string) =>
    app.inject({ url: `/eng/search?q=${encodeURIComponent(text)}`, headers: { accept: 'text/html' } })
  const searches = async () =>
    (await app.inject({ url: '/office/services/searches.json', headers: editor('tide-station') })).json().misses
  for (const text of ['Zeppelin mooring', 'zeppelin  mooring', 'ada@example.org', 'A123456(3)']) await look(text)
  assert.deepEqual(await searches(), [])
  await look('ZEPPELIN MOORING')
  assert.deepEqual(
    (await searches()).map(({ asked, times }: { asked: string; times: number }) => [asked, times]),
    [['zeppelin mooring', 3]],
  )
  const [kept] = await sql`select count(*)::int as n from services.search_miss`
  assert.equal(kept!.n, 1)
  // What is no longer told is no longer kept.
  day = '2027-03-28'
  await deleteOldFeedback(installation)
  const [left] = await sql`select count(*)::int as n from services.search_miss`
  assert.equal(left!.n, 0)
})
