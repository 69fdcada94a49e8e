// The item of a register that a step of a case begins, and what becomes of it where the case is decided otherwise later: by other
// rules for many cases at once, or by a review.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import { type Enrolment, openCourse } from '../../../../test/tide-course.ts'
import type { CaseDefinition } from '../definitions/case.ts'
import { listEvents } from './cases.sql.ts'
import { workOnCohorts } from './cohorts/work.ts'
import { replayCases } from './replay.ts'
import { openEvent } from './write.ts'

let now = new Date('2027-02-01T10:00:00Z')
const started = await start({ now: () => now })
const { app, sql, installation, asPerson } = started
const course = openCourse(started)
const { tia, dina, get, post, addSession, enrol, decide, appeal, confirmed, publishCourse, decideAnew, undo } = course
const officerOfRegister = asPerson({
  ...{ id: 'officer-rex', organisation: 'tide-station', permissions: ['ledger:keep-register'], level: 3 },
})
/** Who has decided nothing yet. */
const rex = asPerson({
  ...{ id: 'officer-rexa', organisation: 'tide-station', level: 3 },
  permissions: ['services:work-case', 'services:decide-case'],
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
const stepByHand = (path: string, step: string) =>
  post(`${path}/steps`, officerOfRegister, { token: randomUUID(), step, party: 'school', reason: 'Lost' })
/** What the history says of an item, as officers read it. */
const saidOf = async (reference: string, path: string) =>
  ((await get(`/office/services/cases/${reference}`)) as { history: Line[] }).history.flatMap(({ link, said }) =>
    link?.path === path ? [said.en] : [],
  )
/** A way back for whom other rules refused, that an officer takes after they heard them. */
function readmit({ steps }: CaseDefinition): void {
  const confirm = steps.find(({ id }) => id === 'confirm')!
  const title = { en: 'Were they heard?', 'zh-Hant': '已聽取陳述？' }
  steps.push({ ...confirm, id: 'readmit', when: 'heard = true', asks: [{ id: 'heard', title, kind: 'yes-no' }] })
}
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

test('a review that refuses withdraws the item, one that confirms leaves it, and one that had ended before stays so', async () => {
  await sql`insert into identity.person (id, name) values ('officer-dina', ${sql.json({ en: 'Dina', 'zh-Hant': '娜' })})`
  for (const [end, isWithdrawnBefore, standing, told] of [
    ['refuse', false, 'Withdrawn', 'The register notes that it was decided otherwise'],
    ['confirm', false, 'Valid', 'Entered in a register'],
    ['refuse', true, 'Withdrawn', 'Its item of the register had ended before'],
  ] as const) {
    const { first } = await confirmed()
    const [path] = await cardOf(first)
    const before = await countCards()
    if (isWithdrawnBefore) await stepByHand(path!, 'withdraw')
    const reference = await appeal(first)
    await decide(reference, end, dina)
    assert.equal(await standingOf(path!), standing, end)
    assert.deepEqual(await countCards(), { items: before.items, steps: before.steps + (end === 'refuse' ? 1 : 0) })
    assert.deepEqual(await saidOf(reference, path!), [told])
    assert.doesNotMatch(JSON.stringify(await get('/account/inbox', dina)), new RegExp(reference))
    // The person is told of what was done.
    assert.equal((await cardOf({ reference, headers: first.headers })).length, 1)
  }
})

test('an item of a case that other rules refuse is withdrawn, and reinstated where that is undone, and offered again', async () => {
  const { first } = await confirmed()
  const [card] = await cardOf(first)
  const before = await countCards()
  const path = await decideAnew('confirm')
  assert.deepEqual([await cardOf(first), await standingOf(card!)], [[card, card], 'Withdrawn'])
  assert.deepEqual((await get(`/services/cases/${first.reference}`, first.headers)).offered, [])

  await undo(path)
  await workOnCohorts(installation)
  assert.deepEqual([await standingOf(card!), await cardOf(first)], ['Valid', [card, card, card]])
  assert.equal((await saidOf(first.reference, card!)).at(-1), 'Its item of the register counts again')
  assert.equal((await countCards()).items, before.items)
  const { offered } = await get(`/services/cases/${first.reference}`, first.headers)
  assert.deepEqual(
    offered.map(({ title, number }: { title: { en: string }; number: string }) => [title.en, `${cards}/${number}`]),
    [['Course card', card]],
  )
  const holder = asPerson({ id: (await listEvents(sql, first.reference))[0]!.by, level: 2 })
  assert.equal((await post('/ledger/invitations', holder, { code: offered[0].code })).statusCode, 200)
})

test('an item that its person holds comes back to them, and is offered to nobody', async () => {
  await publishCourse(() => {})
  const { first } = await confirmed()
  const [card] = await cardOf(first)
  const holder = asPerson({ id: (await listEvents(sql, first.reference))[0]!.by, level: 2 })
  const [{ code }] = (await get(`/services/cases/${first.reference}`, first.headers)).offered
  const invited = (await post('/ledger/invitations', holder, { code })).json()
  const approval = { token: invited.tokens.approve, party: 'learner', answer: 'approved', code }
  await post(invited.proposal.path, holder, approval)
  const path = await decideAnew('confirm')
  assert.equal(await standingOf(card!), 'Withdrawn')
  await undo(path)
  assert.equal(await standingOf(card!), 'Valid')
  assert.deepEqual((await get(`/services/cases/${first.reference}`, first.headers)).offered, [])
  const { items } = await get('/ledger/holdings', holder)
  assert.deepEqual(
    items.map((each: { number: string }) => `${cards}/${each.number}`),
    [card],
  )
})

test('an item to which something happened since is not reinstated, and officers are told', async () => {
  await publishCourse(() => {})
  const { first } = await confirmed()
  const [card] = await cardOf(first)
  const path = await decideAnew('confirm')
  // By hand brought back and withdrawn once more, for a reason that the case knows nothing of.
  await stepByHand(card!, 'reinstate')
  await stepByHand(card!, 'withdraw')
  await undo(path)
  assert.equal(await standingOf(card!), 'Withdrawn')
  assert.match((await saidOf(first.reference, card!)).at(-1)!, /was undone in the register meanwhile/)
  assert.match(JSON.stringify(await get('/account/inbox', dina)), new RegExp(first.reference))
  // What officers have to do is no line of the person’s.
  assert.deepEqual(await cardOf(first), [card, card])
})

test('a review that grants again reinstates the same item; where the definition names no step for that, another one begins', async () => {
  for (const isReinstated of [true, false]) {
    await publishCourse((course) => {
      if (!isReinstated) delete course.outputs![0]!.reinstate
    })
    const { first } = await confirmed()
    const [card] = await cardOf(first)
    const before = await countCards()
    await decideAnew('confirm', { change: readmit })
    assert.equal(await standingOf(card!), 'Withdrawn')
    const reference = await appeal(first)
    const at = `/office/services/cases/${reference}`
    await post(`${at}/claim`, rex, { token: randomUUID() })
    const { number } = await get(at, rex)
    const form = { token: randomUUID(), seen: number, reasons: ['welcome'], 'answer.heard': 'yes' }
    await Promise.all([post(`${at}/steps/readmit`, rex, form), post(`${at}/steps/readmit`, rex, form)])
    await post(`${at}/steps/readmit`, rex, form)
    const [again, ...more] = await cardOf({ reference, headers: first.headers })
    assert.deepEqual(more, [])
    assert.equal(again === card, isReinstated)
    assert.deepEqual(
      [await standingOf(card!), await standingOf(again!)],
      [isReinstated ? 'Valid' : 'Withdrawn', 'Valid'],
    )
    assert.equal((await countCards()).items, before.items + (isReinstated ? 0 : 1))
  }
})

test('an undoing begins another item in the place of one that cannot come back, with its letter, or tells officers that it cannot', async () => {
  for (const enrolment of ['{reference}', '{appeal_until}']) {
    await publishCourse(({ outputs }) => {
      const [card] = outputs!
      delete card!.reinstate
      card!.fields!.find(({ id }) => id === 'enrolment')!.text = enrolment
    })
    const { first } = await confirmed()
    const [card] = await cardOf(first)
    const path = await decideAnew('confirm')
    const before = await countCards()
    // The register holds what the field says against a second card, and that changes with the day in one of the two.
    now = new Date(now.getTime() + 24 * 60 * 60 * 1000)
    const isFree = enrolment !== '{reference}'
    await undo(path)
    assert.equal((await get(path)).state, 'undone')
    assert.deepEqual(
      [await standingOf(card!), (await countCards()).items],
      ['Withdrawn', before.items + (isFree ? 1 : 0)],
    )
    const events = await listEvents(sql, first.reference)
    const letter = events.findLast(({ kind, data }) => kind === 'output-made' && data.output === 'letter')!
    const said = openEvent<'output-made'>(installation, first.reference, letter).text.en
    const other = (await cardOf(first)).find((each) => each !== card)
    assert.equal(other !== undefined, isFree)
    assert.match(said, new RegExp(`card ${(other ?? card)!.slice(cards.length + 1)}\\.$`))
    if (other) assert.equal(await standingOf(other), 'Valid')
    else assert.match((await saidOf(first.reference, card!)).at(-1)!, /was undone in the register meanwhile/)
  }
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
