// Whose own an entry is: who sent it, who answered a part of it, and who acts for the company that sent it. None of them has a say.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import { roundsOffice as office, openPrize } from '../../../../test/tide-prize.ts'
import { insertFile } from '../files/files.sql.ts'
import { lookupOf, sealFile } from '../files/sealed.ts'
import { sendApplication } from '../testing/cases.ts'
import { settleRound } from './rounds.ts'

const started = await start()
const { app, sql, installation, asPerson } = started
const decider = (id: string) =>
  asPerson({ id, organisation: 'tide-station', permissions: ['services:decide-case', 'services:work-case'], level: 3 })
const olga = decider('officer-olga')
const [jo, ada, chair] = [asPerson({ id: 'judge-jo' }), asPerson({ id: 'ada-quay' }), asPerson({ id: 'judge-chair' })]
type Headers = { cookie: string }

const { post, get, done, refused, join, sheetsOf } = openPrize(started, olga)

const enter = (name: string, person: string, organisation: string | null = null, field = 'boats') =>
  sendApplication(started, {
    ...{ service: 'tide-prize', person, organisation },
    answers: { field, idea_name: name, idea: `About ${name}`, inventor: 'Ada Secret' },
  })
const company = 'company-00000000000000aa'
const raft = await enter('Raft', 'judge-chair')
const rope = await enter('Rope', 'somebody-else', company)
const reed = await enter('Reed', 'emil-weir')
const road = await enter('Road', 'mr-road', null, 'streets')
await sql`
  insert into services.part (application, party, person_id, sealed_typed, invited_at)
  select application, 'friend', 'ada-quay', '', now() from services.case where reference = ${raft}`
await sql`
  insert into identity.organisation (id, kind, name, number, declared_by)
  values (${company}, 'company', ${sql.json({ en: 'Rope makers', 'zh-Hant': '繩業' })}, 'T00001', 'dan-pier')`
await sql`
  insert into identity.mandate (kind, principal_id, agent_id, granted_by, accepted_at, expires_at)
  values ('helper', 'emil-weir', 'dan-pier', 'emil-weir', now(), now() + interval '1 day')`
await sql`
  insert into identity.role_grant (person_id, organisation, role, granted_by, approved_by, approved_at)
  values ('ada-quay', ${company}, 'owner', 'olga-pile', 'omar-reef', now())`

const chaired = '/rounds/chair/tide-prize/2027/first'

test('nobody judges what they answered a part of, what their company entered, nor what competes with either', async () => {
  await join('assessor', ada)
  await join('chair', chair)
  assert.equal(await refused(`${office}/open`, { round: 'first' }, olga), 'round-short')
  await join('assessor', jo, { stream: 'boats' })
  await done(`${office}/open`, { round: 'first' }, olga)
  const of = async (headers: Headers) => (await sheetsOf(headers)).map(({ reference }) => reference).sort()
  assert.deepEqual(await of(ada), [road])
  assert.deepEqual(await of(jo), [raft, reed, rope].sort())
  // What another leaves for a conflict does not come to them either, nor what has too few judges when they join once more.
  const [sheet] = (await sheetsOf(jo)).filter(({ reference }) => reference === reed)
  await done(`/rounds/sheets/${sheet!.id}/declare`, { conflict: 'yes' }, jo)
  await join('assessor', ada)
  assert.deepEqual(await of(ada), [road])
})

/** Who has an entry in the prize: of their own, of somebody for whom they act, and of a company in which they have a role. */
const competing = { own: 'emil-weir', mandated: 'dan-pier', member: 'ada-quay' }
const body = {
  ...{ seen: 2, text: 'Hello', to: 'olga', into: reed, round: 'first', role: 'chair' },
}
const applicationOf = async (reference: string) => {
  const [row] = await sql<[{ application: string }]>`
    select application from services.case where reference = ${reference}`
  return row.application
}
const file = randomUUID()
const bytes = Buffer.from('%PDF-1.7 a raft')
await insertFile(sql, {
  ...{ id: file, application: await applicationOf(road), question: 'drawing', thing: null, octets: bytes.length },
  ...{ mediaType: 'application/pdf', now: new Date() },
  ...{ ...sealFile(installation, file, { name: 'raft.pdf', bytes }), lookup: lookupOf(installation, bytes) },
})

