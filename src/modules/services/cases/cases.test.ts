// A case from the day it comes to the decision, the letter and the review, as officers and its person see it.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import { sendApplication } from '../testing/cases.ts'
import { replayCases } from './replay.ts'
import { lapseReplies, remindOfQuestions } from './talk.ts'

let now = new Date('2027-02-01T10:00:00Z')
const started = await start({ now: () => now })
const { app, sql, installation, asPerson } = started
const work = 'services:work-case'
const decide = 'services:decide-case'
const officer = (id: string, ...permissions: string[]) =>
  asPerson({ id, organisation: 'tide-station', permissions, level: 3 })
const finn = officer('officer-finn', work)
const cora = officer('officer-cora', work, decide)
const dina = officer('officer-dina', work, decide)
const ed = officer('officer-ed', work, decide)
const ada = asPerson({ id: 'ada-quay' })

type Headers = { cookie: string }
const get = (url: string, headers: Headers) => app.inject({ url, headers })
const post = (url: string, headers: Headers, payload: object = {}) =>
  app.inject({ method: 'POST', url, headers, payload: { token: randomUUID(), ...payload } })
const at = (reference: string) => `/office/services/cases/${reference}`
const read = async (reference: string, headers: Headers = cora) => (await get(at(reference), headers)).json()
async function act(reference: string, what: string, headers: Headers, payload: object = {}) {
  const { number } = await read(reference, headers)
  return post(`${at(reference)}/${what}`, headers, { seen: number, ...payload })
}
const days = (count: number) => {
  now = new Date(now.getTime() + count * 86_400_000)
}

/** Assessed, and claimed by a decider. */
async function assessed(headers: Headers = cora) {
  const reference = await sendApplication(started)
  assert.equal((await act(reference, 'claim', finn)).statusCode, 200)
  assert.equal((await act(reference, 'steps/assess', finn, { 'answer.assessment': 'Sound.' })).statusCode, 200)
  assert.equal((await act(reference, 'claim', headers)).statusCode, 200)
  return reference
}

test('a case is taken, assessed, proposed, approved by another officer, and told to its person', async () => {
  const reference = await sendApplication(started)
  const begun = await read(reference, finn)
  assert.equal(begun.line.dueOn, '2027-02-08')
  assert.deepEqual(begun.line.listed, ['Friends of the Ebb'])
  assert.equal(
    (await act(reference, 'steps/assess', finn, { 'answer.assessment': 'x' })).json().type,
    '/problems/services.case-not-claimed',
  )
  const next = await post('/office/services/next', finn)
  assert.equal(next.json().reference, reference)
  const empty = await act(reference, 'steps/assess', finn)
  assert.equal(empty.statusCode, 422)
  assert.equal(empty.json().errors[0].pointer, '/answer.assessment')
  assert.equal((await act(reference, 'steps/grant', finn, { reasons: ['within-limit'] })).statusCode, 409)
  assert.equal((await act(reference, 'steps/assess', finn, { 'answer.assessment': 'A sound plan.' })).statusCode, 200)

  // It now waits for deciders alone, so that an officer who only works on cases is not given it.
  assert.equal((await post('/office/services/next', finn)).json().type, '/problems/services.case-none-free')
  const desk = (await get('/office/services', finn)).json()
  assert.deepEqual([desk.counts.free, desk.free], [0, []], 'what stands as free is what this officer can take')
  assert.equal((await post('/office/services/next', cora)).json().reference, reference)
  const granting = { 'answer.amount_granted': '12000', reasons: ['within-limit'] }
  assert.equal((await act(reference, 'steps/grant', cora, granting)).statusCode, 200)
  const { proposal, number } = await read(reference, dina)
  const approve = (headers: Headers) =>
    post(`${at(reference)}/proposals/${proposal.number}`, headers, { seen: number, answer: 'approved' })
  assert.equal((await approve(cora)).json().type, '/problems/services.proposal-own')
  assert.equal((await approve(finn)).statusCode, 403)
  assert.equal((await approve(dina)).statusCode, 200)

  const ended = await read(reference)
  const decided = ended.history.findLast(({ kind }: { kind: string }) => kind === 'step-taken')
  const decision = (await get(`${at(reference)}/decisions/${decided.number}`, cora)).json()
  assert.deepEqual([decision.replays, decision.by.en, decision.proposedBy.en], [true, 'officer-dina', 'officer-cora'])
  assert.equal(ended.line.outcome, 'granted')
  assert.equal(ended.appealUntilOn, '2027-03-01')
  const own = (await get(`/services/cases/${reference}`, ada)).json()
  const messages = own.history.filter(({ message }: { message: unknown }) => message)
  assert.match(
    messages.at(-1).message.text.en,
    /Friends of the Ebb gets XTS 12,000\.\n\nThe plan meets the conditions\./,
  )
  assert.match(messages.at(-1).message.text['zh-Hant'], /獲資助 XTS 12,000/)
  const shown = own.answers.flatMap(
    ({ rows }: { rows: { name: string; text: { en: string }; source: { en: string } }[] }) => rows,
  )
  const row = (name: string) => shown.find((each: { name: string }) => each.name === name)
  assert.deepEqual([row('total').text.en, row('contact_name').source.en], ['XTS 12,000', 'From your account'])
  assert.deepEqual((await read(reference)).answers, own.answers, 'officers read what the person sent')
  assert.ok(!JSON.stringify(own).includes('A sound plan'), 'what officers wrote for each other is not told')
  const inbox = await get('/account/inbox', ada)
  assert.match(inbox.body, new RegExp(reference))
})

