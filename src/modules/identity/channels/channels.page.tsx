import { Button, ErrorSummary, Moment, Page, Phrase, pageNames, type Text, TextField, texts, usePage } from '#platform'
import { WaitNotice, type Waits } from '../account/protection.page.tsx'
import { Done } from '../done.tsx'

const words = texts({
  title: { en: 'Sign in through another platform', 'zh-Hant': '經其他平台登入' },
  lead: {
    en: 'You are led to the other platform, sign in there, and come back. We are told who you are there and how surely they know you, and nothing else.',
    'zh-Hant': '你會前往該平台登入，然後返回本網站。對方只會告知你在該平台的身份及其核實級別，不會提供其他資料。',
  },
  go: { en: 'Go to {name}', 'zh-Hant': '前往{name}' },
  none: {
    en: 'No other platform is connected to this installation yet. Sign in here with a passkey.',
    'zh-Hant': '本系統尚未連接其他平台。請在這裏以通行密鑰登入。',
  },
  here: { en: 'Sign in here', 'zh-Hant': '在本網站登入' },
  firstTitle: { en: 'You are here for the first time', 'zh-Hant': '首次經此平台登入' },
  known: {
    en: '{channel} tells us that you are “{name}”, known at its level {level}. That counts as level {ours} here.',
    'zh-Hant': '{channel}表示你是「{name}」，該平台的級別為 {level}，在本網站相當於第 {ours} 級。',
  },
  unnamed: { en: 'a person without a name', 'zh-Hant': '未提供姓名的使用者' },
  bindTitle: { en: 'I have an account here', 'zh-Hant': '我已有本網站的帳戶' },
  bindLine: {
    en: 'Link the two. From then on you reach this account through {channel} as well. You can unlink them in your account at any time.',
    'zh-Hant': '把兩個帳戶連結，日後可經{channel}登入本帳戶，並可隨時在帳戶內解除連結。',
  },
  bind: { en: 'Link to the account of {name}', 'zh-Hant': '連結至{name}的帳戶' },
  signInFirst: { en: 'Sign in to my account first', 'zh-Hant': '先登入我的帳戶' },
  newTitle: { en: 'I have no account here', 'zh-Hant': '我未有本網站的帳戶' },
  newLine: {
    en: 'Open one under the name above. Add a passkey afterwards, so that you can also sign in without {channel}.',
    'zh-Hant': '以上述姓名開立帳戶。其後請加設通行密鑰，便可不經{channel}登入。',
  },
  unnamedLine: {
    en: 'Open one under a name of yours. Add a passkey afterwards, so that you can also sign in without {channel}.',
    'zh-Hant': '以你的稱呼開立帳戶。其後請加設通行密鑰，便可不經{channel}登入。',
  },
  name: { en: 'How do you want to be addressed?', 'zh-Hant': '你希望我們怎樣稱呼你？' },
  open: { en: 'Open an account', 'zh-Hant': '開立帳戶' },
  cancel: { en: 'Do neither', 'zh-Hant': '兩者都不選' },
  mineTitle: { en: 'Linked platforms', 'zh-Hant': '已連結的平台' },
  mineLead: {
    en: 'Where an account of yours and this one are known to belong to the same person.',
    'zh-Hant': '以下平台的帳戶已與本帳戶連結，互相確認屬於同一人。',
  },
  mineNone: {
    en: 'Nothing is linked. When you sign in through another platform, or at one with this account, it appears here.',
    'zh-Hant': '未有連結。經其他平台登入本網站，或以本帳戶登入其他平台後，連結會在這裏列出。',
  },
  inbound: {
    en: 'You sign in here through it, at its level {level}.',
    'zh-Hant': '你可經該平台登入本網站，級別為 {level}。',
  },
  outbound: {
    en: 'You sign in there with this account; it was told level {level}.',
    'zh-Hant': '你可以本帳戶登入該平台，對方獲告知的級別為 {level}。',
  },
  bound: { en: 'Linked', 'zh-Hant': '連結日期' },
  used: { en: 'Last used', 'zh-Hant': '最近使用' },
  unlink: { en: 'Unlink', 'zh-Hant': '解除連結' },
  endsInbound: {
    en: 'After unlinking you cannot sign in through it, browsers that came in by it are signed out, and what it proved of you counts no more.',
    'zh-Hant': '解除後不能再經該平台登入；曾經由它登入的瀏覽器會登出，經它核實的級別亦不再計算。',
  },
  endsOutbound: {
    en: 'After unlinking it learns nothing more of you. When you next sign in there, you are asked again, and it gets another number for you.',
    'zh-Hant': '解除後該平台不再取得你的任何資料。下次登入時會再次徵求你同意，並使用另一個識別碼。',
  },
  more: { en: 'Link another platform by signing in through it', 'zh-Hant': '經其他平台登入以建立連結' },
  addPasskey: { en: 'Add a passkey', 'zh-Hant': '加入通行密鑰' },
  last: {
    en: 'This is the only way into this account. Add a passkey before you unlink it.',
    'zh-Hant': '這是登入本帳戶的唯一方法。請先加入通行密鑰，然後才解除連結。',
  },
})

