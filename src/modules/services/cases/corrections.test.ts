// What officers correct in an application: it counts from then on, what was sent stays, and its person is told.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import { checkService } from '../definitions/check.rules.ts'
import { compileService } from '../definitions/compile.rules.ts'
import { services } from '../definitions/service.ts'
import { sendApplication, tideAnswers } from '../testing/cases.ts'
import { correct, correctableOf, typedOf } from './corrections.rules.ts'
import { evaluate } from './decide.rules.ts'
import { replayCases } from './replay.ts'
import { getCase, readWhole } from './write.ts'

const started = await start()
const { app, sql, installation, asPerson } = started
const both = ['services:work-case', 'services:decide-case']
const officer = (id: string, organisation = 'tide-station') =>
  asPerson({ id, organisation, permissions: both, level: 3 })
const cora = officer('officer-cora')
const ada = asPerson({ id: 'ada-quay' })
const reason = 'You told us so by telephone on 3 May.'

type Row = { name: string; text: { en: string } | null; source: { en: string } | null; change: string | null }
type Page = {
  number: number
  line: { listed: string[] }
  answers: { rows: Row[] }[]
  history: { kind: string; said: { en: string }; text: string | null; message: { text: { en: string } } | null }[]
  wrong?: { field: string; text: { en: string } }[]
}
const path = (reference: string) => `/office/services/cases/${reference}`
const read = async (reference: string, headers: object = cora, at = path(reference)): Promise<Page> =>
  (await app.inject({ url: `${at}.json`, headers: { ...headers } })).json()
const rowOf = ({ answers }: Page, name: string) => answers.flatMap(({ rows }) => rows).find((row) => row.name === name)!

async function claimed(answers = tideAnswers, more: object = {}): Promise<string> {
  const reference = await sendApplication(started, { answers, ...more })
  const payload = { token: randomUUID() }
  const done = await app.inject({ method: 'POST', url: `${path(reference)}/claim`, headers: cora, payload })
  assert.equal(done.statusCode, 200, done.body)
  return reference
}

async function put(
  reference: string,
  question: string,
  typed: object,
  more: { headers?: object; [field: string]: unknown } = {},
) {
  const { headers = cora, ...fields } = more
  const seen = fields.seen ?? (await read(reference)).number
  const payload = { token: randomUUID(), reason, ...fields, seen, ...typed }
  const url = `${path(reference)}/corrections/${question}`
  return app.inject({ method: 'POST', url, headers: { ...headers }, payload })
}
const typeOf = (response: { body: string }) => /services\.([a-z-]+)/.exec(response.body)?.[1] ?? response.body

test('a corrected answer counts from then on; what was sent stays, lists and the search follow, and the person is told', async () => {
  const reference = await claimed()
  const row = rowOf(await read(reference), 'group_name')
  assert.equal(row.change, `${path(reference)}/corrections/group_name`)
  const done = await put(reference, 'group_name', { 'answer.group_name': 'Friends of the Flood' })
  assert.equal(done.statusCode, 200, done.body)

  const page = await read(reference)
  assert.equal(rowOf(page, 'group_name').text?.en, 'Friends of the Flood')
  assert.equal(rowOf(page, 'group_name').source?.en, 'Corrected by the department')
  assert.ok(page.line.listed.includes('Friends of the Flood'))
  const found = async (words: string) => {
    const url = `/office/services/cases.json?q=${encodeURIComponent(words)}`
    const { cases } = (await app.inject({ url, headers: cora })).json() as { cases: { reference: string }[] }
    return cases.some((each) => each.reference === reference)
  }
  assert.deepEqual([await found('of the Flood'), await found('of the Ebb')], [true, false])

  const own = await read(reference, ada, `/services/cases/${reference}`)
  assert.equal(rowOf(own, 'group_name').text?.en, 'Friends of the Flood')
  const line = own.history.find(({ kind }) => kind === 'corrected')!
  assert.match(line.said.en, /Friends of the Ebb → Friends of the Flood/)
  assert.equal(line.text, reason)
  const message = own.history.findLast(({ kind }) => kind === 'message-sent')!.message!.text.en
  assert.match(message, /Friends of the Ebb → Friends of the Flood[\s\S]*by telephone/)

  const [{ application } = { application: '' }] = await sql<{ application: string }[]>`
    select application from services.case where reference = ${reference}`
  const sent = await app.inject({ url: `/applications/${application}/sent.json`, headers: ada })
  assert.match(sent.body, /Friends of the Ebb/)
  assert.doesNotMatch(sent.body, /of the Flood/)
  const differ: unknown[] = []
  await replayCases(installation, (each) => each.reference === reference && differ.push(each))
  assert.deepEqual(differ, [])
})

