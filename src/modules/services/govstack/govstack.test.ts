import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as client from 'openid-client'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { aClient, answerAt, aRequest, discover, secret } from '../../../../test/logins.ts'
import { aListeningSite } from '../../../../test/relying-party.ts'
import { pdfFile } from '../testing/bad-files.ts'
import { sendApplication } from '../testing/cases.ts'
import * as shapes from './shapes.ts'

const started = await aListeningSite()
const { site, sql } = started
await aClient(started, 'tide-program', {}, { secret, organisation: 'tide-station' })
const config = await discover(site, 'tide-program')
const root = `${site}/govstack/registration`

async function ask<Answer = { status: number }>(
  path: string,
  shape?: TSchema,
  token?: string,
  data?: object,
  headers: Record<string, string> = {},
) {
  const response = await fetch(`${root}${path}`, {
    method: data ? 'POST' : 'GET',
    headers: {
      ...headers,
      ...(data && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
    },
    ...(data && { body: JSON.stringify({ data }) }),
  })
  const body = (await response.json()) as Answer
  assert.equal(response.status, shape ? 200 : (body as { status?: number }).status, JSON.stringify(body))
  if (!shape) return body
  for (const each of [body].flat()) assert.deepEqual([...Value.Errors(shape, each)], [], path)
  return body
}

async function tokenOf(person: string, scope: string) {
  const { url, checks } = await aRequest(config, { resource: site, scope: `openid ${scope}` })
  const { back } = await answerAt(site, url, { person })
  const tokens = await client.authorizationCodeGrant(config, back, checks, { resource: site })
  return { token: tokens.access_token, sub: tokens.claims()!.sub }
}

/** A case whose officer has asked its person something. */
async function asked(files: '' | 'yes' = 'yes') {
  const reference = await sendApplication(started)
  const permissions = ['services:work-case', 'services:decide-case']
  const headers = started.asPerson({ id: 'officer-cora', organisation: 'tide-station', permissions, level: 3 })
  const again = async () => {
    for (const [what, payload] of [
      ['claim', {}],
      ['questions', { text: 'Which pier is it?', files }],
    ] as const) {
      const url = `/office/services/cases/${reference}`
      const seen = (await started.app.inject({ url, headers })).json().number
      const whole = { token: crypto.randomUUID(), seen, ...payload }
      const done = await started.app.inject({ method: 'POST', url: `${url}/${what}`, headers, payload: whole })
      if (what === 'questions') assert.equal(done.statusCode, 200, done.body)
    }
  }
  await again()
  return { reference, again }
}

async function upload(reference: string, token: string, bytes = pdfFile()) {
  const body = new FormData()
  body.append('file', new Blob([Uint8Array.from(bytes)]), 'plan.pdf')
  const response = await fetch(`${root}/documents?additionalMetadata=${reference}`, {
    ...{ method: 'POST', body, headers: { authorization: `Bearer ${token}`, accept: 'application/json' } },
  })
  return { status: response.status, body: (await response.json()) as { url: string } }
}

type OwnTask = {
  taskId: string
  assigneeId: string
  description: string
  status: { code: string }
  formVariables: Record<string, { value: unknown }>
}

test('services and forms have the shapes of the API 0.1.1', async () => {
  const all = await ask<{ id: string }[]>('/services', shapes.ServiceShape)
  assert.ok(all.some(({ id }) => id === 'tide-grant'))
  assert.deepEqual(await ask<object[]>('/services?name=nothing-of-this-name', shapes.ServiceShape), [])
  await ask('/services/tide-grant', shapes.ServiceShape)
  const form = await ask<{
    schema: { properties: Record<string, { type: string; enum?: string[] }> }
  }>('/eForms/tide-grant', shapes.EFormShape)
  assert.equal(form.schema.properties.members?.type, 'number')
  assert.ok(form.schema.properties.kind?.enum?.includes('school'))
  assert.equal(form.schema.properties.activities?.type, 'array')
  const lines = await ask<{ eFormId: string }[]>('/services/tide-grant/eForms', shapes.EFormLineShape)
  assert.deepEqual(
    lines.map(({ eFormId }) => eFormId),
    ['tide-grant'],
  )
  for (const path of ['/services/no-such', '/services/no-such/eForms', '/eForms/no-such'])
    assert.equal((await ask(path, undefined)).status, 404)
})

test('what a person sent becomes a task of the department, which a program takes a step further, and the person reads so', async () => {
  const reference = await sendApplication(started)
  const [{ application } = { application: '' }] = await sql<{ application: string }[]>`
    select application from services.case where reference = ${reference}`
  const { token: tokens } = await tokenOf('ada-quay', 'services:apply')
  const before = await ask<{ fileId: string }[]>('/applications', shapes.ApplicationLineShape, tokens)
  assert.deepEqual(
    before.map(({ fileId }) => fileId),
    [application],
  )
  const scope = 'services:read-cases services:work-cases'
  const { access_token: token } = await client.clientCredentialsGrant(config, { scope, resource: site })
  const tasks = await ask<{ taskId: string; fileId: string }[]>('/tasks', shapes.TaskShape, token)
  assert.deepEqual(
    tasks.map(({ taskId, fileId }) => ({ taskId, fileId })),
    [{ taskId: reference, fileId: application }],
  )
  await fetch(`${site}/office/services/cases/${reference}/claim`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json' },
    body: '{}',
  })
  type Task = { formVariables: { steps: { value: string[] }; seen: { value: number } } }
  const task = await ask<Task>(`/tasks/${reference}`, shapes.DataTaskShape, token)
  const { steps, seen } = task.formVariables
  assert.ok(steps.value.length > 0, 'it can be moved')
  const wrong = await ask(`/tasks/${reference}/complete`, undefined, token, { step: { value: 'no-such' }, seen })
  assert.ok(wrong.status >= 400 && wrong.status < 500)
  const assessment = { value: 'It is as the rules want it.' }
  const step = { value: steps.value.at(0) }
  const key = { 'idempotency-key': crypto.randomUUID() }
  for (const _ of ['once', 'again'])
    await ask(`/tasks/${reference}/complete`, shapes.CompletedShape, token, { step, seen, assessment }, key)
  const acts = await sql`select actor from platform.audit_event where event = 'services.step-taken'`
  assert.equal(acts.length, 1)
  const [act] = acts
  assert.equal(act?.actor, 'client/tide-program')
  await ask(`/applications/${application}`, shapes.ApplicationShape, tokens)
  assert.deepEqual(
    await ask<object[]>('/tasks', shapes.TaskShape, tokens),
    [],
    'a task of the department is none of theirs',
  )
})

