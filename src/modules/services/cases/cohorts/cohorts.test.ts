// Many cases at once: a preview, four eyes, each case done exactly once whatever happens, and the way back.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import { type Service, services } from '../../definitions/service.ts'
import { sendApplication, tideAnswers } from '../../testing/cases.ts'
import { publish } from '../../versions/versions.ts'
import { replayCases } from '../replay.ts'
import { deleteOldPreviews, workOnCohorts } from './work.ts'

let now = new Date('2027-02-01T10:00:00Z')
const started = await start({ now: () => now })
const { app, sql, installation, asPerson, urls } = started
// Another process of the same installation.
const beside = await start({ now: () => now, beside: { urls } })
const both = ['services:work-case', 'services:decide-case']
const officer = (id: string, organisation = 'tide-station', permissions = both) =>
  asPerson({ id, organisation, permissions, level: 3 })
const cora = officer('officer-cora')
const dina = officer('officer-dina')
const ed = officer('officer-ed')
const ada = asPerson({ id: 'ada-quay' })
/** Of an officer who runs it: neither of two who must agree. */
const program = asPerson({ id: 'client/x', organisation: 'tide-station', permissions: both, methods: ['client'] })

type Headers = { cookie: string }
const get = async (url: string, headers: Headers = cora) => (await app.inject({ url, headers })).json()
const post = (url: string, headers: Headers, payload: object = {}) =>
  app.inject({ method: 'POST', url, headers, payload })
const at = (reference: string) => `/office/services/cases/${reference}`
async function act(reference: string, what: string, headers: Headers, payload: object = {}) {
  const { number } = await get(at(reference))
  const answered = await post(`${at(reference)}/${what}`, headers, { token: randomUUID(), seen: number, ...payload })
  assert.equal(answered.statusCode, 200, answered.body)
}

const asking = (cents: number) => ({
  ...tideAnswers,
  activities: [{ activity_title: 'Rowing', held_on: '2027-03-01', cost: cents }],
})
/** A grant of so much to an application that asks for so much. */
async function granted(cents: number, amount: string, reason: string): Promise<string> {
  const reference = await sendApplication(started, { answers: asking(cents) })
  await act(reference, 'claim', cora)
  await act(reference, 'steps/assess', cora, { 'answer.assessment': 'Sound.' })
  await act(reference, 'steps/grant', cora, { 'answer.amount_granted': amount, reasons: [reason] })
  const { proposal } = await get(at(reference))
  await act(reference, `proposals/${proposal.number}`, dina, { answer: 'approved' })
  return reference
}

/** Publishes the grant with another ceiling, and without an agreement about its money, which is never changed at once; its hash. */
async function publishCeiling(ceiling: number, change: (service: Service) => void = () => {}): Promise<string> {
  const definition = structuredClone(installation.pack.get(services, 'tide-grant')) as Service
  delete definition.apply!.grant
  const [rule] = definition.apply!.case.rules!
  rule!.rows[1]!.when[1] = `<= ${ceiling}`
  rule!.rows[3]!.gives = { amount: `${ceiling}` }
  change(definition)
  const { hash } = await sql.begin((transaction) => publish(transaction, { definition, now, by: 'officer-ed' }))
  return hash
}

const path = '/office/services/cohorts'
async function begin(choice: object, headers: Headers = cora): Promise<string> {
  const token = randomUUID()
  const answered = await post(path, headers, { token, service: 'tide-grant', ...choice })
  assert.equal(answered.statusCode, 201, answered.body)
  return `${path}/${token}`
}
const work = (times = 1) => Promise.all(Array.from({ length: times }, () => workOnCohorts(installation)))
const eventsOf = async (reference: string) => {
  const rows = await sql<{ kind: string }[]>`
    select kind from services.case_event where reference = ${reference} order by number`
  return rows.map(({ kind }) => kind)
}
const countKind = async (kind: string) => {
  const [row] = await sql<[{ count: number }]>`select count(*)::int from services.case_event where kind = ${kind}`
  return row.count
}
const assertReplays = async () => {
  const differing: unknown[] = []
  await replayCases(installation, (each) => differing.push(each))
  assert.deepEqual(differing, [])
}

const agreed = await granted(2_500_000, '20000', 'above-limit')
await publishCeiling(20_000)
const ceiling = await granted(2_500_000, '20000', 'above-limit')
const within = await granted(1_000_000, '10000', 'within-limit')
const differed = await granted(2_600_000, '15000', 'above-limit')
const meanwhile = await granted(3_500_000, '20000', 'above-limit')
const higher = await publishCeiling(30_000)
let cohort = ''
type Change = Record<'before' | 'after', { reasons: { en: string }[] }> & { amount: string; count: number }
const upToLimit = 'The plan meets the conditions, up to the limit of the grant.'

