import { defineModule } from '#platform'
import { events, permissions } from './acts.ts'
import { lookForAlarms } from './alarms/look.ts'
import { commands } from './command.ts'
import { deleteOldAppendKeys } from './entries/append.sql.ts'
import { ledgerFigures } from './explorer/ledger.figures.ts'
import { searchPages } from './explorer/pages.search.ts'
import { logs } from './log/definitions.ts'
import { ensureLog } from './log/logs.ts'
import { retireKeys } from './log/rotate.ts'
import { ledgerRoutes } from './routes.ts'
import { trailLog } from './trail/trail.rules.ts'
import { witnessRoutes } from './witness/witness.routes.ts'

export default defineModule({
  name: 'ledger',
  summary: 'Transparency logs (C2SP) that departments write to and anybody can check.',
  address: '/ledger',
  uses: ['identity'],
  permissions,
  events,
  routes: [ledgerRoutes, witnessRoutes],
  definitions: [logs],
  figures: ledgerFigures,
  search: searchPages,
  load: async (installation) => {
    for (const name of [trailLog, ...installation.pack.list(logs).map(({ id }) => id)])
      await ensureLog(installation, name)
  },
  jobs: {
    'ledger.look-for-alarms': { every: '* * * * *', run: lookForAlarms },
    'ledger.retire-keys': { every: '* * * * *', run: retireKeys },
    'ledger.delete-old-append-keys': { every: '33 4 * * *', run: ({ sql }) => deleteOldAppendKeys(sql) },
  },
  commands,
})
