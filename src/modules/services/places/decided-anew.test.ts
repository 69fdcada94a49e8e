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

const now = new Date('2027-02-01T10:00:00Z')
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

test('an enrolment that other rules refuse gives its place to who waits', async () => {
  const { session, first, second } = await confirmed()
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
  assert.equal(await stateOf(first), 'taken')
  await post(`${path}/approval`, dina, { answer: 'approved' })
  await workOnCohorts(installation)
  // Those that were reviewed above stay as they are.
  assert.deepEqual((await get(path)).counts, { applied: 1, unfit: 5 })
  assert.deepEqual([await stateOf(first), await stateOf(second)], ['given-up', 'offered'])
  assert.equal(await takenOf(session), 1)
  assert.match(JSON.stringify(await get('/account/inbox', second.headers)), /A place is offered to you/)
})
