import assert from 'node:assert/strict'
import { createHash, X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { asPerson, start } from '#test'
import { findLastAlert, listAlerts } from '../testing/alerts.sql.ts'
import { prove } from '../testing/proven.ts'
import { commonName } from './judge-timestamp.ts'
import { judges, missing } from './testing/judges.ts'
import { proveLevel } from './testing/proofs.sql.ts'
import { aPdf, approve, aSigner, ask, form, look, type Signer, send, signedIn } from './testing/signers.ts'

const started = await start()
const { app, sql } = started
const { run, keep } = judges()
const [noOpenssl, noPdfsig] = [missing('openssl'), missing('pdfsig')]
const mei = await aSigner(started)
const other = await aSigner(started, 'Kai Reef')

const contract = Buffer.from('The lamps of the pier are lit at dusk.\n')
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const anAsk = (more: Record<string, string> = {}) =>
  ask(started, { documentName: 'Lamp contract', hash: sha256(contract), summary: 'Amount: $500\nLamps: 12', ...more })

const get = (url: string, { headers }: Pick<Signer, 'headers'> = mei) => app.inject({ url, headers })
const signatures = async () => (await sql`select 1 from identity.signature`).length
const acts = async () => (await sql`select 1 from platform.audit_event where event = 'identity.document-signed'`).length
const { certificates } = (await app.inject('/signing/ca')).json<{ certificates: { id: string; kind: string }[] }>()
for (const { id, kind } of certificates) keep(`${kind}.pem`, (await app.inject(`/signing/ca/${id}.pem`)).rawPayload)

const problemOf = (answer: { json: () => { type?: string } }) => answer.json().type?.split('/').at(-1)

test('a person sees what a department asks them to sign, in words and numbers that the department shows too', async () => {
  const asked = await anAsk({ service: 'Lamps', person: mei.personId })
  const page = (await get(`/eng/sign/${asked.id}`, { headers: { ...mei.headers, accept: 'text/html' } })).body
  const english = asked.words.flat().map(({ en }) => en)
  for (const shown of ['Lamp contract', 'Amount', '$500', 'Lamps', ...english, asked.digits.join(' ')])
    assert.ok(page.includes(shown), shown)
  // On Chinese pages the Chinese word with the English one, for whoever has the other screen in English.
  for (const [address, language] of [
    ['han', 'zh-Hant'],
    ['jian', 'zh-Hans'],
  ] as const) {
    const headers = { ...mei.headers, accept: 'text/html' }
    const chinese = (await get(`/${address}/sign/${asked.id}`, { headers })).body
    for (const word of asked.words.flat())
      assert.ok(chinese.includes(`<li>${word[language]}<span lang="en"> ${word.en}</span></li>`), word.en)
  }
  assert.match(page, /data-passkey-options=/)
  const told = await findLastAlert(sql, mei.personId, 'signature-requested')
  const reference = { alertValues: { request: asked.id }, undoPath: `/sign/${asked.id}` }
  assert.deepEqual(told, reference, 'without what or for whom')
})

test('a signature under a hash is one that openssl accepts, with its time stamp, and for this document alone', {
  skip: noOpenssl,
}, async () => {
  const { id } = await anAsk({ person: mei.personId })
  const before = await acts()
  assert.equal((await approve(started, mei, id)).statusCode, 303)
  assert.equal(await acts(), before + 1)
  const file = await get(`/sign/${id}/signature.p7s`)
  assert.match(String(file.headers['content-disposition']), /^attachment; filename="Lamp contract\.p7s"/)
  keep('contract', contract)
  keep('contract.p7s', file.rawPayload)
  const verify = ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', 'contract.p7s', '-CAfile', 'root.pem']
  const good = run('openssl', ...verify, '-content', 'contract')
  assert.equal(good.status, 0, good.said)
  keep('changed', Buffer.concat([contract, Buffer.from(' ')]))
  assert.notEqual(run('openssl', ...verify, '-content', 'changed').status, 0)
  const printed = run('openssl', 'cms', '-cmsout', '-print', '-inform', 'DER', '-in', 'contract.p7s').said
  for (const attribute of ['contentType', 'messageDigest', 'signingTime', 'signingCertificateV2', 'timeStampToken'])
    assert.match(printed, new RegExp(attribute), attribute)
})

test('a signed PDF is taken away under another name than what was signed', async () => {
  const { id } = (await send(started, mei, await aPdf())).json<{ id: string }>()
  const nameOf = async (file: string) => String((await get(`/sign/${id}/${file}`)).headers['content-disposition'])
  const [, before] = /^inline; filename="([^"]+)\.pdf"/.exec(await nameOf('document.pdf')) ?? []
  await approve(started, mei, id)
  assert.ok((await nameOf('signed.pdf')).startsWith(`attachment; filename="${before}-signed.pdf"; filename*=`))
})

