import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { actingIn, refusal } from '../../../../test/acting.ts'
import postgres from '../../../platform/driver.ts'
import { listAlerts } from '../testing/alerts.sql.ts'
import { grantCommand } from './command.ts'

const first = await start()
const second = await start({ beside: first })
const { sql, app } = first
const { somebody, session, post, get, codeOf, events } = actingIn(first)

const office = 'counting-house'
const people = (id: string = office) => `/office/organisations/${id}/people`
const administrator = (organisation: string = office) => somebody({ organisation, roles: ['identity-administrator'] })
const ann = await administrator()
const bob = await administrator()

type Grants = { grants: { id: number; person: { id: string }; role: string; state: string }[] }
const grantOf = async (person: string, role?: string, organisation = office, by = ann) =>
  (await get(by, people(organisation)))
    .json<Grants>()
    .grants.find((each) => each.person.id === person && (!role || each.role === role))

test('an administrator grants a role by the person’s code, which counts at once and is good once', async () => {
  const officer = await somebody()
  const code = await codeOf(officer)
  assert.match(code, /^[0-9A-Z]{4}-[0-9A-Z]{4}$/)
  const granted = await post(ann, people(), { code: code.toLowerCase().replace('-', ' '), role: 'budget-officer' })
  assert.equal(granted.statusCode, 303)
  const acting = { ...officer, headers: await session(officer.id, office) }
  assert.equal((await get(acting, '/estimates/import')).statusCode, 200)
  assert.equal(refusal(await post(ann, people(), { code, role: 'auditor' })), '422', 'the code is spent')
  const kept = await sql`select 1 from platform.audit_event where detail::text like ${`%${code.replace('-', '')}%`}`
  assert.equal(kept.length, 0)
  assert.deepEqual(await listAlerts(sql, officer.id), ['role-granted'])
})

test('a withdrawn role ends at the next request on every process, and the name of the organisation with it', async () => {
  const officer = await somebody({ organisation: office, roles: ['budget-officer'] })
  assert.equal((await get(officer, '/estimates/import', second.app)).statusCode, 200)
  const grant = await grantOf(officer.id)
  assert.equal((await post(ann, `${people()}/${grant!.id}/withdraw`)).statusCode, 303)
  for (const each of [app, second.app])
    assert.equal(refusal(await get(officer, '/estimates/import', each)), 'platform.not-allowed')
  assert.equal((await get(officer, '/account/acting')).json().now.organisation, null)
  assert.deepEqual(await listAlerts(sql, officer.id), ['role-withdrawn'])
})

test('a role ends with its last day', async () => {
  const officer = await somebody()
  await post(ann, people(), { code: await codeOf(officer), role: 'budget-officer', ends: '2999-12-31' })
  const acting = { ...officer, headers: await session(officer.id, office) }
  assert.equal((await get(acting, '/estimates/import')).statusCode, 200)
  await sql`update identity.role_grant set expires_at = now() where person_id = ${officer.id}`
  assert.equal((await get(acting, '/estimates/import')).statusCode, 403)
  assert.equal((await grantOf(officer.id))?.state, 'ended')
  // What has ended does not stand in the way of a new grant.
  assert.equal((await post(ann, people(), { code: await codeOf(officer), role: 'budget-officer' })).statusCode, 303)
})

