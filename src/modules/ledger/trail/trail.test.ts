import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { pino } from 'pino'
import { type Installation, Refusal, recordAct, say } from '#platform'
import { start } from '#test'
import { probe } from '../../../../test/platform/probe.tsx'
import postgres from '../../../platform/driver.ts'
import { findLog } from '../log/logs.sql.ts'
import { ensureLog } from '../log/logs.ts'
import { openSequencer } from '../log/sequencer.ts'
import { auditVerify, isTrailWhole } from './command.ts'
import { feedTrail } from './feed.ts'
import { contentOf, entryOf, trailLog } from './trail.rules.ts'
import { verifyTrail } from './verify.ts'

const silent = pino({ level: 'silent' })
const act = (subject: string, detail = {}) => ({ event: 'probe.note-written', subject, detail })

/** An installation with `count` logged events, and a pool of the database's owner, who may do anything. */
async function aTrail(count: number) {
  const { sql, urls, installation, folder } = await start({ modules: [probe] })
  const owner = postgres(urls.owner, { max: 1, onnotice: () => {} })
  after(() => owner.end())
  await ensureLog(installation, trailLog)
  // That the keys of the log were made is an act as well; here the notes are counted alone.
  await owner`truncate platform.audit_event, platform.audit_waiting, ledger.ceremony restart identity`
  for (let each = 1; each <= count; each++) await recordAct(sql, 'system', act(`note/${each}`, { each }))
  await settle(installation)
  return { sql, owner, installation, folder }
}

async function settle(installation: Installation): Promise<void> {
  while ((await feedTrail(installation)) > 0);
  const sequencer = openSequencer(installation, silent)
  await sequencer.tick()
  await sequencer.tick()
}

test('the log holds every event once, whoever appends, however often and in however many processes', async () => {
  const { sql, installation } = await aTrail(0)
  await sql`
    with event as (
      insert into platform.audit_event (event, actor, subject)
      select 'probe.note-written', 'system', 'note/' || n
      from generate_series(1, 2500) as n
      returning id)
    insert into platform.audit_waiting select id from event`
  const fed = await Promise.all(Array.from({ length: 20 }, () => feedTrail(installation)))
  assert.ok(fed.some((each) => each > 0))
  await settle(installation)
  const report = await verifyTrail(installation)
  assert.deepEqual(report, { logged: 2500, waiting: 0, changed: [], gone: [], lost: 0, findings: [] })
  assert.equal((await findLog(sql, trailLog))!.size, 2500)
  assert.equal(await feedTrail(installation), 0)
})

test('an event is whole while it waits, while it is promised, and when it is logged', async () => {
  const { sql, installation } = await aTrail(1)
  await recordAct(sql, 'system', act('note/2'))
  const counted = async () => {
    const { logged, waiting, ...rest } = await verifyTrail(installation)
    assert.deepEqual(rest, { changed: [], gone: [], lost: 0, findings: [] })
    return [logged, waiting]
  }
  assert.deepEqual(await counted(), [1, 1])
  await feedTrail(installation)
  assert.deepEqual(await counted(), [1, 1])
  await openSequencer(installation, silent).tick()
  assert.deepEqual(await counted(), [2, 0])
})

test('an event that commits late is logged later, and nothing is left out', async () => {
  const { sql, installation } = await aTrail(0)
  await sql.begin(async (late) => {
    await recordAct(late, 'system', act('late'))
    await recordAct(sql, 'system', act('early'))
    assert.equal(await feedTrail(installation), 1)
  })
  assert.equal(await feedTrail(installation), 1)
  await settle(installation)
  assert.equal((await verifyTrail(installation)).logged, 2)
})

test('whatever the owner of the database changes in a logged event shows, and where', async () => {
  // biome-ignore format: matrix
  const cases = [
    ['another actor',          "update platform.audit_event set actor = 'bo' where id = 3",                           [3], [2]],
    ['another subject',        "update platform.audit_event set subject = 'note/9' where id = 3",                     [3], [2]],
    ['another event',          "update platform.audit_event set event = 'probe.note-read' where id = 1",              [1], [0]],
    ['a microsecond later',    "update platform.audit_event set at = at + interval '1 microsecond' where id = 5",     [5], [4]],
    ['an organisation',        "update platform.audit_event set organisation = 'x' where id = 2",                     [2], [1]],
    ['in somebody’s name',     "update platform.audit_event set on_behalf_of = 'x' where id = 2",                     [2], [1]],
    ['another detail',         `update platform.audit_event set detail = '{"each": 4}' where id = 5`,                 [5], [4]],
    ['a request',              "update platform.audit_event set request = '' where id = 4",                           [4], [3]],
    ['an event is gone',       'delete from platform.audit_event where id = 3',                                       [],  [2]],
    ['the last event is gone', 'delete from platform.audit_event where id = 5',                                       [],  [4]],
    ['an event beside it',     "insert into platform.audit_event (event, actor, subject) values ('probe.note-written', 'x', 'x')", [6], []],
    ['two change their actors', "update platform.audit_event set actor = 'x' || id where id in (1, 2)",               [1, 2], [0, 1]],
  ] as const
  for (const [what, statement, changed, gone] of cases) {
    const { installation, owner } = await aTrail(5)
    assert.ok(isTrailWhole(await verifyTrail(installation)), what)
    await owner.unsafe(statement)
    const report = await verifyTrail(installation)
    assert.deepEqual([report.changed, report.gone], [changed, gone], what)
    assert.ok(!isTrailWhole(report), what)
  }
})

