// How a channel is reached is said by two officers: by neither alone, and to neither’s own good.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { actingIn, refusal, type Somebody } from '../../../../test/acting.ts'
import { listAlerts } from '../testing/alerts.sql.ts'
import { findConnection } from './channels.sql.ts'
import { sealEnvelope } from './envelope.ts'
import { generateSm2Key, type Sm2Key } from './sm2.ts'
import { tellLinkedJob } from './tell-linked.ts'

const first = await start()
const second = await start({ beside: first })
const { app, sql, installation } = first
const { somebody, session, post, get, events } = actingIn(first)
const office = '/office/channels/neighbourland'
const platform = 'https://login.example/enter'
const channel = 'neighbourland'

const anOfficer = (level = 2) => somebody({ organisation: 'tally-office', roles: ['platform-officer'], level })
const formOf = (key: Sm2Key, more: { address?: string; secret?: string } = {}) => ({
  ...{ protocol: 'envelope', address: platform, clientId: 'praya', peerKey: key.publicKey, open: '1' },
  ...more,
})
const connection = () => findConnection(sql, installation.vault, channel)
type Waiting = { id: string; own: boolean; address: string; hasSecret: boolean } | null
const waitingFor = async (who: Somebody) => (await get(who, office)).json<{ waiting: Waiting }>().waiting
const decide = (who: Somebody, id: string, answer = 'approve', where = app) =>
  post(who, `${office}/changes/${id}`, { answer }, where)

/** Two officers set the channel up with this key. */
async function setUp(key: Sm2Key) {
  const [asks, approves] = [await anOfficer(), await anOfficer()]
  assert.equal(refusal(await post(asks, office, formOf(key))), '303')
  const { id } = (await waitingFor(approves))!
  assert.equal(refusal(await decide(approves, id)), '303')
  return { asks, approves }
}

const cookieIn = (response: Awaited<ReturnType<typeof get>>, name: string) => {
  const found = response.cookies.find((each) => each.name === name)
  return found && `${name}=${encodeURIComponent(found.value)}`
}

/** Comes back from the platform, as who holds `key` says; `held` is what the browser holds already. */
async function comeBack(key: Sm2Key, sub: string, { held = '', level = 'high' } = {}) {
  const begun = await app.inject({ method: 'POST', url: `/sign-in/channels/${channel}`, payload: {} })
  const request = new URL(String(begun.headers.location)).searchParams.get('request')!
  const { state, nonce } = JSON.parse(Buffer.from(request.split('.')[1]!, 'base64url').toString())
  const iat = Math.floor(Date.now() / 1000)
  const said = { iss: platform, aud: 'praya', sub, nonce, level, name: 'Nell Strait', iat, exp: iat + 60 }
  const query = new URLSearchParams({ state, envelope: sealEnvelope(said, key.privateKey) })
  const cookie = [held, cookieIn(begun, 'praya_channel')].filter(Boolean).join('; ')
  const url = `/sign-in/channels/${channel}/callback?${query}`
  return { back: await app.inject({ url, headers: { cookie } }), cookie }
}

/** Links the account of somebody who is signed in. */
async function link({ headers }: Somebody, key: Sm2Key, sub: string) {
  const { cookie } = await comeBack(key, sub, { held: headers.cookie })
  const url = `/sign-in/channels/${channel}/link`
  assert.equal((await app.inject({ method: 'POST', url, headers: { cookie } })).statusCode, 303)
}
const proofsOf = async ({ id }: { id: string }) =>
  (
    await sql<{ level: number }[]>`
    select level from identity.proof where person_id = ${id} and method = 'channel' and withdrawn_at is null`
  ).map(({ level }) => level)

