import { Code } from '#identity'
import { Page, Phrase, SummaryList, texts, usePage, writeMoment } from '#platform'
import { Value } from './approvals.tsx'
import { words as ofItem } from './item.page.tsx'
import { words as ofList } from './registers.page.tsx'
import type { LetterData } from './types.ts'

const words = texts({
  title: { en: 'Your code for {item} {number}', 'zh-Hant': '{item} {number} 的代碼' },
  lead: {
    en: 'Somebody proposes that you hold it from now on: {step}.',
    'zh-Hant': '有人提議由你持有：{step}。',
  },
  code: { en: 'Your code', 'zh-Hant': '你的代碼' },
  how: { en: 'What to do with it', 'zh-Hant': '如何使用' },
  one: {
    en: 'Open the address below, or scan the code beside it, and sign in. If you take it over for a company, act for the company first.',
    'zh-Hant': '開啟以下網址或掃描二維碼，然後登入。如代公司承讓，請先改以公司身份行事。',
  },
  two: {
    en: 'Type the code: twenty letters and digits. Hyphens and small letters do not matter.',
    'zh-Hant': '輸入 20 個字元，連字號及大小寫不拘。',
  },
  three: {
    en: 'Read what it leads to, and approve it or refuse it. Until you approve, nothing is yours and nothing is asked of you.',
    'zh-Hant': '細閱所指事項，然後批准或拒絕。在你批准之前，登記項不屬於你，你亦沒有任何責任。',
  },
  until: { en: 'The code is good until {at}.', 'zh-Hant': '代碼有效至 {at}。' },
  secret: {
    en: 'Whoever has this code can take it over in your place. Show it to nobody, and throw the letter away when you have used it.',
    'zh-Hant': '持有此代碼的人可代你承讓。切勿向他人展示，用後請銷毀信件。',
  },
  officer: {
    en: 'Print this page and hand it to whoever is to hold the item; do not send it in a way in which others can read it.',
    'zh-Hant': '請列印本頁，交予承讓的一方；切勿以他人可閱的方式傳送。',
  },
  back: { en: 'Back to the item', 'zh-Hant': '返回登記項' },
  address: { en: 'Address', 'zh-Hant': '網址' },
  qr: { en: 'QR code that leads to the form for the code', 'zh-Hant': '通往輸入代碼頁面的二維碼' },
})

/** A letter to whoever is to hold an item: the code, and what to do with it. */
export function LetterPage({ register, number, step, until, fields, code, address, drawn }: LetterData) {
  const page = usePage()
  const { say, href } = page
  const title = say(words.title, { item: register.item, number })
  const back = `${register.path}/items/${number}/steps`
  return (
    <Page
      title={title}
      breadcrumbs={[
        { text: say(ofList.title), path: '/ledger/registers' },
        { text: say(register.title), path: register.path },
        { text: number, path: back },
      ]}
    >
      <p class="screen-only">{say(words.officer)}</p>
      <h1>
        <Phrase text={title} />
      </h1>
      <p class="lead">{say(words.lead, { step })}</p>
      <h2>{say(words.code)}</h2>
      <p class="letter-code">
        <code>{code}</code>
      </p>
      <p>{say(words.until, { at: writeMoment(until, page) })}</p>
      <h2>{say(words.how)}</h2>
      <ol>
        <li>{say(words.one)}</li>
        <li>{say(words.two)}</li>
        <li>{say(words.three)}</li>
      </ol>
      <Code {...drawn} label={say(words.qr)} />
      <SummaryList
        rows={[
          { key: say(words.address), value: <code>{address}</code> },
          { key: say(ofItem.register), value: say(register.title) },
          { key: say(ofList.keeper), value: say(register.keeper) },
          { key: say(ofItem.number), value: number },
          ...fields.map((field) => ({ key: say(field.title), value: <Value field={field} /> })),
        ]}
      />
      <p>{say(words.secret)}</p>
      <p class="screen-only">
        <a href={href(back)}>{say(words.back)}</a>
      </p>
    </Page>
  )
}
