import { type Static, Type } from 'typebox'
import { Button, Page, Phrase, Text, texts, usePage } from '#platform'

const words = texts({
  ask: { en: 'Get no more mail about {sender}', 'zh-Hant': '停止接收有關{sender}的電郵' },
  line: {
    en: 'Messages go on lying in your inbox. You can turn mail on again in your account.',
    'zh-Hant': '訊息仍會放在收件匣。你可在帳戶重新開啟電郵通知。',
  },
  stop: { en: 'Stop these mails', 'zh-Hant': '停止這類電郵' },
  done: { en: 'No more mail about {sender}', 'zh-Hant': '已停止有關{sender}的電郵' },
  choices: { en: 'Choose how you are told', 'zh-Hant': '更改通知設定' },
})

export type UnsubscribeData = Static<typeof UnsubscribeData>
export const UnsubscribeData = Type.Object({ sender: Text, path: Type.String(), done: Type.Boolean() })

export function UnsubscribePage({ sender, path, done }: UnsubscribeData) {
  const { say, href } = usePage()
  const title = say(done ? words.done : words.ask, { sender })
  return (
    <Page title={title}>
      <h1>
        <Phrase text={title} />
      </h1>
      <p>{say(words.line)}</p>
      {done ? (
        <p>
          <a href={href('/account/notifications')}>{say(words.choices)}</a>
        </p>
      ) : (
        <form method="post" action={href(path)}>
          <Button>{say(words.stop)}</Button>
        </form>
      )}
    </Page>
  )
}
