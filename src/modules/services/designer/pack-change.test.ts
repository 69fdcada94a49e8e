// A pack changes what officers changed meanwhile: it is not published over theirs, and two of them decide what becomes of it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { type Service, services } from '../definitions/service.ts'
import { findPackVersion } from '../versions/pack.sql.ts'
import { announcePack, publishPack } from '../versions/pack.ts'
import { findCurrent, findCurrentDefinition, listPublications } from '../versions/versions.sql.ts'
import { hashOf, publish } from '../versions/versions.ts'

const { app, sql, installation, asPerson, urls } = await start()
const beside = await start({ beside: { urls } })
const as = (id: string, organisation = 'tide-station') =>
  asPerson({ id, organisation, permissions: ['services:edit-service'], level: 3 })
const edda = as('edda-draft')
const rune = as('rune-reader')
const id = 'tide-grant'
const path = `/office/services/design/${id}`
const change = `${path}/pack-change`
const original = installation.pack.get(services, id)

type Headers = { cookie: string }
const get = async (url: string, headers: Headers = edda) =>
  (await app.inject({ url, headers: { ...headers, accept: 'application/json' } })).json()
const page = async (url: string, headers: Headers = edda) =>
  (await app.inject({ url: `/eng${url}`, headers: { ...headers, accept: 'text/html' } })).body
const post = (url: string, form: Record<string, string> = {}, headers: Headers = edda) =>
  app.inject({ method: 'POST', url, headers: { ...headers, accept: 'text/html' }, payload: form })
const refusal = async (url: string, form: Record<string, string>, headers: Headers = edda) => {
  const answer = await app.inject({
    method: 'POST',
    url,
    headers: { ...headers, accept: 'application/json' },
    payload: form,
  })
  return answer.json<{ type: string }>().type.replace('/problems/services.', '')
}

const text = (en: string) => ({ en, 'zh-Hant': `甲${en}` })
/** An installation whose pack says this of the service, or nothing. */
const withPack = (of: typeof installation, definition?: Service) =>
  ({
    ...of,
    pack: {
      ...of.pack,
      list: (kind: typeof services) => (kind === services ? [definition ?? []].flat() : of.pack.list(kind)),
    },
  }) as unknown as typeof installation
async function starts(definition?: Service): Promise<void> {
  await publishPack(withPack(installation, definition))
  catalogueOf(installation).forget()
}
async function officersPublish(definition: Service): Promise<void> {
  await sql.begin((transaction) => publish(transaction, { definition, now: new Date(), by: 'rune-reader' }))
  catalogueOf(installation).forget()
}
const current = async () => (await findCurrentDefinition(sql, id))!
/** Asks for what is being written to be published, and publishes it as another. */
async function publishByTwo(): Promise<void> {
  assert.equal((await post(`${path}/ask`)).statusCode, 303)
  const { draft } = await get(path, rune)
  assert.equal((await post(`${path}/publish`, { seen: draft.seen }, rune)).statusCode, 303)
}

const changed: Service = { ...original, title: text('From the pack'), contact: text('The pack’s pier') }
const theirs: Service = { ...original, title: text('From officers'), summary: text('What officers say') }

test('where officers published nothing, a change of the pack is published when it starts', async () => {
  const first = { ...original, contact: text('First') }
  await starts(first)
  assert.deepEqual((await current()).contact, first.contact)
  await starts(original)
  // One that counted before is not published again, as ever.
  assert.deepEqual((await current()).contact, first.contact)
})

test('a change of the pack is not published over what officers published, whoever starts; it waits, and the start says so', async () => {
  await officersPublish(theirs)
  const before = await listPublications(sql, id)
  await Promise.all([publishPack(withPack(installation, changed)), publishPack(withPack(beside.installation, changed))])
  assert.deepEqual(await listPublications(sql, id), before)
  const waiting = await findPackVersion(sql, id)
  assert.deepEqual([waiting!.settled, waiting!.proposed], [hashOf(original), hashOf(changed)])
  await starts(changed)
  assert.deepEqual(await findPackVersion(sql, id), waiting)
  const [line, ...rest] = await announcePack(withPack(installation, changed), 'en')
  assert.match(
    line!,
    /^The pack changed the service tide-grant, .+\/office\/services\/design\/tide-grant\/pack-change$/,
  )
  assert.deepEqual(rest, [])
})

test('a pack that goes back to what it said, or says nothing of the service any more, waits for nobody', async () => {
  for (const pack of [original, undefined]) {
    await starts(pack)
    assert.equal((await findPackVersion(sql, id))!.proposed, null)
    assert.equal((await app.inject({ url: change, headers: { ...edda, accept: 'text/html' } })).statusCode, 409)
    await starts(changed)
    assert.equal((await findPackVersion(sql, id))!.proposed, hashOf(changed))
  }
})

test('editors of the department see it in their list and at the service, others do not', async () => {
  const { services: listed } = await get('/office/services/design')
  assert.deepEqual(
    listed.filter(({ packChanged }: { packChanged: boolean }) => packChanged).map((each: { id: string }) => each.id),
    [id],
  )
  assert.match(await page('/office/services/design'), /The pack changed/)
  assert.match(await page(path), /The pack changed this service[\s\S]+Look at what the pack changed/)
  assert.match(await page(`${path}/compare?to=pack`), /In the pack since/)
  const stranger = as('mara-stranger', 'counting-house')
  assert.ok(!(await page('/office/services/design', stranger)).includes('The pack changed'))
  assert.equal((await app.inject({ url: change, headers: { ...stranger, accept: 'text/html' } })).statusCode, 404)
  for (const act of ['', '/ask', '/take-back', '/put-aside'])
    assert.equal(
      await refusal(`${change}${act}`, { seen: hashOf(changed) }, stranger),
      'definition-draft-not-found',
      act,
    )
})

