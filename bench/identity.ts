/*
 * How many people sign in to a service per second of the processor, and how many tokens a program gets for itself: Praya with
 * everything on disk, beside oidc-provider as it comes, in memory and with its pages for trials, beside the same behind the
 * guards of this platform, and beside one that does the least that must be done besides (duties.ts). In turns within one run,
 * each in a process of its own, under the same eight browsers. A login is that of somebody who agreed before and is not
 * signed in: every request from the first to the tokens, with a passkey that is really checked.
 * Prints the medians, the ratios, the round trips to PostgreSQL of one login, and how long each page takes at half load.
 */
import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { softwareAuthenticator } from '../src/modules/identity/testing/authenticator.ts'
import postgres from '../src/platform/driver.ts'
import { openVault } from '../src/platform/vault.ts'
import { startPostgres } from '../src/start/postgres/server.ts'
import { freePort, machine, median, part, print, startPraya, startWords } from './praya.ts'

const browsers = 8
const seconds = Number(process.env.BENCH_SECONDS ?? 8)
const turns = 3
const redirectUri = 'https://service.example/callback'
const secret = 'a secret of the bench alone'
const vaultSecret = 'what seals the secrets of the bench alone'
const verifier = 'a-verifier-of-the-bench-that-is-long-enough-for-the-rule'
const challenge = Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))).toString(
  'base64url',
)

type Timed = (name: string, ms: number) => void

/** What a browser holds of which a person's device is known, which outlives a login. */
const deviceCookie = 'praya_browser'

/** A browser without a session, of a device that was used before where `device` holds its cookie. */
function aBrowser(timed?: Timed, device = new Map<string, string>()) {
  const jar = new Map(device)
  return async (name: string, url: string, fields?: Record<string, string>, headers: Record<string, string> = {}) => {
    const began = performance.now()
    const response = await fetch(url, {
      method: fields ? 'POST' : 'GET',
      redirect: 'manual',
      headers: {
        accept: 'text/html',
        'x-step': name,
        // As browsers say of what people open; ours leads them on by a page and not by a redirect where they do.
        ...(!headers.authorization && { 'sec-fetch-mode': 'navigate' }),
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(fields && !headers.authorization && { origin: new URL(url).origin }),
        ...headers,
      },
      ...(fields && { body: new URLSearchParams(fields) }),
    })
    const text = await response.text()
    timed?.(name, performance.now() - began)
    for (const each of response.headers.getSetCookie()) {
      const [name, value] = each.split(';')[0]!.split(/=(.*)/s) as [string, string]
      if (value === '') jar.delete(name)
      else jar.set(name, value)
      if (name === deviceCookie) device.set(name, value)
    }
    if (response.status >= 400)
      throw new Error(`${name}: ${response.status} ${text.replace(/<[^>]*>/g, ' ').slice(0, 300)}`)
    const location = response.headers.get('location') ?? response.headers.get('refresh')?.split('url=')[1]
    return { text, location: location ? new URL(location, url).href : '' }
  }
}

const authorization = `Basic ${Buffer.from(`bench:${encodeURIComponent(secret)}`).toString('base64')}`
const requestOf = (issuer: string) =>
  `${issuer}/auth?${new URLSearchParams({
    client_id: 'bench',
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid',
    state: randomBytes(8).toString('hex'),
    nonce: randomBytes(8).toString('hex'),
    code_challenge: challenge,
    code_challenge_method: 'S256',
  })}`

/** What the service does from its own server, without anything of the browser's. */
async function exchange(issuer: string, back: string, timed?: Timed): Promise<void> {
  const server = aBrowser(timed)
  const code = new URL(back).searchParams.get('code')
  if (!code) throw new Error(back)
  const fields = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier }
  const { text } = await server('code for tokens', `${issuer}/token`, fields, { authorization })
  if (!text.includes('id_token')) throw new Error(text)
}

async function clientCredentials(issuer: string): Promise<void> {
  const { text } = await aBrowser()('token', `${issuer}/token`, { grant_type: 'client_credentials' }, { authorization })
  if (!text.includes('access_token')) throw new Error(text)
}

