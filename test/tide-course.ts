// Enrolments in the course of Testland, from the session to the decision. For tests.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { start } from '#test'
import { workOnCohorts } from '../src/modules/services/cases/cohorts/work.ts'
import { catalogueOf } from '../src/modules/services/catalogue/catalogue.ts'
import type { CaseDefinition } from '../src/modules/services/definitions/case.ts'
import { type Service, services } from '../src/modules/services/definitions/service.ts'
import { openApplicant } from '../src/modules/services/testing/applicant.ts'
import { sendChecked } from '../src/modules/services/testing/tide-grant.ts'
import { publish } from '../src/modules/services/versions/versions.ts'

type Started = Awaited<ReturnType<typeof start>>
type Headers = { cookie: string }
type Anew = { change?: (course: CaseDefinition) => void; work?: () => Promise<void> }
/** A case of the course, and its person. */
export type Enrolment = { reference: string; headers: Headers }
/** Whoever enrolled, who may do so again. */
export type Learner = Enrolment & { id: string; name: string }

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
  async function enrol(session: string, before?: Pick<Learner, 'id' | 'name'>): Promise<Learner> {
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

  const { publishCourse, decideAnew, undo } = openCohorts({ sql, installation }, { post, dina })
  return {
    tia,
    dina,
    publishCourse,
    decideAnew,
    undo,
    get,
    post,
    addSession,
    enrol,
    decide,
    appeal,
    stateOf,
    confirmed,
  }
}

type Post = (url: string, headers?: Headers, payload?: object) => Promise<unknown>

/** Other versions of the course, and what two officers do with all its cases by them. */
function openCohorts(
  { sql, installation }: Pick<Started, 'sql' | 'installation'>,
  { post, dina }: { post: Post; dina: Headers },
) {
  /** Publishes another version of the course, by which whoever enrols from now on goes; its hash. */
  async function publishCourse(change: (course: CaseDefinition) => void): Promise<string> {
    const definition = structuredClone(installation.pack.get(services, 'tide-course')) as Service
    change(definition.apply!.case)
    const publication = { definition, now: installation.now(), by: 'officer-ed' }
    const { hash } = await sql.begin((transaction) => publish(transaction, publication))
    catalogueOf(installation).forget()
    return hash
  }

  /**
   * Publishes the course with rules by which nobody is confirmed any more, or nobody refused, and decides all its cases by them, with
   * two officers. Where the operation on them stands. `change` is what else the version has, and `work` what does the work.
   */
  async function decideAnew(
    never: 'confirm' | 'refuse',
    { change = () => {}, work = () => workOnCohorts(installation) }: Anew = {},
  ): Promise<string> {
    const target = await publishCourse((of) => {
      of.steps.find(({ id }) => id === never)!.when = 'learner_name = "Nobody"'
      const reason = never === 'confirm' ? 'not-resident' : 'welcome'
      of.rules = [
        {
          ...{ id: 'everybody', title: { en: 'Everybody', 'zh-Hant': '所有人' }, inputs: ['learner_name'] },
          ...{ hit: 'first', outputs: [], rows: [{ when: ['-'], gives: {}, reason }] },
        },
      ]
      change(of)
    })
    const token = randomUUID()
    const path = `/office/services/cohorts/${token}`
    await post('/office/services/cohorts', undefined, { token, service: 'tide-course', kind: 'redecide', target })
    await workOnCohorts(installation)
    await post(`${path}/proposal`)
    await post(`${path}/approval`, dina, { answer: 'approved' })
    await work()
    return path
  }

  /** Takes an operation on many cases back, with two officers. */
  async function undo(path: string, work = () => workOnCohorts(installation)): Promise<void> {
    await post(`${path}/undo`)
    await post(`${path}/undo/approval`, dina, { answer: 'approved' })
    await work()
  }

  return { publishCourse, decideAnew, undo }
}
