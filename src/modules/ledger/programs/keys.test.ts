// Keys of programs as their officers manage them, through HTTP: who may, what is shown once, rotation, loss.
import assert from 'node:assert/strict'
import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { asPerson, start } from '#test'
import { ensureLog } from '../log/logs.ts'
import { call } from '../testing/calls.ts'
import { keyCommands as verbs } from './command.ts'
import { allows } from './scopes.rules.ts'

const first = await start()
const second = await start({ beside: first })
const { app, sql } = first
const permissions = ['ledger:issue-key']
const officerOf = (organisation: string, more = {}) =>
  asPerson({ id: `officer-of-${organisation}`, organisation, permissions, level: 2, ...more })
const officer = officerOf('tide-station')
const stranger = officerOf('counting-house')
const at = '/office/ledger/keys'

const post = (url: string, payload: object, by: Record<string, string> = officer, where = app) =>
  where.inject({ method: 'POST', url, headers: by, payload })
const get = (url: string, by: Record<string, string> = officer) => app.inject({ url, headers: by })
const page = (url: string) => app.inject({ url: `/eng${url}`, headers: { ...officer, accept: 'text/html' } })

const asked = (more = {}) => ({
  form: randomUUID(),
  name: 'Lamp register',
  scopes: 'append:harbour',
  days: '30',
  ...more,
})
type Issued = { key: { id: string; expiresAt: string; state: string }; text: string; formerEndsAt: string | null }
async function issued(more = {}): Promise<Issued> {
  const answer = await post(at, asked(more))
  assert.equal(answer.statusCode, 201, answer.body)
  return answer.json()
}

const anEntry = () => ({
  kind: 'document-notarised',
  commitment: createHmac('sha256', randomBytes(32)).update('content').digest('hex'),
})
const write = (text: string, count = 1, where = app, log = 'harbour') =>
  where.inject({
    ...{ method: 'POST', url: `/ledger/logs/${log}/entries`, headers: { authorization: `Bearer ${text}` } },
    payload: { entries: Array.from({ length: count }, anEntry) },
  })
const eventsOf = async (subject: string) =>
  (await sql<{ event: string }[]>`select event from platform.audit_event where subject = ${subject} order by id`).map(
    ({ event }) => event,
  )
const typeOf = (answer: Awaited<ReturnType<typeof post>>) => answer.json().type.split('.').at(-1)

test('a key that an officer makes writes at once, and its text stands in that one answer alone', async () => {
  const answer = await post(at, asked())
  assert.deepEqual([answer.statusCode, answer.headers['cache-control']], [201, 'no-store'])
  const { key, text } = answer.json() as Issued
  assert.equal((await write(text)).statusCode, 202)
  const secret = text.slice(-43)
  for (const url of [at, `${at}/${key.id}`]) assert.doesNotMatch((await page(url)).body, new RegExp(secret))
  const [row] = await sql<{ whole: string }[]>`
    select row_to_json(api_key)::text as whole from ledger.api_key where id = ${key.id}`
  assert.ok(!row!.whole.includes(secret))
  assert.deepEqual(await eventsOf(`ledger-key/${key.id}`), ['ledger.key-issued'])
})

test('a form that is sent twice, also at the same instant on two processes, makes one key and shows it each time', async () => {
  const payload = asked()
  const answers = await Promise.all([app, second.app, app].map((where) => post(at, payload, officer, where)))
  const texts = answers.map((each) => (each.json() as Issued).text)
  assert.equal(new Set(texts).size, 1)
  assert.equal((await write(texts[0]!)).statusCode, 202)
  assert.deepEqual(await eventsOf(`ledger-key/${(answers[0]!.json() as Issued).key.id}`), ['ledger.key-issued'])
  // Who changed the form in between is not answered with a key that is another than it asks for.
  for (const more of [{ name: 'Other' }, { scopes: ['append:harbour', 'step:boats'] }, { days: '31' }])
    assert.equal(typeOf(await post(at, { ...payload, ...more })), 'key-form-used')
  // Neither another officer, nor who comes later, is shown it.
  assert.equal(typeOf(await post(at, payload, officerOf('tide-station', { id: 'a-colleague' }))), 'key-form-used')
  const owner = (await import('../../../platform/driver.ts')).default(first.urls.owner, { max: 1, onnotice: () => {} })
  await owner`update ledger.api_key set created_at = now() - interval '11 minutes'`
  await owner.end()
  assert.equal(typeOf(await post(at, payload)), 'key-form-used')
})