test('a decision tells on what it rests, and comes to the same again', async () => {
  const reference = await assessed()
  await act(reference, 'steps/refuse', cora, { reasons: ['only-equipment'] })
  const { number } = (await read(reference)).history.findLast(({ kind }: { kind: string }) => kind === 'step-taken')
  const decision = (await get(`${at(reference)}/decisions/${number}`, cora)).json()
  assert.equal(decision.replays, true)
  assert.match(decision.version, /^[0-9a-f]{64}$/)
  assert.deepEqual(
    decision.inputs.map(({ name, value, source }: Record<string, { en: string }>) => [name, value, source?.en]),
    [
      ['kind', 'An association', 'The person'],
      ['total', 'XTS 12,000', 'Calculated from answers'],
    ],
  )
  assert.equal(decision.tables[0].rows[0].row, 2)
  assert.equal(decision.reasons[0].en, 'Equipment alone is not paid for.')
  assert.match(decision.message.text.en, /until 1 March 2027/)
})

test('a form that is sent twice acts once and is answered as before', async () => {
  const reference = await sendApplication(started)
  const token = randomUUID()
  const answers = await Promise.all([1, 2, 3].map(() => post(`${at(reference)}/claim`, finn, { token })))
  assert.deepEqual(
    answers.map(({ statusCode, body }) => [statusCode, body]),
    Array(3).fill([200, answers[0]!.body]),
  )
  const [{ count }] = await sql<[{ count: number }]>`
    select count(*)::int from services.case_event where reference = ${reference} and kind = 'claimed'`
  assert.equal(count, 1)
  assert.equal((await post(`${at(reference)}/claim`, cora, { token })).json().type, '/problems/services.case-changed')
})

test('whoever looked at an older state of a case does not decide', async () => {
  const reference = await assessed()
  const { number } = await read(reference)
  await post(`${at(reference)}/notes`, finn, { text: 'The plan is withdrawn in part.' })
  const late = await post(`${at(reference)}/steps/refuse`, cora, { seen: number, reasons: ['not-about-tide'] })
  assert.equal(late.json().type, '/problems/services.case-changed')
})

test('a question stops the clock, a reminder follows, and the reply starts it again', async () => {
  const reference = await sendApplication(started)
  await act(reference, 'claim', finn)
  const before = (await read(reference)).line.dueOn
  const without = await act(reference, 'questions', finn, { text: ' ' })
  assert.equal(without.json().type, '/problems/services.text-missing')
  assert.equal((await act(reference, 'questions', finn, { text: 'Who leads the rowing?' })).statusCode, 200)
  const asking = await read(reference)
  assert.deepEqual([asking.line.dueOn, asking.line.wait], [null, 'reply'])
  assert.equal(
    (await act(reference, 'steps/assess', finn, { 'answer.assessment': 'x' })).json().type,
    '/problems/services.case-waits',
  )
  days(8)
  await remindOfQuestions(installation)
  await remindOfQuestions(installation)
  const own = (await get(`/services/cases/${reference}`, ada)).json()
  assert.equal(own.question, 'Who leads the rowing?')
  const subjects = own.history.flatMap(
    ({ message }: { message: { subject: { en: string } } | null }) => message?.subject.en ?? [],
  )
  assert.equal(subjects.filter((each: string) => each.includes('still waits')).length, 1)
  const blank = await post(`/eng/services/cases/${reference}/reply`, { ...ada, accept: 'text/html' } as Headers)
  assert.equal(blank.statusCode, 422)
  assert.match(blank.body, /<title>Error: [\s\S]*href="#reply-text"[\s\S]*id="reply-text"/)
  await post(`/services/cases/${reference}/reply`, ada, { text: 'Finn does.' })
  const after = await read(reference)
  assert.equal(after.line.wait, 'officer')
  assert.ok(after.line.dueOn > before)
  assert.ok(after.history.some(({ text }: { text: string | null }) => text === 'Finn does.'))
})