test('a preview says of each case what the other version comes to, and changes nothing', async () => {
  const before = await countKind('step-taken')
  cohort = await begin({ kind: 'redecide', target: higher, outcome: 'granted' })
  assert.deepEqual((await get(cohort)).counts, { waiting: 5 })
  await work()
  const data = await get(cohort)
  assert.deepEqual([data.state, data.counts], ['previewed', { planned: 2, same: 1, unfit: 2 }])
  assert.deepEqual(
    data.changes
      .map(({ before, after, amount, count }: Change) => [before.reasons[0]!.en, after.reasons[0]!.en, amount, count])
      .sort(),
    [
      [upToLimit, upToLimit, 'more', 1],
      [upToLimit, 'The plan meets the conditions.', 'more', 1],
    ],
  )
  assert.deepEqual(data.misfits, [
    { code: 'money-agreed', what: '', count: 1 },
    { code: 'officer-differed', what: 'amount_granted', count: 1 },
  ])
  const { before: was, after: becomes } = data.cases.find(
    ({ reference }: { reference: string }) => reference === ceiling,
  )
  assert.deepEqual([was.noted[0].value.en, becomes.noted[0].value.en], ['XTS 20,000', 'XTS 25,000'])
  const last = await get(`${cohort}?state=unfit&page=9`)
  assert.deepEqual([last.page, last.pages, last.cases.length], [1, 1, 2])
  assert.deepEqual(
    last.cases.map(({ reference }: { reference: string }) => reference).sort(),
    [agreed, differed].sort(),
  )
  const csv = (await app.inject({ url: `${cohort}/cases.csv`, headers: cora })).body
  assert.match(csv, new RegExp(`${ceiling},To be changed,Granted,.*XTS 20,000.*XTS 25,000`))
  assert.match(csv, new RegExp(`${differed},Left out by the preview,.*The officer decided otherwise`))
  const page = (await app.inject({ url: `/eng${cohort}`, headers: { ...cora, accept: 'text/html' } })).body
  assert.match(page, /Otherwise under the other version: 2 of 5[\s\S]*<svg[\s\S]*XTS 20,000[\s\S]*XTS 25,000/)
  assert.equal(await countKind('step-taken'), before)
  assert.deepEqual([await countKind('redecided'), (await get(at(ceiling))).line.outcome], [0, 'granted'])
})

test('whoever proposes does not approve, and a proposal may be sent back', async () => {
  assert.equal((await post(`${cohort}/proposal`, program)).json().type, '/problems/services.approval-by-program')
  assert.equal((await post(`${cohort}/approval`, dina, { answer: 'approved' })).statusCode, 409)
  assert.equal((await post(`${cohort}/proposal`, cora)).json().state, 'proposed')
  assert.equal((await post(`${cohort}/proposal`, cora)).json().state, 'proposed')
  assert.equal(
    (await post(`${cohort}/approval`, cora, { answer: 'approved' })).json().type,
    '/problems/services.proposal-own',
  )
  assert.equal((await post(`${cohort}/approval`, dina, { answer: 'sent-back' })).json().state, 'previewed')
  assert.equal((await post(`${cohort}/proposal`, cora)).json().state, 'proposed')
  await work()
  assert.equal(await countKind('redecided'), 0)
})

test('approved, each case is decided anew and its person told, and what changed meanwhile is left out', async () => {
  await act(meanwhile, 'notes', ed, { text: 'The treasurer called.' })
  assert.equal((await post(`${cohort}/approval`, dina, { answer: 'approved' })).json().state, 'running')
  await work()
  const data = await get(cohort)
  assert.deepEqual([data.state, data.counts], ['done', { applied: 1, 'left-out': 1, same: 1, unfit: 2 }])
  const left = data.cases.find(({ reference }: { reference: string }) => reference === meanwhile)
  assert.deepEqual(left.misfits, [{ code: 'changed-meanwhile', what: '' }])
  assert.deepEqual((await eventsOf(ceiling)).slice(-3), ['redecided', 'message-sent', 'output-made'])
  assert.ok(!(await eventsOf(within)).includes('redecided'))

  const own = await get(`/services/cases/${ceiling}`, ada)
  const told = own.history.at(-2).message
  assert.match(told.text.en, /Before: Granted; Amount granted: XTS 20,000\nNow: Granted; Amount granted: XTS 25,000/)
  assert.match(told.text.en, /The plan meets the conditions\.\n\nYou can ask for a review until 1 March 2027\.$/)
  assert.match(told.text['zh-Hant'], /現決定：已批准；批准金額：XTS 25,000/)
  assert.equal(own.appealUntilOn, '2027-03-01')
  assert.equal(own.history.at(-3).said.en, 'Decided anew by changed rules: Granted')
})

