import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { type Routes, recordAct, verifyAuditTrail } from '#platform'
import { start } from '#test'
import { audit } from '../../src/command/audit.ts'
import { linkAuditEvents } from '../../src/platform/audit.ts'
import { type Invocation, Refusal } from '../../src/platform/command.ts'
import postgres from '../../src/platform/driver.ts'
import { say } from '../../src/platform/languages.ts'
import { aModule, probe } from './probe.tsx'

/** An installation with `count` linked events, and a pool of the database's owner, who may do anything. */
async function aTrail(count: number) {
  const { sql, urls, installation } = await start({ modules: [probe] })
  const owner = postgres(urls.owner, { max: 1, onnotice: () => {} })
  after(() => owner.end())
  for (let each = 1; each <= count; each++)
    await recordAct(sql, 'system', { event: 'probe.note-written', subject: `note/${each}`, detail: { each } })
  while ((await linkAuditEvents(sql)) > 0);
  return { sql, owner, installation }
}

test('an act stands in the trail exactly if its transaction is committed', async () => {
  const { sql } = await start({ modules: [probe] })
  const act = { event: 'probe.note-written', subject: 'note/1' }
  await assert.rejects(
    sql.begin(async (transaction) => {
      await recordAct(transaction, 'system', act)
      throw new Error('after the act')
    }),
    /after the act/,
  )
  assert.equal((await sql`select 1 from platform.audit_event`).length, 0)
  await sql.begin((transaction) => recordAct(transaction, 'system', act))
  assert.equal((await sql`select 1 from platform.audit_event`).length, 1)
})

test('the role that serves chooses neither the number of an event nor its instant', async () => {
  const { sql } = await start({ modules: [probe] })
  await assert.rejects(
    sql`insert into platform.audit_event (event, actor, subject, at) values ('probe.note-written', 'x', 'x', now() - interval '1 year')`,
    /permission denied/,
  )
  await assert.rejects(
    sql`insert into platform.audit_event (id, event, actor, subject) overriding system value values (1000, 'probe.note-written', 'x', 'x')`,
    /permission denied/,
  )
  await recordAct(sql, 'system', { event: 'probe.note-written', subject: 'note/1' })
  assert.equal((await sql`select 1 from platform.audit_event`).length, 1)
})

test('an act tells who did what to what, for whom and by which request, and no name', async () => {
  const { app, sql, as } = await start({ modules: [probe] })
  const headers = await as('probe:write-note')
  const payload = { subject: 'note/7', text: 'words' }
  await app.inject({ method: 'POST', url: '/probe/notes', headers, payload })
  const [row] = await sql`select event, actor, organisation, subject, request, detail from platform.audit_event`
  assert.match(row!.actor, /^test-/)
  assert.match(row!.request, /^[0-9a-f-]{36}$/)
  const rest = { event: row!.event, organisation: row!.organisation, subject: row!.subject, detail: row!.detail }
  assert.deepEqual(rest, {
    event: 'probe.note-written',
    organisation: 'test',
    subject: 'note/7',
    detail: { text: 'words' },
  })
  assert.ok(!JSON.stringify(row).includes('測試'))
})

test('a route can record no other event than the one that it declares', async () => {
  const routes: Routes = async (app) => {
    const act = { config: { access: 'public', event: 'probe.note-written' }, schema: { summary: 'Acts' } }
    app.post('/probe/other', act, async (request) => {
      await recordAct(app.sql, request, { event: 'probe.note-read', subject: 'note' })
      return {}
    })
  }
  const { app, sql } = await start({ modules: [aModule(routes)] })
  assert.equal((await app.inject({ method: 'POST', url: '/probe/other' })).statusCode, 500)
  assert.equal((await sql`select 1 from platform.audit_event`).length, 0)
})

test('the chain holds every event once, whoever links, however often and in however many processes', async () => {
  const { sql } = await aTrail(0)
  await sql`
    insert into platform.audit_event (event, actor, subject)
    select 'probe.note-written', 'system', 'note/' || n
    from generate_series(1, 2500) as n`
  const linked = await Promise.all([1, 2, 3, 4, 5].map(() => linkAuditEvents(sql)))
  assert.equal(
    linked.reduce((sum, each) => sum + each, 0),
    2500,
  )
  assert.deepEqual(await verifyAuditTrail(sql), { events: 2500, broken: null })
  assert.equal(await linkAuditEvents(sql), 0)

  const elsewhere = await sql.reserve()
  await elsewhere`set time zone 'Asia/Kathmandu'`
  await elsewhere`set datestyle = 'German'`
  assert.deepEqual(await verifyAuditTrail(elsewhere), { events: 2500, broken: null }, 'in another time zone')
  elsewhere.release()
})

test('an event that commits late is linked later, and nothing is left out', async () => {
  const { sql } = await aTrail(0)
  await sql.begin(async (late) => {
    await recordAct(late, 'system', { event: 'probe.note-written', subject: 'late' })
    await recordAct(sql, 'system', { event: 'probe.note-written', subject: 'early' })
    assert.equal(await linkAuditEvents(sql), 1)
  })
  assert.equal(await linkAuditEvents(sql), 1)
  assert.deepEqual(await verifyAuditTrail(sql), { events: 2, broken: null })
})

