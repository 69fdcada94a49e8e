import type { Routes } from '#platform'
import { countOpen } from '../alarms/alarms.sql.ts'
import { logsOf } from '../notarise/notarise.ts'
import { officeAccess, runs } from './access.ts'
import { OfficePage } from './office.page.tsx'
import { OfficeData } from './types.ts'

/** The front page of the ledger’s office. */
export const officeRoutes: Routes = async (app) => {
  const front = {
    config: { access: officeAccess },
    schema: { summary: 'What an officer looks after of the logs', response: { 200: OfficeData } },
  }
  app.get('/office/ledger', front, async ({ person }, reply) => {
    const { organisation } = person!
    const alarms = await countOpen(app.sql, { organisation: organisation ?? null, runs: runs(person!) })
    const permissions = person!.permissions.filter((each) => each.startsWith('ledger:'))
    const writes = logsOf(app.installation, organisation).length > 0
    return reply.page({ permissions, writes, alarms }, OfficePage)
  })
}