test('each decision is explained by the version that it was made by, and comes to the same again', async () => {
  const { history } = await get(at(ceiling))
  const numbers = history
    .filter(({ link }: { link: { path: string } | null }) => link?.path.includes('/decisions/'))
    .map(({ number }: { number: number }) => number)
  assert.equal(numbers.length, 2)
  const [first, second] = await Promise.all(numbers.map((number: number) => get(`${at(ceiling)}/decisions/${number}`)))
  assert.deepEqual([first.replays, second.replays], [true, true])
  assert.notEqual(first.version, second.version)
  assert.equal(second.version, higher)
  assert.deepEqual([second.by.en, second.proposedBy.en], ['officer-dina', 'officer-cora'])
  assert.deepEqual(
    [first, second].map(({ tables }) => tables[0].rows[0].gives[0].value),
    ['XTS 20,000', 'XTS 25,000'],
  )
  await assertReplays()
})

test('undoing takes two officers as doing it does, and may be left', async () => {
  now = new Date('2027-02-10T10:00:00Z')
  const approval = (answer: string, headers: Headers) => post(`${cohort}/undo/approval`, headers, { answer })
  assert.equal((await approval('approved', dina)).json().type, '/problems/services.cohort-changed')
  assert.equal((await post(`${cohort}/undo`, program)).json().type, '/problems/services.approval-by-program')
  for (const _ of [1, 2]) assert.equal((await post(`${cohort}/undo`, ed)).json().state, 'undo-proposed')
  assert.equal((await approval('approved', ed)).json().type, '/problems/services.proposal-own')
  await work()
  assert.deepEqual([(await get(cohort)).state, (await get(cohort)).counts.applied], ['undo-proposed', 1])
  const page = (await app.inject({ url: `/eng${cohort}`, headers: { ...ed, accept: 'text/html' } })).body
  assert.match(page, /Another officer must approve that it is undone/)
  assert.doesNotMatch(page, /Approve and undo all of it/)
  assert.equal((await approval('sent-back', cora)).json().state, 'done')
  await assert.rejects(
    sql`update services.cohort set undo_proposed_by = 'x', undone_by = 'x' where state = 'done'`,
    /cohort_undo_four_eyes/,
  )
})

test('once it is approved all of it is undone: the first decision counts again, and the person is told', async () => {
  await post(`${cohort}/undo`, cora)
  for (const _ of [1, 2])
    assert.equal((await post(`${cohort}/undo/approval`, ed, { answer: 'approved' })).json().state, 'undoing')
  await work()
  const data = await get(cohort)
  assert.deepEqual([data.state, data.counts.undone, data.undoneBy.en], ['undone', 1, 'officer-ed'])
  const own = await get(`/services/cases/${ceiling}`, ada)
  assert.match(own.history.at(-1).message.text.en, /Counts now: Granted; Amount granted: XTS 20,000/)
  assert.match(own.history.at(-1).message.text.en, /review until 10 March 2027/)
  assert.equal(
    (await get(at(ceiling))).noted.find(({ title }: { title: string }) => title === 'Amount granted').value,
    'XTS 20,000',
  )
  assert.equal((await post(`${cohort}/undo`, dina)).json().type, '/problems/services.cohort-changed')
  await assertReplays()
})

