import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as client from 'openid-client'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { aClient, answerAt, aRequest, discover, secret } from '../../../../test/logins.ts'
import { aListeningSite } from '../../../../test/relying-party.ts'
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

test('services and forms have the shapes of the API 0.1.1', async () => {
  const all = await ask<{ serviceKey: string }[]>('/services', shapes.ServiceShape)
  assert.ok(all.some(({ serviceKey }) => serviceKey === 'tide-grant'))
  assert.deepEqual(await ask<object[]>('/services?name=nothing-of-this-name', shapes.ServiceShape), [])
  await ask('/services/tide-grant', shapes.ServiceShape)
  const form = await ask<{
    schema: { properties: Record<string, { type: string; enum?: string[] }> }
  }>('/eForms/tide-grant', shapes.EFormShape)
  assert.equal(form.schema.properties.members?.type, 'number')
  assert.ok(form.schema.properties.kind?.enum?.includes('school'))
  assert.equal(form.schema.properties.activities?.type, 'array')
  assert.equal((await ask('/services/no-such', undefined)).status, 404)
})

test('what a person sent becomes a task of the department, which a program takes a step further, and the person reads so', async () => {
  const reference = await sendApplication(started)
  const [{ application } = { application: '' }] = await sql<{ application: string }[]>`
    select application from services.case where reference = ${reference}`
  const more = { resource: site, scope: 'openid services:apply' }
  const { url, checks } = await aRequest(config, more)
  const { back } = await answerAt(site, url)
  const { access_token: tokens } = await client.authorizationCodeGrant(config, back, checks, { resource: site })
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
  assert.equal((await ask('/tasks', undefined, tokens)).status, 403)
})
