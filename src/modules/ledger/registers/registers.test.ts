// What everybody sees of a register: its rules in words, how an item stands, and nothing of people.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pino } from 'pino'
import { start } from '#test'
import { actingIn } from '../../../../test/acting.ts'
import { openSequencer } from '../log/sequencer.ts'
import { parseProof } from '../proofs/proof.rules.ts'
import { boatsIn } from '../testing/registers.ts'
import { isOpenTo } from './fold.rules.ts'
import { standingOf } from './standing.rules.ts'
import type { ItemData, RegisterData, RegistersData } from './types.ts'

let today = new Date('2031-03-10T04:00:00Z')
const started = await start({ now: () => today })
const { app, sql, installation } = started
const { tick } = openSequencer(installation, pino({ level: 'silent' }))
const { somebody } = actingIn(started)
const { registrar, judge, post, boat, propose, answer, codeOf, held } = boatsIn(started)
const ada = await somebody({ level: 2 })

const json = async <Data>(url: string) => (await app.inject({ url: `${url}.json` })).json() as Data
// Another query each time: a page is kept for a second.
let asked = 0
const page = (url: string, language = 'eng') => {
  asked += 1
  return app.inject({
    url: `/${language}${url}${url.includes('?') ? '&' : '?'}n=${asked}`,
    headers: { accept: 'text/html' },
  })
}
const text = async (url: string, language?: string) =>
  (await page(url, language)).body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const at = (number: string) => `/ledger/registers/boats/items/${number}`

test('the list names every register with who keeps it, and the search finds each', async () => {
  const { registers, keeps } = await json<RegistersData>('/ledger/registers')
  assert.deepEqual(
    [registers.map(({ id }) => id), keeps],
    [['boats', 'berth-licences', 'storms', 'course-cards'], false],
  )
  assert.equal(registers[0]!.keeper.en, 'Tide Station')
  const { body } = await app.inject({ url: '/search.json?q=boats' })
  assert.match(body, /\/ledger\/registers\/boats/)
  assert.match((await page('/ledger')).body, /href="\/eng\/ledger\/registers"/)
})

test('a register says its rules in words, and where in the log they stand', async () => {
  const says = await text('/ledger/registers/boats')
  assert.match(
    says,
    /Transfer Registered while somebody holds it Registered Owner \(2 persons where it is an organisation\), New owner and Registry or Court, New owner and Registry/,
  )
  assert.match(says, /Freeze Registered Frozen Court or 2 persons of Registry/)
  assert.match(
    await text('/ledger/registers/boats', 'han'),
    /轉讓 .*船主（如屬機構，須有 2 人）、新船主及登記處 ?或 法庭、新船主及登記處/,
  )
  const { rules } = await json<RegisterData>('/ledger/registers/boats')
  await tick()
  assert.equal(rules.version, 1)
  const { headers } = await app.inject({ url: rules.path })
  assert.match(await text(String(headers.location)), /Rules set .*Register of boats .*Tide Station/)
})

test('an item is found by its number however it is typed, and of a slip people are told', async () => {
  const { number } = await boat()
  const find = (typed: string) => app.inject({ url: `/ledger/registers/boats.json?find=${encodeURIComponent(typed)}` })
  for (const typed of [number, ` ${number.toLowerCase()} `, number.replaceAll('-', ''), number.replaceAll('-', '–')])
    assert.equal((await find(typed)).headers.location, at(number), typed)
  const slip = number.replace(/.$/, (last) => (last === '2' ? '3' : '2'))
  for (const [typed, wrong] of [
    ['', 'empty'],
    [slip, 'slip'],
    [number.slice(0, -1), 'slip'],
    ['Gull', 'slip'],
  ] as const)
    assert.equal((await find(typed)).json<RegisterData>().wrong, wrong, typed)
  const { number: berth } = await post('berth-licences/items', registrar, {
    ...{ step: 'issue', party: 'registry', 'field.berth': '3', 'field.licensee': 'A', 'field.until': '2031-03-10' },
  })
  assert.equal((await find(berth)).json<RegisterData>().wrong, 'other-register')
  assert.match(await text(`/ledger/registers/boats?find=${slip}`), /a letter is wrong, missing or too many/)
  assert.equal((await app.inject({ url: at(slip) })).json().type, '/problems/ledger.item-not-found')
})

