// Versions of services: named by their content, published once, never changed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { start } from '#test'
import { services } from '../definitions/service.ts'
import { announcePack, publishPack } from './pack.ts'
import { findCurrentDefinition, listPublications } from './versions.sql.ts'
import { getVersion, hashOf, openCatalogue, publish, ServiceRefused } from './versions.ts'

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
  // One language changed and the other did not: only the version that counts shows it.
  const stale = async () => {
    const { contact, ...rest } = (await findCurrentDefinition(sql, 'tide-grant'))!
    return { ...rest, contact: { ...contact!, en: 'On the pier' } }
  }
  const byOfficer = await stale()
  const publishing = sql.begin((transaction) =>
    publish(transaction, { definition: byOfficer, now: new Date(), by: 'ben-ledger' }),
  )
  await assert.rejects(publishing, (error) => error instanceof ServiceRefused && error.complaints.length === 1)
  // What counts is the pack’s, so that its next version is not left to officers.
  await sql.begin((transaction) => publish(transaction, { definition, now: new Date(), by: null }))
  const before = await listPublications(sql, 'tide-grant')
  const ofPack = await stale()
  const pack = { ...installation.pack, list: (of: unknown) => (of === services ? [ofPack] : []) }
  const other = { ...installation, pack: pack as unknown as typeof installation.pack }
  await publishPack(other)
  assert.deepEqual(await listPublications(sql, 'tide-grant'), before)
  const [line, ...rest] = await announcePack(other, 'en')
  assert.match(line!, /^The service tide-grant of the pack is not published, .+ The other language changed/)
  assert.deepEqual(rest, [])
  assert.deepEqual(await announcePack(installation, 'en'), [])

  // Once somebody has confirmed that it still says the same, it counts.
  const [hash] = /[0-9a-f]{8}/.exec(line!)!
  const confirmed = { ...ofPack, confirmed: [hash] }
  await sql.begin((transaction) => publish(transaction, { definition: confirmed, now: new Date(), by: 'ben-ledger' }))
  assert.equal((await listPublications(sql, 'tide-grant')).length, before.length + 1)
})

test('whoever has just published sees that version, also where a look at the one before has begun', async () => {
  // Each question is asked at once, and its answer comes when the test lets it.
  let isSlow = false
  const waiting: PromiseWithResolvers<void>[] = []
  const slow = (async (...asked: Parameters<typeof sql>) => {
    const answer = await sql(...asked)
    if (!isSlow) return answer
    const gate = Promise.withResolvers<void>()
    waiting.push(gate)
    await gate.promise
    return answer
  }) as unknown as typeof sql
  const untilAsked = async (count: number) => {
    for (let tries = 0; waiting.length < count; tries += 1) {
      assert.ok(tries < 5000, `${waiting.length} questions of ${count}`)
      await pause(1)
    }
  }
  const other = openCatalogue({ sql: slow })
  const older = await other.get('tide-grant')
  other.forget()
  isSlow = true
  const before = other.get('tide-grant')
  await untilAsked(1)
  const newer = { ...definition, contact: { en: 'At the ferry', 'zh-Hant': '渡輪' } }
  const { hash } = await sql.begin((transaction) =>
    publish(transaction, { definition: newer, now: new Date(), by: 'ben-ledger' }),
  )
  other.forget()
  const after = other.get('tide-grant')
  await untilAsked(2)
  waiting[0]!.resolve()
  assert.equal((await before).hash, older.hash)
  waiting[1]!.resolve()
  await untilAsked(3)
  waiting[2]!.resolve()
  assert.equal((await after).hash, hash)
  isSlow = false
  assert.equal((await other.get('tide-grant')).hash, hash)
})
