import { Button, ErrorSummary, FileField, Page, Phrase, Table, texts, usePage } from '#platform'
import type { ImportData } from './types.ts'
import { words as shared } from './words.ts'

const words = texts({
  title: { en: 'Import a form', 'zh-Hant': '匯入表格' },
  lead: {
    en: 'A form that you have elsewhere takes the place of the one that is being written. Everything else of the service stays.',
    'zh-Hant': '你在其他系統的表格會取代撰寫中的表格，服務的其他內容不變。',
  },
  file: {
    en: 'XLSForm (.xlsx) or a form of GOV.UK Forms (.json)',
    'zh-Hant': 'XLSForm（.xlsx）或 GOV.UK Forms 的表格（.json）',
  },
  send: { en: 'Import', 'zh-Hant': '匯入' },
  done: { en: 'The form is imported', 'zh-Hant': '已匯入表格' },
  all: { en: 'Everything in it was taken over.', 'zh-Hant': '所有內容均已匯入。' },
  notes: { en: 'Not taken over as it was: {count}', 'zh-Hant': '未能照原樣匯入：{count} 項' },
  where: { en: 'Where', 'zh-Hant': '位置' },
  whole: { en: 'The form', 'zh-Hant': '整份表格' },
  line: { en: '{sheet} {line}', 'zh-Hant': '{sheet} {line}' },
  what: { en: 'What, and what to do', 'zh-Hant': '內容及處理方法' },
  on: { en: 'On to the overview', 'zh-Hant': '前往概覽' },
})

/** Where a form of another system is sent, and then what could not be taken over of it. */
export function ImportPage({ service, title, notes, wrong }: ImportData) {
  const { say, href } = usePage()
  const own = `/office/services/design/${service}`
  const ways = [
    { text: say(shared.designer), path: '/office/services/design' },
    { text: say(title), path: own },
  ]
  const heading = say(notes === null ? words.title : words.done)
  return (
    <Page title={`${heading} – ${say(title)}`} wide breadcrumbs={ways} error={wrong !== null}>
      <ErrorSummary errors={wrong === null ? [] : [{ field: 'file', text: say(wrong) }]} />
      <h1>
        <Phrase text={heading} />
      </h1>
      {notes === null ? (
        <>
          <p class="lead">{say(words.lead)}</p>
          <form method="post" action={href(`${own}/import`)} encType="multipart/form-data" novalidate>
            <FileField
              name="file"
              label={say(words.file)}
              accept=".xlsx,.json"
              error={wrong ? say(wrong) : undefined}
            />
            <Button>{say(words.send)}</Button>
          </form>
        </>
      ) : (
        <>
          {notes.length === 0 ? (
            <p>{say(words.all)}</p>
          ) : (
            <>
              <h2>{say(words.notes, { count: notes.length })}</h2>
              <Table
                caption={say(words.notes, { count: notes.length })}
                captionHidden
                narrow="stack"
                columns={[words.where, words.what].map((text) => ({ label: say(text) }))}
                rows={notes.map(({ sheet, line, text }) => ({
                  cells: [
                    line === 0 ? say(words.whole) : say(words.line, { sheet: sheet ?? '', line }).trim(),
                    say(text),
                  ],
                }))}
              />
            </>
          )}
          <Button href={href(own)}>{say(words.on)}</Button>
        </>
      )}
    </Page>
  )
}
