// What the operator of a witness does, and what its page shows of it.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Command, Language } from '#platform'
import { start } from '#test'
import { parseVerifierKey, printVerifierKey } from '../notes/keys.rules.ts'
import { call } from '../testing/calls.ts'
import { aSigner, missingLattice } from '../testing/keys.ts'
import { witnessCommands } from './command.ts'
import { bodyOf, forkAt, growth, leavesOf, send, signedBy, textOf } from './testing/asking.ts'
import { evidenceAbout } from './testing/kept.sql.ts'
import { keysOfLogMax } from './witness.sql.ts'

const { app, sql, installation } = await start({
  address: 'https://dept.example',
  now: () => new Date('2026-11-27T08:00:00Z'),
})
const folder = mkdtempSync(join(tmpdir(), 'praya-witness-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** Calls a verb on this installation, as the command line does. */
function verb(name: string, given: readonly string[] = [], language: Language = 'en') {
  const command = witnessCommands.find((each) => each.name === `ledger witness ${name}`)!
  const here: Command = {
    ...command,
    run: (invocation) => command.run({ ...invocation, withInstallation: (work) => work(installation) }),
  }
  return call(here, given, {}, language)
}
const acts = (event: string) => sql`
  select subject
  from platform.audit_event
  where event = ${event}
  order by id`

test('a witness has keys of its own from the first time it is asked, by the name of its address', async () => {
  const { out } = await verb('key')
  const keys = out.split('\n').map(parseVerifierKey)
  assert.deepEqual(
    keys.map(({ name, kind }) => [name, kind]),
    ['ed25519-cosignature', ...(missingLattice() ? [] : ['ml-dsa-44-cosignature'])].map((kind) => [
      'dept.example/ledger/witness',
      kind,
    ]),
  )
  assert.equal((await verb('key')).out, out)
  const rows = await sql<{ sealedKey: Buffer }[]>`select sealed_key from ledger.witness_key limit 10`
  assert.ok(rows.every(({ sealedKey }) => !sealedKey.includes(Buffer.from('302e020100300506032b6570', 'hex'))))
})

test('at another address it is another witness, with other keys', async () => {
  const moved = await start({ address: 'https://moved.example' })
  const { keys, name } = (await moved.app.inject('/ledger/witness.json')).json()
  assert.equal(name, 'moved.example/ledger/witness')
  assert.ok(keys.every(({ vkey }: { vkey: string }) => vkey.startsWith('moved.example/ledger/witness+')))
})

test('a log is added by its key, watched, removed, and watched again from where it was', async () => {
  const log = aSigner('log.example/a')
  const second = aSigner('log.example/a')
  const vkey = printVerifierKey(log.key)
  assert.match((await verb('list')).out, /No log is watched yet/)
  const added = await verb('add', [vkey])
  assert.equal(added.code, 0)
  assert.equal(
    added.out,
    'log.example/a is watched. Let it send its checkpoints to https://dept.example/ledger/witness',
  )
  assert.equal((await send(app, growth(log, 0, leavesOf(4)))).statusCode, 200)
  assert.equal((await send(app, growth(second, 4, leavesOf(5)))).statusCode, 403)
  assert.equal((await verb('add', [printVerifierKey(second.key)])).code, 0)
  assert.equal((await send(app, growth(second, 4, leavesOf(5)))).statusCode, 200)
  const again = await verb('add', [vkey])
  assert.deepEqual([again.code, again.out], [1, ''])
  assert.match(again.errors, /Nothing was changed/)
  assert.equal((await verb('list')).out, 'log.example/a: 5 entries, cosigned 2026-11-27T08:00:00.000Z, keys: 2')

  assert.equal((await verb('remove', ['log.example/a'])).out, 'log.example/a is watched no longer.')
  assert.equal((await send(app, growth(log, 5, leavesOf(6)))).statusCode, 404)
  const twice = await verb('remove', ['log.example/a'])
  assert.deepEqual([twice.code, twice.errors], [1, 'This witness does not watch log.example/a.'])
  assert.match((await verb('add', [vkey])).out, /It goes on from the 5 entries/)
  assert.equal((await send(app, growth(log, 5, leavesOf(6)))).statusCode, 200)
  assert.deepEqual([(await acts('ledger.log-watched')).length, (await acts('ledger.log-unwatched')).length], [3, 1])
})

test('what is no key of a log is not added', async () => {
  const log = aSigner('log.example/b')
  // biome-ignore format: a table
  const cases = [
    ['',                                                                             2, /This is no verifier key/],
    ['log.example/b',                                                                2, /This is no verifier key/],
    [printVerifierKey(log.key).replace('/b', '/c'),                                  2, /changed or copied wrongly/],
    [printVerifierKey(aSigner('w.example', 'ed25519-cosignature').key),              2, /by which witnesses cosign/],
    [printVerifierKey(aSigner(`log.example/${'b'.repeat(255)}`).key),                2, /at most 255 octets/],
  ] as const
  for (const [vkey, code, says] of cases) {
    const ended = await verb('add', [vkey])
    assert.deepEqual([ended.code, ended.out], [code, ''], vkey)
    assert.match(ended.errors, says)
  }
  for (let at = 0; at < keysOfLogMax; at += 1)
    assert.equal((await verb('add', [printVerifierKey(aSigner('log.example/many').key)])).code, 0)
  assert.equal((await verb('add', [printVerifierKey(aSigner('log.example/many').key)])).code, 1)
})

test('evidence is listed, printed, and written octet by octet', async () => {
  const log = aSigner('log.example/odd')
  await verb('add', [printVerifierKey(log.key)])
  await send(app, growth(log, 0, leavesOf(4)))
  await send(app, bodyOf(4, [], signedBy(textOf(log, leavesOf(4, forkAt(1)), { extensions: ['\u202e'] }), log)))
  const [{ id } = { id: '' }] = await evidenceAbout(sql, 'log.example/odd')
  assert.match((await verb('list')).out, new RegExp(`evidence ${id}: split-view by log\\.example/odd, seen 2026-`))
  const path = join(folder, 'evidence.txt')
  assert.equal((await verb('evidence', [id, path])).out, `Written to ${path}.`)
  const served = (await app.inject(`/ledger/witness/evidence/${id}`)).rawPayload
  assert.ok(readFileSync(path).equals(served))
  const printed = await verb('evidence', [id])
  assert.equal(`${printed.out}\n`, served.toString().replaceAll('\u202e', '\ufffd'))
  assert.deepEqual(await verb('evidence', ['0000000000000000']), {
    code: 1,
    out: '',
    errors: 'There is no evidence 0000000000000000.',
  })
  const nowhere = await verb('evidence', [id, join(folder, 'no', 'where')], 'zh-Hant')
  assert.deepEqual([nowhere.code, nowhere.out], [2, ''])
  assert.match(nowhere.errors, /無法寫入 .*ENOENT/)
})

test('the page shows keys, logs and evidence in three languages, and what others wrote commands nothing', async () => {
  await verb('add', [printVerifierKey(aSigner('<b>log.example</b>/x').key)])
  const prefixes = installation.pack.government.languages
  for (const { address, language } of prefixes) {
    const page = await app.inject({ url: `/${address}/ledger/witness`, headers: { accept: 'text/html' } })
    assert.equal(page.statusCode, 200)
    const text = page.body.replaceAll('<wbr/>', '')
    assert.match(text, /dept\.example\/ledger\/witness\+[0-9a-f]{8}\+B/)
    assert.match(text, /&lt;b>log\.example&lt;\/b>\/x/)
    assert.match(
      text,
      { en: /Two histories: proof/, 'zh-Hant': /兩段歷史：證明/, 'zh-Hans': /两段历史：证明/ }[language],
    )
  }
  const data = (await app.inject('/ledger/witness.json')).json()
  assert.deepEqual(data.logs.find(({ origin }: { origin: string }) => origin === 'log.example/a').size, '6')
  assert.equal((await app.inject('/ledger/witness/')).statusCode, 200)
})

test('more logs than fit on a page are on the next, and none is left out', async () => {
  await sql`
    insert into ledger.watched_log (origin, id, vkeys)
    select 'many.example/' || lpad(n::text, 4, '0'), encode(sha256(n::text::bytea), 'hex'), array['none']
    from generate_series(1, 250) as n`
  const pages = await Promise.all(
    [1, 2, 3, 4].map(async (page) => (await app.inject(`/ledger/witness.json?page=${page}`)).json()),
  )
  assert.deepEqual(
    pages.map(({ logs }) => logs.length),
    [100, 100, pages[0].count - 200, 0],
  )
  assert.equal(new Set(pages.flatMap(({ logs }) => logs.map(({ id }: { id: string }) => id))).size, pages[0].count)
  const html = (await app.inject({ url: '/eng/ledger/witness?page=2', headers: { accept: 'text/html' } })).body
  assert.match(html, /ledger\/witness\?page=3/)
})
