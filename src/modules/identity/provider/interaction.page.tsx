import { Button, Page, Phrase, type Text, texts, usePage } from '#platform'

const words = texts({
  title: { en: 'Sign in to {service}', 'zh-Hant': '登入{service}' },
  lead: {
    en: '{service} at {origin} asks who you are. If you agree, it is told this and nothing else:',
    'zh-Hant': '{service}（{origin}）要求核實你的身份。你同意後，只會向其提供以下資料：',
  },
  by: { en: 'Run by {organisation}', 'zh-Hant': '由{organisation}營辦' },
  sandbox: {
    en: 'This service is in trial use by its developer. Go on only if you know them.',
    'zh-Hant': '此服務仍由開發者試用。除非認識該開發者，否則請勿繼續。',
  },
  as: { en: 'You are signed in as {person}.', 'zh-Hant': '你現以{person}的身份登入。' },
  agree: { en: 'Agree and go on', 'zh-Hant': '同意並繼續' },
  refuse: { en: 'Refuse', 'zh-Hant': '拒絕' },
  end: { en: 'You can take this back in your account at any time.', 'zh-Hant': '你可隨時在帳戶內撤回同意。' },
  openid: {
    en: 'A number for you that only this service knows, how you signed in, and how surely we know you',
    'zh-Hant': '只供此服務使用的識別碼、你的登入方法，以及身份核實級別',
  },
  profile: { en: 'Your name', 'zh-Hant': '你的姓名' },
  offline: {
    en: 'These stay available to it when you are not there, until you take it back',
    'zh-Hant': '你離線時，該服務仍可取得以上資料，直至你撤回同意為止',
  },
})

const ofScope: Record<string, Text> = { openid: words.openid, profile: words.profile, offline_access: words.offline }

/** What a service learns by each scope, in the person's words. */
export const sentencesOf = (scopes: readonly string[]): Text[] => scopes.flatMap((scope) => ofScope[scope] ?? [])

type Asked = {
  uid: string
  service: Text
  organisation: Text | null
  origin: string
  person: Text
  sentences: Text[]
  sandbox: boolean
}

/** Who asks, from where, for what; and two answers. */
export function ServicePage({ uid, service, organisation, origin, person, sentences, sandbox }: Asked) {
  const { say, href } = usePage()
  const title = say(words.title, { service })
  return (
    <Page title={title}>
      <h1>
        <Phrase text={title} />
      </h1>
      {organisation && <p class="muted">{say(words.by, { organisation })}</p>}
      {sandbox && <p>{say(words.sandbox)}</p>}
      <p class="lead">{say(words.lead, { service, origin })}</p>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence.en}>{say(sentence)}</li>
        ))}
      </ul>
      <p>
        {say(words.as, { person })} {say(words.end)}
      </p>
      <form method="post" action={href(`/sign-in/services/${uid}`)}>
        <Button name="answer" value="agree">
          {say(words.agree)}
        </Button>{' '}
        <Button kind="second" name="answer" value="refuse">
          {say(words.refuse)}
        </Button>
      </form>
    </Page>
  )
}
