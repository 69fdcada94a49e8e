// What becomes of a place where its case is decided otherwise later: by other rules for many cases at once, or by a review.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import { workOnCohorts } from '../cases/cohorts/work.ts'
import { type Service, services } from '../definitions/service.ts'
import { openApplicant } from '../testing/applicant.ts'
import { sendChecked } from '../testing/tide-grant.ts'
import { publish } from '../versions/versions.ts'

let now = new Date('2027-02-01T10:00:00Z')
const started = await start({ now: () => now })
const { app, sql, installation, asPerson } = started
const both = ['services:work-case', 'services:decide-case']
const officer = (id: string) => asPerson({ id, organisation: 'tide-station', permissions: both, level: 3 })
const [tia, dina] = [officer('officer-tia'), officer('officer-dina')]
const desk = '/office/services/sessions'

const get = async (url: string, headers = tia) =>
  (await app.inject({ url, headers: { ...headers, accept: 'application/json' } })).json()
async function post(url: string, headers = tia, payload: object = {}) {
  const answered = await app.inject({
    ...{ method: 'POST', url, payload },
    headers: { ...headers, accept: 'application/json' },
  })
  assert.ok(answered.statusCode < 400, `${url}: ${answered.body}`)
  return answered
}

/** A session with one place. */
async function addSession(): Promise<string> {
  const token = randomUUID()
  const day = (id: string, month: string, date: string) => ({
    ...{ [`${id}-day`]: date, [`${id}-month`]: month, [`${id}-year`]: '2027' },
  })
  await post(desk, tia, {
    ...{ token, service: 'tide-course', title_en: 'Ebb', title_zh: '退潮', place_en: 'Pier 1', place_zh: '一號碼頭' },
    ...{ ...day('on', '3', '1'), from: '14:00', until: '16:00', capacity: '1' },
    ...{ ...day('opens_on', '1', '1'), ...day('closes_on', '2', '26') },
  })
  return token
}

let people = 0
async function enrol(session: string) {
  people += 1
  const id = `learner-${people}`
  await sql`insert into identity.person (id, name) values (${id}, ${sql.json({ en: id, 'zh-Hant': id })})`
  const headers = asPerson({ id })
  const each = openApplicant(app, headers)
  const path = await each.begin('tide-course')
  await each.post(`${path}/pages/learner`, { learner_name: `Learner ${people}` })
  await each.post(`${path}/pages/session`, { session })
  const sent = await sendChecked(each, path)
  assert.equal(sent.statusCode, 303, sent.body)
  const { reference } = (await each.data(`${path}/sent`)) as { reference: string }
  return { reference, headers }
}

async function decide(reference: string, step: 'confirm' | 'refuse', by = tia) {
  const at = `/office/services/cases/${reference}`
  await post(`${at}/claim`, by, { token: randomUUID() })
  const { number } = await get(at, by)
  const reasons = [step === 'confirm' ? 'welcome' : 'not-resident']
  await post(`${at}/steps/${step}`, by, { token: randomUUID(), seen: number, reasons })
}
const stateOf = async ({ reference, headers }: { reference: string; headers: typeof tia }) =>
  (await get(`/services/cases/${reference}`, headers)).place.state
const takenOf = async (session: string) => {
  const [row] = await sql<[{ taken: number }]>`select taken from services.session where id = ${session}`
  return row.taken
}
/** A session of which the one place is confirmed, and another waits. */
async function confirmed() {
  const session = await addSession()
  const [first, second] = [await enrol(session), await enrol(session)]
  await decide(first.reference, 'confirm')
  assert.deepEqual([await stateOf(first), await stateOf(second)], ['taken', 'waiting'])
  return { session, first, second }
}

test('a review that refuses frees the place of the case that it reviews, and one that confirms or is withdrawn leaves it', async () => {
  for (const [end, states] of [
    ['refuse', ['given-up', 'offered']],
    ['confirm', ['taken', 'waiting']],
    ['withdrawal', ['taken', 'waiting']],
  ] as const) {
    const { session, first, second } = await confirmed()
    const appealed = await post(`/services/cases/${first.reference}/appeal`, first.headers, {
      ...{ token: randomUUID(), text: 'I asked for another day.' },
    })
    const { reference } = appealed.json() as { reference: string }
    if (end === 'withdrawal') await post(`/services/cases/${reference}/withdrawal`, first.headers)
    else await decide(reference, end, dina)
    assert.deepEqual([await stateOf(first), await stateOf(second)], states, end)
    assert.equal(await takenOf(session), 1)
  }
})

