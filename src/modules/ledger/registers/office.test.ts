// What parties of an item see and do through pages: officers, whoever holds it, and whoever has the code of a letter.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import { actingIn } from '../../../../test/acting.ts'
import { boatsIn } from '../testing/registers.ts'
import type { HoldingsData, OfficeRegisterData, OfficeRegistersData, StepsData } from './types.ts'

const started = await start()
const { app, sql } = started
const { company: aCompany, somebody } = actingIn(started)
const { registrar, judge, boat, propose, answer, codeOf, held, officer } = boatsIn(started)
const keeper = { organisation: 'tide-station', roles: ['register-officer'], level: 3 }
const clerk = await somebody(keeper)
const colleague = await somebody(keeper)
const ada = await somebody({ level: 2 })
const ben = await somebody({ level: 2 })

type Headers = Record<string, string>
const at = (number: string) => `/ledger/registers/boats/items/${number}`
const get = (url: string, headers: Headers) => app.inject({ url, headers })
const steps = async (number: string, by: Headers) => (await get(`${at(number)}/steps`, by)).json<StepsData>()
/** As a browser sends a form: in its own words, and asking for a page. */
const send = (url: string, by: Headers, fields: Record<string, string>) =>
  app.inject({
    ...{ method: 'POST', url: `/eng${url}`, payload: new URLSearchParams(fields).toString() },
    headers: { ...by, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
  })
const refused = async (url: string, by: Headers, status: number, code: string) => {
  const { statusCode, body } = await get(url, by)
  assert.deepEqual([statusCode, JSON.parse(body).type], [status, `/problems/ledger.${code}`], url)
}
const countSteps = async () => (await sql`select from ledger.step`).length

test('only parties see all of an item: not the public, not a stranger, not an officer of elsewhere, not a mere member', async () => {
  const company = await aCompany()
  const owner = await somebody({ organisation: company, roles: ['owner'] })
  const member = await somebody({ organisation: company, roles: ['member'] })
  const number = await held(owner.headers)
  const { leaf } = await propose(number, owner.headers, 'transfer', 'owner')
  const pages = ['/steps', '/steps/new?step=transfer', `/proposals/${leaf}?answer=refused`, `/proposals/${leaf}/letter`]
  const plain = officer('plain', 'tally-office')
  for (const page of pages) {
    assert.equal((await get(at(number) + page, {})).statusCode, 401, page)
    for (const by of [ada.headers, member.headers, plain]) await refused(at(number) + page, by, 403, 'not-a-party')
  }
  assert.equal((await steps(number, owner.headers)).holder?.me, true)
  await refused(`${at(number)}/proposals/${leaf}/letter`, registrar, 403, 'not-a-party')
  await refused('/office/ledger/registers/boats', plain, 403, 'not-a-party')
  assert.equal((await get('/office/ledger/registers', ada.headers)).statusCode, 403)
  assert.deepEqual((await get('/office/ledger/registers', plain)).json<OfficeRegistersData>().registers, [])
})

test('officers are named to their colleagues alone, and who holds an item to officers alone', async () => {
  const { number } = await boat()
  const handing = await propose(number, clerk.headers, 'hand-over', 'registry')
  await answer(number, ada.headers, handing.leaf, 'buyer', { code: await codeOf(handing.leaf) })
  const who = async (by: Headers) =>
    (await steps(number, by)).entries
      .slice(0, 2)
      .map(({ by: { party, name, me } }) => [party.en, me ? 'me' : (name?.en ?? null)])
  const [clerkName, adaName] = [clerk, ada].map(({ id }) => `Somebody ${id.split('-')[1]}`)
  assert.deepEqual(await who(colleague.headers), [
    ['New owner', adaName],
    ['Registry', clerkName],
  ])
  assert.deepEqual(await who(clerk.headers), [
    ['New owner', adaName],
    ['Registry', 'me'],
  ])
  assert.deepEqual(await who(judge), [
    ['New owner', adaName],
    ['Registry', 'Tide Station'],
  ])
  assert.deepEqual(await who(ada.headers), [
    ['New owner', 'me'],
    ['Registry', null],
  ])
  assert.equal((await steps(number, judge)).holder?.name?.en, adaName)
})

test('a form comes again with all that was typed, and says of each mistake what to do', async () => {
  const before = await countSteps()
  const form = {
    token: randomUUID(),
    step: 'register',
    party: 'registry',
    'field.name': 'Gull & Co',
    'field.length': '9,5',
  }
  const { statusCode, body } = await send('/ledger/registers/boats/items', clerk.headers, form)
  assert.equal(statusCode, 422)
  assert.match(body, /<title>Error: /)
  assert.match(body, /href="#field\.hull">Fill in “Hull number”\./)
  assert.match(body, /href="#field\.length">“Length in metres” is no number/)
  for (const kept of [`value="${form.token}"`, 'value="Gull &amp; Co"', 'value="9,5"'])
    assert.ok(body.includes(kept), kept)
  const day = { token: randomUUID(), step: 'issue', party: 'registry', 'field.berth': '3', 'field.licensee': 'A' }
  const until = { 'field.until-year': '2031', 'field.until-month': '2', 'field.until-day': '30' }
  const wrong = await send('/ledger/registers/berth-licences/items', clerk.headers, { ...day, ...until })
  assert.match(wrong.body, /href="#field\.until-day">“Valid until” is no day of the calendar/)
  assert.match(wrong.body, /name="field\.until-day" value="30"/)
  assert.equal(await countSteps(), before)
  const right = await send('/ledger/registers/berth-licences/items', clerk.headers, {
    ...day,
    ...until,
    'field.until-day': '28',
  })
  assert.equal(right.statusCode, 303, right.body)
})

test('what another item has already is said at its field, and sending a form twice enters it once', async () => {
  await boat({ 'field.hull': 'TAKEN-1' })
  const form = {
    token: randomUUID(),
    step: 'register',
    party: 'registry',
    'field.name': 'Tern',
    'field.hull': 'taken-1',
  }
  const again = await send('/ledger/registers/boats/items', clerk.headers, form)
  assert.equal(again.statusCode, 409)
  assert.match(again.body, /href="#field\.hull">Another item of this register has the same “Hull number”/)
  assert.match(again.body, /value="taken-1"/)
  const before = await countSteps()
  const mended = { ...form, 'field.hull': 'FREE-1' }
  const both = await Promise.all([1, 2].map(() => send('/ledger/registers/boats/items', clerk.headers, mended)))
  assert.deepEqual(
    both.map(({ statusCode }) => statusCode),
    [303, 303],
  )
  assert.equal(both[0]!.headers.location, both[1]!.headers.location)
  assert.equal(await countSteps(), before + 1)
  const led = await app.inject({
    url: String(both[0]!.headers.location),
    headers: { ...clerk.headers, accept: 'text/html' },
  })
  assert.match(led.body, /It took effect/)
})

test('the code of a letter leads whoever has it to the proposal, and approving makes them the holder', async () => {
  const { number } = await boat({ 'field.hull': 'HIDDEN-1' })
  const { leaf } = await propose(number, registrar, 'hand-over', 'registry')
  const letter = await app.inject({
    url: `/eng${at(number)}/proposals/${leaf}/letter`,
    headers: { ...registrar, accept: 'text/html' },
  })
  const code = await codeOf(leaf)
  assert.ok(letter.body.includes(code) && letter.body.includes('/ledger/holdings'))
  assert.equal(letter.headers['cache-control'], 'no-store')
  const shown = await send('/ledger/invitations', ben.headers, { code: code.toLowerCase().replaceAll('-', ' ') })
  assert.equal(shown.statusCode, 200)
  assert.match(shown.body, /Registry proposes: Hand over to its first owner/)
  assert.doesNotMatch(shown.body, /HIDDEN-1/)
  const [token] = [...shown.body.matchAll(/name="token" value="([0-9a-f-]{36})"/g)].map((match) => match[1]!)
  const form = { token: token!, party: 'buyer', answer: 'approved', code }
  const done = await send(`${at(number)}/proposals/${leaf}`, ben.headers, form)
  assert.match(String(done.headers.location), /^\/eng\/ledger\/holdings\?entered=/)
  const { items, entered } = (await get(String(done.headers.location).slice(4), ben.headers)).json<HoldingsData>()
  assert.deepEqual([items.map((each) => each.number), entered?.tookEffect], [[number], true])
  const other = await get(String(done.headers.location).slice(4), ada.headers)
  assert.equal(other.json<HoldingsData>().entered, null)
  assert.equal((await send('/ledger/invitations', ada.headers, { code })).statusCode, 404, 'the code is spent')
})

test('a wrong code is said to be wrong, keeps what was typed, and who tries many of them waits', async () => {
  const try_ = (code: string) => send('/ledger/invitations', ada.headers, { code })
  await sql`delete from identity.attempt`
  const wrong = await try_('AAAAA-AAAAA')
  assert.equal(wrong.statusCode, 404)
  assert.match(wrong.body, /No proposal waits under this code/)
  assert.match(wrong.body, /value="AAAAA-AAAAA"/)
  assert.equal((await try_(' ')).statusCode, 422)
  const statuses: number[] = []
  for (let tries = 0; tries < 12; tries++) statuses.push((await try_('BBBBB')).statusCode)
  assert.deepEqual([...new Set(statuses)], [404, 429])
  assert.match((await try_('BBBBB')).body, /too many tries of codes/)
  await sql`delete from identity.attempt`
})

test('what waits is shown to whom it waits for, and to nobody else', async () => {
  const number = await held(ada.headers)
  const proposed = await propose(number, clerk.headers, 'freeze', 'registry', { 'field.order': '1', reason: 'x' })
  const renaming = await propose(number, ada.headers, 'rename', 'owner', { 'field.name': 'Tern' })
  const waits = async (by: Headers) => {
    const { waiting } = (await get('/office/ledger/registers', by)).json<OfficeRegistersData>()
    return waiting.find((line) => line.number === number)?.waiting.map(({ step, mine }) => [step.en, mine])
  }
  assert.deepEqual(await waits(colleague.headers), [
    ['Freeze', false],
    ['Rename', false],
  ])
  assert.deepEqual(await waits(clerk.headers), [
    ['Freeze', true],
    ['Rename', false],
  ])
  // The court could freeze it as well, alone, and is not waited for by this proposal; its way is open all the same.
  assert.deepEqual(await waits(judge), [['Freeze', false]])
  const { proposals } = await steps(number, clerk.headers)
  assert.deepEqual(
    proposals.map(({ step, approve, refuse, mine }) => [step.en, approve, refuse, mine]),
    [
      ['Freeze', null, 'registry', true],
      ['Rename', 'registry', 'registry', false],
    ],
  )
  await refused(`${at(number)}/proposals/${proposed.leaf}?answer=approved`, clerk.headers, 409, 'approved-before')
  await answer(number, colleague.headers, renaming.leaf, 'registry')
  assert.equal(await waits(clerk.headers), undefined)
  const mine = (await get('/ledger/holdings', ada.headers)).json<HoldingsData>()
  assert.deepEqual(
    mine.waiting.filter((line) => line.number === number),
    [],
  )
})

test('an officer finds an item by its number or by what is its alone, and the address does not say what was looked for', async () => {
  const { number } = await boat({ 'field.hull': 'Find Me 9' })
  const find = (text: string, by = clerk.headers as Headers) =>
    send('/office/ledger/registers/boats/find', by, { find: text })
  for (const text of [number.toLowerCase(), ' find  me 9', 'ＦＩＮＤ ME 9'])
    assert.equal((await find(text)).headers.location, `/eng${at(number)}/steps`, text)
  const none = await find('Gull')
  assert.equal(none.statusCode, 422)
  assert.match(none.body, /No item has this number/)
  assert.match(none.body, /value="Gull"/)
  assert.equal((await find('x', officer('far', 'tally-office'))).statusCode, 403)
})

test('the items of a register come page by page, each once, and by state', async () => {
  for (let at = 0; at < 30; at++) await boat({ 'field.name': `Boat ${at}` })
  const seen: string[] = []
  let pages = 0
  for (let next: string | null = ''; next !== null; pages++) {
    const query: string = next ? `?before=${encodeURIComponent(next)}` : ''
    const data: OfficeRegisterData = (await get(`/office/ledger/registers/boats${query}`, registrar)).json()
    seen.push(...data.items.map(({ number }) => number))
    next = data.next
  }
  const all = await sql<{ number: string }[]>`
    select number from ledger.item where register = 'boats' order by changed_at desc, number desc`
  assert.deepEqual(
    seen,
    all.map(({ number }) => number),
  )
  assert.ok(pages > 1)
  const frozen = (await get('/office/ledger/registers/boats?state=scrapped', registrar)).json<OfficeRegisterData>()
  assert.deepEqual([frozen.items, frozen.next], [[], null])
})