test('open cases are moved where they fit, by two processes of which one dies, each exactly once, and back', async () => {
  const references: string[] = []
  for (let count = 0; count < 6; count++) references.push(await sendApplication(started))
  // Of one who approves later: known to be theirs only then.
  await sendApplication(started, { person: 'officer-dina' })
  await sendApplication(started, { person: 'officer-cora' })
  const waiting = await sendApplication(started)
  await act(waiting, 'claim', cora)
  await act(waiting, 'steps/assess', cora, { 'answer.assessment': 'Sound.' })
  await act(waiting, 'steps/grant', cora, { 'answer.amount_granted': '12000', reasons: ['within-limit'] })
  const target = await publishCeiling(35_000)
  const moving = await begin({ kind: 'move', target, 'since-year': '2027', 'since-month': '2', 'since-day': '10' })
  const die = (afterCases: number) => ({
    afterCase: () => {
      if (--afterCases < 0) throw new Error('killed')
    },
  })
  await assert.rejects(workOnCohorts(installation, die(2)), /killed/)
  assert.equal((await get(moving)).counts.waiting, 6)
  await Promise.all([workOnCohorts(installation), workOnCohorts(beside.installation)])
  await work()
  const previewed = await get(moving)
  assert.deepEqual([previewed.state, previewed.counts], ['previewed', { planned: 7, unfit: 2 }])
  assert.deepEqual(previewed.misfits, [
    { code: 'own', what: '', count: 1 },
    { code: 'waits-for-approval', what: '', count: 1 },
  ])
  await post(`${moving}/proposal`, cora)
  await post(`${moving}/approval`, dina, { answer: 'approved' })
  await assert.rejects(workOnCohorts(installation, die(1)), /killed/)
  assert.equal((await get(moving)).counts.planned, 5)
  await Promise.all([workOnCohorts(installation), workOnCohorts(beside.installation), workOnCohorts(installation)])
  await work()
  assert.deepEqual([(await get(moving)).state, await countKind('moved')], ['done', 6])
  for (const reference of references)
    assert.equal((await eventsOf(reference)).filter((kind) => kind === 'moved').length, 1)
  const [row] = await sql<[{ version: string; state: string; dueOn: string }]>`
    select encode(version, 'hex') as version, state, due_on from services.case where reference = ${references[0]!}`
  assert.deepEqual({ ...row }, { version: target, state: 'received', dueOn: '2027-02-17' })
  const own = await get(`/services/cases/${references[0]}`, ada)
  assert.match(own.history.at(-1).message.text.en, /goes on with “Tide grant for groups” by a newer version/)

  // One goes on by the version meanwhile: it stays there when the others go back.
  await act(references[1]!, 'claim', cora)
  await act(references[1]!, 'steps/assess', cora, { 'answer.assessment': 'Sound.' })
  await post(`${moving}/undo`, cora)
  await post(`${moving}/undo/approval`, ed, { answer: 'approved' })
  await assert.rejects(workOnCohorts(installation, die(3)), /killed/)
  await Promise.all([workOnCohorts(beside.installation), workOnCohorts(installation)])
  await work()
  const undone = await get(moving)
  assert.deepEqual([undone.state, undone.counts], ['undone', { kept: 1, 'left-out': 1, undone: 5, unfit: 2 }])
  assert.equal(await countKind('move-undone'), 5)
  await assertReplays()
})

test('an operation that fails again and again waits for an officer, who lets it go on', async () => {
  const stopped = await begin({ kind: 'redecide', target: higher })
  // As where the pack is gone that its clocks need.
  const broken = { ...installation, pack: undefined } as unknown as typeof installation
  for (let times = 1; times <= 5; times++) {
    assert.equal((await get(stopped)).state, 'previewing')
    await assert.rejects(workOnCohorts(broken), TypeError)
  }
  assert.equal((await get(stopped)).state, 'failed')
  await work()
  assert.equal((await get(stopped)).state, 'failed')
  const page = await app.inject({ url: `/eng${stopped}`, headers: { ...cora, accept: 'text/html' } })
  assert.match(page.body, /An error stopped it[\s\S]*go-on/)
  assert.equal((await post(`${stopped}/go-on`, ed)).json().state, 'previewing')
  await work()
  assert.equal((await get(stopped)).state, 'previewed')
})

test('it can be undone for thirty days and no longer, and not where the person asked for a review', async () => {
  const late = await begin({ kind: 'redecide', target: higher, state: 'granted' })
  await work()
  await post(`${late}/proposal`, cora)
  await post(`${late}/approval`, ed, { answer: 'approved' })
  await work()
  assert.deepEqual((await get(late)).counts, { applied: 2, same: 1, unfit: 2 })
  const asked = await post(`/services/cases/${meanwhile}/appeal`, ada, { text: 'Too little.' })
  assert.equal(asked.statusCode, 200, asked.body)
  const today = now
  now = new Date(today.getTime() + 31 * 86_400_000)
  assert.equal((await post(`${late}/undo`, ed)).json().type, '/problems/services.cohort-undo-closed')
  now = new Date(today.getTime() + 30 * 86_400_000)
  assert.equal((await post(`${late}/undo`, ed)).json().state, 'undo-proposed')
  const approve = () => post(`${late}/undo/approval`, dina, { answer: 'approved' })
  now = new Date(today.getTime() + 31 * 86_400_000)
  assert.equal((await approve()).json().type, '/problems/services.cohort-undo-closed')
  now = new Date(today.getTime() + 30 * 86_400_000)
  assert.equal((await approve()).json().state, 'undoing')
  await work()
  assert.deepEqual((await get(late)).counts, { kept: 1, undone: 1, same: 1, unfit: 2 })
  assert.equal((await get(at(meanwhile))).noted.at(-1).value, 'XTS 30,000')
  await assertReplays()
})