type Named = { id: string; name: Text; about: Text }

/** The platforms through which one may sign in. */
export function ChannelsPage({ channels, next }: { channels: readonly Named[]; next: string }) {
  const { say, href } = usePage()
  return (
    <Page title={say(words.title)}>
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      {channels.length === 0 ? (
        <>
          <p>{say(words.none)}</p>
          <a href={href('/sign-in')}>{say(words.here)}</a>
        </>
      ) : (
        <p class="lead">{say(words.lead)}</p>
      )}
      {channels.map(({ id, name, about }) => (
        <form key={id} method="post" action={href(`/sign-in/channels/${id}`)}>
          <input type="hidden" name="next" value={next} />
          <h2>{say(name)}</h2>
          <p>{say(about)}</p>
          <Button>{say(words.go, { name })}</Button>
        </form>
      ))}
    </Page>
  )
}

type First = {
  channel: { id: string; name: Text }
  foreign: { name: string | null; level: string; ours: number }
  person: { name: Text } | null
  /** The name that must be asked for; null where the other platform gives one. */
  asked: { name: string; mistake: Text | null } | null
}

/** Who came back is known to no account: link, open one, or neither. */
export function FirstPage({ channel, foreign, person, asked }: First) {
  const { say, href } = usePage()
  const to = (act: string) => href(`/sign-in/channels/${channel.id}/${act}`)
  const here = { channel: channel.name }
  const error = asked?.mistake ? say(asked.mistake) : undefined
  return (
    <Page title={say(words.firstTitle)} error={error !== undefined}>
      <ErrorSummary errors={error ? [{ field: 'name', text: error }] : []} />
      <h1>
        <Phrase text={say(words.firstTitle)} />
      </h1>
      <p class="lead">
        {say(words.known, {
          ...here,
          name: foreign.name ?? words.unnamed,
          level: foreign.level,
          ours: foreign.ours,
        })}
      </p>
      <h2>{say(words.bindTitle)}</h2>
      <p>{say(words.bindLine, here)}</p>
      {person ? (
        <form method="post" action={to('link')}>
          <Button>{say(words.bind, { name: person.name })}</Button>
        </form>
      ) : (
        <p>
          <a href={href(`/sign-in?next=${encodeURIComponent(`/sign-in/channels/${channel.id}/first`)}`)}>
            {say(words.signInFirst)}
          </a>
        </p>
      )}
      <h2>{say(words.newTitle)}</h2>
      <p>{say(asked ? words.unnamedLine : words.newLine, here)}</p>
      <form method="post" action={to('open')}>
        {asked && (
          <TextField
            name="name"
            label={say(words.name)}
            value={asked.name}
            autocomplete="name"
            width={20}
            {...(error && { error })}
          />
        )}
        <Button kind="second">{say(words.open)}</Button>
      </form>
      <p>
        <a href={href('/')}>{say(words.cancel)}</a>
      </p>
    </Page>
  )
}

type Linked = {
  open: boolean
  bindings: {
    id: string
    name: Text
    direction: string
    level: string
    boundAt: string
    usedAt: string
    last: boolean
  }[]
  waits: Waits
}

/** What is linked to this account, each with its end in one press. */
export function LinkedPage({ bindings, open, waits }: Linked) {
  const { say, href } = usePage()
  return (
    <Page title={say(words.mineTitle)} breadcrumbs={[{ path: '/account', text: say(pageNames.account) }]}>
      <Done of={['channel-linked', 'channel-unlinked']} />
      <h1>
        <Phrase text={say(words.mineTitle)} />
      </h1>
      <p class="lead">{say(bindings.length ? words.mineLead : words.mineNone)}</p>
      {waits && <WaitNotice waits={waits} />}
      {bindings.map(({ id, name, direction, level, boundAt, usedAt, last }) => (
        <section key={id} aria-labelledby={`channel-${id}`}>
          <h2 id={`channel-${id}`}>{say(name)}</h2>
          <p>{say(direction === 'inbound' ? words.inbound : words.outbound, { level })}</p>
          <p class="muted">
            {say(words.bound)} <Moment at={boundAt} /> · {say(words.used)} <Moment at={usedAt} />
          </p>
          {last ? (
            <>
              <p>{say(words.last)}</p>
              <p>
                <a href={href('/account/devices/add')}>{say(words.addPasskey)}</a>
              </p>
            </>
          ) : waits ? null : (
            <form method="post" action={href(`/account/channels/${id}/unlink`)}>
              <p>{say(direction === 'inbound' ? words.endsInbound : words.endsOutbound)}</p>
              <Button kind="second">
                {say(words.unlink)}
                <span class="visually-hidden"> {say(name)}</span>
              </Button>
            </form>
          )}
        </section>
      ))}
      {open && (
        <p class="after-form">
          <a href={href('/sign-in/channels?next=/account/channels')}>{say(words.more)}</a>
        </p>
      )}
    </Page>
  )
}
