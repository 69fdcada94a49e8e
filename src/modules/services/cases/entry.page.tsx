import { type Static, Type } from 'typebox'
import { Button, Details, Moment, Page, Phrase, SummaryList, Tag, Text, texts, usePage } from '#platform'
import { entryPath, officePath, ownPath } from './history.ts'
import { Paragraphs } from './parts.tsx'
import { EventNumber, Reference } from './types.ts'

/** What a case let stand in the ledger. */
export type EntryData = Static<typeof EntryData>
export const EntryData = Type.Object({
  reference: Reference,
  number: EventNumber,
  at: Type.String(),
  title: Text,
  text: Text,
  organisation: Text,
  log: Type.String(),
  /** The page of the entry in its log; null until that is published. */
  path: Type.Union([Type.String(), Type.Null()]),
  erasedAt: Type.Union([Type.String(), Type.Null()]),
  mayErase: Type.Boolean(),
})

const words = texts({
  lead: {
    en: 'A commitment to this text stands in a public log. The log does not hold the text, and shows that nobody has changed it since.',
    'zh-Hant': '這段文字的承諾值已載於公開日誌。日誌不載文字內容，但可證明內容此後未被更改。',
  },
  who: { en: 'Entered by', 'zh-Hant': '登錄部門' },
  when: { en: 'Entered', 'zh-Hant': '登錄時間' },
  log: { en: 'Log', 'zh-Hant': '日誌' },
  state: { en: 'State', 'zh-Hant': '狀況' },
  there: { en: 'In the log', 'zh-Hant': '已載於日誌' },
  waits: { en: 'Waits to be published; look again in a moment', 'zh-Hant': '等候公布，請稍後再看' },
  see: { en: 'See the entry and its proof', 'zh-Hant': '查看條目及其證明' },
  erased: { en: 'The salt was erased', 'zh-Hant': '鹽值已刪除' },
  erasedText: {
    en: 'The entry stays in the log, and nobody can show any more of which text it speaks.',
    'zh-Hant': '條目仍在日誌之內，但再無人能證明它所指的是哪段文字。',
  },
  check: { en: 'Show it to somebody', 'zh-Hant': '向他人證明' },
  checkText: {
    en: 'Give them both files. At the page for checking they see whether the document is the one that was entered.',
    'zh-Hant': '把兩個檔案交給對方。對方可在查證頁面看到文件是否與所登錄的相符。',
  },
  document: { en: 'The document (JSON)', 'zh-Hant': '文件（JSON）' },
  proof: { en: 'The proof', 'zh-Hant': '證明' },
  verify: { en: 'Check a document', 'zh-Hant': '查證文件' },
  erase: { en: 'Erase the salt', 'zh-Hant': '刪除鹽值' },
  eraseText: {
    en: 'After this nobody can show of which text the entry speaks. Proofs that were taken away before still carry the salt. It cannot be undone.',
    'zh-Hant': '刪除後，再無人能證明條目所指的是哪段文字。先前下載的證明仍附有鹽值。此舉不能還原。',
  },
})

/** What it says, where it stands, and both files by which anybody checks it. */
export function EntryPage(data: EntryData) {
  const { say, href } = usePage()
  const { reference, number, path, erasedAt, mayErase } = data
  const own = entryPath(reference, number)
  const title = say(data.title)
  return (
    <Page title={title} breadcrumbs={[{ text: reference, path: (mayErase ? officePath : ownPath)(reference) }]}>
      <h1>
        <Phrase text={title} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      <div class="sheet">
        <Paragraphs text={say(data.text)} />
      </div>
      <SummaryList
        rows={[
          { key: say(words.who), value: say(data.organisation) },
          { key: say(words.when), value: <Moment at={data.at} /> },
          { key: say(words.log), value: <a href={href(`/ledger/logs/${data.log}`)}>{data.log}</a> },
          {
            key: say(words.state),
            value: path ? (
              <>
                <Tag tone="good">{say(words.there)}</Tag> <a href={href(path)}>{say(words.see)}</a>
              </>
            ) : (
              say(words.waits)
            ),
          },
        ]}
      />
      {erasedAt ? (
        <p>
          <b>{say(words.erased)}</b> <Moment at={erasedAt} /> <br />
          {say(words.erasedText)}
        </p>
      ) : (
        path && (
          <section>
            <h2>{say(words.check)}</h2>
            <p>{say(words.checkText)}</p>
            <ul>
              <li>
                <a href={href(`${own}/document`)}>{say(words.document)}</a>
              </li>
              <li>
                <a href={href(`${own}/proof`)}>{say(words.proof)}</a>
              </li>
              <li>
                <a href={href('/verify')}>{say(words.verify)}</a>
              </li>
            </ul>
          </section>
        )
      )}
      {mayErase && !erasedAt && (
        <Details summary={say(words.erase)}>
          <p>{say(words.eraseText)}</p>
          <form method="post" action={href(`${officePath(reference)}/entries/${number}/erase`)}>
            <Button kind="harm">{say(words.erase)}</Button>
          </form>
        </Details>
      )}
    </Page>
  )
}