test('a powerful role waits for another administrator: nobody approves their own grant, nor one to themselves', async () => {
  const officer = await somebody({ organisation: office, roles: ['auditor'] })
  assert.equal((await post(ann, people(), { code: await codeOf(officer), role: 'mandate-officer' })).statusCode, 303)
  assert.equal((await get(officer, '/office/mandates')).statusCode, 403)
  const { id } = (await grantOf(officer.id, 'mandate-officer'))!
  assert.deepEqual(await listAlerts(sql, officer.id), [], 'what nobody approved is told to nobody')
  const before = await events('identity.role-approved')
  assert.equal(refusal(await post(ann, `${people()}/${id}/approve`)), 'identity.needs-another')
  assert.equal(refusal(await post(officer, `${people()}/${id}/approve`)), 'platform.not-allowed')
  assert.equal((await get(officer, '/office/mandates')).statusCode, 403)
  const both = await Promise.all([app, second.app, app].map((each) => post(bob, `${people()}/${id}/approve`, {}, each)))
  assert.deepEqual(both.map(refusal).sort(), ['303', 'identity.grant-not-pending', 'identity.grant-not-pending'])
  assert.equal(await events('identity.role-approved'), before + 1)
  assert.equal((await get(officer, '/office/mandates')).statusCode, 200)
  assert.deepEqual(await listAlerts(sql, officer.id), ['role-granted'])

  await assert.rejects(
    sql`
      insert into identity.role_grant (person_id, organisation, role, granted_by, approved_by, approved_at)
      values (${officer.id}, ${office}, 'platform-officer', ${ann.id}, ${officer.id}, now())`,
    /role_grant_approved_by_no_grantee/,
  )
  await assert.rejects(
    sql`
      insert into identity.role_grant (person_id, organisation, role, granted_by, approved_by, approved_at)
      values (${officer.id}, ${office}, 'platform-officer', ${ann.id}, ${ann.id}, now())`,
    /role_grant_approved_by_another/,
  )
})

test('what nobody approved for two weeks is not approved any more', async () => {
  const officer = await somebody()
  await post(ann, people(), { code: await codeOf(officer), role: 'platform-officer' })
  const { id } = (await grantOf(officer.id))!
  const as = postgres(first.urls.owner, { max: 1, onnotice: () => {} })
  await as`update identity.role_grant set granted_at = now() - interval '15 days' where id = ${id}`
  await as.end()
  assert.equal(refusal(await post(bob, `${people()}/${id}/approve`)), 'identity.grant-not-pending')
})

test('the last administrator stays until there is another, and one of two does not put out the other', async () => {
  const one = await administrator('tide-station')
  const own = (await grantOf(one.id, 'identity-administrator', 'tide-station', one))!
  const path = people('tide-station')
  assert.equal(refusal(await post(one, `${path}/${own.id}/withdraw`)), 'identity.last-administrator')
  const two = await administrator('tide-station')
  const other = (await grantOf(two.id, 'identity-administrator', 'tide-station', one))!
  const answers = await Promise.all([
    post(one, `${path}/${other.id}/withdraw`),
    post(two, `${path}/${own.id}/withdraw`, {}, second.app),
  ])
  const few = 'identity.administrators-too-few'
  assert.deepEqual(answers.map(refusal), [few, few])
  const left = async () =>
    (
      await sql`
      select person_id from identity.role_grant
      where organisation = 'tide-station' and role = 'identity-administrator' and withdrawn_at is null`
    ).map(({ personId }) => personId)
  assert.deepEqual((await left()).length, 2)

  // Of three, two can remain; and of two who then remove each other, neither does.
  const three = await administrator('tide-station')
  const third = (await grantOf(three.id, 'identity-administrator', 'tide-station', one))!
  const race = await Promise.all([
    post(one, `${path}/${third.id}/withdraw`),
    post(three, `${path}/${own.id}/withdraw`, {}, second.app),
  ])
  assert.deepEqual(race.map(({ statusCode }) => statusCode).sort(), [303, 403])
  assert.equal((await left()).length, 2)
  assert.equal(refusal(await post(two, `${path}/${other.id}/withdraw`)), '303', 'one’s own is given up')
  assert.equal((await left()).length, 1)
})

