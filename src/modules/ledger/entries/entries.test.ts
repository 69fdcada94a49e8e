import assert from 'node:assert/strict'
import { createHmac, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { pino } from 'pino'
import { start } from '../../../../test/start.ts'
import { findLog } from '../log/logs.sql.ts'
import { openSequencer } from '../log/sequencer.ts'
import { findIndexes } from '../log/tiles.sql.ts'
import { withdrawApiKey } from '../programs/api-keys.sql.ts'
import { issueApiKey } from '../programs/api-keys.ts'
import { keyCommands } from '../programs/command.ts'
import { call } from '../testing/calls.ts'
import { hashLeaf } from '../tree/tree.rules.ts'
import { parseEnvelope } from './envelope.rules.ts'

const { app, sql, installation } = await start()
const beside = openSequencer(installation, pino({ level: 'silent' }))

const commitment = () => createHmac('sha256', randomBytes(32)).update('content').digest('hex')
const anEntry = (given = {}) => ({ kind: 'document-notarised', commitment: commitment(), ...given })

const keyOf = (organisation: string, days = 30) =>
  issueApiKey(sql, { organisation, name: 'Test', scopes: ['append'], createdBy: 'test', days })

const { text } = await keyOf('tide-station')
const bearer = { authorization: `Bearer ${text}` }

const post = (payload: object, headers: Record<string, string> = bearer, log = 'harbour') =>
  app.inject({ method: 'POST', url: `/ledger/logs/${log}/entries`, headers, payload })

const sizeOf = async (log = 'harbour') => {
  await beside.tick()
  return (await findLog(sql, log))!.size
}

test('what a program appends is in the log as it was answered', async () => {
  const entry = anEntry({ schema: 'https://example.gov/licence/1', prev: 'ab'.repeat(32) })
  const answer = await post({ entries: [entry, anEntry()] })
  assert.equal(answer.statusCode, 202, answer.body)
  const { entries } = answer.json() as { entries: { leaf: string; entry: string }[] }
  assert.equal(answer.headers.location, `/ledger/logs/harbour/leaves/${entries[0]!.leaf}`)
  const octets = entries.map((each) => Buffer.from(each.entry))
  assert.deepEqual(
    octets.map((each) => Buffer.from(hashLeaf(each)).toString('hex')),
    entries.map(({ leaf }) => leaf),
  )
  const { time, ...said } = parseEnvelope(octets[0]!)!
  assert.deepEqual(said, { ...entry, org: 'tide-station', v: 1 })
  assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  await beside.tick()
  const found = await findIndexes(sql, (await findLog(sql, 'harbour'))!.id, octets.map(hashLeaf))
  assert.deepEqual([...found.keys()].sort(), [0, 1])
})

test('the same request with its key is answered the same again, also at the same instant, and kept once', async () => {
  const before = await sizeOf()
  const payload = { entries: [anEntry(), anEntry()] }
  const headers = { ...bearer, 'idempotency-key': 'order-1' }
  const answers = await Promise.all(Array.from({ length: 6 }, () => post(payload, headers)))
  for (const { statusCode, body } of answers) assert.deepEqual([statusCode, body], [202, answers[0]!.body])
  assert.equal((await post(payload, headers)).body, answers[0]!.body)
  assert.equal(await sizeOf(), before + 2)
  const other = await post({ entries: [anEntry()] }, headers)
  assert.deepEqual([other.statusCode, other.json().type], [409, '/problems/ledger.key-reused'])
  const { text: others } = await keyOf('counting-house')
  const own = await post({ entries: [anEntry()] }, { ...headers, authorization: `Bearer ${others}` })
  assert.equal(own.statusCode, 202)
  assert.equal(await sizeOf(), before + 3)
})

test('a key that is none, was withdrawn, has ended, or is of an organisation that does not write there, appends nothing', async () => {
  const before = await sizeOf()
  const gone = await keyOf('tide-station')
  await withdrawApiKey(sql, { id: gone.key.id, organisation: 'tide-station', by: 'test' })
  const ended = await keyOf('tide-station', 0)
  const stranger = await keyOf('tally-office')
  // biome-ignore format: a table
  const cases: [Record<string, string>, number, string][] = [
    [{},                                                     401, 'key-refused'],
    [{ authorization: text },                                401, 'key-refused'],
    [{ authorization: `Bearer ${text.slice(0, -1)}A` },      401, 'key-refused'],
    [{ authorization: `Bearer ${text}A` },                   401, 'key-refused'],
    [{ authorization: `Basic ${text}` },                     401, 'key-refused'],
    [{ authorization: `Bearer ${gone.text}` },               401, 'key-refused'],
    [{ authorization: `Bearer ${ended.text}` },              401, 'key-refused'],
    [{ authorization: `Bearer ${stranger.text}` },           403, 'log-not-open'],
  ]
  for (const [headers, status, code] of cases) {
    const answer = await post({ entries: [anEntry()] }, headers)
    assert.deepEqual([answer.statusCode, answer.json().type], [status, `/problems/ledger.${code}`])
    if (status === 401) assert.match(String(answer.headers['www-authenticate']), /^Bearer realm="ledger"/)
  }
  assert.equal((await post({ entries: [anEntry()] }, bearer, 'nowhere')).statusCode, 404)
  assert.equal(await sizeOf(), before)
})

test('what is no entry is refused whole, and nothing of the request is kept', async () => {
  const before = await sizeOf()
  const bad: object[] = [
    {},
    { entries: [] },
    { entries: [{}] },
    { entries: Array.from({ length: 257 }, () => anEntry()) },
    { entries: [anEntry(), anEntry({ commitment: 'A123456(3)' })] },
    { entries: [anEntry({ commitment: commitment().toUpperCase() })] },
    { entries: [anEntry({ kind: 'Not a kind' })] },
    { entries: [anEntry({ kind: `a${'-b'.repeat(40)}` })] },
    { entries: [anEntry({ schema: 'with space' })] },
    { entries: [anEntry({ schema: 'ünicode' })] },
    { entries: [anEntry({ prev: 'short' })] },
    { entries: [anEntry({ name: 'Chan Tai Man' })] },
    { entries: [anEntry({ org: 'counting-house' })] },
    { entries: [anEntry()], log: 'other' },
  ]
  for (const payload of bad) {
    const { statusCode, body } = await post(payload)
    assert.equal(statusCode, 400, `${JSON.stringify(payload)}: ${body}`)
  }
  assert.equal(await sizeOf(), before)
})

test('the checkpoint and tiles of a log are served for everybody, each at one address', async () => {
  await sizeOf()
  const get = (path: string) => app.inject({ url: `/ledger/logs/harbour/${path}` })
  const checkpoint = await get('checkpoint')
  assert.deepEqual(
    [checkpoint.statusCode, checkpoint.headers['content-type'], checkpoint.headers['cache-control']],
    [200, 'text/plain; charset=utf-8', 'no-store'],
  )
  const [origin, size] = checkpoint.body.split('\n')
  assert.equal(origin, 'localhost:8080/ledger/logs/harbour')
  for (const path of [`tile/0/000.p/${size}`, `tile/entries/000.p/${size}`, 'tile/0/000.p/1', 'tile/entries/000.p/1']) {
    const { statusCode, headers } = await get(path)
    assert.equal(statusCode, 200, path)
    assert.equal(headers['cache-control'], 'public, max-age=604800, immutable')
    assert.equal(headers['content-type'], 'application/octet-stream')
    assert.equal(headers['access-control-allow-origin'], '*')
    assert.equal(headers['set-cookie'], undefined)
  }
  // biome-ignore format: a list
  const nothing = [
    'tile/0/000', `tile/0/000.p/${Number(size) + 1}`, 'tile/0/001.p/1', 'tile/1/000.p/1', 'tile/0/0', 'tile/00/000', 'tile/64/000',
    'tile/0/x018/x446/x744/x073/x709/x551/615', 'tile/entries/000.p/256', 'tile/entries/000.p/0', 'tile/0/000.p/01', 'tile/', 'tile/x',
  ]
  for (const path of nothing) assert.equal((await get(path)).statusCode, 404, path)
  assert.equal((await app.inject({ url: '/ledger/logs/nowhere/checkpoint' })).statusCode, 404)
})

test('an operator issues, lists and withdraws keys of programs by verbs, and a withdrawn one opens nothing', async () => {
  const verb = (name: string, given: string[], options: Record<string, string> = {}) =>
    call(keyCommands.find((each) => each.name === `ledger key ${name}`)!, given, options, 'en', (work) =>
      work(installation),
    )
  const issued = await verb('issue', ['counting-house', 'Licences'], { days: '30' })
  assert.equal(issued.code, 0)
  const [said, secret] = issued.out.split('\n') as [string, string]
  const id = /^Key (\S+) of counting-house, until \d{4}-\d\d-\d\d\./.exec(said)![1]!
  const headers = { authorization: `Bearer ${secret}` }
  assert.equal((await post({ entries: [anEntry()] }, headers)).statusCode, 202)
  assert.match((await verb('list', ['counting-house'])).out, new RegExp(`^${id} {2}Licences {2}until `, 'm'))
  assert.equal((await verb('withdraw', ['tide-station', id])).code, 1, 'the key of another organisation')
  assert.equal((await verb('withdraw', ['counting-house', id])).code, 0)
  assert.equal((await verb('withdraw', ['counting-house', id])).code, 1)
  assert.match((await verb('list', ['counting-house'])).out, new RegExp(`^${id} {2}Licences {2}withdrawn `, 'm'))
  await new Promise((done) => setTimeout(done, 1100))
  assert.equal((await post({ entries: [anEntry()] }, headers)).statusCode, 401)
  // biome-ignore format: a table
  const refused: [string[], Record<string, string>][] = [
    [['nobody', 'x'],                       {}],
    [['counting-house', ' '],               {}],
    [['counting-house', 'x'.repeat(81)],    {}],
    [['counting-house', 'x'],               { days: '0' }],
    [['counting-house', 'x'],               { days: '1.5' }],
    [['counting-house', 'x'],               { days: '100000' }],
  ]
  for (const [given, options] of refused) assert.equal((await verb('issue', given, options)).code, 2, given.join())
})

test('whoever has no key is refused before a body is read, and counted; whoever has one is not', async () => {
  const { app, sql } = await start({ requestsPerMinuteMax: 5 })
  const { text } = await issueApiKey(sql, {
    ...{ organisation: 'tide-station', name: 'Tides', scopes: ['append:harbour'], createdBy: 'system', days: 1 },
  })
  const send = (key: string, payload: string) =>
    app.inject({
      ...{ method: 'POST', url: '/ledger/logs/harbour/entries', payload },
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    })
  // No JSON at all: with a key that is what is said.
  assert.equal((await send(text, '{')).statusCode, 400)
  const statuses: number[] = []
  for (let each = 0; each < 8; each += 1) statuses.push((await send(text.replace(/.{3}$/, 'AAA'), '{')).statusCode)
  assert.deepEqual(statuses, [401, 401, 401, 401, 401, 429, 429, 429])
  for (let each = 0; each < 8; each += 1) assert.equal((await send(text, '{')).statusCode, 400)
})
