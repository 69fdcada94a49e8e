import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { actingIn, type Somebody } from '../../../../test/acting.ts'
import { findLastAlert } from '../testing/alerts.sql.ts'
import { sendAlert } from './messages.ts'

const first = await start()
const { app, sql } = first
const { somebody, post, get, codeOf } = actingIn(first)
const nextMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)

type Line = { id: string; body: { en: string; 'zh-Hant': string } }
/** Every message, opened. */
async function inboxOf(who: Somebody): Promise<Line[]> {
  const { messages } = (await get(who, '/account/inbox')).json<{ messages: Line[] }>()
  return Promise.all(messages.map(async ({ id }) => (await get(who, `/account/inbox/${id}`)).json<Line>()))
}
const page = async (who: Somebody, url: string) =>
  (await app.inject({ url: `/eng${url}`, headers: { ...who.headers, accept: 'text/html' } })).body

test('an alert of a mandate says with whom, to each of the two, and keeps the name of nobody', async () => {
  const [principal, agent] = [await somebody(), await somebody()]
  const [principalName, agentName] = [principal, agent].map(({ id }) => id.replace('somebody-', 'Somebody '))
  const given = { code: await codeOf(agent), kind: 'helper', ends: nextMonth }
  await post(principal, '/account/mandates', given)
  const [mandate] = await sql`select id from identity.mandate where agent_id = ${agent.id}`
  const { id } = mandate!
  // biome-ignore format: matrix
  const cases = [
    [principal, 'mandate-given',   `from your account to ${agentName}. `],
    [agent,     'mandate-offered', `Who asks is ${principalName}: `],
  ] as const
  for (const [who, kind, said] of cases) {
    assert.deepEqual((await findLastAlert(sql, who.id, kind))?.alertValues, { mandate: id })
    const [{ id: message }] = (await inboxOf(who)) as [Line]
    assert.ok((await page(who, `/account/inbox/${message}`)).includes(said), kind)
  }
  await post(agent, `/account/mandates/${id}/accept`)
  await post(agent, `/account/mandates/${id}/withdraw`)
  for (const [who, other] of [
    [principal, agentName],
    [agent, principalName],
  ] as const)
    for (const kind of ['is accepted', 'ended.'])
      assert.ok(
        (await inboxOf(who)).some(({ body }) => body.en.includes(`between you and ${other} ${kind}`)),
        kind,
      )
})

test('what is not one’s own, or not there, an alert names in general', async () => {
  const [principal, agent, stranger] = [await somebody(), await somebody(), await somebody()]
  await post(principal, '/account/mandates', { code: await codeOf(agent), kind: 'helper', ends: nextMonth })
  const [mandate] = await sql`select id from identity.mandate where agent_id = ${agent.id}`
  const [request] = await sql`
    insert into identity.signing_request (kind, person_id, requested_by, document_name, hash, expires_at)
    values ('hash', ${principal.id}, ${principal.id}, 'Lease {of} the pier', repeat('a', 64), now() + interval '1 day')
    returning id`
  const named = { mandate: mandate!.id, request: request!.id }
  for (const who of [stranger, principal])
    for (const kind of ['mandate-ended', 'document-signed'] as const)
      for (const values of [named, {}]) await sql.begin((each) => sendAlert(each, { personId: who.id, kind, values }))
  const said = (await inboxOf(stranger)).map(({ body }) => body.en)
  assert.equal(said.length, 4)
  for (const each of said) assert.match(each, /another person|signed a document\./)
  const own = (await inboxOf(principal)).map(({ body }) => body)
  assert.ok(own.some(({ en }) => en.includes('signed “Lease {of} the pier”.')))
  assert.ok(own.some((body) => body['zh-Hant'].includes('簽署了「Lease {of} the pier」')))
})

test('archiving a message and taking it back are told apart', async () => {
  const who = await somebody()
  await sql.begin((each) => sendAlert(each, { personId: who.id, kind: 'mandate-ended' }))
  const [{ id }] = (await inboxOf(who)) as [Line]
  for (const [to, act] of [
    ['archive', 'message-archived'],
    ['inbox', 'message-restored'],
  ] as const) {
    const moved = await post(who, `/account/inbox/${id}/place`, { to })
    assert.ok(moved.headers.location!.endsWith(`done=${act}`))
    const [last] = await sql`
      select event from platform.audit_event where actor = ${who.id} order by id desc limit 1`
    assert.equal(last!.event, `identity.${act}`)
  }
})

test('where no mail goes, no code is said to be on its way', async () => {
  const who = await somebody()
  await post(who, '/account/notifications/address', { address: 'ada@example.com' })
  const body = await page(who, '/account/notifications')
  assert.match(body, /sends no mail yet[\s\S]*A code for ada@example\.com was written, and waits/)
  assert.doesNotMatch(body, /on its way/)
})
