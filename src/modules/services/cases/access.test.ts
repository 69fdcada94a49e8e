// Who may do what with a case: every address of cases, asked by officers of two departments, people and nobody.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import { actingIn } from '../../../../test/acting.ts'
import { sendApplication } from '../testing/cases.ts'

const started = await start()
const { app, sql, asPerson } = started
const both = ['services:work-case', 'services:decide-case']
const level = 3 as const
const who = {
  ours: asPerson({ id: 'officer-ours', organisation: 'tide-station', permissions: both, level }),
  theirs: asPerson({ id: 'officer-theirs', organisation: 'counting-house', permissions: both, level }),
  // Holds the permissions, and acts for nobody.
  alone: asPerson({ id: 'officer-alone', permissions: both, level }),
  clerk: asPerson({ id: 'officer-clerk', organisation: 'tide-station', permissions: [], level }),
  person: asPerson({ id: 'ada-quay' }),
  stranger: asPerson({ id: 'mr-other' }),
  // Cares for the person, which gives no right to read their cases here.
  carer: asPerson({ id: 'mr-other', onBehalfOf: { id: 'ada-quay', name: { en: 'Ada', 'zh-Hant': '阿達' } } }),
  nobody: { cookie: '' },
}

const number = await begin()
async function begin() {
  const reference = await sendApplication(started)
  return { reference, seen: 2 }
}
const { reference } = number
const body = {
  token: undefined as string | undefined,
  seen: number.seen,
  text: 'Hello',
  to: 'x',
  into: 'TG-22222-22222',
  answer: 'approved',
}

// biome-ignore format: matrix
const office: [method: 'GET' | 'POST', path: string][] = [
  ['GET',  '/office/services/cases/{reference}'],
  ['GET',  '/office/services/cases/{reference}/steps/{step}'],
  ['GET',  '/office/services/cases/{reference}/corrections/{question}'],
  ['POST', '/office/services/cases/{reference}/corrections/{question}'],
  ['GET',  '/office/services/cases/{reference}/decisions/{number}'],
  ['POST', '/office/services/cases/{reference}/claim'],
  ['POST', '/office/services/cases/{reference}/release'],
  ['POST', '/office/services/cases/{reference}/assign'],
  ['POST', '/office/services/cases/{reference}/notes'],
  ['POST', '/office/services/cases/{reference}/questions'],
  ['POST', '/office/services/cases/{reference}/merge'],
  ['POST', '/office/services/cases/{reference}/parting'],
  ['POST', '/office/services/cases/{reference}/proposals/{number}'],
  ['POST', '/office/services/cases/{reference}/complaint'],
  ['POST', '/office/services/cases/{reference}/steps/{step}'],
  ['POST', '/office/services/cases/{reference}/entries/{number}/erase'],
]
// biome-ignore format: matrix
const own: typeof office = [
  ['GET',  '/services/cases/{reference}'],
  ['POST', '/services/cases/{reference}/reply'],
  ['POST', '/services/cases/{reference}/reply/files'],
  ['GET',  '/services/cases/{reference}/files/{file}'],
  ['POST', '/services/cases/{reference}/withdrawal'],
  ['POST', '/services/cases/{reference}/appeal'],
  ['POST', '/services/cases/{reference}/complaint'],
  ['POST', '/services/cases/{reference}/place/accept'],
  ['POST', '/services/cases/{reference}/place/give-up'],
]
// biome-ignore format: matrix
const lists: typeof office = [
  ['GET',  '/office/services'],
  ['GET',  '/office/services/cases'],
  ['GET',  '/office/services/figures'],
  ['GET',  '/account/cases'],
  ['POST', '/office/services/next'],
  ['POST', '/office/services/filters'],
  ['POST', '/office/services/filters/remove'],
]
// biome-ignore format: matrix
const letter: typeof office = [
  ['GET', '/services/cases/{reference}/letters/{number}.{format}'],
  ['GET', '/services/cases/{reference}/entries/{number}'],
  ['GET', '/services/cases/{reference}/entries/{number}/document'],
  ['GET', '/services/cases/{reference}/entries/{number}/proof'],
]

async function ask([method, path]: (typeof office)[number], as: keyof typeof who) {
  const url = path
    .replace('{reference}', reference)
    .replace('{step}', 'assess')
    .replace('{question}', 'members')
    .replace('{number}', '1')
    .replace('{format}', 'pdf')
    .replace('{file}', randomUUID())
  const headers = { ...who[as], accept: 'application/json' }
  if (method === 'GET') return app.inject({ url, headers })
  const payload = path.endsWith('/filters')
    ? { name: 'x', query: '' }
    : path.endsWith('/remove')
      ? { name: 'x' }
      : path.endsWith('/next')
        ? {}
        : { ...body, token: randomUUID() }
  return app.inject({ method, url, headers, payload })
}

const countEvents = async () => {
  const [row] = await sql<[{ count: number }]>`select count(*)::int from services.case_event`
  return row.count
}