test('without a reply the case goes on when the days for it are over', async () => {
  const reference = await sendApplication(started)
  await act(reference, 'claim', finn)
  await act(reference, 'questions', finn, { text: 'When?' })
  await lapseReplies(installation)
  assert.equal((await read(reference)).line.wait, 'reply')
  days(15)
  await Promise.all([lapseReplies(installation), lapseReplies(installation)])
  const { line, history } = await read(reference)
  assert.equal(line.wait, 'officer')
  assert.equal(history.filter(({ kind }: { kind: string }) => kind === 'information-lapsed').length, 1)
  assert.equal((await post(`/services/cases/${reference}/reply`, ada, { text: 'Late.' })).statusCode, 409)
})

test('a review has a number of its own, and whoever decided neither takes nor decides it', async () => {
  const reference = await assessed()
  await act(reference, 'steps/refuse', cora, { reasons: ['only-equipment'] })
  const token = randomUUID()
  const asked = await post(`/services/cases/${reference}/appeal`, ada, { token, text: 'It is not only equipment.' })
  const again = await post(`/services/cases/${reference}/appeal`, ada, { token, text: 'It is not only equipment.' })
  assert.equal(asked.statusCode, 200)
  assert.equal(again.body, asked.body)
  const review = asked.json().reference
  assert.notEqual(review, reference)
  assert.equal((await read(reference)).review, review)
  const { applications } = (await get('/account/applications', ada)).json()
  const mine = applications.flatMap((each: { cases: { reference: string }[] }) => each.cases)
  const of = (which: string) => mine.find((each: { reference: string }) => each.reference === which)
  assert.equal(of(review).reviewOf, reference, 'told apart in the list of its person')
  assert.equal(of(reference).next.en, `You asked for a review: see ${review}.`, 'and nobody is told to ask again')
  assert.equal((await act(review, 'claim', cora)).json().type, '/problems/services.case-excluded')
  await act(review, 'claim', dina)
  assert.equal((await read(review, dina)).history.at(0).text, 'It is not only equipment.')
  await act(review, 'steps/assess', dina, { 'answer.assessment': 'There is teaching in it.' })
  assert.equal((await act(review, 'assign', dina, { to: 'officer-cora' })).statusCode, 422)
  await act(review, 'steps/grant', dina, { 'answer.amount_granted': '9000', reasons: ['within-limit'] })
  const { proposal, number } = await read(review, ed)
  const approve = (headers: Headers) =>
    post(`${at(review)}/proposals/${proposal.number}`, headers, { seen: number, answer: 'approved' })
  assert.equal((await approve(cora)).json().type, '/problems/services.case-excluded')
  assert.equal((await approve(ed)).statusCode, 200)
  const { line, appealUntilOn } = await read(review)
  assert.deepEqual([line.outcome, appealUntilOn], ['granted', null])
  assert.equal((await read(reference)).line.outcome, 'refused', 'what was decided stays as it is')
  assert.equal(
    (await post(`/services/cases/${reference}/appeal`, ada, { text: 'Again.' })).json().type,
    '/problems/services.appeal-made',
  )
})

test('a review is asked for in time or not at all', async () => {
  const reference = await assessed()
  await act(reference, 'steps/refuse', cora, { reasons: ['only-equipment'] })
  days(29)
  assert.equal(
    (await post(`/services/cases/${reference}/appeal`, ada, { text: 'No.' })).json().type,
    '/problems/services.appeal-closed',
  )
})