test('it is merged by three: what one side changed is taken, what both did is chosen, and two publish it', async () => {
  const shown = await get(change)
  assert.deepEqual(
    shown.conflicts.map(({ path, mine, newer }: Record<string, unknown>) => [path, mine, newer]),
    [
      ['/title/en', 'From officers', 'From the pack'],
      ['/title/zh-Hant', '甲From officers', '甲From the pack'],
    ],
  )
  const paths = (of: { path: string }[]) => of.map((each) => each.path.split('/')[1]).sort()
  assert.deepEqual([...new Set(paths(shown.published))], ['contact', 'title'])
  assert.deepEqual([...new Set(paths(shown.ours))], ['summary', 'title'])
  assert.match((await post(change, { seen: shown.seen })).body, /Choose one of the two/)
  assert.equal((await get(path)).draft, null)
  const chosen = { '/title/en': 'newer', '/title/zh-Hant': 'newer' }
  assert.match((await post(change, { seen: '', ...chosen })).body, /Look again before you merge/)
  assert.equal((await post(change, { seen: shown.seen, ...chosen })).statusCode, 303)
  assert.match(await page(path), /The change is in the version that is being written/)
  assert.equal(await refusal(change, { seen: shown.seen, ...chosen }), 'pack-change-not-waiting')
  // Nothing counts yet, and what is discarded waits again.
  assert.deepEqual((await current()).title, theirs.title)
  assert.equal((await post(`${path}/discard`)).statusCode, 303)
  assert.equal((await post(change, { seen: (await get(change)).seen, ...chosen })).statusCode, 303)
  await publishByTwo()
  const now = await current()
  assert.deepEqual([now.title, now.contact, now.summary], [changed.title, changed.contact, theirs.summary])
  assert.equal((await findPackVersion(sql, id))!.settled, hashOf(changed))
  await starts(changed)
  assert.deepEqual(await current(), now)
  assert.equal((await get(path)).packChange, null)
})

test('what the pack changes after a merge was begun waits by itself, compared with what was merged', async () => {
  const again = { ...changed, contact: text('Second') }
  const third = { ...again, summary: text('Third') }
  await starts(again)
  assert.equal((await post(change, { seen: (await get(change)).seen })).statusCode, 303)
  await starts(third)
  assert.deepEqual(
    (await get(change)).published.map((each: { path: string }) => each.path.split('/')[1]),
    ['summary', 'summary'],
  )
  await publishByTwo()
  const { settled, proposed } = (await findPackVersion(sql, id))!
  assert.deepEqual([settled, proposed], [hashOf(again), hashOf(third)])
})

test('it is taken as it stands where nobody writes, and two publish it', async () => {
  const { seen, pack } = await get(change)
  assert.equal(pack.isWritten, false)
  assert.equal((await post(path)).statusCode, 303)
  assert.equal(await refusal(change, { seen, whole: 'yes' }), 'pack-change-while-written')
  assert.equal((await post(`${path}/discard`)).statusCode, 303)
  assert.equal((await post(change, { seen, whole: 'yes' })).statusCode, 303)
  await publishByTwo()
  assert.equal((await findCurrent(sql, id))!.hash, (await findPackVersion(sql, id))!.settled)
  assert.equal((await findPackVersion(sql, id))!.proposed, null)
})

test('a pack that took over what officers published goes on from there: its next change is published', async () => {
  const now = await current()
  await starts(now)
  const next = { ...now, contact: text('Next') }
  await starts(next)
  assert.deepEqual((await current()).contact, next.contact)
  assert.equal((await findCurrent(sql, id))!.publishedBy, null)
})

test('two editors put it aside: one asks and another agrees, to what both saw', async () => {
  const own = { ...(await current()), summary: text('Our own') }
  await officersPublish(own)
  const unwanted = { ...own, summary: text('Unwanted') }
  await starts(unwanted)
  const seen = hashOf(unwanted)
  const aside = (act: string, headers: Headers, of = seen) => refusal(`${change}/${act}`, { seen: of }, headers)
  assert.equal(await aside('put-aside', edda), 'pack-change-by-another')
  assert.equal(await aside('ask', edda, hashOf(own)), 'pack-change-changed')
  assert.equal((await post(`${change}/ask`, { seen })).statusCode, 303)
  assert.equal(await aside('put-aside', edda), 'pack-change-by-another')
  assert.match(await page(change, rune), /asks for the change to be put aside\.[\s\S]+Put it aside<\/button>/)
  assert.ok(!(await page(change)).includes('Put it aside</button>'))
  // Another change is another question.
  const other = { ...own, summary: text('Other') }
  await starts(other)
  assert.equal(await aside('put-aside', rune), 'pack-change-changed')
  assert.equal(await aside('put-aside', rune, hashOf(other)), 'pack-change-by-another')
  assert.equal((await post(`${change}/ask`, { seen: hashOf(other) })).statusCode, 303)
  assert.equal((await post(`${change}/put-aside`, { seen: hashOf(other) }, rune)).statusCode, 303)
  const { settled, proposed, askedBy } = (await findPackVersion(sql, id))!
  assert.deepEqual([settled, proposed, askedBy], [hashOf(other), null, null])
  await starts(other)
  assert.equal((await findPackVersion(sql, id))!.proposed, null)
  assert.deepEqual((await current()).summary, own.summary)
  assert.deepEqual(await announcePack(withPack(installation, other), 'en'), [])
})
