import type { Figure, Installation } from '#platform'
import { listTotals, totalAcross } from './list.ts'

const now = { en: 'now', 'zh-Hant': '此刻' }

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
    title: { en: 'Identities of the Estimates that hold', 'zh-Hant': '預算文件相符的等式' },
    unit: 'number',
    period: now,
    evidence: '/estimates',
    compute: (installation) => count(installation, 'holds'),
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
    period: { en: 'newest loaded year', 'zh-Hant': '最近載入的年度' },
    evidence: '/estimates',
    compute: async (installation) => (await years(installation))[0]?.dollars ?? null,
  },
]
