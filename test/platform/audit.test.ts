import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Routes, recordAct } from '#platform'
import { start } from '#test'
import { aModule, probe } from './probe.tsx'

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

test('any text that PostgreSQL can keep is kept as it was written', async () => {
  const { sql } = await start({ modules: [probe] })
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
})

test('names of events have one form', async () => {
  const { sql } = await start({ modules: [probe] })
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
