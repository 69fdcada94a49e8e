import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exportJWK, generateKeyPair } from 'jose'
import { actingIn, refusal, type Somebody } from '../../../../test/acting.ts'
import { aListeningSite } from '../../../../test/relying-party.ts'
import { clientsMax } from './registered.sql.ts'

const started = await aListeningSite()
const { sql, app } = started
const { somebody, post, get, events } = actingIn(started)
const ann = await somebody({ level: 1 })
const bob = await somebody({ level: 1 })

const plain = { nameEn: 'Tide tables', nameHant: '潮汐表', kind: 'secret', addresses: 'https://tides.example/callback' }
const register = async (who: Somebody, more: object = {}) => {
  const answer = await post(who, '/developers/clients', { ...plain, ...more })
  assert.equal(answer.statusCode, 303, answer.body)
  return String(answer.headers.location).replace(/^\/\w+|\?.*$/g, '')
}
const clientsOf = async (who: Somebody) =>
  (await sql`select id from identity.client where owner_id = ${who.id} and deleted_at is null`).length
const publicKey = async (alg: string, options = {}) => {
  const { publicKey } = await generateKeyPair(alg, { extractable: true, ...options })
  return exportJWK(publicKey)
}

test('nobody registers without signing in, and a list without clients says what to do', async () => {
  assert.equal((await app.inject({ method: 'POST', url: '/developers/clients', payload: plain })).statusCode, 401)
  assert.equal((await app.inject('/developers/clients')).statusCode, 401)
  assert.deepEqual((await get(ann, '/developers/clients')).json(), { clients: [], full: false })
  const page = await app.inject({ url: '/eng/developers/clients', headers: { ...ann.headers, accept: 'text/html' } })
  assert.match(page.body, /You have no client yet[\s\S]*href="\/eng\/developers\/clients\/new"/)
})

test('an address is taken only where people surely come back to the service itself', async () => {
  const long = `https://tides.example/${'a'.repeat(300)}`
  // biome-ignore format: matrix
  const cases = [
    // addresses                                                            outcome
    ['https://tides.example/callback',                                      'taken'],
    ['https://tides.example:8443/callback?from=praya',                      'taken'],
    ['http://localhost:3000/callback\r\n\r\nhttp://localhost:3000/other\n', 'taken'],
    ['http://127.0.0.1/callback',                                           'taken'],
    ['http://[::1]:9000/callback',                                          'taken'],
    ['https://xn--fiqs8s.example/callback',                                 'taken'],
    ['',                                                                    'at least one'],
    [' \n ',                                                                'at least one'],
    ['tides.example/callback',                                              'no full address'],
    ['/callback',                                                           'no full address'],
    ['https://tides.example/call back',                                     'no full address'],
    ['https://tides.example/回',                                            'no full address'],
    ['http://tides.example/callback',                                       'not safe'],
    ['http://localhost.evil.example/callback',                              'not safe'],
    ['http://127.0.0.2/callback',                                           'not safe'],
    ['ftp://tides.example/callback',                                        'not safe'],
    ['javascript:alert(1)',                                                 'not safe'],
    ['data:text/html,hello',                                                'not safe'],
    ['com.example.tides:/callback',                                         'not safe'],
    ['https://tides.example/callback#',                                     'has a #'],
    ['https://tides.example/callback#there',                                'has a #'],
    ['https://*.tides.example/callback',                                    'has a *'],
    ['https://tides.example/*',                                             'has a *'],
    ['https://ann@tides.example/callback',                                  'user name or @'],
    ['https://@tides.example/callback',                                     'user name or @'],
    ['https://tides.example:x@evil.example/',                               'user name or @'],
    ['http://localhost:3000@evil.example/',                                 'not safe'],
    ['https://192.0.2.7/callback',                                          'by its number'],
    ['https://10.0.0.1/callback',                                           'by its number'],
    ['https://[2001:db8::7]/callback',                                      'by its number'],
    ['http://2130706433/callback',                                          'Write it as http://127.0.0.1/callback'],
    ['http://0x7f.1/callback',                                              'Write it as http://127.0.0.1/callback'],
    ['https://tides.example',                                               'Write it as https://tides.example/'],
    ['https://tides.example:443/callback',                                  'Write it as https://tides.example/callback'],
    ['https://TIDES.example/callback',                                      'Write it as https://tides.example/callback'],
    ['https://tides.example/a/../callback',                                 'Write it as https://tides.example/callback'],
    ['https://tides.example/%2e%2e/callback',                               'Write it as https://tides.example/callback'],
    ['https:\\\\tides.example\\callback',                                   'Write it as https://tides.example/callback'],
    ['https:tides.example/callback',                                        'Write it as https://tides.example/callback'],
    ['https://intranet/callback',                                           'no full host name'],
    ['https://tides.example./callback',                                     'no full host name'],
    ['https://tides.example/a\nhttps://tides.example/a',                    'there twice'],
    ['https://tides.example/a\nhttps://other.example/a',                    'two hosts'],
    [long,                                                                  'too long'],
    [Array.from({ length: 11 }, (_, at) => `https://tides.example/${at}`).join('\n'), 'at most 10'],
  ] as const
  for (const [addresses, outcome] of cases) {
    const who = await somebody({ level: 1 })
    const answer = await post(who, '/developers/clients', { ...plain, addresses })
    if (outcome === 'taken') {
      assert.equal(answer.statusCode, 303, `${addresses}: ${answer.body}`)
      continue
    }
    assert.equal(answer.statusCode, 422, addresses)
    const { mistakes, values } = answer.json()
    assert.deepEqual(
      mistakes.map(({ field }: { field: string }) => field),
      ['addresses'],
      addresses,
    )
    const page = await app.inject({
      method: 'POST',
      url: '/eng/developers/clients',
      headers: { ...who.headers, accept: 'text/html' },
      payload: { ...plain, addresses },
    })
    assert.ok(page.body.includes(outcome), `${addresses} says “${outcome}”`)
    assert.deepEqual([values.nameEn, values.addresses], [plain.nameEn, addresses], 'everything typed is kept')
    assert.equal(await clientsOf(who), 0)
  }
})