test('a signed PDF is one that pdfsig accepts, and a second signature keeps the first', {
  skip: noPdfsig,
}, async () => {
  const sent = await send(started, mei, await aPdf())
  assert.equal(sent.statusCode, 201, sent.body)
  const { id } = sent.json<{ id: string }>()
  assert.equal((await get(`/sign/${id}/document.pdf`)).headers['content-type'], 'application/pdf')
  const answer = await approve(started, mei, id)
  assert.equal(answer.statusCode, 303, answer.body)
  const once = await get(`/sign/${id}/signed.pdf`)
  keep('once.pdf', once.rawPayload)
  const first = run('pdfsig', 'once.pdf').said
  assert.match(first, /Signer Certificate Common Name: Mei Tide/)
  assert.match(first, /Signature Type: ETSI\.CAdES\.detached/)
  assert.match(first, /Total document signed\n {2}- Signature Validation: Signature is Valid/)

  const again = await send(started, other, once.rawPayload)
  assert.equal((await approve(started, other, again.json().id)).statusCode, 303)
  const twice = await get(`/sign/${again.json().id}/signed.pdf`, other)
  keep('twice.pdf', twice.rawPayload)
  const both = run('pdfsig', 'twice.pdf').said
  assert.equal(both.match(/Signature Validation: Signature is Valid/g)?.length, 2, both)
  assert.ok(twice.rawPayload.subarray(0, once.rawPayload.length).equals(once.rawPayload))
  keep('changed.pdf', Buffer.from(once.rawPayload.toString('latin1').replace('595.28', '595.29'), 'latin1'))
  assert.doesNotMatch(run('pdfsig', 'changed.pdf').said, /Signature is Valid/)
})

type Case = {
  name: string
  refusal: string
  signer?: () => Signer
  answer?: Parameters<typeof approve>[3]
  before?: (id: string) => Promise<unknown>
}
const onAnotherPage = async () =>
  (await look(started, mei, (await anAsk({ hash: sha256(Buffer.from('x')) })).id)).data.passkey
const cases: Case[] = [
  {
    name: 'without user verification',
    refusal: 'identity.passkey-unverified',
    answer: { answering: { userVerified: false } },
  },
  {
    name: 'by a key that is not the passkey’s',
    refusal: 'identity.passkey-refused',
    answer: { answering: { otherKey: true } },
  },
  {
    name: 'from another site',
    refusal: 'identity.passkey-refused',
    answer: { answering: { origin: 'https://elsewhere.example' } },
  },
  {
    name: 'at level 1',
    refusal: 'platform.level-too-low',
    signer: () => ({ ...mei, ...signedIn(started, mei, { level: 1 }) }),
  },
  {
    name: 'by whoever came by another device',
    refusal: 'identity.signing-by-passkey',
    signer: () => ({ ...mei, ...signedIn(started, mei, { methods: ['swk', 'user', 'mca'] }) }),
  },
  {
    name: 'by whoever came by a code',
    refusal: 'identity.signing-by-passkey',
    signer: () => ({ ...mei, ...signedIn(started, mei, { methods: ['otp'] }) }),
  },
  {
    name: 'in the name of another',
    refusal: 'identity.signing-for-another',
    signer: () => ({
      ...mei,
      ...signedIn(started, mei, { onBehalfOf: { id: 'child', name: { en: 'Child', 'zh-Hant': '孩子' } } }),
    }),
  },
  { name: 'by whoever was not asked', refusal: 'identity.request-not-found', signer: () => other },
  {
    name: 'with the passkey of somebody else',
    refusal: 'identity.passkey-of-another',
    signer: () => ({ ...other, headers: mei.headers }),
  },
]

for (const { name, refusal, signer = () => mei, answer } of cases)
  test(`nothing is signed ${name}`, async () => {
    const { id } = await anAsk({ person: mei.personId })
    const before = [await signatures(), await acts()]
    const asked = (await look(started, mei, id)).data.passkey
    const refused = await approve(started, signer(), id, { ...answer, asked })
    assert.equal(problemOf(refused), refusal, refused.body)
    assert.deepEqual([await signatures(), await acts()], before)
    assert.equal((await look(started, mei, id)).data.state, 'waiting')
  })

