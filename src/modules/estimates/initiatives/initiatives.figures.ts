import type { Figure, Installation } from '#platform'
import { type Initiative, initiatives, systemRuns, systems } from './definitions.ts'

const now = { en: 'now', 'zh-Hant': '現時' }

const count = ({ pack }: Pick<Installation, 'pack'>, status: Initiative['status']) =>
  pack.list(initiatives).filter((each) => each.status === status).length

export const initiativeFigures: readonly Figure[] = [
  {
    id: 'estimates.systems-running',
    title: { en: 'Systems of the budget that run here', 'zh-Hant': '預算所支付、正在運行的系統' },
    unit: 'text',
    period: now,
    evidence: '/systems',
    compute: async ({ pack, running }) => {
      const all = pack.list(systems)
      const run = all.filter((system) => systemRuns(system, running))
      return all.length === 0 ? null : `${run.length} / ${all.length}`
    },
  },
  {
    id: 'estimates.initiatives-ended',
    title: {
      en: 'Initiatives of the year before that the Estimates no longer name',
      'zh-Hant': '上年度列出、本年度預算再無提及的計劃項目',
    },
    unit: 'number',
    period: { en: 'in the printed year', 'zh-Hant': '按文件年度' },
    evidence: '/initiatives?status=ended',
    compute: async (installation) => count(installation, 'ended'),
  },
  {
    id: 'estimates.initiatives-running',
    title: { en: 'Initiatives under way', 'zh-Hant': '進行中的計劃項目' },
    unit: 'number',
    period: { en: 'in the printed year', 'zh-Hant': '按文件年度' },
    evidence: '/initiatives?status=running',
    compute: async (installation) => count(installation, 'running'),
  },
]