test('a proposal is sent back to whoever made it, with what is to be otherwise; no program makes one', async () => {
  const asProgram = { id: 'client/x', organisation: 'tide-station', permissions: [work, decide], methods: ['client'] }
  const program = asPerson(asProgram)
  const alone = await act(await assessed(program), 'steps/grant', program, {
    ...{ 'answer.amount_granted': '12000', reasons: ['within-limit'] },
  })
  assert.equal(alone.json().type, '/problems/services.approval-by-program')
  const reference = await assessed()
  await act(reference, 'steps/grant', cora, { 'answer.amount_granted': '12000', reasons: ['above-limit'] })
  const { proposal } = await read(reference, dina)
  assert.equal((await act(reference, `proposals/${proposal.number}`, dina, { answer: 'sent-back' })).statusCode, 422)
  const back = { answer: 'sent-back', text: 'It is within the limit.' }
  assert.equal((await act(reference, `proposals/${proposal.number}`, dina, back)).statusCode, 200)
  const { line, steps } = await read(reference)
  assert.deepEqual(
    [line.mine, line.wait, steps.map(({ id }: { id: string }) => id)],
    [true, 'officer', ['grant', 'refuse']],
  )
})

test('a person withdraws until the case has ended, also while a proposal waits', async () => {
  const reference = await assessed()
  await act(reference, 'steps/grant', cora, { 'answer.amount_granted': '12000', reasons: ['within-limit'] })
  const { proposal } = await read(reference, dina)
  assert.equal((await post(`/services/cases/${reference}/withdrawal`, ada)).statusCode, 200)
  assert.equal(
    (await act(reference, `proposals/${proposal.number}`, dina, { answer: 'approved' })).json().type,
    '/problems/services.case-ended',
  )
  assert.equal((await post(`/services/cases/${reference}/withdrawal`, ada)).statusCode, 409)
})

test('two cases about the same are joined, and parted again', async () => {
  const [one, other] = [await sendApplication(started), await sendApplication(started)]
  await act(one, 'claim', finn)
  assert.equal((await act(one, 'merge', finn, { into: one })).statusCode, 409)
  assert.equal((await act(one, 'merge', finn, { into: 'TG-22222-22222' })).statusCode, 404)
  assert.equal((await act(one, 'merge', finn, { into: other.toLowerCase() })).statusCode, 200)
  const merged = await read(one)
  assert.deepEqual([merged.line.outcome, merged.mergedInto], ['merged', other])
  assert.equal((await act(one, 'parting', finn)).statusCode, 200)
  const parted = await read(one)
  assert.deepEqual([parted.line.outcome, parted.mergedInto, parted.line.claimedBy.id], [null, null, 'officer-finn'])
  const { history } = (await get(`/services/cases/${one}`, ada)).json()
  const told = history.flatMap(
    ({ message }: { message: { subject: { en: string } } | null }) => message?.subject.en ?? [],
  )
  assert.deepEqual(told.slice(-2), [`${one} was joined with ${other}`, `${one} goes on by itself again`])
})

test('cases of different applicants are not joined, and nobody is told the number of a case that is not known to be theirs', async () => {
  const send = (more: object) => sendApplication(started, more)
  const [mine, theirs] = [await send({}), await send({ person: 'bo-quay' })]
  const [school, colleague] = [
    await send({ organisation: 'ebb' }),
    await send({ organisation: 'ebb', person: 'bo-quay' }),
  ]
  const [nobody, nobodys] = [await send({ person: null }), await send({ person: null })]
  const join = async (one: string, into: string) => {
    await act(one, 'claim', finn)
    const joined = (await act(one, 'merge', finn, { into })).json()
    const said = (await read(one)).history.findLast(({ message }: { message: unknown }) => message)?.message.subject.en
    return joined.type ?? said
  }
  const another = '/problems/services.case-of-another'
  assert.deepEqual(
    [await join(mine, theirs), await join(school, mine), await join(school, colleague), await join(nobody, nobodys)],
    [another, another, `${school} was joined with ${colleague}`, `${nobody} was joined with another`],
  )
})

test('a complaint goes to an officer who decides, and is answered', async () => {
  const reference = await sendApplication(started)
  await post(`/services/cases/${reference}/complaint`, ada, { text: 'Nobody calls back.' })
  assert.equal((await read(reference, cora)).complaint, 'Nobody calls back.')
  const queue = (await get('/office/services', cora)).json()
  assert.ok(queue.complaints.some((line: { reference: string }) => line.reference === reference))
  assert.equal((await post(`${at(reference)}/complaint`, finn, { text: 'We do.' })).statusCode, 403)
  assert.equal((await post(`${at(reference)}/complaint`, cora, { text: 'We call tomorrow.' })).statusCode, 200)
  assert.equal((await read(reference, cora)).complaint, null)
})

