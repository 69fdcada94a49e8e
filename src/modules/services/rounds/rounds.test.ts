// A competition from its entries to its published result: conflicts, what is hidden, ties, four eyes, and a job that was killed.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import { roundsOffice as office, openPrize, type Sheet } from '../../../../test/tide-prize.ts'
import { getCase, openEvent, readWhole } from '../cases/write.ts'
import { insertFile } from '../files/files.sql.ts'
import { lookupOf, sealFile } from '../files/sealed.ts'
import { sendApplication } from '../testing/cases.ts'
import { settleRound } from './rounds.ts'

let now = new Date('2027-05-03T02:00:00Z')
const started = await start({ now: () => now })
const { app, sql, installation, asPerson } = started
const decider = (id: string) =>
  asPerson({ id, organisation: 'tide-station', permissions: ['services:decide-case'], level: 3 })
const [olga, omar] = [decider('officer-olga'), decider('officer-omar')]
const [jo, kim, lee, chair] = ['judge-jo', 'judge-kim', 'judge-lee', 'judge-chair'].map((id) => asPerson({ id })) as [
  Headers,
  Headers,
  Headers,
  Headers,
]
type Headers = { cookie: string }

const { post, get, done, refused, join, sheetsOf } = openPrize(started, olga)
const questions = ['drawing', 'drawing', 'proof', 'helper_photo'] as const
/** Enters an idea with two drawings, a paper with a name and the photo of a helper: all released. */
async function enter(name: string): Promise<string> {
  const files = questions.map((question, at) => ({
    ...{ question, id: randomUUID(), name: `Ada Secret ${at}.pdf`, type: 'application/pdf', octets: 40 },
  }))
  const of = (question: string) =>
    files.filter((file) => file.question === question).map(({ question, ...file }) => file)
  const answers = {
    ...{ field: 'boats', idea_name: name, idea: `About ${name}`, inventor: 'Ada Secret' },
    ...{ drawing: of('drawing'), proof: of('proof') },
    helpers: [{ helper_name: 'Bo Secret', helper_photo: of('helper_photo') }],
  }
  const reference = await sendApplication(started, { service: 'tide-prize', answers, person: `p-${name}` })
  const [{ application }] = await sql<[{ application: string }]>`
    select application from services.case where reference = ${reference}`
  for (const [at, { id, question, name: given }] of files.entries()) {
    const bytes = Buffer.from(`%PDF-1.7 ${name} ${at}`)
    await insertFile(sql, {
      ...{ id, application, question, thing: null, mediaType: 'application/pdf', octets: bytes.length, now },
      ...{ ...sealFile(installation, id, { name: given, bytes }), lookup: lookupOf(installation, bytes) },
    })
  }
  await sql`update services.file set state = 'released', released_by = 'test' where application = ${application}`
  return reference
}
const key = (round: string) => ({ service: 'tide-prize', edition: 2027, round })
const results = '/services/tide-prize/results/2027'

const references = new Map<string, string>()
for (const name of ['Raft', 'Rope', 'Reed']) references.set(name, await enter(name))
const at = (name: string) => references.get(name)!
const stateOf = async (name: string) => {
  const [row] = await sql<[{ state: string }]>`select state from services.case where reference = ${at(name)}`
  return row.state
}