test('a name is one that people see, and not that of the government', async () => {
  // biome-ignore format: matrix
  const cases = [
    // English                       Chinese       mistake in
    ['Tides',                        '',           null],
    ['',                             '潮汐',       null],
    ['O’Brien & Sons <tides>',       '',           null],
    ['',                             '',           'nameEn'],
    ['   ',                          ' ',          'nameEn'],
    ['x'.repeat(61),                 '',           'nameEn'],
    ['Tides\u202etxt.exe',           '',           'nameEn'],
    ['Ti\u200bdes',                  '',           'nameEn'],
    ['Tides\u0007',                  '',           'nameEn'],
    ['counting HOUSE',               '',           'nameEn'],
    ['Government of Testland',       '',           'nameEn'],
    ['Tides',                        '計算院',     'nameHant'],
    ['Ｃｏｕｎｔｉｎｇ　Ｈｏｕｓｅ', '',           'nameEn'],
  ] as const
  for (const [nameEn, nameHant, field] of cases) {
    const who = await somebody({ level: 1 })
    const answer = await post(who, '/developers/clients', { ...plain, nameEn, nameHant })
    if (field === null) assert.equal(answer.statusCode, 303, nameEn)
    else
      assert.deepEqual(
        answer.json().mistakes.map((each: { field: string }) => each.field),
        [field],
        nameEn,
      )
  }
})

