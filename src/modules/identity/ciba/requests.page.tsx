import { type Static, Type } from 'typebox'
import { Button, Moment, Page, Phrase, pageNames, Text, texts, usePage } from '#platform'
import { Answers, AskedFields, AskedMistakes, Asker, askedShape } from '../consents/asked-fields.tsx'
import { Done } from '../done.tsx'

const words = texts({
  title: { en: 'Requests that wait for you', 'zh-Hant': '等待你回覆的要求' },
  lead: {
    en: 'At a counter, or on the phone, staff can ask you to show who you are. What they ask stands here for five minutes.',
    'zh-Hant': '你在櫃位或通電話時，職員可要求你核實身份。有關要求會在此顯示五分鐘。',
  },
  none: { en: 'Nothing waits for you.', 'zh-Hant': '目前沒有等待你回覆的要求。' },
  code: {
    en: 'Staff find you by your inbox code, which you tell them.',
    'zh-Hant': '請把你的收件編號告訴職員，以便他們找到你的帳戶。',
  },
  seeCode: { en: 'See your inbox code', 'zh-Hant': '查看收件編號' },
  reload: { en: 'Look again', 'zh-Hant': '重新查看' },
  until: { en: 'Answer by', 'zh-Hant': '回覆期限' },
  look: { en: 'Look at what {service} asks', 'zh-Hant': '查看{service}的要求' },
  answeredLine: { en: 'Staff see it within a few seconds.', 'zh-Hant': '職員會在數秒內看到。' },
  receipt: { en: 'See the receipt of what you agreed to', 'zh-Hant': '查看同意的收據' },
  askTitle: { en: '{service} asks who you are', 'zh-Hant': '{service}要求核實你的身份' },
  compare: {
    en: 'Agree only if you are dealing with its staff just now, and their screen shows these words too:',
    'zh-Hant': '只有在你正與其職員辦理事務，而對方螢幕亦顯示以下文字時，才可同意：',
  },
  stranger: {
    en: 'If somebody called you and you are not sure who it is, refuse.',
    'zh-Hant': '如有人致電給你而你未能確定對方身份，請拒絕。',
  },
  told: { en: 'If you agree, it is told this and nothing else:', 'zh-Hant': '你同意後，只會向其提供以下資料：' },
  agree: { en: 'Agree', 'zh-Hant': '同意' },
  end: { en: 'You can take this back in your account at any time.', 'zh-Hant': '你可隨時在帳戶內撤回同意。' },
})

export const requestsTitle = words.title

export type Requests = Static<typeof Requests>
export const Requests = Type.Object({
  requests: Type.Array(Type.Object({ handle: Type.String(), service: Text, expiresAt: Type.String() })),
  /** The consent that the person has just given. */
  receipt: Type.Union([Type.String(), Type.Null()]),
})

export const path = '/account/requests'

export function RequestsPage({ requests, receipt }: Requests) {
  const { say, href } = usePage()
  return (
    <Page title={say(words.title)} breadcrumbs={[{ path: '/account', text: say(pageNames.account) }]}>
      <Done of={['request-approved', 'service-refused']}>
        <p>{say(words.answeredLine)}</p>
        {receipt !== null && (
          <p>
            <a href={href(`/account/consents/${receipt}`)}>{say(words.receipt)}</a>
          </p>
        )}
      </Done>
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      {requests.length === 0 ? (
        <p>{say(words.none)}</p>
      ) : (
        <ul class="devices">
          {requests.map(({ handle, service, expiresAt }) => (
            <li key={handle}>
              <h2>{say(service)}</h2>
              <p>
                {say(words.until)} <Moment at={expiresAt} />
              </p>
              <Button href={href(`${path}/${handle}`)}>{say(words.look, { service })}</Button>
            </li>
          ))}
        </ul>
      )}
      <p class="buttons">
        <Button href={href(path)} kind="second">
          {say(words.reload)}
        </Button>
      </p>
      <p>
        {say(words.code)} <a href={href('/account/inbox')}>{say(words.seeCode)}</a>
      </p>
    </Page>
  )
}

export type Request = Static<typeof Request>
export const Request = Type.Object({
  handle: Type.String(),
  service: Text,
  organisation: Type.Union([Text, Type.Null()]),
  message: Type.String(),
  sentences: Type.Array(Text),
  expiresAt: Type.String(),
  sandbox: Type.Boolean(),
  ...askedShape,
})

/** Who asks, the words that stand on both screens, what would be told; and two answers. */
export function RequestPage(asked: Request) {
  const { handle, service, organisation, message, sentences, expiresAt, sandbox, open } = asked
  const { say, href } = usePage()
  const title = say(words.askTitle, { service })
  const crumbs = [
    { path: '/account', text: say(pageNames.account) },
    { path, text: say(words.title) },
  ]
  return (
    <Page title={title} breadcrumbs={crumbs} error={open.length > 0}>
      <AskedMistakes {...asked} />
      <h1>
        <Phrase text={title} />
      </h1>
      <Asker organisation={organisation} sandbox={sandbox} />
      <p class="lead">{say(words.compare)}</p>
      <p class="heading-l">{message}</p>
      <p>{say(words.stranger)}</p>
      <p>{say(words.told)}</p>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence.en}>{say(sentence)}</li>
        ))}
      </ul>
      <form method="post" action={href(`${path}/${handle}`)}>
        <AskedFields {...asked} />
        <p>{say(words.end)}</p>
        <p class="muted">
          {say(words.until)} <Moment at={expiresAt} />
        </p>
        <Answers agree={words.agree} />
      </form>
    </Page>
  )
}
