// What lists keep of a case: answers, drawn for whoever reads by the version that asked; and cases of the time before, which kept texts.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import postgres from '../../../platform/driver.ts'
import { type Service, services } from '../definitions/service.ts'
import { sendApplication, tideAnswers } from '../testing/cases.ts'
import { openCatalogue, publish } from '../versions/versions.ts'
import { moveListed } from './listed-before.ts'
import { replayCases } from './replay.ts'

const started = await start()
const { app, sql, installation, asPerson, urls } = started
const owner = postgres(urls.owner, { max: 1 })
test.after(() => owner.end())
const both = ['services:work-case', 'services:decide-case']
const officer = asPerson({ id: 'officer-cora', organisation: 'tide-station', permissions: both, level: 3 })

type Line = { reference: string; listed: string[] }
const list = async (query: string, language = 'eng'): Promise<Line[]> =>
  (await app.inject({ url: `/${language}/office/services/cases.json?${query}`, headers: officer })).json().cases
const listedOf = async (reference: string, language?: string) => (await list(`q=${reference}`, language))[0]?.listed
const finds = async (words: string, reference: string) =>
  (await list(`q=${encodeURIComponent(words)}`)).some((each) => each.reference === reference)

const pack = installation.pack.get(services, 'tide-grant')
/** Another version of the grant, whose lists show the kind, the topics and the members too; what the topics are called can be changed. */
async function publishListing(boats = { en: 'Boats', 'zh-Hant': '船隻' }) {
  const definition = structuredClone(pack) as Service
  for (const question of definition.apply!.form.pages.flatMap(({ questions = [] }) => questions)) {
    if (['kind', 'topics', 'members'].includes(question.id)) question.listed = true
    for (const option of question.options ?? []) if (option.id === 'boats') option.title = boats
  }
  await sql.begin((transaction) => publish(transaction, { definition, now: new Date(), by: 'officer-ed' }))
}

/** Lets a case stand as before lists kept answers: its first event and itself say texts in the language of the applicant. */
async function setBack(reference: string, texts: readonly string[]) {
  await owner`
    update services.case_event
    set data = jsonb_set(data, '{listed}', ${owner.json(texts)})
    where reference = ${reference} and number = 1`
  await owner`update services.case set listed = null, listed_before = ${[...texts]} where reference = ${reference}`
}
const keeps = async (reference: string) =>
  (await sql`select listed, listed_before from services.case where reference = ${reference}`)[0]!

/** Lets a case be refused, and its person ask for a review. Returns the reference of that. */
async function appeal(reference: string): Promise<string> {
  await owner`
    update services.case
    set ended_at = now(), outcome = 'refused', wait = 'nobody', due_on = null, due_at = null, state = 'refused', appeal_until_on = '9999-01-01'
    where reference = ${reference}`
  const url = `/services/cases/${reference}/appeal`
  const payload = { token: randomUUID(), text: 'Look again.' }
  return (await app.inject({ method: 'POST', url, headers: asPerson({ id: 'ada-quay' }), payload })).json().reference
}

await publishListing()

test('what was chosen is said in the language of whoever reads, and what was typed stays', async () => {
  const reference = await sendApplication(started)
  const en = ['An association', 'Friends of the Ebb', '12 people', 'Warning people; Boats']
  const expected = await listedOf(reference)
  assert.deepEqual([expected![0], expected![1], expected![2]], en.slice(0, 3))
  assert.match(expected![3]!, /; Boats$/)
  const han = await listedOf(reference, 'han')
  assert.deepEqual(han!.slice(0, 3), ['社團', 'Friends of the Ebb', '12 人'])
  assert.match(han![3]!, /；船隻$/)
  assert.match((await listedOf(reference, 'jian'))![3]!, /；船只$/)

  const chinese = await sendApplication(started, { language: 'zh-Hant' })
  assert.deepEqual(await listedOf(chinese), expected, 'whatever language the applicant wrote in')
})

test('the queue, the case, tasks of GovStack and the search say the same of a case', async () => {
  const reference = await sendApplication(started, { answers: { ...tideAnswers, group_name: 'Quay Quartet' } })
  const listed = await listedOf(reference, 'han')
  const read = async (url: string) => (await app.inject({ url: `/han${url}`, headers: officer })).json()
  const { free } = await read('/office/services.json')
  assert.deepEqual(free.find((each: Line) => each.reference === reference)?.listed, listed)
  assert.deepEqual((await read(`/office/services/cases/${reference}.json`)).line.listed, listed)
  const tasks = {
    url: `/govstack/registration/tasks?mainTaskId=${reference}`,
    headers: { ...officer, 'accept-language': 'zh-HK' },
  }
  const [task] = (await app.inject(tasks)).json()
  assert.equal(task.description, listed!.join(', '))
  for (const words of ['Quay Quartet', 'boats', '船隻', '船只', '社團', 'association'])
    assert.ok(await finds(words, reference), words)
  assert.ok(!(await finds('A school', reference)), 'what was not chosen')
})

