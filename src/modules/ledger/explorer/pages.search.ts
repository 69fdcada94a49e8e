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
import { registers } from '../registers/definitions.ts'
import { registerPath } from '../registers/show.ts'
import { listKnownLogs } from './known.ts'

const words = texts({
  kind: { en: 'Logs and registers that anybody can check', 'zh-Hant': '公開查核的日誌及登記冊' },
  logs: { en: 'Logs', 'zh-Hant': '日誌' },
  logsLine: {
    en: 'What departments entered, who signed it, and how to check it.',
    'zh-Hant': '部門登錄的條目、簽署者，以及查核方法。',
  },
  registers: { en: 'Registers', 'zh-Hant': '登記冊' },
  registersLine: {
    en: 'Licences, marks, vehicles and cases: how each stands, and by which rules it changes.',
    'zh-Hant': '牌照、商標、車輛和個案：查閱現況，以及按甚麼規則變動。',
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
    path: '/ledger/registers',
    title: words.registers,
    line: words.registersLine,
    also: 'register registry item licence certificate owner transfer asset provenance 登記 註冊 牌照 持牌 轉讓 擁有人 資產 來源',
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
  const kept = installation.pack.list(registers).map(
    ({ id, title, about, item }): Found => ({
      ...{ path: registerPath(id), title, line: about },
      also: `${item.en} ${item['zh-Hant']}`,
    }),
  )
  const items = [...pages, ...kept, ...logs].map(
    (item): Searchable<Found> => ({ item, title: item.title, also: [item.also, item.line ?? undefined] }),
  )
  return searchIn(items, text, limit).map(({ title, path, line }) => ({
    ...{ title: say(title, language), path, kind: words.kind },
    ...(line && { excerpt: say(line, language) }),
  }))
}
