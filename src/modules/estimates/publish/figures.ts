import type { Figure, Installation } from '#platform'
import { toDollars } from '../check/amounts.ts'
import type { Identity } from '../types.ts'
import { listLines } from './list.ts'

const now = { en: 'now', 'zh-Hant': '現時' }

/** Heads in the language in which pages show them first; every language counts the same documents. */
const heads = (installation: Installation) => listLines(installation, installation.pack.government.defaultLanguage)

async function count(installation: Installation, ...outcomes: Identity['outcome'][]): Promise<number | null> {
  const loaded = await heads(installation)
  if (loaded.length === 0) return null
  return loaded.reduce((sum, { counts }) => sum + outcomes.reduce((some, outcome) => some + counts[outcome], 0), 0)
}

export const headFigures: readonly Figure[] = [
  {
    id: 'estimates.identities-hold',
    title: { en: 'Equations in the Estimates (identities) that hold', 'zh-Hant': '預算文件內相符的等式' },
    unit: 'number',
    period: now,
    evidence: '/estimates',
    compute: (installation) => count(installation, 'holds', 'rounding', 'explained'),
  },
  {
    id: 'estimates.identities-fail',
    title: { en: 'Equations (identities) that fail and are not explained', 'zh-Hant': '不符而未有解釋的等式' },
    unit: 'number',
    period: now,
    evidence: '/estimates',
    compute: (installation) => count(installation, 'fails'),
  },
  {
    id: 'estimates.identities-checked',
    title: { en: 'Equations in the Estimates (identities) that were checked', 'zh-Hant': '預算文件內已核對的等式' },
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
    period: { en: 'newest loaded year', 'zh-Hant': '已載入的最新年度' },
    evidence: '/estimates',
    compute: async (installation) => {
      const loaded = await heads(installation)
      const newest = loaded.filter(({ year }) => year === loaded[0]?.year)
      const amounts = newest.flatMap(({ estimate }) => estimate ?? [])
      return amounts.length === 0 ? null : Number(amounts.reduce((sum, cell) => sum + toDollars(cell), 0n))
    },
  },
]
