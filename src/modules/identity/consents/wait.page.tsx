import { type Static, Type } from 'typebox'
import { Button, Page, Phrase, Text, texts, usePage, writeMoment } from '#platform'

const words = texts({
  title: { en: 'This device must wait before it uses {service}', 'zh-Hant': '這部裝置須等候才可使用{service}' },
  lead: {
    en: '{service} is a service in which a stranger could do much harm. A device that came into your account by a recovery code may not begin to use it at once. Nothing was sent.',
    'zh-Hant': '{service}一旦被他人冒用，後果嚴重。以復原碼登入帳戶的裝置，不可即時開始使用。資料並未送出。',
  },
  until: {
    en: 'Come back from {until} on, with the passkey that you added; then go back to the service and begin again.',
    'zh-Hant': '請於 {until} 之後，以你新增的通行密鑰登入，再返回該服務重新開始。',
  },
  passkey: {
    en: 'Sign in with a passkey that you had before. If you have none any more, add one now; it can be used here a day after.',
    'zh-Hant': '請以原有的通行密鑰登入。如已沒有通行密鑰，請現在加入一把，一天後便可使用。',
  },
  other: {
    en: 'If it was not you who asked, end the sessions that you do not know.',
    'zh-Hant': '如非由你要求，請結束你不認識的登入。',
  },
  passkeys: { en: 'See your passkeys', 'zh-Hant': '查看通行密鑰' },
  sessions: { en: 'See where you are signed in', 'zh-Hant': '查看登入中的瀏覽器' },
  back: { en: 'Go back to the service', 'zh-Hant': '返回該服務' },
})

export type Wait = Static<typeof Wait>
export const Wait = Type.Object({
  /** Where the form of the page that waits leads. */
  action: Type.String(),
  service: Text,
  until: Type.Union([Type.String(), Type.Null()]),
})

/** A device is too new for a high-risk service: until when, and what to do. */
export function WaitPage({ action, service, until }: Wait) {
  const page = usePage()
  const { say, href } = page
  const title = say(words.title, { service })
  return (
    <Page title={title}>
      <h1>
        <Phrase text={title} />
      </h1>
      <p class="lead">{say(words.lead, { service })}</p>
      <p>{until === null ? say(words.passkey) : say(words.until, { until: writeMoment(until, page) })}</p>
      <p>
        <a href={href('/account/devices')}>{say(words.passkeys)}</a>
      </p>
      <p>{say(words.other)}</p>
      <p>
        <a href={href('/account/sessions')}>{say(words.sessions)}</a>
      </p>
      <form method="post" action={href(action)}>
        <Button kind="second" name="answer" value="refuse">
          {say(words.back)}
        </Button>
      </form>
    </Page>
  )
}
