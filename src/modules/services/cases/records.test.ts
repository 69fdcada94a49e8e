// The item of a register that a step of a case begins, and what becomes of it where the case is decided otherwise later: by other
// rules for many cases at once, or by a review.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import { type Enrolment, openCourse } from '../../../../test/tide-course.ts'
import { listEvents } from './cases.sql.ts'
import { replayCases } from './replay.ts'
import { openEvent } from './write.ts'

const started = await start({ now: () => new Date('2027-02-01T10:00:00Z') })
const { app, sql, installation, asPerson } = started
const { tia, dina, get, post, addSession, enrol, decide, appeal, confirmed, decideAnew, undo } = openCourse(started)
const officerOfRegister = asPerson({
  ...{ id: 'officer-rex', organisation: 'tide-station', permissions: ['ledger:keep-register'], level: 3 },
})

const cards = '/ledger/registers/course-cards/items'
type Line = { kind: string; said: { en: string }; link: { path: string; title: { en: string } } | null }
/** Where the item of a case stands, by the page of the case as its person reads it. */
const cardOf = async ({ reference, headers }: Enrolment) =>
  ((await get(`/services/cases/${reference}`, headers)) as { history: Line[] }).history.flatMap(({ link }) =>
    link?.path.startsWith(cards) ? [link.path] : [],
  )
const standingOf = async (path: string) => (await get(`${path}.json`, {} as typeof tia)).standing.title.en
const beginByHand = (enrolment: string) =>
  post(cards, officerOfRegister, {
    ...{ token: randomUUID(), step: 'issue', party: 'school', 'field.learner': 'Ada', 'field.course': 'Ebb' },
    ...{ 'field.enrolment': enrolment, 'field.since': '2027-02-01' },
  })
const countCards = async () => {
  const [row] = await sql<[{ items: number; steps: number }]>`
    select count(distinct number)::int as items, count(*)::int as steps from ledger.step where register = 'course-cards'`
  return row
}

test('a case that is granted begins an item, which anybody checks and its person takes by the code on their page', async () => {
  const session = await addSession('2')
  const one = await enrol(session)
  await decide(one.reference, 'confirm')
  const [path] = await cardOf(one)
  const number = path!.slice(cards.length + 1)
  const page = await app.inject({ url: `/eng${path}`, headers: { accept: 'text/html' } })
  assert.match(page.body, /Valid[\s\S]*Ebb/)
  assert.doesNotMatch(page.body, new RegExp(`${one.name}|${one.reference}`))
  const asOfficer = (await get(`/office/services/cases/${one.reference}`)) as { history: Line[] }
  assert.deepEqual(
    asOfficer.history.flatMap(({ kind, said, link }) => (kind === 'output-made' ? [[said.en, link!.title.en]] : [])),
    [
      ['Entered in a register', 'Course card'],
      ['Letter', 'Confirmation of the enrolment'],
      ['Entered in the ledger', 'Enrolment in the tide course'],
    ],
  )
  const events = await listEvents(sql, one.reference)
  const letter = events.find(({ kind, data }) => kind === 'output-made' && data.output === 'letter')!
  assert.match(openEvent<'output-made'>(installation, one.reference, letter).text.en, new RegExp(`card ${number}\\.$`))
  const { entries, fields } = await get(`${path}/steps`, officerOfRegister)
  assert.deepEqual(
    fields.map(({ value }: { value: string }) => value.replace(/^Ebb.*/, 'Ebb')),
    [one.name, one.reference, 'Ebb', '2027-02-01'],
  )
  assert.deepEqual(entries.length, 2)

  const { offered } = (await get(`/services/cases/${one.reference}`, one.headers)) as { offered: { code: string }[] }
  assert.match(
    (
      await app.inject({
        url: `/eng/services/cases/${one.reference}`,
        headers: { ...one.headers, accept: 'text/html' },
      })
    ).body,
    new RegExp(offered[0]!.code),
  )
  const holder = asPerson({ id: one.id, level: 2 })
  const invited = (await post('/ledger/invitations', holder, { code: offered[0]!.code })).json()
  await post(invited.proposal.path, holder, {
    ...{ token: invited.tokens.approve, party: 'learner', answer: 'approved', code: offered[0]!.code },
  })
  const { items } = await get('/ledger/holdings', holder)
  assert.deepEqual(
    items.map((each: { number: string }) => each.number),
    [number],
  )
  assert.deepEqual((await get(`/services/cases/${one.reference}`, one.headers)).offered, [])
})

