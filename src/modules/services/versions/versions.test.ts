// Versions of services: named by their content, published once, never changed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { services } from '../definitions/service.ts'
import { listPublications } from './versions.sql.ts'
import { getVersion, hashOf, openCatalogue, publish, publishPack } from './versions.ts'

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