test('whoever withdraws a role is asked first, and is told what to do where it would leave too few', async () => {
  const place = 'tide-station'
  await sql`
    update identity.role_grant
    set withdrawn_by = 'system', withdrawn_at = now()
    where organisation = ${place} and withdrawn_at is null`
  const [one, officer] = [await administrator(place), await somebody({ organisation: place, roles: ['auditor'] })]
  const path = people(place)
  const html = async (url: string) =>
    app.inject({ url: `/eng${url}`, headers: { ...one.headers, accept: 'text/html' } })
  const { id } = (await grantOf(officer.id, 'auditor', place, one))!
  const page = await html(`${path}/${id}/withdraw`)
  const name = officer.id.replace('somebody-', 'Somebody ')
  assert.match(page.body, new RegExp(`${name} is no longer Auditor of .+: is that right?`))
  assert.match(page.body, /name="sure" value="yes"/)
  for (const [sure, to] of [
    [undefined, `${path}/${id}/withdraw`],
    ['no', path],
  ] as const)
    assert.ok((await post(one, `${path}/${id}/withdraw`, { sure })).headers.location!.endsWith(to), sure)
  assert.equal((await grantOf(officer.id, 'auditor', place, one))?.state, 'counts')
  assert.equal((await post(one, `${path}/${id}/withdraw`)).statusCode, 303)
  assert.equal(await grantOf(officer.id, 'auditor', place, one), undefined)

  const command = `./praya identity grant ${place} CODE identity-administrator`
  assert.ok((await html(path)).body.includes(command), 'the only one reads what to do')
  const own = (await grantOf(one.id, 'identity-administrator', place, one))!
  const refused = await html(`${path}/${own.id}/withdraw`)
  assert.equal(refused.statusCode, 409)
  assert.ok(refused.body.includes(command))
  assert.doesNotMatch(refused.body, /value="yes"/)
  await administrator(place)
  assert.ok(!(await html(path)).body.includes(command))
})

test('one owner of two does not put out the other, and the last stays', async () => {
  const company = 'company-00000000000000aa'
  await sql`
    insert into identity.organisation (id, kind, name, number, declared_by)
    values (${company}, 'company', '{"en": "C", "zh-Hant": "C"}', 'T77777', ${ann.id})`
  const [one, two] = [
    await somebody({ organisation: company, roles: ['owner'] }),
    await somebody({ organisation: company, roles: ['owner'] }),
  ]
  const [own, other] = [await grantOf(one.id, 'owner', company, one), await grantOf(two.id, 'owner', company, one)]
  const withdraw = (grant: number, by = one) => post(by, `${people(company)}/${grant}/withdraw`)
  assert.equal(refusal(await withdraw(other!.id)), 'identity.owners-too-few')
  assert.equal(refusal(await withdraw(other!.id, two)), '303')
  assert.equal(refusal(await withdraw(own!.id)), 'identity.last-owner')
})

test('nobody but an administrator of this very organisation sees or changes its people', async () => {
  const target = await somebody({ organisation: office, roles: ['auditor'] })
  const { id } = (await grantOf(target.id))!
  const elsewhere = await administrator('tally-office')
  const officer = await somebody({ organisation: office, roles: ['budget-officer'] })
  const nobody = await somebody()
  const asOneself = { ...ann, headers: await session(ann.id) }
  const weak = await somebody({ level: 1, organisation: office, roles: ['identity-administrator'] })
  const code = await codeOf(nobody)
  const before = (await sql`select id, role, withdrawn_at from identity.role_grant order by id`).map((each) => ({
    ...each,
  }))
  // biome-ignore format: matrix
  const cases = [
    // who                              sees                              grants                             approves, withdraws
    ['of another organisation', elsewhere, 'identity.not-your-organisation', 'identity.not-your-organisation'],
    ['an officer',              officer,   'platform.not-allowed',           'platform.not-allowed'],
    ['a resident',              nobody,    'platform.not-allowed',           'platform.not-allowed'],
    ['the same, for herself',   asOneself, 'platform.not-allowed',           'platform.not-allowed'],
    ['at level 1',              weak,      '200',                            'platform.level-too-low'],
  ] as const
  for (const [what, who, sees, changes] of cases) {
    assert.equal(refusal(await get(who, people())), sees, what)
    assert.equal(refusal(await post(who, people(), { code, role: 'auditor' })), changes, what)
    assert.equal(refusal(await post(who, `${people()}/${id}/withdraw`)), changes, what)
    assert.equal(refusal(await post(who, `${people()}/${id}/approve`)), changes, what)
  }
  // Through one’s own organisation nothing of another is reached.
  const own = people('tally-office')
  for (const act of ['withdraw', 'approve'])
    assert.equal(refusal(await post(elsewhere, `${own}/${id}/${act}`)), 'identity.grant-not-found')
  const after = (await sql`select id, role, withdrawn_at from identity.role_grant order by id`).map((each) => ({
    ...each,
  }))
  assert.deepEqual(after, before)
  assert.equal(refusal(await post(ann, people(), { code, role: 'auditor' })), '303', 'the code was not spent by them')
})

