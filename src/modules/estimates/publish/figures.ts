import type { Figure, Installation } from '#platform'
import { listTotals, totalAcross } from './list.ts'

const now = { en: 'now', 'zh-Hant': '現時' }

/** Heads in the language in which pages show them first; every language counts the same documents. */
const years = (installation: Installation) => listTotals(installation, installation.pack.government.defaultLanguage)

/** Within documents and between years. */
async function count(installation: Installation, ...outcomes: ('holds' | 'fails')[]): Promise<number | null> {
  const loaded = await years(installation)
  if (loaded.length === 0) return null
  const across = await totalAcross(installation, installation.pack.government.defaultLanguage)
  return [...loaded, ...across].reduce((sum, each) => outcomes.reduce((some, outcome) => some + each[outcome], sum), 0)
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
    compute: async (installation) => (await years(installation)).reduce((sum, { heads }) => sum + heads, 0),
  },
  {
    id: 'estimates.provision',
    title: { en: 'Provision of the Heads on this site', 'zh-Hant': '本網站各總目的撥款' },
    unit: 'dollars',
    period: { en: 'newest loaded year', 'zh-Hant': '已載入的最新年度' },
    evidence: '/estimates',
    compute: async (installation) => (await years(installation))[0]?.dollars ?? null,
  },
]
