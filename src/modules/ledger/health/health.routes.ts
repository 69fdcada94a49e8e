import type { Routes } from '#platform'
import { waitMinutesMax } from '../alarms/types.ts'
import { titlesOf } from '../notarise/notarise.ts'
import { officeAccess } from '../office/access.ts'
import { HealthPage } from './health.page.tsx'
import { type LogHealth, listHealth, listWitnessHealth } from './health.sql.ts'
import { addLedgerMetrics } from './metrics.ts'
import { HealthData } from './types.ts'

const refreshSeconds = 15
/** How a log is: all is in order and published, some is not published, or entries wait. */
export function stateOf({ waitingSince, behindAt }: Pick<LogHealth, 'waitingSince' | 'behindAt'>, now: Date) {
  if (waitingSince && now.getTime() - Date.parse(waitingSince) > waitMinutesMax * 60_000) return 'slow' as const
  return behindAt ? ('behind' as const) : ('well' as const)
}

/** How the logs are now, for officers and for Prometheus. */
export const healthRoutes: Routes = async (app) => {
  const { installation, sql } = app
  addLedgerMetrics(app.metrics, sql)

  const health = {
    config: { access: officeAccess },
    schema: { summary: 'How each log is now, and each of its witnesses', response: { 200: HealthData } },
  }
  app.get('/office/ledger/health', health, async (_, reply) => {
    const titles = await titlesOf(installation)
    const witnesses = Map.groupBy(await listWitnessHealth(sql), ({ log }) => log)
    const now = installation.now()
    const logs = (await listHealth(sql)).map(({ id: _, ...log }) => ({
      ...log,
      title: titles.get(log.name) ?? { en: log.name, 'zh-Hant': log.name },
      state: stateOf(log, now),
      witnesses: witnesses.get(log.name) ?? [],
    }))
    return reply
      .header('refresh', String(refreshSeconds))
      .header('cache-control', 'no-store')
      .page({ at: now.toISOString(), logs }, HealthPage)
  })
}
