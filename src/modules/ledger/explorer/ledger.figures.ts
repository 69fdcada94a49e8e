import type { Figure } from '#platform'
import { listLogs } from '../log/logs.sql.ts'

/** What the logs of this installation hold together, and when one was last signed. */
export const ledgerFigures: readonly Figure[] = [
  {
    id: 'ledger.entries',
    title: { en: 'Entries in the logs', 'zh-Hant': '日誌條目' },
    unit: 'number',
    period: { en: 'now', 'zh-Hant': '現時' },
    evidence: '/ledger',
    compute: async ({ sql }) => (await listLogs(sql)).reduce((sum, { size }) => sum + size, 0),
  },
  {
    id: 'ledger.checkpoint',
    title: { en: 'Latest checkpoint of a log', 'zh-Hant': '日誌最新檢查點' },
    unit: 'instant',
    period: { en: 'now', 'zh-Hant': '現時' },
    evidence: '/ledger',
    compute: async ({ sql }) =>
      (await listLogs(sql))
        .flatMap(({ sequencedAt }) => sequencedAt ?? [])
        .sort()
        .at(-1) ?? null,
  },
]
