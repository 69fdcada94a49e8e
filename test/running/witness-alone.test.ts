// PRAYA_ALONE=witness: one page and one protocol, and nothing else of Praya.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseVerifierKey, printVerifierKey } from '../../src/modules/ledger/notes/keys.rules.ts'
import { openCheckpoint } from '../../src/modules/ledger/notes/open.rules.ts'
import { aSigner } from '../../src/modules/ledger/testing/keys.ts'
import { leavesOf, signedBy, textOf } from '../../src/modules/ledger/witness/testing/asking.ts'
import { aDataFolder, run, startPraya } from './praya.ts'

test('a machine that is a witness alone cosigns, shows it, and serves no other page', async () => {
  const folder = await aDataFolder()
  const settings = { PRAYA_ALONE: 'witness', PRAYA_PUBLIC_URL: 'http://witness.example' }
  const praya = await startPraya(folder, settings)
  assert.doesNotMatch(praya.said(), /sign-in/)
  assert.match(praya.said(), /http:\/\/witness\.example\/eng\/ledger\/witness +English/)
  const log = aSigner('log.example/one')
  const verb = { PRAYA_DATA: folder, ...settings }
  const added = await run(['ledger', 'witness', 'add', printVerifierKey(log.key)], verb)
  assert.equal(added.code, 0, added.err)
  const keys = (await run(['ledger', 'witness', 'key'], verb)).out.match(/witness\.example\S+\+[0-9a-f]{8}\+\S+/g)!
  const note = signedBy(textOf(log, leavesOf(1)), log)
  const post = (old: number) =>
    fetch(`${praya.address}/ledger/witness/add-checkpoint`, {
      method: 'POST',
      body: `old ${old}\n\n${Buffer.from(note)}`,
    })
  const answer = await post(0)
  assert.equal(answer.status, 200)
  const cosigned = Buffer.concat([note, Buffer.from(await answer.text())])
  assert.equal(openCheckpoint(cosigned, keys.map(parseVerifierKey)).signed.length, 2)
  assert.equal((await post(0)).status, 409)
  const front = await fetch(`${praya.address}/`, { headers: { accept: 'text/html' } })
  assert.equal(front.status, 200)
  const page = await front.text()
  assert.match(page, /log\.example\/one/)
  for (const address of ['/ledger', '/services', '/estimates', '/account', '/sign-in', '/figures', '/developers']) {
    assert.doesNotMatch(page, new RegExp(`href="[^"]*${address}"`), address)
  }
  for (const address of [
    '/services',
    '/sign-in',
    '/ledger',
    '/ledger/logs/audit/checkpoint',
    '/id/.well-known/openid-configuration',
  ])
    assert.equal((await fetch(praya.address + address)).status, 404, address)
})
