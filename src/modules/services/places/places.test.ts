// Sessions, places and what they leave in the ledger, as officers and people have them, over two processes.
import assert from 'node:assert/strict'
import { createHmac, randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { pino } from 'pino'
import { start } from '#test'
import { openSequencer } from '../../ledger/log/sequencer.ts'
import { openApplicant } from '../testing/applicant.ts'
import { sendChecked } from '../testing/tide-grant.ts'
import { changePlace, expireOffers } from './keep.ts'

let now = new Date('2027-02-01T10:00:00Z')
const started = await start({ now: () => now })
const beside = await start({ now: () => now, beside: { urls: started.urls } })
const { app, sql, installation, asPerson } = started
const both = ['services:work-case', 'services:decide-case']
const officer = asPerson({ id: 'officer-tia', organisation: 'tide-station', permissions: both, level: 3 })
const theirs = asPerson({ id: 'officer-theirs', organisation: 'counting-house', permissions: both, level: 3 })
const desk = '/office/services/sessions'

const get = (url: string, headers = officer) => app.inject({ url, headers: { ...headers, accept: 'application/json' } })
const post = (url: string, headers = officer, payload: object = {}) =>
  app.inject({ method: 'POST', url, headers: { ...headers, accept: 'application/json' }, payload })

const day = (id: string, [year, month, date]: string[]) => ({
  [`${id}-day`]: date,
  [`${id}-month`]: month,
  [`${id}-year`]: year,
})
const typed = (capacity: number) => ({
  ...{
    service: 'tide-course',
    title_en: 'Ebb and flow',
    title_zh: '潮起潮落',
    place_en: 'Pier 1',
    place_zh: '一號碼頭',
  },
  ...{ ...day('on', ['2027', '3', '1']), from: '14:00', until: '16:00', capacity: `${capacity}` },
  ...{ ...day('opens_on', ['2027', '1', '1']), ...day('closes_on', ['2027', '2', '26']) },
})

/** A session of the course, added by an officer. */
async function addSession(capacity: number): Promise<string> {
  const token = randomUUID()
  const added = await post(desk, officer, { token, ...typed(capacity) })
  assert.equal(added.statusCode, 303, added.body)
  return token
}

let people = 0
/** Fills in the form of the course up to the answers to check. */
async function fill(session: string, as = started) {
  people += 1
  const id = `learner-${people}`
  await sql`insert into identity.person (id, name) values (${id}, ${sql.json({ en: id, 'zh-Hant': id })})`
  const headers = asPerson({ id })
  const each = openApplicant(as.app, headers)
  const path = await each.begin('tide-course')
  await each.post(`${path}/pages/learner`, { learner_name: `Learner ${people}` })
  const answered = await each.post(`${path}/pages/session`, { session })
  return { each, path, headers, answered }
}

async function enrol(session: string) {
  const { each, path, headers } = await fill(session)
  const sent = await sendChecked(each, path)
  assert.equal(sent.statusCode, 303, sent.body)
  const { reference } = await each.data(`${path}/sent`)
  return { reference: reference as string, headers, each, path }
}
const placeOf = async (reference: string, headers: { cookie: string }) =>
  (await get(`/services/cases/${reference}`, headers)).json().place
const statesOf = async (session: string): Promise<string[]> =>
  (await get(`${desk}/${session}`)).json().places.map(({ state }: { state: string }) => state)
const subjects = async (headers: { cookie: string }) => (await get('/account/inbox', headers)).body

test('forty at once over two processes have no more places than there are, and the rest wait in order', async () => {
  const session = await addSession(7)
  const filled = await Promise.all(Array.from({ length: 40 }, (_, at) => fill(session, at % 2 ? beside : started)))
  const sent = await Promise.all(filled.map(({ each, path }) => sendChecked(each, path)))
  assert.ok(sent.every(({ statusCode }) => statusCode === 303))
  const states = await statesOf(session)
  assert.deepEqual(states, [...Array(7).fill('held'), ...Array(33).fill('waiting')])
  const [row] = await sql<[{ taken: number }]>`select taken from services.session where id = ${session}`
  assert.equal(row.taken, 7)

  // Whatever happens at once from here, what is counted is what there is.
  const receipts = await Promise.all(filled.map(({ each, path }) => each.data(`${path}/sent`)))
  assert.equal(receipts.filter(({ place }) => place.state === 'waiting').length, 33, 'told at once who waits')
  const places = (await get(`${desk}/${session}`)).json().places as { reference: string }[]
  const acts = places.flatMap(({ reference }, at) => (at % 3 === 0 ? [reference, reference] : []))
  await Promise.all(
    acts.map((reference, at) =>
      (at % 2 ? beside : started).installation.sql.begin((transaction) =>
        changePlace(transaction, installation, { reference, act: 'give-up', now }),
      ),
    ),
  )
  const [after] = await sql<[{ taken: number; counted: number }]>`
    select taken, (select count(*)::int from services.place where session = ${session}
      and state not in ('waiting', 'given-up')) as counted
    from services.session where id = ${session}`
  assert.deepEqual(after, { taken: 7, counted: 7 })
  await assert.rejects(sql`update services.session set taken = 8 where id = ${session}`, /session_never_over_capacity/)
})

test('a place that is given up is offered to who waited longest, and goes on when nobody accepts in time', async () => {
  const session = await addSession(1)
  const [first, second, third] = [await enrol(session), await enrol(session), await enrol(session)]
  assert.equal((await placeOf(first.reference, first.headers)).state, 'held')
  assert.deepEqual(
    [await placeOf(third.reference, third.headers)].map(({ state, before }) => [state, before]),
    [['waiting', 1]],
  )
  assert.equal((await post(`/services/cases/${second.reference}/place/accept`, second.headers)).statusCode, 409)
  // Nobody gives up the place of another.
  assert.equal((await post(`/services/cases/${first.reference}/place/give-up`, second.headers)).statusCode, 404)

  assert.equal((await first.each.post(`/services/cases/${first.reference}/place/give-up`)).statusCode, 303)
  assert.equal((await post(`/services/cases/${first.reference}/place/give-up`, first.headers)).json().state, 'given-up')
  const offered = await placeOf(second.reference, second.headers)
  assert.deepEqual([offered.state, offered.accept, offered.offerUntilAt], ['offered', true, '2027-02-04T10:00:00.000Z'])
  assert.match(await subjects(second.headers), /A place is offered to you/)
  assert.match((await second.each.get(`/services/cases/${second.reference}`)).body, /Accept the place/)

  now = new Date('2027-02-04T10:00:00Z')
  await Promise.all([expireOffers(installation), expireOffers(beside.installation)])
  assert.deepEqual(await statesOf(session), ['offered'])
  assert.equal((await post(`/services/cases/${second.reference}/place/accept`, second.headers)).statusCode, 409)
  assert.equal((await post(`/services/cases/${third.reference}/place/accept`, third.headers)).json().state, 'taken')
  // A withdrawn application frees its place by itself.
  assert.equal((await post(`/services/cases/${third.reference}/withdrawal`, third.headers)).statusCode, 200)
  const [row] = await sql<[{ taken: number }]>`select taken from services.session where id = ${session}`
  assert.equal(row.taken, 0)
})

test('the form shows what is left as it is now, and keeps what was answered where a session closes meanwhile', async () => {
  const session = await addSession(3)
  await enrol(session)
  const { each, path, answered } = await fill(session)
  assert.equal(each.leadsTo(answered), `${path}/check`)
  const page = await each.get(`${path}/pages/session`)
  assert.match(page.body, /Places left: 2/)
  assert.match((await each.get(`${path}/check`)).body, /Ebb and flow: 1 March 2027, /)
  const { digest } = await each.data(`${path}/check`)
  assert.equal((await post(`${desk}/${session}/cancel`)).statusCode, 303)
  const refused = await each.post(`${path}/send`, { digest, agree: 'yes' })
  assert.equal(each.leadsTo(refused), path)
  assert.equal(each.leadsTo(await each.get(path)), `${path}/pages/session`)
  assert.match((await each.get(`${path}/pages/session`)).body, /Choose an answer to “Which session/)
  const [row] = await sql<[{ count: number }]>`select count(*)::int from services.place where session = ${session}`
  assert.equal(row.count, 1)
})

test('a session is kept by its own department alone, and everybody in it is told what becomes of it', async () => {
  const session = await addSession(2)
  const person = await enrol(session)
  for (const path of ['', '/edit', '/places'])
    assert.equal((await get(`${desk}/${session}${path}`, theirs)).statusCode, 404)
  for (const path of ['', '/cancel', '/attendance'])
    assert.equal((await post(`${desk}/${session}${path}`, theirs, typed(9))).statusCode, 404, path)
  assert.equal((await get(`${desk}/${session}`, person.headers)).statusCode, 403)
  assert.equal((await post(desk, theirs, { token: randomUUID(), ...typed(2) })).statusCode, 422)

  const { service: _, ...change } = typed(2)
  const fewer = await post(`${desk}/${session}`, officer, { ...change, capacity: '0' })
  assert.equal(fewer.json().errors[0].pointer, '/capacity')
  assert.equal((await post(`${desk}/${session}`, officer, { ...change, place_en: 'Pier 2' })).statusCode, 303)
  assert.match(await subjects(person.headers), /A session has changed/)
  assert.equal((await post(`${desk}/${session}/cancel`)).statusCode, 303)
  assert.equal((await post(`${desk}/${session}/cancel`)).statusCode, 303)
  const told = (await subjects(person.headers)).match(/A session is cancelled/g)
  assert.equal(told?.length, 1)
  assert.equal((await placeOf(person.reference, person.headers)).cancelled, true)
  assert.equal((await post(`${desk}/${session}`, officer, change)).json().type, '/problems/services.session-cancelled')
  // Added last, and begins first.
  const early = randomUUID()
  const sooner = { ...typed(2), ...day('on', ['2027', '2', '28']) }
  assert.equal((await post(desk, officer, { token: early, ...sooner })).statusCode, 303)
  const starts = (await get(desk)).json().sessions.map(({ id }: { id: string }) => id)
  assert.equal(starts[0], early)
  const list = await app.inject({ url: `/eng${desk}`, headers: { ...officer, accept: 'text/html' } })
  assert.match(list.body, /Cancelled/)
})

test('a confirmed enrolment stands in the ledger, proved and forgotten by who may, and who came is noted at once', async () => {
  const session = await addSession(2)
  const person = await enrol(session)
  const absent = await enrol(session)
  const at = `/office/services/cases/${person.reference}`
  assert.equal((await post(`${at}/claim`, officer, { token: randomUUID() })).statusCode, 200)
  const { number } = (await get(at)).json()
  const confirming = { token: randomUUID(), seen: number, reasons: ['welcome'] }
  // The same form at once at two processes: one step, one entry.
  const twice = await Promise.all(
    [started, beside].map((each) =>
      each.app.inject({
        ...{ method: 'POST', url: `${at}/steps/confirm`, payload: confirming },
        headers: { ...officer, accept: 'application/json' },
      }),
    ),
  )
  assert.ok(twice.every(({ statusCode }) => statusCode === 200))
  assert.equal((await placeOf(person.reference, person.headers)).state, 'taken')

  const own = (await get(`/services/cases/${person.reference}`, person.headers)).json()
  const links = own.history.flatMap(({ link }: { link: { path: string } | null }) => link?.path ?? [])
  const [path] = links.filter((each: string) => each.includes('/entries/'))
  assert.equal(links.filter((each: string) => each.includes('/entries/')).length, 1)
  const read = async () => (await get(path, person.headers)).json()
  assert.equal((await read()).path, null)
  assert.equal((await get(`${path}/proof`, person.headers)).json().type, '/problems/services.case-entry-waits')
  await openSequencer(installation, pino({ level: 'silent' })).tick()
  const entry = await read()
  assert.match(entry.path, /^\/ledger\/logs\/harbour\/entries\/\d+$/)
  assert.equal((await get(entry.path, person.headers)).statusCode, 200)
  const file = (await get(`${path}/document`, person.headers)).body
  assert.match(JSON.parse(file).text.en, /^Learner \d+ is enrolled: Ebb and flow/)
  const proof = (await get(`${path}/proof`, person.headers)).body
  assert.match(proof, /^c2sp.org\/tlog-proof@v1/)
  const [kept] = await sql<[{ entry: string; count: number }]>`
    select convert_from(entry, 'UTF8') as entry, count(*) over ()::int from services.entry
    where reference = ${person.reference}`
  assert.equal(kept.count, 1)
  assert.ok(!kept.entry.includes('Learner') && !kept.entry.includes(person.reference))
  for (const part of ['', '/document', '/proof'])
    assert.equal((await get(`${path}${part}`, absent.headers)).statusCode, 404)
  const page = await person.each.get(path)
  assert.match(page.body, /See the entry and its proof/)

  assert.equal((await post(`/office${path}/erase`, theirs)).statusCode, 404)
  const erase = `${at}/entries/${path.split('/').at(-1)}/erase`
  for (const headers of [officer, officer]) assert.equal((await post(erase, headers)).statusCode, 200)
  assert.notEqual((await read()).erasedAt, null)
  const extraOf = (text: string) => Buffer.from(/^extra (.+)$/m.exec(text)![1]!, 'base64').toString()
  // Whoever has both files finds the commitment of the entry, by the definition.
  const { salt, entry: proved } = JSON.parse(extraOf(proof)) as { salt: string; entry: string }
  const commitment = createHmac('sha256', Buffer.from(salt, 'base64url')).update(file).digest('hex')
  assert.equal(JSON.parse(proved).commitment, commitment)
  assert.doesNotMatch(extraOf((await get(`${path}/proof`, person.headers)).body), /"salt"/)

  const marking = () => post(`${desk}/${session}/attendance`, officer, { attended: person.reference })
  assert.equal((await marking()).json().type, '/problems/services.session-not-begun')
  now = new Date('2027-03-01T18:00:00Z')
  assert.match(
    (await app.inject({ url: `/eng${desk}/${session}`, headers: { ...officer, accept: 'text/html' } })).body,
    /type="checkbox"/,
  )
  assert.equal((await marking()).statusCode, 303)
  assert.deepEqual(await statesOf(session), ['attended', 'missed'])
  // Nobody notes their own attendance.
  const self = asPerson({ id: `learner-${people}`, organisation: 'tide-station', permissions: both, level: 3 })
  const byThemselves = await post(`${desk}/${session}/attendance`, self, {
    attended: [person.reference, absent.reference],
  })
  assert.equal(byThemselves.statusCode, 303)
  assert.deepEqual(await statesOf(session), ['attended', 'missed'])
  // Officers who decide by it see it on the case of the person, and of nobody else.
  assert.match(JSON.stringify((await get(at)).json().attended), /Ebb and flow: 1 March 2027/)
  assert.deepEqual((await get(`/office/services/cases/${absent.reference}`)).json().attended, [])
  const csv = await get(`${desk}/${session}/places`)
  assert.match(
    csv.body,
    new RegExp(`${person.reference},.*,Learner \\d+,Came\r\n${absent.reference},.*,Learner \\d+,Did not come`),
  )
})