test('where no service is in use, a form says so in the place of a choice', async () => {
  const who = await somebody()
  const headers = { ...who.headers, accept: 'text/html' }
  const { body } = await app.inject({ url: '/eng/account/mandates', headers })
  assert.match(body, /<div id="services"[^>]*><p>There are no services to choose from yet/)
  assert.doesNotMatch(body, /name="services"|field__error/)
  const form = { code: await codeOf(await somebody()), kind: 'helper', services: 'stopped', ends: '2027-01-31' }
  const refused = await app.inject({
    method: 'POST',
    url: '/eng/account/mandates',
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(form).toString(),
  })
  assert.match(
    refused.body,
    /<div id="services"[^>]*><p class="field__error" id="services-error">.*?A service that you chose is no/,
  )
})

test('a form that is wrong comes back with what was typed, and changes nothing', async () => {
  const officer = await somebody()
  const code = await codeOf(officer)
  // biome-ignore format: matrix
  const cases = [
    [{ code: 'ZZZZ-ZZZZ', role: 'auditor' },               'code'],
    [{ code: '', role: 'auditor' },                        'code'],
    [{ code, role: '' },                                   'role'],
    [{ code, role: 'resident' },                           'role'],
    [{ code, role: 'owner' },                              'role'],
    [{ code, role: '__proto__' },                          'role'],
    [{ code, role: 'auditor', ends: '2020-01-01' },        'ends'],
    [{ code, role: 'auditor', ends: '2999-02-30' },        'ends'],
    [{ code, role: 'auditor', services: 'renew-licence' }, 'services'],
    [{ code, role: 'auditor', money: '10' },               'money'],
    [{ code, role: 'auditor', money: '-1' },               'money'],
  ] as const
  const before = await events('identity.role-granted')
  for (const [form, field] of cases) {
    const answer = await post(ann, people(), form)
    assert.deepEqual([answer.statusCode, answer.json().mistakes], [422, [field]], JSON.stringify(form))
    assert.equal(answer.json().values.role, form.role)
  }
  assert.equal(await events('identity.role-granted'), before)
  for (const [code, said] of [
    ['', 'Write the code that they gave you.'],
    ['ZZZZ-ZZZZ', 'This code is wrong, used or too old.'],
  ] as const) {
    const reader = { ...ann, headers: { ...ann.headers, accept: 'text/html' } }
    const answer = await post(reader, `/eng${people()}`, { code, role: 'auditor' })
    assert.ok(answer.body.includes(`<a href="#code">${said}`), answer.body)
  }
  assert.equal(
    refusal(await post(ann, people(), { code: await codeOf(ann), role: 'auditor' })),
    'identity.not-to-yourself',
  )
  await sql`update identity.acting_code set expires_at = now() where person_id = ${officer.id}`
  assert.equal((await post(ann, people(), { code, role: 'auditor' })).statusCode, 422, 'an old code')
})