test('lists are searched in what is listed, filtered, kept under a name, and turned page by page', async () => {
  const reference = await sendApplication(started, {
    answers: { kind: 'school', group_name: '退潮之友', members: 5, activities: [] },
  })
  const list = async (query: string) =>
    (await get(`/office/services/cases?${query}`, finn))
      .json()
      .cases.map((each: { reference: string }) => each.reference)
  assert.deepEqual(await list(`q=${encodeURIComponent('潮之')}`), [reference])
  assert.deepEqual(await list(`q=${reference.toLowerCase()}`), [reference])
  assert.deepEqual(await list('q=nothing-like-it'), [])
  assert.ok((await list('whose=free')).includes(reference))
  assert.ok(!(await list('due=soon')).includes(reference))
  assert.ok(!(await list('due=overdue')).includes(reference))
  assert.ok(!(await list('whose=mine')).includes(reference))
  await post('/office/services/filters', finn, { name: 'Free grants', query: 'whose=free&after=x&evil=1' })
  const { saved } = (await get('/office/services/cases', cora)).json()
  assert.deepEqual(saved, [{ name: 'Free grants', query: 'whose=free' }])
  for (let more = 0; more < 55; more += 1) await sendApplication(started)
  const seen: string[] = []
  for (let after = ''; ; ) {
    const page = (await get(`/office/services/cases?${after}`, finn)).json()
    seen.push(...page.cases.map((each: { reference: string }) => each.reference))
    if (page.next === null) break
    after = `after=${encodeURIComponent(page.next)}`
  }
  const [{ count }] = await sql<[{ count: number }]>`
    select count(*)::int from services.case where organisation = 'tide-station' and ended_at is null`
  assert.equal(seen.length, count)
  assert.equal(new Set(seen).size, count)
})

test('a case of nobody who was signed in keeps its messages, sends none, and nobody is asked what cannot be answered', async () => {
  const reference = await sendApplication(started, { person: null })
  const { history } = await read(reference)
  assert.ok(
    history.some(({ message }: { message: { subject: { en: string } } | null }) =>
      message?.subject.en.includes(reference),
    ),
  )
  const [sent] = await sql`
    select data from services.case_event where reference = ${reference} and kind = 'message-sent'`
  assert.equal(sent!.data.inbox, false)
  assert.equal((await act(reference, 'claim', finn)).statusCode, 200)
  const asked = await act(reference, 'questions', finn, { text: 'Which quay?' })
  assert.equal(asked.json().type, '/problems/services.case-without-account')
  const page = await read(reference)
  assert.deepEqual([page.can.ask, page.line.wait], [false, 'officer'], 'the clock goes on')
  const messages = page.history.filter(({ kind }: { kind: string }) => kind === 'message-sent')
  assert.match(messages[0].said.en, /has no account/)
})

test('answers and texts are nowhere in clear but where they are listed', async () => {
  const [{ text }] = await sql<[{ text: string }]>`
    select string_agg(data::text || coalesce(encode(sealed, 'escape'), ''), ' ') as text from services.case_event`
  for (const secret of ['ada@tide.example', 'Rowing', 'Nobody calls back', 'A sound plan'])
    assert.ok(!text.includes(secret), secret)
})

test('no event is changed or taken away, not even by the program', async () => {
  for (const statement of [
    sql`update services.case_event set data = '{}'`,
    sql`delete from services.case_event`,
    sql`delete from services.case`,
  ])
    await assert.rejects(statement, { code: '42501' })
})

test('every case stands as its events say, and one that does not is told', async () => {
  const told: unknown[] = []
  const before = await replayCases(installation, (each) => told.push(each))
  assert.ok(before.cases > 60)
  assert.deepEqual([before.differences, told], [0, []])
  const reference = await sendApplication(started)
  await sql`update services.case set queue = 'decide' where reference = ${reference}`
  await replayCases(installation, (each) => told.push(each))
  assert.deepEqual(told, [{ reference, field: 'queue', stands: 'decide', folded: 'work' }])
})