test('rules and conditions read the corrected answer, and a decision that rests on it names who corrected it', async () => {
  const reference = await claimed()
  const restsOn = async () => {
    const whole = await readWhole(sql, installation, await getCase(sql, reference))
    return { members: evaluate(whole.compiled, whole.known).values.members, source: whole.known.sources.members }
  }
  assert.deepEqual(await restsOn(), { members: 12, source: undefined })
  const done = await put(reference, 'members', { 'answer.members': '4,000' })
  assert.equal(done.statusCode, 200, done.body)
  assert.deepEqual(await restsOn(), { members: 4000, source: 'officer:officer-cora' })
})

test('a form that cannot be taken comes back with what was typed, and nothing is written', async () => {
  const reference = await claimed()
  const headers = { ...cora, accept: 'text/html' }
  const response = await put(
    reference,
    'founded_on',
    { 'answer.founded_on-day': '31', 'answer.founded_on-month': '2', 'answer.founded_on-year': '2020' },
    { headers, reason: ' ' },
  )
  assert.equal(response.statusCode, 422)
  assert.match(response.body, /value="31"/)
  assert.match(response.body, /Write why you correct it/)
  assert.match(response.body, /href="#answer\.founded_on-day"/)
  const same = await put(reference, 'members', { 'answer.members': '12' })
  assert.match(same.body, /stands already/)
  const written = await sql`
    select number from services.case_event where reference = ${reference} and kind = 'corrected'`
  assert.equal(written.length, 0)
})

test('the form shows what stands, in the controls of its question', async () => {
  const reference = await claimed()
  const page = await app.inject({
    url: `/eng${path(reference)}/corrections/founded_on`,
    headers: { ...cora, accept: 'text/html' },
  })
  assert.equal(page.statusCode, 200)
  assert.match(page.body, /value="2019"/)
  assert.match(page.body, /1 May 2019/)
})

test('what is not to be corrected is refused with a sentence', async () => {
  const reference = await claimed()
  for (const name of ['plan_file', 'activities', 'activity_title', 'no_such'])
    assert.equal(typeOf(await put(reference, name, { [`answer.${name}`]: 'x' })), 'answer-not-corrected', name)
  assert.equal(typeOf(await put(reference, 'kind', { 'answer.kind': 'school' })), 'correction-leads-elsewhere')
  const answers = { 'answer.members': '13' }
  assert.equal(typeOf(await put(reference, 'members', answers, { seen: 1 })), 'case-changed')
  assert.equal(typeOf(await put(reference, 'members', answers, { headers: officer('officer-bo') })), 'case-taken')
  assert.equal(
    typeOf(await put(reference, 'members', answers, { headers: officer('x', 'harbour-office'), seen: 2 })),
    'case-not-found',
  )
  const free = await sendApplication(started)
  assert.equal(typeOf(await put(free, 'members', answers)), 'case-not-claimed')
  const own = await claimed(tideAnswers, { person: 'officer-bo' })
  assert.equal(typeOf(await put(own, 'members', answers, { headers: officer('officer-bo'), seen: 2 })), 'case-is-own')
  const withdrawn = { token: randomUUID(), seen: 2 }
  await app.inject({ method: 'POST', url: `/services/cases/${reference}/withdrawal`, headers: ada, payload: withdrawn })
  assert.equal(typeOf(await put(reference, 'members', answers)), 'case-ended')
})

test('a form that is sent twice corrects once, and of two at one moment one is told to look again', async () => {
  const reference = await claimed()
  const token = randomUUID()
  const seen = (await read(reference)).number
  const twice = await Promise.all(
    [1, 2].map(() => put(reference, 'members', { 'answer.members': '13' }, { token, seen })),
  )
  assert.deepEqual(
    twice.map(({ statusCode }) => statusCode),
    [200, 200],
  )
  const next = (await read(reference)).number
  const codes = await Promise.all(
    ['14', '15'].map(
      async (members) => (await put(reference, 'members', { 'answer.members': members }, { seen: next })).statusCode,
    ),
  )
  assert.deepEqual(codes.sort(), [200, 409])
  const rows = await sql`select number from services.case_event where reference = ${reference} and kind = 'corrected'`
  assert.equal(rows.length, 2)
})

test('every answer of every service can be typed as it stands, and then nothing differs', () => {
  let asked = 0
  const { compiled } = { compiled: compileService(installation.pack.get(services, 'tide-grant')).compiled }
  assert.deepEqual([...checkService(installation.pack.get(services, 'tide-grant'), {})], [])
  const sent = { answers: tideAnswers, sentOn: '2026-01-01' }
  for (const question of correctableOf(compiled, sent)) {
    asked += 1
    const typed = typedOf(question, tideAnswers[question.id])
    assert.deepEqual(
      correct(compiled.form!, sent, [question], typed),
      { answers: tideAnswers, changed: [] },
      question.id,
    )
  }
  assert.ok(asked > 5)
})

test('letters that no database keeps are never an error of ours', async () => {
  for (const text of ['A\u0000B', 'A\ud83d', '\udc00B']) {
    const reference = await claimed()
    const done = await put(reference, 'group_name', { 'answer.group_name': text })
    assert.ok(done.statusCode < 500, `${JSON.stringify(text)}: ${done.body}`)
  }
})
