import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { start } from '#test'
import { insertPerson } from '../people/people.sql.ts'
import { listAuthorities, revokeSigningKey } from './authority.sql.ts'
import { getAuthorities, openSigningKey } from './authority.ts'
import { checkToken } from './cms-check.ts'
import { judges, missing } from './testing/judges.ts'
import { timestampsOf } from './timestamps.ts'

const started = await start()
const { app, sql, installation } = started
const other = await start({ beside: { urls: started.urls } })
const { folder, run, keep } = judges()
const skip = missing('openssl')
const wong = { id: 'wong', name: { en: 'Wong, Ka (Yan)', 'zh-Hant': '王嘉欣' } }
await insertPerson(sql, wong.id, wong.name)

const listed = async () => (await app.inject('/signing/ca')).json<{ certificates: { id: string; kind: string }[] }>()
const kept = (name: string) => readFileSync(join(folder, name))
/** Fetches what stands at an address and keeps it for the judges. */
async function fetchTo(name: string, url: string) {
  const answer = await app.inject(url)
  assert.equal(answer.statusCode, 200, url)
  keep(name, answer.rawPayload)
  return answer
}
const post = (url: string, type: string, payload: Buffer) =>
  app.inject({ method: 'POST', url, headers: { 'content-type': type }, payload })
const stamp = (payload: Buffer) => post('/signing/timestamps', 'application/timestamp-query', payload)

test('two processes that need the authority at once make one, and the second finds it', async () => {
  const means = [installation, other.installation]
  const found = await Promise.all(
    [0, 1, 0, 1].map((at) => means[at]!.sql.begin((transaction) => getAuthorities(transaction, means[at]!))),
  )
  assert.equal(new Set(found.map(({ issuing }) => issuing.id)).size, 1)
  assert.deepEqual((await listAuthorities(sql)).map(({ kind }) => kind).sort(), ['issuing', 'root', 'timestamp'])
})

test('the authority’s certificates chain up to its root in openssl, each for its own purpose', { skip }, async () => {
  const { certificates } = await listed()
  for (const { id, kind } of certificates) await fetchTo(`${kind}.pem`, `/signing/ca/${id}.pem`)
  for (const [kind, purpose, outcome] of [
    ['issuing', 'crlsign', 0],
    ['timestamp', 'timestampsign', 0],
    ['timestamp', 'smimesign', 2],
    ['issuing', 'timestampsign', 2],
  ] as const) {
    const { status, said } = run('openssl', 'verify', '-purpose', purpose, '-CAfile', 'root.pem', `${kind}.pem`)
    assert.equal(status, outcome, `${kind} for ${purpose}: ${said}`)
  }
})

test('a government whose name leaves no room is named beside what the authority is, and neither is cut', async () => {
  const { installation: long } = await start({ pack: 'hongkong' })
  const made = await long.sql.begin((transaction) => getAuthorities(transaction, long))
  const subjects = Object.values(made).map(({ certificate }) => new X509Certificate(certificate).subject.split('\n'))
  const [organisation] = subjects[0]!
  assert.equal(organisation, 'O=Government of the Hong Kong Special Administrative Region')
  assert.deepEqual(
    subjects.map(([of, name]) => [of, name]),
    ['Signing Root', 'Signing Authority', 'Time Stamps'].map((title) => [organisation, `CN=${title}`]),
  )
})

/** The key of a person, which is kept as it is with a signature. */
async function keyOf(person: Parameters<typeof openSigningKey>[2]) {
  const opened = await openSigningKey(sql, installation, person)
  await sql.begin(opened.keep)
  return opened
}

test('a person’s certificate carries the name, not the identifier, and counts for a year', { skip }, async () => {
  const { signer, lattice } = await keyOf(wong)
  keep('wong.crt', signer.certificate)
  const { said } = run('openssl', 'x509', '-in', 'wong.crt', '-inform', 'DER', '-noout', '-text')
  assert.match(said, /Subject: CN = "Wong, Ka \(Yan\)", serialNumber = [0-9a-f]{32}\n/)
  assert.doesNotMatch(said, /wong/)
  assert.match(said, /X509v3 Key Usage: critical\s+Digital Signature, Non Repudiation/)
  assert.match(said, /CRL Distribution Points:[\s\S]*\/signing\/ca\/[0-9a-f]{16}\.crl/)
  assert.equal(lattice?.asymmetricKeyType, 'ml-dsa-44')
  const chain = ['-CAfile', 'root.pem', '-untrusted', 'issuing.pem']
  assert.equal(run('openssl', 'verify', ...chain, 'wong.crt').status, 0)
})

test('a copy of the tables gives away no private key', async () => {
  const [row] = await sql<{ text: string }[]>`
    select string_agg(encode(sealed_key, 'hex') || coalesce(encode(sealed_lattice_key, 'hex'), ''), '') as text
    from identity.signing_key`
  // The object identifiers of id-ecPublicKey and ML-DSA-44, which PKCS #8 begins with.
  assert.doesNotMatch(row!.text, /2a8648ce3d0201|608648016503040311/)
})