test('the operator gives an organisation its first administrator, in the name of the system', async () => {
  const nobody = await somebody()
  const run = async (...args: string[]) => {
    const lines: string[] = []
    const code = await grantCommand.run({
      arguments: args,
      options: {},
      language: 'en',
      say: (text) => text.en,
      print: (line) => lines.push(line),
      warn: (line) => lines.push(line),
      progress: () => {},
      openPack: async () => first.installation.pack,
      withInstallation: (work) => work(first.installation),
    })
    return [code, lines.length]
  }
  const before = await events('identity.role-granted')
  assert.deepEqual(await run('no-such', nobody.id, 'auditor'), [1, 1])
  assert.deepEqual(await run(office, 'no-such', 'auditor'), [1, 1])
  assert.deepEqual(await run(office, nobody.id, 'owner'), [1, 1])
  assert.equal(await events('identity.role-granted'), before)
  // By the code that they tell, as nobody knows their own identifier; it is good once.
  const code = await codeOf(nobody)
  assert.deepEqual(await run(office, code.toLowerCase(), 'identity-administrator'), [0, 1])
  assert.deepEqual(await run(office, code, 'auditor'), [1, 1])
  assert.deepEqual(await run(office, nobody.id, 'identity-administrator'), [0, 1])
  const acts =
    await sql`select actor from platform.audit_event where event = 'identity.role-granted' order by id desc limit 1`
  assert.equal(acts[0]!.actor, 'system')
  assert.deepEqual(await listAlerts(sql, nobody.id), ['role-granted'])
  assert.equal(await events('identity.role-granted'), before + 1)
  assert.equal((await get({ ...nobody, headers: await session(nobody.id, office) }, people())).statusCode, 200)
})

test('every permission is reached by exactly the roles of the printed matrix', async () => {
  const matrix = (await app.inject({ url: '/office/roles' })).json<{
    permissions: { id: string }[]
    roles: { id: string; place: string; permissions: string[] }[]
  }>()
  const company = 'company-0123456789abcdef'
  await sql`
    insert into identity.organisation (id, kind, name, number, declared_by, verified_by, verified_at)
    values (${company}, 'company', '{"en": "C", "zh-Hant": "C"}', 'T99999', ${ann.id}, ${bob.id}, now())`
  const routes = { ...(app.swagger() as { paths: Record<string, Record<string, unknown>> }).paths }
  assert.ok(Object.keys(routes).length > 20)
  // A page that asks for each permission; the whole list of routes is tidy’s to compare.
  const pages: Record<string, string> = {
    'identity:grant-role': '/office/organisations/{org}/people',
    'identity:verify-organisation': '/office/organisations',
    'identity:confirm-mandate': '/office/mandates',
    'identity:manage-channel': '/office/channels',
    'identity:approve-client': '/office/clients',
    'identity:prove-at-counter': '/office/identity/counter',
    'identity:withdraw-proof': '/office/identity/proofs',
    'identity:request-signature': '/sign/requests',
    'identity:send-message': '/office/messages',
    'identity:read-outbox': '/office/outbox',
    'ledger:issue-key': '/office/ledger/keys',
    'ledger:run': '/office/ledger/logs',
    'ledger:see-office': '/office/ledger',
    'ledger:notarise': '/office/ledger/notarise',
    'ledger:keep-register': '/office/ledger/registers',
    'ledger:prove-act': '/office/ledger/acts',
    'estimates:import-document': '/estimates/import',
    'estimates:explain-difference': '/estimates/2030-31/9/explain?identity=none',
  }
  // Granted before their pages stand: cases and the designer bring them.
  const later = ['services:work-case', 'services:decide-case', 'services:edit-service', 'services:see-statistics']
  assert.deepEqual(
    matrix.permissions.map(({ id }) => id).filter((id) => !pages[id] && !later.includes(id)),
    [],
    'a page for every permission',
  )
  for (const { id, place, permissions } of matrix.roles) {
    const organisation = place === 'company' ? company : 'tally-office'
    const holder = await somebody({ organisation, roles: place === 'nobody' ? [] : [id] })
    for (const [permission, page] of Object.entries(pages)) {
      const answer = await get(holder, page.replace('{org}', organisation))
      assert.equal(refusal(answer) !== 'platform.not-allowed', permissions.includes(permission), `${id} ${permission}`)
    }
  }
})
