import { type Static, Type } from 'typebox'
import { Page, Phrase, Progress, texts, usePage } from '#platform'
import { crumbs, headPath } from '../publish/head.page.tsx'
import { words as shared } from '../publish/words.ts'
import { FinancialYear, HeadNumber } from '../types.ts'

const words = texts({
  title: { en: 'Head {head} as PDF', 'zh-Hant': '總目 {head} PDF' },
  making: {
    en: 'The PDF is being made. It takes about ten seconds; this page looks again by itself.',
    'zh-Hant': '正在製作 PDF，約需十秒；本頁會自動更新。',
  },
  waiting: { en: 'Before it in the queue: {before}.', 'zh-Hant': '前面還有 {before} 份。' },
  since: { en: '{seconds} seconds so far', 'zh-Hant': '已製作 {seconds} 秒' },
  ready: { en: 'The PDF is ready.', 'zh-Hant': 'PDF 已製作完成。' },
  open: { en: 'Open the PDF, {size} kB', 'zh-Hant': '開啟 PDF，{size} kB' },
  about: {
    en: 'A4, with bookmarks and tagged headings and tables. What the margin says stands as notes at its end.',
    'zh-Hant': 'A4 紙，附書籤，標題和表格均有無障礙標籤；頁邊備註列於文末。',
  },
})

export type PrintData = Static<typeof PrintData>
export const PrintData = Type.Object({
  year: FinancialYear,
  head: HeadNumber,
  ready: Type.Boolean(),
  bytes: Type.Union([Type.Integer(), Type.Null()]),
  waitingSeconds: Type.Integer({ minimum: 0 }),
  /** How many others are made first. */
  before: Type.Integer({ minimum: 0 }),
})
const usualSeconds = 12

/** Progress in words while a PDF is made; then the way to it. */
export function PrintPage(data: PrintData) {
  const { say, href } = usePage()
  const title = say(words.title, { head: data.head })
  return (
    <Page title={title} breadcrumbs={crumbs(data, say, true)}>
      <h1>
        <span class="caption">{say(shared.yearTitle, { year: data.year })}</span>
        <Phrase text={title} />
      </h1>
      {data.ready ? (
        <>
          <p class="lead">{say(words.ready)}</p>
          <p>
            <a class="button" href={href(`${headPath(data)}/head.pdf`)} type="application/pdf">
              {say(words.open, { size: Math.ceil((data.bytes ?? 0) / 1000) })}
            </a>
          </p>
        </>
      ) : (
        <>
          <p class="lead" role="status">
            {say(words.making)} {data.before > 0 && say(words.waiting, { before: data.before })}
          </p>
          <Progress
            at={Math.min(data.waitingSeconds, usualSeconds - 1)}
            of={usualSeconds}
            text={say(words.since, { seconds: data.waitingSeconds })}
          />
        </>
      )}
      <p class="muted">{say(words.about)}</p>
    </Page>
  )
}