/** Publishes rules by which the course enrols nobody, and decides by them what was confirmed. Returns where the cohort stands. */
async function refuseAll(): Promise<string> {
  const definition = structuredClone(installation.pack.get(services, 'tide-course')) as Service
  const of = definition.apply!.case
  of.steps.find(({ id }) => id === 'confirm')!.when = 'learner_name = "Nobody"'
  of.rules = [
    {
      ...{ id: 'residents', title: { en: 'Residents', 'zh-Hant': '居民' }, inputs: ['learner_name'], hit: 'first' },
      ...{ outputs: [], rows: [{ when: ['-'], gives: {}, reason: 'not-resident' }] },
    },
  ]
  const { hash } = await sql.begin((transaction) => publish(transaction, { definition, now, by: 'officer-ed' }))
  const token = randomUUID()
  const path = `/office/services/cohorts/${token}`
  await post('/office/services/cohorts', tia, { token, service: 'tide-course', kind: 'redecide', target: hash })
  await workOnCohorts(installation)
  await post(`${path}/proposal`)
  await post(`${path}/approval`, dina, { answer: 'approved' })
  await workOnCohorts(installation)
  return path
}

test('a review that confirms what was refused takes the place again, or leaves it to wait where officers see it', async () => {
  for (const [isTaken, states] of [
    [false, ['taken', 'waiting']],
    [true, ['waiting', 'offered']],
  ] as const) {
    const session = await addSession()
    const first = await enrol(session)
    await decide(first.reference, 'refuse')
    assert.deepEqual([await stateOf(first), await takenOf(session)], ['given-up', 0])
    const second = isTaken && (await enrol(session))
    const appealed = await post(`/services/cases/${first.reference}/appeal`, first.headers, {
      ...{ token: randomUUID(), text: 'I live here.' },
    })
    const { reference } = appealed.json() as { reference: string }
    await decide(reference, 'confirm', dina)
    assert.equal(await stateOf(first), states[0])
    assert.equal(await takenOf(session), 1)
    // The officer who decides the review is told at once, and everybody who looks at sessions.
    const review = `/office/services/cases/${reference}`
    assert.equal((await get(review, dina)).place.lacking, isTaken)
    const page = await app.inject({ url: `/eng${review}`, headers: { ...dina, accept: 'text/html' } })
    assert.equal(/its session has no place for it/.test(page.body), isTaken)
    const shown = (await get(desk)).sessions.find(({ id }: { id: string }) => id === session)
    assert.equal(shown.lacking, isTaken ? 1 : 0)
    const inbox = JSON.stringify(await get('/account/inbox', first.headers))
    assert.match(inbox, isTaken ? /Your place has gone/ : /You have your place again/)
    if (!second) continue
    // First in turn, as they came first.
    await post(`/services/cases/${second.reference}/place/give-up`, second.headers)
    assert.deepEqual([await stateOf(first), await stateOf(second)], ['offered', 'given-up'])
  }
})

test('a place that was freed because its case was joined with another is kept again when they are parted', async () => {
  const [session, other] = [await addSession(), await addSession()]
  const [first, second] = [await enrol(session), await enrol(other)]
  const at = `/office/services/cases/${first.reference}`
  await post(`${at}/claim`, tia, { token: randomUUID() })
  const seen = async () => (await get(at)).number
  await post(`${at}/merge`, tia, { token: randomUUID(), seen: await seen(), into: second.reference })
  assert.deepEqual([await stateOf(first), await takenOf(session)], ['given-up', 0])
  await post(`${at}/parting`, tia, { token: randomUUID(), seen: await seen() })
  assert.deepEqual([await stateOf(first), await takenOf(session)], ['held', 1])
})

test('an enrolment that other rules refuse gives its place to who waits, and has it again when that is undone if there is room', async () => {
  const one = await confirmed()
  const two = await confirmed()
  await post(`/services/cases/${two.second.reference}/place/give-up`, two.second.headers)
  const three = await confirmed()
  await post(`/services/cases/${three.second.reference}/place/give-up`, three.second.headers)
  now = new Date(now.getTime() + 60_000)
  await post(`/services/cases/${three.first.reference}/place/give-up`, three.first.headers)
  now = new Date(now.getTime() + 60_000)
  const path = await refuseAll()
  // Those that were reviewed above stay as they are.
  assert.equal((await get(path)).counts.applied, 3)
  assert.deepEqual([await stateOf(one.first), await stateOf(one.second)], ['given-up', 'offered'])
  assert.equal(await takenOf(one.session), 1)
  assert.equal(await stateOf(two.first), 'given-up')
  assert.match(JSON.stringify(await get('/account/inbox', one.second.headers)), /A place is offered to you/)

  await post(`${path}/undo`)
  await post(`${path}/undo/approval`, dina, { answer: 'approved' })
  await workOnCohorts(installation)
  assert.equal((await get(path)).counts.undone, 3)
  assert.deepEqual([await stateOf(one.first), await stateOf(one.second)], ['waiting', 'offered'])
  assert.equal(await stateOf(two.first), 'taken')
  // What a person gave up themselves stays given up.
  assert.equal(await stateOf(three.first), 'given-up')
  assert.deepEqual([await takenOf(one.session), await takenOf(two.session), await takenOf(three.session)], [1, 1, 0])
  const gone = (await get(`${path}?state=undone`)).cases.filter(
    ({ misfits }: { misfits: unknown[] }) => misfits.length > 0,
  )
  assert.deepEqual(
    gone.map((each: { reference: string; misfits: { code: string }[] }) => [each.reference, each.misfits[0]!.code]),
    [[one.first.reference, 'place-gone']],
  )
})