test('a key is public, whole, strong, and for signing', async () => {
  const ec = await publicKey('ES256')
  const rsa = await publicKey('PS256')
  const ed = await publicKey('Ed25519')
  const pair = await generateKeyPair('ES256', { extractable: true })
  const privateKey = await exportJWK(pair.privateKey)
  // biome-ignore format: matrix
  const cases = [
    // keys                                              outcome
    [ec,                                                 'taken'],
    [{ keys: [ec] },                                     'taken'],
    [{ keys: [{ ...ec, kid: 'a' }, { ...rsa, kid: 'b', use: 'sig', alg: 'PS256' }, ed] }, 'taken'],
    ['',                                                 'Paste the public key'],
    ['-----BEGIN PUBLIC KEY-----',                       'no JSON Web Key'],
    ['[]',                                               'no JSON Web Key'],
    [{ keys: [] },                                       'no JSON Web Key'],
    [{ keys: [null] },                                   'no JSON Web Key'],
    [privateKey,                                         'private key'],
    [{ kty: 'oct', k: 'c2VjcmV0' },                      'private key'],
    [{ keys: [ec, privateKey] },                         'private key'],
    [await publicKey('ES384'),                           'of a kind'],
    [{ ...rsa, n: rsa.n!.slice(0, 150) },                'of a kind'],
    [{ kty: 'XYZ' },                                     'of a kind'],
    [{ ...ec, x: undefined },                            'not whole'],
    [{ ...ec, x: ec.y },                                 'not whole'],
    [{ ...ec, kid: 'a b' },                              'not whole'],
    [{ ...ec, use: 'enc' },                              'other than signing'],
    [{ ...ec, alg: 'RS256' },                            'other than signing'],
    [{ keys: [ec, ec] },                                 'same identifier'],
    [{ keys: [{ ...ec, kid: 'a' }, { ...ec, kid: 'b' }] }, 'same identifier'],
    [{ keys: [1, 2, 3, 4, 5].map((kid) => ({ ...ec, kid: String(kid) })) }, 'at most 4'],
  ] as const
  for (const [given, outcome] of cases) {
    const who = await somebody({ level: 1 })
    const keys = typeof given === 'string' ? given : JSON.stringify(given)
    const answer = await app.inject({
      method: 'POST',
      url: '/eng/developers/clients',
      headers: { ...who.headers, accept: 'text/html' },
      payload: { ...plain, kind: 'key', keys },
    })
    assert.equal(answer.statusCode, outcome === 'taken' ? 303 : 422, `${keys}: ${answer.body.slice(0, 200)}`)
    if (outcome !== 'taken') assert.ok(answer.body.includes(outcome), `${keys} says “${outcome}”`)
    assert.ok(!answer.body.includes(privateKey.d!), 'a private key is not sent back')
  }
})

test('a client belongs to its developer: for everybody else there is none', async () => {
  const path = await register(ann)
  assert.equal((await get(ann, path)).statusCode, 200)
  const before = await sql`select metadata, secret, state from identity.client where id = ${path.split('/').at(-1)!}`
  for (const page of ['', '/change', '/secret', '/errors', '/delete', '/approval'])
    assert.equal(refusal(await get(bob, path + page)), 'identity.client-not-found', page)
  const sends = ['/change', '/secret', '/secret/kept', '/secret/end-former', '/keys', '/suspend', '/resume', '/delete']
  for (const send of sends)
    assert.equal(refusal(await post(bob, path + send, plain)), 'identity.client-not-found', send)
  const after = await sql`select metadata, secret, state from identity.client where id = ${path.split('/').at(-1)!}`
  assert.deepEqual([...after], [...before])
  assert.equal((await get(bob, '/developers/clients')).json().clients.length, 0)
})

test('a session that was left open changes nothing for good, and may still stop a client', async () => {
  const who = await somebody({ level: 1 })
  const path = await register(who)
  const row = () => sql`select metadata, secret, name, deleted_at from identity.client where owner_id = ${who.id}`
  const before = await row()
  const age = (minutes: number) => sql`
    update identity.session
    set authenticated_at = now() - ${minutes} * interval '1 minute'
    where person_id = ${who.id}`
  await age(11)
  for (const page of ['/secret', '/keys', '/change', '/delete'])
    assert.equal(refusal(await get(who, path + page)), 'platform.sign-in-too-old', page)
  await age(21)
  for (const send of ['/secret', '/keys', '/change', '/delete'])
    assert.equal(refusal(await post(who, path + send, plain)), 'platform.sign-in-too-old', send)
  assert.deepEqual([...(await row())], [...before])
  const { headers } = await app.inject({ url: `/eng${path}/secret`, headers: { ...who.headers, accept: 'text/html' } })
  assert.match(String(headers.location), /\/sign-in\/again\?level=1&next=/)
  assert.equal((await get(who, path)).statusCode, 200)
  assert.equal((await post(who, `${path}/suspend`)).statusCode, 303)
})

