// Before one person acts for another, whoever lets them sees whom a code leads to.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { actingIn, refusal, type Somebody } from '../../../../test/acting.ts'
import { prove } from '../testing/proven.ts'

const first = await start()
const { app, sql } = first
const { somebody, post, get, codeOf, events } = actingIn(first)
const nextMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
const office = 'counting-house'
const officer = await somebody({ level: 3, organisation: office, roles: ['mandate-officer'] })
const ask = (who: Somebody, url: string, form: object) => post(who, url, { ...form, sure: undefined })

/** Sends a form as a browser without JavaScript does. */
const send = (who: Somebody, url: string, fields: readonly (readonly [string, string])[]) =>
  app.inject({
    method: 'POST',
    url: `/eng${url}`,
    headers: { ...who.headers, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields.map(([name, value]) => [name, value] as [string, string])).toString(),
  })
const hidden = (body: string) =>
  [...body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
    ([, name, value]) => [name!, value!] as const,
  )
const counted = async () => (await sql`select 1 from identity.mandate`).length

test('an officer at the counter sees both names before anything counts, and the codes stay good until then', async () => {
  const [agent, principal] = [await somebody(), await somebody()]
  const typed = [
    ['code', await codeOf(agent)],
    ['principal', await codeOf(principal)],
    ['kind', 'carer'],
    ['ends', nextMonth],
  ] as const
  const before = [await counted(), await events('identity.mandate-confirmed')]
  const asked = await send(officer, '/office/mandates', typed)
  assert.equal(asked.statusCode, 200, asked.body)
  const [agentName, principalName] = [agent, principal].map(({ id }) => id.replace('somebody-', 'Somebody '))
  assert.match(asked.body, new RegExp(`<h1[^>]*>.*${agentName} may act for ${principalName}: is that right\\?`))
  assert.deepEqual([await counted(), await events('identity.mandate-confirmed')], before, 'nothing counts yet')
  const fields = hidden(asked.body).filter(([name]) => name !== 'sure')
  assert.deepEqual(fields, typed)

  const back = await send(officer, '/office/mandates', [...fields, ['sure', 'no']])
  assert.equal(back.statusCode, 200)
  for (const [, value] of typed.slice(0, 2)) assert.match(back.body, new RegExp(`value="${value}"`), 'what was typed')
  assert.deepEqual([await counted(), await events('identity.mandate-confirmed')], before)

  assert.equal((await send(officer, '/office/mandates', [...fields, ['sure', 'yes']])).statusCode, 303)
  assert.equal(await counted(), before[0]! + 1)
  const again = await send(officer, '/office/mandates', [...fields, ['sure', 'yes']])
  assert.equal(again.statusCode, 422, 'a code is good once')
})

test('at the counter the name of the document is shown beside the one that a person gave themselves', async () => {
  const agent = await somebody()
  await prove(sql, first.installation, agent.id, { family: 'Tide', given: 'Ebb' })
  const form = { code: await codeOf(agent), name: 'A Child', kind: 'parent', ends: nextMonth }
  const { rows } = (await ask(officer, '/office/mandates', form)).json()
  assert.ok(rows.some(({ text }: { text?: { en: string } }) => text?.en === 'Ebb Tide'))
  const principal = await somebody()
  const own = (await ask(principal, '/account/mandates', { ...form, kind: 'helper', code: await codeOf(agent) })).json()
  assert.ok(!JSON.stringify(own).includes('Ebb Tide'), 'a code shows the name of the account alone')
})

test('who gives a mandate or a role sees whose code it is first', async () => {
  const [principal, agent] = [await somebody(), await somebody()]
  const name = agent.id.replace('somebody-', 'Somebody ')
  const mandate = { code: await codeOf(agent), kind: 'helper', ends: nextMonth }
  const asked = await ask(principal, '/account/mandates', mandate)
  assert.equal(asked.json().question.en, `${name} may act for you: is that right?`)
  assert.deepEqual((await get(principal, '/account/acting')).json().mandates, [])

  const administrator = await somebody({ organisation: office, roles: ['identity-administrator'] })
  const people = `/office/organisations/${office}/people`
  const before = await events('identity.role-granted')
  const role = await ask(administrator, people, { code: mandate.code, role: 'auditor' })
  assert.match(role.json().question.en, new RegExp(`^${name} becomes Auditor of .+: is that right\\?$`))
  assert.equal(await events('identity.role-granted'), before)
  const back = await post(administrator, people, { code: mandate.code, role: 'auditor', sure: 'no' })
  assert.deepEqual([back.statusCode, back.json().values.role], [200, 'auditor'])
  assert.equal(refusal(await post(administrator, people, { code: mandate.code, role: 'auditor' })), '303')
  const gone = await ask(principal, '/account/mandates', mandate)
  assert.deepEqual([gone.statusCode, gone.json().mistakes], [422, ['code']], 'a code that was spent names nobody')
})

test('a person of level 1 is refused at the field of the code, with what was typed, and told so on their own page', async () => {
  const [principal, agent] = [await somebody(), await somebody({ level: 1 })]
  const code = await codeOf(agent)
  const form = { code, kind: 'helper', ends: nextMonth }
  assert.equal(refusal(await ask(principal, '/account/mandates', form)), 'identity.agent-level-too-low')
  const refused = await send(principal, '/account/mandates', Object.entries(form))
  assert.equal(refused.statusCode, 409)
  assert.match(refused.body, /<a href="#code">This person must prove who they are, to level 2/)
  assert.match(refused.body, new RegExp(`name="code"[^>]*value="${code}"|value="${code}"[^>]*name="code"`))
  assert.match(refused.body, /value="helper" checked/)
  const page = async (who: Somebody) =>
    (await app.inject({ url: '/eng/account/acting', headers: { ...who.headers, accept: 'text/html' } })).body
  const word = /To act for another person you must first prove who you are/
  assert.match(await page(agent), word)
  assert.match(await page(agent), /href="\/eng\/account\/level\?next=%2Faccount%2Facting"/)
  assert.doesNotMatch(await page(principal), word)
})

test('each kind is explained where it is chosen, and a wrong last day names only those', async () => {
  // biome-ignore format: matrix
  const cases = [
    [await somebody(), '/account/mandates', ['Does for you what you ask', 'Looks after the affairs', 'one year for a helper, two for a carer'],    /guardian/],
    [officer,          '/office/mandates',  ['Looks after the affairs', 'Acts for a child', 'two years for a carer, eighteen for a parent'], /helper|Helper/],
  ] as const
  for (const [who, url, said, unsaid] of cases) {
    const { body } = await send(who, url, [['kind', 'carer']])
    for (const each of said) assert.match(body, new RegExp(each), url)
    assert.doesNotMatch(body, unsaid, url)
  }
})