/** Every address of the office that is about one case, one file, or one competition. */
const { paths } = app.swagger() as { paths: Record<string, Record<string, unknown>> }
const ofOffice = /office\/services\/(cases\/\{reference|files\/\{|rounds\/\{)|govstack.*\/(applications|tasks)\/\{/
const routes = Object.entries(paths)
  .filter(([path]) => ofOffice.test(path))
  .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))

async function ask(route: string, id: string, of: Readonly<Record<string, string>>): Promise<string> {
  const [method, path] = route.split(' ') as ['GET' | 'POST' | 'PUT', string]
  const url = path.replace(/\{(\w+)\}/g, (_, name: string) => of[name] ?? '1')
  const ofTask = { data: { step: { value: 'to-final' }, seen: { value: 1 } } }
  const answer = /claims|reports/.test(path) ? 'accepted' : 'approved'
  const corrected = { reason: 'By telephone', formData: { data: { idea_name: { value: 'Raft' } } } }
  const payload =
    method === 'PUT' ? corrected : path.includes('/tasks/') ? ofTask : { ...body, answer, token: randomUUID() }
  const headers = { ...decider(id), accept: 'application/json', 'idempotency-key': randomUUID() }
  const answered = await app.inject({ method, url, headers, ...(method !== 'GET' && { payload }) })
  const { type = '' } = answered.headers['content-type']?.includes('json') ? answered.json() : {}
  return `${answered.statusCode} ${type.replace('/problems/', '')}`
}

test('an officer who competes reads neither a panel nor a rival, and does nothing about them, at any address of the office', async () => {
  assert.ok(routes.length > 25)
  const countEvents = () => sql`select count(*)::int from services.case_event`
  const before = await countEvents()
  const ids = {
    claim: randomUUID(),
    virement: randomUUID(),
    step: 'to-final',
    question: 'idea_name',
    instalment: 'first',
    report: 'final',
  }
  const rival = {
    ...ids,
    reference: road,
    taskId: road,
    fileId: await applicationOf(road),
    file,
    service: 'tide-prize',
  }
  for (const id of Object.values(competing))
    for (const route of routes) {
      const code = route.includes('/rounds/') ? 'round-own-entry' : 'case-competes'
      assert.equal(await ask(route, id, rival), `403 services.${code}`, `${id}: ${route}`)
    }
  assert.deepEqual(await countEvents(), before)
  // Who has no entry is told nothing of the kind.
  for (const route of routes.filter((each) => each.startsWith('GET')))
    assert.doesNotMatch(await ask(route, 'officer-olga', rival), /^403/, route)
})

test('nor are they given a rival, by the queue or by a colleague, and the page says who goes on with it', async () => {
  const headers = { ...decider(competing.own), accept: 'application/json' }
  const next = await app.inject({ method: 'POST', url: '/office/services/next', headers, payload: {} })
  assert.equal(next.json().type, '/problems/services.case-none-free')
  const at = `/office/services/cases/${raft}`
  const { number } = await get(at, olga)
  await post(`${at}/claim`, { token: randomUUID(), seen: number }, olga)
  const given = { token: randomUUID(), seen: number + 1, to: competing.own }
  assert.equal(await refused(`${at}/assign`, given, olga), 'officer-not-found')
  assert.equal((await post(`${at}/assign`, { ...given, token: randomUUID(), to: 'dora-sluice' }, olga)).statusCode, 200)
  const page = await app.inject({ url: `/eng${office}`, headers: { ...headers, accept: 'text/html' } })
  assert.match(
    page.body,
    /You have an interest in this competition[\s\S]*Ask a colleague who may decide to go on with it \(Tide Station\)\./,
  )
  assert.doesNotMatch(page.body, /judge-jo|Ada Quay/)
})

test('an entry that ended before a round is no reason any more, and one that was judged stays one', async () => {
  const own = '/office/services/cases/'
  const read = async (reference: string) => (await get(`${own}${reference}`, decider('emil-weir'))).type
  const late = await enter('Late', 'mr-late')
  assert.equal(await read(late), '/problems/services.case-competes')
  await sql`update services.case set ended_at = now(), outcome = 'withdrawn', wait = 'nobody' where reference = ${reed}`
  assert.equal(await read(late), undefined)
  assert.equal(await read(rope), '/problems/services.case-competes')
  await sql`update services.case set ended_at = null, outcome = null, wait = 'officer' where reference = ${reed}`
})

test('a chair with an entry of their own sees nothing of the round and decides nothing in it', async () => {
  const tie = { token: randomUUID(), first: reed, reason: 'I like it' }
  assert.equal((await get(chaired, chair)).type, '/problems/services.chair-own-entry')
  assert.equal(await refused(`${chaired}/close`, {}, chair), 'chair-own-entry')
  assert.equal(await refused(`${chaired}/tie`, tie, chair), 'chair-own-entry')
  await join('chair', asPerson({ id: 'judge-other' }))
  assert.equal((await get(chaired, asPerson({ id: 'judge-other' }))).state, 'open')
})

test('a case whose own version asks more than was answered is left to officers', async () => {
  const frozen = { result: { entries: [raft, rope].map((reference) => ({ reference, goesOn: reference === raft })) } }
  await sql`update services.round set state = 'closed', result = ${sql.json(frozen)}, proposed_by = 'judge-other',
    proposed_at = now(), closed_by = 'officer-olga', closed_at = now()`
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
