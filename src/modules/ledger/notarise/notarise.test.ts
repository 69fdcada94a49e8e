// Notarising a document through HTTP: what is entered, who may, what is refused, and what is left after erasing.
import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { pino } from 'pino'
import { asPerson, start } from '#test'
import { listKnownLogs, policyOfLogs } from '../explorer/known.ts'
import { findLog } from '../log/logs.sql.ts'
import { openSequencer } from '../log/sequencer.ts'
import { parseExtra } from '../proofs/extra.rules.ts'
import { parseProof } from '../proofs/proof.rules.ts'
import { aForm } from '../testing/proofs.ts'
import { verifyFiles } from '../verify/verify.rules.ts'

const { app, sql, installation } = await start()
const sequencer = openSequencer(installation, pino({ level: 'silent' }))
// The rules of registers wait for their places, too; here stands only what these tests enter.
await sql`delete from ledger.pending`
const permissions = ['ledger:notarise']
const level = 2
const officer = asPerson({ id: 'an-officer', organisation: 'tide-station', permissions, level })
const colleague = asPerson({ id: 'another-officer', organisation: 'counting-house', permissions, level })
const address = '/office/ledger/notarise'

type Fields = Partial<Record<'token' | 'title' | 'log' | 'hash', string>>
const document = Buffer.from('The lamp at the pier belongs to Ada Quay.\n')

function post(files: { file?: Uint8Array }, fields: Fields = {}, by: Record<string, string> = officer) {
  const { payload, headers } = aForm(files, { token: randomUUID(), title: 'Lamp', log: 'harbour', ...fields })
  return app.inject({ method: 'POST', url: address, headers: { ...headers, ...by }, payload })
}
const get = (url: string, by: Record<string, string> = officer) => app.inject({ url, headers: by })
const page = (url: string, by: Record<string, string> = officer) =>
  app.inject({ url: `/eng${url}`, headers: { ...by, accept: 'text/html' } })

/** The address of a notarisation that is in the log. */
async function notarised(files: { file?: Uint8Array }, fields: Fields = {}): Promise<string> {
  const answer = await post(files, fields)
  assert.equal(answer.statusCode, 303, answer.body)
  await sequencer.tick()
  return String(answer.headers.location).replace(/^\/[a-z]+(?=\/office)/, '')
}

const policy = Buffer.from(policyOfLogs(await listKnownLogs(installation)))
const check = (proof: Uint8Array, file?: Uint8Array) => verifyFiles({ proof, document: file }, policy)
const sizeOf = async () => {
  await sequencer.tick()
  return (await findLog(sql, 'harbour'))!.size
}
const eventsOf = async (event: string) =>
  sql<{ actor: string; organisation: string; subject: string; detail: object }[]>`
    select actor, organisation, subject, detail from platform.audit_event where event = ${event} order by id`

test('a document is entered by a commitment, and its proof shows that it is the one and no other', async () => {
  const at = await notarised({ file: document })
  const proof = (await get(`${at}/proof`)).rawPayload
  const verdict = check(proof, document)
  assert.equal(verdict.outcome, 'document')
  assert.deepEqual([verdict.said!.organisation, verdict.said!.kind], ['tide-station', 'document-notarised'])
  assert.equal(verdict.said!.schema, undefined)
  assert.equal(check(proof, Buffer.from('The lamp belongs to Ben Ledger.\n')).outcome, 'other-document')
  const [event] = (await eventsOf('ledger.document-notarised')).slice(-1)
  assert.deepEqual(
    [event!.actor, event!.organisation, event!.subject, event!.detail],
    ['an-officer', 'tide-station', `notarisation/${at.split('/').at(-1)}`, { log: 'harbour' }],
  )
  const json = (await get(`${at}.json`)).json()
  assert.deepEqual([json.notarisation.committed, json.notarisation.title, json.index], ['file', 'Lamp', 0])
})

test('neither document nor hash nor title stands in the database, and title and salt are not readable there', async () => {
  const secret = Buffer.from('a secret that is only in this file')
  const at = await notarised({ file: secret }, { title: 'Mooring of Ada Quay' })
  const salt = parseExtra(parseProof((await get(`${at}/proof`)).rawPayload).extra!)!.salt!
  const [row] = await sql<{ whole: string }[]>`
    select row_to_json(notarisation)::text as whole from ledger.notarisation where id = ${at.split('/').at(-1)!}`
  const never = [secret, createHash('sha256').update(secret).digest(), Buffer.from('Mooring'), Buffer.from(salt)]
  for (const each of never) assert.ok(!row!.whole.includes(each.toString('hex')))
  assert.doesNotMatch(row!.whole, /Mooring|secret/)
})

