import { Moment, SummaryList, texts, usePage } from '#platform'
import type { LogData } from '../explorer/types.ts'

export const words = texts({
  title: { en: 'Anchors on a chain', 'zh-Hant': '鏈上錨定' },
  lead: {
    en: 'Now and then a checkpoint is written to a blockchain that others run. From then on nobody can change what it stands for, even if the keys of this log were stolen.',
    'zh-Hant':
      '本日誌不時把檢查點寫到由他人營運的區塊鏈。自此，即使本日誌的密鑰被盜，亦無人能改動該檢查點所代表的內容。',
  },
  newest: { en: 'Newest that is final', 'zh-Hant': '最新已確定的檢查點' },
  entries: { en: '{size} entries', 'zh-Hant': '{size} 個條目' },
  block: { en: 'Its block', 'zh-Hant': '區塊時間' },
  waiting: { en: 'Under way', 'zh-Hant': '進行中' },
  none: {
    en: 'No checkpoint is on the chain for good yet. The first is written within minutes of the first entry.',
    'zh-Hant': '尚未有檢查點在鏈上確定。登錄首個條目後，數分鐘內便會寫入第一個。',
  },
  all: { en: 'All anchors of this log', 'zh-Hant': '本日誌的全部鏈上錨定' },
})

/** On the page of a log: how far a chain vouches for it. */
export function AnchorSection({ path, final, waiting }: NonNullable<LogData['anchored']> & { path: string }) {
  const { say, href } = usePage()
  return (
    <section>
      <h2>{say(words.title)}</h2>
      <p>{say(words.lead)}</p>
      {final ? (
        <SummaryList
          rows={[
            { key: say(words.newest), value: say(words.entries, { size: final.size.toLocaleString('en-GB') }) },
            { key: say(words.block), value: <Moment at={final.at} /> },
            ...(waiting > 0 ? [{ key: say(words.waiting), value: String(waiting) }] : []),
          ]}
        />
      ) : (
        <p class="empty">{say(words.none)}</p>
      )}
      <p>
        <a href={href(`${path}/anchors`)}>{say(words.all)}</a>
      </p>
    </section>
  )
}