test('what is no key is refused with the same page, and nothing is made', async () => {
  const before = (await get(`${at}`)).json().keys.length
  // biome-ignore format: a table
  const cases: [object, string[]][] = [
    [{ name: '  ' },                                ['name-missing']],
    [{ name: 'x'.repeat(81) },                      ['name-missing']],
    [{ scopes: undefined },                         ['scopes-missing']],
    [{ scopes: ['append:audit'] },                  ['scopes-missing']],
    [{ scopes: ['append:harbour', 'everything'] },  ['scopes-missing']],
    [{ days: '0' },                                 ['days-wrong']],
    [{ days: '731' },                               ['days-wrong']],
    [{ days: '1.5', name: '' },                     ['name-missing', 'days-wrong']],
  ]
  for (const [more, mistakes] of cases) {
    const answer = await post(at, asked(more))
    assert.deepEqual([answer.statusCode, answer.json().mistakes], [422, mistakes])
  }
  assert.equal((await get(`${at}`)).json().keys.length, before)
})

test('an officer neither sees nor changes a key of another organisation, and nobody without the permission, level or a fresh sign-in', async () => {
  const { key, text } = await issued()
  for (const each of ['', '/rotate', '/withdraw'])
    assert.equal(typeOf(await get(`${at}/${key.id}${each}`, stranger)), 'key-not-found')
  const rotation = { form: randomUUID(), days: '30', overlap: '0' }
  assert.equal(typeOf(await post(`${at}/${key.id}/rotate`, rotation, stranger)), 'key-not-found')
  assert.equal(typeOf(await post(`${at}/${key.id}/withdraw`, { why: 'lost' }, stranger)), 'key-not-found')
  assert.ok(!(await get(at, stranger)).body.includes(key.id))
  // biome-ignore format: a table
  const cases: [Record<string, string>, string][] = [
    [{},                                                                                     'not-signed-in'],
    [officerOf('tide-station', { permissions: ['ledger:notarise'] }),                        'not-allowed'],
    [officerOf('tide-station', { level: 1 }),                                                'level-too-low'],
    [officerOf('tide-station', { authenticatedAt: new Date(Date.now() - 4_000_000).toISOString() }), 'sign-in-too-old'],
    [officerOf('tally-office'),                                                              'no-log-open'],
  ]
  for (const [by, code] of cases) {
    assert.equal(typeOf(await post(at, asked(), by)), code)
    assert.equal(typeOf(await post(`${at}/${key.id}/withdraw`, { why: 'lost' }, by)), code)
  }
  assert.equal((await write(text)).statusCode, 202)
})

test('a key writes to the logs of its scopes and to no other', async () => {
  assert.ok(allows(['append'], 'append', 'harbour'))
  assert.ok(allows(['append:harbour', 'append:other'], 'append', 'harbour'))
  assert.ok(!allows(['append:harbour-2'], 'append', 'harbour'))
  assert.ok(!allows(['append:'], 'append', 'harbour'))
  const { key, text } = await issued()
  await sql`insert into ledger.api_key (id, organisation, name, scopes, hash, created_by, expires_at)
    select '2222222222', organisation, name, '{append:other}', sha256('x'), created_by, expires_at
    from ledger.api_key where id = ${key.id}`
  const other = await write(`praya-ledger-2222222222-${text.slice(-43)}`)
  assert.equal(other.statusCode, 401, 'the secret of another key')
  const narrow = await issued()
  assert.equal((await write(narrow.text, 1, app, 'audit')).json().type, '/problems/ledger.key-scope')
  const wide = await issued({ scopes: ['append', 'append:harbour'] })
  assert.equal((await write(wide.text)).statusCode, 202)
  assert.equal((await write(wide.text, 1, app, 'audit')).json().type, '/problems/ledger.log-not-open')
})

