import { type Static, Type } from 'typebox'
import { type Routes, Text } from '#platform'
import { titlesOf } from '../notarise/notarise.ts'
import { officeAccess } from '../office/access.ts'
import { HealthPage } from './health.page.tsx'
import { type LogHealth, listHealth, listWitnessHealth } from './health.sql.ts'
import { addLedgerMetrics } from './metrics.ts'

const refreshSeconds = 15
/** What waits for longer is told as an alarm, too. */
const waitMsMax = 60_000

const orNull = <Shape extends Parameters<typeof Type.Union>[0][number]>(shape: Shape) =>
  Type.Union([shape, Type.Null()])

export type HealthData = Static<typeof HealthData>
export const HealthData = Type.Object({
  at: Type.String(),
  logs: Type.Array(
    Type.Object({
      name: Type.String(),
      title: Text,
      state: Type.Enum(['well', 'behind', 'slow']),
      size: Type.Number(),
      publishedSize: Type.Number(),
      waiting: Type.Integer(),
      waitingSince: orNull(Type.String()),
      sequencedAt: orNull(Type.String()),
      behindAt: orNull(Type.String()),
      witnesses: Type.Array(
        Type.Object({
          url: Type.String(),
          size: Type.Number(),
          cosignedAt: orNull(Type.String()),
          failedAt: orNull(Type.String()),
          failure: orNull(Type.String()),
        }),
      ),
    }),
  ),
})

/** How a log is: all is in order and published, some is not published, or entries wait. */
export function stateOf({ waitingSince, behindAt }: Pick<LogHealth, 'waitingSince' | 'behindAt'>, now: Date) {
  if (waitingSince && now.getTime() - Date.parse(waitingSince) > waitMsMax) return 'slow' as const
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