test('an answer that was given for another document signs nothing', async () => {
  const { id } = await anAsk({ person: mei.personId })
  const refused = await approve(started, mei, id, { asked: await onAnotherPage() })
  assert.equal(problemOf(refused), 'identity.passkey-expired')
  assert.equal((await look(started, mei, id)).data.state, 'waiting')
})

test('an answer that was used signs no second document with the same hash', async () => {
  const [one, two] = [await anAsk({ person: mei.personId }), await anAsk({ person: mei.personId })]
  const asked = (await look(started, mei, one.id)).data.passkey!
  const payload = { challenge: asked.id, response: JSON.stringify(mei.authenticator.get(asked.options)) }
  const post = (id: string) => app.inject({ method: 'POST', url: `/sign/${id}`, headers: mei.headers, payload })
  assert.equal((await post(one.id)).statusCode, 303)
  assert.equal(problemOf(await post(two.id)), 'identity.passkey-expired')
  assert.equal((await look(started, mei, two.id)).data.state, 'waiting')
})

test('of two windows one signs, and the other is told so at once, or finds it signed', async () => {
  const { id } = await anAsk({ person: mei.personId })
  const windows = [await look(started, mei, id), await look(started, mei, id)]
  const before = [await signatures(), await acts()]
  const answers = await Promise.all(windows.map(({ data }) => approve(started, mei, id, { asked: data.passkey })))
  const statuses = answers.map(({ statusCode }) => statusCode).sort()
  assert.ok(statuses[0] === 303 && (statuses[1] === 303 || statuses[1] === 409), `${statuses}`)
  assert.deepEqual(
    [await signatures(), await acts()],
    before.map((count) => count + 1),
  )
  assert.equal((await look(started, mei, id)).data.state, 'signed')
  assert.equal((await approve(started, mei, id, { asked: windows[1]!.data.passkey })).statusCode, 303)
  assert.equal(await acts(), before[1]! + 1)
})

test('whoever opens an address without a name may sign, and from then on it is theirs alone', async () => {
  const { id } = await anAsk()
  assert.equal((await look(started, other, id)).status, 200)
  assert.equal((await approve(started, mei, id)).statusCode, 303)
  assert.equal((await look(started, other, id)).status, 404)
  assert.equal((await get(`/sign/${id}/signature.p7s`, other)).statusCode, 404)
})

test('what failed after the passkey was verified leaves nothing: no signature, no key, and the answer unspent', async () => {
  const broken = await start({ beside: { urls: started.urls }, timestampUrl: 'http://127.0.0.1:1/' })
  const fresh = await aSigner(started, 'Fresh Tide')
  const { id } = await anAsk({ person: fresh.personId })
  const asked = (await look(started, fresh, id)).data.passkey!
  const payload = { challenge: asked.id, response: JSON.stringify(fresh.authenticator.get(asked.options)) }
  const post = (on: typeof app) => on.inject({ method: 'POST', url: `/sign/${id}`, headers: fresh.headers, payload })
  const before = [await signatures(), await acts()]
  const failed = await post(broken.app)
  assert.equal(failed.statusCode, 503)
  assert.equal(problemOf(failed), 'identity.timestamp-unavailable')
  assert.deepEqual([await signatures(), await acts()], before)
  assert.equal((await sql`select 1 from identity.signing_key where person_id = ${fresh.personId}`).length, 0)
  assert.deepEqual(await listAlerts(sql, fresh.personId), ['signature-requested'])
  assert.equal((await post(app)).statusCode, 303)
  const told = (await listAlerts(sql, fresh.personId)).slice(1).sort()
  assert.deepEqual(told, ['document-signed', 'signing-key-created'])
})

test('a request that was declined, or whose time ran out, is signed no more', async () => {
  const { id } = await anAsk({ person: mei.personId })
  const asked = (await look(started, mei, id)).data.passkey
  const decline = await app.inject({ method: 'POST', url: `/sign/${id}/decline`, headers: mei.headers })
  assert.equal(decline.statusCode, 303)
  assert.equal(problemOf(await approve(started, mei, id, { asked })), 'identity.request-ended')
  const later = await start({ beside: { urls: started.urls }, now: () => new Date(Date.now() + 8 * 86_400_000) })
  const late = await anAsk({ person: mei.personId })
  assert.equal((await look(later, mei, late.id)).data.state, 'ended')
})