test('where a hash is given its 64 characters are committed to, the entry says so, and the document itself is checked', async () => {
  const hash = createHash('sha256').update(document).digest('hex')
  const at = await notarised({}, { hash: ` ${hash.toUpperCase()} ` })
  const proof = (await get(`${at}/proof`)).rawPayload
  const verdict = check(proof, document)
  assert.deepEqual([verdict.outcome, verdict.said!.schema], ['document', 'urn:praya:sha256-hex'])
  assert.equal(check(proof, Buffer.from(hash)).outcome, 'other-document')
  assert.equal(check(proof, Buffer.from('another')).outcome, 'other-document')
  assert.match((await page(at)).body, /the document was not shown to this site/)
})

test('the page waits until the entry is published, and follows without a script', async () => {
  const answer = await post({ file: document })
  const at = String(answer.headers.location)
  const before = await app.inject({ url: at, headers: { ...officer, accept: 'text/html' } })
  assert.deepEqual([before.statusCode, before.headers.refresh], [200, '2'])
  assert.match(before.body, /on its way into the log/)
  for (const file of ['proof', 'certificate'])
    assert.deepEqual(
      [(await get(`${at}/${file}`)).statusCode, (await get(`${at}/${file}`)).json().type],
      [404, '/problems/ledger.notarisation-waiting'],
    )
  await sequencer.tick()
  const after = await app.inject({ url: at, headers: { ...officer, accept: 'text/html' } })
  assert.equal(after.headers.refresh, undefined)
  assert.match(after.body, /It is in the log/)
})

test('a form that is sent twice, also at once, is one entry; with something else it is refused', async () => {
  const before = await sizeOf()
  const token = randomUUID()
  const answers = await Promise.all(Array.from({ length: 4 }, () => post({ file: document }, { token })))
  assert.equal(new Set(answers.map(({ headers }) => headers.location)).size, 1)
  assert.deepEqual([...new Set(answers.map(({ statusCode }) => statusCode))], [303])
  assert.equal((await post({ file: document }, { token })).headers.location, answers[0]!.headers.location)
  for (const [files, fields] of [
    [{ file: Buffer.from('another') }, {}],
    [{ file: document }, { title: 'Another title' }],
    [{}, { hash: createHash('sha256').update(document).digest('hex') }],
  ] as [{ file?: Buffer }, Fields][]) {
    const other = await post(files, { token, ...fields })
    assert.deepEqual([other.statusCode, other.json().type], [409, '/problems/ledger.form-reused'])
  }
  assert.equal(await sizeOf(), before + 1)
  const theirs = await post({ file: document }, { token }, colleague)
  assert.equal(theirs.statusCode, 303, 'a token of another organisation is another token')
  assert.equal(await sizeOf(), before + 2)
})

test('what is no document is refused with a sentence, and nothing is entered', async () => {
  const before = await sizeOf()
  const hash = 'ab'.repeat(32)
  // biome-ignore format: a table
  const cases: [string, { file?: Buffer }, Fields, string][] = [
    ['nothing',               {},                                   {},                              'file-missing'],
    ['both',                  { file: document },                   { hash },                        'file-and-hash'],
    ['an empty file',         { file: Buffer.alloc(0) },            {},                              'file-empty'],
    ['too large a file',      { file: Buffer.alloc(20_000_001) },   {},                              'file-too-large'],
    ['a short hash',          {},                                   { hash: hash.slice(1) },         'hash-malformed'],
    ['a long hash',           {},                                   { hash: `${hash}a` },            'hash-malformed'],
    ['a hash of no digits',   {},                                   { hash: `g${hash.slice(1)}` },   'hash-malformed'],
    ['two lines of hash',     {},                                   { hash: `${hash}\n${hash}` },    'hash-malformed'],
    ['no title',              { file: document },                   { title: ' ' },                  'title-missing'],
    ['a long title',          { file: document },                   { title: 'x'.repeat(121) },      'title-too-long'],
    ['no log',                { file: document },                   { log: '' },                     'log-missing'],
    ['a log of others',       { file: document },                   { log: 'audit' },                'log-missing'],
    ['a log that is not',     { file: document },                   { log: 'nowhere' },              'log-missing'],
  ]
  for (const [name, files, fields, mistake] of cases) {
    const answer = await post(files, fields)
    assert.equal(answer.statusCode, 422, `${name}: ${answer.body}`)
    assert.deepEqual(answer.json().mistakes, [mistake], name)
  }
  const all = await post({}, { title: '', log: '' })
  assert.deepEqual(all.json().mistakes, ['title-missing', 'log-missing', 'file-missing'], 'as the fields stand')
  const none = await app.inject({ method: 'POST', url: address, headers: officer, payload: { title: 'x' } })
  for (const answer of [none, await post({ file: document }, { token: 'mine' }), await post({}, { token: '' })])
    assert.deepEqual([answer.statusCode, answer.json().type], [400, '/problems/ledger.form-without-token'])
  assert.equal(await sizeOf(), before)
})

