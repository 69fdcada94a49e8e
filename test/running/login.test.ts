// One login, two processes: what one begins the other finishes, and the death of either leaves nothing half done.
import assert from 'node:assert/strict'
import { request as ask, createServer, type IncomingMessage } from 'node:http'
import { after, test } from 'node:test'
import * as client from 'openid-client'
import { pino } from 'pino'
import { softwareAuthenticator } from '../../src/modules/identity/testing/authenticator.ts'
import postgres from '../../src/platform/driver.ts'
import { startPostgres } from '../../src/start/postgres/server.ts'
import { discover, login } from '../logins.ts'
import { aBrowserAt } from '../relying-party.ts'
import { freePort, startPraya, temporaryFolder } from './praya.ts'

type Praya = Awaited<ReturnType<typeof startPraya>>

/** One address before several processes; `choose` says to which each request goes. */
async function aBalancer(choose: (request: IncomingMessage) => number) {
  const server = createServer((request, response) => {
    const { method = 'GET', url: path = '/', headers } = request
    const up = ask({ host: '127.0.0.1', port: choose(request), method, path, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers)
      answer.pipe(response)
      answer.on('error', () => response.destroy())
    })
    up.on('error', () => response.destroy())
    request.pipe(up)
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://localhost:${port}`
}

// Each kill costs a start: in a campaign every request is the one, else every fourth.
const step = process.env.TEST_CAMPAIGN ? 1 : 4
const redirectUri = 'https://service.example/callback'

let choose: (request: IncomingMessage) => number = () => 0
const site = await aBalancer((request) => choose(request))
const server = await startPostgres({
  folder: temporaryFolder(),
  log: pino({ level: 'silent' }),
  durable: true,
})
const sql = postgres(server.ownerUrl, { max: 1, onnotice: () => {} })
const folder = temporaryFolder()
const settings = { PRAYA_PUBLIC_URL: site, PRAYA_DATABASE_URL: server.ownerUrl }
/** The first lives on; the other is the one that dies. */
const first = await startPraya(folder, settings)
let other: Praya = await startPraya(folder, settings)
after(async () => {
  await sql.end()
  for (const { child, ended } of [first, other]) {
    child.kill('SIGKILL')
    await ended
  }
  await server.stop()
})
const metadata = {
  redirect_uris: [redirectUri],
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
}
await sql`
  insert into identity.client (id, name, metadata, state)
  values ('tide-tables', ${sql.json({ en: 'Tide tables', 'zh-Hant': '潮汐表' })}, ${sql.json(metadata)}, 'live')`
choose = () => first.port
const config = await discover(site, 'tide-tables', client.None())

test('each request of a login may meet another process', async () => {
  for (const start of [0, 1]) {
    let turn = start
    choose = () => (turn++ % 2 === 0 ? first.port : other.port)
    const { tokens, browser } = await login(site, config)
    assert.equal((await client.fetchUserInfo(config, tokens.access_token, tokens.claims()!.sub)).name, 'Ada Quay')
    assert.ok((await client.refreshTokenGrant(config, tokens.refresh_token!)).access_token)
    const page = await browser.open('/account')
    assert.equal(page.status, 200)
    assert.ok(turn - start > 8, `${turn} requests`)
  }
})

/** Lets the other process answer until its `last`-th request, in the middle of which it is killed. */
function killAt(last: number, afterMs: number): { count: () => number } {
  let count = 0
  choose = () => {
    count++
    if (count > last) return first.port
    if (count === last) setTimeout(() => other.child.kill('SIGKILL'), afterMs)
    return other.port
  }
  return { count: () => count }
}

async function again(): Promise<void> {
  if (other.child.exitCode !== null || other.child.signalCode !== null || other.child.killed) {
    await other.ended
    other = await startPraya(folder, settings)
  }
}

test('a process that is killed in the middle of a login costs no more than to begin it again', async () => {
  const people = async () => Number((await sql`select count(*) from identity.person`)[0]!.count)
  const before = await people()
  choose = () => first.port
  await login(site, config)
  for (let last = 1; ; last += step) {
    await again()
    const { count } = killAt(last, (last * 3) % 12)
    const browser = aBrowserAt(site)
    await login(site, config, {}, { browser }).catch(() => undefined)
    if (count() < last) break
    choose = () => first.port
    // The same browser, with whatever cookies it was left with.
    const { tokens } = await login(site, config, {}, { browser })
    assert.ok(tokens.id_token, `after request ${last}`)
    assert.ok(last < 30)
  }
  assert.equal(await people(), before)
})

test('a process that is killed while an account is opened leaves a whole account or none', async () => {
  const authenticator = softwareAuthenticator(site)
  async function register() {
    const browser = aBrowserAt(site)
    const page = await browser.post('/eng/sign-in/new', { name: 'Mei Tide', next: '/account' })
    const [, json] = /data-passkey-options="([^"]+)"/.exec(page.text)!
    const options = JSON.parse(json!.replaceAll('&quot;', '"'))
    const response = JSON.stringify(authenticator.create(options))
    const done = await browser.post('/eng/sign-in/new/passkey', {
      challenge: page.url.searchParams.get('of')!,
      response,
      next: '/account',
    })
    return done.status === 200 && done.text.includes('class="codes"')
  }
  choose = () => first.port
  assert.ok(await register())
  let opened = 1
  for (const last of process.env.TEST_CAMPAIGN ? [1, 2, 3, 3, 3, 3, 3, 3] : [3, 3]) {
    await again()
    killAt(last, last === 3 ? [0, 4, 8, 16][opened % 4]! : 2)
    if (await register().catch(() => false)) opened++
    choose = () => first.port
    if (await register()) opened++
  }
  const halves = await sql<{ id: string }[]>`
    select person.id
    from identity.person
    where not demonstration
      and (not exists (select from identity.passkey where person_id = person.id)
        or (select count(*) from identity.recovery_code where person_id = person.id) <> 10)`
  assert.deepEqual([...halves], [])
  const [row] = await sql<[{ count: string }]>`select count(*) from identity.person where not demonstration`
  assert.ok(Number(row.count) >= opened, `${row.count} of ${opened}`)
})