test('every address of cases stands in this matrix', () => {
  const document = app.swagger() as { paths: Record<string, Record<string, unknown>> }
  const known = Object.entries(document.paths)
    .filter(([path]) => /^\/(office\/services|services\/cases|account\/cases)/.test(path))
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
    .filter((each) => !each.startsWith('HEAD'))
    // What is granted has its own, too, and what fits: grants/grant.test.ts, matches/matches.test.ts.
    .filter((each) => !/\{reference\}\/(grant|matches)(\/|$)/.test(each))
    // Files and what people say have tests of their own, beside them.
    .filter(
      (each) =>
        !/\/office\/services\/(files|feedback|searches|webhooks|sessions|messages|design|cohorts|rounds|grants|comments)/.test(
          each,
        ),
    )
  const listed = [...office, ...own, ...lists, ...letter].map(([method, path]) => `${method} ${path}`)
  assert.deepEqual(known.sort(), listed.sort())
})

// biome-ignore format: matrix
const expected: [as: keyof typeof who, office: number, own: number][] = [
  ['theirs',   404, 404],
  ['alone',    404, 404],
  ['clerk',    403, 404],
  ['stranger', 403, 404],
  ['carer',    403, 404],
  ['nobody',   401, 401],
]

for (const [as, atOffice, atOwn] of expected)
  test(`${as}: neither reads nor changes a case that is none of theirs`, async () => {
    const before = await countEvents()
    for (const route of office) {
      const answered = await ask(route, as)
      assert.equal(answered.statusCode, atOffice, `${route.join(' ')}: ${answered.body}`)
      if (atOffice === 404) assert.equal(answered.json().type, '/problems/services.case-not-found', route.join(' '))
    }
    for (const route of [...own, ...letter]) {
      const answered = await ask(route, as)
      assert.equal(answered.statusCode, atOwn, `${route.join(' ')}: ${answered.body}`)
    }
    for (const route of lists) {
      const answered = await ask(route, as)
      assert.ok(!answered.body.includes(reference), `${route.join(' ')} tells ${reference}`)
    }
    assert.equal(await countEvents(), before)
  })

test('an officer of the department is no person of the case, and the person no officer', async () => {
  for (const route of own) assert.equal((await ask(route, 'ours')).statusCode, 404, route.join(' '))
  for (const route of office) assert.equal((await ask(route, 'person')).statusCode, 403, route.join(' '))
  assert.equal((await ask(office[0]!, 'ours')).statusCode, 200)
  assert.equal((await ask(own[0]!, 'person')).statusCode, 200)
  assert.equal((await ask(letter[0]!, 'ours')).json().type, '/problems/services.letter-not-found')
})

test('officers do not work on what they applied for themselves, nor on what a colleague sent for their company', async () => {
  const { company, somebody } = actingIn(started)
  const ours = await company()
  const member = await somebody({ organisation: ours, roles: ['member'] })
  const colleague = await somebody({ organisation: ours, roles: ['owner'] })
  const sent = await sendApplication(started, { person: colleague.id, organisation: ours })
  // Whoever answered a part of it, as a partner of the applicant.
  await sql`
    insert into services.part (application, party, person_id, sealed_typed, invited_at)
    select application, 'partner', 'officer-pia', '', now() from services.case where reference = ${reference}`
  // Whoever acts for the applicant.
  const principal = await somebody()
  const agent = await somebody()
  await sql`
    insert into identity.mandate (kind, principal_id, agent_id, granted_by, accepted_at, expires_at)
    values ('helper', ${principal.id}, ${agent.id}, ${principal.id}, now(), now() + interval '1 day')`
  const helped = await sendApplication(started, { person: principal.id })
  for (const [id, of] of [
    ['ada-quay', reference],
    ['officer-pia', reference],
    [agent.id, helped],
    [member.id, sent],
  ] as const) {
    const self = asPerson({ id, organisation: 'tide-station', permissions: both, level })
    for (const [method, path] of office) {
      const url = path
        .replace('{reference}', of)
        .replace('{step}', 'assess')
        .replace('{question}', 'members')
        .replace('{number}', '1')
      const payload = { ...body, token: randomUUID() }
      const answered = await app.inject({ method, url, headers: self, ...(method === 'POST' && { payload }) })
      assert.equal(answered.json().type, '/problems/services.case-is-own', `${method} ${path}`)
    }
  }
  const given = async (id: string) => {
    const headers = asPerson({ id, organisation: 'tide-station', permissions: both, level })
    const next = await app.inject({ method: 'POST', url: '/office/services/next', headers, payload: {} })
    return next.json().reference ?? next.json().type
  }
  // To each what is not theirs, the earlier first; and nothing that is left.
  await sql`update services.case set excluded = array['officer-pia', ${agent.id}] where reference <> ${helped}`
  assert.equal(await given(agent.id), '/problems/services.case-none-free')
  assert.equal(await given('officer-pia'), helped)
  await sql`update services.case set excluded = '{}'`
  assert.equal(await given(member.id), reference)
  assert.equal(await given(member.id), '/problems/services.case-none-free')
  assert.equal(await given('ada-quay'), sent)
})

test('an officer of the department is led from the address of the person to that of the office, and nobody else', async () => {
  for (const as of Object.keys(who) as (keyof typeof who)[]) {
    const headers = { ...who[as], accept: 'text/html' }
    const { location } = (await app.inject({ url: `/eng/services/cases/${reference}`, headers })).headers
    assert.equal(location === `/eng/office/services/cases/${reference}`, as === 'ours', as)
  }
})
