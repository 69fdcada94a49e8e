// What organisations may write in a day, through HTTP: that it is held to, by two processes as well, and told plainly.
import assert from 'node:assert/strict'
import { createHmac, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import { issueApiKey } from '../programs/api-keys.ts'
import { secondsToNextDay } from './admit.ts'
import { insertQuota } from './quotas.sql.ts'

let day = 0
const now = () => new Date(Date.now() + day * 86_400_000)
const first = await start({ now })
const second = await start({ beside: first, now })
// The rules of registers wait for their places, too; here stands only what these tests enter.
await first.sql`delete from ledger.pending`
const { app, sql } = first

const anEntry = () => ({
  kind: 'document-notarised',
  commitment: createHmac('sha256', randomBytes(32)).update('content').digest('hex'),
})
const { text } = await issueApiKey(sql, {
  ...{ organisation: 'tide-station', name: 'Test', scopes: ['append'], createdBy: 'test', days: 30 },
})
const write = (count: number, where = app, more = {}, entries = Array.from({ length: count }, anEntry)) =>
  where.inject({
    ...{ method: 'POST', url: '/ledger/logs/harbour/entries', payload: { entries } },
    headers: { authorization: `Bearer ${text}`, ...more },
  })
const setQuota = (entries: number, octets = 1_000_000_000) =>
  insertQuota(sql, { organisation: 'tide-station', entries, octets, by: 'test', at: now() })
const written = async () => {
  const [row] = await sql<{ entries: number }[]>`
    select coalesce(sum(width), 0)::int as entries from ledger.pending
    where log = (select id from ledger.log where name = 'harbour')`
  return row!.entries
}

test('a day has its end', () => {
  assert.equal(secondsToNextDay(new Date('2026-11-27T23:59:59.500Z')), 1)
  assert.equal(secondsToNextDay(new Date('2026-11-27T00:00:00Z')), 86_400)
})

test('what is more than the quota is refused whole and told until when; of many at once no more are kept than may be', async () => {
  await setQuota(100)
  const answers = await Promise.all(Array.from({ length: 40 }, () => write(4)))
  const kept = answers.filter(({ statusCode }) => statusCode === 202).length
  assert.deepEqual([kept, await written()], [25, 100])
  const refused = answers.find(({ statusCode }) => statusCode !== 202)!
  assert.deepEqual([refused.statusCode, refused.json().type], [429, '/problems/ledger.quota-reached'])
  const seconds = Number(refused.headers['retry-after'])
  assert.ok(seconds > 0 && seconds <= 86_400)
  const refusals = await sql`select organisation from ledger.quota_refusal`
  assert.deepEqual([...refusals], [{ organisation: 'tide-station' }])
})

test('a process that begins later, or on the next day, counts what stands in the database', async () => {
  assert.equal((await write(1, second.app)).statusCode, 429)
  day += 1
  for (const where of [app, second.app]) assert.equal((await write(1, where)).statusCode, 202)
})

test('a request that was kept is answered the same again after the quota is reached', async () => {
  day += 1
  await setQuota(2)
  const entries = [anEntry(), anEntry()]
  const headers = { 'idempotency-key': 'once' }
  const before = await write(0, app, headers, entries)
  assert.equal(before.statusCode, 202)
  assert.equal((await write(1)).statusCode, 429)
  const again = await write(0, app, headers, entries)
  assert.deepEqual([again.statusCode, again.body], [202, before.body])
  assert.equal((await write(1, app, { 'idempotency-key': 'another' })).statusCode, 429)
})

test('octets count as well as entries', async () => {
  day += 1
  await setQuota(1000, 300)
  assert.equal((await write(1)).statusCode, 202)
  assert.equal((await write(2)).statusCode, 429)
})

test('two processes together go beyond the quota by what one lets through in a second at most, and then stop', async () => {
  day += 1
  await setQuota(50)
  const both = async () => (await Promise.all([write(1), write(1, second.app)])).map(({ statusCode }) => statusCode)
  // However slow the machine is: each stops by itself.
  for (const until = performance.now() + 60_000; (await both()).join() !== '429,429'; )
    assert.ok(performance.now() < until, 'they never stop')
  assert.deepEqual(await both(), [429, 429])
  const [row] = await sql<{ entries: number }[]>`
    select sum(entries)::int as entries from ledger.usage where counted_on = ${now().toISOString().slice(0, 10)}`
  assert.ok(row!.entries >= 50 && row!.entries <= 100, `${row!.entries}`)
})
