// A whole application in one sending, by the token of somebody who agreed to it: once, as the pages would have read it, and theirs alone.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import * as client from 'openid-client'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { aClient, answerAt, aRequest, discover, secret } from '../../../../test/logins.ts'
import { aListeningSite } from '../../../../test/relying-party.ts'
import { sealDraft } from '../applying/applications.ts'
import { emptyDraft } from '../applying/draft.ts'
import { pdfFile } from '../testing/bad-files.ts'
import * as shapes from './shapes.ts'

const started = await aListeningSite()
const { site, sql, installation } = started
await aClient(started, 'tide-program', {}, { secret, organisation: 'tide-station' })
const config = await discover(site, 'tide-program')
const root = `${site}/govstack/registration`

async function tokenOf(person: string, scope: string) {
  const { url, checks } = await aRequest(config, { resource: site, scope: `openid ${scope}` })
  const { back } = await answerAt(site, url, { person })
  const tokens = await client.authorizationCodeGrant(config, back, checks, { resource: site })
  return { token: tokens.access_token, sub: tokens.claims()!.sub }
}
const { token: ada, sub: nameOfAda } = await tokenOf('ada-quay', 'services:apply')
const { token: ben, sub: nameOfBen } = await tokenOf('olga-pile', 'services:apply')
const program = (await client.clientCredentialsGrant(config, { scope: 'services:read-cases', resource: site }))
  .access_token

type Problem = { type: string; title: string; errors?: { pointer: string; detail: string }[] }
type Sent = {
  fileId: string
  applicantId: string
  registered?: string
  status: { title: string }
  url?: string
  applicationData: Sending & { documentUrls: string[] }
}
type Sending = { formData: { data: Record<string, { value: unknown }> }; documentUrls?: string[] }
type Answer<Body> = { status: number; body: Body }

/** Of the facade, or with `base` of the addresses of the pages. */
async function ask<Body>(path: string, token: string, init: RequestInit = {}, base = root): Promise<Answer<Body>> {
  const response = await fetch(`${base}${path}`, {
    ...init,
    headers: { ...init.headers, authorization: `Bearer ${token}`, accept: 'application/json' },
    redirect: 'manual',
  })
  const text = await response.text()
  return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as Body }
}
/** What a page sends, by a token. */
const act = <Body>(path: string, token: string, body: object) =>
  ask<Body>(
    path,
    token,
    { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    site,
  )
const post = <Body = Problem>(path: string, body: object, key?: string, token = ada) =>
  ask<Body>(path, token, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key !== undefined && { 'idempotency-key': key }) },
    body: JSON.stringify(body),
  })
const shaped = (shape: TSchema, each: unknown) => assert.deepEqual([...Value.Errors(shape, each)], [])

function upload<Body = { url: string }>(
  key: string,
  bytes: Uint8Array = pdfFile(),
  token = ada,
  question = 'plan_file',
) {
  const body = new FormData()
  body.append('file', new Blob([Uint8Array.from(bytes)]), 'plan.pdf')
  const metadata = encodeURIComponent(`tide-grant/${key}/${question}`)
  return ask<Body>(`/documents?additionalMetadata=${metadata}`, token, { method: 'POST', body })
}

const answers = {
  kind: { value: 'association' },
  group_name: { value: 'Quay Watchers' },
  members: { value: 12 },
  founded_on: { value: '2020-03-01' },
  topics: { value: ['warning', 'boats'] },
  activities: {
    value: [
      { activity_title: { value: 'Drill' }, held_on: { value: '2035-06-01' }, cost: { value: 1200.5 } },
      { activity_title: { value: 'Rowing' }, held_on: { value: '2035-07-01' }, cost: { value: '1,000' } },
    ],
  },
  contact_name: { value: 'Ada Quay' },
  email: { value: 'ada@example.org' },
  insured: { value: true },
}
const apply = '/services/tide-grant/applications'
const sending = (data: object, more: object = {}) => ({
  formData: { eFormId: 'tide-grant', data },
  agree: true,
  ...more,
})
const countOf = async () => {
  const [row] = await sql<{ applications: number; cases: number }[]>`
    select (select count(*)::int from services.application) as applications, (select count(*)::int from services.case) as cases`
  return row!
}
const pointersOf = ({ body }: Answer<Problem>) => (body.errors ?? []).map(({ pointer }) => pointer)

