import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { chinese } from '../testing/texts.ts'
import { aText, multipart } from '../testing/uploads.ts'

const { app, sql, as } = await start()
const signer = await as('estimates:explain-difference')
const html = { accept: 'text/html' }
const head = '/estimates/2030-31/9'

type Checks = { identities: { id: string; outcome: string }[]; differences: Record<string, string> }
const checks = async () => (await app.inject({ url: `${head}/checks` })).json<Checks>()
const failing = (await checks()).identities.find(({ outcome }) => outcome === 'fails')!
const filled = {
  identity: failing.id,
  difference: '1.0',
  reason: 'restatement',
  explanation: 'The lamps of 2029-30 were counted <again> in spring.',
  source: 'Tally paper 12, page 3',
}
const sign = (form: Record<string, string>, headers: Record<string, string> = signer) =>
  app.inject({
    method: 'POST',
    url: `/eng${head}/explain`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(form).toString(),
  })
const exceptions = async () => [
  ...(await sql`select identity, difference, signed_by from estimates.explained_exception order by id`),
]
const acts = async () =>
  (await sql`select 1 from platform.audit_event where event = 'estimates.difference-explained'`).length

test('an officer is led from a failing identity to the form that explains it; nobody else is', async () => {
  const own = await app.inject({ url: `/eng${head}/checks`, headers: { ...html, ...signer } })
  assert.match(own.body, /\/explain\?identity=/)
  const other = await app.inject({ url: `/eng${head}/checks`, headers: html })
  assert.doesNotMatch(other.body, /\/explain\?identity=/)
  const form = await app.inject({
    url: `/eng${head}/explain?identity=${encodeURIComponent(failing.id)}`,
    headers: { ...html, ...signer },
  })
  assert.equal(form.statusCode, 200)
  for (const field of ['difference', 'reason', 'explanation', 'source'])
    assert.match(form.body, new RegExp(`name="${field}"`))
})

test('the form brings the difference as the page writes it, and takes it back so', async () => {
  const own = await start({ pack: 'hongkong' })
  const officer = await own.as('estimates:explain-difference', 'estimates:import-document')
  const upload = multipart([aText(chinese().replaceAll('175.9', '176.9'))])
  const sent = { ...upload, headers: { ...upload.headers, ...officer } }
  await own.app.inject({ method: 'POST', url: '/estimates/import', ...sent })
  const at = '/estimates/2025-26/71'
  const found = (await own.app.inject({ url: `${at}/checks` })).json<Checks>()
  const prose = found.identities.find(({ id, outcome }) => outcome === 'fails' && found.differences[id] === '100')
  assert.ok(prose, JSON.stringify(found.differences))
  for (const [language, written] of [
    ['en', '$1.0 million'],
    ['tc', '100 萬元'],
  ] as const) {
    const url = `/${language}${at}/explain?identity=${encodeURIComponent(prose.id)}`
    const { body } = await own.app.inject({ url, headers: { ...html, ...officer } })
    assert.ok(body.includes(`value="${written}"`), body)
    const payload = new URLSearchParams({ ...filled, identity: prose.id, difference: written, source: '' }).toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded', ...html, ...officer }
    const again = await own.app.inject({ method: 'POST', url: `/${language}${at}/explain`, headers, payload })
    assert.match(again.body, /<a href="#source"/)
    assert.doesNotMatch(again.body, /<a href="#difference"/)
  }
})

for (const [field, wrong] of [
  ['difference', '2.0'],
  ['reason', ''],
  ['explanation', '  '],
  ['explanation', '\u200b'],
  ['source', ''],
  ['source', '\u200b…'],
] as const)
  test(`a form with the ${field} ${JSON.stringify(wrong)} comes back with what was typed, and signs nothing`, async () => {
    const response = await sign({ ...filled, [field]: wrong }, { ...signer, ...html })
    assert.equal(response.statusCode, 422)
    assert.match(response.body, new RegExp(`<a href="#${field}"`))
    assert.match(response.body, /<title>Error: /)
    if (field !== 'explanation') assert.match(response.body, /counted &lt;again> in spring/)
    assert.deepEqual(await exceptions(), [])
    assert.equal(await acts(), 0)
  })

test('an identity that holds, one that does not exist, and a person without the permission are refused', async () => {
  const holds = (await checks()).identities.find(({ outcome }) => outcome === 'holds')!
  const cases = [
    [{ ...filled, identity: holds.id }, signer, 409, 'estimates.identity-holds'],
    [{ ...filled, identity: 'sum/nothing' }, signer, 404, 'estimates.identity-not-found'],
    [filled, await as('estimates:import-document'), 403, 'platform.not-allowed'],
    [filled, {}, 401, 'platform.not-signed-in'],
  ] as const
  for (const [form, headers, status, code] of cases) {
    const response = await sign(form, headers)
    assert.deepEqual([response.statusCode, response.json().type], [status, `/problems/${code}`])
  }
  assert.deepEqual(await exceptions(), [])
  assert.equal(await acts(), 0)
})

test('a signed explanation turns the identity from failing to explained, with its signer, source and trace', async () => {
  const response = await sign({ ...filled, signedBy: 'somebody else' })
  assert.equal(response.statusCode, 303)
  const after = await checks()
  assert.equal(after.identities.find(({ id }) => id === failing.id)?.outcome, 'explained')
  const [exception] = await exceptions()
  assert.match(String(exception?.signedBy), /^Test \(test-/)
  assert.equal(await acts(), 1)
  const page = await app.inject({ url: `/eng${head}/checks?outcome=explained`, headers: html })
  assert.match(page.body, /counted &lt;again> in spring/)
  assert.match(page.body, /Tally paper 12, page 3/)
  assert.equal((await sign(filled)).statusCode, 409)
})

test('one explanation more than lists show is refused, and nothing is signed', async () => {
  const full = await start()
  await full.sql`
    insert into estimates.explained_exception (year, head, identity, difference, reason, explanation, source, signed_by)
    select '1900-01', '1', 'sum/' || number, '1', 'other', 'x', 'x', 'x'
    from generate_series(1, 10000) as series (number)`
  const response = await full.app.inject({
    method: 'POST',
    url: `${head}/explain`,
    headers: await full.as('estimates:explain-difference'),
    payload: filled,
  })
  assert.deepEqual([response.statusCode, response.json().type], [409, '/problems/estimates.too-many-explanations'])
  assert.equal((await full.sql`select 1 from estimates.explained_exception`).length, 10_000)
  assert.deepEqual([...(await full.sql`select 1 from platform.audit_event where event like 'estimates.%'`)], [])
})

test('not even the application can rewrite a signed explanation', async () => {
  await assert.rejects(sql`update estimates.explained_exception set signed_by = 'nobody'`, { code: '42501' })
  await assert.rejects(sql`delete from estimates.explained_exception`, { code: '42501' })
})