test('what an officer asked is a task of the applicant, whose answer with a document completes it once', async () => {
  const { reference } = await asked()
  const { token, sub } = await tokenOf('ada-quay', 'services:apply')
  const all = await ask<OwnTask[]>('/tasks', shapes.TaskShape, token)
  assert.deepEqual(
    all.map(({ taskId, assigneeId, description, status }) => [taskId, assigneeId, description, status.code]),
    [[reference, sub, 'Which pier is it?', 'SENDBACK']],
  )
  assert.deepEqual(
    await ask<OwnTask[]>(`/tasks?assigneeId=${sub}&mainTaskId=${reference}`, shapes.TaskShape, token),
    all,
  )
  const kept = await upload(reference, token)
  assert.equal(kept.status, 200, JSON.stringify(kept.body))
  assert.equal((await upload(reference, token)).body.url, kept.body.url, 'the same is kept once')
  const left = await upload(reference, token, pdfFile({ catalog: '/Lang (other)' }))
  const one = await ask<OwnTask>(`/tasks/${reference}`, shapes.DataTaskShape, token)
  assert.deepEqual(one.formVariables.documents?.value, [kept.body.url, left.body.url])
  assert.equal(one.formVariables.asksDocuments?.value, true)
  const data = {
    ...{ seen: one.formVariables.seen, reply: { value: 'Pier 4' } },
    documents: { value: [`${site}/eng${kept.body.url}`] },
  }
  const key = { 'idempotency-key': crypto.randomUUID() }
  const complete = `/tasks/${reference}/complete`
  await Promise.all([1, 2].map(() => ask(complete, shapes.CompletedShape, token, data, key)))
  const done = await ask<OwnTask>(complete, shapes.CompletedShape, token, data, key)
  assert.equal(done.status.code, 'PENDING')
  const given = await sql<{ data: { files?: string[] } }[]>`
    select data from services.case_event where reference = ${reference} and kind = 'information-given'`
  assert.deepEqual(
    given.map(({ data }) => data.files),
    [[kept.body.url.split('/').at(-1)]],
  )
  assert.equal((await sql`select 1 from services.file where reply_to = ${reference}`).length, 1, 'the other is deleted')
  assert.deepEqual(await ask<object[]>('/tasks', shapes.TaskShape, token), [])
  assert.equal((await ask(`/tasks/${reference}`, undefined, token)).status, 404)
  assert.equal((await upload(reference, token)).status, 404)
  const late = await ask<{ status: number; type: string }>(complete, undefined, token, data)
  assert.match(late.type, /reply-not-asked/)
})