test('an officer who sets a channel up is told field by field what is wrong, and nothing waits then', async () => {
  const officer = await anOfficer()
  // biome-ignore format: matrix
  const cases: [string, object, string][] = [
    ['plain HTTP',      { protocol: 'openid',   address: 'http://login.example', clientId: 'a' },                          'address'],
    ['no address',      { protocol: 'openid',   address: 'neighbour',            clientId: 'a' },                          'address'],
    ['with a password', { protocol: 'openid',   address: 'https://a:b@c.example', clientId: 'a' },                         'address'],
    ['no client',       { protocol: 'openid',   address: 'https://login.example', clientId: ' ' },                         'clientId'],
    ['no key',          { protocol: 'envelope', address: 'https://login.example', clientId: 'a' },                         'peerKey'],
    ['another key',     { protocol: 'envelope', address: 'https://login.example', clientId: 'a', peerKey: 'MFkw' },        'peerKey'],
  ]
  for (const [what, payload, field] of cases) {
    const headers = { ...officer.headers, accept: 'text/html' }
    const response = await app.inject({ method: 'POST', url: `/eng${office}`, headers, payload })
    assert.equal(response.statusCode, 422, what)
    assert.match(response.body, new RegExp(`href="#${field}"`), what)
  }
  assert.equal((await sql`select 1 from identity.channel_change`).length, 0)
})

test('a channel is reached as one officer asked once another approves it, of level 2 both, and closed by one', async () => {
  const [asks, approves, weak] = [await anOfficer(), await anOfficer(), await anOfficer(1)]
  const stranger = await somebody()
  const secret = 'a secret of the test'
  const form = formOf(generateSm2Key(), { secret })
  assert.equal(refusal(await post(weak, office, form)), 'platform.level-too-low')
  assert.equal(refusal(await get(weak, office)), 'platform.level-too-low')
  assert.equal(refusal(await post(stranger, office, form)), 'platform.not-allowed')
  const asked = await post(asks, office, form)
  assert.match(String(asked.headers.location), /done=channel-change-asked$/)
  assert.equal(await connection(), undefined)
  const { id, own } = (await waitingFor(asks))!
  assert.equal(own, true)

  assert.equal(refusal(await decide(asks, id)), 'identity.needs-another')
  assert.equal(refusal(await decide(weak, id)), 'platform.level-too-low')
  assert.equal(refusal(await decide(stranger, id)), 'platform.not-allowed')
  assert.equal(await connection(), undefined)
  const page = async (who: Somebody) =>
    (await app.inject({ url: `/eng${office}`, headers: { ...who.headers, accept: 'text/html' } })).body
  const shown = await page(approves)
  assert.match(shown, /A change waits for approval/)
  assert.ok(shown.includes(platform) && !shown.includes(secret))
  assert.doesNotMatch(await page(asks), />Approve</)
  const listed = (await get(approves, '/office/channels')).json().channels as { id: string; waiting: boolean }[]
  assert.deepEqual(
    listed.filter(({ waiting }) => waiting).map((each) => each.id),
    [channel],
  )

  const before = await events('identity.channel-change-approved')
  const both = await Promise.all([app, second.app].map((where) => decide(approves, id, 'approve', where)))
  assert.deepEqual(both.map(refusal).sort(), ['303', 'identity.channel-change-gone'])
  assert.equal(await events('identity.channel-change-approved'), before + 1)
  const { signingKey, changedAt: _, ...reached } = (await connection())!
  const { peerKey, address, clientId } = form
  assert.deepEqual(reached, {
    id: channel,
    protocol: 'envelope',
    address,
    clientId,
    peerKey: peerKey.trim(),
    secret,
    open: true,
  })
  assert.match(signingKey!.publicKey, /BEGIN PUBLIC KEY/)
  assert.equal(await waitingFor(asks), null)
  const kept = await sql<{ text: string }[]>`select change::text as text from identity.channel_change as change`
  assert.equal((await sql`select 1 from identity.channel_change where secret is not null`).length, 0, kept[0]!.text)

  const { open: __, secret: ___, ...same } = form
  for (const open of [false, true]) {
    assert.equal(refusal(await post(approves, office, { ...same, ...(open && { open: '1' }) })), '303')
    assert.equal((await connection())!.open, open)
  }
  await post(asks, office, { ...same, address: 'https://elsewhere.example' })
  assert.deepEqual(
    [(await connection())!.open, (await connection())!.address],
    [false, platform],
    'closing waits for nobody',
  )
})

