import { type Static, Type } from 'typebox'
import { Button, ErrorSummary, FileField, Moment, Page, Phrase, Table, texts, usePage } from '#platform'
import { importMegabytesMax } from '../import/refusals.ts'
import { words as shared } from '../publish/words.ts'
import { ImportLine } from './imports.sql.ts'
import { SourceRefusal } from './read-source.ts'

const words = texts({
  title: { en: 'Import a Head', 'zh-Hant': '匯入總目' },
  lead: {
    en: 'Send the text of one Head as it was extracted from the printed Estimates, or a table with a mapping that says what its columns are. Every number is checked against the others.',
    'zh-Hant': '上載由印刷本預算抽取的總目文字，或附有欄位對應檔的表格。每個數字均會與其他數字核對。',
  },
  file: { en: 'Text or table', 'zh-Hant': '文字或表格' },
  fileHint: {
    en: 'Plain text in UTF-8, or CSV or XLSX; {max} MB at most.',
    'zh-Hant': 'UTF-8 純文字，或 CSV、XLSX，上限 {max} MB。',
  },
  mapping: { en: 'Mapping, for a table', 'zh-Hant': '欄位對應檔（只供表格）' },
  mappingHint: {
    en: 'A YAML file that names the columns for year, Head, programme or subhead, and the four amounts.',
    'zh-Hant': 'YAML 檔案，列明年度、總目、綱領或分目，以及四欄數額。',
  },
  wait: {
    en: 'A Head is read in a second or two; a table of thousands of rows may take half a minute. Keep this page open until the result appears.',
    'zh-Hant': '單一總目約需一兩秒；數千列的表格可能需時半分鐘。結果顯示前，請勿關閉本頁。',
  },
  send: { en: 'Import', 'zh-Hant': '匯入' },
  refused: { en: '{sentence} {nothing}', 'zh-Hant': '{sentence}{nothing}' },
  nothing: { en: 'Nothing was changed.', 'zh-Hant': '沒有作出任何改動。' },
  mistakes: { en: 'Mistakes in the mapping', 'zh-Hant': '欄位對應檔的錯誤' },
  line: { en: 'Line', 'zh-Hant': '行' },
  mistake: { en: 'What to put right', 'zh-Hant': '須更正之處' },
  recent: { en: 'Imported before', 'zh-Hant': '以往的匯入' },
  none: {
    en: 'Nothing was imported yet. What is imported will be listed here.',
    'zh-Hant': '未有匯入任何檔案。匯入後會在此列出。',
  },
  name: { en: 'File', 'zh-Hant': '檔案' },
  when: { en: 'When', 'zh-Hant': '時間' },
  documents: { en: 'Heads', 'zh-Hant': '總目' },
  oneHead: { en: '1 Head', 'zh-Hant': '1 個總目' },
  heads: { en: '{count} Heads', 'zh-Hant': '{count} 個總目' },
})

export type ImportData = Static<typeof ImportData>
export const ImportData = Type.Object({
  imports: Type.Array(ImportLine),
  /** Why the file that was sent was not read. */
  refusal: Type.Union([SourceRefusal, Type.Null()]),
})

/** The form, and after a wrong file the one sentence that says why. */
export function ImportPage({ imports, refusal }: ImportData) {
  const { say, href } = usePage()
  const sentence =
    refusal && say(words.refused, { sentence: say(refusal.text, refusal.values), nothing: say(words.nothing) })
  const errorOf = (field: SourceRefusal['of']) => (refusal?.of === field && sentence ? { error: sentence } : {})
  return (
    <Page
      title={say(words.title)}
      error={refusal !== null}
      breadcrumbs={[{ text: say(shared.estimates), path: '/estimates' }]}
    >
      <ErrorSummary errors={refusal && sentence ? [{ field: refusal.of, text: sentence }] : []} />
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      {refusal && refusal.mistakes.length > 0 && (
        <Table
          caption={say(words.mistakes)}
          columns={[{ label: say(words.line) }, { label: say(words.mistake) }]}
          rows={refusal.mistakes.map(({ line, text, values }) => ({ cells: [String(line), say(text, values)] }))}
        />
      )}
      <form method="post" action={href('/estimates/import')} encType="multipart/form-data">
        <FileField
          name="file"
          label={say(words.file)}
          hint={say(words.fileHint, { max: importMegabytesMax })}
          accept=".txt,.md,.csv,.tsv,.xlsx"
          {...errorOf('file')}
        />
        <FileField
          name="mapping"
          label={say(words.mapping)}
          hint={say(words.mappingHint)}
          accept=".yaml,.yml"
          {...errorOf('mapping')}
        />
        <p class="muted">{say(words.wait)}</p>
        <Button>{say(words.send)}</Button>
      </form>
      <h2>{say(words.recent)}</h2>
      <Imports imports={imports} />
    </Page>
  )
}

function Imports({ imports }: Pick<ImportData, 'imports'>) {
  const { say, href } = usePage()
  if (imports.length === 0) return <p>{say(words.none)}</p>
  return (
    <Table
      caption={say(words.recent)}
      captionHidden
      narrow="stack"
      columns={[{ label: say(words.name) }, { label: say(words.when) }, { label: say(words.documents) }]}
      rows={imports.map(({ id, sourceName, importedAt, documents }) => ({
        cells: [
          <a key="name" href={href(`/estimates/imports/${id}`)}>
            {sourceName}
          </a>,
          <Moment key="when" at={importedAt} />,
          // On a narrow screen the heading of the column is not there.
          say(documents === 1 ? words.oneHead : words.heads, { count: documents }),
        ],
      }))}
    />
  )
}
