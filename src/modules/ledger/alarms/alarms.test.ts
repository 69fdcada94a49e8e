// Alarms, ceremonies and the second officer, through HTTP and the job that looks each minute.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { actingIn } from '../../../../test/acting.ts'
import { listAlerts } from '../../identity/testing/alerts.sql.ts'
import { append } from '../log/append.ts'
import { issueApiKey } from '../programs/api-keys.ts'
import { insertQuota, keepRefusal } from '../quotas/quotas.sql.ts'
import { lookForAlarms } from './look.ts'

let minutes = 0
const now = () => new Date(Date.now() + minutes * 60_000)
const first = await start({ now })
const second = await start({ beside: first, now })
const { app, sql, installation } = first
const { somebody, post, get } = actingIn(first)
const officer = await somebody({ organisation: 'tide-station', roles: ['ledger-officer'] })
const other = await somebody({ organisation: 'counting-house', roles: ['ledger-officer'] })
const [ann, bob] = [
  await somebody({ organisation: 'tally-office', roles: ['ledger-operator'] }),
  await somebody({ organisation: 'tally-office', roles: ['ledger-operator'] }),
]

const look = () => Promise.all([lookForAlarms(installation), lookForAlarms(second.installation)])
type Alarm = { id: number; kind: string; subject: string; closedAt: string | null; note: string | null }
const alarmsOf = async (who: typeof officer) => (await get(who, '/office/ledger/alarms')).json().alarms as Alarm[]
const openOf = async (who: typeof officer) =>
  (await alarmsOf(who)).filter(({ closedAt }) => !closedAt).map(({ kind, subject }) => `${kind} ${subject}`)
const typeOf = (answer: Awaited<ReturnType<typeof post>>) => answer.json().type.split('.').at(-1)

test('entries that wait open one alarm by two processes, for those who run the logs, and it closes when they are in order', async () => {
  await append(sql, 'harbour', [Buffer.from('slow')])
  await look()
  assert.deepEqual(await openOf(ann), [])
  minutes += 2
  for (let times = 0; times < 3; times += 1) await look()
  assert.deepEqual(await openOf(ann), ['entries-wait harbour'])
  assert.deepEqual(await openOf(officer), [])
  assert.deepEqual([await listAlerts(sql, ann.id), await listAlerts(sql, officer.id)], [['ledger-alarm'], []])
  const shown = (await get(ann, '/office/ledger/health')).json().logs
  assert.equal(shown.find(({ name }: { name: string }) => name === 'harbour').state, 'slow')
  await sql`delete from ledger.pending`
  await look()
  assert.deepEqual(await openOf(ann), [])
  assert.equal((await alarmsOf(ann))[0]!.kind, 'entries-wait')
})

test('a key that ends soon and a quota that is reached are told to the officers of their organisation alone', async () => {
  const { key } = await issueApiKey(sql, {
    ...{ organisation: 'tide-station', name: 'Lamp', scopes: ['append'], createdBy: 'test', days: 13 },
  })
  await keepRefusal(sql, 'tide-station', { day: now().toISOString().slice(0, 10), at: now() })
  await look()
  const open = [`key-ending ${key.id}`, 'quota-reached tide-station']
  assert.deepEqual((await openOf(officer)).sort(), open)
  assert.deepEqual((await openOf(ann)).sort(), open)
  assert.deepEqual(await openOf(other), [])
  assert.deepEqual([await listAlerts(sql, officer.id), await listAlerts(sql, other.id)], [['ledger-alarm'], []])
  minutes += 1
  await insertQuota(sql, { organisation: 'tide-station', entries: 5, octets: 5, by: 'test', at: now() })
  await look()
  assert.deepEqual(await openOf(officer), [`key-ending ${key.id}`])
})

test('an officer says what is done about an alarm of their organisation, and of no other', async () => {
  const [alarm] = (await alarmsOf(officer)).filter(({ kind, closedAt }) => kind === 'key-ending' && !closedAt)
  const at = `/office/ledger/alarms/${alarm!.id}`
  assert.equal((await post(officer, at, { note: ' ' })).json().wrong.mistake, 'missing')
  const long = await post(officer, at, { note: 'so '.repeat(200) })
  assert.deepEqual(
    [long.statusCode, long.json().wrong],
    [422, { id: alarm!.id, mistake: 'long', note: 'so '.repeat(200).trim() }],
  )
  assert.equal(typeOf(await post(other, at, { note: 'mine' })), 'alarm-not-found')
  assert.equal((await post(officer, at, { note: 'Rotated today' })).statusCode, 303)
  const after = (await alarmsOf(officer)).find(({ id }) => id === alarm!.id)!
  assert.deepEqual([after.note, after.closedAt], ['Rotated today', null])
})