test('what is approved is what was seen: a change that was replaced, refused or taken back is none any more', async () => {
  const [asks, approves] = [await anOfficer(), await anOfficer()]
  const before = await connection()
  const ask = async (address: string) => {
    await post(asks, office, formOf(generateSm2Key(), { address }))
    return (await waitingFor(approves))!.id
  }
  const seen = await ask('https://login.example/one')
  const other = await ask('https://login.example/two')
  assert.equal(refusal(await decide(approves, seen)), 'identity.channel-change-gone')
  assert.equal((await waitingFor(approves))!.address, 'https://login.example/two')
  assert.equal(refusal(await decide(approves, other, 'refuse')), '303')
  assert.equal(refusal(await decide(approves, other)), 'identity.channel-change-gone')
  const third = await ask('https://login.example/three')
  assert.equal(refusal(await decide(asks, third, 'refuse')), '303', 'who asked takes it back')
  assert.equal(refusal(await decide(approves, third)), 'identity.channel-change-gone')
  const elsewhere = await post(approves, `/office/channels/farshore/changes/${third}`, { answer: 'approve' })
  assert.equal(refusal(elsewhere), 'identity.channel-change-gone')
  assert.deepEqual(await connection(), before)
})

test('of two officers who ask at once, one change waits', async () => {
  const officers = [await anOfficer(), await anOfficer()]
  const answers = await Promise.all(
    officers.map((who, at) => post(who, office, formOf(generateSm2Key()), at ? second.app : app)),
  )
  assert.deepEqual(answers.map(refusal), ['303', '303'])
  assert.equal((await sql`select 1 from identity.channel_change where decided_at is null`).length, 1)
})

test('who is linked is signed in by the key of before until another is approved, and is told of that', async () => {
  const [old, rogue] = [generateSm2Key(), generateSm2Key()]
  await setUp(old)
  const linked = await somebody()
  await link(linked, old, 'citizen-1')
  const [asks, approves] = [await anOfficer(), await anOfficer()]
  await post(asks, office, formOf(rogue))
  assert.equal((await comeBack(rogue, 'citizen-1')).back.json().type, '/problems/identity.channel-refused')
  assert.match(String((await comeBack(old, 'citizen-1')).back.headers.location), /\/$/)
  const queued = () => sql`select 1 from graphile_worker.jobs where task_identifier = ${tellLinkedJob}`
  await sql`delete from graphile_worker._private_jobs`
  assert.equal(refusal(await decide(approves, (await waitingFor(approves))!.id)), '303')
  assert.equal((await queued()).length, 1)
  assert.equal((await comeBack(old, 'citizen-1')).back.json().type, '/problems/identity.channel-refused')
  await first.jobs[tellLinkedJob]!.run(installation, { channel })
  assert.equal((await listAlerts(sql, linked.id)).at(-1), 'channel-changed')
  assert.ok(!(await listAlerts(sql, asks.id)).includes('channel-changed'), 'who is not linked is told nothing')
})

test('the two who set a channel up are proven by it in nothing, and others are', async () => {
  const key = generateSm2Key()
  const uninvolved = await anOfficer()
  const { asks, approves } = await setUp(key)
  for (const who of [asks, approves, uninvolved]) await link(who, key, `officer ${who.id}`)
  assert.deepEqual(await proofsOf(asks), [])
  assert.deepEqual(await proofsOf(approves), [])
  assert.deepEqual(await proofsOf(uninvolved), [3])
  await comeBack(key, `officer ${asks.id}`)
  assert.deepEqual(await proofsOf(asks), [], 'nor when they come back')

  const now = { ...uninvolved, headers: await session(uninvolved.id, 'tally-office') }
  await post(now, office, formOf(generateSm2Key()))
  assert.deepEqual(await proofsOf(uninvolved), [3], 'asking alone changes nothing')
  const other = await anOfficer()
  assert.equal(refusal(await decide(other, (await waitingFor(other))!.id)), '303')
  assert.deepEqual(await proofsOf(uninvolved), [])
  assert.equal((await listAlerts(sql, uninvolved.id)).at(-1), 'level-changed')
})