test('both keys of a rotation write until the former ends by itself, and a second rotation of it makes none', async () => {
  const { key, text } = await issued()
  const rotation = { form: randomUUID(), days: '60', overlap: '24' }
  const url = `${at}/${key.id}/rotate`
  const both = await Promise.all([app, second.app].map((where) => post(url, rotation, officer, where)))
  const next = both[0]!.json() as Issued
  assert.deepEqual([both[0]!.statusCode, (both[1]!.json() as Issued).text], [201, next.text])
  const hours = (Date.parse(next.formerEndsAt!) - Date.now()) / 3_600_000
  assert.ok(hours > 23 && hours <= 24, `${hours}`)
  for (const each of [text, next.text]) assert.equal((await write(each)).statusCode, 202)
  const shown = (await get(`${at}/${key.id}`)).json()
  assert.deepEqual([shown.key.state, shown.key.replacedBy], ['ending', next.key.id])
  assert.equal(typeOf(await post(url, { ...rotation, form: randomUUID() })), 'key-replaced')
  assert.deepEqual(await eventsOf(`ledger-key/${key.id}`), ['ledger.key-issued', 'ledger.key-rotated'])
  await sql`update ledger.api_key set expires_at = now() where id = ${key.id}`
  assert.equal((await write(text, 1, (await start({ beside: first })).app)).statusCode, 401)
  assert.equal((await write(next.text)).statusCode, 202)
  assert.equal((await get(`${at}/${key.id}`)).json().key.state, 'ended')
  // With no overlap the former ends with the act.
  const again = await post(`${at}/${next.key.id}/rotate`, { form: randomUUID(), days: '60', overlap: '0' })
  assert.equal(again.statusCode, 201)
  assert.equal((await write(next.text, 1, (await start({ beside: first })).app)).statusCode, 401)
})

test('a key that is lost opens nothing, and its page says what it wrote', async () => {
  const { key, text } = await issued()
  const once = { ...{ method: 'POST', url: '/ledger/logs/harbour/entries' } } as const
  await write(text, 3)
  await write(text, 4, second.app)
  const headers = { authorization: `Bearer ${text}`, 'idempotency-key': 'a' }
  const payload = { entries: [anEntry()] }
  for (const where of [app, second.app, app]) await where.inject({ ...once, headers, payload })
  const withdrawals = await Promise.all(
    [app, second.app].map((where) => post(`${at}/${key.id}/withdraw`, { why: 'lost' }, officer, where)),
  )
  assert.deepEqual(
    withdrawals.map(({ statusCode }) => statusCode),
    [303, 303],
  )
  assert.equal((await write(text, 1, (await start({ beside: first })).app)).statusCode, 401)
  const shown = (await get(`${at}/${key.id}`)).json()
  assert.equal(shown.key.state, 'lost')
  assert.deepEqual(
    shown.written.map(({ log, entries }: { log: string; entries: number }) => [log, entries]),
    [['harbour', 8]],
  )
  assert.deepEqual(await eventsOf(`ledger-key/${key.id}`), ['ledger.key-issued', 'ledger.key-lost'])
  assert.equal(typeOf(await get(`${at}/${key.id}/withdraw`)), 'key-ended')
})

test('the day of the last use is kept, by one write a day', async () => {
  const { key, text } = await issued()
  assert.equal((await get(`${at}/${key.id}`)).json().key.usedOn, null)
  await write(`${text.slice(0, -1)}_`)
  assert.equal((await get(`${at}/${key.id}`)).json().key.usedOn, null, 'whoever has no secret uses nothing')
  for (let times = 0; times < 3; times += 1) await write(text)
  assert.equal((await get(`${at}/${key.id}`)).json().key.usedOn, new Date().toISOString().slice(0, 10))
  const [row] = await sql<{ version: string }[]>`select xmin::text as version from ledger.api_key where id = ${key.id}`
  await write(text, 1, second.app)
  const [after] = await sql<
    { version: string }[]
  >`select xmin::text as version from ledger.api_key where id = ${key.id}`
  assert.equal(after!.version, row!.version)
})

