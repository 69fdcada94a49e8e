// A log that breaks its word on purpose: what our own witness says to it, and what the drill says of a witness that fails.
import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { start } from '#test'
import { printVerifierKey } from '../notes/keys.rules.ts'
import { call } from '../testing/calls.ts'
import { aSigner } from '../testing/keys.ts'
import { evidenceAbout, keptOf } from '../witness/testing/kept.sql.ts'
import { addKey } from '../witness/witness.sql.ts'
import { drill } from './command.ts'

const { app, sql } = await start()
await app.listen({ port: 0, host: '127.0.0.1' })
const witness = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/ledger/witness`
const folder = mkdtempSync(join(tmpdir(), 'praya-drill-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** Runs the drill; its operator lets the witness watch the log as soon as its key is printed. */
async function drilled(address: string, options: Record<string, string> = {}, watch = true) {
  const origins: string[] = []
  const watching = {
    ...drill,
    run: (invocation: Parameters<typeof drill.run>[0]) =>
      drill.run({
        ...invocation,
        print(line) {
          invocation.print(line)
          const vkey = /^\.\/praya ledger witness add (\S+)$/.exec(line)?.[1]
          const origin = vkey?.split('+')[0]
          if (!vkey || !origin) return
          origins.push(origin)
          if (watch) void addKey(sql, { origin, id: hash('sha256', origin), vkey })
        },
      }),
  }
  return { ...(await call(watching, [address], options)), origin: origins[0]! }
}

test('our witness cosigns what is true, refuses every way to break a word, and keeps the evidence that the drill has too', async () => {
  const [key] = (await app.inject('/ledger/witness.json')).json().keys
  const path = join(folder, 'evidence.txt')
  const { code, out, errors, origin } = await drilled(`${witness}/`, { key: key.vkey, evidence: path })
  assert.equal(code, 0, out + errors)
  const answers = out.split('\n').filter((line) => /^(right|WRONG)/.test(line))
  assert.deepEqual(
    answers.map((line) => [line.slice(0, 5), /: (.*)$/.exec(line)![1]]),
    [
      ['right', '200, cosigned'],
      ['right', '422, refused'],
      ['right', '422, refused'],
      ['right', '409, refused'],
      ['right', '400, refused'],
      ['right', '403, refused'],
      ['right', '200, cosigned'],
    ],
  )
  assert.equal((await keptOf(sql, origin))!.size, '8')
  const kinds = (await evidenceAbout(sql, origin)).map(({ kind }) => kind)
  assert.deepEqual(kinds, ['rollback', 'split-view', 'unproven-growth'])
  const kept = /keeps the evidence at (\S+)/.exec(out)![1]!
  const theirs = await (await fetch(kept)).text()
  const withoutTime = (text: string) => text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '')
  assert.equal(withoutTime(readFileSync(path, 'utf8')), withoutTime(theirs))
  const alarms = await sql`select 1 from platform.audit_event where event = 'ledger.evidence-kept' limit 10`
  assert.equal(alarms.length, 3)
})

/** A witness that answers by itself. */
async function aWitness(answer: (response: ServerResponse, body: string) => void): Promise<string> {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    answer(response, Buffer.concat(parts).toString())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  after(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('a witness that cosigns whatever comes is told from one that keeps its word', async () => {
  const line = `— careless ${Buffer.alloc(76, 1).toString('base64')}\n`
  const careless = await aWitness((response) => response.end(line))
  const { code, out } = await drilled(careless)
  assert.equal(code, 1)
  assert.equal(out.match(/^WRONG /gm)?.length, 5)
  assert.match(out, /WRONG {3}another history of the same length: 200, cosigned, not 409\/422/)
  assert.match(out, /5 answers were wrong\. Do not count it in a policy/)
  const checked = await drilled(careless, { key: printVerifierKey(aSigner('careless', 'ed25519-cosignature').key) })
  assert.equal(checked.code, 1)
  assert.equal(checked.out.match(/^WRONG .*without a cosignature that holds/gm)?.length, 7)
})

test('a witness that refuses even what is true is no better', async () => {
  const { code, out } = await drilled(await aWitness((response) => response.writeHead(403).end()))
  assert.equal(code, 1)
  assert.match(out, /WRONG {3}the first checkpoint, which is true: 403, refused, not 200/)
})

test('where nothing can be tried the drill says why, and finds no fault', async () => {
  const none = await drilled(witness, { wait: '0' }, false)
  assert.deepEqual(
    [none.code, /does not watch the log/.test(none.errors), /right|WRONG/.test(none.out)],
    [2, true, false],
  )
  const gone = createServer()
  await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve))
  const { port } = gone.address() as AddressInfo
  await new Promise((resolve) => gone.close(resolve))
  const away = await drilled(`http://127.0.0.1:${port}`)
  assert.deepEqual([away.code, /did not answer: ECONNREFUSED/.test(away.errors)], [2, true])
  for (const [address, options, says] of [
    ['dept.example', {}, /no address of a witness/],
    [witness, { wait: '-1' }, /from 0 to 3600/],
    [witness, { key: 'x' }, /no verifier key/],
  ] as [string, Record<string, string>, RegExp][]) {
    const wrong = await call(drill, [address], options)
    assert.deepEqual([wrong.code, says.test(wrong.errors), wrong.out], [2, true, ''], wrong.errors)
  }
})
