import { type Static, Type } from 'typebox'
import { Button, Page, Phrase, Text, texts, usePage, writeMoment } from '#platform'
import { AskedFields, AskedMistakes, askedShape } from '../consents/asked-fields.tsx'

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
  later: {
    en: 'If you change a field later, the service is told the new value the next time it asks.',
    'zh-Hant': '如你其後更改資料，服務下次取用時會得到新的資料。',
  },
  openid: {
    en: 'A number for you that only this service knows, how you signed in, and how surely we know you',
    'zh-Hant': '只供此服務使用的識別碼、你的登入方法，以及身份核實級別',
  },
  offline: {
    en: 'These stay available to it when you are not there, until you take it back',
    'zh-Hant': '你離線時，該服務仍可取得以上資料，直至你撤回同意為止',
  },
  waitTitle: { en: 'This device must wait before it uses {service}', 'zh-Hant': '這部裝置須等候才可使用{service}' },
  waitLead: {
    en: '{service} is a service in which a stranger could do much harm. A device that came into your account by a recovery code may not begin to use it at once. Nothing was sent.',
    'zh-Hant': '{service}一旦被他人冒用，後果嚴重。以復原碼登入帳戶的裝置，不可即時開始使用。資料並未送出。',
  },
  waitUntil: {
    en: 'Come back from {until} on, with the passkey that you added; then go back to the service and begin again.',
    'zh-Hant': '請於{until}之後，以你新增的通行密鑰登入，再返回該服務重新開始。',
  },
  waitPasskey: {
    en: 'Sign in with a passkey that you had before. If you have none any more, add one now; it can be used here a day after.',
    'zh-Hant': '請以原有的通行密鑰登入。如已沒有通行密鑰，請現在加入一把，一天後便可使用。',
  },
  waitOther: {
    en: 'If it was not you who asked, end the sessions that you do not know.',
    'zh-Hant': '如非由你要求，請結束你不認識的登入。',
  },
  passkeys: { en: 'See your passkeys', 'zh-Hant': '查看通行密鑰' },
  sessions: { en: 'See where you are signed in', 'zh-Hant': '查看登入中的瀏覽器' },
  back: { en: 'Go back to the service', 'zh-Hant': '返回該服務' },
})

const ofScope: Record<string, Text> = { openid: words.openid, offline_access: words.offline }

/** What a service learns by each scope beside the fields, in the person's words. */
export const sentencesOf = (scopes: readonly string[]): Text[] => scopes.flatMap((scope) => ofScope[scope] ?? [])

export type Asked = Static<typeof Asked>
export const Asked = Type.Object({
  uid: Type.String(),
  service: Text,
  organisation: Type.Union([Text, Type.Null()]),
  origin: Type.String(),
  person: Text,
  sentences: Type.Array(Text),
  sandbox: Type.Boolean(),
  ...askedShape,
})

/** Who asks, from where, for what; the exact values that would be sent; and two answers. */
export function ServicePage(asked: Asked) {
  const { uid, service, organisation, origin, person, sentences, sandbox, rows, open } = asked
  const { say, href, language } = usePage()
  const title = say(words.title, { service })
  return (
    <Page title={title} error={open.length > 0}>
      <AskedMistakes {...asked} />
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
      <form method="post" action={href(`/sign-in/services/${uid}`)}>
        <AskedFields {...asked} />
        <p>
          {[say(words.as, { person }), say(words.end), ...(rows.length > 0 ? [say(words.later)] : [])].join(
            language === 'en' ? ' ' : '',
          )}
        </p>
        <div class="buttons">
          <Button name="answer" value="agree">
            {say(words.agree)}
          </Button>
          <Button kind="second" name="answer" value="refuse">
            {say(words.refuse)}
          </Button>
        </div>
      </form>
    </Page>
  )
}

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
  const title = say(words.waitTitle, { service })
  return (
    <Page title={title}>
      <h1>
        <Phrase text={title} />
      </h1>
      <p class="lead">{say(words.waitLead, { service })}</p>
      <p>{until === null ? say(words.waitPasskey) : say(words.waitUntil, { until: writeMoment(until, page) })}</p>
      <p>
        <a href={href('/account/devices')}>{say(words.passkeys)}</a>
      </p>
      <p>{say(words.waitOther)}</p>
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