test('what was typed stays when a rotation is refused, also for how long the former goes on', async () => {
  const { key } = await issued()
  const answer = await app.inject({
    ...{ method: 'POST', url: `/eng${at}/${key.id}/rotate`, headers: { ...officer, accept: 'text/html' } },
    payload: { form: randomUUID(), days: 'many', overlap: '720' },
  })
  assert.equal(answer.statusCode, 422)
  assert.match(answer.body, /value="many"/)
  assert.match(answer.body, /<input[^>]*value="720"[^>]*checked|<input[^>]*checked[^>]*value="720"/)
  assert.match(answer.body, /Write a whole number of days from 1 to 730\./)
})

test('logs and registers are called by their names wherever scopes are shown, and listed as the language does', async () => {
  const scopes = ['append:harbour', 'step:boats']
  const { key } = await issued({ scopes })
  const han = await app.inject({ url: `/han${at}`, headers: { ...officer, accept: 'text/html' } })
  assert.match(han.body, /港口日誌[及和]「船隻登記冊」的步驟/)
  for (const url of [at, `${at}/${key.id}`, `${at}/${key.id}/withdraw`])
    assert.match((await page(url)).body, /Harbour log and Steps in “Register of boats”/)
  const answer = await app.inject({
    ...{ method: 'POST', url: `/eng${at}`, headers: { ...officer, accept: 'text/html' }, payload: asked({ scopes }) },
  })
  assert.match(answer.body, /Harbour log and Steps in “Register of boats”/)
})

test('however many keys there were, one that counts is found on a page and withdrawn there, and the verb lists all', async () => {
  const { key } = await issued({ name: 'The old one' })
  await sql`
    insert into ledger.api_key (id, organisation, name, scopes, hash, created_by, created_at, expires_at, withdrawn_at, withdrawn_by)
    select translate(lpad(n::text, 10, 'z'), '01', 'ab'), 'tide-station', 'Key ' || n, '{append}', sha256('x'), 'test',
      now() + interval '1 hour', now() + interval '5 days', case when n > 150 then now() end, case when n > 150 then 'test' end
    from generate_series(1, 350) as n`
  type Listed = { keys: { id: string; state: string }[]; page: number; last: number }
  const pages: Listed[] = []
  do pages.push((await get(`${at}?page=${pages.length + 1}`)).json())
  while (pages.length < pages[0]!.last)
  const found = pages.flatMap(({ keys }) => keys)
  assert.equal(new Set(found.map(({ id }) => id)).size, found.length)
  assert.ok(found.length > 350)
  const place = found.findIndex(({ id }) => id === key.id)
  assert.ok(place >= 150 && place < 180, 'after those that are newer, before those that were withdrawn')
  assert.match((await page(at)).body, /office\/ledger\/keys\?page=2/)
  const listed = await call(verbs.find(({ name }) => name === 'ledger key list')!, ['tide-station'], {}, 'en', (work) =>
    work(first.installation),
  )
  assert.equal(listed.out.split('\n').length, found.length)
  assert.ok(listed.out.includes(key.id))
})

test('a key that wrote into many logs is counted whole in the chart, and what is cut is said', async () => {
  const { key } = await issued()
  for (let n = 1; n <= 20; n += 1) await ensureLog(first.installation, `many-${n}`)
  await sql`
    insert into ledger.usage (counted_on, organisation, api_key, log, lane, entries, octets)
    select (now() at time zone 'UTC')::date - back, 'tide-station', ${key.id}, log.id, 0, 2, 10
    from ledger.log, generate_series(0, 29) as back
    where log.name like 'many-%'`
  const shown = (await get(`${at}/${key.id}`)).json()
  assert.deepEqual([shown.use.length, shown.written.length, shown.cut], [30, 400, true])
  const sum = (shown.use as { entries: number }[]).reduce((all, { entries }) => all + entries, 0)
  assert.equal(sum, 20 * 30 * 2)
  assert.match((await page(`${at}/${key.id}`)).body, /1,200 entries written[\s\S]*more logs than are listed here/)
})