test('an event and its entry cannot go together unseen: the log is signed, and whoever kept a checkpoint sees its end', async () => {
  const { sql, installation, owner } = await aTrail(5)
  const kept = (await findLog(sql, trailLog))!.published!
  await owner.unsafe(`
    delete from platform.audit_event where id = 5;
    update ledger.tile set hashes = substring(hashes from 1 for 128);`)
  assert.ok((await verifyTrail(installation)).findings.length > 0)
  // A whole new log of the four that are left, signed by the same keys, is whole by itself alone.
  await owner.unsafe(`
    delete from ledger.tile; delete from ledger.bundle; delete from ledger.leaf;
    update ledger.log set size = 0, published_size = 0, peaks = '' where name = 'audit';
    insert into platform.audit_waiting select id from platform.audit_event;`)
  await settle(installation)
  assert.ok(isTrailWhole(await verifyTrail(installation)))
  const verb = await verify(installation, { since: keep(kept) })
  assert.equal(verb.code, 1)
  assert.match(verb.printed.join('\n'), /5/)
})

let keptFiles = 0
const folderOfFiles = (await start({ modules: [probe] })).folder
function keep(note: Uint8Array): string {
  keptFiles += 1
  const path = join(folderOfFiles, `checkpoint-${keptFiles}`)
  writeFileSync(path, note)
  return path
}

async function verify(installation: Installation | Error, options: Record<string, string> = {}) {
  const printed: string[] = []
  const steps: (string | undefined)[] = []
  const code = await auditVerify.run({
    arguments: [],
    options,
    language: 'en',
    say: (text, values) => say(text, 'en', values),
    print: (line) => void printed.push(line),
    warn: (line) => void printed.push(line),
    progress: (line) => void steps.push(line),
    openPack: assert.fail,
    withInstallation: (work) => (installation instanceof Error ? Promise.reject(installation) : work(installation)),
  })
  return { code, printed, steps }
}

test('./praya audit verify ends with 0 on a whole trail, with 1 on a changed one, and with 2 where it cannot tell', async () => {
  const { sql, owner, installation } = await aTrail(1005)
  const whole = await verify(installation)
  assert.equal(whole.code, 0)
  assert.deepEqual(whole.printed, ['The audit trail is whole: 1005 events stand in its log as they were written.'])
  assert.ok(whole.steps.includes('Reading the audit trail: 1000 events so far'), `${whole.steps}`)
  const kept = keep((await findLog(sql, trailLog))!.published!)
  assert.equal((await verify(installation, { since: kept })).code, 0)

  await owner`update platform.audit_event set actor = 'bo' where id = 3`
  const changed = await verify(installation)
  assert.equal(changed.code, 1)
  assert.match(
    changed.printed.join('\n'),
    /^The audit trail is not as it was written; 1004 events .*\n.*events 3\n.*entries 2\. .*--lost/s,
  )

  // Entries that came back from a mirror have no events any more; whoever runs it says which, and no more pass for that.
  await owner`delete from platform.audit_event where id in (3, 10, 11)`
  // biome-ignore format: a table
  const cases: [lost: string, code: number, says: RegExp][] = [
    ['2,9-10',  0, /whole: 1002 events.*\nWithout their events, as you said: 3 entries\.$/s],
    [' 2, 9-99', 0, /whole/],
    ['9-10',    1, /entries 2\. /],
    ['2',       1, /entries 9, 10\. /],
    ['10-9',    2, /--lost takes entries/],
    ['all',     2, /--lost takes entries/],
    ['',        2, /--lost takes entries/],
  ]
  for (const [lost, code, says] of cases) {
    const verb = await verify(installation, { lost })
    assert.equal(verb.code, code, lost)
    assert.match(verb.printed.join('\n'), says)
  }

  const away = new Refusal({ en: 'No database', 'zh-Hant': '沒有資料庫' })
  await assert.rejects(verify(away), { message: 'No database', exitCode: 2 })
  assert.equal((await verify(installation, { since: '/nowhere' })).code, 2)
  assert.equal((await verify(installation, { since: keep(Buffer.from('x')) })).code, 2)
})

test('any text that PostgreSQL can keep is logged and verified as it was written, in any time zone', async () => {
  const { sql, installation } = await aTrail(0)
  const text = fc
    .oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom('海旁', '👩‍👩‍👧', "';--", '"\\', '\u2028', '\r\n\t', ''),
    )
    .filter((each) => !each.includes('\u0000'))
  await fc.assert(
    fc.asyncProperty(
      fc.record({ subject: text, detail: fc.dictionary(text, fc.oneof(text, fc.double({ noNaN: true }))) }),
      async ({ subject, detail }) => void (await recordAct(sql, 'system', act(subject, detail))),
    ),
    { numRuns: 200 },
  )
  await settle(installation)
  assert.equal((await verifyTrail(installation)).logged, 200)
  const elsewhere = await sql.reserve()
  await elsewhere`set time zone 'Asia/Kathmandu'`
  assert.ok(isTrailWhole(await verifyTrail({ ...installation, sql: elsewhere as never })))
  elsewhere.release()
})

test('no two events are the same content, and none of it can be read from the entry', async () => {
  const { installation } = await aTrail(2)
  const event = {
    ...{ id: 1, at: '2026-11-27T00:00:00.000001Z', event: 'a.b', actor: 'p-1', organisation: null, onBehalfOf: null },
    ...{ subject: 's', request: null, detail: '{}' },
  }
  const contents = [event, { ...event, organisation: 'p-1', actor: '' }, { ...event, id: 11, at: '' }].map(contentOf)
  assert.equal(new Set(contents).size, 3)
  const entries = [1, 2].map((id) => entryOf(installation.vault, { ...event, id }).toString())
  assert.notEqual(entries[0], entries[1])
  for (const each of entries) assert.doesNotMatch(each, /p-1|a\.b/)
})
