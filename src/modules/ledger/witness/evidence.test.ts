// A log that shows two histories leaves its evidence behind, which anybody can check; whoever only claims so does not.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pino } from 'pino'
import { start } from '#test'
import { parseVerifierKey, type Signer } from '../notes/keys.rules.ts'
import { openCheckpoint } from '../notes/open.rules.ts'
import { aSigner } from '../testing/keys.ts'
import { makeConsistency } from '../tree/proofs.rules.ts'
import { emptyRoot, isSame } from '../tree/tree.rules.ts'
import { bodyOf, forkAt, growth, leavesOf, send, signedBy, textOf, watch } from './testing/asking.ts'
import { evidenceAbout } from './testing/kept.sql.ts'
import { evidenceOfKindMax } from './witness.sql.ts'

const logged: string[] = []
const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) })
let now = new Date('2026-11-27T08:00:00Z')
const { app, sql } = await start({ log, now: () => now })
let made = 0
async function watched(size: number): Promise<Signer> {
  made += 1
  const log = aSigner(`example.com/odd-${made}`)
  await watch(sql, log)
  if (size > 0) await send(app, growth(log, 0, leavesOf(size)))
  return log
}
const eventsAbout = (origin: string) => sql<{ actor: string; subject: string; detail: Record<string, string> }[]>`
  select actor, subject, detail
  from platform.audit_event
  where event = 'ledger.evidence-kept' and detail ->> 'origin' = ${origin}
  order by id`

/** Both notes of a file, taken out by their numbers of octets as the file says: a line within a note may look like any other. */
function notesIn(file: Buffer): Buffer[] {
  const notes: Buffer[] = []
  for (let rest = file; rest.length > 0; ) {
    const head = /^=== \d \w+, (\d+) bytes ===\n/m.exec(rest.toString('latin1'))!
    const start = head.index + head[0].length
    const end = start + Number(head[1])
    notes.push(rest.subarray(start, end))
    rest = rest.subarray(end)
  }
  return notes
}

test('two histories of one length are kept with both notes, an event and a warning, however they were asked for', async () => {
  for (const old of [0, 3, 5, 9]) {
    const odd = await watched(5)
    const origin = odd.key.name
    const fork = leavesOf(5, forkAt(2))
    logged.length = 0
    const body = bodyOf(old, [], signedBy(textOf(odd, fork), odd))
    assert.equal((await send(app, body)).statusCode, { 0: 409, 3: 409, 5: 422, 9: 400 }[old])
    const [found, ...more] = await evidenceAbout(sql, origin)
    assert.deepEqual([found?.kind, more.length], ['split-view', 0])
    assert.deepEqual(
      [...(await eventsAbout(origin))],
      [
        {
          actor: 'anonymous',
          subject: `ledger/witness/evidence/${found!.id}`,
          detail: { kind: 'split-view', origin, cosigned: '5', offered: '5' },
        },
      ],
    )
    assert.equal(logged.filter((line) => line.includes('ledger.split-view') && line.includes(found!.id)).length, 1)

    // The same again is the same evidence.
    await send(app, body)
    assert.equal((await evidenceAbout(sql, origin)).length, 1)
    assert.equal((await eventsAbout(origin)).length, 1)
    assert.equal(logged.length, 1)
  }
})

test('the file of an evidence is checked with the key of the log, which stands in it, and explains itself in two languages', async () => {
  const odd = await watched(5)
  await send(
    app,
    bodyOf(
      5,
      [],
      signedBy(textOf(odd, leavesOf(5, forkAt(2)), { extensions: ['=== 2 refused, 1 bytes ==='] }), aSigner(), odd),
    ),
  )
  const [{ id } = { id: '' }] = await evidenceAbout(sql, odd.key.name)
  const answer = await app.inject(`/ledger/witness/evidence/${id}`)
  assert.equal(answer.headers['content-type'], 'text/plain; charset=utf-8')
  assert.match(answer.body, /The log signed two histories of one length/)
  assert.match(answer.body, /日誌簽署了兩段長度相同的歷史/)
  assert.match(answer.body, /2026-11-27T08:00:00\.000Z by the witness localhost:8080\/ledger\/witness/)
  const vkey = answer.body.split('\n').find((line) => line.startsWith(`${odd.key.name}+`))!
  const [cosigned, refused] = notesIn(answer.rawPayload).map((note) => openCheckpoint(note, [parseVerifierKey(vkey)]))
  assert.equal(cosigned!.checkpoint.size, refused!.checkpoint.size)
  assert.ok(!isSame(cosigned!.checkpoint.root, refused!.checkpoint.root))
  assert.doesNotMatch(answer.body, /example\.com\/log/, 'a signature that nobody looked at is left out')
  for (const none of ['0123456789abcdef', 'x', `${id}0`])
    assert.equal((await app.inject(`/ledger/witness/evidence/${none}`)).statusCode, 404)
})

