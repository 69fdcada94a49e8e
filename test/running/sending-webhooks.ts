// A process that sends what webhooks wait for, to be killed in the middle of it.
import { openDatabase } from '#platform'
import { sendDue } from '../../src/modules/services/webhooks/send.ts'
import type { Installation } from '../../src/platform/module.ts'
import { openVault } from '../../src/platform/vault.ts'

const given = JSON.parse(process.argv[2]!) as { urls: { owner: string; app: string }; secret: string; now: string }
const database = openDatabase(given.urls, { connectionsMax: 4 })
await sendDue({
  sql: database.sql,
  vault: openVault(given.secret),
  now: () => new Date(given.now),
  demonstration: true,
} as Installation)
await database.close()