test('whatever the owner of the database changes in a linked event shows, and where', async () => {
  // The owner first drops what protects against mistakes; only the chain is left.
  const free = 'alter table platform.audit_link drop constraint audit_link_event_id_fkey;'
  // biome-ignore format: matrix
  const cases = [
    ['another actor',          "update platform.audit_event set actor = 'bo' where id = 3",                                    2],
    ['another subject',        "update platform.audit_event set subject = 'note/9' where id = 3",                              2],
    ['another event',          "update platform.audit_event set event = 'probe.note-read' where id = 1",                       0],
    ['a microsecond later',    "update platform.audit_event set at = at + interval '1 microsecond' where id = 5",              4],
    ['an organisation',        "update platform.audit_event set organisation = 'x' where id = 2",                              1],
    ['another detail',         `update platform.audit_event set detail = '{"each": 4}' where id = 5`,                          4],
    ['a request',              "update platform.audit_event set request = '' where id = 4",                                    3],
    ['an event is gone',       `${free} delete from platform.audit_event where id = 3`,                                        2],
    ['the last event is gone', `${free} delete from platform.audit_event where id = 5`,                                        4],
    ['event and link are gone', `${free} delete from platform.audit_link where event_id = 3; delete from platform.audit_event where id = 3`, 2],
    ['another hash',           "update platform.audit_link set hash = sha256('x') where position = 1",                         1],
    ['two events change places', `${free} update platform.audit_link set event_id = -1 where position = 1;
       update platform.audit_link set event_id = 2 where position = 2; update platform.audit_link set event_id = 3 where position = 1`, 1],
  ] as const
  for (const [what, statement, broken] of cases) {
    const { sql, owner } = await aTrail(5)
    assert.deepEqual(await verifyAuditTrail(sql), { events: 5, broken: null })
    await owner.unsafe(statement)
    assert.deepEqual(await verifyAuditTrail(sql), { events: broken, broken }, what)
  }
})

test('./praya audit verify ends with 0 on a whole trail, with 1 on a changed one, and with 2 where it cannot tell', async () => {
  const { sql, owner, installation } = await aTrail(1005)
  const verify = async (withInstallation: Invocation['withInstallation']) => {
    const printed: string[] = []
    const steps: (string | undefined)[] = []
    const code = await audit.run({
      arguments: [],
      options: {},
      language: 'en',
      say: (text, values) => say(text, 'en', values),
      print: (line) => void printed.push(line),
      warn: assert.fail,
      progress: (line) => void steps.push(line),
      openPack: assert.fail,
      withInstallation,
    })
    return { code, printed, steps }
  }
  const whole = await verify((work) => work(installation))
  assert.equal(whole.code, 0)
  assert.deepEqual(whole.printed, ['The audit trail is whole: 1005 linked events, each as it was written.'])
  assert.ok(whole.steps.includes('Reading the audit trail: 1000 events so far'), `${whole.steps}`)
  const before = await sql`select count(*)::int as links from platform.audit_link`

  await owner`update platform.audit_event set actor = 'bo' where id = 3`
  const changed = await verify((work) => work(installation))
  assert.equal(changed.code, 1)
  assert.match(changed.printed.join(), /^The audit trail was changed: 2 events are .* event 3 of the chain is not\./)
  assert.deepEqual(await sql`select count(*)::int as links from platform.audit_link`, before, 'it only looks')

  const away = new Refusal({ en: 'No database', 'zh-Hant': '沒有資料庫' })
  await assert.rejects(
    verify(() => Promise.reject(away)),
    { message: 'No database', exitCode: 2 },
  )
})

test('any text that PostgreSQL can keep is chained and verified as it was written', async () => {
  const { sql } = await aTrail(0)
  const text = fc
    .oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom('海旁', '👩‍👩‍👧', "';--", '"\\', '\u2028', '\r\n\t', '', 'ا‮', '{"a":1}'),
    )
    .filter((each) => !each.includes('\u0000'))
  const act = fc.record({
    subject: text,
    detail: fc.dictionary(
      text,
      fc.oneof(
        text,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
      ),
    ),
  })
  await fc.assert(
    fc.asyncProperty(act, async ({ subject, detail }) => {
      await recordAct(sql, 'system', { event: 'probe.note-written', subject, detail })
      const [row] = await sql`select subject, detail from platform.audit_event order by id desc limit 1`
      assert.equal(row!.subject, subject)
      assert.deepEqual(row!.detail, JSON.parse(JSON.stringify(detail)))
    }),
    { numRuns: 200 },
  )
  await linkAuditEvents(sql)
  assert.equal((await verifyAuditTrail(sql)).broken, null)
})

test('names of events have one form', async () => {
  const { sql } = await aTrail(0)
  for (const event of [
    '',
    'probe',
    'probe.',
    'Probe.written',
    'probe.note_written',
    'probe..x',
    'probe.a.b',
    'probe.x\n',
  ])
    await assert.rejects(recordAct(sql, 'system', { event, subject: 'note' }), { code: '23514' }, event)
})
