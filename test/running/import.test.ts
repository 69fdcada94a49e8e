import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { aLargeTable, aMapping, multipart } from '../../src/modules/estimates/testing/uploads.ts'
import postgres from '../../src/platform/driver.ts'
import { findPostgres } from '../../src/start/postgres/server.ts'
import { startPraya, temporaryFolder } from './praya.ts'

const query = async (folder: string, work: (sql: ReturnType<typeof postgres>) => Promise<unknown>) => {
  const sql = postgres(findPostgres(folder)!.ownerUrl, { max: 3, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

const state = (folder: string) =>
  query(folder, async (sql) => [
    ...(await sql`
      select (select count(*)::int from estimates.document where source_kind <> 'pack') as documents,
        (select count(*)::int from estimates.import) as imports, (select count(*)::int from estimates.publication) as publications,
        (select count(*)::int from estimates.cell join estimates.document on document.id = document_id
          where source_kind <> 'pack') as cells,
        (select count(*)::int from platform.audit_event where event = 'estimates.document-imported') as acts`),
  ])
const nothing = [{ documents: 0, imports: 0, publications: 0, cells: 0, acts: 0 }]

async function send(address: string): Promise<number> {
  const signedIn = await fetch(`${address}/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'person=ben-ledger',
    redirect: 'manual',
  })
  const cookie = signedIn.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
  const { headers, payload } = multipart([aLargeTable(400), aMapping()])
  const response = await fetch(`${address}/estimates/import`, {
    method: 'POST',
    headers: { ...headers, cookie },
    body: new Uint8Array(payload),
  })
  return response.status
}

test('a kill of Praya in the middle of an import leaves nothing half-written, and the same file imports afterwards', async () => {
  const folder = temporaryFolder()
  const first = await startPraya(folder)
  await query(folder, async (sql) => {
    await sql.begin(async (holder) => {
      // The last table that an import writes: its documents and cells are written by then.
      await holder`lock table estimates.import in share mode`
      const sent = send(first.address).catch(() => 'gone')
      for (let tries = 0; ; tries++) {
        const waiting = await sql`select 1 from pg_locks where not granted and relation = 'estimates.import'::regclass`
        if (waiting.length > 0) break
        assert.ok(tries < 1000, 'the import does not wait')
        await pause(20)
      }
      first.child.kill('SIGKILL')
      await first.ended
      assert.equal(await sent, 'gone')
    })
  })
  const second = await startPraya(folder)
  assert.deepEqual(await state(folder), nothing)
  assert.equal(await send(second.address), 201)
  assert.notDeepEqual(await state(folder), nothing)
  second.child.kill('SIGTERM')
  assert.equal((await second.ended).code, 0)
})
