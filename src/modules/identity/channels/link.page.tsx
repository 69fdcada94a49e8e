import { Button, Page, Phrase, type Text, texts, usePage } from '#platform'
import { Answers } from '../consents/asked-fields.tsx'

const words = texts({
  title: { en: 'Link this account with {channel}', 'zh-Hant': '把本帳戶連結至{channel}' },
  by: { en: 'Run by {organisation}', 'zh-Hant': '由{organisation}營辦' },
  sandbox: {
    en: 'This connection is still on trial. Go on only if you know who sent you here.',
    'zh-Hant': '此連接仍在試用。除非認識介紹你來此的人，否則請勿繼續。',
  },
  lead: {
    en: '{channel} ({origin}) lets you sign in with the account that you have here. The two are linked for that, until you unlink them.',
    'zh-Hant': '你可用本網站的帳戶登入{channel}（{origin}）。登入前會先連結兩者，連結維持至你解除為止。',
  },
  told: { en: 'What it is told', 'zh-Hant': '對方獲告知的資料' },
  level: {
    en: 'Your level here, {ours}, as its level {theirs}',
    'zh-Hant': '你在本網站的第 {ours} 級，相當於該平台的 {theirs} 級',
  },
  means: { en: 'What linking means', 'zh-Hant': '連結後的安排' },
  again: {
    en: 'You are not asked again when you next sign in there with this account.',
    'zh-Hant': '日後以本帳戶登入該平台，不會再次詢問。',
  },
  number: {
    en: 'It knows you by a number that is made for this link alone. If you unlink and link again it gets another, and cannot tell from it that you were there before.',
    'zh-Hant': '對方以只供這次連結使用的識別碼認出你。解除後再連結，會另發識別碼，對方無法據此得知你曾經登入。',
  },
  end: {
    en: 'You unlink it in one press in your account. From that moment it learns nothing more.',
    'zh-Hant': '你可在帳戶內一按即解除連結，對方隨即不能再取得任何資料。',
  },
  as: { en: 'You are signed in as {person}.', 'zh-Hant': '你現以{person}的身份登入。' },
  agree: { en: 'Link and go on', 'zh-Hant': '連結並繼續' },
  refuse: { en: 'Refuse', 'zh-Hant': '拒絕' },
  lowTitle: { en: '{channel} must be surer of who you are', 'zh-Hant': '{channel}要求較高的核實級別' },
  low: {
    en: 'It takes people from level {wanted}. You are at level {ours}, so it is told nothing of you yet.',
    'zh-Hant': '該平台只接受第 {wanted} 級或以上的使用者，而你現為第 {ours} 級，因此尚未向對方提供任何資料。',
  },
  prove: { en: 'Prove more, and come back', 'zh-Hant': '提升核實級別後返回' },
  back: { en: 'Go back without signing in', 'zh-Hant': '不登入，返回該平台' },
})

export type Link = {
  uid: string
  channel: Text
  organisation: Text | null
  origin: string
  person: Text
  sentences: Text[]
  ours: number
  /** Their level, and how it is reached over there; null where ours stands for none of theirs. */
  theirs: string | null
  /** The lowest of our levels that counts for something over there. */
  wanted: number
  sandbox: boolean
}

/** What it means to sign in elsewhere with this account, and two answers. */
export function LinkPage(link: Link) {
  const { say, href } = usePage()
  const { uid, channel, organisation, origin, person, sentences, ours, theirs, sandbox } = link
  if (theirs === null) return <LowPage {...link} />
  const title = say(words.title, { channel })
  return (
    <Page title={title}>
      <h1>
        <Phrase text={title} />
      </h1>
      {organisation && <p class="muted">{say(words.by, { organisation })}</p>}
      {sandbox && <p>{say(words.sandbox)}</p>}
      <p class="lead">{say(words.lead, { channel, origin })}</p>
      <h2>{say(words.told)}</h2>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence.en}>{say(sentence)}</li>
        ))}
        <li>{say(words.level, { ours, theirs })}</li>
      </ul>
      <h2>{say(words.means)}</h2>
      <ul>
        <li>{say(words.again)}</li>
        <li>{say(words.number)}</li>
        <li>{say(words.end)}</li>
      </ul>
      <p>{say(words.as, { person })}</p>
      <form method="post" action={href(`/sign-in/services/${uid}/link`)}>
        <Answers agree={words.agree} />
      </form>
    </Page>
  )
}

function LowPage({ uid, channel, ours, wanted }: Link) {
  const { say, href } = usePage()
  const title = say(words.lowTitle, { channel })
  const next = encodeURIComponent(`/sign-in/services/${uid}`)
  return (
    <Page title={title}>
      <h1>
        <Phrase text={title} />
      </h1>
      <p class="lead">{say(words.low, { wanted, ours })}</p>
      <form method="post" action={href(`/sign-in/services/${uid}/link`)}>
        <div class="buttons">
          <Button href={href(`/sign-in/again?level=${wanted}&next=${next}`)}>{say(words.prove)}</Button>
          <Button kind="second" name="answer" value="refuse">
            {say(words.back)}
          </Button>
        </div>
      </form>
    </Page>
  )
}

/** What is kept of what was agreed, beside what the platform is told: the sentences on this page, in every language. */
export const linkSentences = ({ sentences, ours, theirs }: Pick<Link, 'sentences' | 'ours' | 'theirs'>) => ({
  told: sentences,
  level: { text: words.level, values: { ours, theirs: theirs ?? '' } },
  means: [words.again, words.number, words.end],
})
