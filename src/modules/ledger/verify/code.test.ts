// What stands in a code, and what is made of it: by the server, and by the same rules in a browser.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pino } from 'pino'
import { start } from '#test'
import { listKnownLogs } from '../explorer/known.ts'
import { append } from '../log/append.ts'
import { openSequencer } from '../log/sequencer.ts'
import { parseVerifierKey } from '../notes/keys.rules.ts'
import { codeBytesMax, compactProof } from '../proofs/compact.rules.ts'
import { printExtra } from '../proofs/extra.rules.ts'
import { parseProof, printProof } from '../proofs/proof.rules.ts'
import { aSigner, missingLattice } from '../testing/keys.ts'
import { aForm, aProof, aSalt, notarised } from '../testing/proofs.ts'
import { bundle } from './bundle.ts'
import { bestOf, codeCharactersMax, readCode } from './code.rules.ts'

type Rules = typeof import('./browser/rules.ts')
const inBrowser = (await import(
  `data:text/javascript;base64,${Buffer.from(await bundle('rules')).toString('base64')}`
)) as Rules

const site = 'https://praya.example'
const { app, sql, installation } = await start({ publicUrl: site })
// The rules of registers wait for their places, too; here stands only what these tests enter.
await sql`delete from ledger.pending`
const salt = aSalt()
const document = Buffer.from('I owe you one lamp.\n')
const entry = notarised(document, salt)
await append(sql, 'harbour', [entry])
await openSequencer(installation, pino({ level: 'silent' })).tick()
const published = (await app.inject('/ledger/logs/harbour/entries/0/proof')).rawPayload
const whole = printProof({ ...parseProof(published), extra: printExtra({ entry, salt }) })
const keys = (await listKnownLogs(installation)).find(({ name }) => name === 'harbour')!.keys.map(parseVerifierKey)
const compact = Buffer.from(compactProof(whole, keys)!).toString()

test('a code is a proof, the address of an entry here, one of another site, or nothing that is understood', () => {
  const at = '/ledger/logs/harbour/entries/7'
  const here = { kind: 'entry', log: 'harbour', index: 7 }
  // biome-ignore format: a table
  const cases: [string, unknown][] = [
    [`${site}${at}`,                                  here],
    [`${site}/eng${at}`,                              here],
    [`  ${site}${at}/proof \r\n`,                     here],
    [`https://praya.example:443${at}?x=1#y`,          here],
    [`http://praya.example${at}`,                     { kind: 'elsewhere', site: 'http://praya.example' }],
    [`https://praya.example.evil.example${at}`,       { kind: 'elsewhere', site: 'https://praya.example.evil.example' }],
    [`https://praya.example@evil.example${at}`,       { kind: 'elsewhere', site: 'https://evil.example' }],
    [`https://log.example/log/7`,                     { kind: 'elsewhere', site: 'https://log.example' }],
    [`${site}/ledger`,                                { kind: 'unknown' }],
    [`${site}/ledger/logs/../logs/harbour/entries/07`, { kind: 'unknown' }],
    [`${site}${at}/../../../../sign-in`,              { kind: 'unknown' }],
    [`javascript:alert(1)`,                           { kind: 'unknown' }],
    ['WIFI:S:pier;T:WPA;P:lamp;;',                    { kind: 'unknown' }],
    ['',                                              { kind: 'unknown' }],
  ]
  for (const [text, expected] of cases) {
    assert.deepEqual(readCode(text, site), expected, text)
    assert.deepEqual(inBrowser.readCode(text, site), expected, text)
  }
  assert.equal(readCode(compact.replaceAll('\n', '\r\n'), site).kind, 'proof')
  assert.equal(bestOf(['x', `${site}${at}`, compact], site), compact)
})

test('a proof is reduced to what one code holds, and still shows what the whole one does', {
  skip: missingLattice(),
}, () => {
  assert.ok(whole.length > codeBytesMax, 'with ML-DSA-44 it fits none')
  assert.ok(compact.length < codeBytesMax)
  assert.match(compact, /^c2sp\.org\/tlog-proof@v1\nextra /)
  assert.equal(parseProof(Buffer.from(compact)).checkpoint.toString().match(/^— /gm)?.length, 1)
  const stranger = aSigner('log.elsewhere')
  assert.equal(compactProof(aProof({ entry, signers: [stranger], salt }), keys), undefined, 'by keys of another log')
  const large = notarised(document, salt, { schema: 'x'.repeat(2500) })
  assert.equal(compactProof(aProof({ entry: large, signers: [stranger], salt }), [stranger.key]), undefined, 'too long')
})

test('the server answers to the text of a code as to a file, and never asks another site', async (t) => {
  const fetched = t.mock.method(globalThis, 'fetch', () => assert.fail('nobody is asked'))
  const ask = async (code: string, files: { document?: Buffer; proof?: Uint8Array } = {}) => {
    const { payload, headers } = aForm(files, { code })
    return app.inject({ method: 'POST', url: '/verify.json', headers, payload })
  }
  const address = `${site}/ledger/logs/harbour/entries`
  // biome-ignore format: a table
  const cases: [string, string, { document?: Buffer; proof?: Uint8Array }, number, string][] = [
    ['the proof and the document',   compact,              { document },                        200, 'document'],
    ['the proof and another',        compact,              { document: Buffer.from('x') },      200, 'other-document'],
    ['the proof alone',              compact,              {},                                  200, 'alone'],
    ['an address',                   `${address}/0`,       {},                                  200, 'alone'],
    ['an address and the document',  `${address}/0`,       { document },                        200, 'salt-missing'],
    ['an address and the entry',     `${address}/0`,       { document: Buffer.from(entry) },    200, 'entry'],
    ['an entry that is not there',   `${address}/9`,       {},                                  200, 'code-missing'],
    ['a log that is not there',      address.replace('harbour', 'nowhere').concat('/0'), {},    200, 'code-missing'],
    ['another site',                 'https://log.example/ledger/logs/harbour/entries/0', {},   200, 'code-elsewhere'],
    ['something else',               'lamp',               {},                                  200, 'code-unknown'],
    ['a file beside it',             'lamp',               { proof: whole, document },          200, 'document'],
    ['nothing',                      ' ',                  {},                                  422, 'missing'],
    ['too much',                     'x'.repeat(codeCharactersMax + 1), {},                     422, 'code-too-long'],
  ]
  for (const [name, code, files, status, outcome] of cases) {
    const answer = await ask(code, files)
    const { verdict, mistake } = answer.json()
    assert.deepEqual([answer.statusCode, verdict?.outcome ?? mistake], [status, outcome], name)
  }
  assert.equal((await ask('https://log.example/x')).json().verdict.site, 'https://log.example')
  assert.equal(fetched.mock.callCount(), 0)
})
