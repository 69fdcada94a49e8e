import { type Command, Refusal, texts } from '#platform'
import { Fault } from '../faults.ts'
import { readWhole } from '../fsck/read.ts'
import { findLog, listEveryKey } from '../log/logs.sql.ts'
import { parseVerifierKey } from '../notes/keys.rules.ts'
import { noteBytesMax } from '../notes/note.rules.ts'
import { openByPolicy, policyOfKeys } from '../notes/policy.rules.ts'
import { trailLog } from './trail.rules.ts'
import { type TrailReport, verifyTrail } from './verify.ts'

const words = texts({
  summary: {
    en: 'Compares the audit trail with its log, computes both again, and says whether they are as they were written.',
    'zh-Hant': '把審計軌跡與其日誌比對並重新計算，查核是否與寫入時相同。',
  },
  since: {
    en: 'A checkpoint of the trail that you kept: nothing of before may be gone',
    'zh-Hant': '你保存的審計軌跡檢查點：先前的內容不得缺少',
  },
  lost: {
    en: 'Entries that came back from a mirror without their events, as 19-20: you know of them and they are not told as gone',
    'zh-Hant': '由鏡像補回而沒有事件的條目，例如 19-20：你已知悉，不再視為缺少',
  },
  reading: { en: 'Reading the audit trail', 'zh-Hant': '正在讀取審計軌跡' },
  read: { en: 'Reading the audit trail: {read} events so far', 'zh-Hant': '正在讀取審計軌跡：已讀 {read} 項事件' },
  whole: {
    en: 'The audit trail is whole: {logged} events stand in its log as they were written.',
    'zh-Hant': '審計軌跡完整：{logged} 項事件均在日誌內，與寫入時相同。',
  },
  waiting: {
    en: '{waiting} more wait to be logged, which takes about a second while Praya runs.',
    'zh-Hant': '另有 {waiting} 項事件等候寫入日誌；Praya 運行時約需一秒。',
  },
  changed: {
    en: 'The audit trail is not as it was written; {logged} events are. Keep this database as it is, and compare it with a backup.',
    'zh-Hant': '審計軌跡與寫入時不同，其中 {logged} 項事件相同。請保留資料庫現狀，並與備份比對。',
  },
  events: {
    en: 'Not as they were logged, or written past the log: events {numbers}',
    'zh-Hant': '與日誌不符或未經日誌寫入的事件：{numbers}',
  },
  entries: {
    en: 'Gone or changed: what stands in the log as entries {numbers}. Entries that came back from a mirror after their database was lost have no events any more: give those by --lost from then on.',
    'zh-Hant':
      '日誌內有而軌跡中已缺少或不同的條目：{numbers}。還原資料庫後由鏡像補回的條目不再有事件，其後請以 --lost 列明。',
  },
  known: {
    en: 'Without their events, as you said: {count} entries.',
    'zh-Hant': '如你所列，沒有事件的條目：{count} 個。',
  },
})

/** `./praya audit verify`: 0 when the audit trail is whole, 1 when somebody changed it, 2 when it cannot be told. */
export const auditVerify: Command = {
  name: 'audit verify',
  summary: words.summary,
  options: {
    since: { about: words.since, value: 'CHECKPOINT' },
    lost: { about: words.lost, value: 'ENTRIES' },
  },
  async run({ options, say, print, warn, progress, withInstallation }) {
    try {
      const isLost = readRanges(options.lost)
      const report = await withInstallation(async (installation) => {
        progress(say(words.reading))
        const log = await findLog(installation.sql, trailLog)
        const keys = log ? await listEveryKey(installation.sql, log.id) : []
        const since =
          typeof options.since === 'string'
            ? openByPolicy(await readWhole(options.since, noteBytesMax), policyOfKeys(keys.map(parseVerifierKey)))
            : undefined
        return verifyTrail(installation, {
          since: since?.checkpoint,
          isLost,
          onRead: (read) => progress(say(words.read, { read })),
        })
      }).catch((error: Error) => {
        // One means here that somebody tampered, and nothing else.
        throw error instanceof Refusal ? new Refusal(error.text, error.values, 2) : error
      })
      progress(undefined)
      const isWhole = isTrailWhole(report)
      print(say(isWhole ? words.whole : words.changed, { logged: report.logged }))
      if (report.waiting > 0) print(say(words.waiting, { waiting: report.waiting }))
      if (report.lost > 0) print(say(words.known, { count: report.lost }))
      if (report.changed.length > 0) print(say(words.events, { numbers: report.changed.join(', ') }))
      if (report.gone.length > 0) print(say(words.entries, { numbers: report.gone.join(', ') }))
      for (const { text, values } of report.findings) print(say(text, values))
      return isWhole ? 0 : 1
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      progress(undefined)
      warn(say(error.text, error.values))
      return 2
    }
  },
}

/** `19-20` or `7,19-20`: whether a number is in it. */
function readRanges(text: unknown): (index: number) => boolean {
  if (typeof text !== 'string') return () => false
  const ranges = text.split(',').map((range) => {
    const [, from, to = from] = /^(\d{1,15})(?:-(\d{1,15}))?$/.exec(range.trim()) ?? []
    if (!(Number(from) <= Number(to))) throw new Fault('entries-form')
    return { from: Number(from), to: Number(to) }
  })
  return (index) => ranges.some(({ from, to }) => index >= from && index <= to)
}

export const isTrailWhole = ({ changed, gone, findings }: TrailReport): boolean =>
  changed.length + gone.length + findings.length === 0
