// A process that works on cohorts, telling of each case, to be killed in the middle of it.
import { openDatabase } from '#platform'
import { workOnCohorts } from '../../src/modules/services/cases/cohorts/work.ts'
import { definitions } from '../../src/modules.ts'
import { loadPack } from '../../src/pack/public.ts'
import type { Installation } from '../../src/platform/module.ts'
import { openVault } from '../../src/platform/vault.ts'

const given = JSON.parse(process.argv[2]!) as {
  urls: { owner: string; app: string }
  secret: string
  now: string
  pack: string
}
const database = openDatabase(given.urls, { connectionsMax: 4 })
const { pack } = await loadPack(given.pack, definitions)
const installation = {
  sql: database.sql,
  pack,
  vault: openVault(given.secret),
  now: () => new Date(given.now),
  demonstration: true,
} as Installation
await workOnCohorts(installation, { afterCase: (reference) => void process.send!(reference) })
await database.close()