test('an application is sent at once with its document, once for its key, and reads as it could be sent again', async () => {
  const key = randomUUID()
  const document = await upload(key)
  assert.equal(document.status, 200, JSON.stringify(document.body))
  shaped(shapes.UploadShape, document.body)
  assert.equal((await upload(key)).body.url, document.body.url, 'the same document is kept once')
  const body = sending(answers, { documentUrls: [document.body.url] })
  const both = await Promise.all([post<Sent>(apply, body, key), post<Sent>(apply, body, key)])
  const third = await post<Sent>(apply, body, key)
  for (const each of [...both, third]) {
    assert.equal(each.status, 200, JSON.stringify(each.body))
    shaped(shapes.ApplicationShape, each.body)
    assert.equal(each.body.fileId, key)
  }
  assert.deepEqual(await countOf(), { applications: 1, cases: 1 })
  const { applicationData } = third.body
  assert.deepEqual(applicationData.documentUrls, [document.body.url])
  assert.equal(third.body.applicantId, nameOfAda, 'the name by which the client knows the person')
  assert.equal(third.body.url, undefined)
  const { value } = applicationData.formData.data.activities as { value: { cost: { value: number } }[] }
  assert.deepEqual(
    value.map(({ cost }) => cost.value),
    [1200.5, 1000],
  )
  assert.equal(
    (await post(apply, { ...applicationData, agree: true }, key)).status,
    200,
    'what is read is what was sent',
  )
  const other = await post(
    apply,
    sending({ ...answers, members: { value: 13 } }, { documentUrls: [document.body.url] }),
    key,
  )
  assert.equal(other.status, 409)
  assert.match(other.body.type, /application-sent/)
  const acts = await sql`select actor from platform.audit_event where event = 'services.application-sent'`
  assert.deepEqual(
    acts.map(({ actor }) => actor),
    ['ada-quay'],
  )
})

test('another person sees nothing of it, sends nothing under its key, and adds no document to it', async () => {
  const [row] = await sql<{ id: string }[]>`select id from services.application where state = 'sent'`
  const { id } = row!
  assert.equal((await ask(`/applications/${id}`, ben)).status, 404)
  assert.deepEqual((await ask('/applications', ben)).body, [])
  assert.equal((await post(apply, sending(answers), id, ben)).status, 404)
  assert.equal((await upload(id, pdfFile({ catalog: '/Lang (1)' }), ben)).status, 404)
  assert.equal((await post(apply, sending(answers), randomUUID(), program)).status, 403)

  // Whoever answers a part of an application adds nothing to what the applicant is asked.
  const draft = randomUUID()
  assert.equal((await upload(draft)).status, 200)
  await sql`
    insert into services.part (application, party, person_id, sealed_typed, invited_at)
    values (${draft}, 'principal', 'olga-pile', ${sealDraft(installation, draft, emptyDraft())}, now())`
  assert.equal((await upload(draft, pdfFile({ catalog: '/Lang (2)' }), ben)).status, 404)
  await sql`delete from services.application where id = ${draft}`
})