test('what anybody could have caused is kept as what it is, and called no proof', async () => {
  const odd = await watched(5)
  const smaller = signedBy(textOf(odd, leavesOf(3)), odd)
  const larger = signedBy(textOf(odd, leavesOf(9, forkAt(2))), odd)
  assert.equal((await send(app, bodyOf(5, [], smaller))).statusCode, 400)
  assert.equal((await send(app, bodyOf(5, makeConsistency(leavesOf(9, forkAt(2)), 5n), larger))).statusCode, 422)
  const found = await evidenceAbout(sql, odd.key.name)
  assert.deepEqual(
    found.map(({ kind }) => kind),
    ['rollback', 'unproven-growth'],
  )
  for (const { id } of found) {
    const file = (await app.inject(`/ledger/witness/evidence/${id}`)).body
    assert.match(file, /alone prove nothing/)
    assert.match(file, /不能證明甚麼/)
  }
})

test('nothing is kept of what shows nothing, or of what the log did not sign', async () => {
  const odd = await watched(5)
  const fork = textOf(odd, leavesOf(5, forkAt(2)))
  const nine = leavesOf(9)
  // biome-ignore format: a table
  const cases: [what: string, body: Uint8Array, status: number][] = [
    ['a fork that somebody else signed',     bodyOf(5, [], signedBy(fork, aSigner(odd.key.name))),           403],
    ['a fork by nobody watched',             bodyOf(5, [], signedBy(textOf(aSigner('a.example'), nine), odd)), 404],
    ['the same again, with a proof',         bodyOf(5, [emptyRoot], signedBy(textOf(odd, leavesOf(5)), odd)), 422],
    ['one that comes late',                  bodyOf(2, makeConsistency(leavesOf(3), 2n), signedBy(textOf(odd, leavesOf(3)), odd)), 409],
    ['one that knows of less',               growth(odd, 3, nine),                                           409],
    ['one that asks backwards from nowhere', bodyOf(4, [], signedBy(textOf(odd, leavesOf(3)), odd)),         400],
  ]
  for (const [what, body, status] of cases) {
    assert.equal((await send(app, body)).statusCode, status, what)
    assert.deepEqual([...(await evidenceAbout(sql, odd.key.name))], [], what)
  }
  const fresh = await watched(0)
  await send(app, bodyOf(0, [], signedBy(textOf(fresh, [], { root: leavesOf(1)[0]! }), fresh)))
  await send(app, bodyOf(0, [emptyRoot], signedBy(textOf(fresh, nine), fresh)))
  assert.equal((await send(app, growth(fresh, 0, []))).statusCode, 200)
  await send(app, bodyOf(0, [emptyRoot], signedBy(textOf(fresh, nine), fresh)))
  assert.deepEqual([...(await evidenceAbout(sql, fresh.key.name))], [])
})

test('a log that never ends to fork fills no disk, and what it shows on another day is kept as well', async () => {
  const odd = await watched(2)
  const fork = (at: number) => {
    const leaves = leavesOf(2, (leaf) => Buffer.from(`${at} ${leaf}`))
    return send(app, bodyOf(2, [], signedBy(textOf(odd, leaves), odd)))
  }
  for (let at = 0; at < evidenceOfKindMax + 5; at += 1) await fork(at)
  assert.equal((await evidenceAbout(sql, odd.key.name)).length, evidenceOfKindMax)
  assert.equal((await eventsAbout(odd.key.name)).length, evidenceOfKindMax)
  now = new Date(now.getTime() + 86_400_000)
  await fork(100)
  assert.equal((await eventsAbout(odd.key.name)).length, evidenceOfKindMax + 1)
})
