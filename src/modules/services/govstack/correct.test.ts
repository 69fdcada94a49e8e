// PUT /applications/{fileId}: what a department's program corrects in an application, by GovStack's paths.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import * as client from 'openid-client'
import { Value } from 'typebox/value'
import { aClient, discover, secret } from '../../../../test/logins.ts'
import { aListeningSite } from '../../../../test/relying-party.ts'
import { sendApplication } from '../testing/cases.ts'
import { ApplicationShape } from './shapes.ts'

const started = await aListeningSite()
const { site, sql } = started
await aClient(started, 'tide-program', {}, { secret, organisation: 'tide-station' })
const config = await discover(site, 'tide-program')
const tokenFor = async (scope: string) =>
  (await client.clientCredentialsGrant(config, { scope, resource: site })).access_token
const worker = await tokenFor('services:read-cases services:work-cases')
const reader = await tokenFor('services:read-cases')

type Data = Record<string, { value: unknown }>
type Shown = { fileId: string; applicationData: { formData: { data: Data }; documentUrls: string[] } }
type Told = { type?: string; errors?: { pointer: string; detail: string }[] }

async function ask<Body>(method: string, path: string, token: string, body?: object, key?: string) {
  const response = await fetch(`${site}${path}`, {
    method,
    headers: {
      ...{ authorization: `Bearer ${token}`, accept: 'application/json', 'content-type': 'application/json' },
      ...(key && { 'idempotency-key': key }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Body }
}

/** An application whose case the program has taken; as it is shown to the department. */
async function taken() {
  const reference = await sendApplication(started)
  const claimed = await ask('POST', `/office/services/cases/${reference}/claim`, worker, {})
  assert.equal(claimed.status, 200, JSON.stringify(claimed.body))
  const [{ application } = { application: '' }] = await sql<{ application: string }[]>`
    select application from services.case where reference = ${reference}`
  const path = `/govstack/registration/applications/${application}`
  return { reference, path, shown: (await ask<Shown>('GET', path, worker)).body }
}
const corrections = (reference: string) =>
  sql`select number from services.case_event where reference = ${reference} and kind = 'corrected'`

test('a whole application that comes back with one answer changed corrects that one, once for each key', async () => {
  const { reference, path, shown } = await taken()
  const { formData, documentUrls } = shown.applicationData
  const body = {
    ...{ reason: 'You told us so by telephone.', documentUrls },
    formData: { ...formData, data: { ...formData.data, members: { value: 13 } } },
  }
  const key = randomUUID()
  for (const _ of ['once', 'again']) {
    const { status, body: answer } = await ask<Shown>('PUT', path, worker, body, key)
    assert.equal(status, 200, JSON.stringify(answer))
    assert.deepEqual([...Value.Errors(ApplicationShape, answer)], [])
    assert.equal(answer.fileId, shown.fileId)
    assert.deepEqual(answer.applicationData.formData.data, body.formData.data)
  }
  assert.equal((await corrections(reference)).length, 1)
  const told =
    await sql`select number from services.case_event where reference = ${reference} and kind = 'message-sent'`
  assert.equal(told.length, 2, 'that it came, and that it was corrected')
})

test('nothing else is written, and each refusal says what to do', async () => {
  const { reference, path } = await taken()
  const put = (data: Data, more: object = { reason: 'By telephone.' }, token = worker) =>
    ask<Told>('PUT', path, token, { formData: { data }, ...more })
  const members = { members: { value: 13 } }
  // biome-ignore format: matrix
  const refused = [
    ['no number',             await put({ members: { value: 'many' } }),           422, /"\/formData\/data\/members"/],
    ['no reason',             await put(members, {}),                              422, /"\/reason"/],
    ['a name it has not',     await put({ crew: { value: 1 } }),                   422, /"\/formData\/data\/crew"/],
    ['a list',                await put({ activities: { value: [] } }),            409, /answer-not-corrected/],
    ['another document',      await put(members, { reason: 'x', documentUrls: ['/x'] }), 409, /answer-not-corrected/],
    ['another way',           await put({ kind: { value: 'school' } }),            409, /correction-leads-elsewhere/],
    ['a token that reads',    await put(members, { reason: 'x' }, reader),         403, /token-scope/],
  ] as const
  for (const [what, { status, body }, code, says] of refused) {
    assert.equal(status, code, `${what}: ${JSON.stringify(body)}`)
    assert.match(JSON.stringify(body), says, what)
  }
  const nobody = await ask('PUT', `/govstack/registration/applications/${randomUUID()}`, worker, {
    formData: { data: {} },
  })
  assert.equal(nobody.status, 404)
  const { status } = await put({ members: { value: 12 } }, {})
  assert.equal(status, 200, 'what stands already needs no reason')
  assert.equal((await corrections(reference)).length, 0)
})

test('a department corrects nothing of another, and nobody what they did not take', async () => {
  const { path } = await taken()
  await aClient(started, 'harbour-program', {}, { secret, organisation: 'harbour-office' })
  const other = await discover(site, 'harbour-program')
  const grant = { scope: 'services:read-cases services:work-cases', resource: site }
  const { access_token: foreign } = await client.clientCredentialsGrant(other, grant)
  const body = { reason: 'x', formData: { data: { members: { value: 13 } } } }
  assert.equal((await ask('PUT', path, foreign, body)).status, 404)
  const free = await sendApplication(started)
  const [{ application } = { application: '' }] = await sql<{ application: string }[]>`
    select application from services.case where reference = ${free}`
  const untaken = await ask<Told>('PUT', `/govstack/registration/applications/${application}`, worker, body)
  assert.match(untaken.body.type ?? '', /case-not-claimed/)
})
