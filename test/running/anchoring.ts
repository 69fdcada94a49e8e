/* A process that anchors what there is, again and again, until it is killed; for tests that do. */
import { setTimeout as pause } from 'node:timers/promises'
import { openDatabase } from '#platform'
import { anchorLogs, type Means } from '../../src/modules/ledger/anchor/anchor.ts'
import type { DatabaseUrls } from '../../src/platform/database.ts'
import { openVault } from '../../src/platform/vault.ts'

export type Anchoring = { urls: DatabaseUrls; secret: string; chain: Means['chain']; time: number }

const { urls, secret, chain, time } = JSON.parse(process.argv[2]!) as Anchoring
const { sql } = openDatabase(urls, { connectionsMax: 3 })
// Of a node that is away nothing is expected; what was lost with it is judged by whoever started this.
for (;;) {
  await anchorLogs({ sql, vault: openVault(secret), now: () => new Date(time), chain }).catch(() => {})
  await pause(20)
}