// Praya, with a relay before its database that counts what is sent.
let roundTrips = 0
const folder = await mkdtemp(join(tmpdir(), 'praya-bench-'))
const database = await startPostgres({ folder, log: pino({ level: 'silent' }) })
const databaseAt = new URL(database.ownerUrl)
const relay = createServer((near) => {
  const far = connect(Number(databaseAt.port), '127.0.0.1')
  near.on('data', (data) => {
    roundTrips++
    far.write(data)
  })
  far.on('data', (data) => near.write(data))
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const)
    one.on('error', () => other.destroy()).on('close', () => other.destroy())
})
const relayPort = await freePort()
await new Promise<void>((resolve) => relay.listen(relayPort, '127.0.0.1', resolve))
const relayed = new URL(database.ownerUrl)
relayed.port = String(relayPort)
relayed.hostname = '127.0.0.1'
const port = await freePort()
const own = await mkdtemp(join(tmpdir(), 'praya-bench-'))
const startAt = (databaseUrl: string) =>
  startPraya(
    {
      PRAYA_PORT: String(port),
      PRAYA_DATABASE_URL: databaseUrl,
      PRAYA_REQUESTS_PER_MINUTE: '1000000',
      PRAYA_PACK: 'governments/testland',
      PRAYA_VAULT_SECRET: vaultSecret,
    },
    own,
  )
let praya = await startAt(relayed.href)
/** Passkeys belong to a name, not to a number. */
const site = praya.address.replace('127.0.0.1', 'localhost')
const issuer = `${site}/id`
const sql = postgres(database.ownerUrl, { max: 1, onnotice: () => {} })

/** In a process as Node makes it; the one that is dutiful in one as `npm start` makes it. */
async function startPeer(...words: string[]) {
  const { flags, surroundings } = startWords()
  const child = fork(
    new URL('./provider-peer.ts', import.meta.url),
    words,
    words[0] === 'dutiful'
      ? { execArgv: [...process.execArgv, ...flags], env: { ...process.env, ...surroundings } }
      : {},
  )
  const address = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve(message as string))
    child.once('exit', (code) => reject(new Error(`The peer ended with ${code}`)))
  })
  return { child, pid: child.pid!, address }
}
type Peer = Awaited<ReturnType<typeof startPeer>>
const peers = {
  'oidc-provider in memory': await startPeer(),
  'the same behind the guards of this platform': await startPeer('guarded'),
  'and with the least that must be done besides': await startPeer('dutiful', database.ownerUrl),
}

type Account = ReturnType<typeof softwareAuthenticator>

const optionsIn = (page: string) =>
  JSON.parse(/data-passkey-options="([^"]+)"/.exec(page)![1]!.replaceAll('&quot;', '"'))

async function openAccount(): Promise<Account> {
  const account = softwareAuthenticator(site)
  const browser = aBrowser()
  const { location } = await browser('name', `${site}/eng/sign-in/new`, { name: 'Mei Tide', next: '/account' })
  const { text } = await browser('passkey', location)
  await browser('open', `${site}/eng/sign-in/new/passkey`, {
    challenge: new URL(location).searchParams.get('of')!,
    response: JSON.stringify(account.create(optionsIn(text))),
    next: '/account',
  })
  return account
}

const devices = new Map<Account, Map<string, string>>()

async function loginHere(account: Account, timed?: Timed): Promise<void> {
  const device = devices.get(account) ?? new Map<string, string>()
  devices.set(account, device)
  const browser = aBrowser(timed, device)
  const { location: signIn } = await browser('id/auth', requestOf(issuer))
  const { text } = await browser('sign-in', signIn)
  const next = new URL(signIn).searchParams.get('next')!
  const { location: resumed } = await browser('sign-in/passkey', `${site}/eng/sign-in/passkey`, {
    challenge: /name="challenge" value="([^"]+)"/.exec(text)![1]!,
    response: JSON.stringify(account.get(optionsIn(text))),
    next,
  })
  let { location: back } = await browser('id/auth/:uid', resumed)
  // The first time the person is asked.
  if (new URL(back).pathname.includes('/sign-in/services/')) {
    const asked = await browser('sign-in/services', back)
    const version = /name="version" value="([^"]+)"/.exec(asked.text)![1]!
    const agreed = await browser('agree', back, { answer: 'agree', version })
    back = (await browser('id/auth/:uid', agreed.location)).location
  }
  await exchange(issuer, back, timed)
}

async function loginThere({ address }: Peer): Promise<void> {
  const browser = aBrowser()
  const { location: first } = await browser('auth', requestOf(address))
  await browser('login page', first)
  const login = { prompt: 'login', login: 'ada', password: 'any' }
  const { location: resumed } = await browser('login', first, login)
  let { location: back } = await browser('auth/:uid', resumed)
  if (!back.startsWith(redirectUri)) {
    await browser('consent page', back)
    const { location: agreed } = await browser('consent', back, { prompt: 'consent' })
    back = (await browser('auth/:uid, agreed', agreed)).location
  }
  await exchange(address, back)
}

