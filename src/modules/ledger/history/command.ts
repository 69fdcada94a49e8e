import { type Command, texts } from '#platform'
import { readWhole } from '../fsck/read.ts'
import { readTrust, trustOptions } from '../fsck/trust.ts'
import { findLog } from '../log/logs.sql.ts'
import { endBy, noLog, nowAndThen, plainly, signersOf, signerWords } from '../told.ts'
import { historyBytesMax, parseHistory, verifyHistory } from './history.rules.ts'
import { rebuildIndex } from './rebuild.ts'

const words = texts({
  historySummary: {
    en: 'Says by a file, without a network, which entries of a log are about an item, and that these are all of them.',
    'zh-Hant': '憑檔案離線列明日誌中哪些條目關於某登記項，並證明沒有缺漏。',
  },
  proof: { en: 'The file that the page of the item’s history gives', 'zh-Hant': '登記項歷史網頁提供的檔案' },
  item: {
    en: 'The item it must be about, as trade-marks/TM-7K3M9-QX2AB',
    'zh-Hant': '所查的登記項，例如 trade-marks/TM-7K3M9-QX2AB',
  },
  otherItem: {
    en: 'This file is about {given}, not about {asked}.',
    'zh-Hant': '這個檔案關於 {given}，並非 {asked}。',
  },
  all: {
    en: '{item}: entries {entries}, and no other among the first {size} of {log}.',
    'zh-Hant': '{item}：條目 {entries}；在 {log} 首 {size} 個條目之中沒有其他。',
  },
  none: {
    en: '{item}: no entry among the first {size} of {log}.',
    'zh-Hant': '{item}：在 {log} 首 {size} 個條目之中沒有條目。',
  },
  root: { en: 'The log had the root {root} then.', 'zh-Hant': '日誌當時的根為 {root}。' },
  indexSummary: {
    en: 'Computes the index of a log of this installation again from its entries, and compares every root that it ever had.',
    'zh-Hant': '由條目重新計算本系統日誌的索引，並與其曾有的每個根比對。',
  },
  log: { en: 'The name of the log', 'zh-Hant': '日誌名稱' },
  noIndex: { en: 'No index is kept of {log}.', 'zh-Hant': '{log} 沒有索引。' },
  reading: { en: 'Read {done} of {all} entries', 'zh-Hant': '已讀取 {done} 個條目，共 {all} 個' },
  same: {
    en: 'The index of {log} is what its entries make of it: {roots} roots, {keys} keys, up to entry {size}.',
    'zh-Hant': '{log} 的索引與條目相符：{roots} 個根，{keys} 個鍵，計至第 {size} 個條目。',
  },
  different: {
    en: 'Root {version}, at {size} entries, is not what the entries make of it. Keep this database as it is, and compare it with a backup.',
    'zh-Hant': '第 {version} 個根（{size} 個條目時）與條目不符。請保留資料庫現狀，並與備份比對。',
  },
  notes: {
    en: 'The tables of the index do not hold what the entries make of it: {keys} keys and {nodes} nodes differ.',
    'zh-Hant': '索引的資料表與條目不符：有 {keys} 個鍵、{nodes} 個節點不同。',
  },
})

/** `./praya ledger history PROOF ITEM`: 0 when it is shown to be whole, 1 when it is not, 2 when nothing can be said. */
export const history: Command = {
  name: 'ledger history',
  summary: words.historySummary,
  arguments: [
    { name: 'PROOF', about: words.proof },
    { name: 'ITEM', about: words.item },
  ],
  options: trustOptions,
  async run({ arguments: [path = '', asked = ''], options, say, ...out }) {
    const [print, warn] = [plainly(out.print), plainly(out.warn)]
    try {
      const trusted = await readTrust(options)
      const history = parseHistory(await readWhole(path, historyBytesMax))
      const shown = verifyHistory(history, trusted)
      const given = `${history.register}/${history.item}`
      if (given !== asked) {
        warn(say(words.otherItem, { given, asked }))
        return 1
      }
      const values = { item: given, log: shown.log, size: shown.size, entries: history.entries.join(', ') }
      print(say(history.entries.length > 0 ? words.all : words.none, values))
      print(say(words.root, { root: shown.root }))
      print(say(signerWords.signed, { names: signersOf(shown.accepted.logs) }))
      if (shown.accepted.witnesses.length > 0)
        print(say(signerWords.cosigned, { names: signersOf(shown.accepted.witnesses) }))
      return 0
    } catch (error) {
      return endBy(error, { say, warn })
    }
  },
}

/** `./praya ledger index LOG`: 0 when the index is what the entries make of it, 1 when it is not, 2 when there is none. */
export const index: Command = {
  name: 'ledger index',
  summary: words.indexSummary,
  arguments: [{ name: 'LOG', about: words.log }],
  run: ({ arguments: [name = ''], say, progress, withInstallation, ...out }) =>
    withInstallation(async ({ sql }) => {
      const [print, warn] = [plainly(out.print), plainly(out.warn)]
      const onProgress = nowAndThen((done: number, all: number) => progress(say(words.reading, { done, all })))
      const rebuilt = await rebuildIndex(sql, name, onProgress)
      progress(undefined)
      if (!rebuilt) {
        if (!(await findLog(sql, name))) return endBy(await noLog(sql, name), { say, warn })
        warn(say(words.noIndex, { log: name }))
        return 2
      }
      for (const { version, size } of rebuilt.different) print(say(words.different, { version, size }))
      const { keysDifferent: keys, nodesDifferent: nodes } = rebuilt
      if (keys + nodes > 0) print(say(words.notes, { keys, nodes }))
      if (rebuilt.different.length + keys + nodes > 0) return 1
      print(say(words.same, { log: name, roots: rebuilt.roots, keys: rebuilt.keys, size: rebuilt.size }))
      return 0
    }),
}
