import {
  type Installation,
  type Language,
  type Searchable,
  type SearchResult,
  say,
  searchIn,
  type Text,
  texts,
} from '#platform'
import { listKnownLogs } from './known.ts'

const words = texts({
  kind: { en: 'Logs that anybody can check', 'zh-Hant': '公開查核的日誌' },
  logs: { en: 'Logs', 'zh-Hant': '日誌' },
  logsLine: {
    en: 'What departments entered, who signed it, and how to check it.',
    'zh-Hant': '部門登錄的條目、簽署者，以及查核方法。',
  },
  verify: { en: 'Check a proof', 'zh-Hant': '查核證明' },
  verifyLine: {
    en: 'Whether a document is the one that was entered, and unchanged since.',
    'zh-Hant': '文件是否就是當日登錄的一份，其後有否改動。',
  },
})

type Found = { path: string; title: Text; line: Text | null; also: string }

const pages: readonly Found[] = [
  {
    path: '/ledger',
    title: words.logs,
    line: words.logsLine,
    also: 'ledger log blockchain transparency checkpoint witness entries explorer 帳本 區塊鏈 透明 檢查點 見證者 條目',
  },
  {
    path: '/verify',
    title: words.verify,
    line: words.verifyLine,
    also: 'verify check proof document certificate genuine forged tlog-proof notarise 驗證 核對 核實 真偽 證書 公證 文件',
  },
]

/** Finds the pages of the ledger, and each log by its name and by what stands in it. */
export async function searchPages(
  installation: Installation,
  { text, language, limit }: { text: string; language: Language; limit: number },
): Promise<SearchResult[]> {
  const logs = (await listKnownLogs(installation)).map(
    ({ path, title, about, name }): Found => ({ path, title, line: about, also: name }),
  )
  const items = [...pages, ...logs].map(
    (item): Searchable<Found> => ({ item, title: item.title, also: [item.also, item.line ?? undefined] }),
  )
  return searchIn(items, text, limit).map(({ title, path, line }) => ({
    ...{ title: say(title, language), path, kind: words.kind },
    ...(line && { excerpt: say(line, language) }),
  }))
}
