// What is served of a log whose checkpoints others must cosign, against witnesses that run as programs of their own.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { pino } from 'pino'
import { start } from '#test'
import postgres from '../../../platform/driver.ts'
import { append } from '../log/append.ts'
import { findLog, listLogKeys } from '../log/logs.sql.ts'
import { ensureLog } from '../log/logs.ts'
import { openSequencer } from '../log/sequencer.ts'
import { encodeUtf8 } from '../notes/encoding.rules.ts'
import { openByPolicy, parsePolicy } from '../notes/policy.rules.ts'
import { call } from '../testing/calls.ts'
import { witnessCommands } from '../witness/command.ts'
import { policyCommand } from './command.ts'
import { listContacts } from './policies.sql.ts'
import { openPublisher } from './publish.ts'

const silent = pino({ level: 'silent' })
const { app, sql, urls, installation, folder } = await start()
const owner = postgres(urls.owner, { max: 1, onnotice: () => {} })
after(() => owner.end())

/** Another department: a program of its own, with a database of its own, on a port. */
async function aWitness(name: string) {
  const { app, installation } = await start({ address: `http://${name}.example` })
  const url = `${await app.listen({ port: 0, host: '127.0.0.1' })}/ledger/witness`
  const { keys } = (await app.inject('/ledger/witness.json')).json() as { keys: { vkey: string }[] }
  const watch = async (vkey: string) => {
    const add = witnessCommands.find((each) => each.name === 'ledger witness add')!
    const { code, errors } = await call(add, [vkey], {}, 'en', (work) => work(installation))
    assert.equal(code, 0, errors)
  }
  return { app, url, vkey: keys[0]!.vkey, watch }
}
const [one, two] = [await aWitness('one'), await aWitness('two')]

