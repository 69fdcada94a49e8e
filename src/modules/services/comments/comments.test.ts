// What people write of a service: kept once, answered by the department alone, and counted in public.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { deleteOldComments } from './comments.ts'

// A Saturday; ten working days on is Friday 11 December at the earliest.
let day = '2026-11-28'
const started = await start({ now: () => new Date(`${day}T04:00:00Z`) })
const { app, sql, installation, asPerson } = started
const officer = asPerson({ id: 'officer-finn', organisation: 'tide-station', permissions: ['services:work-case'] })
const second = asPerson({ id: 'officer-eve', organisation: 'tide-station', permissions: ['services:work-case'] })
const stranger = asPerson({ id: 'officer-far', organisation: 'counting-house', permissions: ['services:work-case'] })
const ada = asPerson({ id: 'ada-quay' })
const office = '/office/services/comments'
type Headers = Record<string, string>

let address = 0
const post = (url: string, payload: object = {}, headers: Headers = {}) =>
  app.inject({
    ...{ method: 'POST', url, payload, headers: { accept: 'application/json', ...headers } },
    // Each from elsewhere: what one address may send is a test of its own.
    remoteAddress: `203.0.113.${++address}`,
  })
const get = async (url: string, headers: Headers = {}) =>
  (await app.inject({ url, headers: { accept: 'application/json', ...headers } })).json()
const say = (payload: object, headers: Headers = {}) =>
  post('/services/tide-grant/comment', { token: crypto.randomUUID(), ...payload }, headers)
const comments = async (show: string, headers: Headers = officer) =>
  (await get(`${office}?show=${show}`, headers)).comments.map(({ number }: { number: string }) => number)

test('a comment counts once for its form, and its number and code open the answer of the department', async () => {
  const token = crypto.randomUUID()
  const body = { token, text: 'The form asks twice for the day.', answer: 'code' }
  const [sent, again] = [await say(body), await say(body)]
  assert.equal(sent.statusCode, 201, sent.body)
  assert.deepEqual(again.json(), sent.json())
  const { number, code, dueOn } = sent.json()
  assert.match(number, /^CM-/)
  assert.deepEqual(await comments('waiting'), [number])
  const [row] = await sql`select person_id, due_on::text as due_on from services.comment`
  assert.deepEqual(row, { personId: null, dueOn })
  assert.ok(dueOn >= '2026-12-11', dueOn)

  const read = (typed: object) => post('/services/comments', { number, code, ...typed })
  assert.equal((await read({})).json().comment.state, 'waiting')
  const another = (text: string) => `${text.slice(0, -1)}${text.endsWith('Z') ? 'Y' : 'Z'}`
  assert.equal((await read({ code: another(code) })).statusCode, 422)
  assert.equal((await read({ number: another(number) })).statusCode, 422)

  const page = async (path: string) =>
    (await app.inject({ url: `/eng${path}`, headers: { accept: 'text/html', ...officer } })).body
  assert.match(await page(`${office}/${number}`), /The form asks twice.*Take it/s)
  assert.match(await page(office), new RegExp(number))

  const answer = { text: 'It asks once from March on.' }
  assert.equal((await post(`${office}/${number}/take`, {}, officer)).statusCode, 200)
  assert.deepEqual(await comments('mine'), [number])
  assert.deepEqual(await comments('mine', second), [])
  assert.equal(
    (await post(`${office}/${number}/answer`, answer, second)).json().type,
    '/problems/services.comment-taken',
  )
  for (const _ of [1, 2]) assert.equal((await post(`${office}/${number}/answer`, answer, officer)).statusCode, 200)
  assert.equal(
    (await post(`${office}/${number}/answer`, answer, second)).json().type,
    '/problems/services.comment-settled',
  )
  const opened = (await read({ number: number.toLowerCase(), code: code.replaceAll('-', ' ') })).json()
  assert.deepEqual([opened.comment.state, opened.comment.reply], ['answered', answer.text])
  assert.deepEqual([await comments('waiting'), await comments('settled')], [[], [number]])
})

test('an answer to somebody who is signed in comes to their inbox, once, and the trail names nobody else', async () => {
  const inbox = async () => (await get('/account/inbox', ada)).messages.length
  const before = await inbox()
  const { number, code } = (await say({ text: 'Where is the pier?', answer: 'inbox' }, ada)).json()
  assert.equal(code, null)
  const own = asPerson({ id: 'ada-quay', organisation: 'tide-station', permissions: ['services:work-case'] })
  assert.equal(
    (await post(`${office}/${number}/answer`, { text: 'x' }, own)).json().type,
    '/problems/services.comment-is-own',
  )
  for (const _ of [1, 2]) await post(`${office}/${number}/answer`, { text: 'At the end.' }, officer)
  assert.equal((await inbox()) - before, 1)
  const acts =
    await sql`select distinct actor from platform.audit_event where event = 'services.comment-sent' order by actor`
  assert.deepEqual(
    acts.map(({ actor }) => actor),
    ['ada-quay', 'system'],
  )
})

