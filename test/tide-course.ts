// Enrolments in the course of Testland, from the session to the decision. For tests.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { start } from '#test'
import { workOnCohorts } from '../src/modules/services/cases/cohorts/work.ts'
import { type Service, services } from '../src/modules/services/definitions/service.ts'
import { openApplicant } from '../src/modules/services/testing/applicant.ts'
import { sendChecked } from '../src/modules/services/testing/tide-grant.ts'
import { publish } from '../src/modules/services/versions/versions.ts'

type Started = Awaited<ReturnType<typeof start>>
type Headers = { cookie: string }
/** A case of the course, and its person. */
export type Enrolment = { reference: string; headers: Headers }

export const sessionsDesk = '/office/services/sessions'

/** Two officers of the course, and what they and people who enrol do. */
export function openCourse({ app, sql, installation, asPerson }: Started) {
  const permissions = ['services:work-case', 'services:decide-case']
  const officer = (id: string) => asPerson({ id, organisation: 'tide-station', permissions, level: 3 })
  const [tia, dina] = [officer('officer-tia'), officer('officer-dina')]

  const get = async (url: string, headers: Headers = tia) =>
    (await app.inject({ url, headers: { ...headers, accept: 'application/json' } })).json()
  async function post(url: string, headers: Headers = tia, payload: object = {}) {
    const answered = await app.inject({
      ...{ method: 'POST', url, payload },
      headers: { ...headers, accept: 'application/json' },
    })
    assert.ok(answered.statusCode < 400, `${url}: ${answered.body}`)
    return answered
  }

  async function addSession(capacity = '1'): Promise<string> {
    const token = randomUUID()
    const day = (id: string, month: string, date: string) => ({
      ...{ [`${id}-day`]: date, [`${id}-month`]: month, [`${id}-year`]: '2027' },
    })
    await post(sessionsDesk, tia, {
      ...{ token, service: 'tide-course', title_en: 'Ebb', title_zh: '退潮', place_en: 'Pier 1', place_zh: '一號碼頭' },
      ...{ ...day('on', '3', '1'), from: '14:00', until: '16:00', capacity },
      ...{ ...day('opens_on', '1', '1'), ...day('closes_on', '2', '26') },
    })
    return token
  }

  let people = 0
  /** Somebody enrols: who enrolled before, or somebody new, who is `learner-1` and called Learner 1, and so on. */
  async function enrol(session: string, before?: { id: string; name: string }) {
    if (!before) people += 1
    const { id, name } = before ?? { id: `learner-${people}`, name: `Learner ${people}` }
    if (!before)
      await sql`insert into identity.person (id, name) values (${id}, ${sql.json({ en: id, 'zh-Hant': id })})`
    const headers = asPerson({ id })
    const each = openApplicant(app, headers)
    const path = await each.begin('tide-course')
    await each.post(`${path}/pages/learner`, { learner_name: name })
    await each.post(`${path}/pages/session`, { session })
    const sent = await sendChecked(each, path)
    assert.equal(sent.statusCode, 303, sent.body)
    const { reference } = (await each.data(`${path}/sent`)) as { reference: string }
    return { reference, headers, id, name }
  }

  async function decide(reference: string, step: 'confirm' | 'refuse', by = tia) {
    const at = `/office/services/cases/${reference}`
    await post(`${at}/claim`, by, { token: randomUUID() })
    const { number } = await get(at, by)
    const reasons = [step === 'confirm' ? 'welcome' : 'not-resident']
    await post(`${at}/steps/${step}`, by, { token: randomUUID(), seen: number, reasons })
  }

  /** Asks for a review; its reference. */
  async function appeal({ reference, headers }: Enrolment): Promise<string> {
    const text = 'I asked for another day.'
    return (await post(`/services/cases/${reference}/appeal`, headers, { token: randomUUID(), text })).json().reference
  }

  const stateOf = async ({ reference, headers }: Enrolment): Promise<string> =>
    (await get(`/services/cases/${reference}`, headers)).place.state

  /** A session of which the one place is confirmed, and another waits. */
  async function confirmed() {
    const session = await addSession()
    const [first, second] = [await enrol(session), await enrol(session)]
    await decide(first.reference, 'confirm')
    assert.deepEqual([await stateOf(first), await stateOf(second)], ['taken', 'waiting'])
    return { session, first, second }
  }

  /**
   * Publishes the course with rules by which nobody is confirmed any more, or nobody refused, and decides all its cases by them, with
   * two officers. Where the operation on them stands.
   */
  async function decideAnew(never: 'confirm' | 'refuse'): Promise<string> {
    const definition = structuredClone(installation.pack.get(services, 'tide-course')) as Service
    const of = definition.apply!.case
    of.steps.find(({ id }) => id === never)!.when = 'learner_name = "Nobody"'
    const reason = never === 'confirm' ? 'not-resident' : 'welcome'
    of.rules = [
      {
        ...{ id: 'everybody', title: { en: 'Everybody', 'zh-Hant': '所有人' }, inputs: ['learner_name'], hit: 'first' },
        ...{ outputs: [], rows: [{ when: ['-'], gives: {}, reason }] },
      },
    ]
    const publication = { definition, now: installation.now(), by: 'officer-ed' }
    const { hash: target } = await sql.begin((transaction) => publish(transaction, publication))
    const token = randomUUID()
    const path = `/office/services/cohorts/${token}`
    await post('/office/services/cohorts', tia, { token, service: 'tide-course', kind: 'redecide', target })
    await workOnCohorts(installation)
    await post(`${path}/proposal`)
    await post(`${path}/approval`, dina, { answer: 'approved' })
    await workOnCohorts(installation)
    return path
  }

  /** Takes an operation on many cases back, with two officers. */
  async function undo(path: string): Promise<void> {
    await post(`${path}/undo`)
    await post(`${path}/undo/approval`, dina, { answer: 'approved' })
    await workOnCohorts(installation)
  }

  return { tia, dina, decideAnew, undo, get, post, addSession, enrol, decide, appeal, stateOf, confirmed }
}
