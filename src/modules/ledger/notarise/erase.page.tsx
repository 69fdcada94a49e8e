import { Button, Page, Phrase, texts, usePage } from '#platform'
import { nameOf, words as ofForm } from './form.page.tsx'
import { words as ofOne } from './notarisation.page.tsx'
import type { NotarisationData } from './types.ts'

const words = texts({
  lead: {
    en: 'After this, nobody here can show of which document the entry speaks, and no certificate can be made any more. It cannot be undone.',
    'zh-Hant': '刪除後，這裏再無人能證明條目所指的是哪份文件，亦不能再發出證書。此舉不能還原。',
  },
  stays: {
    en: 'The entry stays in the log, and its proof stays good. Without the salt nobody can guess what the document says.',
    'zh-Hant': '條目仍在日誌之內，其證明仍然有效。沒有鹽值，任何人都無法猜出文件內容。',
  },
  elsewhere: {
    en: 'Certificates and proofs that were taken away before still carry the salt: delete those too. Backups of the database keep it until they are deleted.',
    'zh-Hant': '先前下載的證書和證明仍附有鹽值，請一併刪除。資料庫備份在刪除之前亦會保留鹽值。',
  },
  erase: { en: 'Erase for good', 'zh-Hant': '永久刪除' },
  back: { en: 'Keep it', 'zh-Hant': '保留' },
})

export function ErasePage({ notarisation }: NotarisationData) {
  const page = usePage()
  const { say, href } = page
  const at = `/office/ledger/notarise/${notarisation.id}`
  const name = nameOf(notarisation, page)
  return (
    <Page
      title={say(ofOne.eraseTitle)}
      breadcrumbs={[
        { text: say(ofForm.title), path: '/office/ledger/notarise' },
        { text: name, path: at },
      ]}
    >
      <h1>
        <Phrase text={say(ofOne.eraseTitle)} />
      </h1>
      <p class="lead">{name}</p>
      <p>{say(words.lead)}</p>
      <p>{say(words.stays)}</p>
      <p>{say(words.elsewhere)}</p>
      <form method="post" action={href(`${at}/erase`)}>
        <Button kind="harm">{say(words.erase)}</Button>
      </form>
      <p>
        <a href={href(at)}>{say(words.back)}</a>
      </p>
    </Page>
  )
}
