import { type Static, Type } from 'typebox'
import { Button, ErrorSummary, FileField, Page, Phrase, type Text, texts, usePage } from '#platform'
import { accountCrumbs } from '../account/sections.ts'
import { Done, onTheWay } from '../done.tsx'

const words = texts({
  title: { en: 'Sign a document of your own', 'zh-Hant': '簽署自己的文件' },
  lead: {
    en: 'Send a PDF. You see it once more before you sign it, and get it back with your signature and a time stamp inside.',
    'zh-Hant': '上載 PDF 文件。簽署前你可再看一次；簽署後可取回附有簽署和時間戳記的文件。',
  },
  file: { en: 'PDF document', 'zh-Hant': 'PDF 文件' },
  hint: {
    en: 'At most 20 MB, without a password. It is kept encrypted, and deleted after a day if you do not sign it.',
    'zh-Hant': '上限 20 MB，不可設有密碼。文件會加密存放，一天內未簽署便會刪除。',
  },
  send: { en: 'Continue', 'zh-Hant': '繼續' },
})

const mistakes: Readonly<Record<NewMistake, Text>> = texts({
  missing: { en: 'Choose the PDF that you want to sign.', 'zh-Hant': '請選擇要簽署的 PDF 文件。' },
  'too-large': {
    en: 'The file is larger than 20 MB. Make it smaller and send it again.',
    'zh-Hant': '檔案超過 20 MB。請縮小後再上載。',
  },
  'too-many': {
    en: 'You have ten documents here that are unsigned or not yet deleted. Sign or decline some, or come back tomorrow.',
    'zh-Hant': '你已有十份文件存放於此。請先簽署或拒絕部分文件，或明天再試。',
  },
  'not-a-pdf': {
    en: 'This is no PDF. Save the document as a PDF and send that.',
    'zh-Hant': '這不是 PDF 檔案。請把文件另存為 PDF 再上載。',
  },
  encrypted: {
    en: 'The PDF is protected by a password or encrypted. Save it without protection and send it again.',
    'zh-Hant': '這份 PDF 設有密碼或已加密。請解除保護後再上載。',
  },
  damaged: {
    en: 'The PDF is damaged and cannot be signed as it is. Print it to a new PDF and send that.',
    'zh-Hant': '這份 PDF 已損壞，未能簽署。請列印成新的 PDF 再上載。',
  },
  locked: {
    en: 'Its author certified this PDF so that nothing may be added. Ask them for one that may be signed.',
    'zh-Hant': '這份 PDF 經作者認證，不容加入任何內容。請向作者索取可供簽署的版本。',
  },
  'no-pages': { en: 'The PDF has no pages. Send another one.', 'zh-Hant': '這份 PDF 沒有頁面。請上載另一份。' },
})

export type NewMistake = Static<typeof NewMistake>
const NewMistake = Type.Enum([
  'missing',
  'too-large',
  'too-many',
  'not-a-pdf',
  'encrypted',
  'damaged',
  'locked',
  'no-pages',
])
export type NewData = Static<typeof NewData>
export const NewData = Type.Object({ mistake: Type.Union([NewMistake, Type.Null()]) })

export function NewPage({ mistake }: NewData) {
  const { say, href } = usePage()
  const error = mistake ? { error: say(mistakes[mistake]) } : {}
  return (
    <Page title={say(words.title)} error={mistake !== null} breadcrumbs={accountCrumbs(say, '/account/signatures')}>
      <Done of={onTheWay} />
      <ErrorSummary errors={mistake ? [{ field: 'file', text: say(mistakes[mistake]) }] : []} />
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      <form method="post" action={href('/sign/new')} enctype="multipart/form-data">
        <FileField
          name="file"
          label={say(words.file)}
          hint={say(words.hint)}
          accept="application/pdf,.pdf"
          {...error}
        />
        <Button>{say(words.send)}</Button>
      </form>
    </Page>
  )
}