test('a witness that refuses, and a log that publishes nothing, are alarms; evidence stays until a person closes it', async () => {
  await sql`
    insert into ledger.contact (log, url, failed_at, failure)
    select id, 'https://one.example', now(), '409' from ledger.log where name = 'harbour'`
  await sql`update ledger.log set behind_at = ${now()} where name = 'harbour'`
  const origin = 'elsewhere.example/log'
  await sql`insert into ledger.watched_log (origin, id, vkeys) values (${origin}, ${'a'.repeat(64)}, '{k}')`
  await sql`
    insert into ledger.evidence (id, origin, kind, vkeys, cosigned, offered, seen_at)
    values ('0123456789abcdef', ${origin}, 'split-view', '{k}', 'a', 'b', now())`
  await look()
  assert.deepEqual((await openOf(ann)).slice(0, 2).sort(), [
    'split-view 0123456789abcdef',
    'witness-refuses harbour https://one.example',
  ])
  minutes += 11
  await look()
  assert.ok((await openOf(ann)).includes('not-published harbour'))
  await sql`update ledger.contact set failure = null, failed_at = null`
  await sql`update ledger.log set behind_at = null`
  await look()
  const open = (await alarmsOf(ann)).filter(({ closedAt, kind }) => !closedAt && kind !== 'key-ending')
  assert.deepEqual(
    open.map(({ kind }) => kind),
    ['split-view'],
  )
  assert.equal((await post(ann, `/office/ledger/alarms/${open[0]!.id}`, { note: 'Told everybody' })).statusCode, 303)
  await look()
  assert.ok(!(await openOf(ann)).some((each) => each.startsWith('split-view')), 'what a person closed stays closed')
})

test('an alarm says in words what it is about and what was found, in three languages', async () => {
  const { key } = await issueApiKey(sql, {
    ...{ organisation: 'tide-station', name: 'Buoy', scopes: ['append'], createdBy: 'test', days: 5 },
  })
  await sql`update ledger.contact set failure = '403', failed_at = now()`
  await keepRefusal(sql, 'counting-house', { day: now().toISOString().slice(0, 10), at: now() })
  await look()
  // biome-ignore format: a table
  const cases: [string, typeof officer, RegExp[]][] = [
    ['eng', ann,     [/Harbour log/, /https:\/\/one\.example/, /does not know the keys of this log \(403\)/, /Counting/]],
    ['eng', officer, [/Buoy/, new RegExp(`href="[^"]*/office/ledger/keys/${key.id}"`), /Ends/]],
    ['han', ann, [/見證者不認識本日誌的密鑰（403）/]],
    ['jian', ann, [/见证者不认识本日志的密钥（403）/]],
  ]
  for (const [language, who, patterns] of cases) {
    const { body } = await app.inject({
      url: `/${language}/office/ledger/alarms`,
      headers: { ...who.headers, accept: 'text/html' },
    })
    for (const pattern of patterns) assert.match(body, pattern)
    assert.doesNotMatch(body, new RegExp(`<code>${key.id}</code>`))
  }
  for (const failure of ['signature', '404']) {
    await sql`update ledger.contact set failure = ${failure}`
    await look()
    assert.ok((await openOf(ann)).includes('witness-refuses harbour https://one.example'), failure)
  }
  await sql`update ledger.contact set failure = null, failed_at = null`
  await look()
})

test('however many keys end at once, nothing else is missed, closed meanwhile, or told twice', async () => {
  await sql`
    insert into ledger.api_key (id, organisation, name, scopes, hash, created_by, expires_at)
    select translate(lpad(n::text, 10, 'z'), '01', 'ab'), 'counting-house', 'Key ' || n, '{append}', sha256('x'), 'test',
      ${now()}::timestamptz + interval '5 days'
    from generate_series(1, 1500) as n`
  await sql`update ledger.contact set failure = 'knows 9', failed_at = now()`
  await sql`
    insert into ledger.evidence (id, origin, kind, vkeys, cosigned, offered, seen_at)
    values ('fedcba9876543210', 'elsewhere.example/log', 'split-view', '{k}', 'a', 'b', now())`
  await look()
  const standing = async () => [
    await openOf(ann),
    await listAlerts(sql, ann.id),
    [...(await sql`select count(*)::int as ever, count(closed_at)::int as closed from ledger.alarm`)],
  ]
  const before = await standing()
  for (const each of ['split-view fedcba9876543210', 'witness-refuses harbour https://one.example'])
    assert.ok((before[0] as string[]).includes(each), each)
  assert.ok((await get(ann, '/office/ledger')).json().alarms > 1500)
  minutes += 1
  await look()
  assert.deepEqual(await standing(), before)
  await sql`update ledger.api_key set withdrawn_at = now(), withdrawn_by = 'test' where organisation = 'counting-house'`
  await sql`update ledger.contact set failure = null, failed_at = null`
  await look()
  assert.ok(!(await openOf(other)).some((each) => each.startsWith('key-ending')))
})