test('what is no answer is refused at its place, in the sentences of the pages, and nothing is kept', async () => {
  const before = await countOf()
  const wrong = {
    ...answers,
    ...{ members: { value: 'about ten' }, founded_on: { value: 'next week' }, topics: { value: ['warning', 'magic'] } },
    activities: {
      value: [{ activity_title: { value: 'Drill' }, held_on: { value: '2035-06-01' }, cost: { value: -1 } }],
    },
    ...{
      insured: { value: 'constructor' },
      'nick/name': { value: 'x' },
      plan_file: { value: [`/applications/${randomUUID()}/files/${randomUUID()}`] },
    },
  }
  const refused = await post(apply, { ...sending(wrong), agree: false })
  assert.equal(refused.status, 422, JSON.stringify(refused.body))
  assert.deepEqual(
    new Set(pointersOf(refused)),
    new Set([
      ...['/formData/data/members', '/formData/data/founded_on', '/formData/data/topics', '/formData/data/nick~1name'],
      '/formData/data/insured',
      ...['/formData/data/activities/value/0/cost', '/formData/data/plan_file', '/agree'],
    ]),
  )
  const details = refused.body.errors!.map(({ detail }) => detail).join(' ')
  assert.match(details, /“How many members does it have\?” must be a whole number/)
  assert.match(details, /“When was the group founded\?” must be a day of the calendar/)
  assert.match(details, /Tick the box to say that what you have written is true/)
  const nothing = await post(apply, sending({ kind: { value: 'association' } }))
  assert.ok(pointersOf(nothing).includes('/formData/data/activities'))
  assert.deepEqual(await countOf(), before)
})

for (const [name, data, status, code] of [
  ['answers that lead out', { kind: { value: 'company' } }, 409, 'application-leads-out'],
  ['a list of things that is none', { ...answers, activities: { value: 'Drill' } }, 422, 'application-incomplete'],
] as const)
  test(`${name}: nothing is sent`, async () => {
    const before = await countOf()
    const refused = await post(apply, sending(data))
    assert.equal(refused.status, status, JSON.stringify(refused.body))
    assert.match(refused.body.type, new RegExp(code))
    assert.deepEqual(await countOf(), before)
  })

test('no other applicant, no other service, and no document that is something else', async () => {
  const before = await countOf()
  assert.equal((await post(apply, sending(answers, { applicantId: nameOfBen }))).status, 403)
  assert.equal(
    (await post(apply, sending(answers, { applicantId: 'ada-quay' }))).status,
    403,
    'no client knows this name',
  )
  assert.equal((await post('/services/no-such/applications', sending(answers))).status, 404)
  const refused = await upload<Problem>(randomUUID(), Buffer.from('#!/bin/sh\n'))
  assert.equal(refused.status, 400)
  assert.match(refused.body.title, /not what is asked for/)
  assert.equal((await upload(randomUUID(), pdfFile(), ada, 'group_name')).status, 404)
  assert.deepEqual(await countOf(), before)
})

const { founded_on: _, contact_name: __, ...rest } = answers
/** Of which the register knows the name, and the account that of who applies; and the principal answers a part. */
const ofSchool = { ...rest, kind: { value: 'school' }, school_code: { value: 'ts1234' } }

test('what somebody else answers a part of waits for them, and the same again sends it once they signed', async () => {
  const key = randomUUID()
  const { body: document } = await upload(key)
  const body = sending(ofSchool, { documentUrls: [document.url] })
  const before = await countOf()
  for (const _ of ['once', 'again']) {
    const waiting = await post<Sent>(apply, body, key)
    assert.equal(waiting.status, 200, JSON.stringify(waiting.body))
    shaped(shapes.ApplicationShape, waiting.body)
    const { registered, url, status } = waiting.body
    assert.deepEqual({ registered, url }, { registered: undefined, url: `/applications/${key}/parts` })
    assert.match(status.title, /Waits for: The principal/)
  }
  const { body: handed } = await act<{ code: string }>(`/applications/${key}/parts/principal`, ada, {})
  assert.equal((await act('/applications/part', ben, { code: handed.code })).status, 201)
  await act(`/applications/${key}/pages/principal`, ben, { principal_name: 'Pia', supports: 'yes' })
  const { body: shown } = await ask<{ digest: string }>(`/applications/${key}/sign`, ben, {}, site)
  assert.equal((await act(`/applications/${key}/sign`, ben, { digest: shown.digest, agree: 'yes' })).status, 303)
  const other = await post<Sent>(
    apply,
    sending({ ...ofSchool, members: { value: 99 } }, { documentUrls: [document.url] }),
    key,
  )
  assert.match(other.body.status.title, /Waits for/, 'what was signed was something else')
  assert.equal((await post(apply, { ...body, agree: false }, key)).status, 422)
  for (const _ of ['once', 'again']) {
    const sent = await post<Sent>(apply, body, key)
    assert.equal(sent.status, 200, JSON.stringify(sent.body))
    assert.ok(sent.body.registered)
  }
  const after = await countOf()
  assert.equal(after.cases, before.cases + 1)
  assert.equal((await ask(`/applications/${key}`, ben)).status, 404, 'a party has a part alone')
})