test('a preview that nobody wants is thrown away, by an officer or after thirty days, and nothing that was proposed', async () => {
  const before = await countKind('redecided')
  const unwanted = await begin({ kind: 'redecide', target: higher })
  assert.equal((await post(`${unwanted}/discard`, ed)).json().type, '/problems/services.cohort-changed')
  const [old, proposed] = [
    await begin({ kind: 'redecide', target: higher }),
    await begin({ kind: 'redecide', target: higher }),
  ]
  await work()
  assert.match(
    (await app.inject({ url: `/eng${unwanted}`, headers: { ...ed, accept: 'text/html' } })).body,
    /Throw the preview away/,
  )
  await post(`${proposed}/proposal`, cora)
  assert.equal((await post(`${proposed}/discard`, ed)).json().type, '/problems/services.cohort-changed')
  assert.equal((await post(`${unwanted}/discard`, ed)).statusCode, 200)
  const goneOf = async (each: string) => (await app.inject({ url: each, headers: cora })).statusCode === 404
  assert.deepEqual([await goneOf(unwanted), await goneOf(old)], [true, false])
  const today = now
  now = new Date(today.getTime() + 30 * 86_400_000)
  await deleteOldPreviews(installation)
  assert.equal(await goneOf(old), false)
  now = new Date(today.getTime() + 30 * 86_400_000 + 1)
  await deleteOldPreviews(installation)
  now = today
  assert.deepEqual([await goneOf(old), await goneOf(proposed), await goneOf(cohort)], [true, false, false])
  const [left] = await sql<[{ count: number }]>`
    select count(*)::int from services.cohort_case where cohort = ${old.split('/').at(-1)!}`
  assert.deepEqual([left.count, await countKind('redecided')], [0, before])
})

test('what cannot be chosen is told, and a form that is sent twice makes one preview', async () => {
  const send = (choice: object) => post(path, cora, { token: randomUUID(), service: 'tide-grant', ...choice })
  const empty = await send({ 'since-year': '2027', 'since-month': '13', 'since-day': '1' })
  assert.equal(empty.statusCode, 422)
  assert.deepEqual(
    empty.json().errors.map(({ pointer }: { pointer: string }) => pointer),
    ['/kind', '/target', '/since'],
  )
  assert.equal(
    (await send({ kind: 'move', target: higher, 'since-year': '2099', 'since-month': '1', 'since-day': '1' }))
      .statusCode,
    422,
  )
  const token = randomUUID()
  const choice = { token, kind: 'redecide', target: higher }
  const answered = await Promise.all([send(choice), send(choice)])
  assert.deepEqual(
    answered.map(({ statusCode }) => statusCode),
    [201, 201],
  )
  const form = await app.inject({
    url: `/eng${path}/new?service=tide-grant`,
    headers: { ...cora, accept: 'text/html' },
  })
  assert.match(
    form.body,
    /Decided anew by other rules[\s\S]*Version 2, published [^<]+:\d\d</,
    'with the time, as a day alone would be that of UTC',
  )
})

test('an officer of another department finds nothing, and whoever does not decide may nothing', async () => {
  const theirs = officer('officer-theirs', 'harbour-office')
  const clerk = officer('officer-clerk', 'tide-station', ['services:work-case'])
  for (const [method, url, payload] of [
    ['GET', cohort],
    ['GET', `${cohort}/cases.csv`],
    ['POST', `${cohort}/proposal`],
    ['POST', `${cohort}/approval`, { answer: 'approved' }],
    ['POST', `${cohort}/undo`],
    ['POST', `${cohort}/undo/approval`, { answer: 'approved' }],
    ['POST', `${cohort}/go-on`],
    ['POST', `${cohort}/discard`],
    ['POST', path, { token: cohort.split('/').at(-1), service: 'tide-grant', kind: 'move', target: higher }],
  ] as const) {
    const ask = (headers: Headers) => app.inject({ method, url, headers, ...(payload && { payload }) })
    const answered = await ask(theirs)
    assert.equal(answered.statusCode, 404, `${method} ${url} ${answered.body}`)
    assert.equal((await ask(clerk)).statusCode, 403, `${method} ${url}`)
    assert.equal((await ask(ada)).statusCode, 403, `${method} ${url}`)
  }
  assert.deepEqual((await get(path, theirs)).cohorts, [])
  const { cohorts } = await get(path)
  assert.equal(cohorts.find(({ id }: { id: string }) => cohort.endsWith(id)).cases, 5)
})
