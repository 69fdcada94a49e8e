import { type Static, Type } from 'typebox'
import { Moment, Page, Phrase, Table, Text, texts, usePage } from '#platform'
import { words as ofLog, rowOf } from '../explorer/log.page.tsx'
import { EntryNote } from '../explorer/types.ts'

const words = texts({
  title: { en: 'Everything about {item}', 'zh-Hant': '{item} 的全部條目' },
  lead: {
    en: 'These are all entries about {register}/{item} among the first {size} of the log: nothing was left out and nothing added. The index shows so, and its root stands in a log of its own.',
    'zh-Hant':
      '在日誌首 {size} 個條目之中，關於 {register}/{item} 的條目全部列於此處，沒有缺漏，亦沒有增添。索引可以證明，其根另載於專設的日誌。',
  },
  none: {
    en: 'The first {size} entries of the log have none about {register}/{item}, and the index shows so.',
    'zh-Hant': '日誌首 {size} 個條目之中，沒有關於 {register}/{item} 的條目，索引可以證明。',
  },
  asOf: { en: 'Complete as of', 'zh-Hant': '截至' },
  proof: { en: 'Take the proof away', 'zh-Hant': '下載證明' },
  how: {
    en: 'The file is checked without a network by ./praya ledger history, with the keys of the index.',
    'zh-Hant': '這個檔案可用 ./praya ledger history 憑索引日誌的密鑰離線查核。',
  },
  index: { en: 'The log of the index', 'zh-Hant': '索引的日誌' },
  more: {
    en: 'The newest {shown} of {count} are shown; the file has all.',
    'zh-Hant': '只列出 {count} 項中最新的 {shown} 項；檔案載有全部。',
  },
  entry: { en: 'Entry', 'zh-Hant': '條目' },
})

export const HistoryData = Type.Object({
  log: Type.Object({ name: Type.String(), title: Text, path: Type.String() }),
  register: Type.String(),
  item: Type.String(),
  size: Type.Integer({ description: 'Up to so many entries of the log this is complete' }),
  madeAt: Type.String(),
  count: Type.Integer(),
  /** The newest first. */
  entries: Type.Array(EntryNote),
  index: Type.Object({ title: Text, path: Type.String() }),
})

export function HistoryPage(data: Static<typeof HistoryData>) {
  const page = usePage()
  const { say, href } = page
  const { log, item, register, size, count, entries, madeAt, index } = data
  const title = say(words.title, { item })
  const number = size.toLocaleString('en')
  return (
    <Page
      title={title}
      breadcrumbs={[
        { text: say(ofLog.logs), path: '/ledger' },
        { text: say(log.title), path: log.path },
      ]}
    >
      <h1>
        <Phrase text={title} />
      </h1>
      <p class="lead">{say(count === 0 ? words.none : words.lead, { register, item, size: number })}</p>
      <p class="muted">
        {say(words.asOf)} <Moment at={madeAt} />
      </p>
      {count > 0 && (
        <Table
          caption={title}
          captionHidden
          narrow="stack"
          columns={[words.entry, ofLog.what, ofLog.who, ofLog.time].map((text) => ({ label: say(text!) }))}
          rows={entries.map((entry) => rowOf(page, log.path, entry))}
        />
      )}
      {entries.length < count && <p class="muted">{say(words.more, { shown: entries.length, count })}</p>}
      <p class="buttons">
        <a class="button" href={`${log.path}/history/${register}/${item}/proof`} download>
          {say(words.proof)}
        </a>
      </p>
      <p>{say(words.how)}</p>
      <p>
        <a href={href(index.path)}>{say(words.index)}</a>
      </p>
    </Page>
  )
}
