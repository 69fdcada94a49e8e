import type { Figure, Installation } from '#platform'
import { toDollars } from '../check/amounts.ts'
import { listHeads } from '../documents/head.ts'
import type { Identity } from '../types.ts'
import { estimateOf } from './list.rules.ts'

const now = { en: 'now', 'zh-Hant': '此刻' }

/** Heads in the language in which pages show them first; every language counts the same documents. */
const heads = (installation: Installation) => listHeads(installation, installation.pack.government.defaultLanguage)

async function count(installation: Installation, ...outcomes: Identity['outcome'][]): Promise<number | null> {
  const loaded = await heads(installation)
  if (loaded.length === 0) return null
  return loaded.flatMap(({ report }) => report.identities).filter(({ outcome }) => outcomes.includes(outcome)).length
}

export const headFigures: readonly Figure[] = [
  {
    id: 'estimates.identities-hold',
    title: { en: 'Identities of the Estimates that hold', 'zh-Hant': '預算文件相符的等式' },
    unit: 'number',
    period: now,
    evidence: '/estimates',
    compute: (installation) => count(installation, 'holds', 'rounding', 'explained'),
  },
  {
    id: 'estimates.identities-fail',
    title: { en: 'Identities that fail and are not explained', 'zh-Hant': '不符而未有說明的等式' },
    unit: 'number',
    period: now,
    evidence: '/estimates',
    compute: (installation) => count(installation, 'fails'),
  },
  {
    id: 'estimates.identities-checked',
    title: { en: 'Identities of the Estimates that were checked', 'zh-Hant': '已核對的預算等式' },
    unit: 'number',
    period: now,
    evidence: '/estimates',
    compute: (installation) => count(installation, 'holds', 'rounding', 'explained', 'fails'),
  },
  {
    id: 'estimates.documents',
    title: { en: 'Heads of the Estimates loaded', 'zh-Hant': '已載入的預算總目' },
    unit: 'number',
    period: now,
    evidence: '/estimates',
    compute: async (installation) => (await heads(installation)).length,
  },
  {
    id: 'estimates.provision',
    title: { en: 'Provision of the loaded Heads', 'zh-Hant': '已載入總目的撥款' },
    unit: 'dollars',
    period: { en: 'newest loaded year', 'zh-Hant': '最近載入的年度' },
    evidence: '/estimates',
    compute: async (installation) => {
      const loaded = await heads(installation)
      const year = loaded[0]?.document.year
      const amounts = loaded
        .filter(({ document }) => document.year === year)
        .flatMap(({ report, document }) => estimateOf(report.cells, document.year) ?? [])
      return amounts.length === 0 ? null : Number(amounts.reduce((sum, cell) => sum + toDollars(cell), 0n))
    },
  },
]