async function aServer(listener: RequestListener): Promise<{ server: Server; url: string }> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  after(() => server.close())
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/witness` }
}

let made = 0
async function aLog() {
  made += 1
  const name = `log-${made}`
  await ensureLog(installation, name)
  const row = (await findLog(sql, name))!
  const [key] = await listLogKeys(sql, row.id)
  for (const each of [one, two]) await each.watch(key!.vkey)
  const setPolicy = async (lines: string[]) => {
    const text = `log ${key!.vkey}\n${lines.join('\n')}\n`
    const path = join(folder, `policy-${name}`)
    writeFileSync(path, text)
    const { code, errors } = await call(policyCommand, [name, path], {}, 'en', (work) => work(installation))
    assert.equal(code, 0, errors)
    return parsePolicy(encodeUtf8(text))
  }
  const publisher = openPublisher(installation, silent)
  const sequencer = openSequencer(installation, silent)
  const grow = async (...texts: string[]) => {
    await append(
      sql,
      name,
      texts.map((text) => Buffer.from(text)),
    )
    await sequencer.tick()
    await publisher.publish(name)
  }
  const published = async () => (await findLog(sql, name))!.published!
  return { name, id: row.id, setPolicy, grow, published, publisher }
}

const witnessLines = [`witness one ${one.vkey} ${one.url}`, `witness two ${two.vkey} ${two.url}`]

test('a checkpoint is served once its quorum cosigned it, with every cosignature that came', async () => {
  const { name, id, setPolicy, grow, published } = await aLog()
  await grow('before the policy')
  const policy = await setPolicy([...witnessLines, 'group both all one two', 'quorum both'])
  for (const text of ['a', 'b', 'c']) {
    await grow(text)
    const { checkpoint, witnesses } = openByPolicy(await published(), policy)
    assert.equal(checkpoint.size, BigInt((await findLog(sql, name))!.size))
    assert.deepEqual(witnesses.map((each) => each.name).sort(), ['one', 'two'])
  }
  const contacts = await listContacts(sql, id)
  assert.deepEqual(
    contacts.map(({ size, failure }) => [size, failure]),
    [
      [4, null],
      [4, null],
    ],
  )
  const shown = (await app.inject({ url: `/ledger/logs/${name}.json?before=9` })).json()
  const lines = (shown.checkpoint.signatures as { name: string; state: string }[]).toSorted((one, other) =>
    one.name < other.name ? -1 : 1,
  )
  // Of the two keys of each witness the policy names one; what the other signed is not served.
  assert.deepEqual(
    lines.map(({ name, state }) => [name.split('/')[0], state]),
    ['localhost:8080', 'localhost:8080', ...['one.example', 'two.example'].toSorted()].map((each) => [each, 'holds']),
  )
  const served = await app.inject({ url: `/ledger/logs/${name}/policy` })
  assert.match(served.body, /^log localhost:8080\/ledger\/logs\/log-1\+/)
  assert.equal((await app.inject({ url: '/ledger/logs/harbour/policy' })).statusCode, 404)
})

test('a witness that is away holds back what needs it, and no more; when it is back, what waited is served', async () => {
  const away = await aServer((_, response) => response.socket!.destroy())
  const absent = `witness absent ${two.vkey} ${away.url}`
  const some = await aLog()
  const anyOf = await some.setPolicy([witnessLines[0]!, absent, 'group some any one absent', 'quorum some'])
  await some.grow('a', 'b')
  assert.equal(openByPolicy(await some.published(), anyOf).checkpoint.size, 2n)

  const all = await aLog()
  await all.setPolicy([witnessLines[0]!, absent, 'group both all one absent', 'quorum both'])
  await all.grow('a', 'b')
  assert.equal(
    Buffer.from(await all.published())
      .toString()
      .split('\n')[1],
    '0',
  )
  const contacts = await listContacts(sql, all.id)
  assert.match(contacts.find(({ url }) => url === away.url)!.failure!, /UND_ERR_SOCKET|ECONNRESET/)
  const policy = await all.setPolicy([...witnessLines, 'group both all one two', 'quorum both'])
  await all.publisher.catchUp()
  assert.equal(openByPolicy(await all.published(), policy).checkpoint.size, 2n)
})

test('a witness that lost what it knew, or of which we lost it, is asked again from there', async () => {
  const { id, setPolicy, grow, published } = await aLog()
  const policy = await setPolicy([...witnessLines, 'group both all one two', 'quorum both'])
  await grow('a', 'b', 'c')
  await owner`update ledger.contact set size = 1 where log = ${id}`
  await grow('d')
  assert.equal(openByPolicy(await published(), policy).checkpoint.size, 4n)
  await owner`delete from ledger.contact where log = ${id}`
  await grow('e')
  assert.equal(openByPolicy(await published(), policy).checkpoint.size, 5n)
})

test('what a witness answers counts only if it is its cosignature of this checkpoint', async () => {
  let answer = ''
  const liar = await aServer((_, response) => response.end(answer))
  const { id, setPolicy, grow, published } = await aLog()
  await setPolicy([`witness liar ${two.vkey} ${liar.url}`, 'quorum liar'])
  const foreign = Buffer.from(await (await fetch(`${one.url}.json`)).text())
    .toString()
    .slice(0, 40)
  for (const each of [
    '',
    'nonsense\n',
    `\u2014 two.example/ledger/witness ${'A'.repeat(100)}=\n`,
    foreign,
    'x'.repeat(70_000),
  ]) {
    answer = each
    const fresh = openPublisher(installation, silent)
    await grow(`entry ${each.length}`)
    await fresh.publish((await sql<{ name: string }[]>`select name from ledger.log where id = ${id}`)[0]!.name)
    assert.equal(
      Buffer.from(await published())
        .toString()
        .split('\n')[1],
      '0',
      JSON.stringify(each.slice(0, 20)),
    )
  }
})

test('a log that lost entries is told so by its witness: nothing is served, and the trail has it', async () => {
  const { name, id, setPolicy, grow, published } = await aLog()
  const policy = await setPolicy([witnessLines[0]!, 'quorum one'])
  await grow('a', 'b', 'c')
  const good = await published()
  // The database is set back to an older copy of itself, and goes on with another history.
  await owner.unsafe(`
    delete from ledger.tile where log = ${id}; delete from ledger.bundle where log = ${id}; delete from ledger.leaf where log = ${id};
    update ledger.log set size = 0, published_size = 0, peaks = '' where id = ${id}`)
  await grow('x')
  const refused =
    await sql`select detail from platform.audit_event where event = 'ledger.checkpoint-refused' and subject = ${`log/${name}`}`
  assert.deepEqual(
    refused.map(({ detail }) => detail),
    [{ witness: one.url, failure: 'knows 3' }],
  )
  assert.equal(openByPolicy(good, policy).checkpoint.size, 3n)
  await grow('y', 'z')
  assert.ok(Buffer.from(await published()).equals(good), 'another history of one size is never served')
  await grow('more', 'and more')
  assert.ok(Buffer.from(await published()).equals(good), 'nor one that does not go on from what was cosigned')
})

test('./praya ledger policy prints what to begin with, and refuses what is no policy of the log', async () => {
  const { name } = await aLog()
  const verb = (...given: string[]) => call(policyCommand, given, {}, 'en', (work) => work(installation))
  const begun = await verb(name)
  assert.equal(begun.code, 0)
  assert.equal(begun.out.split('\n').filter((line) => /^log \S+\+[0-9a-f]{8}\+\S+$/.test(line)).length, 2)
  assert.match(begun.errors, /asks for no witness/)
  const filled = `${begun.out}\nwitness one ${one.vkey} https://one.example\ngroup dept all one\nquorum dept\n`
  assert.equal(parsePolicy(encodeUtf8(filled)).logs.length, 2, 'what is printed is the beginning of a policy')
  const path = join(folder, 'some-policy')
  // biome-ignore format: a table
  const cases: [string, number, RegExp][] = [
    [`log ${one.vkey}\nquorum none\n`,             2, /kind/],
    ['quorum none\n',                              2, /names no key of the log/],
    [`${begun.out.split('\n')[1]}\n`,              2, /no quorum/],
    ['nonsense\n',                                 2, /Line 1/],
  ]
  for (const [text, code, sentence] of cases) {
    writeFileSync(path, text)
    const answer = await verb(name, path)
    assert.equal(answer.code, code, text)
    assert.match(answer.errors, sentence)
  }
  assert.equal((await verb('nowhere')).code, 2)
  assert.equal((await verb(name, '/nowhere')).code, 2)
})
