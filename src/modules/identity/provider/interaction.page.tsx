import { type Static, Type } from 'typebox'
import { allScopes, Page, Phrase, Text, texts, usePage } from '#platform'
import { Answers, AskedFields, AskedMistakes, Asker, askedShape } from '../consents/asked-fields.tsx'

const words = texts({
  title: { en: 'Sign in to {service}', 'zh-Hant': '登入{service}' },
  lead: {
    en: '{service} at {origin} asks who you are. If you agree, it is told this and nothing else:',
    'zh-Hant': '{service}（{origin}）要求核實你的身份。你同意後，只會向其提供以下資料：',
  },
  as: { en: 'You are signed in as {person}.', 'zh-Hant': '你現以{person}的身份登入。' },
  agree: { en: 'Agree and go on', 'zh-Hant': '同意並繼續' },
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
    'zh-Hant': '即使你沒有使用該服務，它仍可取得這些資料，直至你撤回同意為止',
  },
})

const ofScope: Record<string, Text> = { openid: words.openid, offline_access: words.offline }

/** What a service learns by each scope beside the fields, or may do, in the person's words. */
export const sentencesOf = (scopes: readonly string[]): Text[] =>
  scopes.flatMap((scope) => ofScope[scope] ?? allScopes.get(scope)?.text ?? [])

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
      <Asker organisation={organisation} sandbox={sandbox} />
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
        <Answers agree={words.agree} />
      </form>
    </Page>
  )
}
