import { type Static, Type } from 'typebox'
import { Button, Page, Phrase, type Text, texts, usePage } from '#platform'
import { levelCrumbs } from './level.page.tsx'

const titles: Readonly<Record<string, Text>> = texts({
  match: { en: 'Your document is proven', 'zh-Hant': '身份證明文件已核實' },
  asking: { en: 'The register is being asked', 'zh-Hant': '正在向登記冊查詢' },
  'no-match': { en: 'The register does not find these together', 'zh-Hant': '登記冊沒有相符的資料' },
  'not-current': { en: 'This document does not count any more', 'zh-Hant': '這張證件已經無效' },
  unavailable: { en: 'The register did not answer', 'zh-Hant': '登記冊沒有回應' },
  taken: { en: 'This document is in another account', 'zh-Hant': '這張證件已用於另一帳戶' },
  'other-person': { en: 'This account is proven by another document', 'zh-Hant': '這個帳戶已由另一張證件核實' },
})

const sentences: Readonly<Record<string, Text>> = texts({
  match: {
    en: 'You have reached level 2. It counts from now on, and your level page says until when.',
    'zh-Hant': '你已達到第 2 級，由現在起生效。有效期見身份核實級別一頁。',
  },
  asking: {
    en: 'You sent this already. Reload this page in a few seconds to see the answer.',
    'zh-Hant': '你已送出查詢。請在幾秒後重新載入本頁查看結果。',
  },
  'no-match': {
    en: 'For your protection it does not say which part differs. Compare the number, the name and the date of birth with the document. If all are right, go to a counter with it: an officer types what the document says and asks again, but is not told which part differs either. If it still does not agree, whoever issued the document must correct the register.',
    'zh-Hant':
      '為保障你，系統不會指出哪一項不符。請對照證件核對號碼、姓名和出生日期。如全部正確，請帶同證件到櫃位，由人員按證件輸入並再次查詢；人員同樣不會得知哪一項不符。如仍不相符，須由簽發證件的部門更正登記冊。',
  },
  'not-current': {
    en: 'The register says that it was cancelled or that its holder has died. If you hold a newer document, use that one; otherwise go to a counter.',
    'zh-Hant': '登記冊顯示這張證件已註銷，或持有人已去世。如有新證，請改用新證；否則請到櫃位查詢。',
  },
  unavailable: {
    en: 'Nothing was lost and no try was counted. Ask again in a few minutes, or go to a counter.',
    'zh-Hant': '資料仍然保留，亦不計算次數。請在幾分鐘後再試，或到櫃位辦理。',
  },
  taken: {
    en: 'One person has one account. If the other account is yours, sign in to it with a passkey or a recovery code and close the one that you do not want. If you never opened one, go to a counter with the document: an officer finds the proof that holds it, and has it withdrawn.',
    'zh-Hant':
      '每人只可有一個帳戶。如另一帳戶屬於你，請以通行密鑰或備用代碼登入該帳戶，並關閉不需要的一個。如你從未開立帳戶，請帶同證件到櫃位，由人員找出佔用證件的核實紀錄並安排撤銷。',
  },
  'other-person': {
    en: 'The document that you gave belongs to somebody born on another day. Give your own, or go to a counter.',
    'zh-Hant': '你所填的證件屬於另一出生日期的人。請使用自己的證件，或到櫃位查詢。',
  },
})

const words = texts({
  look: { en: 'Look at what you typed', 'zh-Hant': '查看所填資料' },
  again: { en: 'Ask again', 'zh-Hant': '再次查詢' },
  other: { en: 'Use another document', 'zh-Hant': '改用另一張證件' },
  reload: { en: 'Reload', 'zh-Hant': '重新載入' },
  level: { en: 'See your level', 'zh-Hant': '查看身份核實級別' },
  counter: { en: 'Get a code for a counter', 'zh-Hant': '取得櫃位代碼' },
})

export type ResultData = Static<typeof ResultData>
export const ResultData = Type.Object({
  outcome: Type.Enum(['asking', 'match', 'no-match', 'not-current', 'unavailable', 'taken', 'other-person']),
})

const steps: Readonly<Record<ResultData['outcome'], { path: string; text: keyof typeof words }>> = {
  match: { path: '/account/level', text: 'level' },
  asking: { path: '/account/level/document/result', text: 'reload' },
  'no-match': { path: '/account/level/document/check', text: 'look' },
  'not-current': { path: '/account/level/document', text: 'other' },
  unavailable: { path: '/account/level/document/check', text: 'again' },
  taken: { path: '/account/level/document', text: 'other' },
  'other-person': { path: '/account/level/document', text: 'other' },
}

/** What the register said, and what to do now. */
export function ResultPage({ outcome }: ResultData) {
  const { say, href } = usePage()
  const { path, text } = steps[outcome]
  const calm = outcome === 'match' || outcome === 'asking'
  return (
    <Page title={say(titles[outcome]!)} error={!calm} breadcrumbs={levelCrumbs(say)}>
      <h1>
        <Phrase text={say(titles[outcome]!)} />
      </h1>
      <p class="lead">{say(sentences[outcome]!)}</p>
      <p class="buttons">
        <Button href={href(path)}>{say(words[text])}</Button>
        {!calm && (
          <Button kind="second" href={href('/account/level/counter')}>
            {say(words.counter)}
          </Button>
        )}
      </p>
    </Page>
  )
}