test('officers of another department find no comment, and can do nothing with one', async () => {
  const { number } = (await say({ text: 'A question', answer: 'code' })).json()
  assert.deepEqual(await comments('waiting', stranger), [])
  assert.equal((await get(`${office}/${number}`, stranger)).type, '/problems/services.comment-not-found')
  for (const [act, body] of [
    ['take', {}],
    ['answer', { text: 'x' }],
    ['close', { reason: 'abuse' }],
  ] as const)
    assert.equal(
      (await post(`${office}/${number}/${act}`, body, stranger)).json().type,
      '/problems/services.comment-not-found',
    )
  assert.equal((await post(`${office}/${number}/take`, {}, ada)).statusCode, 403)
  assert.equal((await post(`${office}/${number}/close`, { reason: 'noted' }, officer)).statusCode, 422)
  assert.equal((await post(`${office}/${number}/close`, { reason: 'unclear' }, officer)).statusCode, 200)
})

test('what lacks a text or a way to answer comes back with what was typed', async () => {
  const html = { accept: 'text/html' }
  const missing = await say({ text: 'Only this' }, html)
  assert.equal(missing.statusCode, 422)
  assert.match(missing.body, /Only this/)
  assert.equal((await say({ text: 'x'.repeat(2001), answer: 'none' })).statusCode, 422)
  // Without an account there is no inbox.
  assert.equal((await say({ text: 'x', answer: 'inbox' })).statusCode, 422)
})

test('what was said with “was this useful” and is to be answered goes on to the form of a comment', async () => {
  const token = crypto.randomUUID()
  const given = { token, place: 'page', useful: 'no', comment: 'I still wait', reply: 'yes' }
  const page = await post('/services/tide-grant/feedback', given, { accept: 'text/html' })
  assert.match(page.body, /<textarea[^>]*>I still wait/)
  const [row] = await sql`select useful, comment from services.feedback where token = ${token}`
  assert.deepEqual(row, { useful: false, comment: null })
})

test('one address sends ten comments in an hour, and a person has ten that wait', async () => {
  const from = (index: number) =>
    app.inject({
      ...{ method: 'POST', url: '/services/tide-grant/comment', remoteAddress: '203.0.113.250' },
      payload: { token: crypto.randomUUID(), text: `Spam ${index}`, answer: 'none' },
      headers: { accept: 'application/json' },
    })
  const answers = []
  for (let index = 0; index < 11; index++) answers.push((await from(index)).statusCode)
  assert.deepEqual([answers.filter((each) => each === 201).length, answers.at(-1)], [10, 429])
  for (let index = 0; index < 10; index++) await say({ text: 'More', answer: 'inbox' }, ada)
  assert.equal((await say({ text: 'More', answer: 'inbox' }, ada)).json().type, '/problems/services.comments-of-yours')
})

test('how fast departments answer is public: what is late counts, what is not due yet does not', async () => {
  // One was answered with a code, one in the inbox, one was closed; ten wait.
  const { all, services } = await get('/services/figures')
  assert.deepEqual(all, { wanted: 3, inTime: 2, answered: 2, closed: 1, waiting: 10 })
  assert.deepEqual(
    services.map(({ id }: { id: string }) => id),
    ['tide-grant'],
  )
  assert.equal((await app.figures.find('services.comments-answered-percent'))?.value, 2 / 3)
  const page = () => app.inject({ url: '/eng/services/tide-grant', headers: { accept: 'text/html', ...ada } })
  assert.match((await page()).body, /66 %/)
  day = '2027-01-28'
  assert.deepEqual((await get('/services/tide-grant')).answering, { ...all, wanted: 13 })
  assert.match((await page()).body, /15 %/)
  // One of those that wait is answered late: it is answered, and not in time.
  const [late] = await sql<{ number: string }[]>`
    select number from services.comment where state = 'waiting' and answer_by = 'inbox' order by number limit 1`
  assert.equal((await post(`${office}/${late!.number}/answer`, { text: 'Sorry.' }, officer)).statusCode, 200)
  const { answered, inTime, waiting, wanted } = (await get('/services/tide-grant')).answering
  assert.deepEqual({ answered, inTime, waiting, wanted }, { answered: 3, inTime: 2, waiting: 9, wanted: 13 })
})

test('what was settled two years ago is forgotten, and what waits is not', async () => {
  day = '2029-01-28'
  await deleteOldComments(installation)
  const [left] =
    await sql`select count(*)::int as n, count(*) filter (where state = 'waiting')::int as waiting from services.comment`
  assert.equal(left!.n, left!.waiting)
  assert.ok(left!.n >= 15)
})
