import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { cookieOf, sessionSecret, start } from '#test'
import { probe } from '../../../../test/platform/probe.tsx'
import identity from '../module.ts'
import { deleteExpiredSessions, insertSession } from './sessions.sql.ts'

const modules = [identity, probe]
const first = await start({ modules })
const second = await start({ modules, beside: first })
const { app, sql } = first

const ada = { personId: 'ada-quay', levelMax: 1, methods: ['demo'] } as const
const mine = (headers: Record<string, string>, where = app) => where.inject({ url: '/probe/mine', headers })

/** Signs a made-up person in through the form and returns what the browser then holds. */
async function signInAs(person: string, headers: Record<string, string> = {}) {
  const response = await app.inject({ method: 'POST', url: '/sign-in', headers, payload: { person } })
  assert.equal(response.statusCode, 303)
  const cookie = response.cookies.find(({ name }) => name === 'praya_session')!
  return { response, cookie, headers: { cookie: `praya_session=${encodeURIComponent(cookie.value)}` } }
}

test('the cookie of a session is out of reach of scripts and other sites, and secure where the page is', async () => {
  const { cookie } = await signInAs('ada-quay')
  assert.equal(cookie.httpOnly, true)
  assert.equal(cookie.sameSite, 'Lax')
  assert.equal(cookie.path, '/')
  assert.equal(cookie.secure, undefined)

  const proxied = await start({ modules, behindProxy: true })
  const response = await proxied.app.inject({
    method: 'POST',
    url: '/sign-in',
    headers: { 'x-forwarded-proto': 'https' },
    payload: { person: 'ada-quay' },
  })
  assert.equal(response.cookies.find(({ name }) => name === 'praya_session')?.secure, true)
})

test('a session begun on one process is known on every other', async () => {
  const { headers } = await signInAs('ada-quay')
  assert.equal((await mine(headers, app)).statusCode, 200)
  assert.equal((await mine(headers, second.app)).statusCode, 200)
})

test('who signs out is signed out on every process, though a copy of the cookie is kept', async () => {
  const { headers } = await signInAs('ada-quay')
  const other = await signInAs('ada-quay')
  const left = await second.app.inject({ method: 'POST', url: '/sign-out', headers })
  assert.equal(left.statusCode, 303)
  assert.equal(left.cookies.find(({ name }) => name === 'praya_session')?.value, '')
  assert.equal((await mine(headers, app)).statusCode, 401)
  assert.equal((await mine(headers, second.app)).statusCode, 401)
  assert.equal((await mine(other.headers, app)).statusCode, 200, 'another browser of the same person stays signed in')
})

test('signing in again ends the session that the browser held', async () => {
  const before = await signInAs('ada-quay')
  const after = await signInAs('ben-ledger', before.headers)
  assert.equal((await mine(before.headers)).statusCode, 401)
  assert.equal((await mine(after.headers)).statusCode, 200)
})

test('no cookie but one that this installation signed and still knows signs anybody in', async () => {
  const token = await insertSession(sql, ada)
  const good = cookieOf(token).cookie
  const expired = await insertSession(sql, ada)
  await sql`update identity.session set expires_at = now() - interval '1 second' where id = ${keyOf(expired)}`
  // biome-ignore format: matrix
  const cases = [
    ['as issued',                   good,                                                200],
    ['unsigned',                    `praya_session=${token}`,                            401],
    ['signed with another secret',  cookieOf(token, 'x'.repeat(64)).cookie,              401],
    ['signed with an empty secret', cookieOf(token, ' ').cookie,                         401],
    ['cut',                         good.slice(0, -3),                                   401],
    ['of another token',            good.replace(token.slice(0, 4), 'AAAA'),             401],
    ['expired',                     cookieOf(expired).cookie,                            401],
    ['never begun',                 cookieOf('nothing').cookie,                          401],
    ['the key in the database',     cookieOf(keyOf(token)).cookie,                       401],
    ['empty',                       'praya_session=',                                    401],
    ['a dot',                       'praya_session=.',                                   401],
    ['SQL',                         cookieOf("' or true --").cookie,                     401],
    ['a NUL',                       cookieOf('\u0000').cookie,                           401],
    ['broken encoding',             'praya_session=%E0%A4%A',                            401],
    ['10 kB',                       `praya_session=${'a'.repeat(10_000)}`,               401],
    ['of another name',             good.replace('praya_session', 'Praya_Session'),      401],
  ] as const
  for (const [what, cookie, status] of cases) assert.equal((await mine({ cookie })).statusCode, status, what)
})

