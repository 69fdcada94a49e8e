import { type Static, Type } from 'typebox'
import { Button, Moment, Page, Phrase, Text, texts, usePage } from '#platform'
import { Done } from '../done.tsx'
import { levelCrumbs } from './level.page.tsx'

const words = texts({
  title: { en: 'A code for a counter', 'zh-Hant': '櫃位代碼' },
  lead: {
    en: 'At a counter an officer looks at your document and at you. The code leads them to this account and to nothing else.',
    'zh-Hant': '櫃位職員會查看你的證件並核對本人。代碼只會讓對方找到這個帳戶。',
  },
  yours: { en: 'Your code', 'zh-Hant': '你的代碼' },
  until: { en: 'Good until', 'zh-Hant': '有效期至' },
  bring: { en: 'Bring', 'zh-Hant': '請帶備' },
  bringDocument: { en: 'your identity document itself, not a copy', 'zh-Hant': '身份證明文件正本' },
  bringCode: { en: 'this code, on paper or on your phone', 'zh-Hant': '這個代碼（寫下或以手機出示均可）' },
  where: { en: 'Where', 'zh-Hant': '地點' },
  get: { en: 'Get a code', 'zh-Hant': '取得代碼' },
  another: { en: 'Get another code', 'zh-Hant': '另取代碼' },
  anotherLine: { en: 'The one above stops working.', 'zh-Hant': '上面的代碼會隨即失效。' },
})

export type CounterData = Static<typeof CounterData>
export const CounterData = Type.Object({
  code: Type.Union([Type.String(), Type.Null()]),
  expiresAt: Type.Union([Type.String(), Type.Null()]),
  counters: Text,
})

export function CounterPage({ code, expiresAt, counters }: CounterData) {
  const { say, href } = usePage()
  return (
    <Page title={say(words.title)} breadcrumbs={levelCrumbs(say)}>
      <Done of={['counter-code-issued']} />
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      {code !== null && expiresAt !== null && (
        <>
          <h2>{say(words.yours)}</h2>
          <p class="counter-code">{code}</p>
          <p>
            {say(words.until)} <Moment at={expiresAt} />
          </p>
        </>
      )}
      <h2>{say(words.bring)}</h2>
      <ul>
        <li>{say(words.bringDocument)}</li>
        <li>{say(words.bringCode)}</li>
      </ul>
      <h2>{say(words.where)}</h2>
      <p>{say(counters)}</p>
      <form method="post" action={href('/account/level/counter')}>
        {code !== null && <p class="muted">{say(words.anotherLine)}</p>}
        <Button {...(code !== null && { kind: 'second' })}>{say(code === null ? words.get : words.another)}</Button>
      </form>
    </Page>
  )
}