const encrypted = await (async () => {
  const { PDF } = await import('@libpdf/core')
  const pdf = PDF.create()
  pdf.addPage({ size: 'a4' })
  pdf.setProtection({ userPassword: 'secret', ownerPassword: 'secret' })
  return Buffer.from(await pdf.save())
})()
const whole = await aPdf()
for (const [name, bytes, mistake] of [
  ['no file', Buffer.alloc(0), 'missing'],
  ['no PDF', Buffer.from('GIF89a'), 'not-a-pdf'],
  ['a PDF with a password', encrypted, 'encrypted'],
  ['half a PDF', whole.subarray(0, 300), 'damaged'],
  ['a PDF of more than 20 MB', Buffer.concat([whole, Buffer.alloc(20_000_000)]), 'too-large'],
] as const)
  test(`${name} is not taken, and the form says why`, async () => {
    const before = await sql`select count(*) as rows from identity.signing_request`
    const answer = await send(started, mei, bytes)
    assert.equal(answer.statusCode, 422, answer.body)
    assert.equal(answer.json().mistake, mistake)
    assert.deepEqual([...(await sql`select count(*) as rows from identity.signing_request`)], [...before])
    const sent = form({ file: { name: 'a.pdf', bytes } })
    const headers = { ...sent.headers, ...mei.headers, accept: 'text/html' }
    const page = await app.inject({ method: 'POST', url: '/han/sign/new', payload: sent.payload, headers })
    assert.match(page.body, /href="#file"/)
  })

test('a document that waits is sealed, and only its person reads it', async () => {
  const bytes = await aPdf('A secret of Mei')
  const { id } = (await send(started, mei, bytes)).json<{ id: string }>()
  const [row] = await sql<{ sealed: Buffer }[]>`select sealed from identity.signing_document where request_id = ${id}`
  assert.ok(!row!.sealed.includes('%PDF') && !row!.sealed.includes('secret'))
  assert.ok((await get(`/sign/${id}/document.pdf`)).rawPayload.equals(bytes))
  assert.equal((await get(`/sign/${id}/document.pdf`, other)).statusCode, 404)
  assert.equal((await app.inject({ url: `/sign/${id}/document.pdf` })).statusCode, 401)
})

test('the department fetches the signature that it asked for, and no other department does', async () => {
  const { id } = await anAsk({ person: mei.personId })
  await approve(started, mei, id, { payload: { dual: 'yes' } })
  const permissions = ['identity:request-signature']
  const officer = (organisation: string) => ({ headers: asPerson({ id: 'officer', organisation, permissions }) })
  for (const file of ['signature.p7s', 'dual.json']) {
    assert.equal((await get(`/sign/${id}/${file}`, officer('test'))).statusCode, 200, file)
    assert.equal((await get(`/sign/${id}/${file}`, officer('elsewhere'))).statusCode, 404, file)
  }
  assert.equal((await get(`/sign/requests/${id}`, officer('elsewhere'))).statusCode, 404)
  assert.equal((await get(`/sign/requests/${id}`, officer('test'))).json().state, 'signed')
})

for (const [field, value] of [
  ['documentName', ' '],
  ['hash', 'abc'],
  ['summary', 'no colon'],
  ['person', 'nobody-here'],
  ['days', '31'],
] as const)
  test(`a request whose ${field} is “${value}” comes back with what was typed`, async () => {
    const headers = await started.as('identity:request-signature')
    const payload = { documentName: 'Lease', hash: sha256(contract), [field]: value }
    const answer = await app.inject({ method: 'POST', url: '/sign/requests', headers, payload })
    assert.equal(answer.statusCode, 422)
    assert.deepEqual(answer.json().mistakes, [field])
    assert.equal(answer.json().values[field], value.trim())
  })

test('an account lists what was signed, and a certificate that is revoked there is replaced at the next signature', async () => {
  const list = async () =>
    (await get('/account/signatures')).json<{
      receipts: { documentName: string; hash: string }[]
      certificates: { serial: string; state: string }[]
    }>()
  const { receipts, certificates: held } = await list()
  assert.ok(receipts.some(({ documentName, hash }) => documentName === 'Lamp contract' && hash === sha256(contract)))
  const { serial } = held.find(({ state }) => state === 'counts')!
  const revoke = (headers: Record<string, string>) =>
    app.inject({ method: 'POST', url: '/account/signatures/revoke', headers, payload: { serial } })
  await revoke(other.headers)
  assert.equal((await list()).certificates.find((each) => each.serial === serial)!.state, 'counts')
  assert.equal((await revoke(mei.headers)).statusCode, 303)
  assert.equal((await list()).certificates.find((each) => each.serial === serial)!.state, 'revoked')
  assert.equal((await listAlerts(sql, mei.personId)).at(-1), 'signing-key-revoked')
  assert.ok(!(await listAlerts(sql, other.personId)).includes('signing-key-revoked'))
  const { id } = await anAsk({ person: mei.personId })
  assert.equal((await approve(started, mei, id)).statusCode, 303)
  assert.deepEqual(
    (await list()).certificates.map(({ state }) => state),
    ['counts', 'revoked'],
  )
})

