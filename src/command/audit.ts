import { verifyAuditTrail } from '#platform'
import { type Command, Refusal } from '../platform/command.ts'
import { texts } from '../platform/languages.ts'

/** `./praya audit verify`: whether the audit trail is as it was written. */
export const audit: Command = {
  name: 'audit verify',
  summary: {
    en: 'Computes the chain over the audit trail again and says whether it is as it was written.',
    'zh-Hant': '重新計算審計軌跡的雜湊鏈，查核是否與寫入時相同。',
  },
  async run({ say, print, progress, withInstallation }) {
    const { events, broken } = await withInstallation(({ sql }) => {
      progress(say(words.reading))
      return verifyAuditTrail(sql, (read) => progress(say(words.read, { read })))
    }).catch((error: Error) => {
      // One means here that somebody tampered, and nothing else.
      throw error instanceof Refusal ? new Refusal(error.text, error.values, 2) : error
    })
    progress(undefined)
    print(broken === null ? say(words.whole, { events }) : say(words.broken, { events, place: broken + 1 }))
    return broken === null ? 0 : 1
  },
}

const words = texts({
  reading: { en: 'Reading the audit trail', 'zh-Hant': '正在讀取審計軌跡' },
  read: { en: 'Reading the audit trail: {read} events so far', 'zh-Hant': '正在讀取審計軌跡：已讀 {read} 項事件' },
  whole: {
    en: 'The audit trail is whole: {events} linked events, each as it was written.',
    'zh-Hant': '審計軌跡完整：已串連的 {events} 項事件均與寫入時相同。',
  },
  broken: {
    en: 'The audit trail was changed: {events} events are as they were written, and event {place} of the chain is not. Keep this database as it is, and compare it with a backup.',
    'zh-Hant':
      '審計軌跡曾被改動：首 {events} 項事件與寫入時相同，鏈上第 {place} 項則不然。請保留資料庫現狀，並與備份比對。',
  },
})
