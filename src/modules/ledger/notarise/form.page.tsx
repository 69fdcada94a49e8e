import {
  Button,
  ErrorSummary,
  FileField,
  Moment,
  Page,
  Phrase,
  Radios,
  Table,
  Tag,
  type Text,
  TextField,
  texts,
  usePage,
} from '#platform'
import { words as ofLog } from '../explorer/log.page.tsx'
import { type Mistake, type Notarisation, type NotariseData, titleMax } from './types.ts'

export const words = texts({
  title: { en: 'Notarise a document', 'zh-Hant': '文件存證' },
  lead: {
    en: 'Enter a commitment to a document in a log, so that anybody to whom you give both can see, years from now, that it has not changed since.',
    'zh-Hant': '在日誌登錄文件的承諾值。日後你把文件和證書交給任何人，對方都可查明文件自登錄以來沒有改動。',
  },
  acting: { en: 'You act for {organisation}.', 'zh-Hant': '你現時代表{organisation}。' },
  kept: {
    en: 'The file is not kept here, nor is its hash: only the commitment, and the salt it was made with. Keep the file yourself. The entry in the log cannot be taken back.',
    'zh-Hant': '這裏不保存檔案，亦不保存其雜湊值，只保存承諾值及所用的鹽值。請自行妥善保存檔案。日誌的條目不能撤回。',
  },
  notary: {
    en: 'This is no act of a notary public: nobody looks at what the document says.',
    'zh-Hant': '存證並非公證人的公證：沒有人審閱文件內容。',
  },
  name: { en: 'What you call it', 'zh-Hant': '名稱' },
  nameHint: {
    en: 'For your own list alone. It is encrypted here, and stands neither in the log nor in the certificate.',
    'zh-Hant': '只供你的列表使用，加密存放，不會載於日誌或證書。',
  },
  logName: { en: 'Log', 'zh-Hant': '日誌' },
  log: { en: 'In which log', 'zh-Hant': '登錄於哪個日誌' },
  file: { en: 'Document', 'zh-Hant': '文件' },
  fileHint: { en: 'At most 20 MB. An empty file is refused.', 'zh-Hant': '上限 20 MB，不接受空白檔案。' },
  hash: { en: 'Or the SHA-256 of the document', 'zh-Hant': '或文件的 SHA-256' },
  hashHint: {
    en: 'For a document that must not leave your machine: 64 hexadecimal digits. These digits are then what is committed to, and the entry and the certificate say so.',
    'zh-Hant': '適用於不可離開你電腦的文件：64 個十六進制數字。承諾值即以這些數字計算，條目和證書均會註明。',
  },
  send: { en: 'Enter it in the log', 'zh-Hant': '登錄於日誌' },
  list: { en: 'What {organisation} notarised', 'zh-Hant': '{organisation}的存證' },
  none: {
    en: 'Nothing yet. What you and your colleagues notarise here stands in this list, the newest first.',
    'zh-Hant': '尚未有存證。你和同事的存證會列於此處，最新的在前。',
  },
  newest: { en: 'These are the newest {count}.', 'zh-Hant': '只列出最新的 {count} 項。' },
  at: { en: 'When', 'zh-Hant': '時間' },
  erased: { en: 'erased', 'zh-Hant': '已刪除' },
  untitled: { en: 'Notarisation {id}', 'zh-Hant': '存證 {id}' },
})

const mistakeWords: Readonly<Record<Mistake, Text>> = texts({
  'file-missing': {
    en: 'Choose the document, or write its SHA-256.',
    'zh-Hant': '請選擇文件，或填寫其 SHA-256。',
  },
  'file-and-hash': {
    en: 'Give the document or its SHA-256, and not both. Choose the document again, or leave it out.',
    'zh-Hant': '文件與 SHA-256 只可選其一。請重新選擇文件，或不選文件。',
  },
  'file-empty': {
    en: 'The file is empty, so there is nothing to let stand. Choose another one.',
    'zh-Hant': '檔案是空白的，沒有內容可存證。請選擇另一個檔案。',
  },
  'file-too-large': {
    en: 'The file is larger than 20 MB. Compute its SHA-256 on your machine and give that.',
    'zh-Hant': '檔案超過 20 MB。請在自己的電腦計算 SHA-256，改為填寫該值。',
  },
  'hash-malformed': {
    en: 'A SHA-256 has 64 digits from 0 to 9 and a to f. Copy the whole of it.',
    'zh-Hant': 'SHA-256 由 64 個 0 至 9 及 a 至 f 的數字組成。請完整複製。',
  },
  'title-missing': { en: 'Write what you call it.', 'zh-Hant': '請填寫名稱。' },
  'title-too-long': {
    en: 'What you call it has 120 characters at most. Make it shorter.',
    'zh-Hant': '名稱上限為 120 字。請縮短。',
  },
  'log-missing': { en: 'Choose the log.', 'zh-Hant': '請選擇日誌。' },
})