test('what was left out is filled in from the account and the register, and the case notes where from', async () => {
  const [row] = await sql<{ id: string; reference: string }[]>`
    select id, reference from services.application where state = 'sent' order by sent_at desc limit 1`
  const { body } = await ask<Sent>(`/applications/${row!.id}`, ada)
  const { school_name, contact_name } = body.applicationData.formData.data
  assert.deepEqual([school_name, contact_name], [{ value: 'High Tide School' }, { value: 'Ada Quay' }])
  type Rows = { answers: { rows: { name: string; source: unknown }[] }[] }
  const { body: read } = await ask<Rows>(`/services/cases/${row!.reference}`, ada, {}, site)
  const sources = JSON.stringify(read.answers)
  assert.match(sources, /Register of schools/)
  const form = (await (await fetch(`${root}/eForms/tide-grant`)).json()) as {
    schema: { properties: Record<string, object> }
  }
  assert.deepEqual(form.schema.properties.school_name, {
    ...{ title: 'Name of the school', type: 'string' },
    'x-prefill': { from: 'register', register: 'schools', field: 'name', by: 'school_code' },
  })
  const unknown = await post(apply, sending({ ...ofSchool, school_code: { value: 'ZZ-0000' } }))
  assert.ok(pointersOf(unknown).includes('/formData/data/school_name'), 'the register knows none')
})

test('lists come in parts, and in the order of their beginnings', async () => {
  const keys = [randomUUID(), randomUUID()]
  for (const key of keys) assert.equal((await upload(key)).status, 200)
  const idsOf = async (query: string) =>
    (await ask<{ fileId: string }[]>(`/applications?${query}`, ada)).body.map(({ fileId }) => fileId)
  const all = await idsOf('sortBy=created&sortOrder=asc')
  assert.equal(all.length, 4)
  assert.deepEqual(all.slice(2), keys)
  assert.deepEqual(await idsOf('sortBy=created&sortOrder=desc&firstResult=1&maxResult=1'), all.slice(2, 3))
  assert.deepEqual(await idsOf('firstResult=4'), [])
  assert.deepEqual(await idsOf(`applicantId=${nameOfBen}`), [])
  assert.equal((await idsOf(`applicantId=${nameOfAda}`)).length, 4)
  assert.equal((await ask('/applications?maxResult=101', ada)).status, 400)
  assert.equal((await ask('/applications?sortBy=priority', ada)).status, 400)
  const tasks = async (query: string) => (await ask<{ taskId: string }[]>(`/tasks?${query}`, program)).body
  assert.equal((await tasks('maxResult=1')).length, 1)
  assert.deepEqual(await tasks('firstResult=2'), [])
  const [first] = await tasks(`fileId=${all[0]}`)
  assert.ok((await tasks('')).some(({ taskId }) => taskId === first?.taskId))
  assert.deepEqual(await tasks(`mainTaskId=${first!.taskId}&fileId=${keys[0]}`), [])
  assert.deepEqual(await tasks('assigneeId=nobody'), [])
})