test('who cannot sign as they are signed in reads why, with what leads on', async () => {
  const { id } = await anAsk({ person: mei.personId })
  const child = { id: 'child', name: { en: 'Child', 'zh-Hant': '孩子' } }
  // biome-ignore format: matrix
  const hindered: [url: string, headers: object, leads: RegExp][] = [
    ['/sign/new',   signedIn(started, mei, { onBehalfOf: child }).headers,   /name="as" value="myself".*name="next" value="\/sign\/new"/s],
    [`/sign/${id}`, signedIn(started, mei, { onBehalfOf: child }).headers,   /name="as" value="myself"/],
    [`/sign/${id}`, signedIn(started, mei, { methods: ['otp'] }).headers,    /href="\/eng\/sign-in\?next=%2Fsign%2F/],
  ]
  for (const [url, headers, leads] of hindered) {
    const answer = await started.app.inject({ url: `/eng${url}`, headers: { ...headers, accept: 'text/html' } })
    assert.equal(answer.statusCode, 403, url)
    assert.match(answer.body, /You cannot sign like this/)
    assert.match(answer.body, leads)
  }
})

test('nobody signs in a name that nothing proves any more: its certificate is revoked, and another name gets another', async () => {
  const kai = await aSigner(started, 'Kai Reef')
  const sign = async () => {
    const { id } = await anAsk({ person: kai.personId })
    return (await approve(started, kai, id)).statusCode
  }
  const held = async () =>
    (
      await sql<{ certificate: Buffer; state: string }[]>`
        select certificate, case when revoked_at is not null then 'revoked' when replaced_at is not null then 'replaced'
          else 'counts' end as state
        from identity.signing_key
        where person_id = ${kai.personId}
        order by created_at`
    ).map(({ certificate, state }) => `${commonName(new X509Certificate(certificate))}: ${state}`)
  assert.equal(await sign(), 303)
  assert.equal(await sign(), 303)
  assert.deepEqual(await held(), ['Kai Reef: counts'])

  // A second proof in the same name is withdrawn: the first goes on proving it.
  const officer = await started.as('identity:withdraw-proof')
  const proofs = () => sql<{ reference: string }[]>`
    select 'P-' || lpad(id::text, 6, '0') as reference
    from identity.proof
    where person_id = ${kai.personId} and withdrawn_at is null
    order by id desc`
  const withdraw = async () => {
    const [{ reference } = { reference: '' }] = await proofs()
    const url = `/office/identity/proofs/${reference}/withdraw`
    const payload = { reason: 'wrong-person' }
    assert.equal((await app.inject({ method: 'POST', url, headers: officer, payload })).statusCode, 303)
  }
  await proveLevel(sql, started.installation, kai.personId, { level: 2, family: 'Reef', given: 'Kai' })
  await withdraw()
  assert.deepEqual(await held(), ['Kai Reef: counts'])
  await withdraw()
  assert.deepEqual(await held(), ['Kai Reef: revoked'])
  const [act] = await sql`
    select subject from platform.audit_event
    where event = 'identity.signing-certificate-revoked' and subject = ${`person/${kai.personId}`}`
  assert.ok(act)
  // Both are sent at one instant, in no order.
  assert.deepEqual((await listAlerts(sql, kai.personId)).slice(-2).toSorted(), [
    'proof-withdrawn',
    'signing-key-revoked',
  ])

  await proveLevel(sql, started.installation, kai.personId, { level: 2, family: 'Tide', given: 'Kai' })
  assert.equal(await sign(), 303)
  // As where a higher proof bears another name, and nothing was withdrawn.
  await prove(sql, started.installation, kai.personId, { number: 'T00000132', family: 'Quay', given: 'Kai' })
  assert.equal(await sign(), 303)
  assert.deepEqual(await held(), ['Kai Reef: revoked', 'Kai Tide: replaced', 'Kai Quay: counts'])
})
