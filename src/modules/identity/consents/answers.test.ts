import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aListeningSite, formOf } from '../../../../test/relying-party.ts'
import { aPersonAt, aService, ask, type Visitor } from '../../../../test/service.ts'

const first = await aListeningSite()
const { site, sql } = first

let services = 0
/** A request that waits for its person, with a way to answer it that goes no further than our own answer. */
async function anOpenRequest() {
  const who = await aPersonAt(first)
  const service = await aService(first, `tide-tables-${++services}`)
  const { page } = await ask(service, who.browser, { scope: 'openid profile' })
  const headers = () => ({ cookie: who.browser.cookie(), origin: site, accept: 'application/json' })
  const answer = async (word: 'agree' | 'refuse') => {
    const body = new URLSearchParams([...formOf(page.text), ['answer', word]])
    const answered = await fetch(page.url, { method: 'POST', headers: headers(), body, redirect: 'manual' })
    return {
      outcome: answered.ok || answered.status === 303 ? word : ((await answered.json()) as { type: string }).type,
      onwards: answered.headers.get('location'),
    }
  }
  return { who, answer }
}

const answered = '/problems/identity.interaction-answered'
const consentsOf = async ({ id }: Visitor) =>
  (await sql`select 1 from identity.consent where person_id = ${id} and withdrawn_at is null`).length
const eventsOf = async ({ id }: Visitor) =>
  (
    await sql<{ event: string }[]>`
      select event
      from platform.audit_event
      where actor = ${id} and event in ('identity.consent-given', 'identity.service-refused')`
  ).map(({ event }) => event)

test('who refused is not made to agree by another tab, and the service is told of the refusal', async () => {
  const { who, answer } = await anOpenRequest()
  const refused = await answer('refuse')
  assert.equal((await answer('agree')).outcome, answered)
  assert.equal(await consentsOf(who), 0)
  const back = await who.browser.open(refused.onwards!)
  assert.equal(back.url.searchParams.get('error'), 'access_denied')
  assert.deepEqual(await eventsOf(who), ['identity.service-refused'])
})

test('who agreed is told so when another tab refuses, and the service is told of the agreement', async () => {
  const { who, answer } = await anOpenRequest()
  const agreed = await answer('agree')
  assert.equal((await answer('refuse')).outcome, answered)
  const back = await who.browser.open(agreed.onwards!)
  assert.ok(back.url.searchParams.has('code'))
  assert.deepEqual([await consentsOf(who), await eventsOf(who)], [1, ['identity.consent-given']])
})

test('of agreeing and refusing at the same moment one counts, and what is kept is what was said', async () => {
  for (let round = 0; round < 8; round++) {
    const { who, answer } = await anOpenRequest()
    const words = round % 2 ? (['agree', 'refuse'] as const) : (['refuse', 'agree'] as const)
    const outcomes = (await Promise.all(words.map(answer))).map(({ outcome }) => outcome)
    const counted = outcomes.filter((outcome) => outcome !== answered)
    assert.equal(counted.length, 1, outcomes.join(', '))
    assert.equal(await consentsOf(who), counted[0] === 'agree' ? 1 : 0)
    assert.equal((await eventsOf(who)).length, 1)
  }
})

test('two clicks of one button lead on to the service', async () => {
  const { who, answer } = await anOpenRequest()
  const [one, other] = await Promise.all([answer('agree'), answer('agree')])
  assert.deepEqual([one.outcome, other.outcome], ['agree', 'agree'])
  const back = await who.browser.open(other.onwards!)
  assert.ok(back.url.searchParams.has('code'))
  assert.equal(await consentsOf(who), 1)
})