test('a case is drawn by the version that asked, whatever it goes by since', async () => {
  const reference = await sendApplication(started)
  const before = await listedOf(reference)
  await publishListing({ en: 'Vessels', 'zh-Hant': '船舶' })
  assert.deepEqual(await listedOf(reference), before)
  const { hash } = await openCatalogue(installation).get('tide-grant')
  await sql`update services.case set version = decode(${hash}, 'hex') where reference = ${reference}`
  assert.deepEqual(await listedOf(reference), before)
  assert.match((await listedOf(await sendApplication(started)))!.join(), /Vessels/)
})

test('lists keep of the answers only those that are listed, and of a long one whole letters', async () => {
  const long = `${'x'.repeat(199)}😀 and more`
  const reference = await sendApplication(started, { answers: { ...tideAnswers, group_name: long } })
  const { listed } = await keeps(reference)
  assert.deepEqual(Object.keys(listed.answers).sort(), ['group_name', 'kind', 'members', 'topics'])
  assert.deepEqual([listed.answers.group_name, listed.answers.topics], [`${'x'.repeat(199)}😀`, tideAnswers.topics])
  const { listed: alone } = await keeps(
    await sendApplication(started, { service: 'tide-prize', answers: { idea_name: 'Bell' } }),
  )
  assert.deepEqual(alone.answers, { idea_name: 'Bell' })
})

test('a case of the time before is read and worked on with its texts, and then keeps answers in their place', async () => {
  const reference = await sendApplication(started, { language: 'zh-Hant' })
  const expected = await listedOf(reference)
  await setBack(reference, ['社團', 'Friends of the Ebb', '12 人', '預警；船舶'])
  await owner`update services.case set search = array['社', '社團', '團'] where reference = ${reference}`
  // Nothing is guessed: an officer reads it as it was written.
  assert.equal((await list('whose=free', 'eng')).find((each) => each.reference === reference)?.listed[0], '社團')
  const path = `/office/services/cases/${reference}`
  const act = async (what: string, payload: object) => {
    const { number } = (await app.inject({ url: path, headers: officer })).json()
    const body = { token: randomUUID(), seen: number, ...payload }
    return (await app.inject({ method: 'POST', url: `${path}/${what}`, headers: officer, payload: body })).statusCode
  }
  assert.equal(await act('claim', {}), 200)
  assert.equal(await act('notes', { text: 'Seen.' }), 200)
  assert.deepEqual(await keeps(reference), {
    listed: null,
    listedBefore: ['社團', 'Friends of the Ebb', '12 人', '預警；船舶'],
  })
  const differ: unknown[] = []
  await replayCases(installation, (each) => each.reference === reference && differ.push(each))

  await moveListed(installation)
  const now = await keeps(reference)
  assert.deepEqual([now.listedBefore, now.listed.answers.kind], [null, 'association'])
  assert.deepEqual(await listedOf(reference), expected)
  assert.ok(await finds('Friends of the Ebb', reference))
  assert.ok(await finds('association', reference))
  await replayCases(installation, (each) => each.reference === reference && differ.push(each))
  assert.deepEqual(differ, [], 'its events say the same before and after, and were not changed')
})

test('a case that cannot be opened keeps its texts and holds no other up', async () => {
  const [one, other] = [await sendApplication(started), await sendApplication(started)].sort()
  for (const each of [one!, other!]) await setBack(each, ['As written'])
  await owner`update services.case_event set sealed = decode(repeat('ab', 300), 'hex') where reference = ${one!} and number = 1`
  await assert.rejects(moveListed(installation), /1 cases could not be opened/)
  assert.deepEqual([await listedOf(one!), (await listedOf(other!))![0]], [['As written'], 'An association'])
})

test('a case of the time before holds no other up, nor its review, by letters that are kept in no clear text', async () => {
  const [one, other] = [await sendApplication(started), await sendApplication(started)].sort() as [string, string]
  for (const each of [one, other]) await setBack(each, ['As written'])
  // Behind the end of the texts of that time, which counted two for each of these.
  const long = '😀'.repeat(100)
  const said = { answers: { ...tideAnswers, group_name: `${long}\ud83d\0` }, sources: {}, sentOn: '2026-11-01' }
  const sealed = installation.vault.seal('case', JSON.stringify(said), `case/${one}/1`)
  await owner`update services.case_event set sealed = ${sealed} where reference = ${one} and number = 1`
  const review = await appeal(one)
  // The case of the test before cannot be opened.
  await assert.rejects(moveListed(installation), /1 cases could not be opened/)
  for (const each of [one, review]) assert.equal((await keeps(each)).listed.answers.group_name, `${long}\ufffd\ufffd`)
  assert.equal((await listedOf(other))![0], 'An association')
})

test('a review of a case of the time before keeps answers', async () => {
  const reference = await sendApplication(started)
  await setBack(reference, ['As written'])
  assert.equal((await listedOf(await appeal(reference)))![0], 'An association')
})
