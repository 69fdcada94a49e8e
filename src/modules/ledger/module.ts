import { defineModule } from '#platform'
import { events, permissions } from './acts.ts'
import { lookForAlarms } from './alarms/look.ts'
import { anchorLogs } from './anchor/anchor.ts'
import { commands } from './command.ts'
import { deleteOldAppendKeys } from './entries/append.sql.ts'
import { ledgerFigures } from './explorer/ledger.figures.ts'
import { searchPages } from './explorer/pages.search.ts'
import { ensureIndex } from './history/index-log.ts'
import { logs } from './log/definitions.ts'
import { ensureLog } from './log/logs.ts'
import { retireKeys } from './log/rotate.ts'
import { stampJobs } from './notarise/stamps.ts'
import { registers } from './registers/definitions.ts'
import { ensureRegister } from './registers/registers.ts'
import { ledgerRoutes } from './routes.ts'
import { trailLog } from './trail/trail.rules.ts'
import { witnessJobs } from './witness/keys.ts'
import { witnessRoutes } from './witness/witness.routes.ts'

export default defineModule({
  name: 'ledger',
  summary: 'Transparency logs (C2SP) that departments write to and anybody can check.',
  address: '/ledger',
  uses: ['identity'],
  permissions,
  events,
  routes: [ledgerRoutes, witnessRoutes],
  definitions: [logs, registers],
  figures: ledgerFigures,
  account: [
    {
      path: '/office/ledger',
      title: { en: 'Look after the ledger', 'zh-Hant': '管理日誌' },
      permission: 'ledger:see-office',
    },
    {
      path: '/office/ledger/registers',
      title: { en: 'Keep registers', 'zh-Hant': '管理登記冊' },
      permission: 'ledger:keep-register',
    },
  ],
  search: searchPages,
  load: async (installation) => {
    for (const name of [trailLog, ...installation.pack.list(logs).map(({ id }) => id)])
      await ensureLog(installation, name)
    for (const { id, index } of installation.pack.list(logs)) if (index) await ensureIndex(installation, id)
    for (const register of installation.pack.list(registers)) await ensureRegister(installation, register)
  },
  jobs: {
    'ledger.look-for-alarms': { every: '* * * * *', run: lookForAlarms },
    'ledger.retire-keys': { every: '* * * * *', run: retireKeys },
    ...witnessJobs,
    'ledger.delete-old-append-keys': { every: '33 4 * * *', run: ({ sql }) => deleteOldAppendKeys(sql) },
    ...stampJobs,
    'ledger.anchor-logs': { every: '* * * * *', run: anchorLogs },
  },
  commands,
})
