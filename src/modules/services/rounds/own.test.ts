// Whose own an entry is: who sent it, who answered a part of it, and who acts for the company that sent it. None of them has a say.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import { roundsOffice as office, openPrize } from '../../../../test/tide-prize.ts'
import { sendApplication } from '../testing/cases.ts'
import { settleRound } from './rounds.ts'

const started = await start()
const { app, sql, installation, asPerson } = started
const decider = (id: string) =>
  asPerson({ id, organisation: 'tide-station', permissions: ['services:decide-case'], level: 3 })
const olga = decider('officer-olga')
const [jo, ada, chair] = [asPerson({ id: 'judge-jo' }), asPerson({ id: 'ada-quay' }), asPerson({ id: 'judge-chair' })]
type Headers = { cookie: string }

const { get, done, refused, join, sheetsOf } = openPrize(started, olga)

const enter = (name: string, person: string, organisation: string | null = null) =>
  sendApplication(started, {
    ...{ service: 'tide-prize', person, organisation },
    answers: { field: 'boats', idea_name: name, idea: `About ${name}`, inventor: 'Ada Secret' },
  })
const company = 'company-00000000000000aa'
const raft = await enter('Raft', 'judge-chair')
const rope = await enter('Rope', 'somebody-else', company)
const reed = await enter('Reed', 'officer-omar')
await sql`
  insert into services.part (application, party, person_id, sealed_typed, invited_at)
  select application, 'friend', 'ada-quay', '', now() from services.case where reference = ${raft}`
await sql`
  insert into identity.organisation (id, kind, name, number, declared_by)
  values (${company}, 'company', ${sql.json({ en: 'Rope makers', 'zh-Hant': '繩業' })}, 'T00001', 'dan-pier')`
await sql`
  insert into identity.role_grant (person_id, organisation, role, granted_by, approved_by, approved_at)
  values ('ada-quay', ${company}, 'owner', 'olga-pile', 'omar-reef', now())`

test('nobody judges what they answered a part of, nor what their company entered', async () => {
  await join('assessor', ada)
  await join('chair', chair)
  assert.equal(await refused(`${office}/open`, { round: 'first' }, olga), 'round-short')
  await join('assessor', jo)
  await done(`${office}/open`, { round: 'first' }, olga)
  const ofAda = await sheetsOf(ada)
  assert.deepEqual(
    ofAda.map(({ reference }) => reference),
    [reed],
  )
  // What another leaves for a conflict does not come to them either.
  const [sheet] = (await sheetsOf(jo)).filter(({ reference }) => reference === rope)
  await done(`/rounds/sheets/${sheet!.id}/declare`, { conflict: 'yes' }, jo)
  assert.deepEqual(await sheetsOf(ada), ofAda)
})

test('neither the chair nor a decider with an entry of their own is told who judges which', async () => {
  type Assigned = { reference: string; judge: { en: string } | null }[]
  const judges = (assigned: Assigned) => [...new Set(assigned.map(({ judge }) => judge?.en ?? null))].sort()
  const ofOffice = async (headers: Headers) => judges((await get(office, headers)).rounds[0].assigned)
  assert.deepEqual(await ofOffice(olga), ['Ada Quay', 'judge-jo'])
  assert.deepEqual(await ofOffice(decider('officer-omar')), [null])
  assert.deepEqual(judges((await get('/rounds/chair/tide-prize/2027/first', chair)).assigned), [null])
  const html = { ...chair, accept: 'text/html' }
  const { body } = await app.inject({ url: '/eng/rounds/chair/tide-prize/2027/first', headers: html })
  assert.match(body, /Who judges each entry/)
  assert.doesNotMatch(body, /judge-jo|What each judge was given/)
})

test('neither the chair nor a decider decides about an entry of their own', async () => {
  for (const headers of [ada, jo])
    for (const { id, reference } of await sheetsOf(headers)) {
      if (reference === rope) continue
      await done(`/rounds/sheets/${id}/declare`, { conflict: 'no' }, headers)
      await done(`/rounds/sheets/${id}`, { act: 'lock', 'mark.use': '5', 'mark.novelty': '5' }, headers)
    }
  const own = '/rounds/chair/tide-prize/2027/first'
  const tie = { token: randomUUID(), first: raft, reason: 'I like it' }
  assert.equal(await refused(`${own}/close`, {}, chair), 'round-own-entry')
  await sql`update services.round set definition = definition || '{"ties": "chair", "goesOn": 1}'`
  assert.equal(await refused(`${own}/tie`, tie, chair), 'round-own-entry')
  await sql`update services.round set state = 'proposed', proposed_by = 'judge-chair', proposed_at = now(),
    result = '{"result": {"entries": []}}'`
  assert.equal(await refused(`${office}/confirm`, { round: 'first' }, decider('officer-omar')), 'round-own-entry')
  await done(`${office}/confirm`, { round: 'first' }, olga)
})

test('a case whose own version asks more than was answered is left to officers', async () => {
  const frozen = { result: { entries: [raft, rope].map((reference) => ({ reference, goesOn: reference === raft })) } }
  await sql`update services.round set result = ${sql.json(frozen)}`
  await settleRound(installation, { service: 'tide-prize', edition: 2027, round: 'first' })
  const rows = await sql<{ state: string; settled: string }[]>`
    select state, settled
    from services.round_entry
    join services.case using (reference)
    where reference in (${raft}, ${rope})
    order by settled`
  assert.deepEqual(
    [...rows],
    [
      { state: 'not-won', settled: 'ended' },
      { state: 'received', settled: 'left' },
    ],
  )
})
