// A service that takes one open application of each applicant, and cases that belong to a company.
import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { start } from '#test'
import { actingIn } from '../../../../test/acting.ts'
import { openApplicant } from '../testing/applicant.ts'
import { sendApplication } from '../testing/cases.ts'
import { fillGrant, sendChecked } from '../testing/tide-grant.ts'

const folder = await mkdtemp(join(tmpdir(), 'praya-pack-'))
after(() => rm(folder, { recursive: true }))
await cp(new URL('../../../../governments/testland', import.meta.url), folder, { recursive: true })
const service = join(folder, 'services/tide-grant.yaml')
await writeFile(
  service,
  (await readFile(service, 'utf8')).replace('  signIn: possible\n', '  signIn: needed\n  once: true\n'),
)
const started = await start({ pack: folder })
const { app, sql, asPerson } = started

test('of two applications that are sent at once one becomes a case, and the other stays a draft', async () => {
  const each = openApplicant(app, asPerson({ id: 'ada-quay' }))
  const paths = [await fillGrant(each), await fillGrant(each)]
  const answered = await Promise.all(paths.map((path) => sendChecked(each, path)))
  assert.deepEqual(answered.map(({ statusCode }) => statusCode).sort(), [303, 409])
  assert.match(answered.find(({ statusCode }) => statusCode === 409)!.body, /can have only one/)
  const { applications } = await each.data('/account/applications')
  assert.deepEqual(applications.map(({ state }: { state: string }) => state).sort(), ['draft', 'sent'])

  // Nor can another be begun, until the one has ended.
  const token = crypto.randomUUID()
  assert.equal((await each.post('/services/tide-grant/apply', { token })).statusCode, 409)
  const { reference } = applications.find(({ state }: { state: string }) => state === 'sent').cases[0]
  assert.equal((await each.post(`/services/cases/${reference}/withdrawal`)).statusCode, 303)
  const draft = paths.find((_, at) => answered[at]!.statusCode === 409)!
  assert.equal((await sendChecked(each, draft)).statusCode, 303)
})

test('what one person has open keeps neither another nor their company from applying', async () => {
  await sendApplication(started, { person: 'bea-quay' })
  await sendApplication(started, { person: 'bea-quay', organisation: 'quay-tours' })
  await assert.rejects(
    sendApplication(started, { person: 'carl-pier', organisation: 'quay-tours' }),
    /can have only one/,
  )
  await sendApplication(started, { person: 'carl-pier' })
  const [row] = await sql<[{ count: number }]>`
    select count(*)::int from services.case where person_id in ('bea-quay', 'carl-pier')`
  assert.equal(row.count, 3)
})

test('a case of a company is read by whoever acts for it, and by its sender only in its name', async () => {
  const reference = await sendApplication(started, { person: 'dan-quay', organisation: 'ferry-works' })
  const read = async (as: Parameters<typeof asPerson>[0]) => {
    const { statusCode } = await app.inject({ url: `/services/cases/${reference}`, headers: asPerson(as) })
    const list = await app.inject({ url: '/account/applications.json', headers: asPerson(as) })
    return [statusCode, list.body.includes(reference)]
  }
  assert.deepEqual(await read({ id: 'dan-quay', organisation: 'ferry-works' }), [200, true])
  assert.deepEqual(await read({ id: 'eve-quay', organisation: 'ferry-works' }), [200, true])
  assert.deepEqual(await read({ id: 'dan-quay' }), [404, false])
  assert.deepEqual(await read({ id: 'eve-quay', organisation: 'quay-tours' }), [404, false])
})

test('who acts for a person reads their case where the mandate covers its service, and does nothing with it', async () => {
  const { somebody, switchTo, get, post } = actingIn(started)
  const read = async (services: string[] | null) => {
    const [agent, principal] = [await somebody(), await somebody()]
    const reference = await sendApplication(started, { person: principal.id })
    const own = `/services/cases/${reference}`
    assert.equal((await get(agent, own)).statusCode, 404)
    const [mandate] = await sql<{ id: string }[]>`
      insert into identity.mandate (kind, principal_id, agent_id, services, granted_by, accepted_at, expires_at)
      values ('helper', ${principal.id}, ${agent.id}, ${services}, ${principal.id}, now(), now() + interval '1 day')
      returning id`
    await switchTo(agent, `mandate/${mandate!.id}`)
    const theirs = await get(agent, own)
    const [sent] = await sql<{ application: string }[]>`
      select application from services.case where reference = ${reference}`
    return {
      ...theirs.json(),
      status: theirs.statusCode,
      answers: (await get(agent, `/applications/${sent!.application}/sent`)).statusCode,
      listed: (await get(agent, '/account/applications')).body.includes(reference),
      withdrawn: (await post(agent, `${own}/withdrawal`)).statusCode,
    }
  }
  const { status, can, withdrawn, answers, listed } = await read(null)
  assert.deepEqual([status, withdrawn, answers, listed], [200, 403, 200, true])
  assert.deepEqual(Object.values(can), [false, false, false, false])
  assert.equal((await read(['tide-grant'])).status, 200)
  // Nor what was answered, by the way of the application.
  const other = await read(['other-service'])
  assert.deepEqual([other.status, other.answers, other.listed], [404, 404, false])
})

test('one list tells where each application stands, and the former one leads there', async () => {
  const each = openApplicant(app, asPerson({ id: 'fay-quay' }))
  await each.begin('tide-grant')
  const reference = await sendApplication(started, { person: 'fay-quay' })
  const page = (await each.get('/account/applications')).body
  assert.match(page, new RegExp(`Not sent yet[\\s\\S]*Sent[\\s\\S]*/services/cases/${reference}[\\s\\S]*Received`))
  assert.equal(each.leadsTo(await each.get('/account/cases')), '/account/applications')
})