test('everybody sees how an item stands and what happened to it, with proofs, and nothing of people or of what is not public', async () => {
  const number = await held(ada.headers, { 'field.hull': 'SECRET-1', 'field.length': '9.5' })
  const order = { 'field.order': 'SECRET-2', reason: 'SECRET-3' }
  await propose(number, judge, 'freeze', 'court', order)
  await tick()
  const data = await json<ItemData>(at(number))
  assert.deepEqual([data.standing.kind, data.standing.title?.en, data.standing.tone], ['state', 'Frozen', 'warn'])
  assert.deepEqual(
    [data.heldAs, data.fields.map(({ id, value }) => [id, value])],
    [
      'person',
      [
        ['name', 'Gull'],
        ['length', '9.5'],
      ],
    ],
  )
  assert.deepEqual(
    data.history.map(({ title, parties }) => [title.en, parties.map(({ en }) => en).join('+')]),
    [
      ['Frozen', 'Court'],
      ['Handed over to its first owner', 'Registry+New owner'],
      ['Registered', 'Registry'],
    ],
  )
  const proof = await app.inject({ url: `${data.history[0]!.path}/proof` })
  assert.ok(parseProof(proof.rawPayload).hashes.length > 0)
  for (const body of [JSON.stringify(data), (await page(at(number))).body])
    assert.doesNotMatch(body, new RegExp(`SECRET|${ada.id}|Somebody|registrar|judge`))
  assert.equal((await json<RegisterData>('/ledger/registers/boats')).states.find(({ id }) => id === 'frozen')?.count, 1)
  assert.match(await text(data.history[0]!.path!), /Proposed: Freeze .*As Court/)
  assert.match(await text('/ledger/logs/harbour'), new RegExp(`Proposed: Freeze as Court Register of boats ${number}`))
})

test('a licence counts up to and including its last day where the government is, and has expired from the next on', async () => {
  const issue = {
    step: 'issue',
    party: 'registry',
    'field.berth': '3',
    'field.licensee': 'A',
    'field.until': '2031-03-10',
  }
  const { number } = await post('berth-licences/items', registrar, issue)
  const path = `/ledger/registers/berth-licences/items/${number}`
  const kind = async () => (await json<ItemData>(path)).standing.kind
  assert.equal(await kind(), 'state')
  const before = today
  today = new Date('2031-03-11T12:00:00Z')
  assert.equal(await kind(), 'expired')
  assert.match(
    await text(path),
    /Expired It counted up to and including 10 March 2031\. Its state in the register: Valid/,
  )
  today = before
  assert.equal((await json<ItemData>(path)).holdable, false)
})

test('what an item is worth: a table of cases', () => {
  const states = [
    { id: 'valid', title: { en: 'Valid', 'zh-Hant': '有效' }, tone: 'good' as const },
    { id: 'gone', title: { en: 'Gone', 'zh-Hant': '已取消' }, tone: 'bad' as const },
  ]
  const fields = [{ id: 'until', title: { en: 'Until', 'zh-Hant': '至' }, kind: 'date' as const, ends: true }]
  // biome-ignore format: a table of cases
  const cases = [
    ['valid', 0, '2031-03-10', 'state',    'good'],
    ['valid', 0, '2031-03-09', 'expired',  'bad'],
    ['valid', 0, undefined,    'state',    'good'],
    ['gone',  0, '2031-03-09', 'state',    'bad'],
    ['old',   0, undefined,    'state',    null],
    [null,    1, undefined,    'proposed', null],
    [null,    0, undefined,    'lapsed',   null],
  ] as const
  for (const [state, waiting, until, kind, tone] of cases) {
    const values = until ? { until } : {}
    const found = standingOf(
      { states, fields },
      { state, waits: waiting > 0, values, erased: false, lost: false, since: null, today: '2031-03-10' },
    )
    assert.deepEqual([found.kind, found.tone], [kind, tone], `${state} ${until}`)
  }
  assert.equal(isOpenTo({ from: ['a'], when: 'held' }, { state: 'a', heldAs: null }), false)
  assert.equal(isOpenTo({ from: [] }, undefined), true)
  assert.equal(isOpenTo({ from: ['a'] }, undefined), false)
})