test('a copy of the table of sessions signs nobody in', async () => {
  const token = await insertSession(sql, ada)
  const rows = await sql<
    { id: string; text: string }[]
  >`select id, session::text as text from identity.session as session`
  assert.ok(rows.some(({ id }) => id === keyOf(token)))
  assert.ok(!rows.some(({ text }) => text.includes(token)))
})

test('a job deletes what has expired and nothing else', async () => {
  const stays = await insertSession(sql, ada)
  const goes = await insertSession(sql, ada)
  await sql`update identity.session set expires_at = now() - interval '1 second' where id = ${keyOf(goes)}`
  await deleteExpiredSessions(sql)
  const left = await sql`select id from identity.session where id in ${sql([keyOf(stays), keyOf(goes)])}`
  assert.deepEqual(
    left.map(({ id }) => id),
    [keyOf(stays)],
  )
})

test('nobody is led off the site after signing in', async () => {
  // biome-ignore format: matrix
  const cases = [
    // next                          leads to
    ['/probe/mine',                  '/eng/probe/mine'],
    ['/probe/mine?a=1&b=%E6%B5%B7',  '/eng/probe/mine?a=1&b=%E6%B5%B7'],
    ['/',                            '/eng/'],
    ['/eng/probe/mine',               '/eng/probe/mine'],
    ['//evil.example',               'refused'],
    ['/\\evil.example',              'refused'],
    ['\\\\evil.example',             'refused'],
    ['https://evil.example',         'refused'],
    ['javascript:alert(1)',          'refused'],
    ['/\t/evil.example',             'refused'],
    ['/\n/evil.example',             'refused'],
    ['/x\r\nset-cookie: a=b',        'refused'],
    ['/海',                          'refused'],
    ['evil.example',                 'refused'],
    ['',                             'refused'],
    [`/${'a'.repeat(5000)}`,         'refused'],
  ] as const
  for (const [next, outcome] of cases) {
    const payload = { person: 'ada-quay', next }
    const response = await app.inject({ method: 'POST', url: '/eng/sign-in', payload })
    const led = response.statusCode === 400 ? 'refused' : response.headers.location
    assert.equal(led, outcome, JSON.stringify(next))
    if (outcome === 'refused')
      assert.equal(
        response.cookies.find(({ name }) => name === 'praya_session'),
        undefined,
      )

    const form = await app.inject({
      url: `/eng/sign-in?next=${encodeURIComponent(next)}`,
      headers: { accept: 'text/html' },
    })
    assert.equal(form.statusCode, outcome === 'refused' ? 400 : 200, `form for ${JSON.stringify(next)}`)
  }
})

test('where the installation is no demonstration nobody can sign in without proof', async () => {
  const real = await start({ modules, demonstration: false })
  const form = await real.app.inject({ url: '/sign-in' })
  const act = await real.app.inject({ method: 'POST', url: '/sign-in', payload: { person: 'ada-quay' } })
  assert.deepEqual(form.json().people, [])
  assert.equal(act.json().type, '/problems/identity.no-demonstration')
  assert.equal((await real.sql`select 1 from identity.session`).length, 0)
})