test('of two keys that were made for one person at once, one is kept', async () => {
  const twin = { ...wong, id: 'twin' }
  await insertPerson(sql, twin.id, twin.name)
  const [one, two] = [await openSigningKey(sql, installation, twin), await openSigningKey(sql, installation, twin)]
  await sql.begin(one.keep)
  await assert.rejects(sql.begin(two.keep), { code: 'identity.request-busy' })
  assert.equal((await openSigningKey(sql, installation, twin)).serial, one.serial)
})

test('one person’s sealed key does not open as that of another', async () => {
  await insertPerson(sql, 'thief', wong.name)
  await keyOf({ ...wong, id: 'thief' })
  await assert.rejects(
    sql.begin(async (transaction) => {
      await transaction`
        update identity.signing_key
        set sealed_key = (select sealed_key from identity.signing_key where person_id = 'wong')
        where person_id = 'thief'`
      await openSigningKey(transaction, installation, { ...wong, id: 'thief' })
    }),
  )
})

for (const [hash, certificates] of [
  ['sha256', true],
  ['sha384', false],
  ['sha512', true],
] as const)
  test(`openssl ts accepts a time stamp over ${hash}, ${certificates ? 'with' : 'without'} certificates`, {
    skip,
  }, async () => {
    keep('data', 'what is stamped')
    const asked = ['-query', '-data', 'data', `-${hash}`, '-out', 'query.tsq', ...(certificates ? ['-cert'] : [])]
    assert.equal(run('openssl', 'ts', ...asked).status, 0)
    const answer = await stamp(kept('query.tsq'))
    assert.match(String(answer.headers['content-type']), /^application\/timestamp-reply/)
    keep('reply.tsr', answer.rawPayload)
    const verify = ['ts', '-verify', '-queryfile', 'query.tsq', '-in', 'reply.tsr', '-CAfile', 'root.pem']
    const chain = certificates ? [] : ['-untrusted', 'timestamp.pem']
    assert.equal(run('openssl', ...verify, ...chain).status, 0)
    keep('data', 'something else')
    const changed = ['-verify', '-data', 'data', '-in', 'reply.tsr', '-CAfile', 'root.pem']
    assert.notEqual(run('openssl', 'ts', ...changed, ...chain).status, 0)
  })

test('no two time stamps of two processes have one number', { skip }, async () => {
  keep('data', 'numbers')
  run('openssl', 'ts', '-query', '-data', 'data', '-sha256', '-out', 'query.tsq')
  const query = kept('query.tsq')
  const serials: string[] = []
  for (const each of [app, other.app, app, other.app]) {
    const headers = { 'content-type': 'application/timestamp-query' }
    const { rawPayload } = await each.inject({ method: 'POST', url: '/signing/timestamps', headers, payload: query })
    keep('reply.tsr', rawPayload)
    serials.push(/Serial number: (\w+)/.exec(run('openssl', 'ts', '-reply', '-in', 'reply.tsr', '-text').said)![1]!)
  }
  assert.equal(new Set(serials).size, 4, serials.join())
})

test('a query that cannot be answered is refused with the reason that the standard has for it', { skip }, async () => {
  keep('data', 'refused')
  const query = (...given: string[]) => {
    assert.equal(run('openssl', 'ts', '-query', '-data', 'data', '-out', 'query.tsq', ...given).status, 0)
    return kept('query.tsq')
  }
  for (const [payload, reason] of [
    [query('-sha1'), /unrecognized or unsupported algorithm/],
    [query('-sha256', '-tspolicy', '1.2.3.4'), /policy is not supported/],
    [Buffer.from('no query'), /data submitted has the wrong format/],
    [query('-sha256').subarray(0, 40), /data submitted has the wrong format/],
  ] as const) {
    const answer = await stamp(payload)
    assert.equal(answer.statusCode, 200)
    keep('reply.tsr', answer.rawPayload)
    const { said } = run('openssl', 'ts', '-reply', '-in', 'reply.tsr', '-text')
    assert.match(said, /Status: Rejected/)
    assert.match(said, reason)
  }
  assert.equal((await stamp(Buffer.alloc(20_000))).statusCode, 413)
  const form = await app.inject({ method: 'POST', url: '/signing/timestamps', payload: { a: 1 } })
  assert.equal(form.statusCode, 415)
})

