// What becomes of an entry whose judges all have a conflict of interest: it is not refused for want of a sheet.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { roundsOffice as office, openPrize, type Sheet } from '../../../../test/tide-prize.ts'
import { sendApplication } from '../testing/cases.ts'

const started = await start()
const { app, sql, asPerson } = started
const olga = asPerson({ id: 'olga', organisation: 'tide-station', permissions: ['services:decide-case'], level: 3 })
const [jo, chair] = [asPerson({ id: 'judge-jo' }), asPerson({ id: 'judge-chair' })]
type Headers = { cookie: string }

const chaired = '/rounds/chair/tide-prize/2027/first'
const { done, refused, join, sheetsOf } = openPrize(started, olga)
async function lock(headers: Headers, { id }: Sheet) {
  await done(`/rounds/sheets/${id}/declare`, { conflict: 'no' }, headers)
  await done(`/rounds/sheets/${id}`, { act: 'lock', 'mark.use': '5', 'mark.novelty': '5' }, headers)
}
const pageOf = async (headers: Headers) =>
  (await app.inject({ url: `/eng${chaired}`, headers: { ...headers, accept: 'text/html' } })).body
const enter = (name: string, person: string) =>
  sendApplication(started, {
    ...{ service: 'tide-prize', person },
    answers: { field: 'boats', idea_name: name, idea: `About ${name}`, inventor: 'Ada Secret' },
  })
const raft = await enter('Raft', 'ada-quay')
const rope = await enter('Rope', 'ben-quay')

test('a round is not closed while nobody without a conflict is left for an entry, and its chair is warned', async () => {
  await join('assessor', jo)
  await join('chair', chair)
  await done(`${office}/open`, { round: 'first' }, olga)
  assert.doesNotMatch(await pageOf(chair), /class="warning"/)
  const sheets = await sheetsOf(jo)
  const of = (reference: string) => sheets.find((each) => each.reference === reference)!
  await lock(jo, of(rope))
  await done(`/rounds/sheets/${of(raft).id}/declare`, { conflict: 'yes' }, jo)
  assert.match(
    await pageOf(chair),
    new RegExp(`class="warning">.*Warning: </span>[^<]*leave no judge for these entries: ${raft}\\.`),
  )
  assert.equal(await refused(`${chaired}/close`, {}, chair), 'round-unjudged')
})

test('whoever accepts while the round is open gets what has too few judges, of their stream and not their own', async () => {
  const [ada, dan, kim, lee, max] = ['ada-quay', 'dan-pier', 'judge-kim', 'judge-lee', 'judge-max'].map((id) =>
    asPerson({ id }),
  ) as [Headers, Headers, Headers, Headers, Headers]
  // Whoever acts for the one who entered is no stranger to the entry.
  await sql`
    insert into identity.mandate (kind, principal_id, agent_id, granted_by, accepted_at, expires_at)
    values ('helper', 'ada-quay', 'dan-pier', 'ada-quay', now(), now() + interval '1 day')`
  await join('assessor', dan)
  await join('assessor', ada)
  await join('assessor', max, { stream: 'streets' })
  await join('chair', lee)
  await join('assessor', jo)
  for (const headers of [ada, dan, max, lee]) assert.deepEqual(await sheetsOf(headers), [])
  assert.equal((await sheetsOf(jo)).length, 2)
  await join('assessor', kim)
  const [sheet, ...more] = await sheetsOf(kim)
  assert.deepEqual([sheet?.reference, more], [raft, []])
  // One who comes later finds enough.
  await join('assessor', asPerson({ id: 'judge-pat' }))
  assert.deepEqual(await sheetsOf(asPerson({ id: 'judge-pat' })), [])
  assert.doesNotMatch(await pageOf(chair), /class="warning"/)
  assert.equal(await refused(`${chaired}/close`, {}, chair), 'round-sheets-missing')
  await lock(kim, sheet!)
  await done(`${chaired}/close`, {}, chair)
})
