import { type Static, Type } from 'typebox'
import type { Routes } from '#platform'
import { listAlarms } from '../alarms/alarms.sql.ts'
import { logsOf } from '../notarise/notarise.ts'
import { officeAccess, runs } from './access.ts'
import { OfficePage } from './office.page.tsx'

export type OfficeData = Static<typeof OfficeData>
export const OfficeData = Type.Object({
  permissions: Type.Array(Type.String()),
  /** Whether the organisation for which one acts writes to a log. */
  writes: Type.Boolean(),
  alarms: Type.Integer({ description: 'How many are open' }),
})

/** The front page of the ledger’s office. */
export const officeRoutes: Routes = async (app) => {
  const front = {
    config: { access: officeAccess },
    schema: { summary: 'What an officer looks after of the logs', response: { 200: OfficeData } },
  }
  app.get('/office/ledger', front, async ({ person }, reply) => {
    const alarms = await listAlarms(app.sql, {
      ...{ organisation: person!.organisation ?? null, runs: runs(person!), limit: 100 },
    })
    const open = alarms.filter(({ closedAt }) => closedAt === null).length
    const permissions = person!.permissions.filter((each) => each.startsWith('ledger:'))
    const writes = logsOf(app.installation, person!.organisation).length > 0
    return reply.page({ permissions, writes, alarms: open }, OfficePage)
  })
}