test('a revoked certificate stands in the list and in the answer to whoever asks; one that counts is good', {
  skip,
}, async () => {
  const { signer } = await keyOf(wong)
  keep('wong.crt', signer.certificate)
  run('openssl', 'x509', '-in', 'wong.crt', '-inform', 'DER', '-out', 'wong.pem')
  const issuing = (await listed()).certificates.find(({ kind }) => kind === 'issuing')!
  const status = async () => {
    const asked = ['-issuer', 'issuing.pem', '-cert', 'wong.pem', '-reqout', 'status.req']
    run('openssl', 'ocsp', ...asked)
    const { rawPayload } = await post('/signing/ocsp', 'application/ocsp-request', kept('status.req'))
    keep('status.res', rawPayload)
    const read = ['-issuer', 'issuing.pem', '-cert', 'wong.pem', '-respin', 'status.res', '-no_nonce']
    const { said } = run('openssl', 'ocsp', ...read, '-CAfile', 'root.pem')
    const nonceOf = (...given: string[]) => /OCSP Nonce:\s+(\w+)/.exec(run('openssl', 'ocsp', ...given).said)?.[1]
    const nonce = nonceOf('-reqin', 'status.req', '-req_text')
    assert.ok(nonce)
    assert.equal(nonceOf('-respin', 'status.res', '-noverify', '-resp_text'), nonce)
    const byAddress = await app.inject(`/signing/ocsp/${encodeURIComponent(kept('status.req').toString('base64'))}`)
    assert.equal(byAddress.statusCode, 200)
    keep('status.res', byAddress.rawPayload)
    const again = run('openssl', 'ocsp', ...read, '-CAfile', 'root.pem').said
    assert.equal(/wong\.pem: (\w+)/.exec(again)?.[1], /wong\.pem: (\w+)/.exec(said)?.[1])
    return said
  }
  const check = async () => {
    await fetchTo('issuing.crl', `/signing/ca/${issuing.id}.crl`)
    run('openssl', 'crl', '-in', 'issuing.crl', '-inform', 'DER', '-out', 'crl.pem')
    const chain = ['-CAfile', 'root.pem', '-untrusted', 'issuing.pem', '-CRLfile', 'crl.pem', '-crl_check']
    return run('openssl', 'verify', ...chain, 'wong.pem')
  }
  assert.match(await status(), /wong\.pem: good/)
  assert.equal((await check()).status, 0)
  const [{ serial: number } = { serial: '' }] = await sql<{ serial: string }[]>`
    select serial from identity.signing_key where person_id = 'wong'`
  assert.equal(await revokeSigningKey(sql, 'thief', number, installation.now().toISOString()), false)
  assert.equal(await revokeSigningKey(sql, 'wong', number, installation.now().toISOString()), true)
  const said = await status()
  assert.match(said, /Response verify OK/)
  assert.match(said, /wong\.pem: revoked/)
  assert.match((await check()).said, /certificate revoked/)
  const [left] = await sql`select sealed_key, sealed_lattice_key from identity.signing_key where serial = ${number}`
  assert.deepEqual({ ...left }, { sealedKey: null, sealedLatticeKey: null })
})

test('a question about somebody else’s certificate, or no question, is answered as such', { skip }, async () => {
  run(
    'openssl',
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    'k',
    '-subj',
    '/CN=x',
    '-out',
    'own.pem',
  )
  run('openssl', 'ocsp', '-issuer', 'own.pem', '-cert', 'own.pem', '-reqout', 'foreign.req')
  for (const [payload, reason] of [
    [kept('foreign.req'), /unauthorized/],
    [Buffer.from('nothing'), /malformedrequest/],
  ] as const) {
    keep('foreign.res', (await post('/signing/ocsp', 'application/ocsp-request', payload)).rawPayload)
    assert.match(run('openssl', 'ocsp', '-respin', 'foreign.res', '-noverify').said, reason)
  }
  assert.equal((await app.inject('/signing/ca/0000000000000000.crl')).statusCode, 404)
})

test('a new authority takes over in good time, and what the old one issued still chains up', { skip }, async () => {
  const later = new Date(Date.now() + 3.5 * 365 * 86_400_000)
  const future = await start({ beside: { urls: started.urls }, now: () => later })
  const before = await sql.begin((transaction) => getAuthorities(transaction, installation))
  const after = await sql.begin((transaction) => getAuthorities(transaction, future.installation))
  assert.equal(after.root.id, before.root.id)
  assert.notEqual(after.issuing.id, before.issuing.id)
  assert.notEqual(after.timestamp.id, before.timestamp.id)
  assert.equal((await app.inject(`/signing/ca/${before.issuing.id}.crl`)).statusCode, 200)
})

test('with PRAYA_TIMESTAMP_URL the time comes from there, and a wrong answer is none', { skip }, async () => {
  let answer = (query: Buffer) => Promise.resolve(query)
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    response.end(await answer(Buffer.concat(parts)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  after(() => server.close())
  const timestampUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const ask = timestampsOf(sql, { ...installation, timestampUrl })
  const hash = Buffer.alloc(32, 7)
  answer = async (query) => (await stamp(query)).rawPayload
  assert.equal(checkToken(await ask(hash), { hash }).outcome, 'holds')
  keep('data', 'another')
  run('openssl', 'ts', '-query', '-data', 'data', '-sha256', '-cert', '-out', 'query.tsq')
  answer = async () => (await stamp(kept('query.tsq'))).rawPayload
  await assert.rejects(ask(hash), /not one for this hash: changed/)
  answer = async () => (await stamp(Buffer.from('x'))).rawPayload
  await assert.rejects(ask(hash), /refused: status 2/)
  answer = async () => Buffer.alloc(60_000)
  await assert.rejects(ask(hash), /too much/)
  server.close()
  server.closeAllConnections()
  await assert.rejects(ask(hash))
})
