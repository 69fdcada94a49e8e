// Versions of services: named by their content, published once, never changed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { services } from '../definitions/service.ts'
import { listPublications } from './versions.sql.ts'
import { announceRefused, getVersion, hashOf, openCatalogue, publish, publishPack, ServiceRefused } from './versions.ts'

const { sql, installation, urls } = await start()
const definition = installation.pack.get(services, 'tide-grant')

test('what the pack holds is published at the start, once, whoever starts', async () => {
  await Promise.all([publishPack(installation), publishPack(installation)])
  const beside = await start({ beside: { urls } })
  await publishPack(beside.installation)
  const published = await listPublications(sql, 'tide-grant')
  assert.deepEqual(
    published.map(({ number, hash, publishedBy }) => ({ number, hash, publishedBy })),
    [{ number: 1, hash: hashOf(definition), publishedBy: null }],
  )
})

test('content has one address, in whatever order its fields stand', () => {
  const turned = Object.fromEntries(Object.entries(definition).reverse()) as typeof definition
  assert.equal(hashOf(turned), hashOf(definition))
  assert.notEqual(hashOf({ ...definition, contact: { en: 'x', 'zh-Hant': 'x' } }), hashOf(definition))
})

test('a newer version counts, is seen by other processes, and is not undone by the pack', async () => {
  const other = openCatalogue({ sql })
  assert.equal((await other.get('tide-grant')).number, 1)
  const newer = { ...definition, contact: { en: 'At the pier', 'zh-Hant': '碼頭' } }
  const { number, hash } = await sql.begin((transaction) =>
    publish(transaction, { definition: newer, now: new Date(), by: 'ben-ledger' }),
  )
  assert.equal(number, 2)
  await publishPack(installation)
  other.forget()
  const current = await other.get('tide-grant')
  assert.deepEqual({ number: current.number, hash: current.hash }, { number: 2, hash })
  assert.deepEqual(current.compiled.service.contact, newer.contact)
  // Whoever began by the older one goes on by it.
  assert.deepEqual((await getVersion(sql, hashOf(definition))).service.contact, definition.contact)
})

test('a published version cannot be changed, not even by the program', async () => {
  for (const statement of [
    sql`update services.version set service = 'other'`,
    sql`delete from services.version`,
    sql`update services.publication set number = 9`,
  ])
    await assert.rejects(statement, { code: '42501' })
})

test('what the check refuses is not published: by an officer it is told, and at the start the older version goes on', async () => {
  const before = await listPublications(sql, 'tide-grant')
  // One language changed and the other did not: only the version that counts shows it.
  const stale = { ...definition, contact: { en: 'On the pier', 'zh-Hant': '碼頭' } }
  const publishing = sql.begin((transaction) =>
    publish(transaction, { definition: stale, now: new Date(), by: 'ben-ledger' }),
  )
  await assert.rejects(publishing, (error) => error instanceof ServiceRefused && error.complaints.length === 1)
  const pack = { ...installation.pack, list: (of: unknown) => (of === services ? [stale] : []) }
  const other = { ...installation, pack: pack as unknown as typeof installation.pack }
  await publishPack(other)
  assert.deepEqual(await listPublications(sql, 'tide-grant'), before)
  const [line, ...rest] = await announceRefused(other, 'en')
  assert.match(line!, /^The service tide-grant of the pack is not published, .+ The other language changed/)
  assert.deepEqual(rest, [])
  assert.deepEqual(await announceRefused(installation, 'en'), [])

  // Once somebody has confirmed that it still says the same, it counts.
  const [hash] = /[0-9a-f]{8}/.exec(line!)!
  const confirmed = { ...stale, confirmed: [hash] }
  await sql.begin((transaction) => publish(transaction, { definition: confirmed, now: new Date(), by: 'ben-ledger' }))
  assert.equal((await listPublications(sql, 'tide-grant')).length, before.length + 1)
})
