import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { html, startProving } from '../../../../test/proving.ts'
import postgres from '../../../platform/driver.ts'
import { listAlerts } from '../testing/alerts.sql.ts'
import { warnOfEndingProofs } from './jobs.ts'
import { insertProof } from './proofs.sql.ts'

const { app, sql, installation, urls, newcomer, get, levelOf } = await startProving()
const owner = postgres(urls.owner, { max: 1, onnotice: () => {} })
after(() => owner.end())

test('a proof that ended or was withdrawn counts no more at the next request, and is told of before it ends', async () => {
  const who = await newcomer()
  await insertProof(sql, { personId: who.id, level: 3, method: 'counter', months: 12 })
  assert.equal(await levelOf(who), 3)
  await owner`update identity.proof set expires_at = now() + interval '5 days' where person_id = ${who.id}`
  await warnOfEndingProofs(installation)
  await warnOfEndingProofs(installation)
  const warned =
    await sql`select 1 from platform.audit_event where event = 'identity.proof-ending' and subject = ${`person/${who.id}`}`
  assert.equal(warned.length, 1)
  assert.deepEqual(await listAlerts(sql, who.id), ['level-ending'])
  assert.equal((await get('/account/level', who)).json().endsSoon, true)
  await owner`
    update identity.proof
    set proven_at = now() - interval '2 days', expires_at = now() - interval '1 second'
    where person_id = ${who.id}`
  assert.equal(await levelOf(who), 1)
  const [proof] = (await get('/account/level', who)).json().proofs
  assert.equal(proof.state, 'ended')
})

for (const [level, first, second] of [
  [1, /^Reach level 2 here/, /^Reach level 3 with a code/],
  [2, /^Reach level 3 with a code/, /^You have reached this level/],
  [3, /^You have reached this level/, /^You have reached this level/],
] as const)
  test(`at level ${level} the page offers first what leads higher, and says what was reached`, async () => {
    const who = await newcomer(3)
    if (level !== 1) await insertProof(sql, { personId: who.id, level, method: 'counter', months: 12 })
    const page = await app.inject({ url: '/eng/account/level', headers: { ...html, ...who.headers } })
    const lines = [...page.body.matchAll(/<li><a href="\/eng\/account\/level\/[^<]*<\/a><span>([^<]*)/g)].map(
      (each) => each[1]!,
    )
    assert.match(lines[0]!, first)
    assert.match(lines[1]!, second)
  })

test('a session that can carry less than was proven says so', async () => {
  const who = await newcomer(1)
  await insertProof(sql, { personId: who.id, level: 2, method: 'register', months: 12 })
  const page = await app.inject({ url: '/eng/account/level', headers: { ...html, ...who.headers } })
  assert.match(page.body, /carries level 1 at most/)
})

test('this page and signing in lead to the same places and refuse the same', async () => {
  const who = await newcomer()
  const nexts = [
    '/',
    '/a?b=%E6%B5%B7',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/\t/x',
    '/海',
    '',
    `/${'a'.repeat(5000)}`,
  ]
  for (const next of nexts) {
    const query = `?next=${encodeURIComponent(next)}`
    const [here, there] = [await get(`/account/level${query}`, who), await get(`/sign-in${query}`, who)]
    assert.equal(here.statusCode, there.statusCode, JSON.stringify(next))
  }
})
