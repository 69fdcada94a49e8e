import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, test } from 'node:test'
import { start } from '#test'
import { listAlerts } from '../testing/alerts.sql.ts'
import { aPdf, approve, aSigner, ask, look, type Signer, send } from './testing/signers.ts'

const started = await start()
const { sql } = started

/** A time stamp authority that answers when it is let: as ours does, whose answer it passes on. */
const waiting: (() => void)[] = []
const authority = createServer(async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  await new Promise<void>((resolve) => waiting.push(resolve))
  const headers = { 'content-type': 'application/timestamp-query' }
  const payload = Buffer.concat(chunks)
  const made = await started.app.inject({ method: 'POST', url: '/signing/timestamps', headers, payload })
  response.end(made.rawPayload)
})
await once(authority.listen(0, '127.0.0.1'), 'listening')
after(() => authority.close())
const { port } = authority.address() as { port: number }
const slow = await start({ beside: { urls: started.urls }, timestampUrl: `http://127.0.0.1:${port}/` })
/** Until somebody waits for the authority. */
async function asked(count = 1): Promise<void> {
  while (waiting.length < count) await new Promise((resolve) => setTimeout(resolve, 10))
}
const answer = () => {
  for (const go of waiting.splice(0)) go()
}

const problemOf = (reply: { json: () => { type?: string } }) => reply.json().type?.split('/').at(-1)
const hash = createHash('sha256').update('The lamps of the pier are lit at dusk.').digest('hex')
const anAsk = (signer: Signer) => ask(started, { documentName: 'Lamps', hash, person: signer.personId })
/** What is there of a request: signatures, acts, and keys of the person. */
async function standing(id: string, { personId }: Signer) {
  const [row] = await sql<[{ signatures: number; acts: number; keys: number }]>`
    select
      (select count(*) from identity.signature where request_id = ${id}) as signatures,
      (select count(*) from platform.audit_event
       where event = 'identity.document-signed' and subject = ${`sign/${id}`}) as acts,
      (select count(*) from identity.signing_key where person_id = ${personId}) as keys`
  return [row.signatures, row.acts, row.keys]
}
/** The answer of a passkey to the page, as often as it is sent. */
async function approval(signer: Signer, id: string) {
  const { data } = await look(started, signer, id)
  const response = JSON.stringify(signer.authenticator.get(data.passkey!.options, undefined, signer.credentialId))
  const payload = { challenge: data.passkey!.id, response }
  return (on = slow) => on.app.inject({ method: 'POST', url: `/sign/${id}`, headers: signer.headers, payload })
}
const decline = (on: typeof slow, { headers }: Signer, id: string) =>
  on.app.inject({ method: 'POST', url: `/sign/${id}/decline`, headers })

test('a signature that waits for its time holds up nobody: 30 others are refused at once, and every page answers', async () => {
  const signer = await aSigner(started)
  const { id } = (await send(started, signer, await aPdf())).json<{ id: string }>()
  const first = (await approval(signer, id))()
  await asked()
  const payload = { challenge: 'x', response: 'x' }
  const others = await Promise.all(
    Array.from({ length: 30 }, () =>
      slow.app.inject({ method: 'POST', url: `/sign/${id}`, headers: signer.headers, payload }),
    ),
  )
  assert.ok(
    others.every((each) => each.statusCode === 422 || each.statusCode === 403),
    `${others[0]!.body}`,
  )
  assert.equal((await slow.app.inject('/readyz')).statusCode, 200)
  await sql`select 1 from identity.signing_request where id = ${id} for update nowait`
  assert.deepEqual(await standing(id, signer), [0, 0, 0])
  answer()
  assert.equal((await first).statusCode, 303)
  assert.deepEqual(await standing(id, signer), [1, 1, 1])
})

test('an answer that is sent twice at once signs once, and is spent once', async () => {
  const signer = await aSigner(started)
  const { id } = await anAsk(signer)
  const post = await approval(signer, id)
  const first = post()
  await asked()
  const second = await post()
  assert.deepEqual([second.statusCode, problemOf(second)], [409, 'identity.request-busy'])
  // Another process does not know of it: it has the answer too, and one of them is first.
  assert.equal((await post(started)).statusCode, 303)
  answer()
  assert.equal((await first).statusCode, 303)
  assert.deepEqual(await standing(id, signer), [1, 1, 1])
})

test('two documents that are signed at once by a person without a key get one key, or one of them nothing', async () => {
  const signer = await aSigner(started)
  const [one, two] = [await anAsk(signer), await anAsk(signer)]
  const first = (await approval(signer, one.id))()
  await asked()
  const again = await approval(signer, two.id)
  assert.equal((await again(started)).statusCode, 303)
  answer()
  // By the counter of the passkey, or by the key.
  assert.ok(['identity.passkey-refused', 'identity.request-busy'].includes(problemOf(await first)!))
  assert.deepEqual(await standing(one.id, signer), [0, 0, 1])
  assert.deepEqual((await listAlerts(sql, signer.personId)).filter((kind) => kind === 'signing-key-created').length, 1)
  assert.equal((await approve(started, signer, one.id)).statusCode, 303)
})

test('what is declined while its time is asked for is not signed, and the answer stays unspent', async () => {
  const signer = await aSigner(started)
  const { id } = await anAsk(signer)
  const first = (await approval(signer, id))()
  await asked()
  const challenges = () =>
    sql`select 1 from identity.challenge where purpose = 'sign' and person_id = ${signer.personId}`
  const before = (await challenges()).length
  assert.equal((await decline(started, signer, id)).statusCode, 303)
  answer()
  assert.equal(problemOf(await first), 'identity.request-ended')
  assert.deepEqual(await standing(id, signer), [0, 0, 0])
  assert.equal((await challenges()).length, before)
})

test('a key that is revoked while it signs leaves no signature', async () => {
  const signer = await aSigner(started)
  assert.equal((await approve(started, signer, (await anAsk(signer)).id)).statusCode, 303)
  const { id } = await anAsk(signer)
  const first = (await approval(signer, id))()
  await asked()
  await sql`
    update identity.signing_key
    set revoked_at = now(), sealed_key = null, sealed_lattice_key = null
    where person_id = ${signer.personId}`
  answer()
  assert.equal(problemOf(await first), 'identity.request-busy')
  assert.deepEqual((await standing(id, signer)).slice(0, 2), [0, 0])
})

test('a request that somebody writes to at this moment is refused at once, and signed after that', async () => {
  const signer = await aSigner(started)
  const { id } = await anAsk(signer)
  const post = await approval(signer, id)
  await sql.begin(async (own) => {
    await own`select 1 from identity.signing_request where id = ${id} for update`
    for (const reply of [await post(started), await decline(started, signer, id)])
      assert.deepEqual([reply.statusCode, problemOf(reply)], [409, 'identity.request-busy'])
  })
  assert.deepEqual(await standing(id, signer), [0, 0, 0])
  assert.equal((await post(started)).statusCode, 303)
})

test('a proof that is withdrawn while a first signature is made leaves neither signature nor key in its name', async () => {
  const signer = await aSigner(started)
  const { id } = await anAsk(signer)
  const send = await approval(signer, id)
  const signing = send()
  await asked()
  await sql`update identity.proof set withdrawn_at = now(), withdrawn_by = 'o', withdrawn_reason = 'wrong-person' where person_id = ${signer.personId}`
  answer()
  assert.equal(problemOf(await signing), 'identity.request-busy')
  assert.deepEqual(await standing(id, signer), [0, 0, 0])
})
