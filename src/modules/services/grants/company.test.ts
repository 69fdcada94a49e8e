// What a role in a company lets its people do with a case and a grant of the company, after it was sent.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import { actingIn, refusal, type Somebody } from '../../../../test/acting.ts'
import { sendApplication, tideAnswers } from '../testing/cases.ts'

const started = await start()
const { app, sql, asPerson, installation } = started
const { somebody, company, session } = actingIn(started)
const ours = await company()
const owner = await somebody({ organisation: ours, roles: ['owner'] })
/** Somebody of the company whose role covers these services up to so many cents. */
async function limitedTo(services: string, centsMax: number | null): Promise<Somebody> {
  const { id } = await somebody({ organisation: ours })
  await sql`
    insert into identity.role_grant (person_id, organisation, role, granted_by, approved_by, approved_at, services, cents_max)
    values (${id}, ${ours}, 'member', ${owner.id}, 'operator', now(), ${services}, ${centsMax})`
  return { id, headers: await session(id, ours) }
}
const elsewhere = await limitedTo('{book-court}', null)
const small = await limitedTo('{tide-grant}', 10_000)
const whole = await limitedTo('{tide-grant}', null)

const officer = (id: string) =>
  asPerson({
    ...{ id, organisation: 'tide-station', level: 3 },
    permissions: ['services:work-case', 'services:decide-case'],
  })
const [cora, dina] = [officer('officer-cora'), officer('officer-dina')]
type Headers = { cookie: string }
const get = (url: string, headers: Headers) => app.inject({ url: `${url}.json`, headers })
const post = (url: string, headers: Headers, payload: object = {}) =>
  app.inject({ method: 'POST', url, headers: { ...headers, accept: 'application/json' }, payload })
const send = () => sendApplication(started, { person: owner.id, organisation: ours, answers: tideAnswers })

test('whose role covers another service reads the case of the company, and withdraws nothing', async () => {
  const at = `/services/cases/${await send()}`
  assert.equal((await get(at, elsewhere.headers)).statusCode, 200)
  const token = () => ({ token: randomUUID() })
  assert.equal(refusal(await post(`${at}/withdrawal`, elsewhere.headers, token())), 'identity.beyond-limits')
  assert.equal(
    refusal(await post(`${at}/complaint`, elsewhere.headers, { ...token(), text: 'Slow' })),
    'identity.beyond-limits',
  )
  assert.equal(refusal(await post(`${at}/place/give-up`, elsewhere.headers)), 'identity.beyond-limits')
  assert.equal(refusal(await post(`${at}/withdrawal`, whole.headers, token())), '200')
})

/** A grant of the company that waits to be accepted: where its people find it. */
async function granted(): Promise<string> {
  const reference = await send()
  const at = `/office/services/cases/${reference}`
  const act = async (what: string, headers: Headers, payload: object = {}) => {
    const { number } = (await get(at, headers)).json()
    const done = await post(`${at}/${what}`, headers, { token: randomUUID(), seen: number, ...payload })
    assert.equal(done.statusCode, 200, done.body)
  }
  await act('claim', cora)
  await act('steps/assess', cora, { 'answer.assessment': 'Sound.' })
  await act('steps/grant', cora, { 'answer.amount_granted': '12000', reasons: ['within-limit'] })
  const { proposal } = (await get(at, dina)).json()
  await act(`proposals/${proposal.number}`, dina, { answer: 'approved' })
  return `/services/cases/${reference}/grant`
}
const day = new Intl.DateTimeFormat('sv-SE', { timeZone: installation.pack.government.timeZone }).format()
const claim = (amount: string) => ({ line: '1', 'answer.amount': amount, 'answer.spent_on': day })

test('a grant is accepted and claimed within the sum up to which a role goes, and for its service alone', async () => {
  const grant = await granted()
  for (const { headers } of [elsewhere, small])
    assert.equal(refusal(await post(`${grant}/acceptance`, headers)), 'identity.beyond-limits')
  const { can } = (await get(grant, elsewhere.headers)).json()
  assert.deepEqual([can.accept, can.spend], [false, false])
  assert.equal(refusal(await post(`${grant}/acceptance`, owner.headers)), '200')
  assert.equal(refusal(await post(`${grant}/claims`, elsewhere.headers, claim('50'))), 'identity.beyond-limits')
  assert.equal(refusal(await post(`${grant}/claims`, small.headers, claim('101'))), 'identity.beyond-limits')
  assert.equal(refusal(await post(`${grant}/claims`, small.headers, claim('100'))), '200')
})

test('a form whose token is that of another grant’s claim is refused, and tells nothing of it', async () => {
  const [one, other] = [await granted(), await granted()]
  for (const grant of [one, other]) await post(`${grant}/acceptance`, owner.headers)
  const sent = { ...claim('5'), token: randomUUID() }
  assert.equal(refusal(await post(`${one}/claims`, owner.headers, sent)), '200')
  assert.equal(refusal(await post(`${other}/claims`, owner.headers, sent)), 'services.grant-not-now')
})

test('an officer who is a member of the company has nothing to do with its case, whoever sent it', async () => {
  const reference = await send()
  const member = asPerson({
    ...{ id: whole.id, organisation: 'tide-station', level: 3 },
    permissions: ['services:work-case', 'services:decide-case'],
  })
  const at = `/office/services/cases/${reference}`
  assert.equal(refusal(await get(at, member)), 'services.case-is-own')
  const { number } = (await get(at, cora)).json()
  const claim = { token: randomUUID(), seen: number }
  assert.equal(refusal(await post(`${at}/claim`, member, claim)), 'services.case-is-own')
  const other = await sendApplication(started, { answers: tideAnswers })
  const next = async (headers: Headers) => {
    const answered = await post('/office/services/next', headers, { token: randomUUID() })
    return answered.statusCode === 200 ? answered.json().reference : refusal(answered)
  }
  assert.equal(await next(member), other)
  assert.equal(await next(member), 'services.case-none-free')
  assert.equal(await next(cora), reference)
})