test('who has no permission, or acts for an organisation that writes to no log or for none, neither sees nor enters anything', async () => {
  const before = await sizeOf()
  const at = await notarised({ file: document })
  // biome-ignore format: a table
  const cases: [string, Record<string, string>, number, string][] = [
    ['nobody',               {},                                                                               401, 'platform.not-signed-in'],
    ['without permission',   asPerson({ id: 'x', organisation: 'tide-station', level }),                       403, 'platform.not-allowed'],
    ['of the Tally Office',  asPerson({ id: 'x', organisation: 'tally-office', permissions, level }),          403, 'ledger.no-log-open'],
    ['of no organisation',   asPerson({ id: 'x', permissions, level }),                                        403, 'ledger.no-log-open'],
  ]
  for (const [name, by, status, code] of cases)
    for (const answer of [
      await get(address, by),
      await post({ file: document }, {}, by),
      await get(at, by),
      await get(`${at}/proof`, by),
      await get(`${at}/certificate`, by),
      await get(`${at}/erase`, by),
      await app.inject({ method: 'POST', url: `${at}/erase`, headers: by }),
    ])
      assert.deepEqual([answer.statusCode, answer.json().type], [status, `/problems/${code}`], name)
  assert.equal(await sizeOf(), before + 1)
})

test('the page of logs leads there who may notarise, and nobody else', async () => {
  const elsewhere = asPerson({ id: 'x', organisation: 'tally-office', permissions })
  for (const [by, leads] of [
    [officer, true],
    [elsewhere, false],
    [{}, false],
  ] as const)
    assert.equal((await page('/ledger', by)).body.includes(address), leads)
})

test('the notarisations of another organisation are not there, and are not listed', async () => {
  const at = await notarised({ file: document }, { title: 'Of the Tide Station' })
  for (const path of [at, `${at}/proof`, `${at}/certificate`, `${at}/erase`]) {
    const answer = await get(path, colleague)
    assert.deepEqual([answer.statusCode, answer.json().type], [404, '/problems/ledger.notarisation-not-found'])
  }
  const erased = await app.inject({ method: 'POST', url: `${at}/erase`, headers: colleague })
  assert.equal(erased.statusCode, 404)
  assert.equal((await get(`${at}.json`)).json().notarisation.erasedAt, null)
  assert.doesNotMatch((await page(address, colleague)).body, /Of the Tide Station/)
  const { body } = await page(address)
  assert.match(body, /Of the Tide Station/)
  assert.equal((await get(`${address}/${randomUUID()}`)).statusCode, 404)
  assert.equal((await get(`${address}/not-a-number`)).statusCode, 404)
})

test('after erasing the proof still verifies the entry, and nothing here can match the document any more', async () => {
  const at = await notarised({ file: document }, { title: 'To be forgotten' })
  const kept = (await get(`${at}/proof`)).rawPayload
  const confirming = await page(`${at}/erase`)
  assert.match(confirming.body, /Erase for good/)
  const low = asPerson({ id: 'an-officer', organisation: 'tide-station', permissions, level: 1 })
  for (const answer of [
    await get(`${at}/erase`, low),
    await app.inject({ method: 'POST', url: `${at}/erase`, headers: low }),
  ])
    assert.deepEqual([answer.statusCode, answer.json().type], [401, '/problems/platform.level-too-low'])
  assert.equal((await get(`${at}.json`)).json().notarisation.erasedAt, null, 'looking erases nothing')
  for (const _ of [1, 2]) {
    const answer = await app.inject({ method: 'POST', url: `${at}/erase`, headers: officer })
    assert.equal(answer.statusCode, 303)
  }
  assert.equal((await eventsOf('ledger.notarisation-erased')).length, 1)
  const proof = (await get(`${at}/proof`)).rawPayload
  const { entry, salt } = parseExtra(parseProof(proof).extra!)!
  assert.equal(salt, undefined)
  assert.equal(check(proof).outcome, 'alone')
  assert.equal(check(proof, entry).outcome, 'entry')
  assert.equal(check(proof, document).outcome, 'salt-missing')
  assert.equal(check(kept, document).outcome, 'document', 'a proof that was taken away before stays good')
  const [row] = await sql<{ title: null; salt: null; erasedBy: string }[]>`
    select title, salt, erased_by from ledger.notarisation where id = ${at.split('/').at(-1)!}`
  assert.deepEqual({ ...row }, { title: null, salt: null, erasedBy: 'an-officer' })
  for (const path of [`${at}/certificate`, `${at}/erase`]) {
    const gone = await get(path)
    assert.deepEqual([gone.statusCode, gone.json().type], [410, '/problems/ledger.notarisation-erased'])
  }
  const { body } = await page(at)
  assert.match(body, /Salt and title were erased/)
  assert.doesNotMatch(body + (await page(address)).body, /To be forgotten/)
})

test('not even the application changes an entry that was notarised, or brings back what was erased in part', async () => {
  const at = await notarised({ file: document })
  const id = at.split('/').at(-1)!
  await assert.rejects(sql`update ledger.notarisation set entry = ''::bytea where id = ${id}`, { code: '42501' })
  await assert.rejects(sql`delete from ledger.notarisation where id = ${id}`, { code: '42501' })
  await assert.rejects(sql`update ledger.notarisation set salt = null where id = ${id}`, { code: '23514' })
})
