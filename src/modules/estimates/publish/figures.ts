import type { Figure, Installation } from '#platform'
import { listTotals } from './list.ts'

const now = { en: 'now', 'zh-Hant': '現時' }

/** Heads in the language in which pages show them first; every language counts the same documents. */
const years = (installation: Installation) => listTotals(installation, installation.pack.government.defaultLanguage)

async function count(installation: Installation, ...outcomes: ('holds' | 'fails' | 'heads')[]): Promise<number | null> {
  const loaded = await years(installation)
  if (loaded.length === 0) return null
  return loaded.reduce((sum, year) => sum + outcomes.reduce((some, outcome) => some + year[outcome], 0), 0)
}

export const headFigures: readonly Figure[] = [
  {
    id: 'estimates.identities-hold',
    title: { en: 'Equations in the Estimates (identities) that hold', 'zh-Hant': '預算文件內相符的等式' },
    unit: 'number',
    period: now,
    evidence: '/estimates',
    compute: (installation) => count(installation, 'holds'),
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
    compute: (installation) => count(installation, 'holds', 'fails'),
  },
  {
    id: 'estimates.documents',
    title: { en: 'Heads of the Estimates loaded', 'zh-Hant': '已載入的預算總目' },
    unit: 'number',
    period: now,
    evidence: '/estimates',
    compute: async (installation) => (await count(installation, 'heads')) ?? 0,
  },
  {
    id: 'estimates.provision',
    title: { en: 'Provision of the loaded Heads', 'zh-Hant': '已載入總目的撥款' },
    unit: 'dollars',
    period: { en: 'newest loaded year', 'zh-Hant': '已載入的最新年度' },
    evidence: '/estimates',
    compute: async (installation) => (await years(installation))[0]?.dollars ?? null,
  },
]