test('a timeline of several departments shows what was proposed and refused as well', async () => {
  const { number } = await post('storms/items', judge, {
    step: 'begin',
    party: 'counting-house',
    'field.subject': 'Wind',
  })
  const { leaf } = await post(`storms/items/${number}/steps`, judge, { step: 'close', party: 'counting-house' })
  const refusal = { party: 'tide-station', answer: 'refused', reason: 'Too early' }
  await post(`storms/items/${number}/proposals/${leaf}`, registrar, refusal)
  const { history } = await json<ItemData>(`/ledger/registers/storms/items/${number}`)
  assert.deepEqual(
    history.map(({ kind, parties }) => [kind, parties[0]!.en]),
    [
      ['refused', 'Tide Station'],
      ['proposed', 'Counting House'],
      ['done', 'Counting House'],
    ],
  )
})

test('an item that was erased says so, and shows what happened and nothing else', async () => {
  const number = await held(ada.headers)
  const { statusCode } = await app.inject({
    method: 'POST',
    url: `/office/ledger/registers/boats/items/${number}/erase`,
    headers: registrar,
  })
  assert.equal(statusCode, 303)
  const data = await json<ItemData>(at(number))
  assert.deepEqual([data.standing.erased, data.fields, data.history.length], [true, [], 2])
  assert.match(await text(at(number)), /What this item held was erased/)
  // Nobody finds out whose it was: not the one who held it, nor an officer, nor who reads the tables.
  const { body: holdings } = await app.inject({ url: '/ledger/holdings.json', headers: ada.headers })
  assert.doesNotMatch(holdings, new RegExp(number))
  const { body: steps } = await app.inject({ url: `${at(number)}/steps.json`, headers: registrar })
  assert.doesNotMatch(steps, /Somebody/)
  const rows = await sql`
    select to_jsonb(each) - 'folded' as all from ledger.item as each where number = ${number}
    union all select to_jsonb(each) - 'entry' from ledger.step as each where number = ${number}`
  assert.doesNotMatch(JSON.stringify(rows), new RegExp(`${ada.id}|registrar`))
})

test('a proposal that ran out waits for nobody: the item says so, no list has it, and it can be erased', async () => {
  const { number } = await boat()
  await propose(number, registrar, 'freeze', 'registry', { reason: 'x', 'field.order': '1' })
  const waiting = async () => {
    const { body } = await app.inject({ url: '/office/ledger/registers.json', headers: judge })
    return body.includes(number)
  }
  const erase = () =>
    app.inject({ method: 'POST', url: `/office/ledger/registers/boats/items/${number}/erase`, headers: registrar })
  assert.equal(await waiting(), true)
  assert.equal((await erase()).statusCode, 409)
  const before = today
  today = new Date('2031-08-10T04:00:00Z')
  try {
    assert.equal(await waiting(), false)
    assert.equal((await erase()).statusCode, 303)
  } finally {
    today = before
  }
})

test('a day that no calendar has leads nowhere, and is no failure', async () => {
  for (const [before, status] of [
    ['2031-02-31T00:00:00.000Z', 200],
    ['0000-01-01T00:00:00.0Z', 400],
  ] as const)
    for (const url of ['/ledger/holdings', '/office/ledger/registers/boats']) {
      const headers = url.startsWith('/office') ? registrar : ada.headers
      const { statusCode } = await app.inject({ url: `${url}.json?before=${before}/BT-22222-22222`, headers })
      assert.equal(statusCode, status, `${url} ${before}`)
    }
})

test('what a transfer changes shows on the page of the item, and who holds it does not', async () => {
  const number = await held(ada.headers)
  const { leaf } = await propose(number, ada.headers, 'transfer', 'owner')
  const ben = await somebody({ level: 2 })
  await answer(number, ben.headers, leaf, 'buyer', { code: await codeOf(leaf) })
  await answer(number, registrar, leaf, 'registry')
  const { body } = await page(at(number))
  assert.match(body, /Transferred/)
  assert.doesNotMatch(body, new RegExp(`${ben.id}|Somebody`))
  const [{ holder } = { holder: null }] = await sql`select holder from ledger.item where number = ${number}`
  assert.equal(holder, ben.id)
})
