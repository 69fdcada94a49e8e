import { type Static, Type } from 'typebox'
import { Button, Page, Phrase, Text, texts, usePage } from '#platform'
import { partyPath } from './messages.ts'

const words = texts({
  title: { en: 'Erase what {number} holds', 'zh-Hant': '刪除 {number} 的內容' },
  lead: {
    en: 'Its fields, everything that was written with its steps, and who took them are erased here for good. Nobody can bring them back.',
    'zh-Hant': '欄位內容、各步驟所填資料及由誰進行，均會在此永久刪除，不能還原。',
  },
  stays: {
    en: 'Its number, its state and its entries in the log stay, and their proofs hold. What they were about can no longer be read or guessed. The audit trail keeps that an officer or owner acted, as for every act.',
    'zh-Hant':
      '編號、狀況及日誌條目仍會保留，證明依然有效；但條目的內容再不能讀出或猜出。審計紀錄仍載有曾有人員或持有人辦理，與其他操作無異。',
  },
  erase: { en: 'Erase it for good', 'zh-Hant': '永久刪除' },
  back: { en: 'Keep it', 'zh-Hant': '保留' },
})

export type EraseData = Static<typeof EraseData>
export const EraseData = Type.Object({ register: Type.String(), number: Type.String(), title: Text })

/** Asks before what cannot be taken back. */
export function EraseItemPage({ register, number, title }: EraseData) {
  const { say, href } = usePage()
  const own = say(words.title, { number })
  return (
    <Page
      title={own}
      breadcrumbs={[
        { text: say(title), path: `/ledger/registers/${register}` },
        { text: number, path: partyPath(register, number) },
      ]}
    >
      <h1>
        <Phrase text={own} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      <p>{say(words.stays)}</p>
      <form method="post" action={href(`/office/ledger/registers/${register}/items/${number}/erase`)}>
        <Button kind="harm">{say(words.erase)}</Button>
      </form>
      <p>
        <a href={href(partyPath(register, number))}>{say(words.back)}</a>
      </p>
    </Page>
  )
}
