import { type Static, Type } from 'typebox'
import {
  Button,
  ErrorSummary,
  NotificationBanner,
  Page,
  Phrase,
  SummaryList,
  Text,
  TextField,
  texts,
  usePage,
} from '#platform'
import { Asker } from '../consents/asked-fields.tsx'
import { PasskeyAsked, PasskeyForm } from '../passkeys/passkey-form.tsx'
import { Service } from '../sign-in/sent-by.ts'

const words = texts({
  scan: { en: 'Scan the code on the other screen', 'zh-Hant': '掃描另一個屏幕上的二維碼' },
  scanLead: {
    en: 'On the computer, choose “Sign in with your phone”. Then point this phone’s camera at the code.',
    'zh-Hant': '在電腦上選擇「以手機登入」，然後以這部手機的相機對準二維碼。',
  },
  signInFirst: { en: 'Sign in on this phone first', 'zh-Hant': '請先在這部手機登入' },
  signInFirstLead: {
    en: 'A phone can sign in another browser once you are signed in on it. Sign in here, and then scan the code again.',
    'zh-Hant': '你須先在這部手機登入，才可讓另一個瀏覽器登入。請先登入，然後再次掃描二維碼。',
  },
  signInAgain: { en: 'Sign in on this phone again', 'zh-Hant': '請在這部手機再次登入' },
  signInAgainLead: {
    en: 'You signed in here more than five minutes ago and have no passkey to confirm with. Sign in again, and then scan the code again.',
    'zh-Hant': '你在此登入已逾五分鐘，亦沒有通行密鑰可供確認。請再次登入，然後重新掃描二維碼。',
  },
  signIn: { en: 'Sign in', 'zh-Hant': '登入' },
  title: { en: 'Are you signing in on another screen?', 'zh-Hant': '你是否正在另一個屏幕登入？' },
  lead: {
    en: 'If you approve, that browser is signed in as you. Look at its address: it must be the one below.',
    'zh-Hant': '批准後，該瀏覽器便會以你的身份登入。請核對該瀏覽器的網址，必須與下列網址相同。',
  },
  service: { en: 'Who asks', 'zh-Hant': '提出要求者' },
  address: { en: 'Its address', 'zh-Hant': '其網址' },
  onwards: { en: 'Then goes on to', 'zh-Hant': '其後前往' },
  onwardsTo: { en: '{service} at {origin}', 'zh-Hant': '{service}（{origin}）' },
  browser: { en: 'Browser', 'zh-Hant': '瀏覽器' },
  unknownBrowser: { en: 'one that does not say its name', 'zh-Hant': '未有表明名稱' },
  network: { en: 'Network', 'zh-Hant': '網絡' },
  same: { en: 'the same as this phone’s', 'zh-Hant': '與這部手機相同' },
  otherLocal: { en: 'another than this phone’s, a private one', 'zh-Hant': '與這部手機不同，屬私人網絡' },
  otherInternet: { en: 'another than this phone’s, on the internet', 'zh-Hant': '與這部手機不同，屬互聯網' },
  warning: { en: 'The other screen is on another network', 'zh-Hant': '另一個屏幕使用不同的網絡' },
  warningLine: {
    en: 'That is so when this phone uses mobile data, and also when somebody far away shows you their code. If the code came in a message, a call or on another site, refuse.',
    'zh-Hant':
      '這部手機使用流動數據時會如此；有人從遠處向你展示其二維碼時亦會如此。如二維碼來自訊息、電話或其他網站，請拒絕。',
  },
  number: { en: 'The number on the other screen', 'zh-Hant': '另一個屏幕上的號碼' },
  numberHint: {
    en: 'Two digits. There is one try; read it from the screen in front of you and from nowhere else.',
    'zh-Hant': '兩位數字，只可輸入一次。只可依照你面前屏幕上的號碼輸入。',
  },
  numberMissing: {
    en: 'Type the two digits that the other screen shows.',
    'zh-Hant': '請輸入另一個屏幕上的兩位數字。',
  },
  approve: { en: 'Approve', 'zh-Hant': '批准' },
  approvePasskey: { en: 'Approve with my passkey', 'zh-Hant': '以通行密鑰批准' },
  refuse: { en: 'Refuse: this is not me', 'zh-Hant': '拒絕：不是我本人' },
  approved: { en: 'Approved', 'zh-Hant': '已批准' },
  approvedLead: {
    en: 'The other screen goes on by itself, or by its button. You can sign it out from your account at any time.',
    'zh-Hant': '另一個屏幕會自動繼續，你亦可按其按鈕。你可隨時在帳戶中把它登出。',
  },
  refused: { en: 'Refused', 'zh-Hant': '已拒絕' },
  refusedLead: {
    en: 'Nobody was signed in. If somebody asked you to scan, they wanted to act as you; tell them nothing more.',
    'zh-Hant': '沒有任何人登入。如有人要求你掃描，其目的是冒充你行事；請勿再向對方透露任何資料。',
  },
  wrong: { en: 'That is not the number of the other screen', 'zh-Hant': '號碼與另一個屏幕不符' },
  wrongLead: {
    en: 'Nobody was signed in, and this code is worth nothing now. If you sit at the screen, show a new code there and scan it.',
    'zh-Hant': '沒有任何人登入，此二維碼已經作廢。如你正使用該屏幕，請在其上顯示新的二維碼再掃描。',
  },
  account: { en: 'Go to my account', 'zh-Hant': '前往我的帳戶' },
})