test('a department reads what was sent to it, with the names by which its client knows people, and another department nothing', async () => {
  const all = await ask<Sent[]>('/applications?sortBy=created', program)
  assert.equal(all.status, 200, JSON.stringify(all.body))
  for (const each of all.body) shaped(shapes.ApplicationLineShape, each)
  assert.equal(all.body.length, 2, 'drafts are of who writes them')
  assert.ok(all.body.every(({ applicantId }) => applicantId === nameOfAda))
  assert.deepEqual((await ask<Sent[]>('/applications', program)).body, all.body.toReversed())
  assert.deepEqual((await ask<Sent[]>('/applications?sortBy=created&firstResult=1', program)).body, all.body.slice(1))
  assert.deepEqual((await ask('/applications?serviceId=no-such', program)).body, [])
  assert.equal((await ask(`/applications?applicantId=${nameOfAda}`, program)).status, 422)
  const [{ fileId }] = all.body as [Sent]
  const one = await ask<Sent>(`/applications/${fileId}`, program)
  assert.equal(one.status, 200, JSON.stringify(one.body))
  shaped(shapes.ApplicationShape, one.body)
  const { applicationData: sent } = (await ask<Sent>(`/applications/${fileId}`, ada)).body
  const { plan_file: file, ...data } = one.body.applicationData.formData.data
  const { plan_file: _, ...same } = sent.formData.data
  assert.deepEqual(data, same)
  const url = `/office/services/files/${sent.documentUrls[0]!.split('/').at(-1)}`
  assert.deepEqual(
    [file, one.body.applicationData.documentUrls],
    [{ value: [url] }, [url]],
    'where its officers open it',
  )
  await aClient(started, 'tally-program', {}, { secret, organisation: 'counting-house' })
  const tally = await discover(site, 'tally-program')
  const { access_token: other } = await client.clientCredentialsGrant(tally, {
    scope: 'services:read-cases',
    resource: site,
  })
  assert.deepEqual((await ask('/applications', other)).body, [])
  assert.equal((await ask(`/applications/${fileId}`, other)).status, 404)
  const { token: reader } = await tokenOf('ada-quay', 'services:read-cases')
  for (const path of ['/applications', `/applications/${fileId}`])
    assert.equal((await ask(path, reader)).status, 403, path)
})

test('a draft is kept with all that is open, shown so on its pages, and sent by a later sending under its key', async () => {
  const key = randomUUID()
  const before = await countOf()
  const { kind, group_name, members } = answers
  const half = { kind, group_name, members: { value: 'many' } }
  const kept = await post<Sent>(apply, sending(half, { draft: true, agree: undefined }), key)
  assert.equal(kept.status, 200, JSON.stringify(kept.body))
  shaped(shapes.ApplicationShape, kept.body)
  assert.deepEqual(await countOf(), { applications: before.applications + 1, cases: before.cases })
  assert.equal(kept.body.registered, undefined)
  assert.equal(kept.body.url, `/applications/${key}`)
  const { body: tasks } = await ask<{ sections: { pages: { state: string }[] }[] }>(
    `/applications/${key}.json`,
    ada,
    {},
    site,
  )
  const states = tasks.sections.flatMap(({ pages }) => pages.map(({ state }) => state))
  assert.deepEqual(states.slice(0, 2), ['done', 'wrong'])
  assert.ok(
    states.slice(2).every((state) => state === 'todo' || state === 'later'),
    states.join(),
  )
  const unknown = await post(apply, sending({ crew: { value: 1 } }, { draft: true }), key)
  assert.equal(unknown.status, 422)
  assert.equal((await post(apply, sending(half, { draft: true }), key, ben)).status, 404)

  const fuller = await post<Sent>(apply, sending({ ...half, members }, { draft: true }), key)
  assert.deepEqual(fuller.body.applicationData.formData.data.members, { value: 12 })
  const document = await upload(key)
  const whole = sending(answers, { documentUrls: [document.body.url] })
  const sent = await post<Sent>(apply, whole, key)
  assert.ok(sent.body.registered, JSON.stringify(sent.body))
  const late = await post(apply, sending(half, { draft: true }), key)
  assert.match(late.body.type, /application-sent/)
})
