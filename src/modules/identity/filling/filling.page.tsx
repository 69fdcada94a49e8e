import { type Static, Type } from 'typebox'
import { Page, Phrase, Text, texts, usePage } from '#platform'
import { Answers, AskedFields, AskedMistakes, Asker, askedShape, purposeOf } from '../consents/asked-fields.tsx'

const words = texts({
  title: { en: 'Fill in a form of {service}', 'zh-Hant': '為{service}填寫表格' },
  lead: {
    en: '{service} at {origin} asks you for what follows. It is sent once, and the service is not told who you are: no number for you, no link to your account.',
    'zh-Hant':
      '{service}（{origin}）要求你提供以下資料。資料只會送出一次，服務不會得知你的身份：沒有識別碼，也不會與你的帳戶連結。',
  },
  values: {
    en: 'What you send may say who you are all the same, as a name or a telephone number does.',
    'zh-Hant': '你送出的資料本身仍可能透露你的身份，例如姓名或電話號碼。',
  },
  began: {
    en: 'Go on only if you began this form yourself, in this browser. Refuse if somebody sent you its link.',
    'zh-Hant': '除非你在這個瀏覽器親自開始填寫此表格，否則請勿繼續。如連結由他人傳來，請拒絕。',
  },
  agree: { en: 'Send this', 'zh-Hant': '送出資料' },
  receipt: {
    en: 'You keep a receipt in your account. What was sent cannot be taken back.',
    'zh-Hant': '收據會保存在你的帳戶。資料送出後不能收回。',
  },
})

export type FillingData = Static<typeof FillingData>
export const FillingData = Type.Object({
  handle: Type.String(),
  service: Text,
  organisation: Type.Union([Text, Type.Null()]),
  origin: Type.String(),
  purpose: Text,
  sandbox: Type.Boolean(),
  ...askedShape,
})

/** Who asks and why, the exact values that would be sent, and two answers. */
export function FillingPage(asked: FillingData) {
  const { handle, service, organisation, origin, purpose, sandbox, open } = asked
  const page = usePage()
  const { say, href } = page
  const title = say(words.title, { service })
  return (
    <Page title={title} error={open.length > 0}>
      <AskedMistakes {...asked} />
      <h1>
        <Phrase text={title} />
      </h1>
      <Asker organisation={organisation} sandbox={sandbox} />
      <p class="lead">{say(words.lead, { service, origin })}</p>
      <p>{purposeOf({ purpose }, page)}</p>
      <p>{say(words.began)}</p>
      <form method="post" action={href(`/filling/${handle}`)}>
        <AskedFields {...asked} />
        <p>{say(words.values)}</p>
        <p>{say(words.receipt)}</p>
        <Answers agree={words.agree} />
      </form>
    </Page>
  )
}