test('nobody else sees or completes it, no other scope does, and what is no answer completes nothing', async () => {
  const { reference, again } = await asked('')
  const { token } = await tokenOf('ada-quay', 'services:apply')
  const { token: ben } = await tokenOf('olga-pile', 'services:apply')
  const { token: reader } = await tokenOf('ada-quay', 'services:read-cases')
  const complete = `/tasks/${reference}/complete`
  const { formVariables } = await ask<OwnTask>(`/tasks/${reference}`, shapes.DataTaskShape, token)
  const { seen } = formVariables
  const reply = { value: 'Pier 4' }
  assert.deepEqual(await ask<object[]>(`/tasks?mainTaskId=${reference}`, shapes.TaskShape, ben), [])
  const stray = { value: [`/services/cases/${reference}/files/${crypto.randomUUID()}`] }
  // biome-ignore format: matrix
  const refused = [
    ['another person reads it',       ben,    `/tasks/${reference}`, undefined,                                      404, 'case-not-found'],
    ['another person completes it',   ben,    complete,              { seen, reply },                                404, 'case-not-found'],
    ['a token that reads a department', reader, '/tasks',            undefined,                                      403, 'tasks-of-officers'],
    ['the same completes it',         reader, complete,              { seen, reply },                                403, 'token-scope'],
    ['no answer',                     token,  complete,              { seen },                                       422, 'task-incomplete'],
    ['too long an answer',            token,  complete,              { seen, reply: { value: 'x'.repeat(4001) } },   422, 'task-incomplete'],
    ['several answers',               token,  complete,              { seen, reply: { value: ['a', 'b'] } },         422, 'task-incomplete'],
    ['a document that is not there',  token,  complete,              { seen, reply, documents: stray },              422, 'task-incomplete'],
    ['a name that it has not',        token,  complete,              { seen, reply, step: { value: 'grant' } },      422, 'task-incomplete'],
    ['without the question',          token,  complete,              { reply },                                      409, 'case-changed'],
  ] as const
  for (const [what, by, path, data, status, code] of refused) {
    const problem = await ask<{ status: number; type: string }>(path, undefined, by, data)
    assert.equal(problem.status, status, what)
    assert.match(problem.type, new RegExp(`${code}$`), what)
  }
  assert.equal((await upload(reference, token)).status, 409, 'it asks for no documents')
  assert.equal((await upload(reference, ben)).status, 404)
  const key = { 'idempotency-key': crypto.randomUUID() }
  await ask(complete, shapes.CompletedShape, token, { seen, reply }, key)
  await again()
  const stale = await ask<{ status: number; type: string }>(complete, undefined, token, { seen, reply })
  assert.match(stale.type, /case-changed/, 'an answer to the question before')
  const { reference: next } = await asked('')
  const reused = await ask<{ status: number; type: string }>(
    `/tasks/${next}/complete`,
    undefined,
    token,
    { seen, reply },
    key,
  )
  assert.match(reused.type, /key-used/)
  assert.equal((await ask<OwnTask[]>('/tasks', shapes.TaskShape, token)).length, 2)
  assert.equal((await ask<OwnTask[]>('/tasks?firstResult=1', shapes.TaskShape, token)).length, 1)
})