test('no other site registers, changes or deletes in a developer’s browser', async () => {
  const path = await register(ann)
  const [clients, acts] = [await clientsOf(ann), await events('identity.client-registered')]
  for (const url of ['/developers/clients', `${path}/change`, `${path}/secret`, `${path}/suspend`, `${path}/delete`])
    for (const from of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }]) {
      const answer = await app.inject({ method: 'POST', url, headers: { ...ann.headers, ...from }, payload: plain })
      assert.equal(refusal(answer), 'platform.cross-site', url)
    }
  assert.equal(await clientsOf(ann), clients)
  assert.equal(await events('identity.client-registered'), acts)
  assert.equal((await get(ann, path)).json().client.state, 'sandbox')
})

test('a secret is shown to its developer for ten minutes or until it is kept, and is in no address', async () => {
  const answer = await post(ann, '/developers/clients', plain)
  const path = String(answer.headers.location).replace(/^\/\w+|\?.*$/g, '')
  const { secret, snippets } = (await get(ann, path)).json()
  assert.match(secret, /^praya_[\w-]{43}$/)
  assert.ok(!String(answer.headers.location).includes(secret))
  for (const program of Object.values(snippets)) assert.ok(String(program).includes(secret))
  const kept = (
    await sql`select secret, metadata::text as metadata from identity.client where owner_id = ${ann.id}`
  ).map((each) => `${each.secret.toString('latin1')} ${each.metadata}`)
  assert.ok(!kept.join().includes(secret), 'it is sealed')
  assert.equal((await post(ann, `${path}/secret/kept`)).statusCode, 303)
  const after = (await get(ann, path)).json()
  assert.equal(after.secret, null)
  assert.ok(!JSON.stringify(after).includes(secret))

  await post(ann, `${path}/secret`)
  assert.notEqual((await get(ann, path)).json().secret, null)
  await sql`update identity.client set secret_hidden_at = now() where owner_id = ${ann.id}`
  assert.equal((await get(ann, path)).json().secret, null)
})

test('the account leads to the clients of whoever registered one, and of nobody else', async () => {
  const dora = await somebody({ level: 1 })
  const leads = async (address = 'eng') => {
    const { body } = await app.inject({ url: `/${address}/account`, headers: { ...dora.headers, accept: 'text/html' } })
    return new RegExp(`<a href="/${address}/developers/clients">([^<]+)</a>`).exec(body)?.[1]
  }
  assert.equal(await leads(), undefined)
  const path = await register(dora)
  assert.equal(await leads(), 'Your clients')
  assert.equal(await leads('han'), '你的客戶端')
  await post(dora, `${path}/delete`, { sure: 'yes' })
  assert.equal(await clientsOf(dora), 0)
  assert.equal(await leads(), 'Your clients', 'where the next one is registered')
})

test('one person registers as many clients as the limit says, also by many requests at once', async () => {
  const who = await somebody({ level: 1 })
  const all = await Promise.all(
    Array.from({ length: clientsMax + 5 }, () => post(who, '/developers/clients', { ...plain, kind: 'public' })),
  )
  assert.equal(all.filter((each) => each.statusCode === 303).length, clientsMax)
  assert.equal(all.filter((each) => refusal(each) === 'identity.clients-full').length, 5)
  assert.equal(await clientsOf(who), clientsMax)
  assert.equal((await get(who, '/developers/clients')).json().full, true)
})

test('a deleted client is gone for its developer and for those who agreed to it, after a question', async () => {
  const path = await register(ann)
  const id = path.split('/').at(-1)!
  await sql`
    insert into identity.consent (person_id, client_id, scopes, receipt)
    values (${bob.id}, ${id}, '{openid}', '{}')`
  assert.equal((await get(ann, `${path}/delete`)).statusCode, 200)
  assert.equal((await post(ann, `${path}/delete`)).statusCode, 303)
  assert.equal(refusal(await get(ann, path)), 'identity.client-not-found')
  assert.equal(refusal(await post(ann, `${path}/resume`)), 'identity.client-not-found')
  const [row] = await sql`select state, secret, deleted_at from identity.client where id = ${id}`
  assert.deepEqual([row!.state, row!.secret, row!.deletedAt !== null], ['suspended', null, true])
  assert.equal((await sql`select 1 from identity.consent where client_id = ${id} and withdrawn_at is null`).length, 0)
  await assert.rejects(sql`delete from identity.client where id = ${id}`, { code: '42501' })
})