test('new keys of a log need a second officer, once, on whichever process', async () => {
  const at = '/office/ledger/logs/harbour/rotations'
  assert.equal((await post(officer, at, { why: 'rotate' })).statusCode, 403)
  assert.equal(typeOf(await post(ann, at.replace('harbour', 'nowhere'), { why: 'rotate' })), 'log-not-found')
  const asked = await Promise.all([app, second.app].map((where) => post(ann, at, { why: 'rotate' }, where)))
  assert.deepEqual(asked.map(({ statusCode }) => statusCode).sort(), [303, 409])
  const waiting = async () =>
    (await get(ann, '/office/ledger/logs'))
      .json()
      .logs.find(({ log }: { log: { name: string } }) => log.name === 'harbour')
  const { waiting: one, log: before } = await waiting()
  const pageOf = async (url: string, who: typeof ann) =>
    (await app.inject({ url: `/eng${url}`, headers: { ...who.headers, accept: 'text/html' } })).body
  assert.match(await pageOf('/office/ledger/logs', bob), /Somebody 3 asked for new keys.*end after 30 days/)
  assert.deepEqual(
    Object.keys(before),
    ['name', 'path', 'origin', 'title', 'keys', 'former'],
    'nothing that was not looked up',
  )
  assert.equal(typeOf(await post(ann, `${at}/${one.id}`, { answer: 'approve' })), 'rotation-gone')
  const answers = await Promise.all(
    [app, second.app].map((where) => post(bob, `${at}/${one.id}`, { answer: 'approve' }, where)),
  )
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [303, 409])
  const location = String(answers.find(({ statusCode }) => statusCode === 303)!.headers.location)
  assert.match(await pageOf(location.replace('/eng', ''), bob), /A log has new keys, and signs with the former ones/)
  const { waiting: none, log: after } = await waiting()
  assert.deepEqual([none, after.keys.length, after.former.length], [null, before.keys.length + 2, 2])
  const { ceremonies } = (await get(ann, '/office/ledger/ceremonies')).json()
  const [latest] = ceremonies as { event: string; by: string; witnessedAt: string | null; mayWitness: boolean }[]
  assert.deepEqual([latest!.event, latest!.by, latest!.mayWitness], ['ledger.log-keys-rotated', 'you', false])
  assert.ok(latest!.witnessedAt)
})

test('what the program did with keys of a log is witnessed by an officer, once; those of programs stay with their organisation', async () => {
  const { ceremonies } = (await get(ann, '/office/ledger/ceremonies')).json()
  const made = (ceremonies as { id: number; event: string; mayWitness: boolean }[]).find(
    ({ mayWitness }) => mayWitness,
  )!
  assert.equal(made.event, 'ledger.log-keys-made')
  const names = (ceremonies as { holder: string; holderName: { en: string } }[]).map(
    ({ holder, holderName }) => `${holder}: ${holderName.en}`,
  )
  for (const name of ['harbour-index: Index of Harbour log', 'audit: Audit trail'])
    assert.ok(names.includes(name), name)
  const at = `/office/ledger/ceremonies/${made.id}`
  assert.equal((await post(officer, at)).statusCode, 403)
  assert.equal((await post(ann, at)).statusCode, 303)
  assert.equal(typeOf(await post(bob, at)), 'ceremony-not-open')
  const form = { form: 'c2a1f9a6-6f5e-4d53-9d1e-0d1d3a5ce001', name: 'Own', scopes: 'append', days: '9' }
  assert.equal((await post(officer, '/office/ledger/keys', form)).statusCode, 201)
  const holders = async (who: typeof officer) =>
    (await get(who, '/office/ledger/ceremonies')).json().ceremonies.map(({ holder }: { holder: string }) => holder)
  assert.ok((await holders(officer)).includes('Own'))
  assert.ok(!(await holders(other)).includes('Own'))
})

test('Prometheus reads how each log is', async () => {
  const { body } = await app.inject({ url: '/metrics' })
  assert.match(body, /praya_ledger_entries\{log="harbour"\} \d+/)
  assert.match(body, /praya_ledger_witness_failing\{log="harbour",witness="https:\/\/one.example"\} 0/)
})
