import { type Static, Type } from 'typebox'
import { Button, Page, Phrase, Text, texts, usePage } from '#platform'
import { Asker } from './asked-fields.tsx'

const words = texts({
  title: { en: '{service} will know you as yourself', 'zh-Hant': '{service}只會得知你本人的身份' },
  lead: {
    en: 'You act for {other} now. {service} at {origin} would be told of {person} alone, and not that you act for somebody else. Nothing was sent.',
    'zh-Hant': '你現正代{other}行事。{service}（{origin}）只會得知{person}的資料，不會得知你代他人行事。資料並未送出。',
  },
  end: {
    en: 'If you go on as yourself, you no longer act for {other} in this browser. You can do so again in your account, under “In whose name you act”.',
    'zh-Hant': '如以本人身份繼續，你在此瀏覽器便不再代{other}行事。其後可在帳戶的「以誰的名義行事」再次選擇。',
  },
  goOn: { en: 'Go on as yourself', 'zh-Hant': '以本人身份繼續' },
  refuse: { en: 'Refuse, and go back to the service', 'zh-Hant': '拒絕並返回該服務' },
})

export type AsOneself = Static<typeof AsOneself>
export const AsOneself = Type.Object({
  /** Where the page that asks stands, and its form leads. */
  path: Type.String(),
  service: Text,
  organisation: Type.Union([Text, Type.Null()]),
  origin: Type.String(),
  sandbox: Type.Boolean(),
  person: Text,
  other: Text,
})

/** Before a service asks who one is, to whoever acts for somebody else: it would be told of the person alone. */
export function AsOneselfPage({ path, service, organisation, origin, sandbox, person, other }: AsOneself) {
  const { say, href } = usePage()
  const title = say(words.title, { service })
  return (
    <Page title={title}>
      <h1>
        <Phrase text={title} />
      </h1>
      <Asker organisation={organisation} sandbox={sandbox} />
      <p class="lead">{say(words.lead, { service, origin, person, other })}</p>
      <p>{say(words.end, { other })}</p>
      <form method="post" action={href('/account/acting')}>
        <input type="hidden" name="as" value="myself" />
        <input type="hidden" name="next" value={path} />
        <Button>{say(words.goOn)}</Button>
      </form>
      <form method="post" action={href(path)} class="after-form">
        <Button kind="second" name="answer" value="refuse">
          {say(words.refuse)}
        </Button>
      </form>
    </Page>
  )
}
