import assert from 'node:assert/strict'
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto'
import { Agent, createServer } from 'node:https'
import { after, test } from 'node:test'
import { connect } from 'node:tls'
import { start } from '#test'
import { selfSigned } from '../../../../test/mail-server.ts'
import { deliver } from './deliver.ts'
import { sendMessage } from './messages.ts'
import { publicAgent, pushKey } from './push.ts'

const first = await start({ publicUrl: 'https://praya.example' })
const second = await start({ publicUrl: 'https://praya.example', beside: first })
const { app, sql, asPerson, installation } = first
const ada = asPerson({ id: 'ada-quay' })
const host = 'push.example.net'

type Pushed = { path: string; headers: Record<string, string>; body: Buffer }
const pushed: Pushed[] = []
const answers = { status: 201 }
const pair = await selfSigned(host)
/** A push service as RFC 8030 describes one. */
const service = createServer(pair, (request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    pushed.push({
      path: request.url!,
      headers: request.headers as Record<string, string>,
      body: Buffer.concat(chunks),
    })
    response.writeHead(answers.status, answers.status === 302 ? { location: `https://${host}/elsewhere` } : {}).end()
  })
})
await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
after(() => service.close())
const { port } = service.address() as { port: number }
/** Leads to the service of this test, whatever the name says. */
const agent = new Agent({ keepAlive: false })
agent.createConnection = (() => connect({ host: '127.0.0.1', port, servername: host, ca: pair.cert })) as never

/** What a browser does: a key pair of its own, and a secret. */
const browser = createECDH('prime256v1')
const p256dh = browser.generateKeys()
const auth = randomBytes(16)
const subscribe = (path = '/send/1') =>
  app.inject({
    method: 'POST',
    url: '/han/account/notifications/push',
    headers: ada,
    payload: {
      endpoint: `https://${host}${path}`,
      keys: { p256dh: p256dh.toString('base64url'), auth: auth.toString('base64url') },
    },
  })
const send = () =>
  sql.begin((each) =>
    sendMessage(each, {
      vault: installation.vault,
      personId: 'ada-quay',
      organisation: 'tide-station',
      title: { en: 'Your lamp licence 7741 was refused', 'zh-Hant': '你的燈牌照不獲批准' },
      body: { en: 'Because of the tide.', 'zh-Hant': '因為潮汐。' },
    }),
  )
const queue = async () => [...(await sql`select state, tries, failure from identity.notification`)]
const clear = async () => {
  await sql`delete from identity.notification`
  await sql`delete from identity.push_subscription`
  pushed.length = 0
  answers.status = 201
}

/** RFC 8291, §3.4 and RFC 8188, as the browser decrypts. */
function decrypted(body: Buffer): string {
  const [salt, size] = [body.subarray(0, 16), body.readUInt8(20)]
  const sender = body.subarray(21, 21 + size)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), p256dh, sender])
  const secret = Buffer.from(hkdfSync('sha256', browser.computeSecret(sender), auth, info, 32))
  const derive = (what: string, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, salt, `Content-Encoding: ${what}\0`, length))
  const sealed = body.subarray(21 + size)
  const decipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12))
  decipher.setAuthTag(sealed.subarray(-16))
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
  return padded.subarray(0, padded.lastIndexOf(2)).toString()
}

test('two processes that need the key of this installation at once have one', async () => {
  const keys = await Promise.all([
    pushKey(sql, installation),
    pushKey(second.sql, second.installation),
    pushKey(sql, installation),
  ])
  assert.equal(new Set(keys.map(({ privateKey }) => privateKey)).size, 1)
  const [row] = await sql<[{ text: string }]>`select each::text as text from identity.push_key as each`
  const { privateKey } = keys[0]
  for (const form of [
    privateKey,
    Buffer.from(privateKey, 'base64url').toString('hex'),
    Buffer.from(privateKey).toString('hex'),
  ])
    assert.ok(!row.text.includes(form))
})

test('a browser learns that there is a message, in its language, and not from whom or what', async () => {
  assert.equal((await subscribe()).statusCode, 201)
  await send()
  await deliver(installation, agent)
  assert.equal(pushed.length, 1)
  const [{ path, headers, body }] = pushed as [Pushed]
  assert.deepEqual([path, headers['content-encoding'], headers.topic], ['/send/1', 'aes128gcm', 'inbox'])
  const text = decrypted(body)
  assert.deepEqual(JSON.parse(text).body, '你有新訊息。')
  assert.equal(JSON.parse(text).path, '/han/account/inbox')
  for (const word of ['7741', '燈', '潮', 'tide', 'ada']) assert.ok(!text.includes(word), word)
  await clear()
})

test('a push service sees who sends by a signature of this installation for that service (RFC 8292)', async () => {
  await subscribe()
  await send()
  await deliver(installation, agent)
  const [, token, key] = /^vapid t=([^,]+), ?k=(.+)$/.exec(pushed[0]!.headers.authorization!)!
  const [head, claims, signature] = token!.split('.') as [string, string, string]
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
  assert.equal(read(head).alg, 'ES256')
  assert.deepEqual([read(claims).aud, read(claims).sub], [`https://${host}`, 'https://praya.example'])
  const { publicKey } = await pushKey(sql, installation)
  assert.equal(key, publicKey)
  const point = Buffer.from(publicKey, 'base64url')
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')]
  const verifier = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  const signed = Buffer.from(signature, 'base64url')
  assert.ok(verify('sha256', Buffer.from(`${head}.${claims}`), { key: verifier, dsaEncoding: 'ieee-p1363' }, signed))
  await clear()
})

// biome-ignore format: matrix
const outcomes = [
  // answer  subscriptions left  outbox
  [201,      1,                  [{ state: 'sent', tries: 1, failure: null }]],
  [404,      0,                  []],
  [410,      0,                  []],
  [429,      1,                  [{ state: 'queued', tries: 1, failure: '429' }]],
  [503,      1,                  [{ state: 'queued', tries: 1, failure: '503' }]],
  [403,      1,                  [{ state: 'given-up', tries: 1, failure: '403' }]],
  [302,      1,                  [{ state: 'given-up', tries: 1, failure: '302' }]],
] as const
for (const [status, left, outbox] of outcomes)
  test(`the answer ${status} leaves ${left} subscriptions and is asked for once`, async () => {
    await subscribe()
    await send()
    answers.status = status
    await deliver(installation, agent)
    assert.equal((await sql`select 1 from identity.push_subscription`).length, left)
    assert.deepEqual(await queue(), outbox)
    assert.equal(pushed.length, 1)
    await clear()
  })

test('a browser that registers again is told once', async () => {
  await subscribe()
  await subscribe()
  await send()
  await deliver(installation, agent)
  assert.equal(pushed.length, 1)
  await clear()
})

test('a name that leads into our own network is not connected to', async () => {
  const reach = (hostname: string) =>
    new Promise<{ code?: string | undefined }>((resolve) => {
      const lookup = publicAgent.options.lookup!
      lookup(hostname, {}, (error) => resolve(error ?? {}))
    })
  assert.equal((await reach('localhost')).code, 'ENOTPUBLIC')
})
