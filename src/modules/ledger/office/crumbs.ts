import { type PageContext, texts } from '#platform'

export const words = texts({ title: { en: 'Ledger office', 'zh-Hant': '日誌辦公室' } })

/** The way to a page of the office: its front page, and what stands between. */
export const officeCrumbs = (say: PageContext['say'], ...between: { text: string; path: string }[]) => [
  { text: say(words.title), path: '/office/ledger' },
  ...between,
]
