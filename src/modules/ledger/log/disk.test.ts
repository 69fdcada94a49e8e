import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, cpSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { openDatabase } from '#platform'
import { migrate, migrationsOf } from '../../../../src/start/migrate.ts'
import { type Postgres, startPostgres } from '../../../../src/start/postgres/server.ts'
import { aDataFolder } from '../../../../test/running/praya.ts'
import { openVault } from '../../../platform/vault.ts'
import { insertActs, watchHistory } from '../testing/history.sql.ts'
import { judgeHistory, keyOf, untilInOrder } from '../testing/history.ts'
import { append } from './append.ts'
import { ensureLog } from './logs.ts'
import { openSequencer } from './sequencer.ts'

const log = pino({ level: 'silent' })
const name = 'full'
const diskBytes = 260_000_000
/** How a statement fails where there is no room, and what its callers see when the server ends for want of it. */
const expected =
  /^(53100|58030|57P0[123]|55000|CONNECTION_(CLOSED|DESTROYED|REFUSED)|CONNECT_TIMEOUT|ECONNREFUSED|ECONNRESET|ENOENT|EPIPE)$/

/** A small disk of memory; undefined where this machine mounts none. */
function mountDisk(): { folder: string; unmount: () => void } | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'praya-disk-'))
  const options = ['-t', 'tmpfs', '-o', `size=${diskBytes},mode=0755`, 'praya-test', folder]
  if (process.getuid?.() === 0 && spawnSync('mount', options).status === 0)
    return {
      folder,
      unmount() {
        if (spawnSync('umount', [folder]).status !== 0) spawnSync('umount', ['--lazy', folder])
        rmSync(folder, { recursive: true, force: true })
      },
    }
  rmSync(folder, { recursive: true, force: true })
  return undefined
}

/** Takes all the room that there is. */
function fill(path: string): void {
  const file = openSync(path, 'a')
  const piece = Buffer.alloc(65_536, 1)
  try {
    for (let size = piece.length; size > 0; ) {
      try {
        if (writeSync(file, piece, 0, size) === 0) size = 0
      } catch (error) {
        assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC')
        size = Math.floor(size / 16)
      }
    }
  } finally {
    closeSync(file)
  }
}

const codeOf = (error: unknown): string => {
  const { code } = error as { code?: string }
  assert.match(code ?? '', expected, (error as Error).stack)
  return code!
}

test('a full disk stops a log with an error, and when there is room it goes on with all that was acknowledged', async (context) => {
  const disk = mountDisk()
  if (!disk) return context.skip('only root mounts a disk, and only where it may')
  let server: Postgres | undefined
  try {
    const folder = join(disk.folder, 'data')
    cpSync(await aDataFolder(), folder, { recursive: true })
    server = await startPostgres({ folder, log })
    await migrate(server.ownerUrl, migrationsOf([{ name: 'ledger' }]))
    const owner = openDatabase({ owner: server.ownerUrl, app: server.ownerUrl }, { connectionsMax: 1 })
    await watchHistory(owner.sql)
    await owner.close()
    let database = openDatabase({ owner: server.ownerUrl, app: server.appUrl }, { connectionsMax: 3 })
    const vault = openVault('a secret of this test alone, as long as one is')
    const installation = () => ({ sql: database.sql, vault, address: 'http://localhost:8080', now: () => new Date() })
    await ensureLog(installation(), name)

    const acknowledged: string[] = []
    const errors = { acts: new Set<string>(), ticks: new Set<string>(), journal: new Set<string>() }
    const act = async (width: number) => {
      const entries = Array.from({ length: width }, () => randomBytes(3000))
      await database.sql.begin(async (transaction) => {
        await insertActs(transaction, name, entries)
        await append(transaction, name, entries)
      })
      acknowledged.push(...entries.map(keyOf))
    }
    let sequencer = openSequencer(installation(), log)

    for (const what of ['files', 'journal', 'files', 'journal']) {
      for (let acts = 0; acts < 4; acts += 1) await act(30)
      await sequencer.tick()
      // These wait when the disk is full.
      await act(100)
      fill(join(disk.folder, 'ballast'))
      assert.equal(statfsSync(disk.folder).bavail, 0)
      for (let tries = 0; tries < 40; tries += 1) {
        await sequencer.tick().catch((error) => errors.ticks.add(codeOf(error)))
        await act(200).catch((error) => errors.acts.add(codeOf(error)))
        // Until the server cannot even write down what it is about to do, which ends it.
        if (what === 'journal')
          await database.sql`select pg_logical_emit_message(false, 'much', repeat('x', 1000000))`.catch((error) =>
            errors.journal.add(codeOf(error)),
          )
      }
      const lost = acknowledged.length
      rmSync(join(disk.folder, 'ballast'))

      const answers = async () => {
        for (let tries = 0; tries < 200; tries += 1) {
          if (await database.sql`select 1`.catch(() => undefined)) return true
          await pause(50)
        }
        return false
      }
      if (!(await answers())) {
        // It was given up meanwhile, as one that ends again and again is: an operator starts it anew.
        await database.close()
        await server.stop()
        server = await startPostgres({ folder, log })
        database = openDatabase({ owner: server.ownerUrl, app: server.appUrl }, { connectionsMax: 3 })
        sequencer = openSequencer(installation(), log)
      }
      await act(3)
      await untilInOrder(database.sql, name, sequencer)
      const found = await judgeHistory(database.sql, name)
      assert.ok(acknowledged.length === lost + 3)
      for (const entry of acknowledged) assert.ok(found.has(entry), 'an acknowledged entry is lost')
    }
    assert.ok(errors.acts.size > 0, 'an act met the full disk')
    assert.ok(errors.ticks.size > 0, 'the sequencer met the full disk')
    assert.ok(errors.journal.size > 0, 'the server could not go on')
    context.diagnostic(
      `acts ended with ${[...errors.acts]}, ticks with ${[...errors.ticks]}, the server with ${[...errors.journal]}; ${acknowledged.length} acknowledged`,
    )
    await database.close()
  } finally {
    await server?.stop()
    disk.unmount()
  }
})