const fieldOf = (mistake: Mistake) => mistake.split('-')[0] as 'file' | 'hash' | 'title' | 'log'

export function FormPage(data: NotariseData) {
  const { say } = usePage()
  const { organisation, mistakes, notarisations, shown } = data
  return (
    <Page
      title={say(words.title)}
      error={mistakes.length > 0}
      breadcrumbs={[{ text: say(ofLog.logs), path: '/ledger' }]}
    >
      <ErrorSummary errors={mistakes.map((each) => ({ field: fieldOf(each), text: say(mistakeWords[each]) }))} />
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      <p>{say(words.acting, { organisation })}</p>
      <p>{say(words.kept)}</p>
      <p>{say(words.notary)}</p>
      <Form {...data} />
      <h2>{say(words.list, { organisation })}</h2>
      {notarisations.length === 0 ? (
        <p class="empty">{say(words.none)}</p>
      ) : (
        <Table
          caption={say(words.list, { organisation })}
          captionHidden
          narrow="stack"
          columns={[words.name, words.logName, words.at].map((text) => ({ label: say(text) }))}
          rows={notarisations.map((each) => ({
            cells: [
              <NotarisationLink key="name" notarisation={each} />,
              say(each.log.title),
              <Moment key="at" at={each.notarisedAt} />,
            ],
          }))}
        />
      )}
      {notarisations.length >= shown && <p class="muted">{say(words.newest, { count: shown })}</p>}
    </Page>
  )
}

function Form({ logs, token, values, mistakes }: NotariseData) {
  const { say, href } = usePage()
  const errorOf = (field: ReturnType<typeof fieldOf>) => {
    const mistake = mistakes.find((each) => fieldOf(each) === field)
    return mistake ? { error: say(mistakeWords[mistake]) } : {}
  }
  return (
    // The file goes last: where it is too large, what stands before it has been read.
    <form method="post" action={href('/office/ledger/notarise')} enctype="multipart/form-data">
      <input type="hidden" name="token" value={token} />
      <TextField
        name="title"
        label={say(words.name)}
        hint={say(words.nameHint)}
        value={values.title}
        maxLength={titleMax}
        autocomplete="off"
        {...errorOf('title')}
      />
      <Radios
        name="log"
        label={say(words.log)}
        options={logs.map(({ name, title }) => ({ value: name, label: say(title) }))}
        value={values.log}
        {...errorOf('log')}
      />
      <FileField name="file" label={say(words.file)} hint={say(words.fileHint)} {...errorOf('file')} />
      <TextField
        name="hash"
        label={say(words.hash)}
        hint={say(words.hashHint)}
        value={values.hash}
        maxLength={100}
        autocomplete="off"
        {...errorOf('hash')}
      />
      <Button>{say(words.send)}</Button>
    </form>
  )
}

/** By the title that somebody gave it, or where that was erased by the beginning of its number. */
export const nameOf = ({ id, title }: Notarisation, { say }: Pick<ReturnType<typeof usePage>, 'say'>) =>
  title ?? say(words.untitled, { id: id.slice(0, 8) })

function NotarisationLink({ notarisation }: { notarisation: Notarisation }) {
  const page = usePage()
  return (
    <>
      <a href={page.href(`/office/ledger/notarise/${notarisation.id}`)}>{nameOf(notarisation, page)}</a>
      {notarisation.erasedAt && <Tag tone="warn">{page.say(words.erased)}</Tag>}
    </>
  )
}
