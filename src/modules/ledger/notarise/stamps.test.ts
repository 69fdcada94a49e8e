// The time of a notarisation by the word of an authority: who stamps, when, what openssl says of it, and what stays.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { pino } from 'pino'
import { asPerson, start } from '#test'
import { openSequencer } from '../log/sequencer.ts'
import { aForm } from '../testing/proofs.ts'

const { app, sql, installation, jobs, urls } = await start()
const sequencer = openSequencer(installation, pino({ level: 'silent' }))
const officer = asPerson({ id: 'an-officer', organisation: 'tide-station', permissions: ['ledger:notarise'], level: 2 })
const skip = spawnSync('openssl', ['version']).status === 0 ? false : 'openssl is not installed'
const folder = await mkdtemp(join(tmpdir(), 'praya-stamps-'))
after(() => rm(folder, { recursive: true, force: true }))

/** A time stamp authority of somebody else: another installation, which can be away. */
const other = await start()
const theirs = { isAway: true, asked: 0 }
const server = createServer(async (request, response) => {
  theirs.asked += 1
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  if (theirs.isAway) return response.writeHead(503).end()
  const headers = { 'content-type': 'application/timestamp-query' }
  const payload = Buffer.concat(parts)
  return response.end(
    (await other.app.inject({ method: 'POST', url: '/signing/timestamps', headers, payload })).rawPayload,
  )
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
after(() => server.close())
const timestampUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
const beside = await start({ beside: { urls }, timestampUrl })

async function notarised(by = app): Promise<string> {
  const { payload, headers } = aForm(
    { file: Buffer.from('A lamp.\n') },
    { token: randomUUID(), title: 'Lamp', log: 'harbour' },
  )
  const url = '/office/ledger/notarise'
  const answer = await by.inject({ method: 'POST', url, headers: { ...headers, ...officer }, payload })
  assert.equal(answer.statusCode, 303, answer.body)
  await sequencer.tick()
  return String(answer.headers.location).replace(/^\/[a-z]+(?=\/office)/, '')
}
const get = (url: string) => app.inject({ url, headers: officer })
const page = async (at: string, language = 'eng') =>
  (await app.inject({ url: `/${language}${at}`, headers: { ...officer, accept: 'text/html' } })).body
const dataOf = async (at: string) => (await get(`${at}.json`)).json()
const run = (of = installation) => jobs['ledger.stamp-notarisations']!.run(of, {})
const waitingJobs = async () =>
  (await sql`select 1 from graphile_worker.jobs where task_identifier = 'ledger.stamp-notarisations'`).length

/** What `openssl ts -verify` says of the time stamp, over these octets and with this authority. */
async function judged(at: string, authority: string, entry?: Buffer): Promise<string> {
  const { index } = await dataOf(at)
  const octets = (await get(`/ledger/logs/harbour/entries/${index}/octets`)).rawPayload
  const reply = (await get(`${at}/timestamp`)).rawPayload
  for (const [name, bytes] of [
    ['a.tsr', reply],
    ['a.entry', entry ?? octets],
    ['a.pem', authority],
  ] as const)
    await writeFile(join(folder, name), bytes)
  const args = ['ts', '-verify', '-in', 'a.tsr', '-data', 'a.entry', '-CAfile', 'a.pem']
  const { status, stdout, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' })
  return status === 0 && /Verification: OK/.test(stdout) ? 'holds' : stderr
}

test('a notarisation is stamped in the transaction that makes it, and openssl takes the stamp for its entry and no other', {
  skip,
}, async () => {
  const at = await notarised()
  const { notarisation, timestamp } = await dataOf(at)
  assert.ok(Math.abs(Date.parse(notarisation.stampedAt) - Date.parse(notarisation.notarisedAt)) < 2000)
  assert.equal(timestamp.isOwn, true)
  assert.equal(await waitingJobs(), 0)
  const pem = await get(`${at}/timestamp/authority`)
  assert.equal(pem.headers['content-type'], 'application/x-pem-file')
  assert.equal(await judged(at, pem.body), 'holds')
  assert.match(await judged(at, pem.body, Buffer.from('another entry')), /message imprint mismatch/)
  const strange = (await other.app.inject('/signing/ca.json')).json().certificates[0].id
  const theirRoot = (await other.app.inject(`/signing/ca/${strange}.pem`)).body
  assert.match(await judged(at, theirRoot), /certificate verify error/)
  const says = execFileSync('openssl', ['ts', '-reply', '-in', 'a.tsr', '-text'], { cwd: folder, encoding: 'utf8' })
  assert.match(says, /Status: Granted[\s\S]*Hash Algorithm: sha256/)
  assert.match(await page(at), /openssl ts -verify -in harbour-\d+\.tsr/)
  assert.match(await page(at), /by Government of Testland Time Stamps/)
  assert.match(await page(at, 'han'), /由試驗國政府時間戳記機構簽發/)
})

test('an authority elsewhere that is away stops no notarisation: it says that the stamp is coming, and a job brings it', {
  skip,
}, async () => {
  const at = await notarised(beside.app)
  assert.equal(theirs.asked, 0, 'nobody elsewhere is asked in the transaction of a request')
  assert.equal(await waitingJobs(), 1)
  assert.deepEqual([(await dataOf(at)).timestamp, (await dataOf(at)).notarisation.stampedAt], [null, null])
  assert.match(await page(at), /Not there yet\. The authority is asked again/)
  for (const path of [`${at}/timestamp`, `${at}/timestamp/authority`]) {
    const none = await get(path)
    assert.deepEqual([none.statusCode, none.json().type], [404, '/problems/ledger.timestamp-waiting'])
  }
  await assert.rejects(run(beside.installation), /answered 503/)
  assert.equal((await dataOf(at)).timestamp, null)
  theirs.isAway = false
  await run(beside.installation)
  const { timestamp, notarisation } = await dataOf(at)
  assert.equal(timestamp.isOwn, false)
  assert.ok(Date.parse(notarisation.stampedAt) > 0)
  const none = await get(`${at}/timestamp/authority`)
  assert.deepEqual([none.statusCode, none.json().type], [404, '/problems/ledger.authority-elsewhere'])
  const ids = (await other.app.inject('/signing/ca.json')).json().certificates.map(({ id }: { id: string }) => id)
  const pems = await Promise.all(ids.map(async (id: string) => (await other.app.inject(`/signing/ca/${id}.pem`)).body))
  assert.equal(await judged(at, pems.join('')), 'holds')
})

test('where our own authority fails the notarisation stands, and is stamped later', async () => {
  const vault = { ...installation.vault, open: () => assert.fail('the key cannot be opened') }
  const before = { ...installation }
  Object.assign(installation, { vault: { ...installation.vault, open: vault.open } })
  const at = await notarised().finally(() => Object.assign(installation, before))
  assert.equal((await dataOf(at)).timestamp, null)
  await run()
  assert.equal((await dataOf(at)).timestamp.isOwn, true)
})

test('what was notarised before there were stamps is stamped once, by whichever process, and says when', async () => {
  const at = await notarised(beside.app)
  await Promise.all([run(), run(), run(beside.installation)])
  const first = (await get(`${at}/timestamp`)).rawPayload
  await run()
  assert.deepEqual((await get(`${at}/timestamp`)).rawPayload, first)
  assert.equal((await sql`select 1 from ledger.stamp where notarisation = ${at.split('/').at(-1)!}`).length, 1)
})

test('erasing keeps the stamp, and nobody changes or takes away one', { skip }, async () => {
  const at = await notarised()
  const pem = (await get(`${at}/timestamp/authority`)).body
  const erased = await app.inject({ method: 'POST', url: `${at}/erase`, headers: officer })
  assert.equal(erased.statusCode, 303)
  assert.equal(await judged(at, pem), 'holds')
  await assert.rejects(sql`update ledger.stamp set token = 'x'::bytea`, { code: '42501' })
  await assert.rejects(sql`delete from ledger.stamp`, { code: '42501' })
})