test('signing in as somebody who is not in the pack leaves no session and no trace', async () => {
  const before = await sql`select 1 from identity.session`
  for (const person of ['nobody', '__proto__', 'constructor', "ada-quay' --", '']) {
    const response = await app.inject({ method: 'POST', url: '/sign-in', payload: { person } })
    assert.equal(response.json().type, '/problems/identity.person-not-found', person)
  }
  assert.equal((await sql`select 1 from identity.session`).length, before.length)
})

test('the trail tells who signed in and out, in the order in which it happened', async () => {
  const { headers } = await signInAs('ben-ledger')
  await app.inject({ method: 'POST', url: '/sign-out', headers })
  const acts = await sql`
    select event, actor, organisation, subject
    from platform.audit_event
    where actor = 'ben-ledger'
    order by id desc
    limit 2`
  assert.deepEqual(
    [...acts],
    [
      { event: 'identity.signed-out', actor: 'ben-ledger', organisation: 'tally-office', subject: 'person/ben-ledger' },
      { event: 'identity.signed-in', actor: 'ben-ledger', organisation: 'tally-office', subject: 'person/ben-ledger' },
    ],
  )
})

test('who signs out twice at once has signed out once', async () => {
  const count = async () => (await sql`select 1 from platform.audit_event where event = 'identity.signed-out'`).length
  const { headers } = await signInAs('ada-quay')
  const before = await count()
  await Promise.all(
    [app, second.app, app, second.app].map((each) => each.inject({ method: 'POST', url: '/sign-out', headers })),
  )
  assert.equal(await count(), before + 1)
})

test('the secret that signs cookies appears in no answer', async () => {
  const { headers } = await signInAs('ada-quay')
  for (const url of ['/developers/openapi.json', '/metrics', '/probe/mine', '/eng/sign-in'])
    assert.ok(!(await app.inject({ url, headers })).body.includes(sessionSecret), url)
})

const keyOf = (token: string) => createHash('sha256').update(token).digest('hex')

test('who signs in acts for the one office that they work for, and for a company only once they choose it', async () => {
  const company = 'company-00000000000000aa'
  const name = { en: 'Weir Boats', 'zh-Hant': '韋氏船廠' }
  await sql`
    insert into identity.organisation (id, kind, name, number, declared_by)
    values (${company}, 'company', ${sql.json(name)}, 'T00001', 'dan-pier')`
  // biome-ignore format: matrix
  const cases = [
    ['ada-quay',   [[company, 'owner']],                                    null],
    ['ben-ledger', [[company, 'owner']],                                    'tally-office'],
    ['cara-gate',  [[company, 'owner'], ['tide-station', 'client-officer']], null],
  ] as const
  for (const [person, grants, starts] of cases) {
    for (const [organisation, role] of grants)
      await sql`
        insert into identity.role_grant (person_id, organisation, role, granted_by, approved_by, approved_at)
        values (${person}, ${organisation}, ${role}, 'system', 'operator', now())`
    const { headers } = await signInAs(person)
    const now = async () => (await app.inject({ url: '/account/acting', headers })).json().now
    const header = async () => {
      const { body } = await app.inject({ url: '/eng/account/acting', headers: { ...headers, accept: 'text/html' } })
      return />([^<]+)<\/a><\/li><\/ul><\/nav>/.exec(body)?.[1]
    }
    assert.deepEqual(await now(), { organisation: starts, onBehalfOf: null }, person)
    assert.doesNotMatch((await header())!, / for /)
    const chosen = {
      method: 'POST',
      url: '/account/acting',
      headers,
      payload: { as: `organisation/${company}` },
    } as const
    assert.equal((await app.inject(chosen)).statusCode, 303)
    assert.equal((await now()).organisation, company)
    assert.match((await header())!, / for Weir Boats$/)
    const { headers: again } = await signInAs(person, headers)
    const { now: after } = (await app.inject({ url: '/account/acting', headers: again })).json()
    assert.equal(after.organisation, starts, `${person} signs in again`)
  }
})