const tick = 100
/** Processor time of a process, or of several, in seconds. */
function processorOf(...pids: number[]): number {
  let ticks = 0
  for (const pid of pids) {
    const [, fields] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\) (.*)/s) as [string, string]
    const parts = fields.split(' ')
    ticks += Number(parts[11]) + Number(parts[12])
  }
  return ticks / tick
}

/** The server of the database with the processes that it has for its connections. */
function databasePids(): number[] {
  const [main] = readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
  const children = readdirSync('/proc').filter((name) => {
    try {
      return (
        /^\d+$/.test(name) &&
        readFileSync(`/proc/${name}/stat`, 'utf8')
          .split(/\) (.*)/s)[1]!
          .split(' ')[1] === main
      )
    } catch {
      return false
    }
  })
  return [Number(main), ...children.map(Number)]
}

async function rate(pid: number, work: (browser: number) => Promise<void>, atOnce = browsers) {
  const began = processorOf(pid)
  const databaseBegan = processorOf(...databasePids())
  const until = performance.now() + seconds * 1000
  let done = 0
  await Promise.all(
    Array.from({ length: atOnce }, async (_, browser) => {
      while (performance.now() < until) {
        await work(browser)
        done++
      }
    }),
  )
  return {
    perProcessorSecond: done / (processorOf(pid) - began),
    perSecond: done / seconds,
    databaseMs: ((processorOf(...databasePids()) - databaseBegan) * 1000) / done,
  }
}

type Rate = Awaited<ReturnType<typeof rate>>

/** Turns before the first that counts: the engine goes on compiling for as long as that. */
const warmUps = 3

/** In turns, ours and the peers, of which the first is the one that it is held against. */
async function compare(
  name: string,
  here: (browser: number) => Promise<void>,
  there: (peer: Peer) => Promise<void>,
  peers: Record<string, Peer>,
) {
  const contestants = [
    { called: 'Praya', run: () => rate(praya.pid, here), rates: [] as Rate[] },
    ...Object.entries(peers).map(([called, each]) => ({
      called,
      run: () => rate(each.pid, () => there(each)),
      rates: [] as Rate[],
    })),
  ]
  for (let turn = 0; turn < warmUps + turns; turn++)
    for (const { run, rates } of contestants) {
      const measured = await run()
      if (turn >= warmUps) rates.push(measured)
    }
  const of = (rates: readonly Rate[], key: keyof Rate) => median(rates.map((each) => each[key]))
  const base = of(contestants[1]!.rates, 'perProcessorSecond')
  for (const { called, rates } of contestants) {
    const each = of(rates, 'perProcessorSecond')
    print(
      `${name}, ${called}: ${each.toFixed(0)} per processor second (${(1000 / each).toFixed(2)} ms); ratio ${(each / base).toFixed(2)}; ${of(rates, 'perSecond').toFixed(0)} each second on this machine; PostgreSQL adds ${of(rates, 'databaseMs').toFixed(2)} ms`,
    )
  }
}

print(machine())
try {
  await sql`
    insert into identity.client (id, name, metadata, state)
    values ('bench', ${sql.json({ en: 'Bench', 'zh-Hant': '測速' })}, ${sql.json({
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_basic',
    })}, 'live')`
  const sealed = openVault(vaultSecret).seal('client', secret, 'client/bench')
  await sql`update identity.client set secret = ${sealed} where id = 'bench'`

  const accounts = await Promise.all(Array.from({ length: browsers }, openAccount))
  for (const account of accounts) await loginHere(account)
  roundTrips = 0
  const counted = 40
  for (let each = 0; each < counted; each++) await loginHere(accounts[each % browsers]!)
  const busy = roundTrips / counted
  print(`round trips to PostgreSQL in one login of 5 requests: ${busy.toFixed(1)}`)
  // What counts also delays: from here on without it.
  await praya.stop()
  praya = await startAt(database.ownerUrl)
  await compare('complete logins', (browser) => loginHere(accounts[browser]!), loginThere, peers)
  await compare(
    'tokens by client credentials',
    () => clientCredentials(issuer),
    ({ address }) => clientCredentials(address),
    peers,
  )
  const took = new Map<string, number[]>()
  await rate(
    praya.pid,
    (browser) => loginHere(accounts[browser]!, (name, ms) => void took.set(name, [...(took.get(name) ?? []), ms])),
    browsers / 2,
  )
  for (const [name, values] of took)
    print(`${name}: median ${median(values).toFixed(1)} ms, 95 of 100 within ${part(values, 0.95).toFixed(1)} ms`)
} finally {
  for (const { child } of Object.values(peers)) child.kill()
  await sql.end()
  await praya.stop()
  relay.close()
  await database.stop()
  for (const each of [folder, own]) await rm(each, { recursive: true, force: true })
}