export const Told = Type.Object({
  state: Type.Enum(['scan', 'sign-in-first', 'sign-in-again', 'approved', 'refused', 'wrong-number']),
})
export type Told = Static<typeof Told>

// biome-ignore format: matrix
const told = {
  scan:            { title: words.scan,        lead: words.scanLead,        link: words.account, to: '/account' },
  'sign-in-first': { title: words.signInFirst, lead: words.signInFirstLead, link: words.signIn,  to: '/sign-in?next=%2Fsign-in%2Fscan' },
  'sign-in-again': { title: words.signInAgain, lead: words.signInAgainLead, link: words.signIn,  to: '/sign-in?next=%2Fsign-in%2Fscan' },
  approved:        { title: words.approved,    lead: words.approvedLead,    link: words.account, to: '/account' },
  refused:         { title: words.refused,     lead: words.refusedLead,     link: words.account, to: '/account' },
  'wrong-number':  { title: words.wrong,       lead: words.wrongLead,       link: words.account, to: '/account' },
} as const

/** What the phone is told before and after it decides. */
export function ToldPage({ state }: Told) {
  const { say, href } = usePage()
  const { title, lead, link, to } = told[state]
  return (
    <Page title={say(title)} error={state === 'wrong-number'}>
      <h1>
        <Phrase text={say(title)} />
      </h1>
      <p class="lead">{say(lead)}</p>
      <p>
        <a href={href(to)}>{say(link)}</a>
      </p>
    </Page>
  )
}

export type Approve = Static<typeof Approve>
export const Approve = Type.Object({
  order: Type.String(),
  service: Text,
  origin: Type.String(),
  /** The service to which that browser goes on; null where it stays here. */
  onwards: Type.Union([Service, Type.Null()]),
  browser: Type.Union([Type.String(), Type.Null()]),
  network: Type.Union([Type.Literal('same'), Type.Literal('other-local'), Type.Literal('other-internet')]),
  /** Null for whoever has no passkey. */
  passkey: Type.Union([PasskeyAsked, Type.Null()]),
  refusal: Type.Union([Text, Type.Null()]),
  /** Whether what was typed is no number of two digits. */
  mistake: Type.Boolean(),
})

/** Who asks, from where, and the number: everything that a victim of a passed-on code could notice. */
export function ApprovePage({ order, service, origin, onwards, browser, network, passkey, refusal, mistake }: Approve) {
  const { say, href } = usePage()
  const path = `/sign-in/scan/${order}`
  const line = { same: words.same, 'other-local': words.otherLocal, 'other-internet': words.otherInternet }[network]
  const errors = [
    ...(mistake ? [{ field: 'number', text: say(words.numberMissing) }] : []),
    ...(refusal ? [{ field: 'number', text: say(refusal) }] : []),
  ]
  const field = (
    <TextField
      name="number"
      label={say(words.number)}
      hint={say(words.numberHint)}
      {...(mistake && { error: say(words.numberMissing) })}
      width={2}
      inputMode="numeric"
      autocomplete="off"
      maxLength={2}
    />
  )
  return (
    <Page title={say(words.title)} error={errors.length > 0} scripts={passkey ? ['passkeys'] : []}>
      <ErrorSummary errors={errors} />
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p>{say(words.lead)}</p>
      <SummaryList
        rows={[
          { key: say(words.service), value: say(service) },
          { key: say(words.address), value: <strong class="qr__origin">{origin}</strong> },
          ...(onwards
            ? [
                {
                  key: say(words.onwards),
                  value: say(words.onwardsTo, { service: onwards.name, origin: onwards.origin }),
                },
              ]
            : []),
          { key: say(words.browser), value: browser ?? say(words.unknownBrowser) },
          { key: say(words.network), value: say(line) },
        ]}
      />
      {onwards && <Asker {...onwards} />}
      {network !== 'same' && (
        <NotificationBanner title={say(words.warning)} tone="warn">
          <p>{say(words.warningLine)}</p>
        </NotificationBanner>
      )}
      {passkey ? (
        <PasskeyForm action={path} asked={passkey} label={say(words.approvePasskey)}>
          {field}
        </PasskeyForm>
      ) : (
        <form method="post" action={href(path)}>
          {field}
          <Button>{say(words.approve)}</Button>
        </form>
      )}
      <form class="qr__after" method="post" action={href(`${path}/refuse`)}>
        <Button kind="harm">{say(words.refuse)}</Button>
      </form>
    </Page>
  )
}
