// What a person takes away of a line of the audit trail, and who may.
import assert from 'node:assert/strict'
import { createHmac, randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { pino } from 'pino'
import { start } from '#test'
import postgres from '../../../platform/driver.ts'
import { parseEnvelope } from '../entries/envelope.rules.ts'
import { findLog, listLogKeys } from '../log/logs.sql.ts'
import { openSequencer } from '../log/sequencer.ts'
import { parseVerifierKey } from '../notes/keys.rules.ts'
import { policyOfKey } from '../notes/policy.rules.ts'
import { parseExtra } from '../proofs/extra.rules.ts'
import { parseProof, verifyProof } from '../proofs/proof.rules.ts'
import { hashLeaf } from '../tree/tree.rules.ts'
import { feedTrail } from './feed.ts'
import { trailLog } from './trail.rules.ts'

const { app, sql, urls, installation, asPerson } = await start()
const owner = postgres(urls.owner, { max: 1, onnotice: () => {} })
after(() => owner.end())

/** A line that somebody caused, in whose name it was; in the log unless told otherwise. */
async function aLine({ actor = randomUUID() as string, onBehalfOf = null as string | null, logged = true } = {}) {
  const [row] = await sql<[{ id: number }]>`
    with event as (
      insert into platform.audit_event (event, actor, on_behalf_of, subject, detail)
      values ('identity.signed-in', ${actor}, ${onBehalfOf}, 'account', '{"n": 1}')
      returning id
    ), waiting as (
      insert into platform.audit_waiting (event_id)
      select id
      from event
    )
    select id
    from event`
  if (logged) {
    while ((await feedTrail(installation)) > 0);
    await openSequencer(installation, pino({ level: 'silent' })).tick()
  }
  return { id: row.id, actor }
}
const get = (url: string, headers = {}) => app.inject({ url, headers })

test('a person takes a line of theirs and its proof away, and both hold without this site', async () => {
  const { id, actor } = await aLine()
  const me = asPerson({ id: actor })
  const { mine, index, sentence } = (await get(`/ledger/acts/${id}`, me)).json()
  assert.deepEqual([mine, typeof index, sentence.en], [true, 'number', 'You signed in'])
  const content = await get(`/ledger/acts/${id}/content`, me)
  assert.deepEqual(JSON.parse(content.body).slice(0, 1), [id])
  assert.match(String(content.headers['content-disposition']), new RegExp(`act-${id}\\.json`))
  const proof = parseProof((await get(`/ledger/acts/${id}/proof`, me)).rawPayload)
  const { entry, salt } = parseExtra(proof.extra!)!
  const keys = await listLogKeys(sql, (await findLog(sql, trailLog))!.id)
  for (const { vkey } of keys) verifyProof(proof, hashLeaf(entry!), policyOfKey(parseVerifierKey(vkey)))
  const commitment = createHmac('sha256', salt!).update(content.rawPayload).digest('hex')
  assert.equal(parseEnvelope(entry!)!.commitment, commitment)
})

test('a line is there for who did it, in whose name it was done, and who audits, and for nobody else', async () => {
  const principal = randomUUID()
  const { id, actor } = await aLine({ onBehalfOf: principal })
  // biome-ignore format: a table
  const cases: [headers: Record<string, string>, status: number][] = [
    [asPerson({ id: actor }),                                                     200],
    [asPerson({ id: principal }),                                                 200],
    [asPerson({ id: randomUUID(), permissions: ['ledger:prove-act'] }),           200],
    [asPerson({ id: randomUUID() }),                                              404],
    [asPerson({ id: randomUUID(), permissions: ['identity:grant-role'] }),        404],
    [{},                                                                          401],
  ]
  for (const [headers, status] of cases)
    for (const part of ['', '/content', '/proof'])
      assert.equal((await get(`/ledger/acts/${id}${part}`, headers)).statusCode, status, `${status} ${part}`)
  const auditor = asPerson({ id: randomUUID(), permissions: ['ledger:prove-act'] })
  assert.equal((await get('/ledger/acts/999999999', auditor)).statusCode, 404)
})

test('an auditor finds any line by its number, and nobody else does', async () => {
  const { id } = await aLine()
  const auditor = asPerson({ id: randomUUID(), permissions: ['ledger:prove-act'] })
  const find = (number: string, headers = auditor) =>
    get(`/office/ledger/acts?number=${encodeURIComponent(number)}`, headers)
  const found = await find(` ${id} `)
  assert.deepEqual([found.statusCode, found.headers.location], [303, `/eng/ledger/acts/${id}`])
  for (const wrong of ['999999999', '0', '-1', 'x', '1e3', '9'.repeat(20)]) {
    const { statusCode, body } = await find(wrong)
    assert.equal(statusCode, 404, wrong)
    assert.match(body, /"wrong":true/)
  }
  assert.equal((await get('/office/ledger/acts', auditor)).statusCode, 200)
  assert.equal((await find(`${id}`, asPerson({ id: randomUUID() }))).statusCode, 403)
})

test('a line that is not logged yet says so, and has no proof', async () => {
  const { id, actor } = await aLine({ logged: false })
  const me = asPerson({ id: actor })
  assert.equal((await get(`/ledger/acts/${id}`, me)).json().index, null)
  assert.equal((await get(`/ledger/acts/${id}/proof`, me)).json().type, '/problems/ledger.entry-not-found')
  const page = await get(`/eng/ledger/acts/${id}`, { ...me, accept: 'text/html' })
  assert.match(page.body, /is not in the log yet/)
})

test('a line that was changed since has no proof any more', async () => {
  const { id, actor } = await aLine()
  const me = asPerson({ id: actor })
  assert.equal((await get(`/ledger/acts/${id}/proof`, me)).statusCode, 200)
  await owner`update platform.audit_event set subject = 'another' where id = ${id}`
  assert.equal((await get(`/ledger/acts/${id}/proof`, me)).statusCode, 404)
})