test('a round opens once, and with judges enough', async () => {
  assert.equal(await refused(`${office}/open`, { round: 'first' }, olga), 'round-short')
  const page = await app.inject({
    ...{ method: 'POST', url: `${office}/open`, payload: 'round=first' },
    headers: { ...olga, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
  })
  assert.equal(page.statusCode, 422)
  assert.match(page.body, /href="#round-first"[\s\S]*Too few judges[\s\S]*Open this round/)
  await join('assessor', jo)
  await join('assessor', kim)
  await join('chair', chair)
  const [one, other] = await Promise.all([
    post(`${office}/open`, { round: 'first' }, olga),
    post(`${office}/open`, { round: 'first' }, omar),
  ])
  assert.deepEqual([one.statusCode, other.statusCode].sort(), [303, 409])
  assert.equal((await sheetsOf(jo)).length + (await sheetsOf(kim)).length, 3)
  assert.equal(await refused(`${office}/open`, { round: 'final' }, olga), 'round-before-open')
  const before = await app.inject({ url: '/services/tide-prize', headers: { accept: 'text/html' } })
  assert.doesNotMatch(before.body, /results\/2027/)
})

test('nothing of an entry is shown before a judge declared, nor ever what the round hides', async () => {
  const [sheet] = await sheetsOf(jo)
  const path = `/rounds/sheets/${sheet!.id}`
  assert.deepEqual((await get(path, jo)).sections, [])
  assert.equal(await refused(path, { act: 'keep', 'mark.use': '5' }, jo), 'sheet-undeclared')
  assert.equal((await app.inject({ url: path, headers: { ...kim, accept: 'application/json' } })).statusCode, 404)
  await done(`${path}/declare`, { conflict: 'no' }, jo)
  const html = (await app.inject({ url: `/eng${path}`, headers: { ...jo, accept: 'text/html' } })).body
  const json = JSON.stringify(await get(path, jo))
  for (const body of [html, json, JSON.stringify(await get('/rounds', jo))]) assert.ok(!body.includes('Ada Secret'))
  assert.ok(html.includes('About ') && json.includes('About '))
})

test('the database itself shows an entry to no judge but who declared that they have no conflict', async () => {
  const rowsFor = (judge: string | null) =>
    sql.begin(async (own) => {
      if (judge !== null) await own`select set_config('services.judge', ${judge}, true)`
      return (await own`select reference from services.round_content`).map(({ reference }) => reference)
    })
  assert.deepEqual(await rowsFor(null), [])
  assert.deepEqual(await rowsFor(''), [])
  assert.deepEqual(await rowsFor('judge-kim'), [])
  assert.equal((await rowsFor('judge-jo')).length, 1)
})

test('a judge without a conflict opens the files that the round shows, under names that tell of nobody; no one else does', async () => {
  const [sheet] = (await sheetsOf(jo)).filter(({ state }) => state === 'open')
  const path = `/rounds/sheets/${sheet!.id}`
  const open = (number: number | string, headers?: Headers, at = path) =>
    app.inject({ url: `/eng${at}/files/${number}`, headers: { ...headers, accept: 'application/json' } })
  const why = async (...of: Parameters<typeof open>) => {
    const { statusCode, body } = await open(...of)
    return [statusCode, (JSON.parse(body).type as string).replace('/problems/services.', '')]
  }
  const { sections } = await get(path, jo)
  const shown: { name: { en: string }; path: string; state: string }[] = sections.flatMap(
    (section: { rows: { files: [] }[] }) => section.rows.flatMap(({ files }) => files),
  )
  assert.deepEqual(
    shown.map(({ name, path, state }) => [name.en, path, state]),
    [1, 2].map((number) => [`Drawings ${number}.pdf`, `${path}/files/${number}`, 'released']),
  )
  const opened = await open(2, jo)
  assert.match(opened.body, /^%PDF-1\.7 R\w+ 1$/)
  assert.deepEqual(
    ['content-type', 'content-disposition', 'x-content-type-options', 'content-security-policy', 'cache-control'].map(
      (name) => opened.headers[name],
    ),
    [
      'application/pdf',
      `attachment; filename="Drawings 2.pdf"; filename*=UTF-8''Drawings%202.pdf`,
      ...['nosniff', "default-src 'none'; sandbox", 'no-store'],
    ],
  )
  // Neither what the round hides nor what stands in a list that it hides.
  assert.deepEqual(await why(3, jo), [404, 'entry-file-not-found'])
  assert.deepEqual(await why(4, jo), [404, 'entry-file-not-found'])
  const [application] = await sql<[{ person: string }]>`
    select person_id as person from services.case where reference = ${sheet!.reference}`
  for (const other of [kim, chair, olga, asPerson({ id: application.person })])
    assert.deepEqual(await why(1, other), [404, 'sheet-not-found'])
  assert.equal((await open(1)).statusCode, 401)
  const [undeclared] = (await sheetsOf(kim)).filter(({ state }) => state === 'undeclared')
  assert.deepEqual(await why(1, kim, `/rounds/sheets/${undeclared!.id}`), [409, 'sheet-undeclared'])

  const html = async () => (await app.inject({ url: `/eng${path}`, headers: { ...jo, accept: 'text/html' } })).body
  assert.match(
    await html(),
    new RegExp(`href="/eng${path}/files/1">Drawings 1.pdf<[\\s\\S]*a file may show who made it`),
  )
  const ids = await sql<{ id: string }[]>`
    select file.id from services.file join services.case on file.application = "case".application
    where reference = ${sheet!.reference} and question = 'drawing' order by received_at, file.id`
  const ofJo = sql`id in ${sql(ids.map(({ id }) => id))}`
  await sql`update services.file set state = 'held', released_by = null where ${ofJo}`
  assert.deepEqual(await why(1, jo), [409, 'file-held'])
  assert.match(await html(), /Drawings 1.pdf \(not checked for viruses yet/)
  assert.doesNotMatch(await html(), /href="[^"]*\/files\/1"/)
  await sql`delete from services.file where ${ofJo}`
  assert.deepEqual(await why(1, jo), [404, 'entry-file-not-found'])
  assert.match(await html(), /Drawings 1.pdf \(deleted since\)/)
})

test('who has a conflict reads the entry no more, and another judge gets it', async () => {
  const [sheet] = await sheetsOf(jo)
  const path = `/rounds/sheets/${sheet!.id}`
  await done(`${path}/declare`, { conflict: 'yes' }, jo)
  assert.deepEqual((await get(path, jo)).sections, [])
  assert.equal(await refused(`${path}/declare`, { conflict: 'no' }, jo), 'sheet-conflict')
  assert.equal(await refused(path, { act: 'keep', 'mark.use': '5' }, jo), 'sheet-conflict')
  assert.equal((await get(`${path}/files/1`, jo)).type, '/problems/services.sheet-conflict')
  assert.ok((await sheetsOf(kim)).some(({ reference }) => reference === sheet!.reference))
})

const mark: Record<string, string> = { Raft: '9', Rope: '7', Reed: '2' }
const nameOf = (reference: string) => [...references].find(([, each]) => each === reference)![0]
async function markAll(headers: Headers, marks: (name: string) => object) {
  for (const { id, reference, state } of await sheetsOf(headers)) {
    if (state === 'conflict' || state === 'locked') continue
    if (state === 'undeclared') await done(`/rounds/sheets/${id}/declare`, { conflict: 'no' }, headers)
    await done(`/rounds/sheets/${id}`, { act: 'lock', ...marks(nameOf(reference)) }, headers)
  }
}

test('a sheet is locked whole, once, and the round closes when all are; another confirms it', async () => {
  const close = '/rounds/chair/tide-prize/2027/first'
  assert.equal(await refused(`${close}/close`, {}, chair), 'round-sheets-missing')
  const [sheet] = (await sheetsOf(kim)).filter(({ state }) => state === 'undeclared')
  await done(`/rounds/sheets/${sheet!.id}/declare`, { conflict: 'no' }, kim)
  assert.equal(await refused(`/rounds/sheets/${sheet!.id}`, { act: 'lock', 'mark.use': '11' }, kim), 'sheet-wrong')
  const marks = (name: string) => ({ 'mark.use': mark[name], 'mark.novelty': mark[name] })
  await markAll(jo, marks)
  await markAll(kim, marks)
  assert.equal(await refused(`/rounds/sheets/${sheet!.id}`, { act: 'keep', 'mark.use': '1' }, kim), 'sheet-locked')
  assert.equal(await refused(`${office}/confirm`, { round: 'first' }, olga), 'round-not-proposed')
  assert.equal(await refused(`${close}/close`, {}, jo), 'round-not-found')
  // A conflict that is found after the sheet was locked withdraws it, and the round waits for another judge.
  await join('assessor', lee)
  await done(`/rounds/sheets/${sheet!.id}/declare`, { conflict: 'yes' }, kim)
  assert.equal((await get(`/rounds/sheets/${sheet!.id}`, kim)).state, 'conflict')
  assert.equal(await refused(`${close}/close`, {}, chair), 'round-sheets-missing')
  const moved = (await sheetsOf(lee))
    .concat(await sheetsOf(jo))
    .filter(({ reference, state }) => reference === sheet!.reference && state === 'undeclared')
  assert.equal(moved.length, 1)
  await markAll(lee, marks)
  await markAll(jo, marks)
  const twice = await Promise.all([post(`${close}/close`, {}, chair), post(`${close}/close`, {}, chair)])
  assert.deepEqual(twice.map(({ statusCode }) => statusCode).sort(), [303, 409])
  const asOfficer = asPerson({ id: 'judge-chair', organisation: 'tide-station', permissions: ['services:decide-case'] })
  assert.equal(await refused(`${office}/confirm`, { round: 'first' }, asOfficer), 'proposal-own')
  const [late] = (await sheetsOf(kim)).filter(({ state }) => state === 'locked')
  assert.equal(await refused(`/rounds/sheets/${late!.id}/declare`, { conflict: 'yes' }, kim), 'sheet-late')
})

const day = (way: string, month: string) =>
  Object.entries({ day: '1', month, year: '2027' }).map(([part, value]) => [`${way}.answer.final_on-${part}`, value])

test('who confirms answers once for all what the steps ask; wrong answers confirm nothing, and stay as they were typed', async () => {
  const confirm = `${office}/confirm`
  const { rounds } = await get(office, olga)
  assert.deepEqual(
    rounds[0].asked.map(({ way, entries, fields }: { way: string; entries: number; fields: { name: string }[] }) => [
      ...[way, entries],
      ...fields.map(({ name }) => name),
    ]),
    [['promotes', 2, 'promotes.answer.final_on', 'promotes.answer.final_where']],
  )
  assert.equal(await refused(confirm, { round: 'first' }, olga), 'step-incomplete')
  const wrong = {
    round: 'first',
    ...Object.fromEntries(day('promotes', '13')),
    'promotes.answer.final_where': 'Quay <3>',
  }
  const page = await app.inject({
    ...{ method: 'POST', url: `/eng${confirm}`, payload: new URLSearchParams(wrong).toString() },
    headers: { ...olga, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
  })
  assert.equal(page.statusCode, 422)
  assert.match(page.body, /href="#promotes\.answer\.final_on-day"[\s\S]*Write a day of the calendar/)
  assert.match(page.body, /For all that go on \(2\): Into the final[\s\S]*value="13"[\s\S]*value="Quay &lt;3>"/)
  assert.equal((await get(office, olga)).rounds[0].state, 'proposed')
  await done(confirm, { ...wrong, ...Object.fromEntries(day('promotes', '6')) }, olga)
  const [{ sealed }] = await sql<[{ sealed: Buffer }]>`select sealed_answers as sealed from services.round`
  assert.ok(!sealed.includes('Quay'))
})

test('office and chair see who judges which entry, and nothing of what an entry says', async () => {
  const { rounds } = await get(office, olga)
  const { assigned } = await get('/rounds/chair/tide-prize/2027/first', chair)
  assert.deepEqual(rounds[0].assigned, assigned)
  const kims = (await sheetsOf(kim))
    .filter(({ state }) => state === 'locked')
    .map(({ reference }) => reference)
    .sort()
  const own = assigned.filter(
    ({ judge, state }: { judge: { en: string }; state: string }) => judge.en === 'judge-kim' && state === 'locked',
  )
  assert.deepEqual(own.map(({ reference }: Sheet) => reference).sort(), kims)
  for (const url of [`/eng${office}`, '/eng/rounds/chair/tide-prize/2027/first']) {
    const { body } = await app.inject({
      url,
      headers: { ...(url.includes('office') ? olga : chair), accept: 'text/html' },
    })
    assert.match(body, /Who judges each entry/)
    assert.match(body, /What each judge was given/)
    assert.ok(!body.includes('Ada Secret'))
  }
})

test('a job that is killed between two cases goes on with the next, and no case is moved twice', async () => {
  let calls = 0
  const dying = {
    ...installation,
    sql,
    now: () => {
      if (++calls > 1) throw new Error('killed')
      return now
    },
  }
  await assert.rejects(settleRound(dying, key('first')), /killed/)
  await settleRound(installation, key('first'))
  await settleRound(installation, key('first'))
  assert.deepEqual(await Promise.all(['Raft', 'Rope', 'Reed'].map(stateOf)), ['final', 'final', 'not-won'])
  const steps = await sql<{ round: string; by: string }[]>`
    select data ->> 'round' as round, by from services.case_event where kind = 'step-taken'`
  assert.deepEqual(
    steps.map(({ round, by }) => [round, by]),
    Array(3).fill(['services/rounds/tide-prize/2027/first', 'system']),
  )
  // Whoever confirmed a refusal does not work on its review.
  const reed = await getCase(sql, at('Reed'))
  assert.ok(reed.excluded.includes('officer-olga'))
  for (const name of ['Raft', 'Rope']) {
    const whole = await readWhole(sql, installation, await getCase(sql, at(name)))
    const { noted, notedBy } = whole.known
    assert.deepEqual(noted, { final_on: '2027-06-01', final_where: 'Quay <3>' })
    assert.deepEqual(notedBy, { final_on: 'officer:officer-olga', final_where: 'officer:officer-olga' })
    const told = whole.events.findLast(({ kind }) => kind === 'message-sent')!
    const { text } = openEvent<'message-sent'>(installation, at(name), told)
    assert.match(text.en, /The final is on 1 June 2027: Quay <3>\./)
  }
})

test('the chair decides a tie, and the result is public from its hour, not before', async () => {
  await join('assessor', jo, { round: 'final' })
  await join('chair', chair, { round: 'final' })
  await done(`${office}/open`, { round: 'final' }, olga)
  await markAll(jo, () => ({ 'mark.use': '8' }))
  const own = '/rounds/chair/tide-prize/2027/final'
  assert.equal(await refused(`${own}/close`, {}, chair), 'round-tied')
  const form = async (what: string, typed: Record<string, string>) => {
    const answered = await app.inject({
      ...{ method: 'POST', url: `${own}/${what}`, payload: new URLSearchParams(typed).toString() },
      headers: { ...chair, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
    })
    assert.equal(answered.statusCode, 422, answered.body)
    return answered.body
  }
  // The page comes again with a sentence, and with what was typed.
  assert.match(await form('close', {}), /Entries are tied where it decides who goes on/)
  const lacking = await form('tie', { token: randomUUID(), reason: 'It helps more' })
  assert.match(lacking, /Choose the entry that comes first[\s\S]*>It helps more</)
  assert.match(await form('tie', { token: randomUUID(), first: at('Reed'), reason: 'So' }), /not among those that wait/)
  assert.equal(await refused(`${own}/tie`, { token: randomUUID(), first: at('Rope') }, chair), 'text-missing')
  const decision = { token: randomUUID(), first: at('Rope'), reason: 'It helps more people' }
  await done(`${own}/tie`, decision, chair)
  await done(`${own}/close`, {}, chair)
  await done(`${office}/confirm`, { round: 'final' }, omar)
  await settleRound(installation, key('final'))
  assert.deepEqual(await Promise.all(['Raft', 'Rope'].map(stateOf)), ['not-won', 'won'])
  for (const url of [results, `${results}.json`, `/eng${results}`]) {
    const early = await app.inject({ url })
    assert.equal(early.statusCode, 404)
    assert.ok(!early.body.includes('Rope'))
  }
  now = new Date('2027-09-01T04:00:00Z')
  const { streams } = await get(results)
  assert.deepEqual(
    streams.map((each: { title: { en: string }; winners: { rank: number; name: { en: string } }[] }) => [
      each.title.en,
      each.winners.map(({ rank, name }) => [rank, name.en]),
    ]),
    [['Boats', [[1, 'Rope']]]],
  )
})

test('the pages of the office, the chair and the desk say how it stands', async () => {
  const page = async (url: string, headers: Headers) => {
    const { statusCode, body } = await app.inject({ url: `/eng${url}`, headers: { ...headers, accept: 'text/html' } })
    assert.equal(statusCode, 200, body)
    return body
  }
  assert.match(await page('/office/services/rounds', olga), /Tide prize/)
  assert.match(await page('/services/tide-prize', jo), /href="\/eng\/services\/tide-prize\/results\/2027"/)
  assert.doesNotMatch(await page(office, olga), /Invite a judge|>boats</)
  assert.match(await page(office, olga), /How each judge marks/)
  assert.match(await page('/rounds/chair/tide-prize/2027/final', chair), /Closed/)
  assert.match(await page('/rounds', jo), /Conflict of interest/)
  const stranger = asPerson({ id: 'x', organisation: 'harbour-office', permissions: ['services:decide-case'] })
  assert.equal(
    (await app.inject({ url: office, headers: { ...stranger, accept: 'application/json' } })).statusCode,
    404,
  )
})