test('of two officers who decide at once one begins the item, a form that is sent again begins none, and folding again none', async () => {
  const one = await enrol(await addSession('2'))
  const at = `/office/services/cases/${one.reference}`
  await post(`${at}/claim`, tia, { token: randomUUID() })
  const { number } = await get(at)
  const before = await countCards()
  const payload = { token: randomUUID(), seen: number, reasons: ['welcome'] }
  const send = (headers: typeof tia, more = {}) =>
    app.inject({
      ...{ method: 'POST', url: `${at}/steps/confirm`, payload: { ...payload, ...more } },
      headers: { ...headers, accept: 'application/json' },
    })
  const answers = await Promise.all([
    send(tia),
    send(dina, { token: randomUUID() }),
    send(tia),
    send(tia, { token: randomUUID() }),
  ])
  assert.deepEqual(answers.map(({ statusCode }) => statusCode < 300).sort(), [false, false, true, true])
  assert.equal((await send(tia)).statusCode, 200)
  assert.deepEqual(await countCards(), { items: before.items + 1, steps: before.steps + 2 })
  const differences: unknown[] = []
  await replayCases(installation, (each) => differences.push(each))
  assert.deepEqual(differences, [])
  assert.deepEqual(await countCards(), { items: before.items + 1, steps: before.steps + 2 })
})

test('what the register refuses, the step of the case is refused with, and nothing of either is written', async () => {
  const one = await enrol(await addSession('2'))
  const at = `/office/services/cases/${one.reference}`
  await post(`${at}/claim`, tia, { token: randomUUID() })
  // Somebody has begun a card of this enrolment by hand.
  await beginByHand(one.reference)
  const { number } = await get(at)
  const [before, events] = [await countCards(), (await listEvents(sql, one.reference)).length]
  const payload = { token: randomUUID(), seen: number, reasons: ['welcome'] }
  const refused = await app.inject({
    ...{ method: 'POST', url: `${at}/steps/confirm`, payload },
    headers: { ...tia, accept: 'application/json' },
  })
  assert.deepEqual([refused.statusCode, refused.json().type], [409, '/problems/ledger.value-taken'])
  assert.deepEqual(await countCards(), before)
  assert.equal((await listEvents(sql, one.reference)).length, events)
  assert.equal((await get(`/services/cases/${one.reference}`, one.headers)).ended, null)
})

test('a review that refuses withdraws the item, one that confirms leaves it, and of one that cannot be withdrawn officers are told', async () => {
  await sql`insert into identity.person (id, name) values ('officer-dina', ${sql.json({ en: 'Dina', 'zh-Hant': '娜' })})`
  for (const [end, isWithdrawnBefore, standing, told] of [
    ['refuse', false, 'Withdrawn', ['The register notes that it was decided otherwise']],
    ['confirm', false, 'Valid', ['Entered in a register']],
    ['refuse', true, 'Withdrawn', [/still stands in the register as before/]],
  ] as const) {
    const { first } = await confirmed()
    const [path] = await cardOf(first)
    const before = await countCards()
    if (isWithdrawnBefore) {
      const reason = 'Lost'
      await post(`${path}/steps`, officerOfRegister, { token: randomUUID(), step: 'withdraw', party: 'school', reason })
    }
    const reference = await appeal(first)
    await decide(reference, end, dina)
    assert.equal(await standingOf(path!), standing, end)
    assert.equal((await countCards()).items, before.items)
    const { history } = (await get(`/office/services/cases/${reference}`)) as { history: Line[] }
    const lines = history.filter(({ link }) => link?.path === path).map(({ said }) => said.en)
    assert.equal(lines.length, 1)
    assert.equal(JSON.stringify(await get('/account/inbox', dina)).includes(reference), isWithdrawnBefore)
    for (const each of told) assert.match(lines[0]!, new RegExp(each))
    // The person is told of what was done, and not of what officers have to do.
    assert.equal((await cardOf({ reference, headers: first.headers })).length, isWithdrawnBefore ? 0 : 1)
  }
})

test('an item of a case that other rules refuse is withdrawn, and not brought back where that is undone', async () => {
  const { first } = await confirmed()
  const path = await decideAnew('confirm')
  const [card, again] = await cardOf(first)
  assert.deepEqual([again, await standingOf(card!)], [card, 'Withdrawn'])

  // The first decision counts again, and officers are told that its item does not: what was withdrawn is not brought back.
  await undo(path)
  assert.deepEqual([await standingOf(card!), (await cardOf(first)).length], ['Withdrawn', 2])
  const { history } = (await get(`/office/services/cases/${first.reference}`)) as { history: Line[] }
  assert.match(history.findLast(({ link }) => link?.path === card)!.said.en, /was undone in the register meanwhile/)
})

test('of cases that other rules grant, one whose item the register refuses is left out, and stays refused', async () => {
  const [free, taken] = [await enrol(await addSession('2')), await enrol(await addSession('2'))]
  for (const { reference } of [free, taken]) await decide(reference, 'refuse')
  await beginByHand(taken.reference)
  const { counts } = await get(await decideAnew('refuse'))
  assert.equal(counts['left-out'], 1)
  const ends = [free, taken].map(({ reference, headers }) => get(`/services/cases/${reference}`, headers))
  assert.deepEqual(
    (await Promise.all(ends)).map(({ ended }) => ended),
    ['granted', 'refused'],
  )
  assert.deepEqual([(await cardOf(free)).length, (await cardOf(taken)).length], [1, 0])
})
