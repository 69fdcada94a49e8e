import { defineModule } from '#platform'
import { commands } from './command.ts'
import { deleteOldAppendKeys } from './entries/append.sql.ts'
import { ledgerFigures } from './explorer/ledger.figures.ts'
import { searchPages } from './explorer/pages.search.ts'
import { logs } from './log/definitions.ts'
import { ensureLog } from './log/logs.ts'
import { ledgerRoutes } from './routes.ts'

export default defineModule({
  name: 'ledger',
  summary: 'Transparency logs (C2SP) that departments write to and anybody can check.',
  address: '/ledger',
  uses: [],
  routes: [ledgerRoutes],
  definitions: [logs],
  figures: ledgerFigures,
  search: searchPages,
  load: async (installation) => {
    for (const { id } of installation.pack.list(logs)) await ensureLog(installation, id)
  },
  jobs: {
    'ledger.delete-old-append-keys': { every: '33 4 * * *', run: ({ sql }) => deleteOldAppendKeys(sql) },
  },
  commands,
})
